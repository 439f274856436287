"""Maps: the list of an argument map against itself and against its picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from .entries import (
    Entry,
    drawn_entries,
    heading,
    listed_entries,
    titles_drawn,
    wrong_entries,
)
from .page import FinishedPage, seen

SAYS = {
    "supports": ("supports", "is supported by"),
    "attacks": ("attacks", "is attacked by"),
    "answers": ("answers", "is answered by"),
    "qualifies": ("qualifies", "is qualified by"),
    "concedes": ("concedes something as to", "something as to it is conceded by"),
}
"""What is said of a relation at the statement where it begins, and where it ends."""


class Edge(NamedTuple):
    """That one statement bears on another, and who draws that line."""

    start: str
    end: str
    kind: str
    by: str


def check_maps(page: FinishedPage) -> None:
    """Enter on *page* what is wrong in its argument maps."""
    for board in page.css(".map"):
        if board.css_first(".map-entries") is not None:
            for message in _Map(board, page).wrong():
                page.wrong("proof-listing", message, board)


class _Map:
    """One map: list and picture."""

    def __init__(self, board: LexborNode, page: FinishedPage) -> None:
        self._board, self._prefix = board, board.id or ""
        self._parts = board.css("section.map-part")
        self._listed: list[Entry] = []
        self._column: dict[str, str] = {}
        for number, part in enumerate(self._parts, 1):
            entries = listed_entries(part.css("li.map-entry"), self._prefix, page)
            self._listed += entries
            self._column |= dict.fromkeys((entry.id for entry in entries), str(number))
        self._by_id = {entry.id: entry for entry in self._listed}
        self._edges = self._all()

    def wrong(self) -> Iterator[str]:
        """Yield what is wrong."""
        yield from self._columns()
        for entry in self._listed:
            yield from self._marks(entry.node, entry.id)
            for item in entry.node.css("li.map-edge"):
                yield from self._relation(entry.id, item)
        yield from self._both_ends()
        yield from _one_sign(self._board)
        picture = self._board.css_first("svg.map-picture")
        if picture is None:
            yield "no picture of the map"
            return
        yield from self._picture(picture)

    def _columns(self) -> Iterator[str]:
        titles = [heading(part) for part in self._parts]
        numbers = [part.attributes.get("data-column") for part in self._parts]
        if numbers != [str(turn) for turn in range(1, len(numbers) + 1)]:
            yield f"columns are numbered {numbers}"
        chosen = [
            seen(label)
            for label in self._board.css(".map-filter label")
            if (field := label.css_first("input")) is not None
            and (field.attributes.get("value") or "").startswith("column-")
        ]
        if chosen != titles:
            yield f"the choices name the columns {chosen}, the list {titles}"

    def _all(self) -> dict[str, list[Edge]]:
        """Return the relations that each entry tells."""
        return {
            entry.id: [_edge(item) for item in entry.node.css("li.map-edge")]
            for entry in self._listed
        }

    def _marks(self, node: LexborNode, id_: str) -> Iterator[str]:
        """Yield where the attributes by which a filter chooses are not what the list says."""
        kinds = {f"{edge.kind}-{edge.by}" for edge in self._edges.get(id_, ())}
        shown = (node.attributes.get("data-edges") or "").split()
        if sorted(shown) != sorted(kinds):
            yield f"{id_!r} is marked as {shown}, its relations are {sorted(kinds)}"
        if node.attributes.get("data-column") != self._column.get(id_):
            yield f"{id_!r} is marked as of column {node.attributes.get('data-column')}"

    def _relation(self, id_: str, item: LexborNode) -> Iterator[str]:
        edge = _edge(item)
        if id_ not in {edge.start, edge.end} or edge.kind not in SAYS:
            yield f"a relation of {id_!r} from {edge.start!r} to {edge.end!r}, {edge.kind!r}"
            return
        is_start = edge.start == id_
        other = self._by_id.get(edge.end if is_start else edge.start)
        line = item.css_first("p")
        link = line.css_first("a") if line is not None else None
        if other is None or line is None or link is None:
            yield f"a relation of {id_!r} to no entry"
            return
        across = self._column[edge.start] != self._column[edge.end]
        origin = {
            ("editor", True): " (set side by side by us)",
            ("editor", False): " (our reading)",
            ("source", True): " (drawn by the text itself)",
        }.get((edge.by, across), "")
        wanted = f"{SAYS[edge.kind][not is_start]}: {other.lead}, {other.label}{origin}"
        if "".join(seen(line).split()) != "".join(wanted.split()):
            yield f"a relation of {id_!r} says '{seen(line)[:80]}', not '{wanted[:80]}'"
        if link.attributes.get("href") != other.href:
            yield f"a relation of {id_!r} leads to {link.attributes.get('href')!r}"
        for sign in line.css("svg"):
            if f"map-{edge.kind}" not in (sign.attributes.get("class") or "").split():
                yield f"a relation of {id_!r} has the sign of another kind"

    def _both_ends(self) -> Iterator[str]:
        """Yield each relation that is not told once where it begins and once where it ends."""
        told = Counter(edge for edges in self._edges.values() for edge in edges)
        for edge, count in told.items():
            if count != 2 or self._edges.get(edge.start, []).count(edge) != 1:
                yield f"{edge.start!r} {edge.kind} {edge.end!r} is not told once at either end"

    def _picture(self, picture: LexborNode) -> Iterator[str]:
        drawn = drawn_entries(picture, "a.map-node", "data-node")
        yield from wrong_entries(self._listed, drawn)
        for box in drawn:
            yield from self._marks(box.node, box.id)
        titles = [heading(part) for part in self._parts]
        if ["".join(t.split()) for t in titles_drawn(picture)] != [
            "".join(title.split()) for title in titles
        ]:
            yield f"the picture has the columns {titles_drawn(picture)}, the list {titles}"
        yield from self._wires(picture)

    def _wires(self, picture: LexborNode) -> Iterator[str]:
        """Yield where the lines of the picture are not the relations of the list."""
        known = {edge for edges in self._edges.values() for edge in edges}
        nets: list[tuple[str, str]] = []
        drawn: Counter[Edge] = Counter()
        for wire in picture.css("g.map-wire"):
            kind, by = _kind(wire)
            nets.append((kind, by))
            edges = [
                Edge(
                    line.attributes.get("data-from") or "",
                    line.attributes.get("data-to") or "",
                    kind,
                    by,
                )
                for line in wire.css("path.map-line[data-from]")
            ]
            drawn.update(edges)
            yield from self._wire(wire, kind, by, edges)
        for edge in drawn:
            if edge not in known or drawn[edge] > 1:
                yield f"the picture draws {edge.start!r} {edge.kind} {edge.end!r}; the list not so"
        for edge in known - set(drawn):
            yield f"the picture does not draw {edge.start!r} {edge.kind} {edge.end!r}, by {edge.by}"

    def _wire(self, wire: LexborNode, kind: str, by: str, edges: Sequence[Edge]) -> Iterator[str]:
        numbers = {self._column.get(end, "") for edge in edges for end in (edge.start, edge.end)}
        shown = (wire.attributes.get("data-columns") or "").split()
        if edges and sorted(shown) != sorted(numbers):
            yield f"a line between columns {sorted(numbers)} is marked as of {shown}"
        if bool(wire.css("path.map-core")) != (by == "editor"):
            yield f"a line drawn by {by!r} looks like one of another"
        heads = {head.attributes.get("class") for head in wire.css("path.map-head")}
        if heads != {f"map-head map-head-{kind}"}:
            yield f"a line of the kind {kind!r} has the heads {sorted(map(str, heads))}"


def _edge(item: LexborNode) -> Edge:
    attributes = item.attributes
    kind, by = _kind(item)
    return Edge(attributes.get("data-from") or "", attributes.get("data-to") or "", kind, by)


def _kind(node: LexborNode) -> tuple[str, str]:
    """Return kind and drawer of a relation, as the classes of its element name them."""
    classes = (node.attributes.get("class") or "").split()
    kinds = [name.removeprefix("map-") for name in classes if name.removeprefix("map-") in SAYS]
    drawers = [name.removeprefix("map-by-") for name in classes if name.startswith("map-by-")]
    return " ".join(kinds), " ".join(drawers)


def _one_sign(board: LexborNode) -> Iterator[str]:
    """Yield each sign in the list that looks otherwise than most of its kind."""
    ways: dict[str, Counter[str]] = {}
    for sign in board.css(".map-relations svg.map-sign"):
        heads = [head.attributes for head in sign.css("path.map-head")]
        names = [head.get("class") or "" for head in heads]
        kind = _kind(sign)[0]
        if names != [f"map-head map-head-{kind}"]:
            yield f"a sign of the kind {kind!r} with the head {names}"
        for head in heads:
            ways.setdefault(kind, Counter())[head.get("d") or ""] += 1
    for kind, counted in ways.items():
        if len(counted) > 1:
            yield f"signs of the kind {kind!r} look {len(counted)} ways"
