"""Who copied whom: the story behind a pile of news pages.

Every stage of the ``wirecopy`` command is a function here. It takes articles and gives rows, both as the formats of the
command have them (``docs/formats.md``): a list of dictionaries gives a list of dictionaries, an Arrow table of any library
(pyarrow, Polars, pandas, DuckDB) gives a :class:`Table` that any of them reads. Python's lock is released while a stage works.

>>> import wirecopy
>>> articles = [
...     {"id": "a", "text": "The dam at Orrin broke before dawn on Friday and the lower town was flooded, the mayor said."},
...     {"id": "b", "text": "Before dawn on Friday the dam at Orrin broke and the lower town was flooded, the mayor said."},
... ]
>>> [(row["a"], row["b"], row["relation"]) for row in wirecopy.copies(articles)]
[('a', 'b', 'near')]

A pile of pages on disk becomes a store with :func:`build`, and :func:`open` gives its tables.
"""

from __future__ import annotations

from ._wirecopy import Rejected, Store, StoreFault, Table, __version__
from .stages import annotate, claims, copies, dates, disputes, extract, lineage, stories
from .store import build, open
from .picture import family_tree

__all__ = [
    "Rejected",
    "Store",
    "StoreFault",
    "Table",
    "__version__",
    "annotate",
    "build",
    "claims",
    "copies",
    "dates",
    "disputes",
    "extract",
    "family_tree",
    "lineage",
    "open",
    "stories",
]
