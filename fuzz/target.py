"""What every reader promises for any bytes: a tree or an InputError, soon."""

from __future__ import annotations

import json
import time

from hengjian.documents import READERS
from hengjian.documents.bounds import BOUNDS
from hengjian.documents.convert import Converter
from hengjian.documents.hostile import refuse_hostile
from hengjian.documents.scans import read_image
from hengjian.documents.tree_json import from_json, to_json
from hengjian.kernel.errors import InputError

SECONDS = 1.0
"""A case may take so long."""

TREE = "tree_json"


def names() -> tuple[str, ...]:
    """Return the readers that can be fuzzed, and the reader of trees as JSON.

    What another program converts, and pictures, of which one takes seconds, are left out.
    """
    own = (name for name, reader in READERS.items() if not isinstance(reader, Converter))
    return (*sorted(name for name in own if READERS[name] is not read_image), TREE)


def read(name: str, data: bytes) -> None:
    """Read bytes; whatever is raised that is no InputError is a bug."""
    try:
        if name == TREE:
            from_json(_loaded(data))
            return
        refuse_hostile(data, "case", BOUNDS)
        tree = READERS[name](data, "case", "", BOUNDS)
    except InputError as error:
        if "{" in error.finding.message.zh.replace(str(error.values.get("reason", "")), ""):
            raise AssertionError(f"a placeholder was not filled: {error}") from error
        return
    if from_json(json.loads(json.dumps(to_json(tree)))) != tree:
        raise AssertionError("the tree does not survive being written as JSON")


def _loaded(data: bytes) -> object:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def broken(name: str, data: bytes) -> str | None:
    """Return what is wrong with reading a case, None when nothing is."""
    started = time.process_time()
    try:
        read(name, data)
    except Exception as error:  # noqa: BLE001 - the boundary: finding what readers did not expect is the purpose
        return f"{type(error).__name__}: {error}"
    taken = time.process_time() - started
    return f"{taken:.1f} s" if taken > SECONDS else None
