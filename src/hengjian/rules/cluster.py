"""The same check on Apache Spark: blocks are dealt out to workers, which run the kernel on each.

Needs the extra ``spark`` and a Java that it runs on. Every worker reads the store and the packs from the same
paths, so these must be on storage that all of them see.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa

from hengjian.filing.fact_store import FactStore
from hengjian.kernel import InputError
from hengjian.packs import load_library
from hengjian.rules.province import Checked, ProvinceCheck, told_once

_SETTINGS = {
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
_NEEDED = ("pyspark", "pandas")
_RESULT = "block int, checked binary"


def check_on_spark(store: FactStore, packs: Path, master: str | None = None) -> Iterator[Checked]:
    """Check every block of a store, in order; `master` is Spark's, by default all processors of this machine.

    Raises `InputError` when Spark is not installed.
    """
    if any(find_spec(name) is None for name in _NEEDED):
        raise InputError("input.no-spark")
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    master = master or os.environ.get("SPARK_MASTER", "local[*]")
    if master.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.appName("hengjian").master(master)
    for key, value in _SETTINGS.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    try:
        blocks = spark.range(len(store.groups)).repartition(max(len(store.groups), 1))
        checked = blocks.mapInArrow(_Worker(str(store.folder), str(packs)), _RESULT)
        told: set[object] = set()
        for row in checked.orderBy("block").toLocalIterator(prefetchPartitions=True):
            yield told_once(pickle.loads(row["checked"]), told)  # noqa: S301 - made by our own workers
    finally:
        spark.stop()


class _Worker:
    """What a worker does with its share of the blocks; it is sent to the workers by value."""

    def __init__(self, folder: str, packs: str) -> None:
        self.folder, self.packs = folder, packs

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Check the blocks whose numbers come in, and give back what came of each."""
        check = ProvinceCheck(FactStore.open(Path(self.folder)), load_library(Path(self.packs)))
        for batch in batches:
            for index in batch.column(0).to_pylist():
                data = pickle.dumps(check.block(index))
                yield pa.RecordBatch.from_arrays(
                    [pa.array([index], pa.int32()), pa.array([data], pa.binary())], ["block", "checked"]
                )
