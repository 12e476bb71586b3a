"""Peers that check the same identities of one department, each in its own terms.

A peer's module has ``measure(case, faulty)``, which returns what it measured and the numbers of the
identities that it found broken in the faulty case. It raises `AbsentError` when it is not installed.
"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.measure import Measured


class AbsentError(Exception):
    """The peer is not installed; the reason is the message."""


@dataclass(frozen=True, slots=True)
class Met:
    """What a peer took, by what was measured, and the identities that it found broken, by number."""

    lines: tuple[tuple[str, Measured, str], ...]
    broken: frozenset[int]
