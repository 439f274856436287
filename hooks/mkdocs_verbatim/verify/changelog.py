"""Changes: the log of corrections and changes on its page, against itself and the site's pages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .outline import target
from .page import FinishedPage, even, seen
from .record_words import MONTHS

TITLE = re.compile(
    rf"(?P<day>\d{{1,2}}) (?P<month>{'|'.join(MONTHS)}) (?P<year>\d{{4}}): "
    r"(?:correction|change) on (?P<name>.+)"
)
LABELS = ["Stood there", "Stands there now", "Why"]


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the log: the page it is *on*, by its address and as it is called there."""

    id: str
    title: str
    on: str
    name: str
    labels: Sequence[str]


def read_changes(page: FinishedPage) -> list[Change]:
    """Return the entries of the log that *page* shows."""
    found: list[Change] = []
    for entry in page.css(".change[id]"):
        links = entry.css(".change-title a[href]")
        found.append(
            Change(
                id=entry.id or "",
                title=even(" ".join(seen(node) for node in entry.css(".change-title"))),
                on=target(links[0].attributes["href"] or "", page.url) if links else "",
                name=seen(links[0]) if links else "",
                labels=[seen(label) for label in entry.css("dl.source-record > dt")],
            )
        )
    return found


def wrong_changes(changes: Sequence[Change], names: Mapping[str, Collection[str]]) -> Iterator[str]:
    """Yield what is wrong in the log: *names* are what pages are called, by their addresses."""
    before: tuple[int, int, int] | None = None
    for change in changes:
        match = TITLE.fullmatch(change.title)
        if match is None or match["name"] != change.name:
            yield f"{change.id!r} has the title '{change.title[:60]}'"
            continue
        day = int(match["year"]), MONTHS.index(match["month"]), int(match["day"])
        if before is not None and day > before:
            yield f"{change.id!r} is of a later day than the entry before it"
        before = day
        if change.name not in names.get(change.on, ()):
            yield f"{change.id!r} is on '{change.name[:60]}', which {change.on!r} is not called"
        if list(change.labels) != LABELS:
            yield f"{change.id!r} has the labels {list(change.labels)}"
