"""The commands and their options, by subject."""
