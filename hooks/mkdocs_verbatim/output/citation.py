"""Citation: how a source is named in a note and in a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ..sources.citation_styles import BIBTEX, CITATION_STYLES, DEFAULT_STYLE
from ..sources.csl import date_parts
from ..sources.record import Record
from ..sources.reference_fields import Value
from ..text.words import capital
from .html import Html, join, make

MONTHS = (
    "January February March April May June July August September October November December"
).split()


def numbered(ranges: Iterable[tuple[int, int]]) -> str:
    """Return ranges as numbers: `7`, `9–11`, `9–11, 14`."""
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in ranges)


def note(
    record: Record,
    paragraphs: Sequence[tuple[int, int]],
    lines: Sequence[tuple[int, int]],
    *,
    first: bool,
    style: str = DEFAULT_STYLE,
) -> list[str]:
    """Return how a note cites a source at *paragraphs*, else at *lines*, else as a whole.

    Where the source was named before, the short form is used.
    """
    ranges, name = (paragraphs, "paragraph") if paragraphs else (lines, "line")
    many = len(ranges) > 1 or any(a != b for a, b in ranges)
    form = f"{name}s" if many else name if ranges else "plain"
    locked = record.cited.styles.get(style) if record.cited else None
    forms = (locked.note if first or not locked.short else locked.short) if locked else {}
    if form in forms:
        return [make("span", {"class": "reference"}, _formatted(forms[form], numbered(ranges)))]
    label = {"paragraph": "para. ", "paragraphs": "paras. ", "line": "line ", "lines": "lines "}
    where = f", {label[form]}{numbered(ranges)}" if ranges else ""
    named = reference(record) if first else [capital(record.attribution).rstrip(".")]
    return [*named, where, "."]


def copied(record: Record, style: str) -> dict[str, str]:
    """Return the attributes from which receipts.js takes what it copies of a source in *style*.

    A note for paragraphs has `{}` where their numbers go, and is empty if *style* is not formatted.
    """
    locked = record.cited.styles.get(style) if record.cited else None
    attributes = {"data-style": style}
    for form in ("paragraph", "paragraphs"):
        text = locked.note.get(form, "") if locked else ""
        attributes[f"data-{form}"] = re.sub(r"\\([\\*])|\*", r"\1", text)
    if locked and locked.in_notes:
        attributes["data-in-notes"] = ""
    return attributes


def offered() -> str:
    """Return the styles that receipts.js offers for copying: name and label, as in a stylesheet."""
    return "; ".join(
        f"{style.name}: {style.label}" for style in (*CITATION_STYLES.values(), BIBTEX)
    )


def listed(record: Record, style: str = DEFAULT_STYLE) -> list[str]:
    """Return how a bibliography in *style* lists a source."""
    locked = record.cited.styles.get(style) if record.cited else None
    if locked is None or not locked.bibliography:
        return [*reference(record), "."]
    return [make("span", {"class": "reference"}, *marked(locked.bibliography))]


@lru_cache(maxsize=4096)
def _formatted(form: str, numbers: str) -> Html:
    return join(marked(form.replace("{}", numbers)))


def marked(text: str) -> Iterator[str]:
    r"""Yield *text* with the words between asterisks as emphasis; a backslash escapes."""
    parts = re.split(r"(?<!\\)\*", text)
    for turn, part in enumerate(parts):
        plain = re.sub(r"\\([\\*])", r"\1", part)
        # A lone asterisk opens nothing.
        yield make("em", None, plain) if turn % 2 and turn < len(parts) - 1 else plain


def date(value: Value) -> str:
    """Return a date as readers write it, 16 July 2018 or August 2016; of a range both ends."""
    return "–".join(_date(row) for row in date_parts(value))


def _date(row: Sequence[int]) -> str:
    year, month, day = [*row, 0, 0][:3]
    named = MONTHS[month - 1] if month else ""
    return " ".join(part for part in (f"{day or ''}", named, f"{year}") if part)


def issued(record: Record) -> str:
    """Return when a source appeared; in brackets what its copy does not state."""
    if stated := date(record.reference.get("issued")):
        return stated
    basis = record.basis.get("issued")
    return f"[{date(basis.value)}]" if basis else "date not stated"


def title(record: Record) -> Html:
    """Return a source's title, or in brackets what it is, if no title is known."""
    stated = record.reference.get("title")
    if isinstance(stated, str):
        return make("cite", {"class": "reference"}, stated)
    return make("span", {"class": "reference"}, f"[{record.description}]")


def reference(record: Record) -> list[str]:
    """Return who, what and when, as a note names a source."""
    who = capital(record.attribution).rstrip(".")
    return [f"{who}, ", title(record), f", {issued(record)}"]
