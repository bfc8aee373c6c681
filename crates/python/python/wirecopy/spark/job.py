"""The job: from articles to families, step by step, each step a table of Parquet.

``read``      each page's article, or why it cannot be used
``placed``    articles without what their sites repeat, in the one order of all, with their sketches
``candidates``  pairs worth comparing: the grams of a sketch meet their other holders, the meetings are summed
``edges``     the candidates whose words could be aligned
``star-N``    components of edges, round by round
``families``  components, cut at weak bridges
``claimed``   the edges that are told, with the families of their ends
``traced``    each family's tree, and what it says of its pairs
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import partial
from typing import Any, Optional

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema

import wirecopy
from wirecopy import _wirecopy as rust

from .batches import grouped, mapped
from .components import components

ARTICLE_STAGES = {
    "annotate": wirecopy.annotate,
    "claims": wirecopy.claims,
    "dates": wirecopy.dates,
}

_LOG = logging.getLogger(__package__)

# A block of grams holds those of so many articles: few rows for Spark, some MB each.
_ARTICLES_PER_BLOCK = 20_000


@dataclass(frozen=True)
class Options:
    """How the job runs. Only ``most_holders``, ``most_members`` and ``site_lines`` can change what comes out."""

    format: Optional[str] = None
    also: tuple[str, ...] = ()
    copies: bool = True
    parts: int = 64
    most_holders: int = 1_000_000
    most_members: int = 10_000
    site_lines: bool = True


def run(spark: SparkSession, input: list[str], output: str, options: Options = Options()) -> dict[str, int]:
    """Write the tables of ``input`` under ``output`` and give how many rows each has."""
    job = _Job(spark, output.rstrip("/"), options)
    pages = job.pages(input)
    read = job.read(pages)
    tables = {"rejects": job.rejects(read)}
    for stage in options.also:
        tables[stage] = job.article_stage(pages, read, stage)
    if options.copies:
        tables |= job.families(read)
    return {name: job.result(name, frame).count() for name, frame in tables.items()}


class _Job:
    def __init__(self, spark: SparkSession, output: str, options: Options) -> None:
        self.spark, self.output, self.options = spark, output, options

    def keep(self, name: str, frame: DataFrame) -> DataFrame:
        """Write a step and read it again."""
        return self.result(f"_steps/{name}", frame)

    def result(self, name: str, frame: DataFrame) -> DataFrame:
        path = f"{self.output}/{name}"
        frame.write.mode("overwrite").parquet(path)
        _LOG.info("%s", name)
        return self.spark.read.parquet(path)

    def pages(self, input: list[str]) -> DataFrame:
        """The rows of the input, each with its place."""
        format = self.options.format or ("parquet" if ".parquet" in input[0] else "jsonl")
        if format == "parquet":
            rows, row = self.spark.read.parquet(*input), F.col("_metadata.row_index")
        else:
            # A line of nothing is no article.
            rows = self.spark.read.text(input).where("trim(value) != ''").withColumnRenamed("value", "line")
            row = F.monotonically_increasing_id()
        place = [
            F.col("_metadata.file_path").alias("_file"),
            F.col("_metadata.file_block_start").alias("_block"),
            row.alias("_row"),
        ]
        return rows.select(*rows.columns, *place)

    def read(self, pages: DataFrame) -> DataFrame:
        """Each page's article, or why it cannot be used; of several with one id the first."""
        schema = ("_file string, _block long, _row long, id string, article string, day long, lines binary, "
                  "features binary, why string, shown string")
        read = self.keep("read", mapped(pages, _read, schema))
        place = F.struct("_file", "_block", "_row")
        twice = read.where("why is null").groupBy("id").agg(F.min(place).alias("first"), F.count("*").alias("times"))
        twice = F.broadcast(twice.where("times > 1").select("id", "first"))
        read = read.join(twice, "id", "left")
        second = F.when(place != F.col("first"), F.lit("a second article with this id"))
        return read.withColumn("why", F.coalesce("why", second)).drop("first")

    def rejects(self, read: DataFrame) -> DataFrame:
        return read.where("why is not null").select(F.col("_file").alias("input"), F.coalesce("id", "shown").alias("place"), "why")

    def article_stage(self, pages: DataFrame, read: DataFrame, stage: str) -> DataFrame:
        """A stage that looks at one article at a time, over the pages that can be used."""
        unusable = F.broadcast(read.where("why is not null").select("_file", "_block", "_row"))
        usable = pages.join(unusable, ["_file", "_block", "_row"], "left_anti").drop("_file", "_block", "_row")
        function = ARTICLE_STAGES[stage]
        return mapped(usable, function, _schema(function(_NO_ARTICLES)))

    def families(self, read: DataFrame) -> dict[str, DataFrame]:
        usable = read.where("why is null")
        placed = self.placed(usable)
        texts = placed.select("place", "article")
        edges = self.edges(self.candidates(placed), texts)
        strong = edges.where("copy and strong")
        top = components(strong, self.keep)
        component = strong.join(top, strong.a == top.node).select("a", "b", "edge", "top")
        members = self.keep("families", grouped(component, "top", rust.group, "place long, family string"))
        claimed = self.claimed(edges, members)
        traced = self.traced(claimed, members, texts)
        told = traced.where("kind = 'direction'").select("a", "b", F.col("row").alias("told"))
        ids = [F.get_json_object("edge", f"$.{end}").alias(end) for end in "ab"]
        pairs = claimed.select("edge", "shares", *ids).join(told, ["a", "b"], "left").select("edge", "shares", "told")
        family = members.join(texts, "place").select("family", F.get_json_object("article", "$.id").alias("article"))
        articles = texts.withColumnRenamed("article", "row")
        trees = traced.where("kind = 'lineage'").select("row")
        return {
            "articles": mapped(articles, partial(rust.parse, of="articles"), _schema(rust.parse(_NO_ROWS, "articles"))),
            "copies": mapped(pairs, rust.finish, _schema(wirecopy.copies(_NO_ARTICLES))),
            "lineage": mapped(trees, partial(rust.parse, of="lineage"), _schema(rust.parse(_NO_ROWS, "lineage"))),
            "families": family,
        }

    def placed(self, usable: DataFrame) -> DataFrame:
        """The articles without what their sites repeat, numbered in the one order of all."""
        repeated = _NONE_REPEATED
        if self.options.site_lines:
            sited = usable.where("lines is not null").select("id", "day", "lines", "features")
            found = mapped(sited.coalesce(1), _repeated, "repeated binary", rows=1 << 62).collect()
            repeated = bytes(found[0].repeated) if found else repeated
        schema = "id string, article string, position long, sketch binary, size binary"
        masked = mapped(usable.select("id", "article"), partial(rust.mask, repeated=repeated), schema)
        # Written before it is sorted: a sort looks at its input twice.
        ordered = self.keep("masked", masked).orderBy("position", "id")
        placed = self.keep("placed", ordered.withColumn("number", F.monotonically_increasing_id()))
        # Spark numbers each part from a round number on; the places are made to follow one another.
        part = F.shiftright("number", 33)
        sizes = {row.part: row["count"] for row in placed.groupBy(part.alias("part")).count().collect()}
        starts, start = [], 0
        for number in range(max(sizes, default=-1) + 1):
            starts.append(start)
            start += sizes.get(number, 0)
        if not starts:
            return placed.withColumn("place", F.col("number"))
        offset = F.element_at(F.array(*map(F.lit, starts)), (part + 1).cast("int")).cast("long")
        return placed.withColumn("place", F.col("number") - F.shiftleft(part, 33) + offset)

    def candidates(self, placed: DataFrame) -> DataFrame:
        """Pairs of places (``later``, ``earlier``) worth comparing."""
        parts, block = self.options.parts, "part long, block binary"
        grams = mapped(placed.select("place", "sketch"), partial(rust.scatter, parts=parts), block, rows=_ARTICLES_PER_BLOCK)
        met = grouped(grams, "part", partial(rust.meet, parts=parts, most=self.options.most_holders), block)
        summed = grouped(met, "part", rust.sum_up, "later long, earlier long, phrases long, pairs long")
        for end in ("later", "earlier"):
            size = placed.select(F.col("place").alias(end), F.col("size").alias(f"{end}_size"))
            summed = summed.join(size, end)
        return self.keep("candidates", mapped(summed, rust.enough, "later long, earlier long"))

    def edges(self, candidates: DataFrame, texts: DataFrame) -> DataFrame:
        """The candidates whose words could be aligned."""
        for end in ("later", "earlier"):
            text = texts.select(F.col("place").alias(end), F.col("article").alias(f"{end}_article"))
            candidates = candidates.join(text, end)
        return self.keep("edges", mapped(candidates, rust.verify, _EDGE))

    def claimed(self, edges: DataFrame, members: DataFrame) -> DataFrame:
        """The edges that are told: strong ones, and weaker copies within a family."""
        for end in "ab":
            family = members.select(F.col("place").alias(end), F.col("family").alias(f"family_{end}"))
            edges = edges.join(family, end, "left")
        return self.keep("claimed", edges.where("strong or (copy and family_a = family_b)"))

    def traced(self, claimed: DataFrame, members: DataFrame, texts: DataFrame) -> DataFrame:
        """Each family's tree, and what it says of its pairs."""
        inside = claimed.where("family_a = family_b").select(F.col("family_a").alias("family"), "edge")
        across = claimed.where("family_a is null or family_b is null or family_a != family_b")
        witnesses = across.select(F.col("family_a").alias("family"), F.col("b").alias("place"))
        witnesses = witnesses.union(across.select("family_b", "a")).where("family is not null").distinct()
        ones = members.select("family", "place", F.lit(1).alias("member"))
        ones = ones.union(witnesses.select("family", "place", F.lit(0))).join(texts, "place")
        both = ones.select("family", "article", "member").groupBy("family").cogroup(inside.groupBy("family"))
        most = self.options.most_members
        trace = lambda articles, pairs: pa.table(rust.trace(articles, pairs, most))  # noqa: E731
        return self.keep("traced", both.applyInArrow(trace, "kind string, a string, b string, row string"))


_EDGE = "a long, b long, edge string, shares binary, copy boolean, strong boolean"
_NO_ARTICLES = pa.table({"id": pa.array([], pa.string()), "text": pa.array([], pa.string())})
_NO_ROWS = pa.table({"row": pa.array([], pa.string())})
_NONE_REPEATED = bytes(8)
_SHOWN = 80


def _schema(table: Any) -> Any:
    return from_arrow_schema(pa.table(table).schema)


def _read(pages: pa.Table) -> pa.Table:
    """What ``read`` says of these pages, with their places and, for those without an id, their beginning or number."""
    read = pa.table(rust.read(pages))
    rows = read.column("row")
    for name in ("_file", "_block", "_row"):
        read = read.append_column(name, pages.column(name).take(rows))
    shown = [None] * len(read)
    why = read.column("why").to_pylist()
    if any(why):
        lines = "line" in pages.column_names
        places = pages.column("line" if lines else "_row").take(rows).to_pylist()
        told = [str(place)[:_SHOWN] if lines else f"row {place + 1}" for place in places]
        shown = [place if reason else None for place, reason in zip(told, why)]
    read = read.append_column("shown", pa.array(shown, pa.string()))
    return read.select(["_file", "_block", "_row", "id", "article", "day", "lines", "features", "why", "shown"])


def _repeated(articles: pa.Table) -> pa.Table:
    return pa.table({"repeated": pa.array([rust.repeated(articles)], pa.binary())})
