"""The map on a page: a filter, the picture, and a list that says the same in words."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from ..markdown.directives import Settle
from ..markdown.page_context import PageContext
from ..output.html import Html, make
from ..problem import ProblemError
from ..sources.source import Source
from .argument_map import KINDS, ArgumentMap, Edge, EdgeKind, MapNode, read_map
from .entries import DataFolder, DataPage, Entry, told
from .map_svg import drawer, filtered, map_picture, sample, sign
from .svg import figure

SAYS: dict[EdgeKind, tuple[str, str]] = {
    "supports": ("supports", "is supported by"),
    "attacks": ("attacks", "is attacked by"),
    "answers": ("answers", "is answered by"),
    "qualifies": ("qualifies", "is qualified by"),
    "concedes": ("concedes something as to", "something as to it is conceded by"),
}
"""What an edge says at its start, and at its end."""

DRAWN = {"source": "by the texts", "editor": "by us"}
CAPTION = (
    "Each box leads to its entry in the list below, which says the same in words. "
    "Lines that run together are of one kind and begin or end at one statement; "
    "a dot is where they part."
)


class MapBoard:
    """Puts argument maps on pages; their data stand in *folder*."""

    def __init__(self, folder: DataFolder) -> None:
        """Read nothing yet."""
        self._folder = folder

    def draw(self, name: str, context: PageContext, settle: Settle) -> etree.Element:
        """Return what stands for the directive with the data file *name*."""
        board = etree.Element("div", {"class": "map"})
        file = self._folder.open(name, context, board)
        if file is None:
            return board
        library = context.ledger.library
        try:
            # Of a broken source its own problem tells.
            known = [*library.records, *library.broken]
            map_, problems = read_map(file.text, file.path, known)
        except ProblemError as error:
            told([error.problem], context, board)
            return board
        told(problems, context, board)
        listed = _List(map_, file.prefix, DataPage(file.path, file.text, context, settle), context)
        top = etree.SubElement(board, "div", {"class": "map-top"})
        picture = context.later(
            partial(_picture, map_, listed.entries, file.prefix, library.sources)
        )
        top.text = context.finished.put(make("div", None, _filter(map_, file.prefix), picture))
        listed.into(board)
        return board


def _picture(
    map_: ArgumentMap,
    entries: Mapping[str, Entry],
    prefix: str,
    sources: Mapping[str, Source],
) -> Html:
    """Return the picture with its caption."""
    return figure(map_picture(map_, entries, prefix, sources), prefix, CAPTION)


def _filter(map_: ArgumentMap, prefix: str) -> Html:
    """Return the choices by which picture and list are filtered; they are the legend, too."""
    columns = [(f"column-{n}", c.title, "") for n, c in enumerate(map_.columns.values(), 1)]
    kinds = [(kind, kind, sample(kind)) for kind in KINDS]
    drawers = [(by, words, sample(None, by_editor=by == "editor")) for by, words in DRAWN.items()]
    return make(
        "div",
        {"class": "map-filter", "role": "group", "aria-label": "What is shown"},
        _choices("Text", f"{prefix}--column", columns),
        _choices("Relation", f"{prefix}--kind", kinds),
        _choices("Drawn", f"{prefix}--drawer", drawers),
        make("p", {"class": "map-status", "role": "status"}),
    )


def _choices(legend: str, name: str, choices: Sequence[tuple[str, str, str]]) -> Html:
    parts = []
    for value, words, glyph in [("all", "all", ""), *choices]:
        attributes = {"type": "radio", "name": name, "class": f"map-show-{value}", "value": value}
        if value == "all":
            attributes["checked"] = ""
        parts.append(make("label", None, make("input", attributes), glyph, f" {words}"))
    return make("fieldset", None, make("legend", None, legend), *parts)


class _List:
    """The list: under each text its statements, each with its edges in words."""

    def __init__(
        self, map_: ArgumentMap, prefix: str, data: DataPage, context: PageContext
    ) -> None:
        """Prove all that is said, in the order in which a reader will meet it."""
        self._map, self._prefix, self._context = map_, prefix, context
        self.entries: dict[str, Entry] = {}
        self._remarks: dict[Edge, list[etree.Element]] = {}
        for node in self._nodes():
            self.entries[node.id] = data.entry(node.statement, node.statement.lead)
            for edge in map_.edges:
                if edge.start == node.id:
                    self._remarks[edge] = list(_remarks(edge, data))
        # Most statements have several edges, each of which repeats their labels.
        sources = context.ledger.library.sources
        self._labels = {id_: entry.html(sources) for id_, entry in self.entries.items()}

    def _nodes(self) -> list[MapNode]:
        order = list(self._map.columns)
        return sorted(self._map.nodes.values(), key=lambda node: order.index(node.column))

    def into(self, board: etree.Element) -> None:
        """Put the list into *board*."""
        for number, (id_, column) in enumerate(self._map.columns.items(), 1):
            part = {"class": "map-part", "data-column": str(number)}
            section = etree.SubElement(board, "section", part)
            heading = etree.SubElement(section, "h2", {"id": f"{self._prefix}--{id_}"})
            heading.text = self._context.finished.sealed(column.title)
            entries = etree.SubElement(section, "ul", {"class": "map-entries"})
            for node in self._map.nodes.values():
                if node.column == id_:
                    entries.append(self._entry(node.id))

    def _entry(self, id_: str) -> etree.Element:
        item = etree.Element(
            "li",
            {
                "class": "map-statement map-entry",
                "id": f"{self._prefix}-{id_}",
                **filtered(self._map, id_),
            },
        )
        item.extend(self.entries[id_].blocks)
        relations = list(self._relations(id_))
        if relations:
            etree.SubElement(item, "ul", {"class": "map-relations"}).extend(relations)
        return item

    def _relations(self, id_: str) -> Iterator[etree.Element]:
        """Yield the edges of a node in words, those that begin there first."""
        for edge in self._map.edges:
            if edge.start == id_:
                yield self._relation(edge, edge.end, SAYS[edge.kind][0])
        for edge in self._map.edges:
            if edge.end == id_:
                yield self._relation(edge, edge.start, SAYS[edge.kind][1])

    def _relation(self, edge: Edge, other: str, says: str) -> etree.Element:
        by = drawer(by_editor=edge.by_editor)
        item = etree.Element(
            "li",
            {
                "class": f"map-edge map-relation map-{edge.kind} map-by-{by}",
                "data-from": edge.start,
                "data-to": edge.end,
            },
        )
        statement = self.entries[other].statement
        attributes = {"class": "reference", "href": f"#{self._prefix}-{other}"}
        link = make("a", attributes, self._labels[other])
        origin = self._origin(edge)
        parts = [sign(edge.kind), f" {says}: ", f"{statement.lead}, ", link, origin]
        # The same words as in the other's own entry: once is enough for a search.
        line = etree.SubElement(item, "p", {"data-search-exclude": ""})
        line.text = self._context.finished.put(make("span", None, *parts))
        # At its start alone: twice the same words would be once too many.
        if says == SAYS[edge.kind][0]:
            item.extend(self._remarks[edge])
        return item

    def _origin(self, edge: Edge) -> str:
        nodes = self._map.nodes
        across = nodes[edge.start].column != nodes[edge.end].column
        if edge.by_editor:
            return " (set side by side by us)" if across else " (our reading)"
        return " (drawn by the text itself)" if across else ""


def _remarks(edge: Edge, data: DataPage) -> Iterator[etree.Element]:
    """Yield what is said of *edge* beside its two ends."""
    if edge.named is not None:
        yield data.said(edge.named, "map-named")
    if edge.note is not None:
        name = "map-note editor" if edge.by_editor else "map-note"
        yield data.said(edge.note, name, editor=edge.by_editor)
