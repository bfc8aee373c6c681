"""A store's tables are the rows of the command."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest
import wirecopy
from conftest import command
from test_stages import fields

TABLES = ["stories", "accounts", "copies", "lineage", "carried", "claims", "quotes", "timeline", "disputes", "developments", "rejects"]


@pytest.mark.parametrize("table", TABLES)
def test_tables_are_those_of_the_command(table: str, store: Path) -> None:
    found = getattr(wirecopy.open(store), table)()
    assert fields(found.rows()) == fields(command("--store", store, table, "--json"))
    assert len(pl.DataFrame(found)) == len(found) == pa.table(found).num_rows


def test_articles_with_and_without_text(store: Path) -> None:
    library = wirecopy.open(store)
    assert fields(library.articles(text=True).rows()) == fields(command("--store", store, "articles", "--text", "--json"))
    heads, whole = pl.DataFrame(library.articles()), pl.DataFrame(library.articles(text=True))
    assert heads.equals(whole.drop("kept", "text"))


def test_one_story(store: Path) -> None:
    library = wirecopy.open(store)
    story = library.stories().rows()[0]
    assert [row["id"] for row in library.articles(story["story"][:12]).rows()] == sorted(story["articles"])
    assert {row["story"] for row in library.copies(story["story"]).rows()} <= {story["story"], None}
    with pytest.raises(KeyError):
        library.stories("no-such-story")


def test_dates(store: Path) -> None:
    library = wirecopy.open(store)
    assert [row["id"] for row in library.dates().rows()] == [row["id"] for row in library.articles().rows()]


def test_what_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        wirecopy.open(tmp_path / "none.db")
    (tmp_path / "other.db").write_text("not a database at all, but long enough to be looked at" * 20)
    with pytest.raises(wirecopy.StoreFault):
        wirecopy.open(tmp_path / "other.db")


def test_rejects_of_a_build(tmp_path: Path) -> None:
    (tmp_path / "pile.jsonl").write_text('{"id": "a", "text": "Rain in Tarn."}\n{"id": "b"}\n')
    report = wirecopy.build(tmp_path, store=tmp_path / "pile.db", claims=False)
    assert report["articles"] == 1 and [reject["place"] for reject in report["rejects"]] == ["line 2"]
    assert [row["why"] for row in wirecopy.open(tmp_path / "pile.db").rejects().rows()] == ["neither `text` nor `html`"]
