"""Authoring: the documents that are written from a filing."""

from hengjian.authoring.registry import WRITERS, documents_for, write_documents
from hengjian.authoring.self_evaluation_form import write_self_evaluation
from hengjian.authoring.writer import PlannedDocument, Skipped, Writer, WrittenDocument

__all__ = [
    "WRITERS",
    "PlannedDocument",
    "Skipped",
    "Writer",
    "WrittenDocument",
    "documents_for",
    "write_documents",
    "write_self_evaluation",
]
