"""References: the CSL item by which a source is cited, and whether its citations are of it."""

from __future__ import annotations

from collections.abc import Mapping

from ..problem import Problem
from .csl import Item, digest, item
from .record import Record
from .reference_fields import Value


def known_item(key: str, record: Record) -> Item:
    """Return the CSL item of all that is known of a source, its basis included.

    A text without title is named by what it is.
    """
    made = item(key, {**_values(record), **_stated(record)})
    if "title" not in made and record.description is not None:
        made["genre"] = record.description
    return made


def cited_item(key: str, record: Record) -> Item:
    """Return the item that a style is given to cite a source by, as a good editor would.

    A date that is not certain says so. Without a language a style would capitalise a title its
    own way: titles stay as recorded.
    """
    made = known_item(key, record)
    basis = record.basis.get("issued")
    issued_at = made.get("issued")
    if basis and record.reference.get("issued") is None and basis.confidence != "high":
        assert isinstance(issued_at, dict)
        made["issued"] = {**issued_at, "circa": True}
    if record.accessed:
        made |= item(key, {"accessed": record.accessed})
    made.setdefault("language", "und")
    return made


def _values(record: Record) -> Mapping[str, Value]:
    return {name: basis.value for name, basis in record.basis.items()}


def _stated(record: Record) -> Mapping[str, Value]:
    return {name: value for name, value in record.reference.items() if value is not None}


def check_lock(key: str, record: Record) -> Problem | None:
    """Return a problem if the citations of *record* were made from another reference."""
    if record.cited is None:
        message = "no formatted citations; run verbatim cite"
        return Problem(path=record.path, rule="citation-unformatted", message=message)
    if record.cited.of == digest(cited_item(key, record)):
        return None
    message = "the reference has changed since its citations were formatted; run verbatim cite"
    return Problem(path=record.path, line=record.cited.line, rule="citation-stale", message=message)
