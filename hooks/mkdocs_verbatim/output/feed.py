"""Feed: the log of corrections and changes for feed readers, in Atom (RFC 4287)."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from uuid import NAMESPACE_URL, uuid5

from .changelog import FIELDS, Change, Log
from .html import allowed

FEED = "feed.xml"

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'


def feed_xml(log: Log, base: str, title: str, author: str, language: str) -> str:
    """Return *log*, which a page shows, as an Atom feed, the latest change first.

    *base* is the site's address, or "": then links are relative to the file. Feed readers know an
    entry by its id, which is made of the site's *title* and the entry's own id: it stays the same
    when the site moves.
    """
    page = f"{base}{log.url}" or "./"
    feed = etree.Element(
        "feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": allowed(language)}
    )
    _add(feed, "id", _name(title, ""))
    _add(feed, "title", f"{title}: corrections and changes")
    _add(feed, "updated", _moment(max((change.date for change in log.changes), default=log.begun)))
    _add(_add(feed, "author"), "name", author)
    if base:
        _add(feed, "link", rel="self", href=f"{base}{FEED}")
    _add(feed, "link", rel="alternate", type="text/html", href=page)
    for change in log.changes:
        _add_entry(feed, change, log, page, title)
    # One element a line, so that two versions of the file can be compared.
    feed.text = "\n"
    for element in feed[:-1]:
        element.tail = "\n"
    return f"{DECLARATION}{etree.tostring(feed, encoding='unicode')}\n"


def _add_entry(feed: etree.Element, change: Change, log: Log, page: str, title: str) -> None:
    shown = log.shown[change.id]
    entry = _add(feed, "entry")
    _add(entry, "id", _name(title, change.id))
    _add(entry, "title", f"{change.heading}{change.title}")
    _add(entry, "updated", _moment(change.date))
    _add(entry, "link", rel="alternate", type="text/html", href=f"{page}#{change.anchor}")
    _add(entry, "category", term=change.kind)
    text = "\n".join(f"{label}: {shown[name]}" for name, label in FIELDS.items())
    _add(entry, "content", text, type="text")


def _add(parent: etree.Element, tag: str, text: str = "", **attributes: str) -> etree.Element:
    """Add an element to *parent*, and return it."""
    plain = {name: allowed(value) for name, value in attributes.items()}
    element = etree.SubElement(parent, tag, plain)
    element.text = allowed(text)
    return element


def _name(title: str, id_: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'verbatim:{title}#{id_}')}"


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
