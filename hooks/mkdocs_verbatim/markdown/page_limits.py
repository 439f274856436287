"""Page limits: what of a page is not read, because it would take minutes or show other words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..text.characters import IN_PAGE, wrong_character
from ..text.quotation_marks import DOUBLE

MOST_CHARACTERS = 400_000
"""Characters of a page, a long novel: Markdown takes a minute for ten times as many."""

MOST_LEVELS = 50
"""Lists and quotations inside each other; from about 100 on Python's stack does not suffice."""

MOST_OPEN = 1000
"""Signs of one block that open something and close nothing: for each, all that follows is read."""

MOST_MARKS = 4000
"""Quotation marks of one block; the time they take grows with their square."""

PAIRS = (("[", "]"), ("(", ")"), ("<", ">"))
BLOCK = re.compile(r"(?:[^\n]|\n(?!\s*\n))+")
NESTED = re.compile(r"(?P<indent>[ \t]*)(?P<signs>(?:(?:>|[*+-]|\d{1,9}[.)])[ \t]*)+)(?=\S|$)")
SIGN = re.compile(r">|[*+-](?=\s)|\d{1,9}[.)](?=\s)")
INDENT = 4
"""Spaces by which a list inside another one is moved to the right."""

REMEDY = "divide it into several"


class Refused(NamedTuple):
    """Why a page is not read, and the words at the place, as the page has them."""

    message: str
    at: str


def refusal(text: str) -> Refused | None:
    """Return why the Markdown *text* is not read, or None if it is."""
    if len(text) > MOST_CHARACTERS:
        message = f"{len(text):,} characters, of which a page may have {MOST_CHARACTERS:,}"
        return Refused(f"{message}; {REMEDY}", "")
    if (match := wrong_character(text, IN_PAGE)) is not None:
        message = f"U+{ord(match[0]):04X}: a text with it may read other than it is; take it out"
        return Refused(message, match[0])
    return next(_too_deep(text), None) or next(_too_many(text), None)


def _too_deep(text: str) -> Iterator[Refused]:
    for line in text.splitlines():
        match = NESTED.match(line)
        if match is None:
            continue
        indent = len(match["indent"].expandtabs(INDENT)) // INDENT
        levels = indent + len(SIGN.findall(match["signs"]))
        # A rule is made of signs alone.
        if levels > MOST_LEVELS and match.end() < len(line):
            message = f"more than {MOST_LEVELS} lists or quotations inside each other"
            yield Refused(f"{message}; make it flatter", line[:200])


def _too_many(text: str) -> Iterator[Refused]:
    """Yield why a block of *text* is not read, for each that has too many signs."""
    if len(text) <= MOST_OPEN:
        return
    for match in BLOCK.finditer(text):
        block = match[0]
        if len(block) <= MOST_OPEN:
            continue
        for opens, closes in PAIRS:
            left = block.count(opens) - block.count(closes)
            if left > MOST_OPEN:
                message = f"{left:,} times {opens!r} without {closes!r} in one paragraph, of which"
                yield Refused(f"{message} it may have {MOST_OPEN:,}", block.strip()[:100])
        marks = len(DOUBLE.findall(block))
        if marks > MOST_MARKS:
            message = f"{marks:,} quotation marks in one paragraph, of which it may have"
            yield Refused(f"{message} {MOST_MARKS:,}; {REMEDY}", block.strip()[:100])
