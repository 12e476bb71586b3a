"""Which row of a form a line of a sheet is, by what stands in it."""

from __future__ import annotations

import re
import unicodedata

from hengjian.packs import Standards, squeeze
from hengjian.packs.schema import Form

_ORDINAL = re.compile(
    r"^(?:其中[:：])?(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]+|[（(]?\d{1,2}[）)、.．]+)?(?:其中[:：])?"
)
_LONGEST_NAME = 200


def bare_code(text: str) -> str:
    """Return a code as its digits, however it was typed.

    >>> bare_code(" ２１０１５０１ "), bare_code("'2101501")
    ('2101501', '2101501')
    """
    return squeeze(unicodedata.normalize("NFKC", text)).lstrip("'")


def bare_name(text: str) -> str:
    """Return a name without white space and without the ordinal before it.

    >>> bare_name("一、 会费收入"), bare_name("其中：办公用房"), bare_name("（二）外交支出")
    ('会费收入', '办公用房', '外交支出')
    """
    return _ORDINAL.sub("", squeeze(text[:_LONGEST_NAME]))


def row_named(name: str, form: Form, side: str | None, standards: Standards) -> str | None:
    """Return the one row on a side that bears a name: a fixed row or a code; None when none or several do."""
    bare = bare_name(name)
    if not bare:
        return None
    fixed = [
        row.id
        for row in form.rows
        if side in {None, row.side} and bare in {bare_name(caption) for caption in row.captions}
    ]
    codes = form.code_rows
    if not fixed and codes is not None and side in {None, codes.side} and codes.scheme in standards.schemes:
        named = standards.schemes[codes.scheme].by_name.get(bare, ())
        fixed = [code for code in named if len(code) in codes.levels]
    return fixed[0] if len(fixed) == 1 else None
