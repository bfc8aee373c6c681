#!/usr/bin/env python3
"""What an article costs as the pile grows: builds stores of generated piles and prints a table.

    cargo build --release -p wirecopy-cli && cargo build --release -p wirecopy --example pile
    python3 scripts/bench_pile.py [--no-claims] [ARTICLES ...]        10,000 and 100,000 unless told otherwise

A second build adds ten articles to each pile: what coming news costs. An x-ray is of a page that the store does not have.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
WIRECOPY = os.environ.get("WIRECOPY", TOP / "target/release/wirecopy")
PILE = TOP / "target/release/examples/pile"
OPTIONS = sys.argv[1].split() if len(sys.argv) > 1 and sys.argv[1].startswith("--") else []


def measured(command):
    """Runs the command; gives seconds of wall clock, seconds of processor and the most memory in MB."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    if status:
        sys.exit(f"{command} failed")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    sizes = [int(size) for size in sys.argv[1:] if size.isdecimal()] or [10_000, 100_000]
    print("| articles | build, wall s | processor s | ms an article | peak MB | store MB | ten more, s | x-ray, s |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for size in sizes:
            pile, more, page = folder / "pile.jsonl", folder / "more.jsonl", folder / "page.txt"
            with open(pile, "wb") as out:
                subprocess.run([PILE, str(size)], stdout=out, check=True)
            with open(more, "wb") as out:
                lines = subprocess.run([PILE, "10", "7"], stdout=subprocess.PIPE, check=True).stdout
                out.write(lines.replace(b'"id":"', b'"id":"later/'))
            with open(pile, encoding="utf-8") as lines:
                article = json.loads(lines.readline())
            page.write_text(article["text"].replace(". ", ", they say. "), encoding="utf-8")
            store = folder / f"{size}.db"
            wall, processor, memory = measured([WIRECOPY, "build", pile, "--store", store, *OPTIONS])
            ten, _, _ = measured([WIRECOPY, "build", more, "--store", store, *OPTIONS])
            xrays = sorted(measured([WIRECOPY, "xray", page, "--json", "--store", store])[0] for _ in range(5))
            megabytes = store.stat().st_size / 1e6
            print(
                f"| {size:,} | {wall:.0f} | {processor:.0f} | {1e3 * processor / size:.2f} | {memory:.0f} "
                f"| {megabytes:.0f} | {ten:.1f} | {xrays[2]:.2f} |",
                flush=True,
            )
            store.unlink()


if __name__ == "__main__":
    main()
