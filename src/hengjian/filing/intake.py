"""Read the files of one folder within bounds, and collect what cannot be used.

A file is read whole, so its size is bounded first. Text is UTF-8, with or without a byte order mark, or
GB18030, which spreadsheet programs in China still write.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from hengjian.kernel import Finding, InputError, Place

MOST_BYTES = 4_000_000
"""A larger file is no table or form of one department."""
MOST_PROBLEMS = 500
"""More problems than this are counted, not listed."""
_ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(slots=True)
class Intake:
    """A folder being read: its files by relative name, and the problems found so far."""

    folder: Path
    problems: list[Finding] = field(default_factory=list)
    unlisted: int = 0

    def add(self, code: str, place: Place, **values: object) -> None:
        """Note a problem of a catalogued code at a place."""
        self.note(InputError(code, place, **values))

    def note(self, error: InputError) -> None:
        """Note a problem that was raised as an error."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(error.finding)
        else:
            self.unlisted += 1

    def findings(self) -> tuple[Finding, ...]:
        """Return every problem; the last one counts those that were too many to list."""
        if not self.unlisted:
            return tuple(self.problems)
        more = Finding.of("input.more-problems", Place(), count=self.unlisted)
        return (*self.problems, more)

    def exists(self, name: str) -> bool:
        """Tell whether the folder has the file."""
        return (self.folder / name).is_file()

    def text(self, name: str) -> str | None:
        """Return a file's text; None, with a problem noted, when it cannot be read."""
        try:
            return read_text(self.folder / name, name)
        except InputError as error:
            self.note(error)
            return None

    def names(self, folder: str, ending: str, most: int) -> list[str]:
        """Return the relative names of a subfolder's files, in order, at most `most`."""
        found = (path.name for path in (self.folder / folder).glob(f"*{ending}") if path.is_file())
        names = sorted(f"{folder}/{name}" for name in found)
        if len(names) > most:
            self.add("input.too-many", Place(file=names[most]), limit=most)
        return names[:most]


def read_text(path: Path, name: str, most_bytes: int | None = None) -> str:
    """Return a file's text; raises `InputError`, located at `name`, when it cannot be read."""
    most = MOST_BYTES if most_bytes is None else min(most_bytes, MOST_BYTES)
    place = Place(file=name)
    if not path.is_file():
        raise InputError("input.not-found", place)
    try:
        size = path.stat().st_size
        if size > most:
            limits = {"measured": f"{size:,} B", "limit": f"{most:,} B"}
            raise InputError("input.too-large", place, part=name, **limits)
        content = path.read_bytes()
    except OSError as error:
        raise InputError("input.unreadable", place, reason=error.strerror or type(error).__name__) from error
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    lost = content.decode(errors="replace").count("\N{REPLACEMENT CHARACTER}")
    raise InputError("input.not-text", place, share=f"{lost / len(content):.0%}")
