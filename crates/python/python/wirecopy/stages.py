"""The stages of the command as functions: articles in, rows out.

All take a list of articles (dictionaries) or an Arrow table with a column a field, of which ``id`` and one of ``text`` and ``html``
must be there. A table with the one column ``line`` is JSON Lines. What cannot be used (nulls, wrong types, a second article
with the same id, more than 64 MB) raises :class:`wirecopy.Rejected`, which names the articles; with a list given as
``rejects`` it is added to that list instead, as dictionaries of ``row``, ``id`` and ``why``, and the others go on.

>>> import wirecopy
>>> wirecopy.dates([{"id": "a", "text": "It rained on Friday."}, {"id": "b"}])
Traceback (most recent call last):
...
wirecopy.Rejected: row 1, article "b": neither `text` nor `html`
>>> rejects = []
>>> len(wirecopy.dates([{"id": "a", "text": "It rained on Friday."}, {"id": "b"}], rejects=rejects))
1
>>> rejects
[{'row': 1, 'id': 'b', 'why': 'neither `text` nor `html`'}]
"""

from __future__ import annotations

from typing import Any, Optional, overload

from . import _wirecopy
from ._types import ArrowTable, Rejects, Rows
from ._wirecopy import Table


@overload
def extract(articles: ArrowTable, *, rejects: Optional[Rejects] = ...) -> Table: ...
@overload
def extract(articles: Rows, *, rejects: Optional[Rejects] = ...) -> list[dict[str, Any]]: ...
def extract(articles: Any, *, rejects: Optional[Rejects] = None) -> Any:
    """Read the article on each page: its text, what of it is kept, title, byline, agency, date, and the kind of each line.

    What a site repeats over different stories is told from all pages that are given at once.

    >>> page = "<html><title>Dam breaks</title><p>The dam at Orrin broke before dawn on Friday, the mayor said.</p></html>"
    >>> row = wirecopy.extract([{"id": "a", "html": page}])[0]
    >>> row["text"][row["kept"][0][0]:][:19]
    'The dam at Orrin br'
    """
    return _wirecopy.extract(articles, rejects=rejects)


@overload
def annotate(articles: ArrowTable, *, rejects: Optional[Rejects] = ...) -> Table: ...
@overload
def annotate(articles: Rows, *, rejects: Optional[Rejects] = ...) -> list[dict[str, Any]]: ...
def annotate(articles: Any, *, rejects: Optional[Rejects] = None) -> Any:
    """Find sentences and tokens with lemma, tag, part of speech, head, dependency and entity (English).

    >>> sentence = wirecopy.annotate([{"id": "a", "text": "The mayor resigned."}])[0]["sentences"][0]
    >>> [token["pos"] for token in sentence["tokens"]]
    ['DET', 'NOUN', 'VERB', 'PUNCT']
    """
    return _wirecopy.annotate(articles, rejects=rejects)


@overload
def dates(articles: ArrowTable, *, rejects: Optional[Rejects] = ...) -> Table: ...
@overload
def dates(articles: Rows, *, rejects: Optional[Rejects] = ...) -> list[dict[str, Any]]: ...
def dates(articles: Any, *, rejects: Optional[Rejects] = None) -> Any:
    """Find the time expressions of each article with their values, and the date of the article itself.

    >>> article = {"id": "a", "text": "The dam broke two days ago.", "published": "2031-05-14"}
    >>> wirecopy.dates([article])[0]["timexes"][0]["value"]
    '2031-05-12'
    """
    return _wirecopy.dates(articles, rejects=rejects)


@overload
def claims(articles: ArrowTable, *, rules_only: bool = ..., text_only: bool = ..., rejects: Optional[Rejects] = ...) -> Table: ...
@overload
def claims(articles: Rows, *, rules_only: bool = ..., text_only: bool = ..., rejects: Optional[Rejects] = ...) -> list[dict[str, Any]]: ...
def claims(articles: Any, *, rules_only: bool = False, text_only: bool = False, rejects: Optional[Rejects] = None) -> Any:
    """Find who said what, according to whom.

    ``rules_only`` leaves out the trained model, ``text_only`` grammar as well: much faster, and less is found.

    >>> row = wirecopy.claims([{"id": "a", "text": "“The dam will hold,” Orla Venn said on Friday."}])[0]
    >>> [claim["chain"][-1]["speaker"] for claim in row["claims"]]
    ['Orla Venn']
    """
    return _wirecopy.claims(articles, rules_only=rules_only, text_only=text_only, rejects=rejects)


@overload
def copies(articles: ArrowTable, *, changes: bool = ..., rejects: Optional[Rejects] = ...) -> Table: ...
@overload
def copies(articles: Rows, *, changes: bool = ..., rejects: Optional[Rejects] = ...) -> list[dict[str, Any]]: ...
def copies(articles: Any, *, changes: bool = False, rejects: Optional[Rejects] = None) -> Any:
    """Find the related pairs: what they share, which was made from which, and on what evidence.

    With ``changes`` each edit between the two is listed with its kind.

    >>> text = "The dam at Orrin broke before dawn on Friday and 12 houses were lost, the mayor said."
    >>> pair = wirecopy.copies([{"id": "a", "text": text}, {"id": "b", "text": text.replace("12", "21")}], changes=True)[0]
    >>> [change["kind"] for change in pair["changes"]]
    ['number']
    """
    return _wirecopy.copies(articles, changes=changes, rejects=rejects)


@overload
def lineage(articles: ArrowTable, *, rejects: Optional[Rejects] = ...) -> Table: ...
@overload
def lineage(articles: Rows, *, rejects: Optional[Rejects] = ...) -> list[dict[str, Any]]: ...
def lineage(articles: Any, *, rejects: Optional[Rejects] = None) -> Any:
    """Find the families that copying ties, each with its tree of who was made from whom.

    >>> text = "The dam at Orrin broke before dawn on Friday and 12 houses were lost, the mayor said."
    >>> wirecopy.lineage([{"id": "a", "text": text}, {"id": "b", "text": text}, {"id": "c", "text": "Cheese is dear."}])[0]["family"]
    ['a', 'b']
    """
    return _wirecopy.lineage(articles, rejects=rejects)


@overload
def stories(articles: ArrowTable, *, batch: bool = ..., rejects: Optional[Rejects] = ...) -> Table: ...
@overload
def stories(articles: Rows, *, batch: bool = ..., rejects: Optional[Rejects] = ...) -> list[dict[str, Any]]: ...
def stories(articles: Any, *, batch: bool = False, rejects: Optional[Rejects] = None) -> Any:
    """Say which story each article belongs to. The articles are seen in their order, without looking ahead unless ``batch``.

    >>> text = "The dam at Orrin broke before dawn on Friday and 12 houses were lost, the mayor said."
    >>> wirecopy.stories([{"id": "a", "text": text}, {"id": "b", "text": text}])
    [{'id': 'a', 'story': 'a'}, {'id': 'b', 'story': 'a'}]
    """
    return _wirecopy.stories(articles, batch=batch, rejects=rejects)


@overload
def disputes(articles: ArrowTable, *, rejects: Optional[Rejects] = ...) -> Table: ...
@overload
def disputes(articles: Rows, *, rejects: Optional[Rejects] = ...) -> list[dict[str, Any]]: ...
def disputes(articles: Any, *, rejects: Optional[Rejects] = None) -> Any:
    """Find where articles of one story disagree. Each needs a field ``story`` and is taken for an account of its own.

    >>> one = {"id": "a", "story": "dam", "text": "The flood at Orrin killed 12 people on Friday, the police said."}
    >>> other = {"id": "b", "story": "dam", "text": "The flood at Orrin killed 31 people on Friday, the police said."}
    >>> [(row["slot"], [reading["value"] for reading in row["readings"]]) for row in wirecopy.disputes([one, other])]
    [('number', ['12 people', '31 people'])]
    """
    return _wirecopy.disputes(articles, rejects=rejects)
