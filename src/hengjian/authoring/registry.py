"""Every document that a filing can give: one writer for each form that the standards lay out."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from hengjian.authoring.files import make_folder, write_whole
from hengjian.authoring.form_writer import LayoutWriter
from hengjian.authoring.writer import PlannedDocument, Skipped, Writer, WrittenDocument
from hengjian.filing import Filing
from hengjian.kernel import Text
from hengjian.packs.standards import Standards

_STAGES = ("targets", "monitoring", "self_evaluation")
_FORMS = Text("绩效管理各表", "Forms of performance management")


def writers_for(standards: Standards) -> tuple[Writer, ...]:
    """Return the writers of the standards' forms, in the order of the year."""
    layouts = sorted(standards.layouts.values(), key=lambda each: (_STAGES.index(each.stage), each.layout))
    return tuple(LayoutWriter(layout) for layout in layouts)


def documents_for(
    filing: Filing, standards: Standards, writers: Sequence[Writer] | None = None
) -> tuple[PlannedDocument | Skipped, ...]:
    """Return what each writer makes of the filing: planned documents, or why there is none."""
    asked = writers_for(standards) if writers is None else writers
    if not asked:
        reason = Text(
            f"标准包“{standards.pack}”没有{filing.year}年度的表样。",
            f"the pack “{standards.pack}” lays out no form for {filing.year}.",
        )
        return (Skipped("forms", _FORMS, reason),)
    return tuple(document for writer in asked for document in writer.plan(filing, standards))


def write_documents(
    filing: Filing, standards: Standards, out_dir: Path, writers: Sequence[Writer] | None = None
) -> tuple[WrittenDocument | Skipped, ...]:
    """Write every document of a filing into a folder, which is made when it is missing.

    A file of the same name is replaced. Raises `InputError` when a file cannot be written; each file is
    whole or untouched.
    """
    documents = documents_for(filing, standards, writers)
    return tuple(each if isinstance(each, Skipped) else _write(each, out_dir) for each in documents)


def _write(planned: PlannedDocument, out_dir: Path) -> WrittenDocument:
    data = planned.render()
    path = out_dir / planned.file_name
    make_folder(out_dir)
    write_whole(path, data)
    return WrittenDocument(planned.kind, planned.title, path, sha256(data).hexdigest())
