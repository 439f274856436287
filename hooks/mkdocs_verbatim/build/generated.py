"""The files that the build makes itself: pages about sources and rules, and exports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..ledger.closed_ledger import ClosedLedger
from ..ledger.page import Page
from ..output.annotations import ANNOTATIONS, quotes_json
from ..output.changelog import Log
from ..output.feed import FEED, feed_xml
from ..output.html import Heading
from ..output.made_pages import (
    composed,
    composed_quotes,
    heading,
    quotes_page,
    source_page,
    sources_page,
)
from ..output.moved_page import moved_page
from ..output.quotation import Address
from ..output.quotation_index import Quotes
from ..output.references import references_bib, references_json, robots_txt
from ..output.source_listings import SourceListings
from ..rules import RULES
from ..sources.library import Library
from ..text.words import single
from . import theme
from .rules_page import rules_page
from .settings import Settings

BIBLIOGRAPHY = "sources/index.md"
"""The page, below docs/, that lists all sources."""

QUOTES = "quotes.md"
"""The page, below docs/, that lists all quotations."""


@dataclass(frozen=True, kw_only=True)
class GeneratedFiles:
    """What a build adds to the site; *ledger* returns the closed ledger.

    *changes* is the log of corrections and changes, *address* that of a source's page.
    """

    library: Library
    ledger: Callable[[], ClosedLedger]
    settings: Settings
    changes: Log | None
    address: Address

    def is_composed(self, path: str) -> bool:
        """Return whether the build makes the page *path*, below docs/, without Markdown."""
        return path == QUOTES or self.is_source(path)

    def is_source(self, path: str) -> bool:
        """Return whether *path*, below docs/, is the page that the build makes of a source."""
        return path != BIBLIOGRAPHY and _key(path) in self.library.records

    def description(self, path: str) -> str:
        """Return what a search shows of the page *path* of a source."""
        name = heading(self.library.records[_key(path)])
        return f"What this site quotes from the text, and the record of it: {single(name)}."

    def composed(self, path: str, page: Page) -> tuple[str, list[Heading]]:
        """Return *page*, which is *path* below docs/, as HTML, and its headings."""
        if path == QUOTES:
            return composed_quotes(Quotes(self.ledger(), self.address), page)
        key, draw = _key(path), SourceListings(self.library, self.ledger).draw
        return composed(key, self.library.records[key], page, draw)

    def names(self) -> list[str]:
        """Return the files of the finished site that the build makes, by path."""
        keys = [*self.library.records, *self.library.was]
        end = "/index.html" if self.address("x").endswith("/") else ".html"
        pages = [f"{name}{end}" for name in ("quotes", "rules")]
        sources = [self._file(key) for key in keys]
        feeds = [FEED] if self.changes is not None else []
        return [
            "sources/index.html",
            *pages,
            *sources,
            "references.json",
            "references.bib",
            "robots.txt",
            ANNOTATIONS,
            *feeds,
            *theme.files(),
        ]

    def pages(self) -> dict[str, str]:
        """Return the files that the build makes, pages as Markdown, by path below docs/.

        Of those that *exports* fills later, the names alone.
        """
        pages = {
            BIBLIOGRAPHY: sources_page(self.library),
            QUOTES: quotes_page(),
            "rules.md": rules_page(RULES, self.settings.content),
        }
        for key, record in sorted(self.library.records.items()):
            pages[f"sources/{key}.md"] = source_page(key, record)
        for old, key in self.library.was.items():
            pages[self._file(old)] = self._left_behind(old, key)
        pages["references.json"] = references_json(self.library)
        pages["references.bib"] = references_bib(self.library)
        pages["robots.txt"] = robots_txt(self.settings.base)
        pages[ANNOTATIONS] = ""
        if self.changes is not None:
            pages[FEED] = ""
        return pages

    def _file(self, key: str) -> str:
        """Return the finished file, below the site, at the address of a source's page."""
        address = self.address(key)
        return f"{address}index.html" if address.endswith("/") else address

    def _left_behind(self, old: str, key: str) -> str:
        """Return the page at the address that the source *key* had as *old*."""
        up = "../" * self.address(old).count("/")
        return moved_page(heading(self.library.records[key]), f"{up}{self.address(key)}")

    def exports(self, title: str, language: str) -> dict[str, str]:
        """Return the files that hold every quotation and change, by path, when all is read.

        *title* and *language* are those of the site.
        """
        base = self.settings.base
        files = {ANNOTATIONS: quotes_json(self.ledger(), base, self.address, title)}
        if self.changes is not None and self.changes.url is not None:
            author = self.settings.owner.run_by or title
            files[FEED] = feed_xml(self.changes, base, title, author, language)
        return files

    def complete(self, title: str, language: str) -> dict[str, str]:
        """Return every file that the build makes, by path below docs/; see *exports*."""
        return {**self.pages(), **self.exports(title, language), **theme.files()}


def _key(path: str) -> str:
    return path.removeprefix("sources/").removesuffix(".md")
