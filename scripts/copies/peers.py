"""Candidate pairs by three MinHash tools, each at its usual setting and at the one that is best on versions of
encyclopaedia articles: `peers.py ARTICLES.jsonl`. One thread; processor time from texts in memory to pairs."""

import importlib.util
import json
import os
import re
import sys
import time

os.environ.update(OMP_NUM_THREADS="1", RAYON_NUM_THREADS="1")


def grams(text, n):
    words = re.findall(r"\w+(?:'\w+)?", text.lower().replace("\u2019", "'"))
    return {" ".join(gram) for gram in zip(*[words[at:] for at in range(n)])}


def datasketch(texts, n, threshold, least):
    from datasketch import MinHash, MinHashLSH

    index, sketches, pairs = MinHashLSH(threshold=threshold, num_perm=128), [], 0
    for number, text in enumerate(texts):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([gram.encode() for gram in grams(text, n)])
        pairs += sum(1 for other in index.query(sketch) if sketch.jaccard(sketches[other]) >= least)
        index.insert(number, sketch)
        sketches.append(sketch)
    return pairs


def rensa(texts, n, threshold, bands):
    from rensa import RMinHash, RMinHashLSH

    index, sketches = RMinHashLSH(threshold=threshold, num_perm=128, num_bands=bands), []
    for number, text in enumerate(texts):
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update(list(grams(text, n)))
        index.insert(number, sketch)
        sketches.append(sketch)
    found = ((at, other) for at, sketch in enumerate(sketches) for other in index.query(sketch) if at < other)
    return sum(1 for at, other in found if sketches[at].jaccard(sketches[other]) >= threshold)


def gaoya(texts, n, threshold, bands, rows):
    from gaoya.minhash import MinHashStringIndex

    index = MinHashStringIndex(
        hash_size=32, jaccard_threshold=threshold, num_bands=bands, band_size=rows, num_hashes=bands * rows,
        analyzer="word", lowercase=True, ngram_range=(n, n),
    )
    pairs = 0
    for number, text in enumerate(texts):
        pairs += len(index.query(text))
        index.insert_document(number, text)
    return pairs


RUNS = [
    ("datasketch", "usual", lambda texts: datasketch(texts, 5, 0.5, 0)),
    ("datasketch", "best", lambda texts: datasketch(texts, 5, 0.03, 0.03)),
    ("rensa", "usual", lambda texts: rensa(texts, 5, 0.5, 32)),
    ("rensa", "best", lambda texts: rensa(texts, 5, 0.03, 128)),
    ("gaoya", "usual", lambda texts: gaoya(texts, 5, 0.5, 42, 3)),
    ("gaoya", "best", lambda texts: gaoya(texts, 3, 0.05, 128, 1)),
]


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    for tool, setting, run in RUNS:
        if importlib.util.find_spec(tool) is None:
            print(f"SKIPPED: {tool} is not installed")
            continue
        start = time.process_time()
        pairs = run(texts)
        seconds = time.process_time() - start
        print(f"{tool}, {setting}: {pairs} pairs, {len(texts) / seconds:.0f} articles/s", flush=True)


if __name__ == "__main__":
    main()
