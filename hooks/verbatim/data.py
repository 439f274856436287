"""Data: YAML read strictly, with the line of everything, so that a mistake has its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import yaml

from .problem import Problem, did_you_mean, near_name

DEEPEST = 12
"""Records are five deep; more is a mistake or an attack on a reader."""

NULLS = {"", "~", "null", "Null", "NULL"}
# Written as an escape, such as "\\e": YAML itself has none of them, and no page may show them.
UNSEEN = re.compile("[\0-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


Place = tuple[int, int]
"""Line and column, from 1."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it stands; scalars are strings, or None for an unquoted null."""

    value: str | list[Node] | dict[str, Node] | None
    line: int
    column: int
    keys: dict[str, Place] = field(default_factory=dict)
    """Where each key of a mapping stands."""
    end: Place = (1, 1)
    """Where a scalar ends."""


class Names(NamedTuple):
    """The rules of one kind of file: for what is wrong in it, and for what is missing."""

    invalid: str
    incomplete: str


RECORD = Names("record-invalid", "record-incomplete")


class DataError(Exception):
    """A file that cannot be read as data; carries the problem to show."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def parse_data(text: str, path: str) -> Node:
    """Return what the YAML *text* of the file *path* says, or raise DataError.

    Aliases, anchors, tags, duplicate keys, several documents and deep nesting are refused.
    """
    try:
        events = list(_shallow(yaml.parse(text, Loader=_Loader), path))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (1, 1) if mark is None else (mark.line + 1, mark.column + 1)
        what = re.sub(r"\s+", " ", f"{error.context or ''} {error.problem or ''}").strip()
        raise _error(path, line, column, f"not YAML: {what}") from error
    except yaml.YAMLError as error:
        what = re.sub(r"\s+", " ", str(error)).strip()
        raise _error(path, 1, 1, f"not YAML: {what}") from error
    documents = [event for event in events if isinstance(event, yaml.DocumentStartEvent)]
    if not documents:
        raise _error(path, 1, 1, "the file is empty")
    if len(documents) > 1:
        second = documents[1].start_mark
        assert second is not None, "every event of a file has a place"
        raise _error(path, second.line + 1, 1, "more than one document in the file")
    wanted = (yaml.NodeEvent, yaml.CollectionEndEvent)
    return _node(iter([event for event in events if isinstance(event, wanted)]), path)


def _shallow(events: Iterator[yaml.Event], path: str) -> Iterator[yaml.Event]:
    """Yield *events* while they are not too deep: a reader of thousands of levels takes minutes."""
    depth = 0
    for event in events:
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                mark = event.start_mark
                line, column = (1, 1) if mark is None else (mark.line + 1, mark.column + 1)
                raise _error(path, line, column, f"nested more than {DEEPEST} deep")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        yield event


def _error(path: str, line: int, column: int, message: str) -> DataError:
    return DataError(
        Problem(path=path, line=line, column=column, rule="record-invalid", message=message)
    )


def _node(events: Iterator[yaml.Event], path: str) -> Node:
    return _value(next(events), events, path)


def _value(event: yaml.Event, events: Iterator[yaml.Event], path: str) -> Node:
    mark = event.start_mark
    assert mark is not None, "every event of a file has a place"
    line, column = mark.line + 1, mark.column + 1
    _refuse(event, path, line, column)
    if isinstance(event, yaml.ScalarEvent):
        # Implicit is what is written without marks; libyaml gives no style for it.
        null = event.implicit[0] and event.value in NULLS
        stop = event.end_mark or mark
        end = (stop.line + 1, stop.column + 1)
        if match := UNSEEN.search(event.value):
            raise _error(path, line, column, f"U+{ord(match[0]):04X} in a text; take it out")
        return Node(None if null else event.value, line, column, end=end)
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Node] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(_value(event, events, path))
        return Node(items, line, column)
    values: dict[str, Node] = {}
    places: dict[str, Place] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        key = _value(event, events, path)
        if not isinstance(key.value, str):
            raise _error(path, key.line, key.column, "a key must be a word")
        if key.value in values:
            raise _error(
                path, key.line, key.column, f"duplicate key {key.value!r}; keep one of the two"
            )
        places[key.value] = (key.line, key.column)
        values[key.value] = _node(events, path)
    return Node(values, line, column, places)


def _refuse(event: yaml.Event, path: str, line: int, column: int) -> None:
    if isinstance(event, yaml.AliasEvent):
        raise _error(path, line, column, f"alias '*{event.anchor}'; write the value out")
    assert isinstance(event, yaml.NodeEvent)
    tag = getattr(event, "tag", None)
    if tag is not None:
        raise _error(path, line, column, f"tag {tag!r}; only plain values are read")
    if event.anchor is not None:
        raise _error(path, line, column, f"anchor '&{event.anchor}'; write the value out")


class Reader:
    """Takes fields out of a record's mapping one by one, and collects what is wrong with them."""

    def __init__(
        self, node: Node, path: str, name: str, problems: list[Problem], rules: Names = RECORD
    ) -> None:
        """Read *node*, called *name* in messages; problems of *rules* go into *problems*."""
        self._node, self._path, self._name, self._problems = node, path, name, problems
        self._rules = rules
        self._known: set[str] = set()
        if not isinstance(node.value, dict):
            self.wrong(node, f"{name} must be a mapping of fields")
        self._values = node.value if isinstance(node.value, dict) else {}

    def get(self, key: str, *, required: bool = False) -> Node | None:
        """Return the node of *key*, or None if it is absent or null."""
        self._known.add(key)
        node = self._values.get(key)
        if required and node is None and isinstance(self._node.value, dict):
            message = f"missing {key!r} in {self._name}"
            self.wrong(self._node, message, rule=self._rules.incomplete)
        return node if node is not None and node.value is not None else None

    def has(self, key: str) -> bool:
        """Tell whether *key* is there, even if null."""
        self._known.add(key)
        return key in self._values

    def text(self, key: str, *, required: bool = False) -> str | None:
        """Return a string that is not blank, or None."""
        node = self.get(key, required=required)
        if node is None:
            return None
        if isinstance(node.value, str) and node.value.strip():
            return node.value
        self.wrong(node, f"{key!r} must be text")
        return None

    def choice(self, key: str, choices: tuple[str, ...], *, required: bool = False) -> str | None:
        """Return one of *choices*, or None."""
        value = self.text(key, required=required)
        if value is None or value in choices:
            return value
        node = self._values[key]
        self.wrong(node, f"{key!r} cannot be {value!r}; choose one of {', '.join(choices)}")
        return None

    def flag(self, key: str) -> bool:
        """Return whether *key* is true; absent it is not."""
        return self.choice(key, ("true", "false")) == "true"

    def number(self, key: str, *, share: bool = False, required: bool = False) -> float | None:
        """Return a whole number from 1, or with *share* a number from 0 to 1; or None."""
        node = self.get(key, required=required)
        if node is None:
            return None
        form = r"0?\.\d{1,6}|[01](?:\.0{1,6})?" if share else r"[1-9]\d{0,11}"
        if isinstance(node.value, str) and re.fullmatch(form, node.value):
            return float(node.value)
        kind = "a number from 0 to 1" if share else "a whole number from 1"
        self.wrong(node, f"{key!r} must be {kind}")
        return None

    def span(self, key: str, *, required: bool = False) -> tuple[int, int] | None:
        """Return the numbers N and M of `N-M`, or N twice of `N`; or None."""
        node = self.get(key, required=required)
        if node is None:
            return None
        match = isinstance(node.value, str) and re.fullmatch(
            r"([1-9]\d{0,8})(?:\s?[-–]\s?([1-9]\d{0,8}))?", node.value
        )
        if match:
            first, last = int(match[1]), int(match[2] or match[1])
            if first <= last:
                return first, last
        self.wrong(node, f"{key!r} must be a number or a range such as 21-35")
        return None

    def items(self, key: str, *, required: bool = False) -> list[Node]:
        """Return the nodes of a list; none where it is absent."""
        node = self.get(key, required=required)
        if node is None:
            return []
        if isinstance(node.value, list):
            return node.value
        self.wrong(node, f"{key!r} must be a list")
        return []

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of strings; none where it is absent."""
        texts: list[str] = []
        for node in self.items(key):
            if isinstance(node.value, str) and node.value.strip():
                texts.append(node.value)
            else:
                self.wrong(node, f"{key!r} must be a list of texts")
        return tuple(texts)

    def mapping(self, key: str, *, required: bool = False) -> dict[str, Node]:
        """Return the fields of a mapping; none where it is absent."""
        node = self.get(key, required=required)
        if node is None:
            return {}
        if isinstance(node.value, dict):
            return node.value
        self.wrong(node, f"{key!r} must be a mapping of fields")
        return {}

    def wrong(self, node: Node, message: str, *, rule: str | None = None) -> None:
        """Enter a problem at *node*."""
        self._enter((node.line, node.column), message, rule or self._rules.invalid)

    def finish(self) -> None:
        """Enter a problem for each field that nothing asked for."""
        for key, place in self._node.keys.items():
            if key not in self._known:
                hint = did_you_mean(near_name(key, sorted(self._known)))
                known = hint or f"; known are {', '.join(sorted(self._known))}"
                message = f"unknown key {key!r} in {self._name}{known}"
                self._enter(place, message, self._rules.invalid)

    def _enter(self, place: Place, message: str, rule: str) -> None:
        line, column = place
        self._problems.append(
            Problem(path=self._path, line=line, column=column, rule=rule, message=message)
        )
