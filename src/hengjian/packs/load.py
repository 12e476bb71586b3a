"""Load packs from folders, collecting every fault before any is reported."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from hengjian.kernel import PackError, PackFault
from hengjian.packs.cache import keep_sources, kept_sources
from hengjian.packs.crosswalk import Crosswalk
from hengjian.packs.form_set import FormSet
from hengjian.packs.indicator_library import IndicatorLibrary
from hengjian.packs.layout import Layout
from hengjian.packs.monitoring import MonitoringRule
from hengjian.packs.result_use import ResultUse
from hengjian.packs.rubric import Rubric
from hengjian.packs.schema import (
    CodeList,
    Form,
    Manifest,
    Model,
    Rule,
    RuleFile,
    Sourced,
    Vocabulary,
    Wording,
)
from hengjian.packs.source import SourceFile

KINDS: dict[str, type[Model]] = {
    "codes": CodeList,
    "crosswalks": Crosswalk,
    "forms": Form,
    "form_sets": FormSet,
    "rules": RuleFile,
    "rubrics": Rubric,
    "indicators": Vocabulary,
    "indicator_libraries": IndicatorLibrary,
    "monitoring": MonitoringRule,
    "result_uses": ResultUse,
    "wording": Wording,
    "layouts": Layout,
}
CASES = "cases"
"""The folder of a pack's test cases, which are no standards and are read by its tests alone."""


@dataclass(frozen=True, slots=True)
class Pack:
    """One issuing authority's standards, as read from its folder."""

    manifest: Manifest
    codes: tuple[CodeList, ...] = ()
    forms: tuple[Form, ...] = ()
    rules: tuple[Rule, ...] = ()
    rubrics: tuple[Rubric, ...] = ()
    vocabularies: tuple[Vocabulary, ...] = ()
    wordings: tuple[Wording, ...] = ()
    crosswalks: tuple[Crosswalk, ...] = ()
    form_sets: tuple[FormSet, ...] = ()
    indicator_libraries: tuple[IndicatorLibrary, ...] = ()
    monitoring: tuple[MonitoringRule, ...] = ()
    result_uses: tuple[ResultUse, ...] = ()
    layouts: tuple[Layout, ...] = ()

    @property
    def items(self) -> Iterator[Sourced]:
        """Every dated item of the pack."""
        yield from self.codes
        yield from self.forms
        yield from self.rules
        yield from self.rubrics
        yield from self.vocabularies
        yield from self.wordings
        yield from self.crosswalks
        yield from self.form_sets
        yield from self.indicator_libraries
        yield from self.monitoring
        yield from self.result_uses
        yield from self.layouts


@dataclass(frozen=True, slots=True)
class Library:
    """Every pack under a root, by id, with the hash of all their files."""

    packs: dict[str, Pack]
    digest: str
    faults: tuple[PackFault, ...] = field(default=())

    def require_clean(self) -> Library:
        """Return the library, or raise `PackError` with every fault."""
        if self.faults:
            raise PackError(self.faults)
        return self


def load_library(root: Path) -> Library:
    """Load every pack under `root`. Faults are collected in the library; nothing is loaded twice.

    Raises `PackError` when the folder holds no pack at all.
    """
    manifests = sorted(root.rglob("pack.yaml")) if root.is_dir() else []
    if not manifests:
        raise PackError((PackFault(str(root), 0, "there is no pack.yaml in or under this folder"),))
    return _load(root, _digest(root))


def _digest(root: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in root.rglob("*.yaml") if CASES not in path.relative_to(root).parts):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@lru_cache(maxsize=8)
def _load(root: Path, digest: str) -> Library:
    faults: list[PackFault] = []
    packs: dict[str, Pack] = {}
    kept = kept_sources(digest)
    reader = _Reader(root, kept or {})
    for path in sorted(root.rglob("pack.yaml")):
        pack = _load_pack(reader, path, faults)
        if pack is not None:
            packs[pack.manifest.pack] = pack
    if kept is None and not faults:
        keep_sources(digest, reader.sources)
    return Library(packs, digest, tuple(sorted(faults)))


@dataclass(slots=True)
class _Reader:
    """Parses the files under a root, each once; those in `sources` from the start are not read again."""

    root: Path
    sources: dict[str, SourceFile]

    def read(self, path: Path) -> SourceFile:
        name = path.relative_to(self.root).as_posix()
        if name not in self.sources:
            from hengjian.packs.yaml_source import read_source

            self.sources[name] = read_source(path, name)
        return self.sources[name]


def _load_pack(reader: _Reader, manifest_path: Path, faults: list[PackFault]) -> Pack | None:
    root, folder = reader.root, manifest_path.parent
    source = reader.read(manifest_path)
    manifest = validated(source, Manifest)
    if isinstance(manifest, Manifest) and manifest.pack != folder.relative_to(root).as_posix():
        source.fault(("pack",), f"the pack is called {manifest.pack!r} but stands in another folder")
    faults.extend(source.faults)
    found: dict[str, list[Model]] = {kind: [] for kind in KINDS}
    for path in sorted(folder.rglob("*.yaml")):
        if path == manifest_path or belongs_to_inner_pack(path, folder):
            continue
        kind = path.relative_to(folder).parts[0]
        if kind == CASES:
            continue
        item_source = reader.read(path)
        if kind not in KINDS:
            item_source.fault((), f"stands in no known folder ({', '.join(KINDS)})")
        elif (item := validated(item_source, KINDS[kind])) is not None:
            found[kind].append(item)
        faults.extend(item_source.faults)
    faults.extend(
        PackFault(path.relative_to(root).as_posix(), 1, "is not read: pack files end in .yaml")
        for path in folder.rglob("*.yml")
        if not belongs_to_inner_pack(path, folder)
    )
    return _assembled(manifest, found) if isinstance(manifest, Manifest) else None


def belongs_to_inner_pack(path: Path, folder: Path) -> bool:
    """Tell whether a file in a pack's folder is of a pack within that folder."""
    between = path.relative_to(folder).parents
    return any((folder / parent / "pack.yaml").exists() for parent in between if parent != Path())


def validated(source: SourceFile, model: type[Model]) -> Model | None:
    """Return a parsed file as the model; None, with its faults collected in `source`, when it is none."""
    if source.faults or source.data is None:
        return None
    try:
        item = model.model_validate(source.data)
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_context=False):
            place = ".".join(str(part) for part in problem["loc"])
            source.fault(tuple(problem["loc"]), f"{place}: {problem['msg']}" if place else problem["msg"])
        return None
    if isinstance(item, RuleFile):
        for index, rule in enumerate(item.rules):
            rule.read_from(source.name, source.line_of(("rules", index)))
    elif isinstance(item, Sourced):
        item.read_from(source.name, 1)
    return item


def _assembled(manifest: Manifest, found: dict[str, list[Model]]) -> Pack:
    return Pack(
        manifest,
        codes=tuple(item for item in found["codes"] if isinstance(item, CodeList)),
        forms=tuple(item for item in found["forms"] if isinstance(item, Form)),
        rules=tuple(rule for item in found["rules"] if isinstance(item, RuleFile) for rule in item.rules),
        rubrics=tuple(item for item in found["rubrics"] if isinstance(item, Rubric)),
        vocabularies=tuple(item for item in found["indicators"] if isinstance(item, Vocabulary)),
        wordings=tuple(item for item in found["wording"] if isinstance(item, Wording)),
        crosswalks=tuple(item for item in found["crosswalks"] if isinstance(item, Crosswalk)),
        form_sets=tuple(item for item in found["form_sets"] if isinstance(item, FormSet)),
        indicator_libraries=tuple(
            item for item in found["indicator_libraries"] if isinstance(item, IndicatorLibrary)
        ),
        monitoring=tuple(item for item in found["monitoring"] if isinstance(item, MonitoringRule)),
        result_uses=tuple(item for item in found["result_uses"] if isinstance(item, ResultUse)),
        layouts=tuple(item for item in found["layouts"] if isinstance(item, Layout)),
    )
