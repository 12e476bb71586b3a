"""The audit as one self-contained page that a director can read and a clerk can work from.

Words stand in ``templates/report.toml``, the page in ``report.html``, its look in ``report.css``. What a
finding is about is shown as the document has it: the paragraph, the lines or the table rows around the quote.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import groupby
from operator import itemgetter
from pathlib import PureWindowsPath

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

import hengjian
from hengjian.audit.pipeline import Audited
from hengjian.documents import DocumentTree, Table
from hengjian.kernel import Finding, Outcome, Place, Severity, Text, is_input
from hengjian.kernel.resources import data_folder
from hengjian.packs import load_library

MOST_IMPORTANT = 5  # findings that the summary names
MANY = 3  # from so many findings of one code on, what they share is said once
LINES_AROUND = 2
SHORT, BESIDE = 60, 90  # a shorter paragraph is shown with so many characters of its neighbours
LONG, SIDE = 700, 260  # a longer paragraph is cut to so many characters on either side of the quote
WINDOW = 30  # filled lines in which a quote must be found
WIDE = 8  # columns beyond which a table is narrowed to those near the quote

_TEMPLATES = resources.files("hengjian.audit").joinpath("templates")
_UNCHECKED = frozenset({"table.unmapped", "table.unmatched", "identity.not-evaluable"})
_FAMILIES = ("identity", "claim", "document", "table", "score", "result", "form")
_ORDER = tuple(Severity)


# The words around a quote


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the document's words, marked when it belongs to the quote."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A table cell: its words and how many of the shown columns it spans."""

    pieces: tuple[Piece, ...]
    span: int = 1


@dataclass(frozen=True, slots=True)
class Context:
    """A quote in its surroundings: paragraphs, numbered source lines, or rows of a table under its head."""

    prose: tuple[tuple[Piece, ...], ...] = ()
    lines: tuple[tuple[int, tuple[Piece, ...]], ...] = ()
    head: tuple[ShownCell, ...] = ()
    rows: tuple[tuple[ShownCell, ...], ...] = ()


def mark(texts: Sequence[str], quote: str) -> list[tuple[Piece, ...]] | None:
    """Cut texts into pieces with the quote marked, white space aside; None when it is not there.

    A quote whose words do not follow one another is marked word by word, in order.

    >>> [[(p.text, p.marked) for p in pieces] for pieces in mark(["共 3.0", "0万元"], "3.00")]
    [[('共 ', False), ('3.0', True)], [('0', True), ('万元', False)]]
    """
    spots = [(u, i) for u, text in enumerate(texts) for i, char in enumerate(text) if not char.isspace()]
    flat = "".join(texts[u][i] for u, i in spots)
    words = quote.split()
    found = _find(flat, ["".join(words)]) or _find(flat, words)
    if not found:
        return None
    ranges: dict[int, list[tuple[int, int]]] = {}
    for start, end in found:
        for unit, run in groupby(spots[start:end], key=itemgetter(0)):
            inside = [i for _, i in run]
            ranges.setdefault(unit, []).append((inside[0], inside[-1] + 1))
    return [tuple(_cut(text, ranges.get(unit, []))) for unit, text in enumerate(texts)]


def _find(flat: str, words: list[str]) -> list[tuple[int, int]]:
    found, at = [], 0
    for word in words:
        start = flat.find(word, at) if word else -1
        if start < 0:
            return []
        at = start + len(word)
        found.append((start, at))
    return found


def _cut(text: str, ranges: list[tuple[int, int]]) -> Iterator[Piece]:
    at = 0
    for start, end in ranges:
        if text[at:start]:
            yield Piece(text[at:start])
        yield Piece(text[start:end], marked=True)
        at = end
    if text[at:]:
        yield Piece(text[at:])


class Surroundings:
    """Finds the context of places in one document."""

    def __init__(self, tree: DocumentTree | None) -> None:
        self._blocks = tree.blocks if tree is not None else ()
        self._filled = [line for line in tree.lines if line.text.strip()] if tree is not None else []
        self._wrapped = tree is not None and tree.wrapped
        self._at: dict[int, int] = {}
        for index, block in enumerate(self._blocks):
            last = block.cells if isinstance(block, Table) else block.segments
            for line in range(block.line, max([block.line, *(part.line for part in last)]) + 1):
                self._at.setdefault(line, index)

    def of(self, place: Place) -> Context:
        """Return the surroundings of a place's quote; the quote alone when they cannot be found."""
        quote = (place.quote or "").strip()
        if not quote:
            return Context()
        index = self._at.get(place.line or 0)
        block = self._blocks[index] if index is not None else None
        found = None
        if isinstance(block, Table):
            found = _in_table(block, quote, place.line or 0)
        elif index is not None and block is not None and (not self._wrapped or "。" in block.text):
            found = self._in_prose(index, quote)
        return found or self._in_lines(place.line, quote) or Context(prose=((Piece(quote, marked=True),),))

    def _in_prose(self, index: int, quote: str) -> Context | None:
        """Mark the quote in its paragraph; a short one is shown between its neighbours."""
        marked = mark([self._blocks[index].text], quote)
        if marked is None or len(self._blocks[index].text) >= SHORT:
            return None if marked is None else Context(prose=(_shortened(marked[0]),))
        above, below = self._text(index - 1), self._text(index + 1)
        above = above if len(above) <= BESIDE else "…" + above[-BESIDE:]
        below = below if len(below) <= BESIDE else below[:BESIDE] + "…"
        return Context(
            prose=tuple(run for run in ((Piece(above),), marked[0], (Piece(below),)) if run[0].text)
        )

    def _text(self, index: int) -> str:
        block = self._blocks[index] if 0 <= index < len(self._blocks) else None
        return "" if block is None or isinstance(block, Table) else block.text

    def _in_lines(self, line: int | None, quote: str) -> Context | None:
        """Mark the quote in the source lines from its place on, with a few lines around."""
        start = next((i for i, each in enumerate(self._filled) if each.number >= (line or 0)), None)
        if line is None or start is None:
            return None
        shown = self._filled[start : start + WINDOW]
        marked = mark([each.text.strip() for each in shown], quote)
        if marked is None:
            return None
        hits = [start + i for i, pieces in enumerate(marked) if any(p.marked for p in pieces)]
        around = self._filled[max(hits[0] - LINES_AROUND, 0) : hits[-1] + LINES_AROUND + 1]
        words = {each.number: pieces for each, pieces in zip(shown, marked, strict=True)}
        return Context(lines=tuple((n.number, words.get(n.number, (Piece(n.text.strip()),))) for n in around))


def _shortened(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Cut a long paragraph's words before and after the quote."""
    if sum(len(piece.text) for piece in pieces) <= LONG:
        return pieces
    first, last = pieces[0], pieces[-1]
    if not first.marked and len(first.text) > SIDE:
        pieces = (Piece("…" + first.text[-SIDE:]), *pieces[1:])
    if not last.marked and len(last.text) > SIDE:
        pieces = (*pieces[:-1], Piece(last.text[:SIDE] + "…"))
    return pieces


def _in_table(table: Table, quote: str, line: int) -> Context | None:
    """Show the row that holds the quote between its neighbours, under the table's head."""
    begun = [max((cell.line for cell in row if cell.row == r), default=0) for r, row in enumerate(table.rows)]
    for at in sorted(range(len(table.rows)), key=lambda r: (begun[r] < line, r)):
        words = [cell.text if _own(table, at, c) else "" for c, cell in enumerate(table.rows[at])]
        marked = _mark_cells(words, quote) or mark(words, quote)
        if marked is None:
            continue
        columns = _columns(table, at, marked)
        plain = [_row(table, r, columns) for r in range(max(at - 1, 0), min(at + 2, len(table.rows)))]
        plain[min(at, 1)] = _row(table, at, columns, marked)
        head = _row(table, _head(table), columns) if at > _head(table) + 1 else ()
        return Context(head=head, rows=tuple(plain))
    return None


def _mark_cells(words: Sequence[str], quote: str) -> list[tuple[Piece, ...]] | None:
    """Mark whole cells where a quote joins some of a row; None where they do not make it up."""
    left = "".join(quote.split())
    marked: list[tuple[Piece, ...]] = []
    for word in words:
        bare = "".join(word.split())
        hit = bool(bare) and left.startswith(bare)
        left = left.removeprefix(bare) if hit else left
        marked.append((Piece(word, marked=hit),) if word else ())
    return None if left else marked


def _head(table: Table) -> int:
    """Return the first row with words in most columns: titles above it fill but one cell."""
    rows = ({id(cell) for cell in row if cell.text.strip()} for row in table.rows)
    return next((r for r, filled in enumerate(rows) if len(filled) * 2 > table.width), 0)


def _own(table: Table, row: int, column: int) -> bool:
    """Tell whether a position is the first of its cell in the row."""
    return column == 0 or table.rows[row][column] is not table.rows[row][column - 1]


def _columns(table: Table, at: int, marked: Sequence[tuple[Piece, ...]]) -> list[int]:
    """Choose the columns to show: those with words, and of a wide table those near the quote."""
    near = {_head(table), at, at - 1, at + 1} & set(range(len(table.rows)))
    filled = [c for c in range(table.width) if any(table.rows[r][c].text.strip() for r in near)]
    if len(filled) <= WIDE:
        return filled
    hits = [c for c, pieces in enumerate(marked) if any(piece.marked for piece in pieces)]
    return [c for c in filled if c <= 1 or hits[0] - 1 <= c <= hits[-1] + 1]


def _row(
    table: Table, row: int, columns: Iterable[int], marked: Sequence[tuple[Piece, ...]] | None = None
) -> tuple[ShownCell, ...]:
    cells: list[ShownCell] = []
    last = None
    for column in columns:
        cell = table.rows[row][column]
        if cell is last:
            cells[-1] = replace(cells[-1], span=cells[-1].span + 1)
        else:
            pieces = marked[column] if marked is not None and marked[column] else (Piece(cell.text),)
            cells.append(ShownCell(pieces))
        last = cell
    return tuple(cells)


# The page


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with its number and its quote in its surroundings."""

    number: int
    finding: Finding
    context: Context


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one severity and code, in document order."""

    severity: Severity
    title: Text
    findings: tuple[Shown, ...]

    @property
    def shared(self) -> bool:
        """Whether many findings say the same of what to do and of the basis."""
        said = {(shown.finding.suggestion, shown.finding.basis) for shown in self.findings}
        return len(self.findings) >= MANY and len(said) == 1


@dataclass(frozen=True, slots=True)
class Page:
    """One document as the page shows it; `checks` counts the outcomes of identities and of sentences."""

    name: str
    audited: Audited
    pack: Text | None
    counts: dict[str, int]
    groups: tuple[Group, ...]
    unread: tuple[Shown, ...]
    checks: dict[str, Counter[str]]
    undecided: tuple[Place, ...]

    @property
    def important(self) -> list[Group]:
        """The gravest groups, errors in figures first."""
        return sorted(self.groups, key=_gravity)[:MOST_IMPORTANT]

    @property
    def held(self) -> int:
        """Identities and sentences that hold."""
        return sum(counted[Outcome.PASS] for counted in self.checks.values())

    @property
    def checked(self) -> int:
        """Identities and sentences there were to check."""
        return sum(counted.total() for counted in self.checks.values())

    def where(self, place: Place, language: str) -> str:
        """Return a place in words, without file and section; a line number only where a reader sees lines."""
        text = self.audited.tree is not None and self.audited.tree.format == "txt"
        return replace(place, file=None, section=None, line=place.line if text else None).where(language)


def audit_html(audited: Sequence[Audited], language: str = "zh") -> str:
    """Return the audits of documents as one page; the same input gives the same page."""
    pages = [_page(each) for each in audited]
    return _template().render(
        pages=pages,
        lang=language,
        say={key: text[language] for key, text in _words().items()},
        severities=[severity.value for severity in _ORDER],
        totals={severity.value: sum(page.counts[severity.value] for page in pages) for severity in _ORDER},
        style=Markup(_read("report.css")),  # noqa: S704 - a file of this package
        version=hengjian.__version__,
    )


def _page(audited: Audited) -> Page:
    around = Surroundings(audited.tree)
    findings = [finding for finding in audited.findings if not _unchecked(finding)]
    unread = [finding for finding in audited.findings if _unchecked(finding)]
    counted = Counter(finding.severity for finding in findings)
    return Page(
        name=PureWindowsPath(audited.path).name,
        audited=audited,
        pack=_pack_title(audited),
        counts={severity.value: counted[severity] for severity in _ORDER},
        groups=tuple(_groups(findings, around)),
        unread=tuple(_shown(unread, around, len(findings))),
        checks=_checks(audited),
        undecided=tuple(c.place for c in audited.claims if c.outcome is Outcome.NOT_EVALUABLE),
    )


def _unchecked(finding: Finding) -> bool:
    """Tell whether a finding says that something was not read or could not be checked."""
    return is_input(finding) or finding.code in _UNCHECKED


def _groups(findings: Iterable[Finding], around: Surroundings) -> Iterator[Group]:
    members: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in findings:
        members.setdefault((finding.severity, finding.code), []).append(finding)
    number = 0
    for (severity, _), found in sorted(members.items(), key=lambda item: _ORDER.index(item[0][0])):
        yield Group(severity, found[0].title, tuple(_shown(found, around, number)))
        number += len(found)


def _shown(findings: Iterable[Finding], around: Surroundings, before: int) -> Iterator[Shown]:
    for number, finding in enumerate(findings, before + 1):
        yield Shown(number, finding, around.of(finding.place))


def _gravity(group: Group) -> tuple[int, int]:
    family = group.findings[0].finding.code.partition(".")[0]
    rank = _FAMILIES.index(family) if family in _FAMILIES else len(_FAMILIES)
    return _ORDER.index(group.severity), rank


def _checks(audited: Audited) -> dict[str, Counter[str]]:
    verdicts = audited.review.outcomes.elements() if audited.review is not None else ()
    found = {"identities": verdicts, "sentences": [claim.outcome for claim in audited.claims]}
    return {name: Counter(o.value for o in all_ if o != "not_applicable") for name, all_ in found.items()}


def _pack_title(audited: Audited) -> Text | None:
    """Return the title of the pack that was used, when it is one of those that come with the program."""
    if audited.resolved is None:
        return None
    standards = audited.resolved.standards
    library = load_library(data_folder("packs"))
    pack = library.packs.get(standards.pack) if library.digest == standards.digest else None
    return Text(pack.manifest.title.zh, pack.manifest.title.en) if pack is not None else None


def _read(name: str) -> str:
    return _TEMPLATES.joinpath(name).read_text(encoding="utf-8")


@cache
def _words() -> dict[str, Text]:
    return {key: Text(text["zh"], text["en"]) for key, text in tomllib.loads(_read("report.toml")).items()}


@cache
def _template() -> Template:
    jinja = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return jinja.from_string(_read("report.html"))
