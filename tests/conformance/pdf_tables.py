"""Printed tables as lists of texts laid out as grids."""

from __future__ import annotations

from hengjian.documents import Cell

Texts = list[list[str | None]]
"""The rows of a table; None where the cell left of a place, or above it, reaches over it."""


def grid_of(texts: Texts, line: int, first: int = 0) -> tuple[tuple[Cell, ...], ...]:
    """Lay cells over the places that they reach over."""
    width, height = len(texts[0]), len(texts)
    taken: dict[tuple[int, int], Cell] = {}
    for r in range(height):
        for c in range(width):
            text = texts[r][c]
            if (r, c) in taken:
                continue
            wide = 1
            while c + wide < width and texts[r][c + wide] is None and (r, c + wide) not in taken:
                wide += 1
            high = 1
            while r + high < height and all(texts[r + high][k] is None for k in range(c, c + wide)):
                high += 1
            cell = Cell(text or "", first + r, c, high, wide, line)
            taken |= {(r + i, c + k): cell for i in range(high) for k in range(wide)}
    return tuple(tuple(taken[r, c] for c in range(width)) for r in range(height))
