"""Uses: the quotations and citations of a finished site's pages, read from the numbers there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from selectolax.lexbor import LexborNode

from ..sources.library import Library
from ..sources.source import Source, Span
from ..sources.speech import Voices, is_sensitive
from .cited_places import CitedPlaces, Ranges, read_cited
from .outline import HEADINGS, target
from .page import NOTHING, FinishedPage, Quoted, even, seen, without_seams
from .page_order import PageOrder
from .sentences import Sentence, held, sentence_places, sentence_shown

BOARDS = ".map, .timeline"
"""What is drawn of a data file: a heading in it is not over the uses there."""

MENU = ", ".join(f"{menu} a[href]" for menu in ("nav", "header", ".navbar", "[role=navigation]"))
"""The links of a menu, as themes write it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A number on the page with the address *url*: of a quotation, or of a bare citation.

    *passage* is what its note is of, *id* the number's own, *section* the heading above.
    """

    url: str
    key: str
    passage: str
    id: str
    number: int
    section: str
    quoted: Quoted | None
    paragraphs: Ranges = ()
    lines: Ranges = ()

    @property
    def anchor(self) -> str:
        """The id to which a list leads: of the quotation, else of the number."""
        return self.id if self.quoted is not None else f"fnref:{self.id}"

    @property
    def is_whole(self) -> bool:
        """Return whether a source is cited without a place in it."""
        return self.quoted is None and not self.paragraphs + self.lines

    def told(self, source: Source) -> list[int]:
        """Return the paragraphs of *source* that a bare citation names, but those left out."""
        ends = [p.line for p in source.paragraphs[1:]] + [len(source.line_from) + 1]
        return [
            paragraph.number
            for paragraph, end in zip(source.paragraphs, ends, strict=True)
            if paragraph.reading is not None
            and (
                any(a <= paragraph.number <= b for a, b in self.paragraphs)
                or any(a < end and paragraph.line <= b for a, b in self.lines)
            )
        ]


@dataclass(frozen=True, kw_only=True)
class PageUses:
    """The uses on the page with the address *url*, in order, and what it says of them."""

    url: str
    uses: tuple[Use, ...]
    names: frozenset[str]
    """What the page calls itself."""
    menu: Mapping[str, frozenset[str]]
    """What its menu calls pages, by their addresses."""
    sentences: Mapping[str, Sequence[tuple[int, str]]]
    """What notes show of a passage, by its id: of each paragraph its number and an outline."""
    around: Mapping[str, Sequence[Sentence]]
    """The same as places in the source."""
    shown: Mapping[str, frozenset[Span]]
    """Spans of the reading that quotations and notes show, by source."""


def read_uses(page: FinishedPage, library: Library, *, with_menu: bool) -> PageUses:
    """Return the uses on *page*, whose quotations are proven already; its menu only if asked."""
    uses = tuple(_uses(page))
    shown: dict[str, set[Span]] = {}
    sentences: dict[str, list[tuple[int, str]]] = {}
    around: dict[str, list[Sentence]] = {}
    for use in uses:
        if use.quoted is not None:
            shown.setdefault(use.key, set()).update(use.quoted.spans)
    for item in page.css(".footnote li[id]") if uses else ():
        passage = unquote(item.id or "").removeprefix("fn:")
        nodes = item.css(".receipt-sentence")
        sentences.setdefault(passage, [sentence_shown(node, page, library) for node in nodes])
        around.setdefault(passage, [*sentence_places(nodes, library)])
        for receipt in item.css(".receipt"):
            source, found = held(receipt, library)
            if source is not None:
                shown.setdefault(source.key, set()).update(without_seams(found, source))
    return PageUses(
        url=page.url,
        uses=uses,
        names=frozenset(_heading(node) for node in page.css("h1, title")),
        menu=_menu(page) if with_menu else {},
        sentences=sentences,
        around=around,
        shown={key: frozenset(spans) for key, spans in shown.items()},
    )


def _menu(page: FinishedPage) -> dict[str, frozenset[str]]:
    # Links on the page for what is not there lead from the host's root.
    links = page.css(MENU) if page.url != "404.html" else []
    names: dict[str, set[str]] = {}
    for link in links:
        there = target(link.attributes["href"] or "", page.url)
        names.setdefault(there, set()).add(seen(link))
    return {url: frozenset(called) for url, called in names.items()}


class SiteUses:
    """All uses of a site, in the order of its pages, and what the pages say of them."""

    def __init__(self, pages: Iterable[PageUses], shown: Iterable[Sequence[str]] = ()) -> None:
        """Put together what *pages* have; *shown* are addresses of pages as lists have them.

        They say which pages are those of their folders, which no address tells.
        """
        by_url = {page.url: page for page in pages}
        self.order = PageOrder(by_url, shown)
        in_order = [by_url[url] for url in self.order.of(by_url)]
        self.uses = [use for page in in_order for use in page.uses]
        self._by_key: dict[str, list[Use]] = {}
        for use in self.uses:
            self._by_key.setdefault(use.key, []).append(use)
        self.names = {page.url: page.names for page in in_order}
        self.menu = next((page.menu for page in in_order if page.menu), {})
        self.sentences: dict[str, Sequence[tuple[int, str]]] = {}
        self.around: dict[str, Sequence[Sentence]] = {}
        self.shown: dict[str, set[Span]] = {}
        for page in in_order:
            for passage, sentences in page.sentences.items():
                self.sentences.setdefault(passage, sentences)
                self.around.setdefault(passage, page.around[passage])
            for key, spans in page.shown.items():
                self.shown.setdefault(key, set()).update(spans)

    def of(self, key: str) -> Sequence[Use]:
        """Return the uses of the source *key*."""
        return self._by_key.get(key, ())


def sensitive(use: Use, voices: Voices) -> bool:
    """Return whether *use* quotes words that are shown at most as quoted."""
    return use.quoted is not None and any(is_sensitive(span, voices) for span in use.quoted.spans)


def _uses(page: FinishedPage) -> Iterator[Use]:
    # Without its element, which would keep the whole page.
    quoted = {one.id: replace(one, node=NOTHING) for one in page.quotations}
    section, board = "", None
    for node in page.css(f"h1, h2, h3, h4, h5, h6, {BOARDS}, sup[id]"):
        if node.tag in HEADINGS:
            if board is None or not _is_in(node, board):
                section = "" if node.tag == "h1" else _heading(node)
        elif node.tag != "sup":
            board = node
        elif (use := _use(node, page.url, quoted, section)) is not None:
            yield use


def _is_in(node: LexborNode, board: LexborNode) -> bool:
    around = node.parent
    while around is not None and around != board:
        around = around.parent
    return around is not None


def _heading(node: LexborNode) -> str:
    """Return what a reader sees of a heading, but its link and numbers."""
    parts: list[str] = []
    child = node.child
    while child is not None:
        classes = (child.attributes.get("class") or "").split() if child.is_element_node else []
        if child.tag != "sup" and "headerlink" not in classes:
            parts.append(seen(child) if child.is_element_node else child.text_content or "")
        child = child.next
    return even("".join(parts))


def _use(node: LexborNode, url: str, quoted: dict[str, Quoted], section: str) -> Use | None:
    link = node.css_first("a.footnote-ref")
    if link is None or not (node.id or "").startswith("fnref:"):
        return None
    id_ = (node.id or "").removeprefix("fnref:")
    passage = unquote(link.attributes.get("href") or "").removeprefix("#fn:")
    number = int(seen(link)) if re.fullmatch(r"[0-9]{1,6}", seen(link)) else 0
    proven, cited = quoted.get(id_), read_cited(passage)
    if proven is not None:
        cited = CitedPlaces(proven.source.key)
    if cited is None:
        return None
    return Use(
        url=url,
        key=cited.key,
        passage=passage,
        id=id_,
        number=number,
        section=section,
        quoted=proven,
        paragraphs=cited.paragraphs,
        lines=cited.lines,
    )
