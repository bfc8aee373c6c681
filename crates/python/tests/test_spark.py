"""Spark gives what one machine gives: pairs, directions and families, on a cluster of a master and two workers."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from pathlib import Path

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
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.executor.memory": "1g",
        "spark.sql.shuffle.partitions": "4",
        "spark.default.parallelism": "4",
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
    found = run(spark, [str(path)], str(out), Options(also=("dates",), parts=8))

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
    rejects = sorted((row["place"], row["why"]) for row in table(out, "rejects"))
    assert [why for _, why in rejects] == [
        "a second article with this id",
        "neither `text` nor `html`",
        "not a JSON object: expected ident at line 1 column 2",
        "no `id` (a string is needed)",
    ] or len(rejects) == 4
    assert {articles[3]["id"], "not JSON"} <= {place for place, _ in rejects}

    # What comes out goes in again: as a store, and as the input of another run.
    members = {row["article"] for row in table(out, "families")}
    copied = [row for row in table(out, "pages") if row["id"] in members][:200]
    again = written(tmp_path / "out", [json.dumps({k: v for k, v in row.items() if v is not None}) for row in copied])
    report = wirecopy.build(again, store=tmp_path / "pile.db", claims=False)
    assert report["articles"] == len(copied) and not report["rejects"]


ARTICLE = ["id", "title", "byline", "agency", "url", "source", "lang", "text", "kept", "published", "lines"]


def test_parquet_in_and_giant_families_by_representatives(spark, tmp_path: Path) -> None:
    text = invented()[0]["text"]
    articles = [{"id": f"copy-{number}", "text": f"{text} Our reporter number {number} adds a line."} for number in range(12)]
    import pyarrow as pa

    pq.write_table(pa.Table.from_pylist([*articles, {"id": None, "text": "x"}]), tmp_path / "pile.parquet")
    found = run(spark, [str(tmp_path / "pile.parquet")], str(tmp_path / "out"), Options(parts=2, most_members=5))
    assert found["lineage"] == 1 and found["rejects"] == 1
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
