"""What a person sees in a workbook's cell."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from hengjian.documents.book import Cell
from hengjian.documents.number_format import NumberFormat
from hengjian.kernel.number import round_half_up, shifted

_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - a sheet knows no zone
_LAST_DAY = 2_958_465
"""9999-12-31, the last date of a spreadsheet."""

_MINUTE = timedelta(minutes=1)


def cell_text(cell: Cell, *, since_1904: bool = False) -> str:
    """Return the text of a cell; empty for a formula that was never calculated and for an error value.

    >>> shown = NumberFormat(2, grouped=True)
    >>> cell_text(Cell("number", "1234.5", Decimal("1234.5"), shown)), cell_text(Cell("text", "　预算 "))
    ('1,234.50', '预算')
    """
    if cell.kind in {"error", "uncalculated"}:
        return ""
    if cell.kind == "boolean":
        return "TRUE" if cell.text == "1" else "FALSE"
    if cell.number is not None:
        return number_text(cell.number, cell.shown)
    if cell.kind == "date" and cell.shown.date:
        return date_text(cell.text, cell.shown.pattern, since_1904=since_1904)
    lines = cell.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(filter(None, (line.strip(" \t\u3000\xa0") for line in lines)))


def number_text(number: Decimal, shown: NumberFormat) -> str:
    """Return a number as its format shows it.

    >>> (
    ...     number_text(Decimal("0.957"), NumberFormat(1, percent=True)),
    ...     number_text(Decimal("12345"), NumberFormat(1, shift=4)),
    ... )
    ('95.7%', '1.2')
    """
    if number == 0 and shown.hides_zero:
        return ""
    value = shifted(number, 2 * shown.percent - shown.shift)
    decimals = shown.decimals
    if decimals is None:
        decimals = max(-int(value.normalize().as_tuple().exponent), 0)
    rounded = abs(round_half_up(value, decimals)) if value.is_zero() else round_half_up(value, decimals)
    return f"{rounded:{',' if shown.grouped else ''}f}" + ("%" if shown.percent else "")


def date_text(serial: str, pattern: str, *, since_1904: bool = False) -> str:
    """Return a date or time that is stored as a count of days, the count itself when it is none.

    >>> date_text("44927", "y年m月d日"), date_text("44927.5", "y-m-d h:m"), date_text("44927", "yyyy年m月")
    ('2023年1月1日', '2023-01-01 12:00', '2023年1月')
    """
    try:
        days = float(serial)
    except ValueError:
        return serial
    if not 0 <= days <= _LAST_DAY - (_EPOCH_1904 - _EPOCH).days:
        return serial
    moment = (_EPOCH_1904 if since_1904 else _EPOCH) + timedelta(days=days) + _MINUTE / 2
    has = {letter: letter in pattern for letter in "ymdhs"}
    has = {
        "y": has["y"] or "年" in pattern,
        "d": has["d"] or "日" in pattern,
        "h": has["h"] or "时" in pattern,
    }
    parts: list[str] = []
    if has["y"] or has["d"]:
        parts.append(_day(moment, chinese="年" in pattern or "月" in pattern, **{k: has[k] for k in "yd"}))
    if has["h"] or not parts:
        parts.append(f"{moment:%H:%M}")
    return " ".join(parts)


def _day(moment: datetime, *, chinese: bool, y: bool, d: bool) -> str:
    if not chinese:
        return f"{moment:%Y-%m-%d}" if y and d else f"{moment:%Y-%m}" if y else f"{moment:%m-%d}"
    return (f"{moment.year}年" if y else "") + f"{moment.month}月" + (f"{moment.day}日" if d else "")
