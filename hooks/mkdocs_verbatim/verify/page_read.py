"""Reads what a page of a finished site has that the build makes, and what lists are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from ..sources.library import Library
from .changelog import Change, read_changes
from .listings import OWNER
from .outline import outline
from .page import FinishedPage, seen
from .search_index import Section, read_sections
from .site_facts import PageFacts, read_facts
from .uses import PageUses, read_uses

LISTS = "ul.bibliography, table.shares, .source-table"
FRAME = frozenset({"script", "nav", "footer", "aside", "hr"})
"""Elements that a theme puts beside the text of a page."""

COUNTED = re.compile(r"This site rests on (?P<count>one text|\d+ texts)\.")
"""How the list of sources begins that the build makes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRead:
    """What was read of a page, in outlines: all of it if the build makes it whole, and lists."""

    path: str
    uses: PageUses
    facts: PageFacts
    sections: Sequence[Section]
    source: Sequence[str] | None
    """All of the page of a source."""
    quotes: Sequence[str] | None
    """All of the list of quotations."""
    contents: Sequence[tuple[str, str]]
    """Where a page's contents lead to speakers, and what they are called there."""
    changes: Sequence[Change]
    """The log of changes."""
    lists: Sequence[str]
    owners: Sequence[str]
    counts: Sequence[str]
    """How many texts the list of sources says that there are."""

    @property
    def url(self) -> str:
        """The page's address from the site's root."""
        return self.uses.url


def read_page(page: FinishedPage, library: Library, *, with_menu: bool) -> PageRead:
    """Return what is read of *page*, whose quotations are proven; its menu only if asked."""
    is_source = key_of(page.url) in library.records and _is_made(page)
    is_index = bool(page.css(".quotes-facets, .quotes-count, ul.quotes"))
    lists = [outline(node, page) for node in page.css(LISTS)]
    said = [seen(node) for node in page.css("h1 ~ p")] if lists else []
    led = page.css(':not(dd) > a[href^="#speaker-"]:not(.headerlink)') if is_index else []
    return PageRead(
        path=page.path,
        uses=read_uses(page, library, with_menu=with_menu),
        facts=read_facts(page),
        sections=read_sections(page),
        source=_parts(page) if is_source else None,
        quotes=_parts(page, inside=True) if is_index else None,
        contents=[(link.attributes["href"] or "", seen(link)) for link in led],
        changes=read_changes(page),
        lists=lists,
        owners=[outline(node, page) for node in page.css("dl.source-record") if _owned(node)],
        counts=[match["count"] for text in said if (match := COUNTED.match(text))],
    )


def key_of(url: str) -> str:
    """Return the key of the source whose page may be at *url*."""
    return url.removeprefix("sources/").removesuffix(".html").removesuffix("/")


def _owned(node: LexborNode) -> bool:
    """Return whether a list of terms says who runs the site."""
    return not {seen(label) for label in node.css("dt")}.isdisjoint(OWNER.values())


def _is_made(page: FinishedPage) -> bool:
    """Return whether the build made the page of a source: an author may write one."""
    data = [node.text() for node in page.css('script[type="application/ld+json"]')]
    if data:
        return '"@type":"WebPage"' in data[0]
    return bool(page.css(".source-strip, .source-reference"))


def _parts(page: FinishedPage, *, inside: bool = False) -> list[str]:
    """Return the outlines of the page's heading and of all that follows it.

    With *inside* those in a mere element around a directive, which not all builders write.
    """
    found: list[str] = []
    for node in _after(next(iter(page.css("h1")), None)):
        within = inside and node.tag == "div" and not node.attributes
        found += [outline(each, page) for each in (_after(node.child) if within else [node])]
    return found


def _after(node: LexborNode | None) -> Iterator[LexborNode]:
    """Yield *node* and the elements after it, but a theme's own."""
    while node is not None:
        if node.is_element_node and not _is_frame(node):
            yield node
        node = node.next


def _is_frame(node: LexborNode) -> bool:
    classes = (node.attributes.get("class") or "").split()
    is_named = any(name.startswith("md-") for name in classes)
    return node.tag in FRAME or is_named or (node.id or "").startswith("__")
