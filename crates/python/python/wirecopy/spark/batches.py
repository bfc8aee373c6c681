"""Rust functions over the batches of a DataFrame."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame

Function = Callable[[pa.Table], Any]


def mapped(frame: DataFrame, function: Function, schema: Any, *, rows: int = 0) -> DataFrame:
    """``function`` over the batches of each part of the frame; with ``rows``, over so many rows at a time."""

    def over(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for table in _gathered(batches, rows):
            yield from pa.table(function(table)).to_batches()

    return frame.mapInArrow(over, schema)


def _gathered(batches: Iterable[pa.RecordBatch], rows: int) -> Iterator[pa.Table]:
    held: list[pa.RecordBatch] = []
    for batch in batches:
        if batch.num_rows:
            held.append(batch)
        if held and sum(batch.num_rows for batch in held) >= rows:
            yield pa.Table.from_batches(held)
            held = []
    if held:
        yield pa.Table.from_batches(held)


def grouped(frame: DataFrame, key: str, function: Function, schema: Any) -> DataFrame:
    """``function`` over all rows of each key at once."""
    return frame.groupBy(key).applyInArrow(lambda table: pa.table(function(table)), schema)
