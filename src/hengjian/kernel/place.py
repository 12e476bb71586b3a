"""Where something stands in a document or in a filing's folder."""

from __future__ import annotations

from dataclasses import dataclass, replace

LONGEST_QUOTE = 300
"""A longer quote points nowhere."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a reader can go to: file, page, section, table, row, column, line and exact words.

    `line` counts from 1 in the source; `quote` holds the document's own words, at most 300 characters.
    `countable` tells that a person can count to the line, as in a text, and not in a printed document.
    `scanned` tells that the words were recognised in a picture and may be wrong.

    >>> Place(file="a.txt", line=7, quote="合计").where("en")
    'a.txt, line 7'
    >>> Place(file="a.pdf", page=2, scanned=True).where()
    'a.pdf，第2页（扫描识别）'
    """

    file: str | None = None
    page: int | None = None
    section: str | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None
    line: int | None = None
    quote: str | None = None
    countable: bool = True
    scanned: bool = False

    def __post_init__(self) -> None:
        if self.quote is not None and len(self.quote) > LONGEST_QUOTE:
            object.__setattr__(self, "quote", self.quote[:LONGEST_QUOTE])

    def at(self, *, row: str | None = None, column: str | None = None, quote: str | None = None) -> Place:
        """Return the same place narrowed to a row, a column or other words."""
        return replace(
            self,
            row=self.row if row is None else row,
            column=self.column if column is None else column,
            quote=self.quote if quote is None else quote,
        )

    def where(self, language: str = "zh") -> str:
        """Return the place in words, without the quote."""
        patterns = _PATTERNS[language]
        parts = [
            patterns[name].format(value)
            for name in ("file", "page", "section", "table", "row", "column", "line")
            if (value := getattr(self, name)) is not None and (name != "line" or self.countable)
        ]
        return ("，" if language == "zh" else ", ").join(parts) + (_SCANNED[language] if self.scanned else "")


_PATTERNS = {
    "zh": {
        "file": "{}",
        "page": "第{}页",
        "section": "{}",
        "table": "《{}》",
        "row": "行“{}”",
        "column": "列“{}”",
        "line": "第{}行",
    },
    "en": {
        "file": "{}",
        "page": "page {}",
        "section": "{}",
        "table": "table {}",
        "row": "row {}",
        "column": "column {}",
        "line": "line {}",
    },
}
_SCANNED = {"zh": "（扫描识别）", "en": " (recognised in a scan)"}
