"""Say which cell to look at first: the findings of a diagnosis."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from hengjian.kernel import Finding, Text
from hengjian.rules.check import MOST_RELATED
from hengjian.rules.diagnose import Correction, Suspect, diagnose
from hengjian.rules.figures import as_written, cell_place
from hengjian.rules.slips import SlipKind
from hengjian.rules.verdict import Material, Verdict

MOST_ALTERNATIVES = 3
"""More cells than these point nowhere."""

_MOST_BASES = 3
_BLANK = Text("空白", "blank")
_OPEN = Text("（应为多少还定不下来）", " (its value stays open)")
_ONE = Text("把这一格的{stated}改为{expected}{slip}", "this cell says {expected} instead of {stated}{slip}")
_SEVERAL = Text("同时改这{count}格：{cells}", "these {count} cells are changed together: {cells}")
_CELL = Text("《{table}》“{row}”的“{column}”{stated}", "{table}, {row}, {column}: {stated}")
_CHANGED = Text("{cell}→{expected}{slip}", "{cell} → {expected}{slip}")
_OTHERS = Text("；也可能是：{cells}", "; or: {cells}")
_LISTED = Text("；", "; ")
_REFS = Text("、", ", ")
_SLIPS = {
    SlipKind.DIGIT: Text("（错一位数字）", " (one digit off)"),
    SlipKind.SWAP: Text("（两位数字颠倒）", " (two digits swapped)"),
    SlipKind.POINT: Text("（小数点错位）", " (the point is moved)"),
    None: Text("", ""),
}


def suspects(verdicts: Iterable[Verdict]) -> tuple[Finding, ...]:
    """Return, for each group of failing identities, a finding at the cell that most likely is the cause.

    Alternatives are named in the same finding. Nothing is said of a group whose suspects are too many, or
    of one identity alone when several cells explain it equally well.
    """
    groups = groupby(diagnose(verdicts), key=lambda suspect: suspect.failing)
    return tuple(found for failing, each in groups if (found := _finding(failing, tuple(each))) is not None)


def _finding(failing: tuple[Verdict, ...], alternatives: tuple[Suspect, ...]) -> Finding | None:
    material = failing[0].material
    named = dict.fromkeys(figure.cell for verdict in failing for figure in verdict.cells)
    if material is None or not _points(alternatives):
        return None
    likeliest, *others = alternatives
    first = likeliest.corrections[0]
    cells = dict.fromkeys([first.cell, *named])
    places = [cell_place(material, cell) for cell in cells]
    texts = [_listed(_LISTED, [_changed(material, each) for each in other.corrections]) for other in others]
    bases = dict.fromkeys(f"{verdict.rule.ref} {verdict.rule.basis}" for verdict in failing)
    return Finding.of(
        "identity.suspect",
        places[0],
        related=tuple(places[1 : MOST_RELATED + 1]),
        stated=_stated(first).zh if first.figure is not None else None,
        expected=_expected(first) if len(likeliest.corrections) == 1 else None,
        basis="；".join(list(bases)[:_MOST_BASES]),
        count=len(failing),
        identities=_identities(failing),
        change=_change(material, likeliest),
        others=_OTHERS.filled(cells=_listed(_LISTED, texts)) if texts else Text("", ""),
    )


def _points(alternatives: tuple[Suspect, ...]) -> bool:
    """Tell whether a diagnosis points anywhere: one identity alone hardly tells its cells apart."""
    if len(alternatives) == 1:
        return True
    slipped = [any(each.slip is not None for each in suspect.corrections) for suspect in alternatives]
    told_apart = len(alternatives[0].failing) > 1 or sum(slipped) == 1
    return told_apart and len(alternatives) <= MOST_ALTERNATIVES


def _change(material: Material, suspect: Suspect) -> Text:
    if len(suspect.corrections) > 1:
        cells = _listed(_LISTED, [_changed(material, each) for each in suspect.corrections])
        return _SEVERAL.filled(count=len(suspect.corrections), cells=cells)
    (only,) = suspect.corrections
    return _ONE.filled(stated=_stated(only), expected=_expected(only), slip=_slip(only))


def _changed(material: Material, correction: Correction) -> Text:
    place = cell_place(material, correction.cell)
    cell = _CELL.filled(table=place.table, row=place.row, column=place.column, stated=_stated(correction))
    expected = _expected(correction)
    if expected is None:
        return Text(f"{cell.zh}{_OPEN.zh}", f"{cell.en}{_OPEN.en}")
    return _CHANGED.filled(cell=cell, expected=expected, slip=_slip(correction))


def _stated(correction: Correction) -> Text:
    if correction.figure is None:
        return _BLANK
    written = as_written(correction.figure.value)
    return Text(written, written)


def _expected(correction: Correction) -> str | None:
    return as_written(correction.expected) if correction.expected is not None else None


def _slip(correction: Correction) -> Text:
    return _SLIPS[correction.slip.kind if correction.slip is not None else None]


def _identities(failing: tuple[Verdict, ...]) -> Text:
    refs = dict.fromkeys(verdict.rule.ref for verdict in failing)
    return _listed(_REFS, [Text(ref, ref) for ref in refs])


def _listed(joint: Text, texts: list[Text]) -> Text:
    return Text(*(joint[language].join(text[language] for text in texts) for language in ("zh", "en")))
