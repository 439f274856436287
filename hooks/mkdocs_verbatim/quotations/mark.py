"""Quotations and citations as an author wrote them, before they are resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

CITATION = r"\[([^\[\]]*+)\](?!\()"
"""A bracket that may be a citation; *cites* returns whether it is."""

# Pandoc's rule: @ at the start of the bracket or after a space, semicolon or hyphen.
CITES = re.compile(r"(?:^|(?<=[\s;-]))@(?=\S)")
ITEM = re.compile(
    r"""
    (?P<prefix> .*? )
    (?: ^ | (?<=[\s-]) ) -? @
    (?P<key> [^\s,;]+ ) ,? \s*
    (?P<locator> .* )
    """,
    re.DOTALL | re.VERBOSE,
)
"""One item of a citation: "see @key, paras. 3-4"."""

DASH = r"\s? [-–—] \s?"
ONE_RANGE = rf"\d{{1,7}} (?: {DASH} \d{{1,7}} )?"
NUMBERS = rf"(?P<numbers> {ONE_RANGE} (?: (?: ,\s? | \s(?:and|&)\s ) {ONE_RANGE} )* )"
"""Numbers and ranges of a locator, to be put into a verbose pattern: "3-5, 7 and 9"."""

BETWEEN_LOCATORS = r"(?: ,\s? | $ )"
PARAGRAPHS = re.compile(
    rf"(?: para(?:graph)?s?\.? | ¶{{1,2}} ) \s? {NUMBERS} {BETWEEN_LOCATORS}", re.VERBOSE
)
LINES = re.compile(rf"(?: lines? | ll?\. ) \s? {NUMBERS} {BETWEEN_LOCATORS}", re.VERBOSE)
RANGE = re.compile(rf"(?P<first> \d+ ) (?: {DASH} (?P<last> \d+ ) )?", re.VERBOSE)


@dataclass(frozen=True, slots=True)
class Item:
    """One key of a citation; *paragraphs* and *lines* are inclusive ranges."""

    key: str
    locator: str = ""
    paragraphs: tuple[tuple[int, int], ...] = ()
    lines: tuple[tuple[int, int], ...] = ()
    understood: bool = True
    """The locator, if there is one, names paragraphs or lines and nothing else."""
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A bracket of one or more items; *text* is all between the brackets."""

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
    marks: tuple[str, str] = ("“", "”")
    """The two marks around the words of an inline quotation."""
    attribution: str | None = None
    editor: bool = False
    """It is in a block of the editor's own."""
    stressed: tuple[tuple[int, int], ...] = ()
    """Where the author set words in italics or bold: [start, end) in the words joined to one."""
    fetch: int | None = None
    """The paragraph whose words the build fetches, where the author typed none."""


def cites(body: str) -> bool:
    """Return whether *body*, the text of a bracket, is a citation; an e-mail address is not."""
    return CITES.search(body) is not None


# A page cites one passage several times, mostly in the same form.
@lru_cache(maxsize=1024)
def parse_citation(body: str) -> Citation:
    """Return *body*, the text of a bracket, as a citation."""
    return Citation(body, tuple(_items(body)))


def _items(body: str) -> Iterator[Item]:
    """Yield the items of a citation, those that cannot be read included."""
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
    """Return the inclusive ranges in *numbers*, a single number as a range of its own."""
    found = RANGE.finditer(numbers)
    return tuple((int(m["first"]), int(m["last"] or m["first"])) for m in found)
