"""The command that audits thousands of documents: a report each, an index, both cores, resumable."""

from __future__ import annotations

import csv
import hashlib
import json
import multiprocessing
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

import hengjian
from hengjian.audit import audit, audit_json
from hengjian.cli.context import CLEAN, FOUND, UNREADABLE, Context
from hengjian.documents.isolation import Readers
from hengjian.kernel import InputError, Place, Severity
from hengjian.kernel.resources import data_folder
from hengjian.packs import Library, load_library

INDEX = "index.csv"
SUFFIXES = frozenset(
    {".docx", ".doc", ".wps", ".pdf", ".html", ".htm", ".xlsx", ".xls", ".et", ".ofd", ".txt", ".md"}
)
"""Names of files in a folder that are taken for documents; a file that is named itself may have any."""

_WAITING = 4
"""Documents a worker that are handed out before their turn."""
_DOCUMENTS_A_WORKER = 500
"""A worker is renewed after so many, whatever it keeps of them."""
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the index. `status` is that of the audit, or ``failed`` when a bug ended it."""

    path: str
    sha256: str
    version: str
    status: str
    kind: str = ""
    entity: str = ""
    year: str = ""
    errors: str = "0"
    warnings: str = "0"
    seconds: str = ""
    report: str = ""

    @property
    def failed(self) -> bool:
        """Tell whether the document could not be read or audited."""
        return self.status in {"unreadable", "failed"}


@dataclass(frozen=True, slots=True)
class Job:
    """A document to audit, where its report goes, and the standards asked for."""

    path: Path
    version: str
    out: Path
    pack: str | None
    year: int | None


def run(
    context: Context,
    paths: Iterable[Path],
    out: Path,
    jobs: int | None = None,
    asked: tuple[str | None, int | None] = (None, None),
) -> int:
    """Audit files and the documents in folders into `out`; returns the exit status.

    Documents that the index of `out` has, unchanged and of this version, are not audited again.
    """
    version = "+".join(
        [
            hengjian.__version__,
            context.library().digest[:8],
            *(str(each) for each in asked if each is not None),
        ]
    )
    try:
        out.mkdir(parents=True, exist_ok=True)
        done = _index(out / INDEX)
        documents = list(documents_in(paths))
        kept = {path: done[str(path)] for path in documents if _is_done(path, done, version)}
        waiting = [path for path in documents if path not in kept]
        rows = list(kept.values())
        rows += _audited(context, [Job(path, version, out, *asked) for path in waiting], out, jobs)
    except OSError as error:
        context.complain(InputError("input.unwritable", Place(file=str(error.filename or out))).finding)
        return UNREADABLE
    failed = [row for row in rows if row.failed]
    for row in failed:
        context.err.print(f"{row.path}  {row.kind}", style="red", soft_wrap=True)
    counts = {"documents": len(rows), "skipped": len(kept), "failed": len(failed)}
    errors = sum(int(row.errors) for row in rows if not row.failed)
    context.out.print(context.say("batch-done", **counts, errors=errors, index=out / INDEX), soft_wrap=True)
    return UNREADABLE if failed else FOUND if errors else CLEAN


def documents_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield files as named, and of folders the documents in them, sorted, each once."""
    seen: set[Path] = set()
    for path in paths:
        inside = sorted(
            each for each in path.rglob("*") if each.suffix.lower() in SUFFIXES and each.is_file()
        )
        for each in inside if path.is_dir() else [path]:
            if each not in seen:
                seen.add(each)
                yield each


def _index(path: Path) -> dict[str, Row]:
    """Return the rows of an index by path; a last line that was cut short is passed over."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        width = len(fields(Row))
        rows = [Row(*values) for values in csv.reader(file) if len(values) == width]
    return {row.path: row for row in rows if row.path != "path"}


def _is_done(path: Path, done: dict[str, Row], version: str) -> bool:
    row = done.get(str(path))
    return row is not None and row.version == version and row.sha256 != "" and row.sha256 == _digest(path)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _audited(context: Context, waiting: Sequence[Job], out: Path, jobs: int | None) -> list[Row]:
    """Audit documents in workers and enter each in the index as it is done."""
    rows: list[Row] = []
    columns = (
        TextColumn(context.say("reading")),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]:.1f}/s"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failed]}", style="red"),
    )
    started = time.perf_counter()
    progress = Progress(*columns, console=context.err, transient=True, disable=not context.err.is_terminal)
    with _opened(out / INDEX) as file, progress:
        writer = csv.writer(file)
        task = progress.add_task("", total=len(waiting), rate=0.0, failed="")
        failures = 0
        for row in _finished(waiting, jobs or os.cpu_count() or 1):
            writer.writerow(astuple(row))
            file.flush()
            rows.append(row)
            failures += row.failed
            rate = len(rows) / (time.perf_counter() - started)
            said = context.say("batch-failed", count=failures) if failures else ""
            progress.update(task, advance=1, rate=rate, failed=said)
    return rows


def _opened(path: Path):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a text file
    """Open an index to append to; its first line names the columns, a cut last line is ended."""
    fresh = not path.exists() or path.stat().st_size == 0
    file = path.open("a", encoding="utf-8-sig" if fresh else "utf-8", newline="")
    if fresh:
        csv.writer(file).writerow([field.name for field in fields(Row)])
    else:
        with path.open("rb") as written:
            written.seek(-1, os.SEEK_END)
            if written.read() != b"\n":
                file.write("\r\n")
    return file


def _finished(waiting: Sequence[Job], workers: int) -> Iterator[Row]:
    """Yield the row of each document as it is done; only so many are handed out at a time."""
    if not waiting:
        return
    pool = ProcessPoolExecutor(
        min(workers, len(waiting)),
        multiprocessing.get_context("spawn"),
        _prepare,
        max_tasks_per_child=_DOCUMENTS_A_WORKER,
    )
    pending: dict[Future[Row], Job] = {}
    todo = iter(waiting)
    try:
        while True:
            for job in todo:
                pending[pool.submit(_audit, job)] = job
                if len(pending) >= _WAITING * workers:
                    break
            if not pending:
                return
            for future in wait(pending, return_when=FIRST_COMPLETED).done:
                yield _row_of(future, pending.pop(future))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _row_of(future: Future[Row], job: Job) -> Row:
    """Return a document's row; a bug that ended its audit is entered too, and the others go on."""
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, BrokenProcessPool | OSError):
        raise error
    reason = f"{type(error).__name__}: {error}"
    return Row(str(job.path), "", job.version, "failed", kind=reason.replace("\n", " ")[:200])


_ready: list[tuple[Library, Readers]] = []
"""What a worker has ready for every document: filled once, in the worker's own process."""


def _prepare() -> None:
    readers = Readers(children=1)
    readers.__enter__()  # its child ends with this process, whose end closes the child's input
    _ready.append((load_library(data_folder("packs")), readers))


def _audit(job: Job) -> Row:
    """Audit a document in a worker and write its report."""
    library, readers = _ready[0]
    started = time.perf_counter()
    audited = audit(job.path, library, job.pack, job.year, readers.read)
    report = audit_json([audited])
    name = f"{job.path.stem[:60]}-{hashlib.sha256(str(job.path).encode()).hexdigest()[:12]}.json"
    (job.out / name).write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    document = report["documents"][0]
    severities = [finding.severity for finding in audited.findings]
    entity = document["entity"] or ""
    return Row(
        path=str(job.path),
        sha256=audited.sha256,
        version=job.version,
        status=audited.status,
        kind=document["kind"] if audited.tree is not None else audited.findings[0].code,
        # A spreadsheet program would run a name from a document as a formula.
        entity=f"'{entity}" if entity.startswith(_FORMULA) else entity,
        year=str(document["year"] or ""),
        errors=str(severities.count(Severity.ERROR)),
        warnings=str(severities.count(Severity.WARNING)),
        seconds=f"{time.perf_counter() - started:.3f}",
        report=name,
    )
