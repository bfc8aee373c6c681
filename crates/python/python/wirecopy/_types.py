"""The types of articles and rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, Union


class ArrowStream(Protocol):
    """A table of any Arrow library."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...


class ArrowArray(Protocol):
    """A record batch of any Arrow library."""

    def __arrow_c_array__(self, requested_schema: object = None) -> Any: ...


Rows = Iterable[Mapping[str, Any]]
ArrowTable = Union[ArrowStream, ArrowArray]
Rejects = list[dict[str, Any]]
