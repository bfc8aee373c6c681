#!/usr/bin/env python3
"""How long readers wait for pages: 32 readers at once on a large store, without and with a build beside them.

    cargo build --release -p wirecopy-cli && cargo build --release -p wirecopy --example pile
    python3 scripts/bench_serve.py STORE [--readers 32] [--seconds 60] [--build PILE.jsonl]

STORE is a store of a generated pile (scripts/bench_pile.py says how one is made). Readers walk as people do: a list, a story,
an article, a pair, a source, a search, each time another one, without a pause. With --build, `wirecopy build PILE.jsonl`
adds to the store meanwhile.
"""

import argparse
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
    """Seconds of processor that the server has used."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


class Reader(threading.Thread):
    """Asks for one page after the other and notes how long each took."""

    def __init__(self, port, seed, until, words):
        super().__init__(daemon=True)
        self.port, self.random, self.until, self.words = port, random.Random(seed), until, words
        self.took, self.failed = [], []

    def get(self, kind, path):
        start = time.monotonic()
        self.connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = self.connection.getresponse()
        body = answer.read()
        self.took.append((kind, 1e3 * (time.monotonic() - start)))
        if answer.status != 200:
            self.failed.append((answer.status, path))
        return body

    def rows(self, name, **fields):
        query = "&".join(f"{key}={quote(str(value))}" for key, value in fields.items())
        self.connection.request("GET", f"/{name}.json?{query}")
        return json.loads(self.connection.getresponse().read())

    def run(self):
        while time.monotonic() < self.until:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            try:
                self.walk()
            except (OSError, ValueError, http.client.HTTPException) as error:
                self.failed.append((str(error), ""))

    def walk(self):
        while time.monotonic() < self.until:
            month = f"2031-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"
            sort = self.random.choice(["newest", "copied", "disputed"])
            self.get("stories", f"/?sort={sort}&before={month}")
            listed = self.rows("stories", sort=sort, before=month, limit=100)["stories"]
            for story in self.random.sample(listed, min(3, len(listed))):
                self.get("story", f"/story?id={story['story']}")
                articles = self.random.sample(story["articles"], min(2, len(story["articles"])))
                for article in articles:
                    self.get("article", f"/article?id={quote(article, safe='')}")
                if len(articles) == 2:
                    pair = "&".join(f"{side}={quote(id, safe='')}" for side, id in zip("ab", articles))
                    self.get("collation", f"/collation?{pair}")
            self.get("source", f"/source?name=paper{self.random.randrange(200)}")
            words = " ".join(self.random.sample(self.words, self.random.randint(1, 2)))
            self.get("search", f"/search?q={quote(words)}")
            self.get(self.random.choice(["network", "sources", "alerts"]), "/" + self.random.choice(["network", "sources"]))


def measure(port, pid, readers, seconds):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/stories.json?limit=200&sort=copied")
    titles = " ".join(story["title"] for story in json.loads(connection.getresponse().read())["stories"])
    words = sorted({word for word in titles.lower().replace("update:", "").split() if len(word) > 5})
    until = time.monotonic() + seconds
    crowd = [Reader(port, seed, until, words) for seed in range(readers)]
    start, used = time.monotonic(), processor(pid)
    for reader in crowd:
        reader.start()
    for reader in crowd:
        reader.join()
    wall, used = time.monotonic() - start, processor(pid) - used
    took = [one for reader in crowd for one in reader.took]
    failed = [one for reader in crowd for one in reader.failed]
    print("| page | asked | median ms | 99th ms | longest ms |\n|---|---|---|---|---|")
    for kind in sorted({kind for kind, _ in took}) + ["all"]:
        times = sorted(ms for own, ms in took if kind in (own, "all"))
        ninety = times[min(len(times) - 1, int(0.99 * len(times)))]
        print(f"| {kind} | {len(times)} | {statistics.median(times):.0f} | {ninety:.0f} | {times[-1]:.0f} |")
    now, most = resident(pid)
    print(f"\n{len(took) / wall:.0f} pages a second, {1e3 * used / len(took):.1f} ms of processor each; resident {now:.0f} MB, at most {most:.0f}; {len(failed)} failed {failed[:3]}\n", flush=True)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("store")
    options.add_argument("--readers", type=int, default=32)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--build")
    options = options.parse_args()
    command = [WIRECOPY, "--store", options.store, "serve", "--addr", "127.0.0.1:0"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    port = int(re.search(r":(\d+)/", server.stderr.readline())[1])
    try:
        print(f"load {os.getloadavg()[0]:.1f} before\n\nOne reader:\n")
        measure(port, server.pid, 1, options.seconds / 4)
        print(f"{options.readers} readers:\n")
        measure(port, server.pid, options.readers, options.seconds)
        if options.build:
            build = subprocess.Popen([WIRECOPY, "--store", options.store, "build", options.build, "--no-claims"], stdout=subprocess.DEVNULL)
            print(f"{options.readers} readers while a build runs:\n")
            measure(port, server.pid, options.readers, options.seconds)
            print("the build", "was done" if build.poll() is not None else "was still running", "at the end")
            build.terminate()
            build.wait()
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
