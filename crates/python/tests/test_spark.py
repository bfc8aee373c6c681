"""Spark gives what one machine gives: pairs, directions and families, on a cluster of a master and two workers."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import wirecopy
from conftest import ROOT, invented
from test_stages import fields

pytest.importorskip("pyspark")
if not shutil.which("java"):
    pytest.skip("there is no Java for Spark", allow_module_level=True)

from cluster import cluster  # noqa: E402
from wirecopy.spark import Options, run  # noqa: E402
from wirecopy.spark.components import components  # noqa: E402
from wirecopy.spark.session import session  # noqa: E402

GENERATED = int(os.environ.get("WIRECOPY_SPARK_ARTICLES", "400"))


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory):
    logs = tmp_path_factory.mktemp("spark")
    # Five Java machines run for a minute: what is compiled thoroughly, and a query at a time, is never used often enough.
    os.environ["JAVA_TOOL_OPTIONS"] = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    settings = {
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.executor.memory": "1g",
        "spark.sql.shuffle.partitions": "2",
        "spark.default.parallelism": "2",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    with cluster(logs) as running:
        spark = session(running.master, settings)
        spark.sparkContext.setLogLevel("ERROR")
        yield spark
        spark.stop()


def generated(count: int) -> list[dict]:
    """Articles of the generator that measures cost, if it was built, and invented ones."""
    pile = ROOT / "target" / "release" / "examples" / "pile"
    lines = subprocess.run([pile, str(count)], capture_output=True, check=True).stdout.splitlines()
    articles = [json.loads(line) for line in lines] + invented()
    # A line that a site repeats over its stories, the same text under two ids, and a text long enough to be sampled.
    for article in articles[: count // 4 : 2]:
        article["source"] = "Orrin Herald"
        article["text"] += "\n\nThe Orrin Herald is printed on recycled paper by hand."
    articles.append({**articles[0], "id": "twin"})
    articles.append({"id": "long", "text": "\n\n".join(article["text"] for article in articles[:12])})
    return articles


def written(folder: Path, lines: list[str]) -> Path:
    path = folder / "pile.jsonl"
    path.write_text("\n".join(lines) + "\n")
    return path


def table(folder: Path, name: str) -> list[dict]:
    return pq.read_table(folder / name).to_pylist()


def by_ids(rows: list[dict]) -> dict:
    return {(row["a"], row["b"]): fields(row) for row in rows}


def test_families_pairs_and_directions_are_those_of_one_machine(spark, tmp_path: Path) -> None:
    articles = generated(GENERATED)
    lines = [json.dumps(article) for article in articles]
    bad = ['{"id": "no text"}', "not JSON", json.dumps({**articles[3], "text": "Another text."}), '{"id": 7, "text": "x"}']
    path = written(tmp_path, [*lines, *bad[:2], "", *bad[2:]])
    out = tmp_path / "out"
    found = run(spark, [str(path)], str(out), Options(also=("dates",), parts=4))

    pairs, families = wirecopy.copies(articles), wirecopy.lineage(articles)
    assert len(pairs) > GENERATED / 4 and len(families) > GENERATED / 20
    assert by_ids(table(out, "copies")) == by_ids(pairs)
    told = {tuple(row["family"]): fields(row) for row in table(out, "lineage")}
    assert told == {tuple(row["family"]): fields(row) for row in families}
    assert sorted(map(str, (fields(row) for row in table(out, "articles")))) == sorted(
        str(fields({**{name: None for name in ARTICLE}, **row})) for row in wirecopy.extract(articles)
    )
    assert {row["id"]: fields(row) for row in table(out, "dates")} == {
        row["id"]: fields(row) for row in wirecopy.dates(articles)
    }
    assert any("different stories of" in line["why"] for row in table(out, "articles") for line in row["lines"])

    assert found["rejects"] == 4 and found["articles"] == len(articles)
    assert {row["place"]: row["why"] for row in table(out, "rejects")} == {
        articles[3]["id"]: "a second article with this id",
        "no text": "neither `text` nor `html`",
        "not JSON": "not a JSON object: expected ident at line 1 column 2",
        '{"id": 7, "text": "x"}': "no `id` (a string is needed)",
    }

    # What comes out goes into a store, and that shows what a store of the pages shows.
    wirecopy.build(path, store=tmp_path / "pages.db", claims=False)
    build = ["wirecopy", "--store", tmp_path / "tables.db", "build", "--no-claims", out / "articles"]
    subprocess.run(build, check=True, capture_output=True)
    of_pages, of_tables = wirecopy.open(tmp_path / "pages.db"), wirecopy.open(tmp_path / "tables.db")
    assert len(of_tables.rejects()) == 0
    for rows in ["lineage", "copies", "accounts", "stories"]:
        assert getattr(of_tables, rows)().rows() == getattr(of_pages, rows)().rows(), rows
    assert of_tables.articles(text=True).rows() == of_pages.articles(text=True).rows()
    # A part of them keeps what was known of the whole.
    families = pl.read_parquet(out / "families/*.parquet")
    largest = families.group_by("family").len().sort("len", "family").row(-1)[0]
    members = families.filter(pl.col("family") == largest)
    part = pl.read_parquet(out / "articles/*.parquet").join(members, left_on="id", right_on="article", how="semi")
    part.write_parquet(tmp_path / "part.parquet")
    report = wirecopy.build(tmp_path / "part.parquet", store=tmp_path / "part.db", claims=False)
    assert report["articles"] == len(members) and not report["rejects"]
    kept = {row["id"]: row["kept"] for row in of_pages.articles(text=True).rows()}
    for row in wirecopy.open(tmp_path / "part.db").articles(text=True).rows():
        assert row["kept"] == kept[row["id"]]


ARTICLE = ["id", "title", "byline", "agency", "url", "source", "lang", "text", "kept", "published", "lines"]


def test_parquet_in_and_giant_families_by_representatives(spark, tmp_path: Path) -> None:
    text = invented()[0]["text"]
    articles = [{"id": f"copy-{number}", "text": f"{text} Our reporter number {number} adds a line."} for number in range(12)]
    bad = [{"id": None, "text": "x"}, {"id": "null", "text": None}, {"id": "huge", "text": "a " * (33 << 20)}]
    pq.write_table(pa.Table.from_pylist([*articles, *bad]), tmp_path / "pile.parquet")
    found = run(spark, [str(tmp_path / "pile.parquet")], str(tmp_path / "out"), Options(parts=2, most_members=5))
    assert found["lineage"] == 1
    assert {row["place"]: row["why"] for row in table(tmp_path / "out", "rejects")} == {
        "row 13": "no `id` (a string is needed)",
        "null": "neither `text` nor `html`",
        "huge": "66 MB of text, more than 64 MB",
    }
    family = table(tmp_path / "out", "lineage")[0]
    assert family["family"] == sorted(article["id"] for article in articles)
    assert {end for edge in family["edges"] for end in (edge["from"], edge["to"])} == set(family["family"])


def test_components_are_those_of_a_union_find(spark, tmp_path: Path) -> None:
    shuffled = random.Random(5)
    path = [(node, node + 1) for node in range(40)]
    edges = path + [(shuffled.randrange(100, 400), shuffled.randrange(100, 400)) for _ in range(180)] + [(7, 7)]
    shuffled.shuffle(edges)
    top: dict[int, int] = {}

    def find(node: int) -> int:
        while top.setdefault(node, node) != node:
            node = top[node]
        return node

    for a, b in edges:
        if a != b:
            a, b = find(a), find(b)
            top[max(a, b)] = min(a, b)

    def keep(name: str, frame):
        frame.write.mode("overwrite").parquet(str(tmp_path / name))
        return spark.read.parquet(str(tmp_path / name))

    found = components(spark.createDataFrame(edges, "a long, b long"), keep).collect()
    assert {row.node: row.top for row in found} == {node: find(node) for node in top}
    assert len(found) == len(top)
