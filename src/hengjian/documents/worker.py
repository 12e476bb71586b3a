"""The child process that parses: ``python -m hengjian.documents.worker``; `isolation` starts it.

It takes a JSON line a file, ``{"path", "bounds"}``, and answers with one: ``{"tree"}``, ``{"finding"}``,
``{"memory": true}`` or ``{"crash"}``. It keeps to the bounds by the system's own limits; on Windows, which
has none such, the parent's time limit alone holds.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
import traceback
from pathlib import Path
from typing import Any, BinaryIO

from hengjian.documents.bounds import Bounds
from hengjian.documents.reader import read_document
from hengjian.documents.tree_json import finding_to_json, to_json
from hengjian.kernel.errors import InputError

if sys.platform != "win32":
    import resource

_OPEN_FILES = 256
_GRACE = 2
"""Seconds after which a child ends that its parent did not end in time, as when the parent is gone."""


def main() -> None:
    """Answer until there are no more questions."""
    questions, answers = sys.stdin.buffer, _private_output()
    gc.freeze()
    for question in questions:
        asked = json.loads(question)
        answer = _answer(Path(asked["path"]), Bounds(**asked["bounds"]))
        answers.write(json.dumps(answer).encode("ascii") + b"\n")
        answers.flush()


def _private_output() -> BinaryIO:
    """Keep the pipe to the parent, and let whatever a library prints go nowhere."""
    pipe = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return pipe


def _answer(path: Path, bounds: Bounds) -> dict[str, Any]:
    _limit(bounds)
    try:
        return {"tree": to_json(read_document(path, bounds))}
    except InputError as error:
        return {"finding": finding_to_json(error.finding)}
    except MemoryError:
        return {"memory": True}
    except Exception as error:  # noqa: BLE001 - the boundary: the parent reports whatever a reader did not expect
        last = traceback.extract_tb(error.__traceback__)[-1]
        return {"crash": f"{type(error).__name__}, {Path(last.filename).name}:{last.lineno}"}


def _limit(bounds: Bounds) -> None:
    """Set the limits for one file; soft ones, for the next may have other bounds."""
    if sys.platform == "win32":
        return
    limits = {
        resource.RLIMIT_DATA: bounds.memory,
        resource.RLIMIT_CPU: int(time.process_time() + bounds.seconds) + _GRACE,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: _OPEN_FILES,
    }
    for kind, limit in limits.items():
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


if __name__ == "__main__":
    main()
