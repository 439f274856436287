"""Byline: the title, authors and date that a new copy seems to state, for a person to check."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..text.markup import LINK
from ..text.quotation_marks import DOUBLE
from .furniture import Line

NEAR_THE_TOP = 40
"""Lines from the first that may state title, authors and date."""

LONGEST_TITLE = 300
"""Code points of a title at most."""

STRONG = re.compile(
    r"""
      (?<![\w*]) \*\* [^\s*][^*\n]* \*\*
    | (?<!\w) __ [^\s_][^_\n]* __
    | ^\#{1,6}[ ]\S  # a heading
    """,
    re.MULTILINE | re.VERBOSE,
)
ITALIC = re.compile(r"(?<![\w*])\*[^\s*][^*\n]*\*(?![\w*])")

NAME_WORD = r"(?:[A-Z]\.|[A-Z][^\W\d_]*(?:[’'-][^\W\d_]+)*)"
NAME = rf"{NAME_WORD}(?:[ -](?:(?:al|bin|ibn|de|del|der|van|von|da|el|of) ?-?)?{NAME_WORD}){{0,4}}"
NAMES = rf"{NAME}(?:(?:, | and | & ){NAME})*"
BYLINE = re.compile(
    rf"^(?i:by|text by|written by|author|words|from)\b:?\s+(?P<names>{NAMES})"
    r"(?=$|\s*[|,·•—–(]|\s+(?:in|for|is)\b)"
)
FULL_NAME = re.compile(rf"{NAME_WORD}(?: {NAME_WORD}){{1,3}}")
MONTHS = "january february march april may june july august september october november december"
MONTH = rf"(?P<month>{'|'.join(f'{m[:3]}(?:{m[3:]})?' for m in MONTHS.split())}|sept)\.?"
YEAR = r"(?P<year>(?:19|20)\d\d)"
DAY = r"(?P<day>\d{1,2})"
DATES = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{YEAR}-(?P<number>[01]\d)-(?P<day>[0-3]\d)\b",
        rf"\b{DAY}(?:st|nd|rd|th)? {MONTH},? {YEAR}\b",
        rf"\b{MONTH} {DAY}(?:st|nd|rd|th)?,? {YEAR}\b",
    )
]


@dataclass(frozen=True, slots=True)
class Stated:
    """What a copy seems to state of itself, and on which line, from 1."""

    value: str
    line: int


def is_markdown(text: str) -> bool:
    """Return whether *text* has Markdown's markup: links, headings, bold or italic words."""
    return bool(LINK.search(text) or STRONG.search(text)) or len(ITALIC.findall(text)) > 1


def title(lines: Sequence[Line]) -> Stated | None:
    """Return the first heading of *lines*, or a line near the top that looks like a title, or None.

    *lines* are without furniture.
    """
    for line in lines:
        if line.heading and len(line.text) <= LONGEST_TITLE:
            return Stated(line.text, line.number)
    for line in lines[:NEAR_THE_TOP]:
        words = line.text.split()
        if len(words) > 30 or len(line.text) > LONGEST_TITLE:
            return None
        plain = not (BYLINE.search(line.text) or date([line]) or DOUBLE.match(line.text))
        if len(words) > 2 and plain and not line.text.endswith((".", ",", ";", ":")):
            return Stated(line.text, line.number)
    return None


def authors(lines: Sequence[Line]) -> list[Stated]:
    """Return the names in a byline near the top of *lines*, or a name that is a line of its own."""
    top = [line for line in lines[:NEAR_THE_TOP] if len(line.text.split()) < 20]
    for line in top:
        if match := BYLINE.search(line.text):
            names = re.split(r", | and | & ", match["names"])
            return [Stated(name, line.number) for name in names]
    dated = next((i for i, line in enumerate(top) if date([line])), 0)
    # A name that is a whole line is a byline, not a title, directly above the date.
    for line in top[dated - 1 : dated] if dated > 1 else ():
        if FULL_NAME.fullmatch(line.text):
            return [Stated(line.text, line.number)]
    return []


def date(lines: Sequence[Line]) -> Stated | None:
    """Return the first date in a short line near the top of *lines*, as 2018-07-16, or None."""
    for line in lines[:NEAR_THE_TOP]:
        if len(line.text.split()) > 14:
            continue
        for pattern in DATES:
            if match := pattern.search(line.text):
                found = match.groupdict()
                name = (found.get("month") or "").lower()[:3]
                months = [month[:3] for month in MONTHS.split()]
                number = months.index(name) + 1 if name else int(found["number"])
                day = int(found["day"])
                if 1 <= number <= 12 and 1 <= day <= 31:
                    return Stated(f"{found['year']}-{number:02}-{day:02}", line.number)
    return None
