"""Classification codes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Code:
    """A code of a classification, identified by scheme, edition (fiscal year) and code together.

    The code alone is not an identity: 210 is 医疗卫生与计划生育支出 in 2018 and 卫生健康支出 from 2019.

    >>> Code("functional", 2018, "210") == Code("functional", 2019, "210")
    False
    """

    scheme: str
    edition: int
    code: str

    def ancestors(self, levels: tuple[int, ...]) -> tuple[Code, ...]:
        """Return the codes above, nearest first; `levels` are the lengths of the scheme's levels.

        >>> [a.code for a in Code("functional", 2022, "2101501").ancestors((3, 5, 7))]
        ['21015', '210']
        """
        shorter = sorted((n for n in levels if n < len(self.code)), reverse=True)
        return tuple(Code(self.scheme, self.edition, self.code[:n]) for n in shorter)

    def __str__(self) -> str:
        return self.code
