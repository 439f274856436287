"""Timelines: events in lanes, by what tells their dates, read strictly."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from ..datafiles.form import Choice, Flag, Form, Items, Text, one_of
from ..datafiles.reader import Reader
from ..datafiles.strict_yaml import Node
from ..problem import Problem
from .dates import DATE, Moment, parse_moment
from .statements import (
    DATA,
    ID,
    MISFIT,
    STATEMENT,
    Statement,
    chosen,
    cited_keys,
    read_data,
    slug,
    statement,
    taken,
    title,
)

Dated = Literal["source", "undated", "editor"]
DATED: tuple[Dated, ...] = get_args(Dated)
MOST_LANES = 4
"""More do not fit side by side."""

ISO = re.sub(r"\?P<\w+>", "?:", DATE.pattern)
WHEN = re.compile(f"{ISO}(?:/{ISO})?")

LANE = Form(
    about="A lane of events, by what tells their dates.",
    rules=DATA,
    fields={
        "id": replace(ID, such_as="dated"),
        "title": Text("What stands over the lane.", "Dated by a text", required=True),
        "dated": Choice(
            "A source dates its events, nobody does, or the editor.", "source", DATED, required=True
        ),
        "label": Text(
            "What tells readers that dates are the editor's.",
            "Added by the editors; not in the sources.",
            needed_if=("dated", "editor"),
        ),
    },
)
EVENT = Form(
    about="What happened, in our own words.",
    rules=DATA,
    fields={
        **STATEMENT,
        "lane": replace(ID, about="The id of its lane.", such_as="dated"),
        "date": Text("When it was, as readers see it.", "5 July 2014", required=True),
        "when": Text(
            "The same for programs: a year, a month, a day, or from one to a later one.",
            "2014-07-05",
            pattern=WHEN,
            to_editors=one_of("string", "integer"),
        ),
        "computed": Flag("Whether the date follows from one that the text gives.", such_as=True),
    },
)
TIMELINE = Form(
    about="A timeline: events in lanes.",
    rules=DATA,
    fields={
        "lanes": Items("The lanes, from left to right.", LANE, required=True, most=MOST_LANES),
        "events": Items("The events.", EVENT, required=True),
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """Events whose dates stand in a source, in none, or are the editor's, under *label*."""

    id: str
    title: str
    dated: Dated
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened; *moment* is None where no source has a date, *computed* if worked out."""

    statement: Statement
    lane: str
    moment: Moment | None
    computed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Lanes and events, each in the order of the file."""

    lanes: dict[str, Lane] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)

    def of(self, lane: str) -> list[Event]:
        """Return the events of *lane*, by date, those without one as the file has them."""
        found = [event for event in self.events.values() if event.lane == lane]
        return sorted(found, key=lambda e: (e.moment.first, e.moment.last) if e.moment else ())


def read_timeline(
    text: str, path: str, references: Collection[str]
) -> tuple[Timeline, list[Problem]]:
    """Return the timeline in the file *path* with *text*, and what is wrong with it.

    *references* are the keys of records without a copy. Raises ProblemError if the file is no YAML.
    """
    return _TimelineReader(path, references).read(read_data(text, path))


class _TimelineReader:
    """Reads the lanes, then the events in them."""

    def __init__(self, path: str, references: Collection[str]) -> None:
        self._path, self._references = path, frozenset(references)
        self._problems: list[Problem] = []
        self._timeline = Timeline()

    def read(self, node: Node) -> tuple[Timeline, list[Problem]]:
        top = self._reader(node, "the timeline", TIMELINE)
        for item in top.items("lanes"):
            self._lane(item)
        if len(self._timeline.lanes) > MOST_LANES:
            top.wrong(node, f"more than {MOST_LANES} lanes; make two timelines of it")
        for item in top.items("events"):
            self._event(item)
        top.finish()
        return self._timeline, self._problems

    def _reader(self, node: Node, name: str, form: Form) -> Reader:
        return Reader(node, self._path, name, self._problems, form)

    def _lane(self, node: Node) -> None:
        reader = self._reader(node, "a lane", LANE)
        id_, named = slug(reader, node), title(reader, "title")
        dated = reader.choice("dated")
        label = title(reader, "label")
        reader.finish()
        known = self._timeline.lanes
        if id_ and named and dated and not taken(reader, node, id_, known, "lane"):
            by = next(d for d in DATED if d == dated)
            known[id_] = Lane(id=id_, title=named, dated=by, label=label)

    def _event(self, node: Node) -> None:
        reader = self._reader(node, "an event", EVENT)
        found = statement(reader, node, "date")
        lane = chosen(reader, node, "lane", self._timeline.lanes, "lane")
        computed = reader.flag("computed")
        moment = self._moment(reader, node)
        if lane is not None:
            self._fits(reader, node, self._timeline.lanes[lane], found)
        reader.finish()
        known = self._timeline.events
        if found is None or lane is None or taken(reader, node, found.id, known, "event"):
            return
        if moment is not None or self._timeline.lanes[lane].dated == "undated":
            known[found.id] = Event(statement=found, lane=lane, moment=moment, computed=computed)

    def _moment(self, reader: Reader, node: Node) -> Moment | None:
        """Return when the event was, and enter where that is no date or not the one shown."""
        when = reader.text("when")
        moment = None if when is None else parse_moment(when)
        if when is not None and moment is None:
            message = (
                f"'when' cannot be {when!r}; write 2014, 2014-07, 2014-07-05, "
                f"or from one to a later one, 2014-07/2016-07"
            )
            reader.wrong(reader.get("when") or node, message)
        shown = re.findall(r"(?<!\d)\d{4}(?!\d)", reader.text("date") or "")
        if moment is not None and not {f"{year:04}" for year in moment.years}.issubset(shown):
            years = " and ".join(map(str, moment.years))
            message = f"'date' does not name {years}, which 'when' has; make them agree"
            reader.wrong(reader.get("date") or node, message, rule=MISFIT)
        return moment

    def _fits(self, reader: Reader, node: Node, lane: Lane, found: Statement | None) -> None:
        """Enter where the event does not fit its lane."""
        has_date = reader.has("when")
        if lane.dated == "undated" and has_date:
            message = f"a date in the lane {lane.id!r}, which is for what no source dates"
            reader.wrong(reader.get("when") or node, message, rule=MISFIT)
        if lane.dated != "undated" and not has_date:
            reader.wrong(node, "missing 'when' in an event", rule=DATA.incomplete)
        if lane.dated != "source" and reader.flag("computed"):
            message = "'computed' is for dates that follow from a source's own"
            reader.wrong(reader.get("computed") or node, message, rule=MISFIT)
        cited = cited_keys(found.citation) if found else []
        if found and lane.dated == "editor" and not self._references & set(cited):
            message = "the editor's date cites no record of 'kind: reference'"
            reader.wrong(reader.get("citation") or node, message, rule=MISFIT)
