"""Spark sessions as the job needs them."""

from __future__ import annotations

import os
import sys
from typing import Optional

from pyspark.sql import SparkSession

_SETTINGS = {
    # Pages come to some KB each: more of them in a batch only fill memory.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "2000",
    # Spark has a core for each task; a thread pool in each would have them fight.
    "spark.executorEnv.RAYON_NUM_THREADS": "1",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.compression.codec": "zstd",
}


def session(master: Optional[str] = None, settings: Optional[dict[str, str]] = None) -> SparkSession:
    """A session on this master, or the one that is configured, or on this machine."""
    # Python's interpreter on the executors is only taken from here, not from a session's settings.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("RAYON_NUM_THREADS", "1")
    builder = SparkSession.builder.appName("wirecopy")
    if master:
        builder = builder.master(master)
    for name, value in {**_SETTINGS, **(settings or {})}.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
