"""Marks: what an author wrote, not yet resolved; citations and locators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

CITATION = r"\[([^\[\]]*+)\](?!\()"
"""A bracket that may be a citation; *cites* tells."""

# Pandoc's rule: @ at the start of the bracket or after a space, semicolon or hyphen.
CITES = re.compile(r"(?:^|(?<=[\s;-]))@(?=\S)")
ITEM = re.compile(
    r"(?P<prefix>.*?)(?:^|(?<=[\s-]))-?@(?P<key>[^\s,;]+),?\s*(?P<locator>.*)", re.DOTALL
)
NUMBERS = r"\d{1,7}(?:\s?[-–—]\s?\d{1,7})?(?:(?:,\s?|\s(?:and|&)\s)\d{1,7}(?:\s?[-–—]\s?\d{1,7})?)*"
PARAGRAPHS = re.compile(rf"(?:para(?:graph)?s?\.?|¶{{1,2}})\s?(?P<numbers>{NUMBERS})(?:,\s?|$)")
LINES = re.compile(rf"(?:lines?|ll?\.)\s?(?P<numbers>{NUMBERS})(?:,\s?|$)")
RANGE = re.compile(r"(\d+)(?:\s?[-–—]\s?(\d+))?")


@dataclass(frozen=True, slots=True)
class Item:
    """One key of a citation; *paragraphs* and *lines* are inclusive ranges."""

    key: str
    locator: str = ""
    paragraphs: tuple[tuple[int, int], ...] = ()
    lines: tuple[tuple[int, int], ...] = ()
    understood: bool = True
    """The locator is one of paragraphs or lines, or there is none."""
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A bracket of one or more items; *text* is what stands between the brackets."""

    text: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A quotation or, without words, a bare citation.

    *words* are the paragraphs an author typed, in the page's own characters.
    """

    kind: Literal["block", "inline", "citation"]
    words: tuple[str, ...] = ()
    citation: Citation
    marks: str = "“”"
    """The two marks round the words of an inline quotation."""
    attribution: str | None = None
    editor: bool = False
    """Stands in a block of the editor's own."""
    stressed: tuple[tuple[int, int], ...] = ()
    """Where the author set words in italics or bold: [start, end) in the words joined to one."""
    fetch: int | None = None
    """The paragraph whose words the build fetches, where the author typed none."""


def cites(body: str) -> bool:
    """Tell whether a bracket's *body* is a citation; an e-mail address is none."""
    return CITES.search(body) is not None


def parse_citation(body: str) -> Citation:
    """Return the citation that a bracket's *body* is."""
    return Citation(body, tuple(_items(body)))


def _items(body: str) -> Iterator[Item]:
    for part in body.split(";"):
        match = ITEM.fullmatch(part.strip())
        if match is None:
            yield Item(part.strip(), understood=False)
            continue
        locator = match["locator"].strip()
        paragraphs: tuple[tuple[int, int], ...] = ()
        lines: tuple[tuple[int, int], ...] = ()
        rest = locator
        if found := PARAGRAPHS.match(rest):
            paragraphs = _ranges(found["numbers"])
            rest = rest[found.end() :]
        if found := LINES.match(rest):
            lines = _ranges(found["numbers"])
            rest = rest[found.end() :]
        yield Item(match["key"], locator, paragraphs, lines, not rest, match["prefix"].strip())


def _ranges(numbers: str) -> tuple[tuple[int, int], ...]:
    return tuple((int(m[1]), int(m[2] or m[1])) for m in RANGE.finditer(numbers))
