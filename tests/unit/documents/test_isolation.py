import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from hengjian.documents import DocumentTree, isolation, read_document
from hengjian.documents.bounds import BOUNDS
from hengjian.documents.isolation import Readers, read_isolated
from hengjian.kernel import Finding, InputError
from tests.unit.documents import docx_maker as make

BODY = make.paragraph("本馆概况如下。")

# A child that fails as its file's name says, and else answers that the file is not there.
_BAD = """
import json, os, signal, sys, time
for line in sys.stdin:
    name = os.path.basename(json.loads(line)["path"])
    if name == "hang": time.sleep(60)
    if name == "crash": os.kill(os.getpid(), signal.SIGSEGV)
    if name == "exit": os._exit(3)
    if name == "killed": os.kill(os.getpid(), signal.SIGKILL)
    if name == "long": print("x" * 2_000_000)
    if name == "memory": print('{"memory": true}')
    if name == "bug": print('{"crash": "KeyError, a.py:1"}')
    if name == "liar": print('{"tree": {"schema": "hengjian.tree/1"}}')
    sys.stdout.flush()
"""


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_a_child_reads_as_the_process_itself(tmp_path: Path) -> None:
    path = write(tmp_path / "文件.docx", make.docx(BODY))
    assert read_isolated(path) == read_document(path)


def test_what_cannot_be_read_is_the_same_error(tmp_path: Path) -> None:
    path = write(tmp_path / "a.docx", b"PK\x03\x04")
    with pytest.raises(InputError) as here:
        read_document(path)
    with pytest.raises(InputError) as there:
        read_isolated(path)
    assert here.value.finding == there.value.finding
    assert str(here.value) == str(there.value)


def test_many_are_read_in_order(tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{n}.txt", f"第{n}馆全年开放。".encode()) for n in range(12)]
    paths.insert(5, tmp_path / "none.txt")
    with Readers(children=2) as readers:
        read = list(readers.map(iter(paths)))
    assert [path for path, _ in read] == paths
    assert [type(each) for _, each in read] == [DocumentTree] * 5 + [Finding] + [DocumentTree] * 7


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("hang", "input.too-slow"),
        ("crash", "input.reader-crashed"),
        ("exit", "input.reader-crashed"),
        ("killed", "input.too-much-memory"),
        ("long", "input.too-much-memory"),
        ("memory", "input.too-much-memory"),
        ("bug", "input.reader-crashed"),
        ("liar", "input.not-a-tree"),
    ],
)
def test_a_child_that_fails_is_told_and_replaced(
    name: str, code: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sound, bounds = isolation.COMMAND, replace(BOUNDS, seconds=1.0, answer=1_000_000)
    with Readers(bounds, children=1) as readers:
        monkeypatch.setattr(isolation, "COMMAND", (sys.executable, "-c", _BAD))
        readers.stop()
        started = time.perf_counter()
        with pytest.raises(InputError) as caught:
            readers.read(tmp_path / name)
        assert time.perf_counter() - started < 3
        assert caught.value.code == code
        assert caught.value.finding.place.file == str(tmp_path / name)
        assert "{" not in caught.value.line("zh") + caught.value.line("en")
        readers.stop()
        monkeypatch.setattr(isolation, "COMMAND", sound)
        path = write(tmp_path / "a.txt", "本馆全年开放。".encode())
        assert readers.read(path).format == "txt"


@pytest.mark.skipif(sys.platform != "linux", reason="limits of data are kept by Linux")
def test_memory_is_bounded(tmp_path: Path) -> None:
    path = write(tmp_path / "a.docx", make.docx(BODY * 60_000))
    with pytest.raises(InputError) as caught:
        read_isolated(path, replace(BOUNDS, memory=40 * 1024 * 1024))
    assert caught.value.code in {"input.too-much-memory", "input.unreadable"}
    assert read_isolated(path).format == "docx"


@pytest.mark.skipif(not Path("/proc").exists(), reason="asks the system for the process")
def test_children_end_with_their_readers(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "本馆全年开放。".encode())
    with Readers(children=2) as readers:
        readers.read(path)
        running = readers.running
        assert len(running) == 2
    assert not any(Path(f"/proc/{number}").exists() for number in running)
    assert signal.getsignal(signal.SIGCHLD) in {signal.SIG_DFL, None}


def test_a_child_is_renewed_after_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "FILES_A_CHILD", 2)
    path = write(tmp_path / "a.txt", "本馆全年开放。".encode())
    with Readers(children=1) as readers:
        seen: set[int] = set()
        for _ in range(5):
            readers.read(path)
            seen.update(readers.running)
    assert len(seen) == 3
    assert os.getpid() not in seen
