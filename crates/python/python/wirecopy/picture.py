"""A picture of who copied whom, as SVG: nothing but Python is needed for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

_WIDE, _HIGH, _ROW, _LEFT = 220, 64, 44, 24


def family_tree(family: Mapping[str, Any], *, title: str = "") -> str:
    """Draw a row of the table ``lineage`` as SVG: sources on the left, what was made from them on the right.

    An arrow is a direction that can be told, with its certainty; a dashed line ties two neighbours of which nobody can say
    which came first.

    >>> family = {"family": ["a", "b"], "edges": [{"from": "a", "to": "b", "direction": "from->to", "certainty": 0.98}]}
    >>> picture = wirecopy.family_tree(family)
    >>> picture.startswith("<svg"), "0.98" in picture
    (True, True)
    """
    places = _places(family)
    columns = max((column for column, _ in places.values()), default=0) + 1
    rows = max((row for _, row in places.values()), default=0) + 1
    width, height = _LEFT * 2 + columns * (_WIDE + _HIGH), _HIGH + rows * _ROW
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'font-family="sans-serif" font-size="13">',
        '<defs><marker id="made" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0 L8 4 L0 8 z" fill="#345"/></marker></defs>',
        f'<text x="{_LEFT}" y="24" font-weight="bold">{escape(title)}</text>',
    ]
    for edge in family["edges"]:
        parts += _edge(places[edge["from"]], places[edge["to"]], edge)
    for name, place in places.items():
        x, y = _corner(place)
        parts.append(f'<rect x="{x}" y="{y - 15}" width="{_WIDE}" height="30" rx="4" fill="#eef" stroke="#345"/>')
        parts.append(f'<text x="{x + 8}" y="{y + 5}"><title>{escape(name)}</title>{escape(_short(name))}</text>')
    return "\n".join([*parts, "</svg>"])


def _places(family: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """For each article its column, which is how far it is from a root, and its row."""
    names = [*family["family"], *family.get("latent", [])]
    neighbours: dict[str, list[str]] = {name: [] for name in names}
    made = set()
    for edge in family["edges"]:
        neighbours[edge["from"]].append(edge["to"])
        if edge["direction"] == "from->to":
            made.add(edge["to"])
        else:
            neighbours[edge["to"]].append(edge["from"])
    roots = [name for name in names if name not in made]
    places: dict[str, tuple[int, int]] = {}
    row = 0
    # Whatever no root leads to begins a tree of its own.
    for root in [*sorted(roots, key=lambda name: -len(neighbours[name])), *names]:
        stack = [(root, 0)]
        while stack:
            name, column = stack.pop()
            if name in places:
                continue
            places[name] = (column, row)
            row += 1
            stack += [(other, column + 1) for other in reversed(neighbours[name])]
    return places


def _corner(place: tuple[int, int]) -> tuple[int, int]:
    return _LEFT + place[0] * (_WIDE + _HIGH), _HIGH + place[1] * _ROW


def _edge(source: tuple[int, int], copy: tuple[int, int], edge: Mapping[str, Any]) -> Iterable[str]:
    told = edge["direction"] == "from->to"
    (x, y), (to_x, to_y) = _corner(source), _corner(copy)
    x += _WIDE
    style = 'marker-end="url(#made)"' if told else 'stroke-dasharray="4 4"'
    yield f'<path d="M{x} {y} C{x + 40} {y} {to_x - 40} {to_y} {to_x} {to_y}" fill="none" stroke="#345" {style}/>'
    if told:
        yield f'<text x="{to_x - 6}" y="{to_y - 5}" font-size="11" text-anchor="end">{edge["certainty"]:.2f}</text>'


def _short(name: str) -> str:
    return name if len(name) <= 28 else "…" + name[-27:]
