"""YAML with line numbers, in which a repeated key is a fault."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml
from yaml.constructor import SafeConstructor

from hengjian.kernel import PackFault
from hengjian.packs.source import Location, SourceFile

_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOST_BYTES = 4_000_000
"""A pack file holds one form, one rubric or one code list; a larger one is refused."""


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
            source.data = _Builder(source).build(node, ())
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


@dataclass(slots=True)
class _Builder:
    """Builds the values of a file's nodes, each list and mapping once."""

    source: SourceFile
    built: set[yaml.Node] = field(default_factory=set)
    scalars: SafeConstructor = field(default_factory=SafeConstructor)

    def build(self, node: yaml.Node, location: Location) -> object:
        """Return a node's value, and note the line that it stands in."""
        self.source.lines[location] = node.start_mark.line + 1
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, location)
        if node in self.built:
            self.source.fault(location, "an alias (*) repeats a list or mapping, which is not allowed")
            return None
        self.built.add(node)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, location)
        return [self.build(item, (*location, index)) for index, item in enumerate(node.value)]

    def _scalar(self, node: yaml.ScalarNode, location: Location) -> object:
        try:
            return self.scalars.construct_object(node)
        except (yaml.YAMLError, ValueError) as error:
            reason = error.problem if isinstance(error, yaml.MarkedYAMLError) else error
            self.source.fault(location, f"{node.value!r} is no value: {reason}")
            return None

    def _mapping(self, node: yaml.MappingNode, location: Location) -> dict[str, object]:
        mapping: dict[str, object] = {}
        source = self.source
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                source.faults.append(PackFault(source.name, key_node.start_mark.line + 1, "a key is a word"))
                continue
            key = str(key_node.value)
            value = self.build(value_node, (*location, key))
            source.lines[*location, key] = key_node.start_mark.line + 1
            if key in mapping:
                source.fault((*location, key), f"the key {key!r} is given twice")
            mapping[key] = value
        return mapping
