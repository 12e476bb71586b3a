from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from hengjian.authoring import (
    PlannedDocument,
    Skipped,
    WrittenDocument,
    documents_for,
    write_documents,
    writers_for,
)
from hengjian.filing import Entity, Filing
from hengjian.kernel import InputError, Text
from hengjian.packs.standards import Standards
from tests.unit.authoring import sample
from tests.unit.authoring.sample import FILING


class Letter:
    kind = "letter"
    title = Text("信", "Letter")

    def plan(self, filing: Filing, standards: Standards) -> tuple[PlannedDocument | Skipped, ...]:
        del standards
        name = filing.entity.name
        return (PlannedDocument(self.kind, self.title, f"{name}信.txt", name.encode),)


def test_documents_are_planned_before_they_are_written() -> None:
    (planned,) = documents_for(FILING, sample.standards())
    assert isinstance(planned, PlannedDocument)
    assert planned.file_name == "云溪县医疗保障局2031年度项目支出绩效自评表.docx"
    assert planned.kind == "self_evaluation"


def test_a_document_that_cannot_be_is_skipped_with_a_reason(tmp_path: Path) -> None:
    bare = replace(FILING, projects=())
    (planned,) = documents_for(bare, sample.standards())
    assert isinstance(planned, Skipped)
    assert write_documents(bare, sample.standards(), tmp_path / "out") == (planned,)
    assert not (tmp_path / "out").exists()


def test_each_writer_gives_a_file(tmp_path: Path) -> None:
    standards = sample.standards()
    writers = (*writers_for(standards), Letter())
    written = write_documents(FILING, standards, tmp_path / "a" / "b", writers)
    for document in written:
        assert isinstance(document, WrittenDocument)
        assert document.sha256 == sha256(document.path.read_bytes()).hexdigest()
    assert sorted(path.suffix for path in (tmp_path / "a" / "b").iterdir()) == [".docx", ".txt"]


def test_a_name_that_no_file_may_bear_is_made_safe(tmp_path: Path) -> None:
    filing = replace(FILING, entity=Entity("../某局: <一>"))
    (written,) = write_documents(filing, sample.standards(), tmp_path)
    assert isinstance(written, WrittenDocument)
    assert [path.name for path in tmp_path.iterdir()] == ["_某局_ _一_2031年度项目支出绩效自评表.docx"]


def test_a_folder_that_cannot_be_written_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(InputError) as error:
        write_documents(FILING, sample.standards(), tmp_path / "out")
    assert error.value.code == "input.unwritable"
