"""The stages give the rows of the command, whatever form the articles come in."""

from __future__ import annotations

import datetime
import faulthandler
import json
import os
import threading
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import wirecopy
from conftest import command

STAGES = ["extract", "annotate", "dates", "claims", "copies", "lineage", "stories"]


def filled(row: object, like: object) -> object:
    """A row with null for each field that a table has and the row leaves out; an empty list counts for none."""
    if isinstance(like, dict):
        row = row or {}
        return {name: filled(row.get(name), value) for name, value in like.items()}
    if isinstance(like, list) and isinstance(row, list) and len(row) == len(like):
        return [filled(one, other) for one, other in zip(row, like)]
    return row


def fields(row: object) -> object:
    """The names of all fields that say something, to see that a table loses none."""
    if isinstance(row, dict):
        return {name: fields(value) for name, value in row.items() if value is not None and name != "extra"}
    if isinstance(row, list):
        return [fields(value) for value in row]
    return row


@pytest.mark.parametrize("stage", STAGES)
def test_lists_give_the_rows_of_the_command(stage: str, articles: list[dict]) -> None:
    lines = "\n".join(json.dumps(article) for article in articles)
    assert getattr(wirecopy, stage)(articles) == command("run", stage, "-", stdin=lines)


@pytest.mark.parametrize("stage", [*STAGES, "disputes"])
def test_tables_give_the_rows_of_lists(stage: str, articles: list[dict]) -> None:
    for article in articles:
        article["story"] = article["id"].split("/")[1]
    rows = getattr(wirecopy, stage)(articles)
    assert rows
    table = getattr(wirecopy, stage)(pa.Table.from_pylist(articles, schema=COLUMNS))
    assert len(table) == len(rows)
    told = table.rows()
    assert fields(told) == fields([filled(row, like) for row, like in zip(rows, told)])
    assert fields(told) == fields(rows)
    assert pa.table(table).to_pylist() == told


COLUMNS = pa.schema(
    [(name, pa.string()) for name in ["id", "text", "title", "url", "source", "published", "lang", "story"]]
)


def test_all_kinds_of_tables(articles: list[dict]) -> None:
    table = pa.Table.from_pylist(articles, schema=COLUMNS)
    expected = wirecopy.copies(articles)
    large = table.cast(pa.schema([(field.name, pa.large_string()) for field in COLUMNS]))
    coded = pa.table({name: table.column(name).dictionary_encode() for name in table.column_names})
    lines = pa.table({"line": [json.dumps(article) for article in articles]})
    for form in [table, table.to_batches()[0], large, coded, lines, pl.DataFrame(articles), pd.DataFrame(articles),
                 table.to_reader()]:
        found = wirecopy.copies(form)
        assert isinstance(found, wirecopy.Table)
        assert [fields(row) for row in found.rows()] == [fields(row) for row in expected], type(form)
    assert wirecopy.copies(iter(articles)) == expected
    frame = pl.DataFrame(wirecopy.copies(table))
    assert frame["a"].to_list() == [row["a"] for row in expected]
    assert len(pa.table(wirecopy.copies(table.slice(0, 0)))) == 0


def test_dates_of_python_are_dates() -> None:
    text = "The dam broke two days ago."
    for published in [datetime.date(2031, 5, 14), datetime.datetime(2031, 5, 14, 6, 30), "2031-05-14"]:
        article = {"id": "a", "text": text, "published": published}
        assert wirecopy.dates([article])[0]["timexes"][0]["value"] == "2031-05-12"
    frame = pl.DataFrame({"id": ["a"], "text": [text], "published": [datetime.date(2031, 5, 14)]})
    assert wirecopy.dates(frame).rows()[0]["timexes"][0]["value"] == "2031-05-12"


def test_html_as_bytes_and_as_text() -> None:
    html = "<html><head><title>Dam</title></head><body><p>The dam at Orrin broke before dawn, the mayor said.</p></body></html>"
    rows = [wirecopy.extract([{"id": "a", "html": form}])[0] for form in [html, html.encode()]]
    rows += [wirecopy.extract(pa.table({"id": ["a"], "html": [form]})).rows()[0] for form in [html, html.encode()]]
    assert {row["text"] for row in rows} == {rows[0]["text"]} and "mayor" in rows[0]["text"]


BAD = [
    ({"text": "No id."}, None, "no `id` (a string is needed)"),
    ({"id": "", "text": "An empty id."}, "", "no `id` (a string is needed)"),
    ({"id": None, "text": "Null."}, None, "no `id` (a string is needed)"),
    ({"id": 7, "text": "A number."}, None, "`id` is not a string but int"),
    ({"id": "nothing"}, "nothing", "neither `text` nor `html`"),
    ({"id": "null", "text": None}, "null", "neither `text` nor `html`"),
    ({"id": "wrong", "text": 7}, "wrong", "`text` is not a string but int"),
    ({"id": "titled", "text": "x", "title": ["x"]}, "titled", "`title` is not a string but list"),
    ({"id": "good", "text": "A second one."}, "good", "a second article with this id"),
    (["no", "dictionary"], None, "no dictionary but list"),
    ({"id": "huge", "text": "a " * (33 << 20)}, "huge", "66 MB of text, more than 64 MB"),
    ({"id": "surrogate", "text": "\ud800"}, "surrogate", "`text` is not a string but str"),
]


@pytest.mark.parametrize("bad, id, why", BAD, ids=[why for _, _, why in BAD])
def test_what_cannot_be_used_is_named(bad: object, id: str | None, why: str) -> None:
    good = {"id": "good", "text": "It rained on Friday in Tarn."}
    with pytest.raises(wirecopy.Rejected) as raised:
        wirecopy.dates([good, bad])
    assert raised.value.rejects == [{"row": 1, "id": id, "why": why}]
    assert why in str(raised.value) and "row 1" in str(raised.value)
    rejects: list[dict] = []
    rows = wirecopy.dates([good, bad], rejects=rejects)
    assert [row["id"] for row in rows] == ["good"] and rejects == raised.value.rejects


def test_bad_rows_of_tables() -> None:
    table = pa.table({"id": ["a", None, "a", "b", "c"], "text": ["Rain.", "Rain.", "Rain.", None, "Rain."]})
    rejects: list[dict] = []
    assert [row["id"] for row in wirecopy.dates(table, rejects=rejects).rows()] == ["a", "c"]
    assert [(row["row"], row["id"]) for row in rejects] == [(1, None), (2, "a"), (3, "b")]
    rejects.clear()
    lines = pa.table({"line": ['{"id": "a", "text": "Rain."}', "{}", None, "[", '{"id": "b", "text": 7}']})
    assert len(wirecopy.dates(lines, rejects=rejects)) == 1 and [row["row"] for row in rejects] == [1, 2, 3, 4]
    for wrong in [pa.table({"id": [1], "text": ["Rain."]}), pa.table({"id": ["a"], "text": [[1]]}), pa.table({"x": ["a"]})]:
        with pytest.raises(TypeError, match="column"):
            wirecopy.dates(wrong)
    for wrong in [7, "text", {"id": "a", "text": "x"}, None]:
        with pytest.raises(TypeError):
            wirecopy.dates(wrong)


def test_many_rejects_are_told_shortly() -> None:
    with pytest.raises(wirecopy.Rejected, match="and 97 more") as raised:
        wirecopy.dates([{"id": str(number)} for number in range(100)])
    assert len(raised.value.rejects) == 100 and len(str(raised.value)) < 400


def test_text_of_any_shape_goes_through() -> None:
    texts = ["", "\x00", "🦊" * 500, "a" * 100_000, "“" * 5_000, "\u202e\u0301", "\n" * 5_000]
    articles = [{"id": str(number), "text": text} for number, text in enumerate(texts)]
    for stage in STAGES:
        rows = getattr(wirecopy, stage)(articles)
        assert len(rows) == (0 if stage in {"copies", "lineage"} else len(texts))


def test_python_runs_while_a_stage_works() -> None:
    words = "dam ferry mayor harbour crown winter storm bridge river stone ledger pilot".split()
    articles = [
        {"id": str(n), "text": " ".join(words[(n * k + k // 7) % len(words)] + str(k % (n + 3)) for k in range(400))}
        for n in range(250)
    ]
    table = pa.Table.from_pylist(articles)
    entered, left = threading.Event(), threading.Event()

    def work() -> None:
        entered.set()
        wirecopy.copies(table)
        left.set()

    worker = threading.Thread(target=work)
    worker.start()
    entered.wait()
    turns = 0
    while not left.is_set():
        turns += 1
    worker.join()
    # With the lock held this thread would get a turn or two before and after the call.
    assert turns > 1_000


def test_two_threads_are_in_rust_at_once(articles: list[dict], tmp_path: Path) -> None:
    """Two builds wait for a page each, a stage runs beside them, and only then the pages come."""
    # With the lock held nothing would ever write these pipes.
    faulthandler.dump_traceback_later(300, exit=True)
    names = ["one", "two"]
    reports: dict[str, dict] = {}

    def work(name: str) -> None:
        reports[name] = wirecopy.build(tmp_path / f"{name}.jsonl", store=tmp_path / f"{name}.db", claims=False)

    for name in names:
        os.mkfifo(tmp_path / f"{name}.jsonl")
    workers = [threading.Thread(target=work, args=[name]) for name in names]
    for worker in workers:
        worker.start()
    # A pipe opens when its other end is opened: then that build is reading.
    pipes = [open(tmp_path / f"{name}.jsonl", "w", encoding="utf-8") for name in names]
    assert wirecopy.copies(articles) and not reports
    for pipe in pipes:
        pipe.write(json.dumps(articles[0]) + "\n")
        pipe.close()
    for worker in workers:
        worker.join()
    faulthandler.cancel_dump_traceback_later()
    assert [reports[name]["articles"] for name in names] == [1, 1]


def test_articles_that_were_read_are_taken_as_they_are(articles: list[dict]) -> None:
    articles[0]["text"] += "\n\nThe ferry to Tarn leaves at noon."
    read = wirecopy.extract(articles)
    # Whoever read it may know better which lines are the site's.
    last = read[0]["lines"][-1]
    last["kind"], last["why"] = "boilerplate", "stands on every page"
    read[0]["kept"] = [[0, last["span"][0]]]
    frame = pl.DataFrame(read)
    for form in [read, frame, pa.table(frame)]:
        again = wirecopy.extract(form)
        rows = again if isinstance(again, list) else again.rows()
        assert [row["kept"] for row in rows] == [row["kept"] for row in read]
        assert [row["published"] for row in rows] == [row["published"] for row in read]
        assert len(wirecopy.copies(form)) == len(wirecopy.copies(articles))
    beyond = {**read[0], "kept": [[0, 100_000]]}
    with pytest.raises(wirecopy.Rejected, match="herald/dam.*`kept` does not lie in the text"):
        wirecopy.dates([beyond])
