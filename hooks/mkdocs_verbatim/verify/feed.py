"""Feed: compares the feed of changes with the page that shows them."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from ..sources.csl import date_parts
from .listings import Owner
from .outline import target
from .page import FinishedPage, even
from .record_words import dates
from .site_facts import SiteFacts

ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
KNOWN = frozenset("feed id title updated author name link entry category content".split())


def wrong_feed(
    root: etree.Element, pages: Sequence[FinishedPage], facts: SiteFacts, owner: Owner | None
) -> Iterator[str]:
    """Yield each difference between a feed and the page that shows the log of changes.

    *owner* is what the configuration states, if that is known.
    """
    entries = {anchor: said for page in pages for anchor, said in page.entries.items()}
    title = (root.findtext(f"{ATOM}title") or "").removesuffix(": corrections and changes")
    name = facts.name if facts.name is not None else title
    yield from _head(root, title, name, facts)
    author, wanted = root.findtext(f"{ATOM}author/{ATOM}name"), (owner or {}).get("run_by") or name
    if owner is not None and author != wanted:
        yield f"the author is {author!r}, not {wanted!r}"
    for element in root.iter():
        if element.tag.removeprefix(ATOM) not in KNOWN:
            yield f"an element {element.tag!r}, which a feed of this kind has not"
    anchors: list[str] = []
    days: list[str] = []
    for entry in root.iter(f"{ATOM}entry"):
        anchor = _anchor(entry)
        anchors.append(anchor)
        days.append((entry.findtext(f"{ATOM}updated") or "").partition("T")[0])
        said = tuple(even(entry.findtext(f"{ATOM}{part}") or "") for part in ("title", "content"))
        if said != entries.get(anchor):
            yield f"entry {anchor!r} is not what its page says: '{' '.join(said)[:80]}'"
        yield from (f"entry {anchor!r}: {m}" for m in _entry(entry, anchor, said[0], name, facts))
    for anchor in entries:
        if anchor not in anchors:
            yield f"the entry {anchor!r} of its page is left out"
    if sorted(entries) == sorted(anchors) and list(entries) != anchors:
        yield "entries in another order than on their page"
    yield from _updated(root, days, facts)


def _anchor(entry: etree.Element) -> str:
    link = entry.find(f"{ATOM}link")
    return urlsplit(link.get("href", "") if link is not None else "").fragment


def _head(root: etree.Element, title: str, name: str, facts: SiteFacts) -> Iterator[str]:
    """Yield what is wrong with what a feed says of itself."""
    if title != name:
        yield f"the title is of {title!r}, but the site is called {name!r}"
    if root.findtext(f"{ATOM}id") != _named(name, ""):
        yield "the id is not that of the site's feed"
    if facts.language is not None and root.get(LANGUAGE) != facts.language:
        yield f"the language is {root.get(LANGUAGE)!r}, but pages are in {facts.language!r}"
    wanted = [("alternate", facts.log)]
    if facts.base:
        wanted.insert(0, ("self", "feed.xml"))
    links = [(link.get("rel"), _there(link, facts)) for link in root.findall(f"{ATOM}link")]
    if links != wanted:
        yield f"leads to {links}, not to {wanted}"


def _entry(
    entry: etree.Element, anchor: str, title: str, name: str, facts: SiteFacts
) -> Iterator[str]:
    """Yield what is wrong with what an entry says besides title and text."""
    day = entry.findtext(f"{ATOM}updated") or ""
    if date_parts(day[:10]) == [] or day[10:] != "T00:00:00Z":
        yield f"{day!r} is no day"
    elif not title.startswith(f"{dates(day[:10])}: "):
        yield f"of {day[:10]}, its title of another day"
    kind = [category.get("term") for category in entry.findall(f"{ATOM}category")]
    if title.partition(": ")[2].partition(" on ")[0] not in kind or len(kind) != 1:
        yield f"a {kind} by its category, not by its title"
    if entry.findtext(f"{ATOM}id") != _named(name, anchor.removeprefix("change-")):
        yield "the id is not made of the site's name and its own"
    links = [_there(link, facts) for link in entry.findall(f"{ATOM}link")]
    if links != [f"{facts.log}#{anchor}"]:
        yield f"leads to {links}, not to its place on {facts.log!r}"


def _updated(root: etree.Element, days: Sequence[str], facts: SiteFacts) -> Iterator[str]:
    """Yield what is wrong with the day on which a feed says that it changed last."""
    day = root.findtext(f"{ATOM}updated") or ""
    if days and day != f"{max(days)}T00:00:00Z":
        yield f"last changed {day!r}, but its latest entry is of {max(days)}"
    if not days and dates(day[:10]) != facts.begun:
        yield f"begun {day!r}, but the log began {facts.begun!r}"


def _named(name: str, id_: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'verbatim:{name}#{id_}')}"


def _there(link: etree.Element, facts: SiteFacts) -> str:
    """Return where a link of the feed leads, from the site's root."""
    address = link.get("href", "")
    inside = address.removeprefix(facts.base) if facts.base else address
    return target(inside, "") if inside != "./" else ""
