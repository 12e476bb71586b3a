"""What a cell can state, and the slips of the pen that turn one figure into another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from math import ceil, floor

from hengjian.kernel import Amount, Measure, Number, Percent, Quantity
from hengjian.kernel.number import round_half_up
from hengjian.rules.equations import Range

_FARTHEST_POINT = 4
"""Four places are also what 元 taken for 万元 comes to."""


class SlipKind(StrEnum):
    """How one figure became another."""

    DIGIT = "digit"
    SWAP = "swap"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip, with the value that it came from (in yuan, points or units) and the decimals of that."""

    kind: SlipKind
    value: Fraction
    decimals: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The values that a cell can state: whole multiples of its last digit.

    `model` is a figure of the same unit; `decimals` count in that unit.
    """

    model: Measure
    decimals: int

    @property
    def step(self) -> Fraction:
        """One unit of the last digit, in yuan, percentage points or units."""
        return _step(self.model, self.decimals)

    @property
    def half(self) -> Fraction:
        """How far from the truth a figure may be: half a step, nothing for whole counts."""
        exact = isinstance(self.model, Quantity) and self.decimals == 0
        return Fraction(0) if exact else self.step / 2

    def nearest(self, value: Fraction, within: Range) -> Fraction | None:
        """Return the value on the grid that is next to another, inside a range; None when there is none."""
        low, high = within
        whole = floor(value / self.step + Fraction(1, 2))
        if high is not None:
            whole = min(whole, floor(high / self.step))
        if low is not None:
            whole = max(whole, ceil(low / self.step))
        return whole * self.step if _inside(whole * self.step, within) else None

    def measure(self, value: Fraction, decimals: int | None = None) -> Measure:
        """State a value like the model."""
        decimals = self.decimals if decimals is None else decimals
        if isinstance(self.model, Amount):
            return Amount.computed(value, self.model.unit, decimals)
        number: Decimal = round_half_up(value, decimals)
        if isinstance(self.model, Percent):
            return Percent(number, f"{number:,f}", decimals, self.model.of)
        return Quantity(Number(number, f"{number:,f}"), self.model.unit)


def slip_towards(stated: Measure, wanted: Fraction, within: Range) -> Slip | None:
    """Return the slip that explains a figure, if one leads into the range: that nearest to the wanted value.

    >>> from hengjian.kernel import MoneyUnit
    >>> amount = Amount.parse("3123.12", MoneyUnit.YUAN)
    >>> slip = slip_towards(amount, Fraction(3133), (Fraction(3133), Fraction(3134)))
    >>> slip.kind.value, slip.value == Fraction("3133.12")
    ('digit', True)
    """
    found = [slip for slip in _slips(stated) if _inside(slip.value, within)]
    kinds = list(SlipKind)
    return min(found, key=lambda slip: (abs(slip.value - wanted), kinds.index(slip.kind)), default=None)


def _slips(stated: Measure) -> Iterator[Slip]:
    decimals = decimals_of(stated)
    step = _step(stated, decimals)
    whole = int(stated.interval.middle / step)
    if whole == 0 and decimals <= 0:
        return
    sign = -1 if whole < 0 else 1
    digits = str(abs(whole)).zfill(max(decimals, 0) + 1)
    for written in _one_digit_changed(digits):
        yield Slip(SlipKind.DIGIT, sign * int(written) * step, decimals)
    longer = len(digits) > max(decimals, 0) + 1  # nobody writes 06.00
    for written in _two_swapped(digits):
        if not (longer and written.startswith("0")):
            yield Slip(SlipKind.SWAP, sign * int(written) * step, decimals)
    if whole:
        for places in (*range(1, _FARTHEST_POINT + 1), *range(-1, -_FARTHEST_POINT - 1, -1)):
            moved = whole * step * Fraction(10) ** places
            yield Slip(SlipKind.POINT, moved, decimals if moved % step == 0 else decimals - places)


def _one_digit_changed(digits: str) -> Iterator[str]:
    for at, was in enumerate(digits):
        for digit in "0123456789":
            if digit != was:
                yield digits[:at] + digit + digits[at + 1 :]


def _two_swapped(digits: str) -> Iterator[str]:
    for first, second in combinations(range(len(digits)), 2):
        if digits[first] != digits[second]:
            swapped = list(digits)
            swapped[first], swapped[second] = swapped[second], swapped[first]
            yield "".join(swapped)


def decimals_of(value: Measure) -> int:
    """Return the decimals that a figure is stated with, in its own unit."""
    return value.number.decimals if isinstance(value, Quantity) else value.decimals


def _step(value: Measure, decimals: int) -> Fraction:
    exponent = value.unit.exponent if isinstance(value, Amount) else 0
    return Fraction(10) ** (exponent - decimals)


def _inside(value: Fraction, within: Range) -> bool:
    low, high = within
    return (low is None or low <= value) and (high is None or value <= high)
