"""Strict YAML: data with the place of every value, so that a mistake can be shown there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from ..problem import Problem, ProblemError

DEEPEST = 12
"""Records are five deep; more is a mistake or an attack on a reader."""

MOST_CHARACTERS = 2_000_000
"""Characters of a file; ten times as many take a minute and most of a machine's memory."""

CONFLICT = re.compile(r"^(?:<{7}|>{7}) .*$", re.MULTILINE)
"""The lines between which Git puts two versions of the same lines."""

NULLS = {"", "~", "null", "Null", "NULL"}
# Written as an escape, such as "\\e": YAML itself has none of them, and no page may show them.
CONTROLS = re.compile("[\0-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


Place = tuple[int, int]
"""Line and column, from 1."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its place; scalars are strings, or None for an unquoted null."""

    value: str | list[Node] | dict[str, Node] | None
    line: int
    column: int
    keys: dict[str, Place] = field(default_factory=dict)
    """The place of each key of a mapping."""
    end: Place = (1, 1)
    """Where a scalar ends."""


def parse_data(text: str, path: str) -> Node:
    """Return what the YAML *text* of the file *path* says, or raise ProblemError.

    Aliases, anchors, tags, duplicate keys, several documents and deep nesting are refused.
    """
    if len(text) > MOST_CHARACTERS:
        message = f"{len(text):,} characters, of which a data file may have {MOST_CHARACTERS:,}"
        raise _error(path, 1, 1, message)
    _refuse_conflict(text, path)
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


def _refuse_conflict(text: str, path: str) -> None:
    """Raise ProblemError where Git has left two versions of the same lines."""
    if (match := CONFLICT.search(text)) and "\n=======" in text:
        line = text.count("\n", 0, match.start()) + 1
        message = (
            f"two versions from a merge, between '<<<<<<<' and '>>>>>>>' ({match[0][:40]!r}); "
            "keep one and take these lines out"
        )
        raise _error(path, line, 1, message)


def _shallow(events: Iterator[yaml.Event], path: str) -> Iterator[yaml.Event]:
    """Yield *events*; raise ProblemError if nested too deep: thousands of levels take minutes."""
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


def _error(path: str, line: int, column: int, message: str) -> ProblemError:
    return ProblemError(
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
        return _scalar(event, path, line, column)
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Node] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(_value(event, events, path))
        return Node(items, line, column)
    return _mapping(events, path, line, column)


def _scalar(event: yaml.ScalarEvent, path: str, line: int, column: int) -> Node:
    if match := CONTROLS.search(event.value):
        raise _error(path, line, column, f"U+{ord(match[0]):04X} in a text; take it out")
    # Implicit is what is written without marks; libyaml gives no style for it.
    null = event.implicit[0] and event.value in NULLS
    stop = event.end_mark or event.start_mark
    assert stop is not None, "every event of a file has a place"
    end = (stop.line + 1, stop.column + 1)
    return Node(None if null else event.value, line, column, end=end)


def _mapping(events: Iterator[yaml.Event], path: str, line: int, column: int) -> Node:
    values: dict[str, Node] = {}
    places: dict[str, Place] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        key = _value(event, events, path)
        if not isinstance(key.value, str):
            raise _error(path, key.line, key.column, "a key must be a word")
        if key.value in values:
            first, _ = places[key.value]
            message = f"duplicate key {key.value!r}, first on line {first}; keep one of the two"
            raise _error(path, key.line, key.column, message)
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
