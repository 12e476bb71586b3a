"""A pack file once it is parsed: its data, the lines of its parts, and its faults."""

from __future__ import annotations

from dataclasses import dataclass, field

from hengjian.kernel import PackFault

Location = tuple[str | int, ...]


@dataclass(slots=True)
class SourceFile:
    """A parsed file: its data, and the line that each key or item stands in."""

    name: str
    data: object = None
    lines: dict[Location, int] = field(default_factory=dict)
    faults: list[PackFault] = field(default_factory=list)

    def line_of(self, location: Location) -> int:
        """Return the line of the innermost known part of a location."""
        for length in range(len(location), -1, -1):
            if (line := self.lines.get(location[:length])) is not None:
                return line
        return 1

    def fault(self, location: Location, message: str) -> None:
        """Collect a fault at a location."""
        self.faults.append(PackFault(self.name, self.line_of(location), message))
