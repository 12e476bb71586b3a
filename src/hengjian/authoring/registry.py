"""Every kind of document that a filing can give. A further kind is a module and a line here."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from hengjian.authoring.files import make_folder, write_whole
from hengjian.authoring.self_evaluation_form import SelfEvaluationForm
from hengjian.authoring.writer import PlannedDocument, Skipped, Writer, WrittenDocument
from hengjian.filing import Filing
from hengjian.packs.standards import Standards

WRITERS: tuple[Writer, ...] = (SelfEvaluationForm(),)
"""The writers, in the order in which their documents are listed."""


def documents_for(
    filing: Filing, standards: Standards, writers: Sequence[Writer] = WRITERS
) -> tuple[PlannedDocument | Skipped, ...]:
    """Return what each writer makes of the filing: a planned document, or why there is none."""
    return tuple(writer.plan(filing, standards) for writer in writers)


def write_documents(
    filing: Filing, standards: Standards, out_dir: Path, writers: Sequence[Writer] = WRITERS
) -> tuple[WrittenDocument | Skipped, ...]:
    """Write every document of a filing into a folder, which is made when it is missing.

    A file of the same name is replaced. Raises `InputError` when a file cannot be written; each file is
    whole or untouched.
    """
    return tuple(_write(writer, filing, standards, out_dir) for writer in writers)


def _write(writer: Writer, filing: Filing, standards: Standards, out_dir: Path) -> WrittenDocument | Skipped:
    planned = writer.plan(filing, standards)
    if isinstance(planned, Skipped):
        return planned
    data = writer.render(filing, standards)
    path = out_dir / planned.file_name
    make_folder(out_dir)
    write_whole(path, data)
    return WrittenDocument(planned.kind, planned.title, path, sha256(data).hexdigest())
