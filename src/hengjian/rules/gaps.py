"""Departments that print a code without the code above it: what the missing row would come to stands for it.

A code that is printed is added up under the nearest code above that is printed too. Where departments differ
in what they print, a row that one of them leaves out is closed for it by the sum of the rows below, so that
one matrix serves all. Only sums over the rows below a code see that sum; else the row stays blank.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from hengjian.rules.matrix import Columns, Mask
from hengjian.rules.program import Program

Row = tuple[str, str]


def close_gaps(program: Program, columns: Columns, printed: Mask) -> tuple[Columns, Mask]:
    """Return the columns with the rows that are wanting, and which rows have figures at or below them."""
    count = columns.values.shape[1]
    held = np.array(np.broadcast_to(printed, (len(printed), count)))
    values, units, known = (
        list(np.broadcast_to(each, (len(each), count)))
        for each in (columns.values, columns.units, columns.known)
    )
    at, shift = columns.at.copy(), program.nobody + 1
    for (form, row), children in _from_below(program):
        number = program.tree.rows[form, row]
        below = held[[program.tree.rows[form, child] for child in children]].any(axis=0)
        wanting = ~held[number] & below
        if not wanting.any():
            continue
        held[number] |= below
        for column in _columns_of(program, form, children):
            own = program.numbers[form, row, column]
            parts = [
                int(at[program.numbers[form, child, column] + shift])
                for child in children
                if (form, child, column) in program.numbers
            ]
            real = int(at[own])
            for array in (values, units):
                array.append(np.where(wanting, sum(array[part] for part in parts), array[real]))
            known.append(np.where(wanting, np.any([known[part] for part in parts], axis=0), known[real]))
            at[own + shift] = len(values) - 1
    return Columns(np.array(values), np.array(units), np.array(known), at), held


def _from_below(program: Program) -> Iterator[tuple[Row, tuple[str, ...]]]:
    """Yield every row that has rows below it, the deepest first."""
    parents = [
        ((form, row), children)
        for form in program.tree.forms
        for row, children in program.shape.children(form).items()
    ]
    yield from sorted(parents, key=lambda each: -len(each[0][1]))


def _columns_of(program: Program, form: str, rows: tuple[str, ...]) -> list[str]:
    columns = [column.id for column in program.shape.forms[form].columns]
    return [c for c in columns if any((form, row, c) in program.numbers for row in rows)]
