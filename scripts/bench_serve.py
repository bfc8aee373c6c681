#!/usr/bin/env python3
"""How long readers wait for pages: 32 readers at once on a large store, without and with a build beside them.

    cargo build --release -p wirecopy-cli && cargo build --release -p wirecopy --example pile
    python3 scripts/bench_serve.py STORE [--readers 32] [--seconds 60] [--pause 1] [--build PILE.jsonl]

STORE is a store of a generated pile (scripts/bench_pile.py says how one is made). Readers walk as people do: a list, a story,
an article, a pair, a source, a search, each time another one, without a pause, or with one of --pause seconds on average.
With --build, `wirecopy build PILE.jsonl` adds to the store meanwhile: readers, builder and this program share the processors.
"""

import argparse
import gzip
import html
import http.client
import json
import os
import random
import re
import statistics
import subprocess
import threading
import time
from pathlib import Path
from urllib.parse import quote

TOP = Path(__file__).resolve().parent.parent
WIRECOPY = os.environ.get("WIRECOPY", TOP / "target/release/wirecopy")


def resident(pid):
    """Resident memory in MB: what is there and the most there was."""
    status = Path(f"/proc/{pid}/status").read_text()
    return [int(re.search(rf"{field}:\s+(\d+)", status)[1]) / 1024 for field in ("VmRSS", "VmHWM")]


def processor(pid):
    """Seconds of processor that the threads of the server have used."""
    used = 0
    for thread in Path(f"/proc/{pid}/task").iterdir():
        try:
            used += int((thread / "schedstat").read_text().split()[0])
        except (FileNotFoundError, ProcessLookupError):
            pass  # it has just ended
    return used / 1e9


class Reader(threading.Thread):
    """Asks for one page after the other, following links as people do, and notes how long each took."""

    def __init__(self, port, pid, seed, until, words, pause):
        super().__init__(daemon=True)
        self.port, self.pid, self.random, self.until, self.words = port, pid, random.Random(seed), until, words
        self.pause, self.took, self.failed = pause, [], []

    def get(self, kind, path):
        """A page's addresses of this server."""
        used, start = self.used(), time.monotonic()
        self.connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = self.connection.getresponse()
        body = answer.read()
        self.took.append((kind, 1e3 * (time.monotonic() - start), 1e3 * (self.used() - used)))
        if answer.status != 200:
            self.failed.append((answer.status, path))
        if answer.getheader("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        if self.pause:
            time.sleep(self.random.expovariate(1 / self.pause))
        return sorted({html.unescape(href) for href in re.findall(r'href="(/[^"#]*)', body.decode())})

    def used(self):
        return processor(self.pid) if self.pid else 0.0

    def some(self, addresses, kind, most):
        found = [address for address in addresses if address.startswith(f"/{kind}?")]
        return self.random.sample(found, min(most, len(found)))

    def run(self):
        while time.monotonic() < self.until:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            try:
                self.walk()
            except (OSError, ValueError, http.client.HTTPException) as error:
                self.failed.append((str(error), ""))

    def walk(self):
        while time.monotonic() < self.until:
            day = f"2031-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"
            sort = self.random.choice(["newest", "copied", "disputed"])
            paper = f"paper{self.random.randrange(200)}"
            asked = self.random.choice([f"before={day}", f"after={day}", f"source={paper}", f"cursor={day}~8"])
            stories = self.get("list of stories", f"/?sort={sort if '~' not in asked else 'newest'}&{asked}")
            for story in self.some(stories, "story", 3):
                articles = self.get("story", story)
                for family in self.some(articles, "family", 1):
                    self.get("family", family)
                for article in self.some(articles, "article", 2):
                    links = self.get("article", article)
                    for pair in self.some(links, "collation", 1):
                        self.get("collation", pair)
                    for explained in self.some(links, "explain", 1):
                        self.get("explain", explained)
            self.get("source", f"/source?name={paper}")
            words = " ".join(self.random.sample(self.words, self.random.randint(1, 2)))
            self.get("search", f"/search?q={quote(words)}")
            for other in ["", "network", "sources", "speakers", "alerts", "decisions", "ingest"]:
                self.get(other or "first page", f"/{other}")


def measure(port, pid, readers, seconds, pause=0.0):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/stories.json?limit=200&sort=copied")
    titles = " ".join(story["title"] for story in json.loads(connection.getresponse().read())["stories"])
    words = sorted({word for word in titles.lower().replace("update:", "").split() if len(word) > 5})
    until = time.monotonic() + seconds
    crowd = [Reader(port, pid if readers == 1 else None, seed, until, words, pause) for seed in range(readers)]
    start, used = time.monotonic(), processor(pid)
    for reader in crowd:
        reader.start()
    for reader in crowd:
        reader.join()
    wall, used = time.monotonic() - start, processor(pid) - used
    took = [one for reader in crowd for one in reader.took]
    failed = [one for reader in crowd for one in reader.failed]
    # What one page costs can only be told where nobody else asks.
    cost = " processor ms |" if readers == 1 else ""
    print(f"| page | asked | median ms | 99th ms | longest ms |{cost}\n|---|---|---|---|---|{'---|' if cost else ''}")
    for kind in sorted({kind for kind, *_ in took}) + ["all"]:
        own = [(ms, spent) for name, ms, spent in took if kind in (name, "all")]
        times = sorted(ms for ms, _ in own)
        ninety = times[min(len(times) - 1, int(0.99 * len(times)))]
        each = f" {statistics.mean(spent for _, spent in own):.1f} |" if cost else ""
        print(f"| {kind} | {len(times)} | {statistics.median(times):.0f} | {ninety:.0f} | {times[-1]:.0f} |{each}")
    now, most = resident(pid)
    print(f"\n{len(took) / wall:.0f} pages a second, {1e3 * used / len(took):.1f} ms of processor each; resident {now:.0f} MB, at most {most:.0f}; {len(failed)} failed {failed[:3]}\n", flush=True)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("store")
    options.add_argument("--readers", type=int, default=32)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--pause", type=float, default=0.0)
    options.add_argument("--build")
    options = options.parse_args()
    command = [WIRECOPY, "--store", options.store, "serve", "--addr", "127.0.0.1:0"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    port = int(re.search(r":(\d+)/", server.stderr.readline())[1])
    try:
        print(f"load {os.getloadavg()[0]:.1f} before, on {os.cpu_count()} processors\n\nOne reader:\n")
        measure(port, server.pid, 1, options.seconds / 4)
        print(f"{options.readers} readers:\n")
        measure(port, server.pid, options.readers, options.seconds, options.pause)
        if options.build:
            build = subprocess.Popen([WIRECOPY, "--store", options.store, "build", options.build, "--no-claims"], stdout=subprocess.DEVNULL)
            print(f"{options.readers} readers while a build runs:\n")
            measure(port, server.pid, options.readers, options.seconds, options.pause)
            print("the build", "was done" if build.poll() is not None else "was still running", "at the end")
            build.terminate()
            build.wait()
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
