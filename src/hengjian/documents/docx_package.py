"""The parts of an Office file: found by relations, checked against the bounds, parsed without entities."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Self

from lxml import etree

from hengjian.documents.bounds import Bounds, check_directory, check_part, check_part_size
from hengjian.kernel.errors import InputError
from hengjian.kernel.place import Place

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of WordprocessingML, as lxml writes it before a name."""

VAL = W + "val"
"""The attribute that holds the value of most properties."""

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


class Package:
    """An open docx or xlsx. Parts are read when asked for; an absent optional part is None."""

    def __init__(self, archive: zipfile.ZipFile, path: str, bounds: Bounds) -> None:
        self._archive = archive
        self._path = path
        self._bounds = bounds
        self._main = self._main_name()
        self._related = self._relations(self._main)

    @classmethod
    def open(cls, data: bytes, path: str, bounds: Bounds) -> Self:
        """Open the bytes of a file. Raises InputError when they are damaged or over a bound."""
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise _unreadable(path, error) from error
        check_directory(archive, path, bounds)
        return cls(archive, path, bounds)

    def main(self) -> etree._Element:
        """Return the root of the document part."""
        root = self._parse(self._main)
        if root is None:
            raise InputError("input.unreadable", Place(file=self._path), reason=f"no {self._main}")
        return root

    def related(self, kind: str) -> etree._Element | None:
        """Return the root of the part related as `kind` (``styles``, ``numbering``), None when absent."""
        name = self._related.get(kind)
        return self._parse(name) if name else None

    def by_id(self, relation: str) -> etree._Element | None:
        """Return the root of the part that the main part relates to by an id, None when absent."""
        name = self._relations(self._main, by="Id").get(relation)
        return self._parse(name) if name else None

    def _main_name(self) -> str:
        return self._relations("").get("officeDocument", "word/document.xml")

    def _relations(self, part: str, by: str = "Type") -> dict[str, str]:
        """Return the targets of a part's relations by the last word of their type, or by their id."""
        folder, name = posixpath.split(part)
        root = self._parse(posixpath.join(folder, "_rels", f"{name}.rels"))
        targets: dict[str, str] = {}
        for relation in () if root is None else root.iter(_RELATION):
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
                targets.setdefault(relation.get(by, "").rpartition("/")[2], target.lstrip("/"))
        return targets

    def _parse(self, name: str) -> etree._Element | None:
        try:
            entry = self._archive.getinfo(name)
        except KeyError:
            return None
        check_part_size(entry, self._path, self._bounds)
        try:
            data = self._archive.read(entry)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError) as error:
            # RuntimeError is what zipfile raises for an encrypted part, ValueError for one before the file.
            raise _unreadable(self._path, error) from error
        check_part(data, name, self._path, self._bounds)
        try:
            return etree.fromstring(data.replace(_STRICT, W[1:-1].encode()), _parser())
        except etree.XMLSyntaxError as error:
            raise _unreadable(self._path, error) from error


def _unreadable(path: str, error: Exception) -> InputError:
    return InputError("input.unreadable", Place(file=path), reason=f"{type(error).__name__}: {error}")


def value(element: etree._Element | None, name: str = VAL) -> str | None:
    """Return an attribute of an element, None when either is absent."""
    return None if element is None else element.get(name)


def whole(element: etree._Element | None, default: int, name: str = VAL) -> int:
    """Return an attribute as an integer, or `default` when it is absent or no integer."""
    text = value(element, name)
    try:
        return default if text is None else int(text)
    except ValueError:
        return default


def is_on(element: etree._Element | None) -> bool:
    """Tell whether a toggle such as ``w:vanish`` is present and not switched off."""
    return element is not None and value(element) not in {"0", "false", "off", "none"}
