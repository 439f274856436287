"""The picture of a timeline: lanes side by side, those with dates along one axis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..output.html import Html, make
from ..sources.source import Source
from .dates import Day
from .entries import Entry
from .line_breaking import Line, plain_words
from .svg import LINE, PAD, box, height, labels, leads, number, svg, text
from .timeline import Dated, Event, Lane, Timeline

WHOLE = 930.0
"""Pixels of the picture from side to side."""
AXIS = 62.0
"""Pixels for the years and the line beside them."""
BAR = 6.0
"""Pixels from one bar of a period to the next."""
SPINE = 26.0
"""Pixels in a lane before its boxes: bars, then signs on a line."""
GAP = 10.0
"""Pixels between two boxes."""
STEP = 16.0
"""Pixels between two dates at least."""
NEW_YEAR = 14.0
"""Pixels more where a year begins."""
MIDDLE = 15.0
"""Pixels from the top of a box to the middle of its first line."""


@dataclass(frozen=True, slots=True)
class _Box:
    event: Event
    top: float
    lead: Sequence[Line]
    label: Sequence[Line]

    @property
    def bottom(self) -> float:
        return self.top + height(self.lead, self.label)


def lead_of(event: Event) -> str:
    """Return what stands before an event: its date, and whether it was worked out."""
    return f"{event.statement.lead}{' (computed)' if event.computed else ''}"


def timeline_picture(
    timeline: Timeline,
    entries: Mapping[str, Entry],
    prefix: str,
    sources: Mapping[str, Source],
) -> Html:
    """Return the picture of *timeline*; a box links to its entry, whose id has *prefix*."""
    return _Picture(timeline, entries, prefix, sources).draw()


class _Picture:
    def __init__(
        self,
        timeline: Timeline,
        entries: Mapping[str, Entry],
        prefix: str,
        sources: Mapping[str, Source],
    ) -> None:
        self._timeline, self._entries = timeline, entries
        self._prefix, self._sources = prefix, sources
        self._wide = (WHOLE - AXIS) / max(1, len(timeline.lanes))
        self._inner = self._wide - SPINE - GAP
        self._at: dict[Day, float] = {}

    def draw(self) -> Html:
        top = self._head_height()
        boxes = self._dated(top)
        for lane in self._timeline.lanes.values():
            if lane.dated == "undated":
                boxes[lane.id] = list(self._stacked(lane.id, top))
        bottoms = [b.bottom for lane in boxes.values() for b in lane]
        bottom = max([top, *self._at.values(), *bottoms]) + GAP
        parts = [*self._axis(top, bottom)]
        for turn, lane in enumerate(self._timeline.lanes.values()):
            left = AXIS + self._wide * turn
            parts += self._lane(left, lane, top, bottom)
            parts += self._bars(left, boxes.get(lane.id, []))
            parts += [self._event(left, lane.dated, b) for b in boxes.get(lane.id, [])]
        return svg("timeline-picture", WHOLE, bottom, f"{self._prefix}--caption", *parts)

    def _head_height(self) -> float:
        lanes = self._timeline.lanes.values()
        return PAD + LINE * max((len(self._title(lane)) for lane in lanes), default=0) + GAP

    def _title(self, lane: Lane) -> list[Line]:
        """Return the lines above a lane: its title and, where it has one, its label."""
        return [
            line for words in (lane.title, lane.label) for line in leads(words or "", self._inner)
        ]

    def _dated(self, top: float) -> dict[str, list[_Box]]:
        """Return the boxes of the lanes with dates; set how high each date stands."""
        by_day: dict[Day, list[Event]] = {}
        for lane in self._timeline.lanes.values():
            for event in self._timeline.of(lane.id):
                if event.moment is not None:
                    by_day.setdefault(event.moment.first, []).append(event)
                    if event.moment.is_period:
                        by_day.setdefault(event.moment.last, [])
        boxes: dict[str, list[_Box]] = {}
        before: Day | None = None
        at = top
        for day in sorted(by_day):
            if before is not None:
                at += STEP + (NEW_YEAR if before[0] != day[0] else 0)
            ends = [boxes[e.lane][-1].bottom + GAP for e in by_day[day] if e.lane in boxes]
            at = self._at[day] = max([at, *ends])
            for event in by_day[day]:
                own = boxes.setdefault(event.lane, [])
                own.append(self._box(event, max(at, own[-1].bottom + GAP) if own else at))
            before = day
        return boxes

    def _stacked(self, lane: str, top: float) -> Iterator[_Box]:
        at = top
        for event in self._timeline.of(lane):
            made = self._box(event, at)
            at = made.bottom + GAP
            yield made

    def _box(self, event: Event, top: float) -> _Box:
        inner = self._inner - 2 * PAD
        entry = self._entries[event.statement.id]
        return _Box(event, top, leads(lead_of(event), inner), labels(entry, inner))

    def _axis(self, top: float, bottom: float) -> Iterator[Html]:
        """Yield the line of time with its years; where years are left out, it is broken."""
        x = AXIS - 10
        yield _line("timeline-axis", (x, top), (x, bottom))
        years: dict[int, float] = {}
        for day, at in self._at.items():
            years.setdefault(day[0], at)
        before: int | None = None
        for year, at in years.items():
            y = at + MIDDLE
            yield _line("timeline-year", (x - 5, y), (x + 5, y))
            for turn, lane in enumerate(self._timeline.lanes.values()):
                # Beside the axis, not along it: what has no date.
                if lane.dated != "undated":
                    left = AXIS + self._wide * turn
                    yield _line("timeline-year", (left, y), (left + self._wide - GAP, y))
            words = [tuple(plain_words(str(year)))]
            yield text(words, x - 44, y + 4, "picture-lead", self._sources)
            if before is not None and year - before > 1:
                way = f"M{number(x - 5)} {number(y - 14)}l10 -4m-10 8l10 -4"
                yield make("path", {"class": "timeline-break", "d": way})
            before = year

    def _lane(self, left: float, lane: Lane, top: float, bottom: float) -> Iterator[Html]:
        lines = self._title(lane)
        yield text(lines, left + SPINE, PAD + 8, "picture-lead", self._sources)
        x = left + SPINE - 8
        yield _line(f"timeline-spine timeline-{lane.dated}", (x, top), (x, bottom))

    def _bars(self, left: float, boxes: Sequence[_Box]) -> Iterator[Html]:
        """Yield a bar for each period of a lane, beside each other where they overlap."""
        ends: list[float] = []
        for made in boxes:
            moment = made.event.moment
            if moment is None or not moment.is_period:
                continue
            low, high = made.top + MIDDLE, self._at[moment.last] + MIDDLE
            track = next((t for t, end in enumerate(ends) if end < low), len(ends))
            ends[track : track + 1] = [high]
            x = left + SPINE - 8 - BAR * (track + 1)
            yield _line("timeline-bar", (x, low), (x, high))
            yield _line("timeline-tie", (x, low), (left + SPINE - 8, low))

    def _event(self, left: float, dated: Dated, made: _Box) -> Html:
        event = made.event
        attributes = {
            "class": f"timeline-event timeline-{dated}",
            "href": f"#{self._prefix}-{event.statement.id}",
            "data-event": event.statement.id,
        }
        x, y = left + SPINE - 8, made.top + MIDDLE
        place = (left + SPINE, made.top, self._inner, made.bottom - made.top)
        link = box(place, made.lead, made.label, attributes, self._sources)
        computed = " timeline-computed" if event.computed else ""
        glyph = make("path", {"class": f"timeline-sign{computed}", "d": sign_way(dated, x, y)})
        return make("g", {"class": f"timeline-{dated}"}, link, glyph)


def sign_way(dated: Dated, x: float, y: float) -> str:
    """Return the way round the sign of a lane: a disc, a square or a diamond round *x*, *y*."""
    if dated == "source":
        return f"M{number(x - 5)} {number(y)}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z"
    if dated == "undated":
        return f"M{number(x - 4.5)} {number(y - 4.5)}h9v9h-9z"
    return f"M{number(x)} {number(y - 6)}l6 6l-6 6l-6 -6z"


def lane_sign(dated: Dated, *, computed: bool = False) -> Html:
    """Return the sign of a lane alone, for a list."""
    attributes = {
        "xmlns": "http://www.w3.org/2000/svg",
        "class": f"timeline-glyph timeline-{dated}",
        "viewBox": "0 0 14 14",
        "width": "14",
        "height": "14",
        "aria-hidden": "true",
    }
    name = f"timeline-sign{' timeline-computed' if computed else ''}"
    return make("svg", attributes, make("path", {"class": name, "d": sign_way(dated, 7, 7)}))


def _line(name: str, start: tuple[float, float], end: tuple[float, float]) -> Html:
    way = f"M{number(start[0])} {number(start[1])}L{number(end[0])} {number(end[1])}"
    return make("path", {"class": name, "d": way})
