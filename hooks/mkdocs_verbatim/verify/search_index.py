"""Search index: works out anew what a search finds on each page, from the finished pages."""

from __future__ import annotations

import html
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from .annotations import listed, page_url, parsed
from .outline import HEADINGS
from .page import FinishedPage, even
from .tree import read_tree

TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*>")
UNSEARCHED = frozenset({"script", "style", "object"})
SOLID = re.compile(r"\s+")

LATE = re.compile("\5([^\6]*)\6")
"""What counts over all pages, where it is drawn when they are read: then no search finds it."""

COUNTS = frozenset({"shares", "source-table"})
"""The classes of lists that may be drawn then."""


@dataclass(slots=True)
class Section:
    """A part of a page under one heading: what a search shows and finds of it."""

    id: str
    depth: float = 0
    """How many elements are open at its heading."""
    title: str = ""
    text: str = ""
    is_out: bool = False


def read_sections(page: FinishedPage) -> list[Section]:
    """Return what can be searched of *page*."""
    heading = next(iter(page.css("h1")), None)
    reader = _Reader()
    if heading is not None and heading.parent is not None:
        read_tree(heading.parent, reader)
    return reader.sections


class _Reader:
    """Divides a page at its headings, as the search does.

    Where the element ends in which a section began, the section before goes on.
    """

    def __init__(self) -> None:
        self.sections = [Section("")]
        self._now = self.sections[0]
        self._open: list[tuple[bool, bool]] = []
        self._skipped = 0
        self._title: int | None = None

    def begin(self, node: LexborNode) -> None:
        tag, attributes = node.tag or "", node.attributes
        classes = (attributes.get("class") or "").split()
        is_frame = tag != "article" and any(name.startswith("md-") for name in classes)
        is_excluded = "data-search-exclude" in attributes
        is_out = is_excluded or tag in UNSEARCHED or is_frame or "headerlink" in classes
        is_late = not COUNTS.isdisjoint(classes)
        self._open.append((is_out, is_late))
        if tag in HEADINGS and attributes.get("id") is not None:
            self._now = Section(node.id or "", len(self._open), is_out=is_excluded)
            self.sections.append(self._now)
            self._title = len(self._open)
        self._skipped += is_out
        if is_late:
            self.text("\5")

    def end(self) -> None:
        depth = len(self._open)
        if self._now.depth > depth:
            self._now.depth = float("inf")
            self._now = next(one for one in reversed(self.sections) if one.depth <= depth)
        is_out, is_late = self._open.pop()
        if is_late:
            self.text("\6")
        self._skipped -= is_out
        if self._title is not None and len(self._open) < self._title:
            self._title = None

    def text(self, text: str) -> None:
        if self._skipped:
            return
        if self._title is not None:
            self._now.title += text
        else:
            self._now.text += text

    def comment(self) -> None:
        """Read nothing: no search finds it."""


def wrong_sections(
    docs: Sequence[object], pages: Mapping[str, Sequence[Section]], proven: Container[str]
) -> Iterator[str]:
    """Yield each difference between entries of the index and the parts of pages they are of.

    Of pages that are not *proven* nothing is compared. White space and tags are not compared at
    all: an index may keep them or not.
    """
    by_page: dict[str, list[Mapping[str, object]]] = {}
    for doc in docs:
        if not isinstance(doc, dict):
            yield "an entry that is none"
            continue
        url = page_url(str(doc.get("location", "")).partition("#")[0]).removeprefix("./")
        by_page.setdefault(url, []).append(doc)
    for url, found in by_page.items():
        sections = pages.get(url)
        if sections is None:
            yield f"an entry of {url!r}, which is no page"
        elif url in proven:
            yield from (f"'{url}': {message}" for message in _of_page(found, sections))


def _of_page(docs: Sequence[Mapping[str, object]], sections: Sequence[Section]) -> Iterator[str]:
    first = next((turn for turn, one in enumerate(sections) if one.id), 0)
    # What is before the first heading is part of no section, unless there is some.
    kept = sections[first:] if not _solid(sections[0].text) else sections
    wanted = [section for section in kept if not section.is_out]
    anchors = [str(doc.get("location", "")).partition("#")[2] for doc in docs]
    expected = ["", *(section.id for section in wanted[1:])]
    if anchors != expected:
        yield f"entries of {anchors}, but the page has {expected}"
        return
    for doc, section in zip(docs, wanted, strict=True):
        title, text = (
            html.unescape(TAG.sub("", str(doc.get(name, "")))) for name in ("title", "text")
        )
        if section.title and even(title) != even(section.title):
            yield f"the title '{title[:60]}' of {section.id!r}, which is '{section.title[:60]}'"
        anew = _solid(section.text)
        if _solid(text) not in {LATE.sub(r"\1", anew), LATE.sub("", anew)}:
            yield f"the text of {section.id!r} is not that of the page: '{text[:60]}'"


def _solid(text: str) -> str:
    return SOLID.sub("", text)


def documents(text: str) -> list[object] | None:
    """Return the entries of the search index *text*, or None if it is none."""
    data = parsed(text)
    docs = data.get("docs") if isinstance(data, dict) else None
    return listed(docs) if isinstance(docs, list) else None


def is_by_section(text: str) -> bool:
    """Return whether the search index *text* has each part of a page once.

    The one that MkDocs writes for its own themes has whole pages beside their parts.
    """
    data = parsed(text)
    config = data.get("config") if isinstance(data, dict) else None
    return not (isinstance(config, dict) and "min_search_length" in config)
