"""The stages on Apache Spark, for piles that no single machine holds: ``python -m wirecopy.spark INPUT OUTPUT``.

The same Rust functions as everywhere run inside plain DataFrame operations, with Parquet between the steps; families, directions
and pairs come out as on one machine. See ``docs/spark.md``.
"""

from __future__ import annotations

from .job import Options, run

__all__ = ["Options", "run"]
