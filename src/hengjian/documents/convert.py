"""Formats that LibreOffice turns into ones that are read: doc, wps, rtf and odt into docx, ods into xlsx."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from hengjian.documents.bounds import BOUNDS, Bounds
from hengjian.documents.docx_reader import read_docx
from hengjian.documents.tree import DocumentTree
from hengjian.documents.xlsx_reader import read_xlsx
from hengjian.kernel.errors import InputError
from hengjian.kernel.place import Place

CONVERTED = {"doc": "docx", "wps": "docx", "rtf": "docx", "odt": "docx", "ods": "xlsx"}
"""What each format is converted to."""

_READERS = {"docx": read_docx, "xlsx": read_xlsx}
_NAMES = {"wps": "doc"}
"""A wps file is a doc by another name."""

_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""
"""No macro runs, and no link is followed, in a file that somebody published."""

_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Converter:
    """The reader of one format that is converted first."""

    kind: str

    def __call__(self, data: bytes, path: str, sha256: str, bounds: Bounds = BOUNDS) -> DocumentTree:
        """Return the document; raises InputError without LibreOffice or when that makes nothing of it."""
        target = CONVERTED[self.kind]
        made = converted(data, path, self.kind, bounds)
        return replace(_READERS[target](made, path, sha256, bounds), converted_from=self.kind)


def office() -> str | None:
    """Return where LibreOffice is installed, None when it is not."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _USUAL_PLACES if Path(place).is_file()), None)


def converted(data: bytes, path: str, kind: str, bounds: Bounds) -> bytes:
    """Return a file converted by a LibreOffice of its own, which is ended at the time limit."""
    target = CONVERTED[kind]
    program = office()
    if program is None:
        raise InputError("input.needs-converter", Place(file=path), kind=kind, target=target)
    with tempfile.TemporaryDirectory(prefix="hengjian-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        source = folder / f"source.{_NAMES.get(kind, kind)}"
        source.write_bytes(data)
        reason = _run(_command(program, folder, source, target), folder, bounds.conversion)
        made = folder / "made" / f"source.{target}"
        if reason or not made.is_file():
            values = {"kind": kind, "target": target, "reason": reason or "no output"}
            raise InputError("input.not-converted", Place(file=path), **values)
        return made.read_bytes()


def _command(program: str, folder: Path, source: Path, target: str) -> list[str]:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    quiet = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo")
    return [program, profile, *quiet, "--convert-to", target, "--outdir", str(folder / "made"), str(source)]


def _run(command: list[str], folder: Path, seconds: float) -> str:
    """Run a command; return why it failed, "" when it did not. At the limit all that it started ends too."""
    try:
        process = subprocess.Popen(  # noqa: S603 - the program's own path, and files that we named
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        return error.strerror or type(error).__name__
    with process:
        try:
            _, errors = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            return f"> {seconds:g} s"
        finally:
            _end(process)
    words = " ".join(errors.decode("utf-8", "replace").split())[:_LONGEST_REASON]
    return "" if process.returncode == 0 else words or f"exit {process.returncode}"


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process that still runs, and what it started: the office program is a script that starts one."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        kill = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(kill, capture_output=True, check=False)  # noqa: S603 - as above
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
