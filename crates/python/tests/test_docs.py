"""The examples of the documentation run, and give what they say."""

from __future__ import annotations

import doctest
import importlib
import os
import subprocess
from pathlib import Path

import pytest
import wirecopy
from conftest import ROOT

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE | doctest.IGNORE_EXCEPTION_DETAIL


@pytest.mark.parametrize("name", ["wirecopy", "wirecopy.stages", "wirecopy.store", "wirecopy.picture"])
def test_examples_of_docstrings(name: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(name), globs={"wirecopy": wirecopy}, optionflags=FLAGS)
    assert tried > 0 and failed == 0


def test_walk_of_the_guide(tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    guide = ROOT / "docs" / "python.md"
    # What closes a block would be taken for output.
    text = "\n".join("" if line.startswith("```") else line for line in guide.read_text().splitlines())
    monkeypatch.chdir(tmp_path)
    os.symlink(pages, tmp_path / "pages")
    test = doctest.DocTestParser().get_doctest(text, {}, guide.name, str(guide), 0)
    result = doctest.DocTestRunner(optionflags=FLAGS).run(test)
    assert result.attempted > 10 and result.failed == 0
    assert (tmp_path / "family.svg").read_text().startswith("<svg")


def test_the_command_comes_with_the_module(tmp_path: Path) -> None:
    for line in [["wirecopy", "--version"], ["python", "-m", "wirecopy", "--version"]]:
        done = subprocess.run(line, capture_output=True, text=True, check=True)
        assert done.stdout.split() == ["wirecopy", wirecopy.__version__]
    assert subprocess.run(["wirecopy", "no-such-command"], capture_output=True).returncode == 2
    assert subprocess.run(["wirecopy", "--store", tmp_path / "x.db", "stories"], capture_output=True).returncode == 2
