#!/usr/bin/env python3
"""Compares the Spark job with one machine, family by family, and prints what it costs.

    python scripts/python/spark_parity.py PILE.jsonl [--kill] [--also dates,claims] [--single | --against FOLDER] [--archive ENV.tar.gz]

Starts a standalone cluster on the loopback (a master, two workers of one core each). With --kill an executor is killed while
candidates are verified. With --single the command's own stages are run for comparison; --against names a folder in which `copies.jsonl` and
`lineage.jsonl` of an earlier run of them lie. With --archive the executors run the Python of this packed environment, which Spark
brings them. To be run in an environment in which the wheel, pyspark and pyarrow are installed.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "crates" / "python" / "tests"))

import pyarrow.parquet as pq  # noqa: E402
from cluster import cluster, seconds  # noqa: E402
from wirecopy.spark import Options, run  # noqa: E402
from wirecopy.spark.session import session  # noqa: E402


class Meter:
    """The processor time of all processes of a cluster, those that have ended included."""

    def __init__(self, running) -> None:
        self.running, self.taken, self.ended = running, {}, threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()

    def watch(self) -> None:
        while not self.ended.wait(0.25):
            self.look()

    def look(self) -> float:
        for pid in [*self.running.processes(), *driver()]:
            self.taken[pid] = max(self.taken.get(pid, 0.0), seconds(pid))
        return sum(self.taken.values())


def driver() -> list[int]:
    """This process and the Java process that it drives."""
    children = subprocess.run(["pgrep", "-P", str(os.getpid()), "java"], capture_output=True, text=True).stdout.split()
    return [os.getpid(), *map(int, children)]


def shuffled(log: Path) -> dict[str, int]:
    """The bytes that stages wrote for others, by the events of Spark's log."""
    written: dict[str, int] = {}
    for file in sorted(path for path in log.rglob("*") if path.is_file()):
        for line in file.read_text(errors="replace").splitlines():
            if '"SparkListenerTaskEnd"' in line:
                metrics = json.loads(line).get("Task Metrics") or {}
                for name in ("Shuffle Bytes Written", "Shuffle Records Written"):
                    value = metrics.get("Shuffle Write Metrics", {}).get(name, 0)
                    written[name] = written.get(name, 0) + value
    return written


def single(pile: Path, stage: str, out: Path) -> float:
    """Runs a stage of the command on one thread and gives its processor time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(out, "wb") as file:
        subprocess.run(["wirecopy", "run", stage, str(pile)], stdout=file, check=True,
                       env={**os.environ, "RAYON_NUM_THREADS": "1"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def plain(value):
    """A row without nulls, so that rows of tables compare with rows of JSON."""
    if isinstance(value, dict):
        return {name: plain(field) for name, field in value.items() if field is not None}
    return [plain(one) for one in value] if isinstance(value, list) else value


def _where(batches):
    """Which Python an executor runs, and where it has the module from."""
    import pyarrow
    import wirecopy

    for _ in batches:
        yield pyarrow.RecordBatch.from_pydict({"python": [sys.executable], "module": [wirecopy.__file__]})


def compare(out: Path, folder: Path) -> bool:
    lines = lambda name: map(json.loads, open(folder / f"{name}.jsonl"))  # noqa: E731
    same = True
    for name, key in [("copies", lambda row: (row["a"], row["b"])), ("lineage", lambda row: tuple(row["family"]))]:
        here = {key(row): plain(row) for row in lines(name)}
        there = {key(row): plain(row) for row in pq.read_table(out / name).to_pylist()}
        differ = [at for at in here.keys() & there.keys() if here[at] != there[at]]
        print(f"{name}: {len(here):,} rows on one machine, {len(there):,} on Spark, {len(here.keys() - there.keys()):,} only "
              f"here, {len(there.keys() - here.keys()):,} only there, {len(differ):,} different")
        for at in [*differ[:2]]:
            print("  ", here[at], "\n  ", there[at])
        same = same and here == there
    return same


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pile", type=Path)
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--single", action="store_true")
    parser.add_argument("--against", type=Path)
    parser.add_argument("--also", default="")
    parser.add_argument("--no-copies", action="store_true")
    parser.add_argument("--parts", type=int, default=16)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--archive", type=Path)
    args = parser.parse_args()
    also = tuple(name for name in args.also.split(",") if name)
    folder = Path(tempfile.mkdtemp(prefix="spark-parity-", dir=os.environ.get("TMPDIR")))
    (folder / "events").mkdir()
    settings = {
        "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.executor.memory": "1500m",
        "spark.sql.shuffle.partitions": "16", "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false",
        "spark.eventLog.enabled": "true", "spark.eventLog.dir": str(folder / "events"),
        "spark.eventLog.compress": "false",
    }
    if args.archive:
        settings["spark.archives"] = f"{args.archive.resolve()}#env"
        os.environ["PYSPARK_PYTHON"] = "./env/bin/python"
    out = folder / "out"
    with cluster(folder / "logs", memory="2500m", workers=args.workers) as running:
        spark = session(running.master, settings)
        spark.sparkContext.setLogLevel("ERROR")
        pythons = spark.range(10).mapInArrow(_where, "python string, module string").distinct().collect()
        print("executors run", *(f"{row.python} with {row.module}" for row in pythons), sep="\n  ")
        meter = Meter(running)
        began, last = time.monotonic(), [meter.look(), time.monotonic()]
        print(f"start and first Python task: {last[0]:.1f} s of processor")

        class Steps(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                now = meter.look()
                print(f"{record.getMessage():<24} {now - last[0]:8.1f} s of processor {time.monotonic() - last[1]:8.1f} s", flush=True)
                last[:] = [now, time.monotonic()]

        log = logging.getLogger("wirecopy.spark")
        log.setLevel(logging.INFO)
        log.addHandler(Steps())
        if args.kill:
            def kill() -> None:
                while not (out / "_steps" / "candidates" / "_SUCCESS").exists():
                    time.sleep(0.2)
                time.sleep(6)
                print("killed an executor:", running.kill_an_executor(), flush=True)
            threading.Thread(target=kill, daemon=True).start()
        found = run(spark, [str(args.pile)], str(out), Options(also=also, parts=args.parts, copies=not args.no_copies))
        print(f"all: {meter.look():.1f} s of processor, {time.monotonic() - began:.1f} s; rows: {found}")
        meter.ended.set()
        spark.stop()
    print("shuffled:", shuffled(folder / "events"))
    if args.single:
        for stage in [*also, *([] if args.no_copies else ["extract", "copies", "lineage"])]:
            taken = single(args.pile, stage, folder / f"{stage}.jsonl")
            print(f"wirecopy run {stage:<10} {taken:8.1f} s of processor", flush=True)
    if args.no_copies or not (args.single or args.against):
        return 0
    same = compare(out, args.against or folder)
    print("the same" if same else "NOT THE SAME")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
