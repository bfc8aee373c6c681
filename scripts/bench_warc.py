#!/usr/bin/env python3
"""What a build of web archives costs beside one of the same pages as files: prints a table.

    cargo build --release -p wirecopy-cli && cargo build --release -p wirecopy --example pile
    python3 scripts/bench_warc.py [PAGES]        20,000 unless told otherwise

The pages are invented: articles of the generator within the markup of a site, about 20 kB each. Who said what is left out:
it costs the same for both and would hide a difference.
"""

import gzip
import html
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


def page(number, article):
    """The article within the markup of its site, which tells its address."""
    links = "".join(f'<li class="item-{n}"><a href="/section/{n}/page">Section number {n}</a></li>' for n in range(120))
    script = "<script>" + "window.settings = window.settings || {}; settings.loaded = true;\n" * 100 + "</script>"
    body = "".join(f"<p>{html.escape(part)}</p>\n" for part in article["text"].split("\n") if part.strip())
    title = html.escape(article.get("title") or article["id"])
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="canonical" href="https://heron.example/{number}.html"><title>{title}</title>{script}</head><body><nav><ul>{links}</ul></nav>'
        f"<main><article><h1>{title}</h1>\n{body}</article></main><footer><p>All rights reserved.</p></footer></body></html>"
    ).encode()


def record(number, content):
    """A WARC record of the page as it was fetched."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + content
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://heron.example/{number}.html\r\n"
        f"WARC-Date: 2024-07-19T08:30:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def measured(command):
    """Runs the command; gives seconds of wall clock, seconds of processor and the most memory in MB."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command} failed")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "files").mkdir()
        pile = subprocess.run([PILE, str(pages)], stdout=subprocess.PIPE, check=True).stdout
        size = 0
        with open(folder / "pages.warc", "wb") as plain, open(folder / "pages.warc.gz", "wb") as packed:
            for number, line in enumerate(pile.splitlines()):
                content = page(number, json.loads(line))
                size += len(content)
                (folder / "files" / f"{number}.html").write_bytes(content)
                plain.write(record(number, content))
                packed.write(gzip.compress(record(number, content), 6))
        print(f"{pages} pages of {size / pages / 1000:.1f} kB\n")
        print("| from | wall s | processor s | pages/s of processor | peak MB |\n|---|---|---|---|---|")
        for name in ("files", "pages.warc", "pages.warc.gz"):
            store = folder / f"{name}.db"
            wall, processor, memory = measured([WIRECOPY, "--store", store, "build", "--no-claims", folder / name])
            print(f"| {name} | {wall:.1f} | {processor:.1f} | {pages / processor:.0f} | {memory:.0f} |", flush=True)


if __name__ == "__main__":
    main()
