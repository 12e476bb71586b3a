"""What the examples state is read exactly from each format that a department may publish them in."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from hengjian.audit.resolve import Resolved, resolve
from hengjian.documents import DocumentTree, read_document
from hengjian.documents.reader import READERS
from tests.renderings.examples import NAMES, example, library
from tests.renderings.facts import differences
from tests.renderings.formats import OFFICE_PDF, RENDERERS, rendering
from tests.renderings.office import office
from tests.renderings.publication import published_forms

Case = tuple[str, str]
CASES = [(name, ending) for ending in RENDERERS for name in NAMES]
KINDS = {"lingshou-2021": "budget", "quxian-2022": "final_accounts"}
PAGED = [case for case in CASES if case[1].endswith("pdf")]
each_rendering = pytest.mark.parametrize("case", CASES, ids="-".join)


@pytest.fixture(scope="module")
def tree_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Case], DocumentTree]:
    folder = tmp_path_factory.mktemp("renderings")

    @cache
    def read(case: Case) -> DocumentTree:
        name, ending = case
        if ending == OFFICE_PDF and office() is None:
            pytest.skip("no office program is installed that makes a PDF of a docx")
        if Path(f"a.{ending}").suffix.lstrip(".") not in READERS:
            pytest.skip(f"there is no reader of {ending} yet")
        path = folder / f"{name}.{ending}"
        path.write_bytes(rendering(name, ending))
        return read_document(path)

    return read


@pytest.fixture(scope="module")
def resolved(tree_of: Callable[[Case], DocumentTree]) -> Callable[[Case], Resolved]:
    return cache(lambda case: resolve(tree_of(case), library()))


@each_rendering
def test_every_figure_and_every_word_of_a_form_is_read(
    case: Case, resolved: Callable[[Case], Resolved]
) -> None:
    stated = example(case[0])
    assert differences(stated, resolved(case).filing, published_forms(stated)) == []


@each_rendering
def test_the_document_is_known_for_what_it_is(case: Case, resolved: Callable[[Case], Resolved]) -> None:
    stated, read = example(case[0]), resolved(case)
    assert read.kind == KINDS[case[0]]
    assert (read.filing.entity.name, read.filing.year, read.filing.pack) == (
        stated.entity.name, stated.year, stated.pack,
    )  # fmt: skip
    assert [finding.code for finding in read.findings] == []


@each_rendering
def test_every_figure_has_a_place_whose_words_hold_it(
    case: Case, resolved: Callable[[Case], Resolved]
) -> None:
    checked = 0
    for sheet in resolved(case).filing.sheets.values():
        for figure in sheet.figures.values():
            text = str(getattr(figure.value, "text", ""))
            assert text.rstrip("%") in (figure.place.quote or "").replace(",", ""), figure
            assert figure.place.line, figure
            checked += 1
    assert checked


@pytest.mark.parametrize("case", PAGED, ids="-".join)
def test_a_page_based_rendering_tells_the_page_of_every_figure(
    case: Case, resolved: Callable[[Case], Resolved], tree_of: Callable[[Case], DocumentTree]
) -> None:
    tree = tree_of(case)
    pages = [
        figure.place.page
        for sheet in resolved(case).filing.sheets.values()
        for figure in sheet.figures.values()
    ]
    assert tree.pages is not None
    assert all(page is not None and 1 <= page <= tree.pages for page in pages)
    assert len(set(pages)) > 1
