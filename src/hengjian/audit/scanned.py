"""Findings on pages whose characters were recognised in a picture: a misread digit is no one's error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from hengjian.documents import DocumentTree
from hengjian.kernel import Finding, Place, Severity, Text, is_input

_ORIGINAL = Text(
    "本处文字和数字由扫描件识别得来，请先对照原件。",
    "The words and figures here were recognised in a scan: hold them against the original first.",
)


def marked(findings: Iterable[Finding], tree: DocumentTree) -> Iterator[Finding]:
    """Yield the findings; one that rests on a scanned page says so, and is a warning at most.

    Both sides of a contradiction count. What could not be read at all stays what it is.
    """
    for finding in findings:
        place = _marked(finding.place, tree)
        related = tuple(_marked(each, tree) for each in finding.related)
        if is_input(finding) or not any(each.scanned for each in (place, *related)):
            yield replace(finding, place=place, related=related)
            continue
        severity = Severity.WARNING if finding.severity is Severity.ERROR else finding.severity
        said = finding.suggestion
        remedy = _ORIGINAL if said is None else Text(_ORIGINAL.zh + said.zh, f"{_ORIGINAL.en} {said.en}")
        yield replace(finding, place=place, related=related, severity=severity, suggestion=remedy)


def _marked(place: Place, tree: DocumentTree) -> Place:
    """Mark a place on a scanned page; one without a page by its line, else where all pages are scanned."""
    page = place.page or tree.page_of(place.line or 0)
    whole = page is None and bool(tree.scanned) and len(tree.scanned) == tree.pages
    return replace(place, scanned=True) if whole or page in tree.scanned else place
