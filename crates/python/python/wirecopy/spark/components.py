"""Connected components by DataFrame operations: large star and small star in turn.

After Kiveris, Lattanzi, Mirrokni, Rastogi and Vassilvitskii, "Connected Components in MapReduce and Beyond" (2014). Each
round is written and read again, which is all that Spark needs to survive the loss of a machine between rounds.
"""

from __future__ import annotations

from collections.abc import Callable

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F


def components(edges: DataFrame, keep: Callable[[str, DataFrame], DataFrame]) -> DataFrame:
    """``node`` and ``top`` (the smallest node that it hangs together with) for each node of ``edges`` (``a``, ``b``).

    ``keep`` writes a frame under a name and reads it again.
    """
    now = edges.select(F.greatest("a", "b").alias("high"), F.least("a", "b").alias("low"))
    now = keep("star-0", now.where("high > low").distinct())
    told = None
    for round_ in range(1, 100):
        now = keep(f"star-{round_}", _small_star(_large_star(now)))
        # The same edges give the same sum in whatever order they come.
        before, told = told, now.select(F.count("*"), F.sum(F.hash("high", "low").cast("long"))).first()
        if told == before:
            break
    tops = now.select(F.col("low").alias("node"), F.col("low").alias("top")).distinct()
    return now.select(F.col("high").alias("node"), F.col("low").alias("top")).union(tops)


def _large_star(edges: DataFrame) -> DataFrame:
    """Every larger neighbour of a node goes to the smallest of the node and its neighbours."""
    both = edges.union(edges.select(F.col("low").alias("high"), F.col("high").alias("low")))
    smallest = F.least("high", F.min("low").over(Window.partitionBy("high")))
    starred = both.withColumn("top", smallest).where("low > high")
    return starred.select(F.col("low").alias("high"), F.col("top").alias("low")).distinct()


def _small_star(edges: DataFrame) -> DataFrame:
    """A node and its smaller neighbours go to the smallest of them."""
    starred = edges.withColumn("top", F.min("low").over(Window.partitionBy("high")))
    neighbours = starred.where("low > top").select(F.col("low").alias("high"), F.col("top").alias("low"))
    return neighbours.union(starred.select("high", F.col("top").alias("low"))).distinct()
