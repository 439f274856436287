"""Made pages: compares the pages and lists that the build makes with what sources and pages give.

What is expected is worked out anew, in outlines; see `source_listings`, `quotation_index` and
`listings`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from ..problem import Problem
from ..sources.library import Library
from ..sources.speech import Voices
from .listings import OWNER, bibliography, owner, shares, speakers
from .outline import SELF, outline, tidy, wrong
from .page import FinishedPage, seen
from .page_names import PageNames
from .quotation_index import QuotationIndex
from .source_listings import source_page
from .uses import SiteUses

LISTS = "ul.bibliography, table.shares, .source-table"
FRAME = frozenset({"script", "nav", "footer", "aside", "hr"})
"""Elements that a theme puts beside the text of a page."""

COUNTED = re.compile(r"This site rests on (?P<count>one text|\d+ texts)\.")
"""How the list of sources begins that the build makes."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A page that the build made, or lists on any page, as outlines."""

    path: str
    url: str
    parts: list[str] = field(default_factory=list)


class MadePages:
    """Reads pages one by one, then says what in those that the build made is wrong."""

    def __init__(
        self,
        library: Library,
        voices: Mapping[str, Voices],
        stated: Mapping[str, str | None] | None = None,
    ) -> None:
        """Check pages that show the sources of *library*.

        *stated* is what the configuration says of the owner, if that is known.
        """
        self._library, self._voices, self._stated = library, voices, stated
        self.uses = SiteUses()
        self._paths: dict[str, str] = {}
        self._sources: dict[str, _Made] = {}
        self._quotes: list[_Made] = []
        self._lists: list[_Made] = []
        self._owners: list[_Made] = []
        self._counts: list[tuple[str, str]] = []

    def add(self, page: FinishedPage) -> None:
        """Read *page*, whose quotations are proven already."""
        self.uses.add(page, self._library)
        self._paths[page.url] = page.path
        key = _key(page.url)
        if key in self._library.records and _is_made(page):
            self._sources[key] = _Made(page.path, page.url, _parts(page))
        if page.css(".quotes-facets, .quotes-count, ul.quotes"):
            self._quotes.append(_Made(page.path, page.url, _parts(page, inside=True)))
        if lists := [outline(node, page) for node in page.css(LISTS)]:
            self._lists.append(_Made(page.path, page.url, lists))
        for node in page.css("dl.source-record"):
            if {seen(dt) for dt in node.css("dt")} & set(OWNER):
                self._owners.append(_Made(page.path, page.url, [outline(node, page)]))
        for node in page.css("h1 ~ p") if lists else ():
            if match := COUNTED.match(seen(node)):
                self._counts.append((page.path, match["count"]))

    def problems(self, known: Iterable[Problem]) -> Iterator[Problem]:
        """Yield what is wrong, when all pages are read.

        What rests on pages or sources with *known* problems is not compared: it has them, too.
        """
        self.uses.close()
        names = PageNames(self.uses)
        unsure = self._unsure({problem.path for problem in known})
        for key, made in self._sources.items():
            record, source = self._library.records[key], self._library.sources.get(key)
            if key not in unsure:
                yield from _compared(made, source_page(key, record, source, self.uses), names)
        if not unsure:
            yield from self._of_all(names)
        yield from self._complete()

    def _unsure(self, paths: Container[str]) -> set[str]:
        """Return the keys of the sources that files at *paths* quote, or are about."""
        found = {use.key for use in self.uses.uses if self._paths[use.url] in paths}
        for key, record in self._library.records.items():
            if record.path in paths or f"{record.path.removesuffix('.yml')}.txt" in paths:
                found.add(key)
        return found

    def _of_all(self, names: PageNames) -> Iterator[Problem]:
        """Yield what is wrong in lists of all sources and quotations."""
        index = QuotationIndex(self.uses, self._library, self._voices, self._there)
        for made in self._quotes:
            yield from _compared(made, [*index.parts()], names)
        for made in self._lists:
            yield from _compared(made, [self._list(shown) for shown in made.parts], names)
        if self._stated is not None:
            for made in self._owners:
                yield from _compared(made, [owner(self._stated)], names)

    def _there(self, key: str) -> str:
        """Return the address of the page of the source *key*."""
        flat = f"sources/{key}.html"
        return flat if flat in self._paths else f"sources/{key}/"

    def _list(self, shown: str) -> str:
        """Return the outline of the list that *shown* must be."""
        if "shares" in shown[:60]:
            return shares(self._library, self.uses, self._there)
        if "source-table" in shown[:120]:
            return speakers(self._library, self.uses)
        first = re.search(r'id="source-([^"]*)"', shown)
        if first is not None and first[1] in self._library.references:
            return bibliography(self._library.references, "its record", self._there)
        records = {key: source.record for key, source in self._library.sources.items()}
        return bibliography(records, "what is quoted from it", self._there)

    def _complete(self) -> Iterator[Problem]:
        """Yield what the list of sources that the build makes has not, or counts wrongly."""
        many = len(self._library.sources)
        wanted = "one text" if many == 1 else f"{many} texts"
        for path, count in self._counts:
            lists = [part for made in self._lists if made.path == path for part in made.parts]
            least = 3 + bool(self._library.references)
            owners = sum(made.path == path for made in self._owners)
            if count != wanted or len(lists) < least or not owners:
                message = f"{count}, {len(lists)} lists, {owners} of the owner; there are {wanted}"
                yield Problem(path=path, rule="proof-listing", message=message)


def _key(url: str) -> str:
    return url.removeprefix("sources/").removesuffix(".html").removesuffix("/")


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


def _compared(made: _Made, wanted: Sequence[str], names: PageNames) -> Iterator[Problem]:
    """Yield where the parts of a page are not those *wanted*."""
    for turn in range(max(len(made.parts), len(wanted))):
        shown = made.parts[turn] if turn < len(made.parts) else ""
        anew = tidy(wanted[turn]).replace(SELF, made.url) if turn < len(wanted) else ""
        anew = names.filled(anew, shown)
        if shown != anew:
            message = f"not what sources and pages give: {wrong(shown, anew)}"
            yield Problem(path=made.path, rule="proof-listing", message=message)
            # What follows may be moved, too.
            return
