"""Citing: how a source is named in a note and in a list."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree

from .element import make
from .record import Record, Value

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def date(value: Value) -> str:
    """Return an ISO date, year or year and month as it is read: 16 July 2018, August 2016."""
    match = re.fullmatch(
        r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", value if isinstance(value, str) else ""
    )
    if match is None:
        return value if isinstance(value, str) else ""
    year, month, day = match.groups()
    named = MONTHS[int(month) - 1] if month and 1 <= int(month) <= 12 else None
    return " ".join(part for part in (day and str(int(day)), named, year) if part)


def issued(record: Record) -> str:
    """Return when a source appeared; in brackets what its copy does not state."""
    if stated := date(record.reference.get("issued")):
        return stated
    basis = record.basis.get("issued")
    return f"[{date(basis.value)}]" if basis else "date not stated"


def title(record: Record) -> etree.Element:
    """Return a source's title, or in brackets what it is, if no title is known."""
    stated = record.reference.get("title")
    if isinstance(stated, str):
        return make("cite", {"class": "reference"}, stated)
    return make("span", {"class": "reference"}, f"[{record.description}]")


def capital(text: str) -> str:
    """Return *text* with a capital first letter."""
    return text[:1].upper() + text[1:]


def reference(record: Record) -> list[str | etree.Element]:
    """Return who, what and when, as a note names a source."""
    who = capital(record.attribution).rstrip(".")
    return [f"{who}, ", title(record), f", {issued(record)}"]
