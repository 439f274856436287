"""The picture of an argument map: boxes that link to entries, and the lines between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..output.html import Html, join, make
from ..sources.source import Source
from .argument_map import ArgumentMap, EdgeKind
from .entries import Entry
from .line_breaking import Line
from .placement import arrange
from .routing import WIDTH, Point, Way, Wire, plan
from .svg import LINE, PAD, box, height, labels, leads, number, svg, text

HEADROOM = 8.0
"""Pixels round the title of a column."""


def map_picture(
    map_: ArgumentMap, entries: Mapping[str, Entry], prefix: str, sources: Mapping[str, Source]
) -> Html:
    """Return the picture of *map_*; a box links to the id of its entry, which has *prefix*."""
    grid = arrange(map_)
    inner = WIDTH - 2 * PAD
    lead = {id_: leads(node.statement.lead, inner) for id_, node in map_.nodes.items()}
    label = {id_: labels(entry, inner) for id_, entry in entries.items()}
    heights = {id_: height(lead[id_], label[id_]) for id_ in entries}
    titles = {
        id_: leads(column.title, WIDTH * max(1, grid.columns.count(id_)))
        for id_, column in map_.columns.items()
    }
    top = HEADROOM + LINE * max((len(lines) for lines in titles.values()), default=0)
    drawn = plan(grid, map_.edges, heights, top)
    order = list(map_.columns)
    boxes = [
        box(
            (drawn.boxes[id_].left, drawn.boxes[id_].top, WIDTH, drawn.boxes[id_].height),
            lead[id_],
            label[id_],
            node_attributes(map_, id_, prefix),
            sources,
        )
        for id_ in map_.nodes
    ]
    heads: list[Html] = []
    for id_ in order:
        ranks = [r for r, column in zip(drawn.ranks, grid.columns, strict=True) if column == id_]
        heads += _head((ranks[0][0], ranks[-1][1], top), titles[id_], sources)
    wires = make("g", {"aria-hidden": "true"}, *(_wire(map_, wire) for wire in drawn.wires))
    caption = f"{prefix}--caption"
    return svg("map-picture", drawn.width, drawn.height, caption, *heads, wires, *boxes)


def _head(
    place: tuple[float, float, float], title: Sequence[Line], sources: Mapping[str, Source]
) -> Iterator[Html]:
    """Yield the title of a column at *place*: left, right and height."""
    left, right, high = place
    frame = {
        "class": "map-column",
        "x": number(left),
        "y": "0",
        "width": number(right - left),
        "height": number(high),
        "rx": "4",
    }
    yield make("rect", frame)
    yield text(title, left + 4, HEADROOM + 8, "picture-lead", sources)


def node_attributes(map_: ArgumentMap, id_: str, prefix: str) -> dict[str, str]:
    """Return the attributes of a node's box; the filter reads what the entry's has, too."""
    thesis = " map-thesis" if map_.nodes[id_].thesis else ""
    return {
        "class": f"map-statement map-node{thesis}",
        "href": f"#{prefix}-{id_}",
        "data-node": id_,
        **filtered(map_, id_),
    }


def filtered(map_: ArgumentMap, id_: str) -> dict[str, str]:
    """Return by what a filter chooses a node: the number of its column, the kinds of its edges."""
    kinds = dict.fromkeys(
        f"{edge.kind}-{drawer(by_editor=edge.by_editor)}"
        for edge in map_.edges
        if id_ in {edge.start, edge.end}
    )
    return {"data-column": str(column_number(map_, id_)), "data-edges": " ".join(kinds)}


def column_number(map_: ArgumentMap, id_: str) -> int:
    """Return the number of a node's column, from 1."""
    return list(map_.columns).index(map_.nodes[id_].column) + 1


def drawer(*, by_editor: bool) -> str:
    """Return who draws an edge, as classes and attributes name it."""
    return "editor" if by_editor else "source"


def _wire(map_: ArgumentMap, wire: Wire) -> Html:
    """Return what one net draws: its lines, broad first, then what makes some of them double."""
    edge = wire.edges[0]
    numbers = {column_number(map_, id_) for e in wire.edges for id_ in (e.start, e.end)}
    kind, by = edge.kind, drawer(by_editor=edge.by_editor)
    attributes = {
        "class": f"map-edge map-wire map-{kind} map-by-{by}",
        "data-columns": " ".join(map(str, sorted(numbers))),
    }
    parts = [_path("map-halo", line) for line in wire.lines]
    parts += [_path("map-line", line) for line in wire.lines]
    if edge.by_editor:
        parts += [_path("map-core", line) for line in wire.lines]
    for x, y in wire.dots:
        dot = {"class": "map-dot", "cx": number(x), "cy": number(y), "r": "2.5"}
        parts.append(make("circle", dot))
    parts += [head(kind, line.points[-1], line.head) for line in wire.lines if line.head]
    return make("g", attributes, *parts)


def _path(name: str, line: Way) -> Html:
    # A line ends where its head begins.
    *rest, (x, y) = line.points
    points = [*rest, (x - 7 * line.head, y)]
    attributes = {"class": name, "d": _way(points)}
    if line.edge is not None and name == "map-line":
        attributes |= {"data-from": line.edge.start, "data-to": line.edge.end}
    return make("path", attributes)


def _way(points: list[Point]) -> str:
    first, *others = points
    steps = [f"M{number(first[0])} {number(first[1])}"]
    before = first
    for x, y in others:
        steps.append(f"V{number(y)}" if x == before[0] else f"H{number(x)}")
        before = (x, y)
    return "".join(steps)


def head(kind: EdgeKind, tip: Point, direction: int) -> Html:
    """Return the sign of *kind* whose tip is at *tip*, for a line that runs in *direction*."""
    x, y = number(tip[0]), number(tip[1])
    back = number(-9 * direction)
    half, whole = number(-4.5 * direction), number(-9 * direction)
    shapes: dict[EdgeKind, str] = {
        "supports": f"M{x} {y}l{back} -4.5v9z",
        "attacks": f"M{number(tip[0] - direction)} {number(tip[1] - 4)}l{number(-8 * direction)} 8"
        f"m0 -8l{number(8 * direction)} 8",
        "answers": f"M{x} {y}l{back} -4.5v9z",
        "qualifies": f"M{x} {y}l{half} -4.5l{half} 4.5l{number(4.5 * direction)} 4.5z",
        "concedes": f"M{x} {number(tip[1] - 4)}h{whole}v8h{number(9 * direction)}z",
    }
    return make("path", {"class": f"map-head map-head-{kind}", "d": shapes[kind]})


def sample(kind: EdgeKind | None, *, by_editor: bool = False) -> Html:
    """Return a short line as the picture draws it, for a legend; without *kind* no head."""
    straight = {"class": "map-line", "d": "M1 7H30" if kind else "M1 7H38"}
    parts = [make("path", straight)]
    if by_editor:
        parts.append(make("path", {**straight, "class": "map-core"}))
    if kind:
        parts.append(head(kind, (38, 7), 1))
    name = f"map-sample map-{kind or 'any'} map-by-{drawer(by_editor=by_editor)}"
    return _glyph(name, 40, parts)


def sign(kind: EdgeKind) -> Html:
    """Return the head of *kind* alone, for a list."""
    return _glyph(f"map-sign map-{kind}", 14, [head(kind, (12, 7), 1)])


def _glyph(name: str, wide: int, parts: list[Html]) -> Html:
    attributes = {
        "xmlns": "http://www.w3.org/2000/svg",
        "class": name,
        "viewBox": f"0 0 {wide} 14",
        "width": str(wide),
        "height": "14",
        "aria-hidden": "true",
    }
    return make("svg", attributes, join(parts))
