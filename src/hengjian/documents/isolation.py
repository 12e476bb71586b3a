"""Reading in child processes, which can be ended: a file that hangs, swells or crashes ends only its child.

The command line reads so; `read_document` reads in the caller's own process.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

from hengjian.documents.bounds import BOUNDS, Bounds
from hengjian.documents.tree import DocumentTree
from hengjian.documents.tree_json import finding_from_json, from_json
from hengjian.kernel.errors import InputError
from hengjian.kernel.finding import Finding
from hengjian.kernel.place import Place

FILES_A_CHILD = 200
"""A child is renewed after so many, whatever its libraries keep of them."""

_AHEAD = 2
"""Files a child that are read before their turn; more would fill the memory with trees nobody asks for."""

COMMAND = (sys.executable, "-P", "-m", "hengjian.documents.worker")
"""What a child runs."""


def read_isolated(path: Path, bounds: Bounds = BOUNDS) -> DocumentTree:
    """Read one document in a child process of its own; raises InputError as `read_document` does.

    Also raises it for a file that takes too long or too much memory, or crashes its reader.
    """
    with Readers(bounds, children=1) as readers:
        return readers.read(path)


class Readers:
    """Child processes that read documents, started on entering; threads may share them."""

    def __init__(self, bounds: Bounds = BOUNDS, children: int | None = None) -> None:
        self._bounds = bounds
        self._children = [_Child(bounds) for _ in range(children or os.cpu_count() or 1)]
        self._idle: queue.SimpleQueue[_Child] = queue.SimpleQueue()

    def __enter__(self) -> Self:
        for child in self._children:
            child.start()
            self._idle.put(child)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End all children; the next file starts one anew."""
        for child in self._children:
            child.stop()

    @property
    def running(self) -> tuple[int, ...]:
        """The process numbers of the children."""
        return tuple(child.number for child in self._children if child.number is not None)

    def read(self, path: Path) -> DocumentTree:
        """Read a document in the next idle child; raises InputError as `read_isolated` does."""
        child = self._idle.get()
        try:
            return child.read(path)
        finally:
            self._idle.put(child)

    def map(self, paths: Iterable[Path]) -> Iterator[tuple[Path, DocumentTree | Finding]]:
        """Read documents, all children at once, and yield each in its turn, or why it could not be read."""
        pending: deque[tuple[Path, Future[DocumentTree | Finding]]] = deque()
        pool = ThreadPoolExecutor(len(self._children))
        try:
            for path in paths:
                pending.append((path, pool.submit(self._outcome, path)))
                if len(pending) > _AHEAD * len(self._children):
                    yield _finished(*pending.popleft())
            while pending:
                yield _finished(*pending.popleft())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _outcome(self, path: Path) -> DocumentTree | Finding:
        try:
            return self.read(path)
        except InputError as error:
            return error.finding


def _finished(path: Path, future: Future[DocumentTree | Finding]) -> tuple[Path, DocumentTree | Finding]:
    return path, future.result()


class _Child:
    """One process, started again when it ended or has read many files."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._process: subprocess.Popen[bytes] | None = None
        self._files = 0

    @property
    def number(self) -> int | None:
        """The number of the process, None when none runs."""
        return None if self._process is None else self._process.pid

    def start(self) -> subprocess.Popen[bytes]:
        """Start the process; its imports run while the caller does other work."""
        self._files = 0
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter, this package
            COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        return self._process

    def stop(self) -> int:
        """End the process at once and return its exit status, negative for a signal."""
        process, self._process = self._process, None
        if process is None:
            return 0
        # A child that ended by itself says how; only one that runs on is killed.
        status = process.poll()
        if status is None:
            process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _close(pipe)
        process.wait()
        return process.returncode if status is None else status

    def read(self, path: Path) -> DocumentTree:
        """Read a document within the bounds' seconds; raises InputError for whatever goes wrong."""
        if self._process is not None and self._files >= FILES_A_CHILD:
            self.stop()
        process = self._process or self.start()
        self._files += 1
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._bounds.seconds, end)
        timer.daemon = True
        timer.start()
        try:
            line = _ask(process, path, self._bounds)
        except BaseException:
            self.stop()  # a half-given answer must not be taken for that of the next file
            raise
        finally:
            timer.cancel()
        if not line.endswith(b"\n"):
            raise self._failure(path, late=late.is_set(), long=len(line) > self._bounds.answer)
        return self._understood(path, json.loads(line))

    def _understood(self, path: Path, answer: dict[str, Any]) -> DocumentTree:
        place = Place(file=str(path))
        if "tree" in answer:
            try:
                return from_json(answer["tree"], self._bounds)
            except InputError as error:
                raise error.located(place) from error
        if "finding" in answer:
            raise InputError.of(finding_from_json(answer["finding"]))
        # What was interrupted halfway is not trusted with another file.
        self.stop()
        if "memory" in answer:
            raise self._too_much(place)
        raise InputError("input.reader-crashed", place, reason=str(answer["crash"]))

    def _failure(self, path: Path, *, late: bool, long: bool) -> InputError:
        """End a child that gave no whole answer, and say why there was none."""
        place = Place(file=str(path))
        if not late and not long and self._process is not None:
            self._process.wait()
        status = self.stop()
        if late:
            return InputError("input.too-slow", place, limit=f"{self._bounds.seconds:g}")
        if long or -status == getattr(signal, "SIGKILL", None):
            return self._too_much(place)  # nobody but a system out of memory kills it
        if -status == getattr(signal, "SIGXCPU", None):
            return InputError("input.too-slow", place, limit=f"{self._bounds.seconds:g}")
        reason = signal.Signals(-status).name if status < 0 else f"exit {status}"
        return InputError("input.reader-crashed", place, reason=reason)

    def _too_much(self, place: Place) -> InputError:
        limit = f"{self._bounds.memory / 1024 / 1024:,.0f} MB"
        return InputError("input.too-much-memory", place, limit=limit)


def _ask(process: subprocess.Popen[bytes], path: Path, bounds: Bounds) -> bytes:
    """Send a question and return the line of the answer; cut short when the child ends or says too much."""
    question = json.dumps({"path": str(path), "bounds": asdict(bounds)})
    if process.stdin is None or process.stdout is None:
        raise ValueError("a child without pipes")
    try:
        process.stdin.write(question.encode("ascii") + b"\n")
        process.stdin.flush()
    except BrokenPipeError:
        return b""
    return process.stdout.readline(bounds.answer + 1)


def _close(pipe: Any) -> None:  # noqa: ANN401 - either end
    try:
        pipe.close()
    except BrokenPipeError:
        return  # what was still to be written had nobody to read it
