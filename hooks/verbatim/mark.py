"""Marks: what an author wrote, not yet resolved; citations, locators, pairs of quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .text import DASHES, HYPHENS, WHITE

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


@dataclass(frozen=True, slots=True)
class Pair:
    """A run in double marks: *start* and *end* are those of the words, the marks stand outside."""

    start: int
    end: int


OPENING = "“„‟«〝❝🙶"
CLOSING = {
    "“": "”",
    "„": "“”‟",
    "‟": "”",
    "«": "»",
    "〝": "〞〟",
    "❝": "❞",
    "🙶": "🙷",
}
# Every kind of double mark, also those of other languages: no run in any of them goes unproven.
DOUBLE = re.compile(r'["“”„‟«»〝〞〟＂❝❞🙶🙷🙸⹂]')
MARK_OR_BLOCK = re.compile(f"{DOUBLE.pattern}|\0")
ATOM = "\ufffc"
"""Stands for what is not text: a citation, a picture, the number of a footnote."""

BEFORE_OPENING = frozenset(f" {WHITE}{DASHES}{HYPHENS}\0([{{</'‘{ATOM}")
AFTER_CLOSING = frozenset(f" {WHITE}{DASHES}{HYPHENS}\0.,:;!?)]}}>…/'’[{{{ATOM}")


def pair_marks(text: str) -> tuple[list[Pair], list[int]]:
    """Return the outermost runs in double marks, and where a mark is left over.

    Curly marks pair by nesting; a straight mark opens after space or bracket and closes before
    space or punctuation; behind a digit, with none open, it is a measure.
    """
    pairs: list[Pair] = []
    left: list[int] = []
    open_: list[tuple[str, int]] = []
    closed_at_digit = False
    for match in MARK_OR_BLOCK.finditer(text):
        mark, at = match[0], match.start()
        if mark == "\0":
            # A block inside this one: a quotation does not run across it.
            left += [at for _, at in open_]
            open_.clear()
        elif open_ and _closes(text, mark, at, open_[-1][0]):
            opener, start = open_.pop()
            closed_at_digit |= opener == '"' and _is_measure(text, mark, at)
            if not open_:
                pairs.append(Pair(start + 1, at))
        elif mark in OPENING or _may_open(text, mark, at):
            open_.append((mark, at))
        elif closed_at_digit or not _is_measure(text, mark, at):
            # Behind "5" a second 5" may be a measure or an end: nobody can tell.
            left.append(at)
    left += [at for _, at in open_]
    return pairs, sorted(left)


def _closes(text: str, mark: str, at: int, opener: str) -> bool:
    if opener in '"＂':
        return mark == opener and _may_close(text, at)
    return mark in CLOSING[opener]


def _may_open(text: str, mark: str, at: int) -> bool:
    if mark not in '"＂':
        return False
    before = text[at - 1] if at else "\0"
    after = text[at + 1] if at + 1 < len(text) else "\0"
    if after.isspace() or after == "\0":
        return False
    return before in BEFORE_OPENING or before in OPENING


def _may_close(text: str, at: int) -> bool:
    after = text[at + 1] if at + 1 < len(text) else "\0"
    return after in AFTER_CLOSING or DOUBLE.match(after) is not None


def _is_measure(text: str, mark: str, at: int) -> bool:
    return mark == '"' and at > 0 and text[at - 1].isdigit()
