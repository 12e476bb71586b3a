"""A program cut down to the places that can apply to the cells of a block.

A store of many kinds of departments has far more cells than any block of it; what nobody in the block states
need not be calculated.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hengjian.rules.matrix import Integers, Mask
from hengjian.rules.program import Compared, Group, Joined, Known, Negated, Program, Ratio, Truth


def narrowed(program: Program, present: Mask) -> Program:
    """Return the program without the places of which nothing is stated; `present` tells of each cell.

    The cells keep their numbers. Not for blocks with gaps in their codes, whose sums may be stated where
    their cells are not.
    """
    bare, asks = program.bare
    alive = bare.any(np.concatenate([present, present[:-1]])) | ~asks[:, 0]
    forms = program.tree.form_cells.any(present)
    for group in program.groups:
        alive[group.places] &= forms[list(group.forms)].all()
    others, stated = (
        np.zeros(len(program.others.constants), np.bool_),
        np.zeros(len(program.stated.starts), np.bool_),
    )
    for group in program.groups:
        for rows in _rows_of(group):
            others[rows] = alive[group.places]
        for lists in _lists_of(group.condition):
            stated[lists] = alive[group.places]
    cut = _Cut(_counts(alive), _counts(others), _counts(stated))
    return replace(
        program,
        places=tuple(program.places[place] for place in np.flatnonzero(alive)),
        groups=tuple(cut.group(group) for group in program.groups if alive[group.places].any()),
        assertions=program.assertions.only(alive),
        others=program.others.only(others),
        stated=program.stated.only(stated),
        bare=(bare.only(alive), asks[alive]),
        below=(program.below[0].only(alive), program.below[1][alive]),
        here=(program.here[0].only(alive), program.here[1][alive]),
    )


def _counts(kept: Mask) -> Integers:
    """Return how many are kept before each place."""
    return np.concatenate([[0], np.cumsum(kept)])


def _rows_of(group: Group) -> list[slice]:
    ratio = [] if group.ratio is None else [group.ratio.plain, group.ratio.top, group.ratio.bottom]
    return [*ratio, *(node.rows for node in _leaves(group.condition) if isinstance(node, Compared))]


def _lists_of(condition: Truth | None) -> list[slice]:
    return [node.lists for node in _leaves(condition) if isinstance(node, Known)]


def _leaves(node: Truth | None) -> list[Truth]:
    match node:
        case None:
            return []
        case Negated(part):
            return _leaves(part)
        case Joined(parts):
            return [leaf for part in parts for leaf in _leaves(part)]
    return [node]


class _Cut:
    """Where the slices of a program stand once rows are left out."""

    def __init__(self, places: Integers, others: Integers, stated: Integers) -> None:
        self.places, self.others, self.stated = places, others, stated

    def group(self, group: Group) -> Group:
        ratio = group.ratio
        if ratio is not None:
            plain, top, bottom = (
                _moved(each, self.others) for each in (ratio.plain, ratio.top, ratio.bottom)
            )
            ratio = Ratio(plain, top, bottom, ratio.scales)
        condition = None if group.condition is None else self.truth(group.condition)
        return replace(group, places=_moved(group.places, self.places), condition=condition, ratio=ratio)

    def truth(self, node: Truth) -> Truth:
        match node:
            case Compared(rows):
                return Compared(_moved(rows, self.others))
            case Known(lists):
                return Known(_moved(lists, self.stated))
            case Negated(part):
                return Negated(self.truth(part))
            case Joined(parts, every):
                return Joined(tuple(self.truth(part) for part in parts), every)


def _moved(rows: slice, counts: Integers) -> slice:
    return slice(int(counts[rows.start]), int(counts[rows.stop]))
