"""Made pages: compares the pages and lists that the build makes with what sources and pages give.

What is expected is worked out anew, in outlines; see `source_listings`, `quotation_index` and
`listings`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from ..problem import Problem
from ..sources.library import Library
from ..sources.speech import Voices
from .changelog import wrong_changes
from .listings import Owner, bibliography, owner_list, shares, speakers
from .outline import OPEN, SELF, tidy, wrong
from .page import FinishedPage
from .page_names import PageNames
from .page_read import PageRead, key_of, read_page
from .quotation_index import QuotationIndex
from .search_index import Section
from .site_facts import SiteFacts
from .source_listings import source_page
from .uses import SiteUses

BACK = re.compile(r'aria-label="note \d+" href="([^"#]*)#')
"""A back link in an outline."""

LED = re.compile(r' href="(?!https?:)([^"#]*)[^"]*"')
"""Where a link of an outline leads inside the site."""


class MadePages:
    """Reads pages one by one, then says what in those that the build made is wrong."""

    def __init__(
        self,
        library: Library,
        voices: Mapping[str, Voices],
        owner: Owner | None = None,
    ) -> None:
        """Check pages that show the sources of *library*.

        *owner* is what the configuration states of the owner, if that is known.
        """
        self._library, self._voices, self.owner = library, voices, owner
        self.pages: dict[str, PageRead] = {}
        """What was read, by the addresses of the pages."""
        self._with_menu: str | None = None

    def add(self, page: FinishedPage) -> None:
        """Read *page*, whose quotations are proven already."""
        # One menu names all pages: those of a large site would fill the memory.
        with_menu = self._with_menu in {None, page.url}
        read = read_page(page, self._library, with_menu=with_menu)
        self._with_menu = page.url if read.uses.menu else self._with_menu
        self.pages[page.url] = read

    def uses(self) -> SiteUses:
        """Return all uses, when all pages are read."""
        made = (page.quotes or page.source or () for page in self.pages.values())
        lists = (pages for parts in made for part in parts for pages in _listed(part))
        return SiteUses((page.uses for page in self.pages.values()), lists)

    def facts(self) -> SiteFacts:
        """Return what the pages say of the site, when all are read."""
        return SiteFacts(page.facts for page in self.pages.values())

    def searched(self) -> dict[str, Sequence[Section]]:
        """Return what can be searched of each page."""
        return {url: page.sections for url, page in self.pages.items()}

    def problems(self, known: Iterable[Problem]) -> Iterator[Problem]:
        """Yield what is wrong, when all pages are read.

        What rests on pages or sources with *known* problems is not compared: it has them, too.
        """
        site = self.uses()
        names = PageNames(site, is_astray=self._is_astray())
        unsure = self._unsure(site, {problem.path for problem in known})
        for page in self.pages.values():
            key = key_of(page.url)
            if page.source is not None and key not in unsure:
                record, source = self._library.records[key], self._library.sources.get(key)
                wanted = source_page(key, record, source, site)
                yield from _compared(page, page.source, wanted, names)
        if not unsure:
            yield from self._of_all(site, names)
        for page in self.pages.values():
            yield from self._complete(page)
            for message in wrong_changes(page.changes, names.known):
                yield Problem(path=page.path, rule="proof-listing", message=message)

    def _is_astray(self) -> bool:
        """Return whether no link of a whole list leads to a page.

        A builder that does not know how our links are meant breaks all of them, an edit one.
        """
        for page in self.pages.values():
            led = {there for part in page.quotes or () for there in LED.findall(part)}
            if led - {page.url} and not (led - {page.url}) & set(self.pages):
                return True
        return False

    def _unsure(self, site: SiteUses, paths: Container[str]) -> set[str]:
        """Return the keys of the sources that files at *paths* quote, or are about."""
        found = {use.key for use in site.uses if self.pages[use.url].path in paths}
        for key, record in self._library.records.items():
            if record.path in paths or f"{record.path.removesuffix('.yml')}.txt" in paths:
                found.add(key)
        return found

    def _of_all(self, site: SiteUses, names: PageNames) -> Iterator[Problem]:
        """Yield what is wrong in lists of all sources and quotations."""
        index = QuotationIndex(site, self._library, self._voices, self._there)
        for page in self.pages.values():
            if page.quotes is not None:
                yield from _compared(page, page.quotes, [*index.parts()], names)
                yield from _contents(page, index.names())
            if page.lists:
                wanted = [self._list(shown, site) for shown in page.lists]
                yield from _compared(page, page.lists, wanted, names)
            if page.owners and self.owner is not None:
                wanted = [owner_list(self.owner)] * len(page.owners)
                yield from _compared(page, page.owners, wanted, names)

    def _there(self, key: str) -> str:
        """Return the address of the page of the source *key*."""
        flat = f"sources/{key}.html"
        return flat if flat in self.pages else f"sources/{key}/"

    def _list(self, shown: str, site: SiteUses) -> str:
        """Return the outline of the list that *shown* must be."""
        if "shares" in shown[:60]:
            return shares(self._library, site, self._there)
        if "source-table" in shown[:120]:
            return speakers(self._library, site)
        first = re.search(r'id="source-([^"]*)"', shown)
        if first is not None and first[1] in self._library.references:
            return bibliography(self._library.references, "its record", self._there)
        records = {key: source.record for key, source in self._library.sources.items()}
        return bibliography(records, "what is quoted from it", self._there)

    def _complete(self, page: PageRead) -> Iterator[Problem]:
        """Yield what the list of sources that the build makes has not, or counts wrongly."""
        many = len(self._library.sources)
        wanted = "one text" if many == 1 else f"{many} texts"
        least = 3 + bool(self._library.references)
        for count in page.counts:
            if count != wanted or len(page.lists) < least or not page.owners:
                message = f"{count} in {len(page.lists)} lists, and {wanted} in {least} anew"
                yield Problem(path=page.path, rule="proof-listing", message=message)


def _listed(part: str) -> Iterator[list[str]]:
    """Yield the addresses of the pages that each paragraph of an outline names, in order."""
    for block in part.split(f"{OPEN}p"):
        yield list(dict.fromkeys(BACK.findall(block)))


def _contents(page: PageRead, names: Mapping[str, str]) -> Iterator[Problem]:
    """Yield where the contents of the list name a speaker otherwise than the list."""
    for there, name in page.contents:
        if names.get(there) != name:
            message = f"the contents have '{name}' at {there!r}, the list '{names.get(there)}'"
            yield Problem(path=page.path, rule="proof-listing", message=message)


def _compared(
    page: PageRead, shown: Sequence[str], wanted: Sequence[str], names: PageNames
) -> Iterator[Problem]:
    """Yield where the parts *shown* on a page are not those *wanted*."""
    for turn in range(max(len(shown), len(wanted))):
        here = shown[turn] if turn < len(shown) else ""
        anew = tidy(wanted[turn]).replace(SELF, page.url) if turn < len(wanted) else ""
        if names.is_astray:
            here, anew = LED.sub("", here), LED.sub("", anew)
        anew = names.filled(anew, here)
        if here != anew:
            message = f"not what sources and pages give: {wrong(here, anew)}"
            yield Problem(path=page.path, rule="proof-listing", message=message)
            # What follows may be moved, too.
            return
