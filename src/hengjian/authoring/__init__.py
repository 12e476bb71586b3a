"""Authoring: the documents that are written from a filing."""

from hengjian.authoring.form_writer import LayoutWriter
from hengjian.authoring.registry import documents_for, write_documents, writers_for
from hengjian.authoring.writer import PlannedDocument, Skipped, Writer, WrittenDocument

__all__ = [
    "LayoutWriter",
    "PlannedDocument",
    "Skipped",
    "Writer",
    "WrittenDocument",
    "documents_for",
    "write_documents",
    "writers_for",
]
