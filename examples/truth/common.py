"""What the five importers share: reading truth, filling sheets as stated, and taking figures from a text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from hengjian.filing import Fact, InputValue, Sheet
from hengjian.filing.intake import Intake
from hengjian.filing.sheets import SheetBuilder
from hengjian.filing.targets import number_words
from hengjian.kernel import FiscalYear, MoneyUnit, Place
from hengjian.packs.load import Library
from hengjian.packs.standards import Standards, squeeze, standards_for

WORDS = "（文字）"
"""Stands for words of a department, which an example leaves out."""
_FIGURE = re.compile(
    r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)(余?)([万亿]?(?:元|人次|人|家|户|个|件|起|份|版|张|次|例|名|台|辆)|%)"
)
"""A figure with its unit; dates are none."""
_ORDINAL = re.compile(r"[一二三四五六七八九十]+、|\d+、|其中：")

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """A publication: the folder of its truth, and its text line by line."""

    truth: Path
    lines: tuple[str, ...]
    flat: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, truth: Path, name: str) -> Source:
        """Open the truth of a publication and its text, which stands beside the truth."""
        text = (truth.parent / "sources" / f"{name}.txt").read_text(encoding="utf-8")
        lines = tuple(text.splitlines())
        starts, flat = [], []
        length = 0
        for line in lines:
            starts.append(length)
            squeezed = squeeze(line)
            flat.append(squeezed)
            length += len(squeezed)
        return cls(truth / name, lines, "".join(flat), tuple(starts))

    def json(self, name: str) -> Any:  # noqa: ANN401 - truth has a shape of its own in every file
        """Return a file of the truth; numbers keep their digits."""
        text = (self.truth / f"{name}.json").read_text(encoding="utf-8")
        return json.loads(text, parse_float=Decimal)

    def stated(self, pattern: str) -> tuple[str, int]:
        """Return the figure in a pattern's group and its line; the text is searched without white space."""
        found = re.search(pattern, self.flat)
        if found is None:
            raise LookupError(f"not in the text: {pattern}")
        line = sum(1 for start in self.starts if start <= found.start(1))
        return found[1], line

    def figure(self, pattern: str) -> str:
        """Return the figure in a pattern's group."""
        return self.stated(pattern)[0]

    def fact(self, key: str, unit: str, section: str, pattern: str, year: int | None = None) -> Fact:
        """Return a figure of the text as a fact."""
        value, line = self.stated(pattern)
        return Fact(key, value, unit, section, year, Place(line=line))


@dataclass(slots=True)
class Sheets:
    """The sheets of an example, every cell checked against its form."""

    standards: Standards
    partial: bool = False
    filled: dict[str, Sheet] = field(default_factory=dict)

    @classmethod
    def of(cls, library: Library, pack: str, year: int, *, partial: bool = False) -> Sheets:
        """Begin the sheets of a year under a pack; `partial` when a text states the figures, no table."""
        return cls(standards_for(library, pack, FiscalYear(year)), partial)

    def add(
        self,
        form_id: str,
        rows: Iterable[tuple[str, str, Cells]],
        caption: str | None = None,
        note: str | None = None,
    ) -> None:
        """Fill a sheet with rows of id, name and the stated text of every cell."""
        self.filled[form_id] = replace(self.sheet(form_id, rows, caption, note), partial=self.partial)

    def sheet(
        self,
        form_id: str,
        rows: Iterable[tuple[str, str, Cells]],
        caption: str | None = None,
        note: str | None = None,
        unit: MoneyUnit = MoneyUnit.WAN_YUAN,
    ) -> Sheet:
        """Return a sheet of rows; raises the first thing that its form does not have."""
        form = self.standards.forms[form_id]
        intake = Intake(Path())
        builder = SheetBuilder(intake, self.standards, form, unit, Place(table=caption or form.title.zh))
        for row, name, cells in rows:
            builder.known_columns(tuple(cells), Place(row=name))
            builder.add_row(row, name, cells, Place())
        if intake.problems:
            raise ValueError(intake.problems[0])
        return builder.sheet(note)

    def total(self, form_id: str, cells: Cells, name: str = "合计") -> None:
        """Fill a sheet with its total row alone."""
        self.add(form_id, [("total", name, cells)])

    def code(self, path: Iterable[str]) -> str:
        """Return the code of a path of names: class, section, item."""
        found = ""
        scheme = self.standards.schemes["functional"]
        for name in path:
            names = (squeeze(name), f"{squeeze(name)}支出")
            codes = [code for each in names for code in scheme.by_name.get(each, ())]
            below = sorted({code for code in codes if code.startswith(found) and len(code) > len(found)})
            if not below:
                raise LookupError(f"no code below {found!r} is called {name}")
            found = min(below, key=len)
        return found


def plain_name(name: str) -> str:
    """Return a row's name without white space, ordinal and 其中.

    >>> plain_name("其中：公务用车购置费"), plain_name("十、卫生健康支出")
    ('公务用车购置费', '卫生健康支出')
    """
    return _ORDINAL.sub("", squeeze(name), count=1)


def number_text(value: object) -> str:
    """Return a number of the truth as it was written; nothing for a blank."""
    return "" if value is None else number_words(Decimal(str(value)))


def points(value: object) -> Decimal | None:
    """Return a number of points; None for a blank."""
    return None if value is None else Decimal(str(value))


def words(text: object) -> str:
    """Return the marker for a narrative cell with the figures it states, nothing for one that is blank.

    >>> words("2022年开展检查439家，追回157.1万元"), words("已完成"), words(None)
    ('（文字：439家、157.1万元）', '（文字）', '')
    """
    if not text:
        return ""
    figures = dict.fromkeys("".join(figure) for figure in _FIGURE.findall(squeeze(str(text))))
    return f"{WORDS[:-1]}：{'、'.join(figures)}{WORDS[-1]}" if figures else WORDS


def facts_of(listed: Iterable[Mapping[str, Any]], held: Iterable[str] = ()) -> tuple[Fact, ...]:
    """Return the facts of a truth file but the figures that a form or a project holds, told by id."""
    left_out = set(held)
    return tuple(fact for item in listed for fact in _facts(item, held=item["id"] in left_out))


def input_of(name: str, item: Mapping[str, Any]) -> InputValue:
    """Return a fact of the truth as an input of a rubric; its evidence is where the publication states it."""
    return InputValue(name, item["value_text"], item["unit"], item["section"], Place(line=item["line"]))


def _facts(item: Mapping[str, Any], *, held: bool) -> Iterable[Fact]:
    key = item["key"]
    if item.get("direction") and item["direction"] not in key:
        key += f"（{item['direction']}）"
    if item.get("as_of"):
        key += f"（{item['as_of']}）"
    if item.get("code"):
        key += f"（{item['code']}）"
    place = Place(line=item["line"])
    if not held:
        yield Fact(key, item["value_text"], item["unit"], item["section"], item.get("year"), place)
    if item.get("completion_text"):
        rate = item["completion_text"].removeprefix("完成预算").removesuffix("%")
        yield Fact(f"{key}完成预算", rate, "%", item["section"], item.get("year"), place)
