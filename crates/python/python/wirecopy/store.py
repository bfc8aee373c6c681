"""Stores: one SQLite file that holds a pile and all that was found in it."""

from __future__ import annotations

from os import PathLike
from typing import Any, Sequence, Union

from . import _wirecopy
from ._wirecopy import Store


def build(
    *paths: Union[str, PathLike[str]],
    store: Union[str, PathLike[str]] = "wirecopy.db",
    references: Sequence[Union[str, PathLike[str]]] = (),
    rebuild: bool = False,
    claims: bool = True,
) -> dict[str, Any]:
    """Bring ``store`` up to date with the pages under ``paths``: what ``wirecopy build`` does. Run again, it does only what is new.

    Gives what the store holds then, and ``rejects``: the inputs that could not be used, each with the reason. Without
    ``claims`` it leaves out who said what, by far the slowest step. After an interrupt the next call goes on. ``references`` are files
    and folders of texts of which it is to be told who carried them (``carried`` of the store): statements, press releases.

    >>> import os, tempfile, wirecopy
    >>> folder = tempfile.mkdtemp()
    >>> text = "The dam at Orrin broke before dawn on Friday and the lower town was flooded, the mayor of Orrin said."
    >>> for name in ["herald.txt", "courier.txt"]:
    ...     with __builtins__["open"](os.path.join(folder, name), "w") as file:
    ...         _ = file.write(text)
    >>> report = wirecopy.build(folder, store=os.path.join(folder, "pile.db"))
    >>> report["articles"], report["copies"], report["rejects"]
    (2, 1, [])
    """
    return _wirecopy.build(*paths, store=store, references=list(references), rebuild=rebuild, claims=claims)


def open(store: Union[str, PathLike[str]] = "wirecopy.db") -> Store:
    """Open a store for reading.

    Each of its tables is a method: ``articles``, ``stories``, ``accounts``, ``copies``, ``lineage``, ``claims``, ``quotes``,
    ``carried``, ``dates``, ``timeline``, ``disputes``, ``developments``, ``rejects``. All but ``carried``, ``dates`` and ``rejects`` take the id of a
    story, or the beginning of one, to tell of that one only; ``carried`` takes the id of a text of the reference set. ``articles`` is without texts unless ``text=True``: these have to be unpacked.

    A table goes into any Arrow library without being copied: ``polars.DataFrame(store.articles())``,
    ``pyarrow.table(store.copies()).to_pandas()``; ``rows()`` gives dictionaries.

    >>> import os, tempfile, wirecopy
    >>> path = os.path.join(tempfile.mkdtemp(), "pile.db")
    >>> _ = wirecopy.build(store=path)
    >>> len(wirecopy.open(path).articles())
    0
    >>> wirecopy.open("no-such.db")
    Traceback (most recent call last):
    ...
    FileNotFoundError: ...

    :raises FileNotFoundError: there is none.
    :raises StoreFault: the file is something else, or damaged, or a newer version wrote it.
    """
    return _wirecopy.open(store)
