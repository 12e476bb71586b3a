"""Seeded draws of whole amounts.

Chance makes sizes and shares; every amount is a whole multiple of the grain, and what is split adds up again.
Arrays have departments along their last axis.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hengjian.filing.facts import Integers

_FEN = 100


@dataclass(frozen=True, slots=True)
class Draws:
    """A source of amounts, in fen, for a number of departments at once."""

    rng: np.random.Generator
    departments: int
    grain: int

    def amounts(self, median_yuan: int, spread: float, rows: int | None = None) -> Integers:
        """Draw log-normal amounts around a median; `spread` is the standard deviation of their logarithm."""
        factors = np.exp(self.rng.normal(0.0, spread, self._shape(rows)))
        grains: Integers = np.rint(factors * (median_yuan * _FEN / self.grain)).astype(np.int64)
        return grains * self.grain

    def whole(self, low: int, high: int, rows: int | None = None) -> Integers:
        """Draw whole numbers from `low` to `high`, both included."""
        return self.rng.integers(low, high, self._shape(rows), np.int64, endpoint=True)

    def some(self, percent: int, rows: int | None = None) -> Integers:
        """Draw ones with the chance given, else zeros."""
        return (self.rng.integers(0, 100, self._shape(rows)) < percent).astype(np.int64)

    def weights(self, typical: Sequence[int], spread: float) -> Integers:
        """Draw a weight for each typical one and each department; what is 0 stays 0."""
        factors = np.exp(self.rng.normal(0.0, spread, self._shape(len(typical))))
        return (np.array(typical, np.int64)[:, None] * 100 * factors).astype(np.int64)

    def scaled(self, amounts: Integers, permille: Integers) -> Integers:
        """Return a part of amounts, cut to the grain."""
        return amounts // self.grain * permille // 1000 * self.grain

    def split(self, totals: Integers, weights: Integers) -> Integers:
        """Split totals by weights (parts × departments); the largest part takes what division leaves over.

        >>> draws = Draws(np.random.default_rng(0), 1, 10)
        >>> draws.split(np.array([1000]), np.array([[1], [1], [5]])).tolist()
        [[140], [140], [720]]
        """
        grains, whole = totals // self.grain, np.maximum(weights.sum(axis=0), 1)
        parts: Integers = np.stack([grains * weight // whole for weight in weights]) * self.grain
        largest = weights.argmax(axis=0), ..., np.arange(totals.shape[-1])
        parts[largest] += (totals - parts.sum(axis=0)).T
        return parts

    def _shape(self, rows: int | None) -> tuple[int, ...]:
        return (self.departments,) if rows is None else (rows, self.departments)
