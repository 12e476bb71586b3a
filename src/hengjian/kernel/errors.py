"""The error tree.

::

    HengjianError
    ├── InputError   this file, cell or value cannot be used; becomes a finding
    └── PackError    the standards are faulty: the pack author's fault, never shown as the user's

What a check finds in the user's material is no exception but a `Finding`. Any other exception is a
bug and propagates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hengjian.kernel.finding import Finding
from hengjian.kernel.place import Place


class HengjianError(Exception):
    """The base of every error that Hengjian raises on purpose."""


class InputError(HengjianError):
    """This input cannot be used: says what, where, why and what to do, in Chinese and English.

    `code` is a catalogued code that begins with ``input.``; `values` fill its templates.

    >>> str(InputError("input.not-found", Place(file="a.docx"))).splitlines()[0]
    'a.docx：找不到这个文件。请核对路径和文件名。'
    """

    def __init__(self, code: str, place: Place | None = None, **values: object) -> None:
        self.code = code
        given: dict[str, Any] = values
        self.values = given
        self.finding = Finding.of(code, place or Place(), **given)
        super().__init__(code)

    @classmethod
    def of(cls, finding: Finding) -> InputError:
        """Return the error of a finding that was made elsewhere, in another process."""
        made = cls.__new__(cls)
        made.code, made.values, made.finding = finding.code, {}, finding
        Exception.__init__(made, finding.code)
        return made

    def located(self, place: Place) -> InputError:
        """Return the same error at a place, unless it has one already."""
        return self if self.finding.place != Place() else InputError(self.code, place, **self.values)

    def line(self, language: str = "zh") -> str:
        """Return the error in one line: where, what and why, what to do."""
        return self.finding.line(language)

    def __str__(self) -> str:
        return self.line("zh")


@dataclass(frozen=True, slots=True, order=True)
class PackFault:
    """One fault of a pack, with the file and line it stands in."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class PackError(HengjianError):
    """Packs cannot be used; holds every fault that was found, collected in one go."""

    def __init__(self, faults: tuple[PackFault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))
