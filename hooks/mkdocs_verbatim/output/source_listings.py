"""Source listings: what the page of one source shows, each part by a directive with its key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from ..ledger.closed_ledger import ClosedLedger
from ..ledger.page import Page
from ..sources.citation_styles import BIBTEX, CITATION_STYLES
from ..sources.library import Library
from ..sources.record import Record
from ..sources.reference_fields import Basis, Value
from ..sources.source import Source
from ..text.words import capital
from .citation import copied, date, listed
from .directives import Directive
from .html import Html, join, make
from .source_excerpts import excerpts

DATED = frozenset({"issued", "event-date", "accessed"})
"""The fields that hold a date, in any of the forms of CSL."""

NOT_STATED = "not stated in our copy"


class SourceListings:
    """Shows the sources of *library*; *ledger* returns the closed ledger."""

    def __init__(self, library: Library, ledger: Callable[[], ClosedLedger]) -> None:
        """Show the sources of *library* by what *ledger* returns when a part is drawn."""
        self._library, self._ledger = library, ledger

    @property
    def directives(self) -> list[Directive]:
        """Every directive that shows a part of a source's page."""
        return [
            Directive(name, partial(self.draw, name), made_only=name == "excerpts")
            for name in _PARTS
        ]

    def draw(self, name: str, key: str, page: Page) -> Html:
        """Return the part *name* of the source *key*, or nothing if there is no such source."""
        record = self._library.records.get(key)
        if record is None:
            return join([])
        return join(_PARTS[name](_Asked(key, record, page, self._library, self._ledger)))


class _Asked(NamedTuple):
    """What a part of a source's page is made of."""

    key: str
    record: Record
    page: Page
    library: Library
    ledger: Callable[[], ClosedLedger]


def _reference(asked: _Asked) -> list[str]:
    record = asked.record
    parts: list[str] = [make("p", {"class": "source-reference"}, *listed(record))]
    if record.copy is None:
        read = f"Accessed {date(record.accessed)}."
        note = f"Cited by the editor alone; we hold no copy. {read}"
        parts.append(make("p", None, note))
    return parts


def _styles(asked: _Asked) -> list[str]:
    record = asked.record
    if record.cited is None:
        return [make("p", None, *listed(record))]
    entries: list[str] = []
    for style in CITATION_STYLES.values():
        attributes = copied(record, style.name)
        entry = make("dd", attributes, *listed(record, style.name))
        entries += [make("dt", None, style.label), entry]
    bibtex = make("pre", {"data-style": BIBTEX.name}, make("code", None, record.cited.bibtex))
    entries += [make("dt", None, BIBTEX.label), make("dd", None, bibtex)]
    return [make("dl", {"class": "source-record"}, *entries)]


def _notes(asked: _Asked) -> list[str]:
    record = asked.record
    notes = [make("li", None, make("span", {"class": "reference"}, note)) for note in record.notes]
    return [make("ul", {"class": "source-notes"}, *notes)]


def _excerpts(asked: _Asked) -> list[str]:
    source = asked.library.sources.get(asked.key)
    return [] if source is None else excerpts(source, asked.page, asked.ledger())


def _record(asked: _Asked) -> list[str]:
    record = asked.record
    missing = NOT_STATED if record.copy is not None else "not stated in what we read"
    rows: list[tuple[str, list[str]]] = [
        ("Key", [make("code", None, asked.key)]),
        ("Named as", [record.attribution]),
    ]
    rows += [
        (_label(name), [_shown(name, value) if value is not None else missing])
        for name, value in record.reference.items()
        if not (value is None and name in record.basis)
    ]
    rows += [(_label(name), _basis(name, basis)) for name, basis in record.basis.items()]
    source = asked.library.sources.get(asked.key)
    rows += [] if source is None else _copy(source)
    entries: list[str] = []
    for label, value in rows:
        entries += [make("dt", None, label), make("dd", {"class": "reference"}, *value)]
    return [make("dl", {"class": "source-record"}, *entries)]


def _copy(source: Source) -> list[tuple[str, list[str]]]:
    """Return what is said of our copy of *source*, by label."""
    record = source.record
    assert record.copy is not None
    form = "Markdown" if record.copy.markdown else "plain text"
    size = f"{len(source.text):,} characters, {source.words:,} words, {form}"
    rows: list[tuple[str, list[str]]] = [
        ("Our copy", [size]),
        ("Its SHA-256", [make("code", {"class": "hash"}, source.sha256)]),
    ]
    if left := [f"{_lines(f.first, f.last)}: {f.what}" for f in record.furniture]:
        rows.append(("Left out as not the text’s own", ["; ".join(left)]))
    return rows


_PARTS: Mapping[str, Callable[[_Asked], list[str]]] = {
    "reference": _reference,
    "notes": _notes,
    "styles": _styles,
    "record": _record,
    "excerpts": _excerpts,
}


def _label(name: str) -> str:
    return capital(name.replace("-", " ")) if name != "URL" else "Address"


def _shown(name: str, value: Value) -> str:
    if name in DATED:
        return date(value)
    if isinstance(value, list):
        return "; ".join(_shown(name, item) for item in value)
    if isinstance(value, dict):
        return " ".join(_shown(name, item) for item in reversed(value.values()))
    return value or NOT_STATED


def _basis(name: str, basis: Basis) -> list[str]:
    accessed = f"accessed {basis.accessed}" if basis.accessed else "date of access not recorded"
    text = f" Evidence: {basis.evidence} ({accessed}; confidence: {basis.confidence})."
    added = make("em", None, "Added by the editor.")
    return [f"{_shown(name, basis.value)}. ", added, text.replace("..", ".")]


def _lines(first: int, last: int) -> str:
    return f"line {first}" if first == last else f"lines {first}–{last}"
