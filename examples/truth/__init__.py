"""One module a publication: each makes a filing of hand-made truth and the text it was taken from."""
