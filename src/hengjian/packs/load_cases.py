"""Load the ``cases/`` folders of packs: the test cases with the lines they stand on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hengjian.kernel import PackError, PackFault
from hengjian.packs.cases import CaseFile
from hengjian.packs.load import CASES, belongs_to_inner_pack, validated
from hengjian.packs.source import Location, SourceFile
from hengjian.packs.yaml_source import read_source


@dataclass(frozen=True, slots=True)
class LoadedCases:
    """A case file of a pack."""

    pack: str
    cases: CaseFile
    source: SourceFile

    def line_of(self, location: Location) -> int:
        """Return the line of a case, such as ``("rules", rule id, "pass", 0)``."""
        return self.source.line_of(location)


def load_cases(root: Path, only: str | None = None) -> tuple[LoadedCases, ...]:
    """Return the case files of every pack under `root`, or of one, by pack and name.

    Raises `PackError` with every fault of every file.
    """
    loaded: list[LoadedCases] = []
    faults: list[PackFault] = []
    for pack, path in _paths(root):
        if only not in (None, pack):
            continue
        source = read_source(path, path.relative_to(root).as_posix())
        cases = validated(source, CaseFile)
        if isinstance(cases, CaseFile):
            loaded.append(LoadedCases(pack, cases, source))
        faults.extend(source.faults)
    if faults:
        raise PackError(tuple(sorted(faults)))
    return tuple(loaded)


def _paths(root: Path) -> Iterator[tuple[str, Path]]:
    for folder in sorted(manifest.parent for manifest in root.rglob("pack.yaml")):
        for path in sorted((folder / CASES).rglob("*.yaml")):
            if not belongs_to_inner_pack(path, folder):
                yield folder.relative_to(root).as_posix(), path
