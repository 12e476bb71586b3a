"""A docx as a PDF, made by an office program when one is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

_SECONDS = 120


def office() -> str | None:
    """Return the office program's path; None when there is none."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def office_pdf(docx: bytes) -> bytes:
    """Return the docx as a PDF; raises RuntimeError when no program is installed or it makes none."""
    program = office()
    if program is None:
        message = "no office program is installed"
        raise RuntimeError(message)
    with tempfile.TemporaryDirectory(prefix="renderings-") as name:
        folder = Path(name)
        (folder / "publication.docx").write_bytes(docx)
        # A profile of its own, so that a program that already runs is not asked to do it.
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", "pdf", "publication.docx"]
        done = subprocess.run(
            command, cwd=folder, capture_output=True, check=False, timeout=_SECONDS, encoding="utf-8"
        )
        made = folder / "publication.pdf"
        if not made.is_file():
            message = f"{program} made no PDF: {done.stdout}{done.stderr}"
            raise RuntimeError(message)
        return made.read_bytes()
