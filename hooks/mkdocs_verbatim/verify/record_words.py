"""Record words: what a source's record has, in the words and outlines in which a page shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..sources.citation_styles import DEFAULT_STYLE
from ..sources.csl import CONTROL, date_parts
from ..sources.record import Record
from ..text.words import capital
from .outline import made

MONTHS = (
    "January February March April May June July August September October November December"
).split()


def dates(value: object) -> str:
    """Return a date, or the two ends of a range, as readers write it: 16 July 2018."""
    return "–".join(_day(parts) for parts in date_parts(value))


def _day(parts: list[int]) -> str:
    year, month, day = [*parts, 0, 0][:3]
    said = [str(day)] * bool(day) + [MONTHS[month - 1]] * bool(month) + [str(year)]
    return " ".join(said)


def author(record: Record) -> str:
    """Return how lists name the author of a source."""
    return capital(record.attribution)


def name(record: Record) -> str:
    """Return what the page of a source is called: its author, and when it appeared."""
    return f"{author(record)}, {issued(record).removeprefix('[').removesuffix(']')}"


def issued(record: Record) -> str:
    """Return when a text appeared; in brackets what its copy does not state."""
    stated, basis = dates(record.reference.get("issued")), record.basis.get("issued")
    if stated:
        return stated
    return f"[{dates(basis.value)}]" if basis is not None else "date not stated"


def in_bibliography(record: Record, style: str = DEFAULT_STYLE) -> str:
    """Return the outline of a source's reference as a bibliography in *style* has it."""
    locked = record.cited.styles.get(style) if record.cited else None
    if locked is not None and locked.bibliography:
        return made("span", {"class": "reference"}, *stressed(locked.bibliography))
    title = record.reference.get("title")
    named = (
        made("cite", {"class": "reference"}, title)
        if isinstance(title, str)
        else made("span", {"class": "reference"}, f"[{record.description}]")
    )
    return f"{author(record).rstrip('.')}, {named}, {issued(record)}."


def stressed(text: str) -> Iterator[str]:
    """Yield the outline of a locked citation, in which asterisks mark emphasis."""
    pieces = [re.sub(r"\\([\\*])", r"\1", piece) for piece in re.split(r"(?<!\\)\*", text)]
    last = len(pieces) - 1
    for turn, piece in enumerate(pieces):
        yield made("em", None, piece) if turn % 2 and turn != last else piece


def address(record: Record) -> str | None:
    """Return the address on the web to which a source's page may lead, or None."""
    basis = record.basis.get("URL")
    known = record.reference.get("URL") or (basis.value if basis is not None else None)
    stated = CONTROL.sub("", known) if isinstance(known, str) else ""
    return stated if re.match(r"https?://", stated, re.IGNORECASE) else None
