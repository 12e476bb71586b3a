"""Findings on scanned pages: marked wherever they are shown, and never an error of the figures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hengjian.audit.report import finding_json
from hengjian.audit.scanned import marked
from hengjian.documents import Cell, DocumentTree, Line, Paragraph, Table
from hengjian.kernel import Finding, Place, Severity

LINES = tuple(Line(number, "文字", page, 0) for number, page in enumerate((1, 1, 2, 2), 1))
TREE = DocumentTree("a.pdf", "0" * 64, "pdf", (), LINES, 2, wrapped=False, scanned=frozenset({2}))


def finding(place: Place, *related: Place, code: str = "score.above-weight") -> Finding:
    values = {"name": "编制", "target": "", "actual": "", "weight": "5"}
    if code.startswith("input."):
        values = {}
    made = Finding.of(code, place, related=related, stated="6", expected="5", **values)  # type: ignore[arg-type]
    return replace(made, severity=Severity.ERROR)


def only(each: Finding, tree: DocumentTree = TREE) -> Finding:
    (found,) = marked([each], tree)
    return found


@pytest.mark.parametrize(
    ("place", "related"),
    [
        (Place(page=2), ()), (Place(line=3), ()), (Place(page=1), (Place(page=2),)),
        (Place(page=2), (Place(page=1),)),
    ],
)  # fmt: skip
def test_a_contradiction_on_a_scanned_page_is_a_warning(place: Place, related: tuple[Place, ...]) -> None:
    found = only(finding(place, *related))
    assert found.severity is Severity.WARNING
    assert found.suggestion is not None
    assert "对照原件" in found.suggestion.zh
    assert "original" in found.suggestion.en


def test_one_on_other_pages_is_as_it_was() -> None:
    for place in (Place(page=1), Place(line=2), Place()):
        assert only(finding(place)) == finding(place)


def test_where_all_is_scanned_no_place_is_needed() -> None:
    whole = replace(TREE, scanned=frozenset({1, 2}))
    assert only(finding(Place()), whole).place.scanned


def test_what_could_not_be_read_keeps_its_severity_and_is_marked() -> None:
    found = only(finding(Place(page=2), code="input.rubric-row-unnamed"))
    assert (found.severity, found.place.scanned) == (Severity.ERROR, True)


def test_a_warning_stays_one() -> None:
    note = replace(finding(Place(page=2)), severity=Severity.INFO)
    assert only(note).severity is Severity.INFO


def test_the_mark_is_shown_in_words_and_in_data() -> None:
    found = only(finding(Place(page=2)))
    assert "第2页（扫描识别）" in found.line()
    assert "recognised in a scan" in found.line("en")
    assert finding_json(found)["place"]["scanned"] is True
    assert "scanned" not in finding_json(finding(Place(page=1)))["place"]


def test_places_of_a_document_know_their_page() -> None:
    cell = Cell("5", 0, 0, line=4)
    table = Table("表", (), ((cell,),), (), 2, 4)
    paragraph = Paragraph("文字", (), 1, 1)
    assert TREE.cell_place(table, cell).scanned
    assert TREE.place(table).scanned
    assert not TREE.place(paragraph).scanned
    assert TREE.cell_place(table, cell).at(quote="6").scanned
