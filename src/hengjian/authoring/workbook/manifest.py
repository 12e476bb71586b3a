"""The hidden sheet of a workbook: whose it is, and what every cell held when it was exported.

With it an import tells what was changed in the workbook from what was changed in the filing since.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from hengjian.authoring.workbook.cell_value import stated_text
from hengjian.authoring.workbook.layout import Layout, unit_of
from hengjian.documents.book import Tab, address
from hengjian.filing import Filing
from hengjian.filing.write import filing_files
from hengjian.kernel import MoneyUnit
from hengjian.packs import Standards

MANIFEST_TAB = "_hengjian"
FORMAT = "1"
ROW, CODE, NAME, REST = "@row", "@code", "@name", "@rest"
"""What a hidden mark calls a panel's columns of ids, codes and names, and a row that is no data."""

_MARK = re.compile(r"hengjian\|(?P<form>[^|]{1,100})\|(?P<panel>[01])\|(?P<field>[^|]{1,100})")
_WIDTH = 7


@dataclass(frozen=True, slots=True)
class Mark:
    """What a column of a sheet is: its form, its panel and its field (a column or one of those above)."""

    form: str
    panel: int
    field: str

    def __str__(self) -> str:
        return f"hengjian|{self.form}|{self.panel}|{self.field}"

    @classmethod
    def parse(cls, text: str) -> Mark | None:
        """Read a mark; None when the text is none.

        >>> Mark.parse("hengjian|budget.income|0|total")
        Mark(form='budget.income', panel=0, field='total')
        """
        found = _MARK.fullmatch(text)
        return None if found is None else cls(found["form"], int(found["panel"]), found["field"])


@dataclass(slots=True)
class Base:
    """A sheet as it was exported: its unit, the names of its rows, and its cells as they were stated."""

    tab: str
    unit: MoneyUnit
    rows: dict[str, str] = field(default_factory=dict)
    cells: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """Whose workbook it is, what the filing was when it was exported (`content`), and its sheets by form."""

    entity: str
    code: str
    year: str
    pack: str
    digest: str
    content: str = ""
    sheets: dict[str, Base] = field(default_factory=dict)


def content_digest(filing: Filing, standards: Standards) -> str:
    """Return the SHA-256 of a filing's content."""
    files = sorted(filing_files(filing, standards).items())
    return hashlib.sha256("\0".join(part for pair in files for part in pair).encode()).hexdigest()


def manifest_rows(filing: Filing, standards: Standards, tabs: dict[str, Layout]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the hidden sheet; `tabs` are the forms by the name of their sheet."""
    entity = filing.entity
    yield ("hengjian", FORMAT)
    yield ("filing", entity.name, entity.code or "", str(filing.year.year), filing.pack, standards.digest)
    yield ("content", content_digest(filing, standards))
    for tab, layout in tabs.items():
        form, sheet = layout.form.form, layout.sheet
        unit = unit_of(layout.form, sheet)
        yield ("form", form, tab, unit.label)
        for row, name in () if sheet is None else sheet.rows.items():
            yield ("row", form, row, name)
        for key, figure in () if sheet is None else sheet.figures.items():
            if key in layout.cells:
                yield ("cell", form, *key, stated_text(figure.value, unit), tab, address(layout.cells[key]))


def read_manifest(tab: Tab) -> Manifest | None:
    """Read the hidden sheet; None when it is none of ours or of another format."""
    manifest, sheets = None, dict[str, Base]()
    rows = sorted({row for row, _ in tab.cells})
    lines = ([_raw(tab, row, column) for column in range(_WIDTH)] for row in rows)
    if next(lines, [])[:2] != ["hengjian", FORMAT]:
        return None
    for line in lines:
        match line:
            case ["filing", entity, code, year, pack, digest, *_]:
                manifest = Manifest(entity, code, year, pack, digest, sheets=sheets)
            case ["content", content, *_] if manifest is not None:
                manifest = replace(manifest, content=content)
            case ["form", form, name, unit, *_] if unit in {each.label for each in MoneyUnit}:
                sheets[form] = Base(name, MoneyUnit.from_label(unit))
            case ["row", form, row, name, *_] if form in sheets:
                sheets[form].rows[row] = name
            case ["cell", form, row, column, text, *_] if form in sheets:
                sheets[form].cells[row, column] = text
    return manifest


def _raw(tab: Tab, row: int, column: int) -> str:
    """Return a cell exactly as it was written: names keep the white space around them."""
    cell = tab.cells.get((row, column))
    return "" if cell is None else cell.text
