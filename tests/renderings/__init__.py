"""The example filings as departments would publish them, in the formats that are read.

``python -m tests.renderings FOLDER`` writes them all.
"""
