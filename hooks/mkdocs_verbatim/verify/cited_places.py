"""Cited places: what the id of a note says of a citation that has no quotation."""

from __future__ import annotations

import re
from dataclasses import dataclass

Ranges = tuple[tuple[int, int], ...]

CITED = re.compile(r"c-(?P<key>(?:(?!--)\S)+)(?P<places>(?:--[pl]\d{1,9}-\d{1,9})*)")
"""A key has no two hyphens on end, and no file so many lines that their number is longer."""


@dataclass(frozen=True, slots=True)
class CitedPlaces:
    """The source *key*, and inclusive ranges of its paragraphs or lines; none: all of it."""

    key: str
    paragraphs: Ranges = ()
    lines: Ranges = ()


def read_cited(passage: str) -> CitedPlaces | None:
    """Return what the *passage* of a note cites, or None for that of a quotation."""
    match = CITED.fullmatch(passage)
    if match is None:
        return None
    places = match["places"].split("--")[1:]
    return CitedPlaces(match["key"], _ranges(places, "p"), _ranges(places, "l"))


def _ranges(places: list[str], kind: str) -> Ranges:
    pairs = [place[1:].split("-") for place in places if place.startswith(kind)]
    return tuple((int(first), int(last)) for first, last in pairs)
