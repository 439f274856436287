"""References: the CSL item of a source, and whether its locked citations were made from it."""

from __future__ import annotations

from ..problem import Problem
from .csl import Item, digest, item
from .record import Record


def known_item(key: str, record: Record) -> Item:
    """Return the CSL item of all that is known of a source, its basis included.

    The genre of a text without title is its description.
    """
    made = item(key, record.values)
    if "title" not in made and record.description is not None:
        made["genre"] = record.description
    return made


def cited_item(key: str, record: Record) -> Item:
    """Return the CSL item from which a source's citations are formatted.

    A date that is not certain is marked as such. An item without language is given *und*, so that
    no style changes the capitals of its title.
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


def check_read(record: Record) -> Problem | None:
    """Return a problem if nobody has read *record* over since it was drafted."""
    if record.unread is None:
        return None
    message = "drafted by a program; read it beside the copy, then take out 'read: no'"
    return Problem(path=record.path, line=record.unread, rule="record-unread", message=message)


def check_lock(key: str, record: Record) -> Problem | None:
    """Return a problem if the citations of *record* were made from another reference."""
    if record.cited is None:
        message = "no formatted citations; run verbatim cite"
        return Problem(path=record.path, rule="citation-unformatted", message=message)
    if record.cited.of == digest(cited_item(key, record)):
        return None
    message = "the reference has changed since its citations were formatted; run verbatim cite"
    return Problem(path=record.path, line=record.cited.line, rule="citation-stale", message=message)
