"""Feed: the log of corrections and changes for feed readers, in Atom."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from .changelog import FIELDS, Change, Log
from .html import Html, make

NAME = "feed.xml"

HEAD = Html('<?xml version="1.0" encoding="utf-8"?>\n')


def feed_xml(log: Log, base: str, title: str, author: str, language: str) -> str:
    """Return *log*, which a page shows, as an Atom feed, the latest change first.

    *base* is the site's address, or nothing: then links are relative to the file. What a reader
    knows entries by is made of the site's *title* and their own ids, and stays when the site moves.
    """
    days = [change.date for change in log.changes]
    page = f"{base}{log.url}" or "./"
    own = [_link("self", f"{base}{NAME}")] if base else []
    parts = [
        make("id", None, _name(title, "")),
        make("title", None, f"{title}: corrections and changes"),
        make("updated", None, _moment(max([log.begun, *days]))),
        make("author", None, make("name", None, author)),
        *own,
        _link("alternate", page),
        *(_entry(change, log, page, title) for change in log.changes),
    ]
    about = {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": language}
    lines = [line for part in parts for line in ("\n", part)]
    return f"{HEAD}{make('feed', about, *lines)}\n"


def _entry(change: Change, log: Log, page: str, title: str) -> Html:
    shown = log.shown[change.id]
    text = "\n".join(f"{label}: {shown[name]}" for name, label in FIELDS.items())
    return make(
        "entry",
        None,
        make("id", None, _name(title, change.id)),
        make("title", None, f"{change.heading}{change.title}"),
        make("updated", None, _moment(change.date)),
        _link("alternate", f"{page}#{change.anchor}"),
        make("category", {"term": change.kind}),
        make("content", {"type": "text"}, text),
    )


def _link(rel: str, address: str) -> Html:
    kind = {"type": "text/html"} if rel == "alternate" else {}
    # In XML every element ends.
    return Html(make("link", {"rel": rel, **kind, "href": address}).replace(">", "/>"))


def _name(title: str, id_: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'verbatim:{title}#{id_}')}"


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
