"""TOML files with line numbers: every value is asked for by its type, every other one is a problem."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

import tomli

from hengjian.filing.intake import Intake, read_text
from hengjian.filing.toml_lines import Lines, Location
from hengjian.kernel import InputError, NotANumberError, Place, parse_number
from hengjian.kernel.number import LONGEST_NUMBER

MOST_BYTES = 1_000_000
LONGEST_LINE = 20_000
MOST_TABLES = 1_000
MOST_DIGITS = 13
MOST_DECIMALS = 12
MOST_BITS = 200
_DEEP = 32
_DEEP_KEY = re.compile(r"""(?:(?:[A-Za-z0-9_-]{1,99}|"[^"]{0,99}"|'[^']{0,99}')[ \t]?\.[ \t]?){33}""")
"""Parsing takes the square of a key's parts; no file of a filing has a key of more than two."""
_AT_LINE = re.compile(r"\(at line (\d+)")
_TEXT = {"expected_zh": "文字", "expected_en": "text"}
_NUMBER = {"expected_zh": "数字", "expected_en": "a number"}
_TABLE = {"expected_zh": "一组内容", "expected_en": "a table"}
_TABLES = {"expected_zh": "用[[{key}]]列出的若干组内容", "expected_en": "tables listed as [[{key}]]"}
_FLAG = {"expected_zh": "true或false", "expected_en": "true or false"}


@dataclass(slots=True)
class Table:
    """A table of a file: its values, the line of each, and which of them have been asked for."""

    intake: Intake
    file: str
    data: dict[str, object]
    lines: Lines
    path: Location = ()
    known: dict[str, None] = field(default_factory=dict)

    @property
    def line(self) -> int | None:
        """The line that the table begins in."""
        return self.lines.headers.get(self.path)

    def place(self, key: str | None = None) -> Place:
        """Return the place of the table or of one of its values."""
        if key is None or key not in self.data:
            return Place(file=self.file, line=self.line)
        line = self.lines.of_key(self.path, key) or self.line
        return Place(file=self.file, line=line, column=key, quote=_written(self.data[key]) or None)

    def text(self, key: str) -> str | None:
        """Return a text; a number is taken as it is written. None when it is not given."""
        value = self._asked(key)
        if value is None or isinstance(value, str):
            return value
        written = _written(value) if isinstance(value, int | Decimal) else None
        if written is None or isinstance(value, bool):
            self._wrong(key, _TEXT)
            return None
        return written

    def stated(self, key: str) -> str | None:
        """Return a text, or None when it is blank."""
        return self.text(key) or None

    def number(self, key: str) -> Decimal | None:
        """Return a number, given as one or as a text; None when it is blank or no number."""
        value = self._asked(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
            self._wrong(key, _NUMBER)
            return None
        try:
            return _sized(value)
        except InputError as error:
            self.intake.note(error.located(self.place(key)))
            return None

    def flag(self, key: str) -> bool:
        """Return a yes or no; not given is no."""
        value = self._asked(key)
        if value is not None and not isinstance(value, bool):
            self._wrong(key, _FLAG)
        return value is True

    def table(self, key: str) -> Table | None:
        """Return a table inside; None when it is not given."""
        value = self._asked(key)
        if value is not None and not isinstance(value, dict):
            self._wrong(key, _TABLE)
        return self._inner(value, (*self.path, key)) if isinstance(value, dict) else None

    def tables(self, key: str) -> list[Table]:
        """Return the tables of a list; what is no table in it is noted and passed over."""
        value = self._asked(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self._wrong(key, {name: text.format(key=key) for name, text in _TABLES.items()})
            return []
        if len(value) > MOST_TABLES:
            self.intake.add("input.too-many", self.place(key), limit=MOST_TABLES)
        items = enumerate(value[:MOST_TABLES])
        return [self._inner(item, (*self.path, key, index)) for index, item in items]

    def required(self, key: str) -> str:
        """Return a text that must be given; raises `InputError` when it is not."""
        value = self.text(key)
        if not value:
            raise InputError("input.missing-key", self.place(), key=key)
        return value

    def finish(self) -> None:
        """Note every value that nothing has asked for."""
        for key in self.data:
            if key not in self.known:
                self.intake.add("input.unknown-key", self.place(key), key=key, known="、".join(self.known))

    def _asked(self, key: str) -> object:
        self.known[key] = None
        return self.data.get(key)

    def _wrong(self, key: str, expected: dict[str, str]) -> None:
        self.intake.add("input.wrong-type", self.place(key), key=key, **expected)

    def _inner(self, data: dict[str, object], path: Location) -> Table:
        return Table(self.intake, self.file, data, self.lines, path)


def read_toml(intake: Intake, name: str, most_bytes: int = MOST_BYTES) -> Table:
    """Read a file; raises `InputError` when it cannot be read or is no TOML."""
    text = read_text(intake.folder / name, name, most_bytes)
    if len(text) > LONGEST_LINE or text.count(".") >= _DEEP:
        _require_fit(name, text.split("\n"))
    try:
        data = tomli.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        found = _AT_LINE.search(str(error))
        place = Place(file=name, line=int(found[1]) if found else None)
        raise InputError("input.toml", place, reason=str(error)) from error
    return Table(intake, name, data, Lines.of(text))


def _require_fit(name: str, lines: list[str]) -> None:
    """Raise `InputError` for the first line that is too long or has a key of too many parts."""
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE:
            raise InputError("input.too-long", Place(file=name, line=number), limit=LONGEST_LINE)
        if line.count(".") >= _DEEP and _DEEP_KEY.search(line):
            raise InputError("input.toml", Place(file=name, line=number), reason="key of too many parts")


def read_number(intake: Intake, value: str | int | Decimal, place: Place) -> Decimal | None:
    """Return a number of a sensible size; None when it is blank, or no number and a problem noted."""
    try:
        return _sized(value)
    except InputError as error:
        intake.note(error.located(place))
        return None


def _sized(value: str | int | Decimal) -> Decimal | None:
    """Return a number, None for a blank; raises `InputError`, without a place, for any other."""
    if isinstance(value, str):
        try:
            stated = parse_number(value)
        except NotANumberError:
            raise InputError("input.not-a-number", value=value) from None
        if stated is None:
            return None
        value = stated.value
    number = Decimal(value)
    if not number.is_finite():
        raise InputError("input.not-a-number", value=str(value))
    if number.adjusted() >= MOST_DIGITS or int(number.as_tuple().exponent) < -MOST_DECIMALS:
        raise InputError("input.out-of-range", value=_written(value) or "…")
    return number


def _written(value: object) -> str | None:
    """Return a value as a reader would write it; None for a group of values or a number without end."""
    if isinstance(value, dict | list) or (isinstance(value, int) and value.bit_length() > MOST_BITS):
        return None
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) <= LONGEST_NUMBER:
        return f"{value:f}"
    return str(value)
