"""Source listings: works out anew the page of each source, and compares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..sources.citation_styles import BIBTEX, CITATION_STYLES
from ..sources.record import Record
from ..sources.reference_fields import Basis, Value
from ..sources.source import Source
from ..text.words import single
from .outline import made
from .record_words import dates, in_bibliography, name
from .source_excerpts import source_excerpts
from .uses import SiteUses

UNKNOWN = "not stated in our copy"


def source_page(key: str, record: Record, source: Source | None, site: SiteUses) -> list[str]:
    """Return the outlines of all that the page of the source *key* has, in order."""
    parts = [made("h1", None, single(name(record))), made("div", None, *_reference(record))]
    if source is not None:
        parts += _section("What is quoted", source_excerpts(source, site))
    parts += _section("How to cite it", _styles(record))
    if record.notes:
        title = "About our copy" if record.copy is not None else "What we have read"
        parts += _section(title, [_notes(record)])
    return [*parts, *_section("The record", [_record(key, record, source)])]


def _section(title: str, inside: Iterator[str] | Sequence[str]) -> list[str]:
    return [made("h2", None, title), made("div", None, *inside)]


def _reference(record: Record) -> Iterator[str]:
    yield made("p", {"class": "source-reference"}, in_bibliography(record))
    if record.copy is None:
        read = f"Accessed {dates(record.accessed)}."
        yield made("p", None, f"Cited by the editor alone; we hold no copy. {read}")


def _styles(record: Record) -> Iterator[str]:
    if record.cited is None:
        yield made("p", None, in_bibliography(record))
        return
    rows: list[str] = []
    for style in CITATION_STYLES.values():
        locked = record.cited.styles.get(style.name)
        told = {"data-style": style.name, "data-paragraph": "", "data-paragraphs": ""}
        if locked is not None:
            for form in ("paragraph", "paragraphs"):
                told[f"data-{form}"] = _bare(locked.note.get(form, ""))
            if locked.in_notes:
                told["data-in-notes"] = ""
        rows += [
            made("dt", None, style.label),
            made("dd", told, in_bibliography(record, style.name)),
        ]
    entry = made("pre", {"data-style": BIBTEX.name}, made("code", None, record.cited.bibtex))
    rows += [made("dt", None, BIBTEX.label), made("dd", None, entry)]
    yield made("dl", {"class": "source-record"}, *rows)


def _bare(text: str) -> str:
    """Return a locked citation without its marks of emphasis; a backslash keeps an asterisk."""
    kept, escaped = "", False
    for character in text:
        if escaped:
            kept += character if character in "\\*" else f"\\{character}"
        elif character not in "\\*":
            kept += character
        escaped = character == "\\" and not escaped
    return kept


def _notes(record: Record) -> str:
    spans = [made("span", {"class": "reference"}, note) for note in record.notes]
    return made("ul", {"class": "source-notes"}, *(made("li", None, span) for span in spans))


def _record(key: str, record: Record, source: Source | None) -> str:
    rows = [("Key", made("code", None, key)), ("Named as", record.attribution)]
    unknown = UNKNOWN if record.copy is not None else "not stated in what we read"
    for field, value in record.reference.items():
        if value is not None:
            rows.append((_label(field), _value(field, value)))
        elif field not in record.basis:
            rows.append((_label(field), unknown))
    rows += [(_label(field), _based(field, basis)) for field, basis in record.basis.items()]
    if source is not None:
        rows += _copy(source)
    entries = [
        made("dt", None, label) + made("dd", {"class": "reference"}, value) for label, value in rows
    ]
    return made("dl", {"class": "source-record"}, *entries)


def _copy(source: Source) -> Iterator[tuple[str, str]]:
    copy = source.record.copy
    markup = "Markdown" if copy is not None and copy.markdown else "plain text"
    size = f"{len(source.text):,} characters, {source.words:,} words"
    yield "Our copy", f"{size}, {markup}"
    yield "Its SHA-256", made("code", {"class": "hash"}, source.sha256)
    lines = [
        f"{f'line {left.first}' if left.first == left.last else f'lines {left.first}–{left.last}'}"
        f": {left.what}"
        for left in source.record.furniture
    ]
    if lines:
        yield "Left out as not the text’s own", "; ".join(lines)


def _label(field: str) -> str:
    return "Address" if field == "URL" else field[:1].upper() + field[1:].replace("-", " ")


def _value(field: str, value: Value) -> str:
    if field in {"issued", "event-date", "accessed"}:
        return dates(value)
    if isinstance(value, list):
        return "; ".join(_value(field, item) for item in value)
    if isinstance(value, dict):
        return " ".join(_value(field, item) for item in reversed(value.values()))
    return value or UNKNOWN


def _based(field: str, basis: Basis) -> str:
    accessed = f"accessed {basis.accessed}" if basis.accessed else "date of access not recorded"
    evidence = f" Evidence: {basis.evidence} ({accessed}; confidence: {basis.confidence})."
    added = made("em", None, "Added by the editor.")
    return f"{_value(field, basis.value)}. {added}{evidence.replace('..', '.')}"
