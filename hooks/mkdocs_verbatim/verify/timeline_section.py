"""Timelines: the lists of lanes against themselves and against their picture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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

YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
COMPUTED = " (computed)"


def check_timelines(page: FinishedPage) -> None:
    """Enter on *page* what is wrong in its timelines."""
    for board in page.css(".timeline"):
        if board.css_first(".timeline-entries") is not None:
            for message in _wrong(board, page):
                page.wrong("proof-listing", message, board)


def _wrong(board: LexborNode, page: FinishedPage) -> Iterator[str]:
    listed: list[Entry] = []
    dated: dict[str, str] = {}
    titles: list[str] = []
    for part in board.css("section.timeline-part"):
        by = _dated(part, "timeline-part-")
        if ("editor" in _classes(part)) != (by == "editor"):
            yield f"a lane dated by {by!r} is marked otherwise"
        label = part.css_first(".timeline-label")
        titles.append(f"{heading(part)} {seen(label) if label is not None else ''}")
        entries = listed_entries(part.css("li.timeline-entry"), board.id or "", page)
        listed += entries
        for entry in entries:
            dated[entry.id] = by
            yield from _entry(entry, by)
    picture = board.css_first("svg.timeline-picture")
    if picture is None:
        yield "no picture of the timeline"
        return
    drawn = drawn_entries(picture, "a.timeline-event", "data-event")
    yield from wrong_entries(listed, drawn)
    if sorted(e.id for e in drawn) == sorted(dated) and [e.id for e in drawn] != list(dated):
        yield "the picture has the events in another order than the list"
    for box in drawn:
        yield from _box(box, dated.get(box.id, ""))
    yield from _texts(picture, titles, [e for e in listed if dated[e.id] != "undated"])


def _entry(entry: Entry, by: str) -> Iterator[str]:
    if entry.node.attributes.get("data-event") != entry.id:
        yield f"{entry.id!r} is marked as another event"
    for sign in entry.node.css("svg"):
        if f"timeline-{by}" not in _classes(sign):
            yield f"{entry.id!r} has the sign of another lane"
    if _is_computed(entry.node) != entry.lead.endswith(COMPUTED):
        yield f"the sign of {entry.id!r} does not say whether its date was computed"


def _box(box: Entry, by: str) -> Iterator[str]:
    around = box.node.parent
    if f"timeline-{by}" not in _classes(box.node) or around is None:
        yield f"the box {box.id!r} is drawn as of another lane"
    elif f"timeline-{by}" not in _classes(around):
        yield f"the box {box.id!r} is drawn among those of another lane"
    elif _is_computed(around) != box.lead.endswith(COMPUTED):
        yield f"the sign of the box {box.id!r} does not say whether its date was computed"


def _is_computed(node: LexborNode) -> bool:
    return bool(node.css("path.timeline-computed"))


def _texts(picture: LexborNode, titles: Sequence[str], dated: Sequence[Entry]) -> Iterator[str]:
    """Yield where years or titles of lanes in the picture are not those of the list."""
    texts = titles_drawn(picture)
    years = [text for text in texts if YEAR.fullmatch(text)]
    lanes = ["".join(text.split()) for text in texts if text not in years]
    if lanes != ["".join(title.split()) for title in titles]:
        yield f"the picture has the lanes {texts[len(years) :]}, the list {list(titles)}"
    if years != sorted(set(years)):
        yield f"years out of order: {', '.join(years)}"
    # Each has a stroke at the axis, and one in every lane whose events are dated.
    lines = len(picture.css("path.timeline-year"))
    lanes_dated = len(picture.css("path.timeline-spine:not(.timeline-undated)"))
    if lines != len(years) * (1 + lanes_dated):
        yield f"the picture has {lines} strokes for {len(years)} years"
    named = {year for entry in dated for year in YEAR.findall(entry.lead)}
    for year in years:
        if year not in named:
            yield f"the picture has the year {year}, of which there is no event"
    for entry in dated:
        if YEAR.search(entry.lead) and not set(YEAR.findall(entry.lead)).intersection(years):
            yield f"the picture has no year of {entry.id!r}, '{entry.lead}'"


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()


def _dated(part: LexborNode, begin: str) -> str:
    """Return what dates the events of a lane, as a class of its element says."""
    return " ".join(c.removeprefix(begin) for c in _classes(part) if c.startswith(begin))
