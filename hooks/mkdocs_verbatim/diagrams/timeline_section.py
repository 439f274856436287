"""The timeline on a page: the picture, and a list of each lane that says the same in words."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Mapping
from functools import partial

from ..markdown.directives import Settle
from ..markdown.page_context import PageContext
from ..output.html import Html
from ..problem import ProblemError
from ..sources.source import Source
from .entries import DataFolder, DataPage, Entry, told
from .svg import figure
from .timeline import Lane, Timeline, read_timeline
from .timeline_svg import lane_sign, lead_of, timeline_picture

CAPTION = (
    "Each box leads to its entry in the list below. "
    "The axis is stretched where much happened; a double stroke stands for years left out. "
    "A bar is a period; a hollow sign is a date that we computed from a source’s own."
)


class TimelineBoard:
    """Puts timelines on pages; their data stand in *folder*."""

    def __init__(self, folder: DataFolder) -> None:
        """Read nothing yet."""
        self._folder = folder

    def draw(self, name: str, context: PageContext, settle: Settle) -> etree.Element:
        """Return what stands for the directive with the data file *name*."""
        board = etree.Element("div", {"class": "timeline"})
        file = self._folder.open(name, context, board)
        if file is None:
            return board
        library = context.ledger.library
        try:
            # Of a broken record its own problem tells.
            known = [*library.references, *library.broken]
            timeline, problems = read_timeline(file.text, file.path, known)
        except ProblemError as error:
            told([error.problem], context, board)
            return board
        told(problems, context, board)
        data = DataPage(file.path, file.text, context, settle)
        entries = {
            event.statement.id: data.entry(
                event.statement,
                lead_of(event),
                editor=timeline.lanes[event.lane].dated == "editor",
            )
            for lane in timeline.lanes
            for event in timeline.of(lane)
        }
        top = etree.SubElement(board, "div", {"class": "timeline-top"})
        picture = context.later(partial(_picture, timeline, entries, file.prefix, library.sources))
        top.text = context.finished.put(picture)
        for lane in timeline.lanes.values():
            board.append(_part(lane, timeline, entries, file.prefix, context))
        return board


def _picture(
    timeline: Timeline,
    entries: Mapping[str, Entry],
    prefix: str,
    sources: Mapping[str, Source],
) -> Html:
    """Return the picture with its caption."""
    return figure(timeline_picture(timeline, entries, prefix, sources), prefix, CAPTION)


def _part(
    lane: Lane, timeline: Timeline, entries: Mapping[str, Entry], prefix: str, context: PageContext
) -> etree.Element:
    """Return the list of the events in *lane*."""
    name = f"timeline-part timeline-part-{lane.dated}"
    editor = " editor" if lane.dated == "editor" else ""
    section = etree.Element("section", {"class": f"{name}{editor}"})
    heading = etree.SubElement(section, "h2", {"id": f"{prefix}--{lane.id}"})
    heading.text = context.finished.sealed(lane.title)
    if lane.label is not None:
        label = etree.SubElement(section, "p", {"class": "timeline-label"})
        label.text = context.finished.sealed(lane.label)
    items = etree.SubElement(section, "ul", {"class": "timeline-entries"})
    for event in timeline.of(lane.id):
        id_ = event.statement.id
        item = etree.SubElement(
            items, "li", {"class": "timeline-entry", "id": f"{prefix}-{id_}", "data-event": id_}
        )
        item.text = context.finished.put(lane_sign(lane.dated, computed=event.computed))
        item.extend(entries[id_].blocks)
    return section
