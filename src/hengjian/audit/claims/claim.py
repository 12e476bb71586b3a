"""A claim: a sentence that arithmetic can check, and what came of checking it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol, Self

from hengjian.audit.claims.mentions import Mention, mentions, same_label
from hengjian.documents import DocumentTree, Paragraph
from hengjian.kernel import Amount, Finding, Interval, Outcome, Percent, Place, Severity
from hengjian.scoring.words import plain


@dataclass(frozen=True, slots=True)
class Claim:
    """A checkable statement with the span of its paragraph, and its outcome.

    `finding` is there when the outcome is fail.
    """

    kind: str
    place: Place
    start: int
    end: int
    outcome: Outcome
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with its figures, and the figures stated before it in the document."""

    tree: DocumentTree
    paragraph: Paragraph
    mentions: tuple[Mention, ...]
    earlier: tuple[Passage, ...]

    @property
    def text(self) -> str:
        """The paragraph's text."""
        return self.paragraph.text

    def place(self, start: int, end: int) -> Place:
        """Return the place of a span of the paragraph."""
        return self.tree.place(self.paragraph, start, end)

    def stated_before(self, label: str, position: int, *, same_section: bool = False) -> Mention | None:
        """Return the nearest amount before a position that bears the label, here or further up.

        With `same_section` no further up than the paragraph's own heading.
        """
        here = [m for m in self.mentions if m.is_amount and m.end <= position and same_label(m.label, label)]
        if here:
            return here[-1]
        for passage in reversed(self.earlier):
            if same_section and passage.paragraph.section != self.paragraph.section:
                return None
            for mention in passage.mentions:
                if mention.is_amount and mention.depth == 0 and same_label(mention.label, label):
                    return mention
        return None


class Extractor(Protocol):
    """Finds and checks the claims of one kind in a passage."""

    def __call__(self, passage: Passage) -> Iterator[Claim]:
        """Yield the claims of the passage."""


def passages(tree: DocumentTree, look_back: int = 40) -> tuple[Passage, ...]:
    """Return the paragraphs that state figures; each sees at most `look_back` before it."""
    found: list[Passage] = []
    for paragraph in tree.paragraphs():
        figures = mentions(paragraph.text)
        if figures:
            found.append(Passage(tree, paragraph, figures, tuple(found[-look_back:])))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Computed:
    """What a formula makes of stated figures: all it may be, and what it is of the figures as printed."""

    interval: Interval
    point: Fraction

    @classmethod
    def of(cls, formula: Callable[..., Interval | None], *figures: Interval) -> Self | None:
        """Apply a formula; None where it is undefined (a base that may be zero).

        >>> about = Interval.about(Fraction(4), Fraction(1))
        >>> Computed.of(Interval.divided_by, Interval.exactly(1), about).point
        Fraction(1, 4)
        """
        interval = formula(*figures)
        printed = formula(*(Interval.exactly(figure.middle) for figure in figures))
        return None if interval is None or printed is None else cls(interval, printed.middle)


def check(
    code: str,
    passage: Passage,
    span: tuple[int, int],
    stated: Amount | Percent,
    computed: Computed,
    **values: Any,  # noqa: ANN401 - they fill a template
) -> Claim:
    """Compare a stated amount (in yuan) or percentage with what was computed for it."""
    place = passage.place(*span)
    kind = code.removeprefix("claim.")
    if stated.interval.agrees(computed.interval):
        return Claim(kind, place, *span, Outcome.PASS)
    scale = Fraction(10) ** -stated.unit.exponent if isinstance(stated, Amount) else Fraction(1)
    unit = stated.unit.label if isinstance(stated, Amount) else "%"
    shown = max(stated.decimals, 2)
    own = Fraction(stated.yuan if isinstance(stated, Amount) else stated.value)
    difference = abs(own - computed.point) * scale
    last_digit = Fraction(10) ** -stated.decimals
    finding = Finding.of(
        code,
        place,
        severity=Severity.WARNING if difference <= last_digit else None,
        stated=str(stated),
        expected=f"{plain(computed.point * scale, shown)}{unit}",
        difference=plain(difference, shown),
        **values,
    )
    return Claim(kind, place, *span, Outcome.FAIL, finding)


def in_words(value: Fraction, like: Amount) -> str:
    """Write yuan in the unit of another amount, with its decimals but at least two."""
    scaled = value * Fraction(10) ** -like.unit.exponent
    return f"{plain(scaled, max(like.decimals, 2))}{like.unit.label}"
