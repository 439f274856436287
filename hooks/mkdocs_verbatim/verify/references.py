"""References: works out anew what the records give for reference managers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..sources.csl import DATES, date_parts
from ..sources.library import Library
from ..sources.record import Record
from .annotations import listed, parsed


def wrong_references(text: str, library: Library) -> Iterator[str]:
    """Yield each difference between the CSL-JSON *text* and the records of *library*."""
    items = [item for item in listed(parsed(text)) if isinstance(item, dict)]
    if len(items) != len(listed(parsed(text))):
        yield "an entry that is no reference"
    ids = [str(item.get("id")) for item in items]
    if ids != sorted(library.records):
        yield f"references to {ids}, but there are records of {sorted(library.records)}"
        return
    for item in items:
        record = library.records[str(item["id"])]
        wanted = _item(str(item["id"]), record)
        for name in sorted({*wanted, *item}):
            if item.get(name) != wanted.get(name):
                yield f"{name} of {record.path} is {item.get(name)!r} here"


def _item(key: str, record: Record) -> Mapping[str, object]:
    """Return the reference that *record* gives, dates in their parts."""
    made: dict[str, object] = {"id": key}
    for name, value in record.values.items():
        made[name] = {"date-parts": date_parts(value)} if name in DATES else value
    if "title" not in made and record.description is not None:
        made["genre"] = record.description
    return {name: value for name, value in made.items() if value is not None}


def wrong_bibtex(text: str, library: Library) -> Iterator[str]:
    """Yield a message if *text* does not hold the entries that the records have locked."""
    locked = [r.cited.bibtex for _, r in sorted(library.records.items()) if r.cited is not None]
    if text.split() != " ".join(locked).split():
        yield "not the entries that the records hold under 'cited'"
