"""What the tests share: invented articles, and the bundled example."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def invented() -> list[dict]:
    """Articles of two stories with copies, quotations, a lost letter and a line that a site repeats."""
    dam = (
        "The dam at Orrin broke before dawn on Friday and the lower town was flooded, the mayor of Orrin said. "
        "“Nobody was warned,” Ilsa Brand said on Saturday. Twelve houses were lost and 340 people were taken to a school."
    )
    strike = (
        "Ferry crews in Tarn walked out on Monday after talks over night pay failed. "
        "The harbour office said that forty crossings were cancelled and that no date was set for another meeting."
    )
    articles = [
        {"id": "herald/dam", "text": dam, "source": "Herald", "published": "2031-05-17"},
        {"id": "courier/dam", "text": dam.replace("Twelve", "Ten").replace("Nobody", "No one"), "source": "Courier"},
        {"id": "post/dam", "text": dam + " The minister will visit on Tuesday.", "source": "Post", "published": "2031-05-19"},
        {"id": "herald/strike", "text": strike, "source": "Herald", "published": "2031-06-03", "lang": "en"},
        {"id": "echo/strike", "text": strike.replace("forty", "fourteen"), "source": "Echo", "url": "https://echo.example/1"},
        {"id": "post/cheese", "text": "Cheese prices in Tarn rose again after a summer without rain.", "title": "Cheese"},
    ]
    return articles


@pytest.fixture()
def articles() -> list[dict]:
    return invented()


@pytest.fixture(scope="session")
def pages() -> Path:
    return ROOT / "examples" / "lake-orrin" / "pages"


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory, pages: Path) -> Path:
    import wirecopy

    path = tmp_path_factory.mktemp("store") / "orrin.db"
    report = wirecopy.build(pages, store=path, references=[pages / "tarn-press"])
    assert report["articles"] > 0
    return path


def command(*arguments: object, stdin: str | None = None) -> list[dict]:
    """The rows that the command gives: a list, or JSON Lines."""
    done = subprocess.run(["wirecopy", *map(str, arguments)], input=stdin, capture_output=True, text=True, check=True)
    if done.stdout.startswith("["):
        return json.loads(done.stdout)
    return [json.loads(line) for line in done.stdout.splitlines()]
