"""Argument maps: what several texts say, and which statement bears on which, read strictly."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from ..datafiles.form import Choice, Flag, Form, Items, Text
from ..datafiles.reader import Reader
from ..datafiles.strict_yaml import Node
from ..problem import Problem, did_you_mean, near_name
from ..sources.record_form import KEY
from .statements import (
    DATA,
    ID,
    MISFIT,
    NOTE,
    STATEMENT,
    Said,
    Statement,
    chosen,
    cited_keys,
    read_data,
    said,
    slug,
    statement,
    taken,
    title,
)

EdgeKind = Literal["supports", "attacks", "answers", "qualifies", "concedes"]
KINDS: tuple[EdgeKind, ...] = get_args(EdgeKind)
DRAWERS = ("source", "editor")
MOST_COLUMNS = 6
"""More texts than that nobody sets side by side; the filter of the style sheet has as many."""

COLUMN = Form(
    about="A text, with a column for what it says.",
    rules=DATA,
    fields={
        "id": replace(ID, such_as="one"),
        "title": Text("What stands over the column.", "Doe (2024)", required=True),
        "source": Text("The key of the source.", "doe-2024", required=True, pattern=KEY),
    },
)
NODE = Form(
    about="A statement in our own words, in the column of its text.",
    rules=DATA,
    fields={
        **STATEMENT,
        "who": Text("Who says it.", "Jane Doe", required=True),
        "column": replace(ID, about="The id of its column.", such_as="one"),
        "thesis": Flag("Whether it stands on top of its column.", such_as=True),
    },
)
EDGE = Form(
    about="That one statement bears on another.",
    rules=DATA,
    fields={
        "from": replace(ID, about="The id of the node that it begins at."),
        "to": replace(ID, about="The id of the node that it goes to."),
        "type": Choice("What the first does to the other.", "supports", KINDS, required=True),
        "drawn_by": Choice(
            "A source, where the text makes the link itself; the editor, where we do.",
            "editor",
            DRAWERS,
            required=True,
        ),
        "named_in": Text(
            "Where one text names the other, if one of two texts makes the link.",
            "Names it [@doe-2024, para. 4]",
        ),
        "note": NOTE,
    },
)
MAP = Form(
    about="An argument map: what texts say, and which statement bears on which.",
    rules=DATA,
    fields={
        "columns": Items(
            "The texts, from left to right.", COLUMN, required=True, most=MOST_COLUMNS
        ),
        "nodes": Items("The statements.", NODE, required=True),
        "edges": Items("What bears on what.", EDGE),
    },
)


@dataclass(frozen=True, slots=True)
class Column:
    """A text of the map: its *title*, and the *key* of the source."""

    id: str
    title: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MapNode:
    """A statement in the column of its text; a *thesis* stands on top."""

    statement: Statement
    column: str
    thesis: bool = False

    @property
    def id(self) -> str:
        """The id, which no other node of the map has."""
        return self.statement.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """That the node *start* bears on the node *end*; drawn by a text itself or by the editor."""

    start: str
    end: str
    kind: EdgeKind
    by_editor: bool
    named: Said | None = None
    """Where one text names the other: a citation."""
    note: Said | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgumentMap:
    """Columns, nodes and edges, each in the order of the file."""

    columns: dict[str, Column] = field(default_factory=dict)
    nodes: dict[str, MapNode] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)


def read_map(text: str, path: str, keys: Collection[str]) -> tuple[ArgumentMap, list[Problem]]:
    """Return the map in the file *path* with *text*, and what is wrong with it.

    *keys* are those of the site's sources. Raises ProblemError if the file is no YAML.
    """
    return _MapReader(path, keys).read(read_data(text, path))


class _MapReader:
    """Reads columns, nodes and edges, in this order: each rests on those before."""

    def __init__(self, path: str, keys: Collection[str]) -> None:
        self._path, self._keys = path, keys
        self._problems: list[Problem] = []
        self._map = ArgumentMap()

    def read(self, node: Node) -> tuple[ArgumentMap, list[Problem]]:
        top = self._reader(node, "the map", MAP)
        for item in top.items("columns"):
            self._column(item)
        if len(self._map.columns) > MOST_COLUMNS:
            top.wrong(node, f"more than {MOST_COLUMNS} columns; make two maps of it")
        for item in top.items("nodes"):
            self._node(item)
        for item in top.items("edges"):
            self._edge(item)
        top.finish()
        return self._map, self._problems

    def _reader(self, node: Node, name: str, form: Form) -> Reader:
        return Reader(node, self._path, name, self._problems, form)

    def _column(self, node: Node) -> None:
        reader = self._reader(node, "a column", COLUMN)
        id_, named = slug(reader, node), title(reader, "title")
        key = reader.text("source")
        reader.finish()
        if key is not None and key not in self._keys:
            hint = did_you_mean(near_name(key, self._keys))
            reader.wrong(reader.get("source") or node, f"no source {key!r}{hint}", rule=MISFIT)
        known = self._map.columns
        if id_ and named and key and not taken(reader, node, id_, known, "column"):
            known[id_] = Column(id_, named, key)

    def _node(self, node: Node) -> None:
        reader = self._reader(node, "a node", NODE)
        found = statement(reader, node, "who")
        column = chosen(reader, node, "column", self._map.columns, "column")
        thesis = reader.flag("thesis")
        reader.finish()
        if found is None or column is None:
            return
        known = self._map.nodes
        key = self._map.columns[column].key
        cited = cited_keys(found.citation)
        if key not in cited and all(other in self._keys for other in cited):
            message = f"the node stands in the column of {key!r} and does not cite it"
            reader.wrong(reader.get("citation") or node, message, rule=MISFIT)
        if thesis and any(n.thesis and n.column == column for n in known.values()):
            message = f"two theses in the column {column!r}; one stands on top"
            reader.wrong(reader.get("thesis") or node, message, rule=MISFIT)
        if not taken(reader, node, found.id, known, "node"):
            known[found.id] = MapNode(statement=found, column=column, thesis=thesis)

    def _edge(self, node: Node) -> None:
        reader = self._reader(node, "an edge", EDGE)
        start = chosen(reader, node, "from", self._map.nodes, "node")
        end = chosen(reader, node, "to", self._map.nodes, "node")
        kind = reader.choice("type")
        drawer = reader.choice("drawn_by")
        named = reader.get("named_in") if reader.text("named_in") is not None else None
        note = reader.get("note") if reader.text("note") is not None else None
        reader.finish()
        if start is None or end is None or kind is None or drawer is None:
            return
        edge = Edge(
            start=start,
            end=end,
            kind=next(k for k in KINDS if k == kind),
            by_editor=drawer == "editor",
            named=said(named) if named else None,
            note=said(note) if note else None,
        )
        if self._fits(edge, reader, node):
            self._map.edges.append(edge)

    def _fits(self, edge: Edge, reader: Reader, node: Node) -> bool:
        """Tell whether *edge* can be drawn, and enter what is wrong with it."""
        if edge.start == edge.end:
            reader.wrong(node, f"an edge from {edge.start!r} to itself", rule=MISFIT)
            return False
        ends = edge.start, edge.end, edge.kind
        if any((e.start, e.end, e.kind) == ends for e in self._map.edges):
            message = f"{edge.start!r} {edge.kind} {edge.end!r} is given twice"
            reader.wrong(node, message, rule=MISFIT)
            return False
        self._drawn(edge, reader, node)
        return True

    def _drawn(self, edge: Edge, reader: Reader, node: Node) -> None:
        """Enter it where nobody could tell by what right an edge is drawn."""
        keys = [self._map.columns[self._map.nodes[n].column].key for n in (edge.start, edge.end)]
        if keys[0] == keys[1]:
            if edge.by_editor and edge.note is None:
                message = "the editor's own reading of one text; say in 'note' what it rests on"
                reader.wrong(node, message, rule=DATA.incomplete)
        elif not edge.by_editor and edge.named is None:
            message = (
                f"an edge between {keys[0]!r} and {keys[1]!r} is drawn by the editor, unless "
                f"'named_in' cites where the one text names the other"
            )
            reader.wrong(reader.get("drawn_by") or node, message, rule="edge-unfounded")
        if edge.named is not None and (edge.by_editor or keys[0] == keys[1]):
            message = "'named_in' is for an edge between two texts that one of them draws"
            reader.wrong(reader.get("named_in") or node, message, rule=MISFIT)
        elif edge.named is not None and not set(cited_keys(edge.named.text)) & set(keys):
            message = "'named_in' must cite one of the two texts, as in '[@key, para. 4]'"
            reader.wrong(reader.get("named_in") or node, message, rule="edge-unfounded")
