"""YAML with line numbers, in which a repeated key is a fault."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml
from yaml.constructor import SafeConstructor

from hengjian.kernel import PackFault

Location = tuple[str | int, ...]
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOST_BYTES = 4_000_000
"""A pack file holds one form, one rubric or one code list; a larger one is refused."""


@dataclass(slots=True)
class SourceFile:
    """A parsed file: its data, and the line that each key or item stands in."""

    name: str
    data: object = None
    lines: dict[Location, int] = field(default_factory=dict)
    faults: list[PackFault] = field(default_factory=list)
    built: set[yaml.Node] = field(default_factory=set)
    scalars: SafeConstructor = field(default_factory=SafeConstructor)

    def line_of(self, location: Location) -> int:
        """Return the line of the innermost known part of a location."""
        for length in range(len(location), -1, -1):
            if (line := self.lines.get(location[:length])) is not None:
                return line
        return 1

    def fault(self, location: Location, message: str) -> None:
        """Collect a fault at a location."""
        self.faults.append(PackFault(self.name, self.line_of(location), message))


def read_source(path: Path, name: str) -> SourceFile:
    """Parse a YAML file; faults are collected, never raised."""
    source = SourceFile(name)
    try:
        if path.stat().st_size > MOST_BYTES:
            source.fault((), f"larger than {MOST_BYTES} bytes")
            return source
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
        if node is None:
            source.fault((), "the file is empty")
        else:
            source.data = _build(node, (), source)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        source.faults.append(PackFault(name, line, f"not YAML: {error.problem}"))
    except yaml.YAMLError as error:
        source.fault((), f"not YAML: {str(error).splitlines()[0]}")
    except RecursionError:
        source.faults.append(PackFault(name, 1, "nested too deeply"))
    except (OSError, UnicodeDecodeError) as error:
        source.fault((), f"cannot be read: {error}")
    return source


def _build(node: yaml.Node, location: Location, source: SourceFile) -> object:
    source.lines[location] = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, location, source)
    if node in source.built:
        source.fault(location, "an alias (*) repeats a list or mapping, which is not allowed")
        return None
    source.built.add(node)
    if isinstance(node, yaml.MappingNode):
        return _build_mapping(node, location, source)
    return [_build(item, (*location, index), source) for index, item in enumerate(node.value)]


def _scalar(node: yaml.ScalarNode, location: Location, source: SourceFile) -> object:
    try:
        return source.scalars.construct_object(node)
    except (yaml.YAMLError, ValueError) as error:
        reason = error.problem if isinstance(error, yaml.MarkedYAMLError) else error
        source.fault(location, f"{node.value!r} is no value: {reason}")
        return None


def _build_mapping(node: yaml.MappingNode, location: Location, source: SourceFile) -> dict[str, object]:
    mapping: dict[str, object] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            source.faults.append(PackFault(source.name, key_node.start_mark.line + 1, "a key is a word"))
            continue
        key = str(key_node.value)
        value = _build(value_node, (*location, key), source)
        source.lines[*location, key] = key_node.start_mark.line + 1
        if key in mapping:
            source.fault((*location, key), f"the key {key!r} is given twice")
        mapping[key] = value
    return mapping
