"""The site: one build's library, ledger and extension, for MkDocs and for `verbatim check`."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListExtension

from .annotation import NAME as QUOTES
from .annotation import quotes_json
from .changes import FILE as CHANGES
from .changes import Log, directive, read_log
from .config import OWNER, Config, Settings, read_settings
from .element import Html, join, make
from .export import references_bib, references_json, robots_txt
from .extension import MarkExtension
from .feed import NAME as FEED
from .feed import feed_xml
from .ledger import Ledger
from .library import read_library
from .listing import (
    Heading,
    Listings,
    composed,
    heading,
    rules_page,
    single,
    source_page,
    sources_page,
)
from .meaning import Qualifiers
from .metadata import About, head
from .page import Page, check_titles, front_matter
from .problem import Problem
from .render import Address, Directive, Renderer, relative
from .retired import PUBLISHED, RETIRED, Addresses, read_addresses
from .rules import RULES

BIBLIOGRAPHY = "sources/index.md"
"""The page, below docs/, that lists all sources."""


@dataclass(kw_only=True, eq=False)
class Site:
    """One build. Pages are begun one after the other, and their marks entered as they render."""

    ledger: Ledger
    renderer: Renderer
    extension: MarkExtension
    settings: Settings
    pages: dict[str, Page] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)
    """The pages that the build makes, by path as shown."""
    log: Log | None = None
    """The corrections and changes, if the site keeps a log of them."""
    addresses: Addresses
    _address: Address
    _current: list[Page]
    _directives: Mapping[str, Directive]

    def begin(
        self, path: str, read: Callable[[], str], url: str, data: Mapping[str, object]
    ) -> None:
        """Begin the page *path*, whose front matter is *data*."""
        page = Page(path=path, read=read, url=url, made=path in self.made)
        self.pages[path] = page
        self._current[:] = [page]
        self.ledger.add(check_titles(page, data))

    def unreadable(self, path: str, error: OSError | ValueError) -> None:
        """Enter that the page *path* cannot be read."""
        what = getattr(error, "strerror", None) or "not UTF-8"
        message = f"cannot be read: {what}; save the page as UTF-8"
        self.ledger.add([Problem(path=path, rule="page-unreadable", message=message)])

    def notes(self, path: str) -> str:
        """Return the notes of the page *path* as HTML."""
        return self.renderer.notes(self.pages[path])

    def is_source(self, path: str) -> bool:
        """Tell whether *path*, below docs/, is the page that the build makes of a source."""
        return path != BIBLIOGRAPHY and _key(path) in self.ledger.library.records

    def description(self, path: str) -> str:
        """Return what a search shows of the page *path* of a source."""
        name = heading(self.ledger.library.records[_key(path)])
        return f"What this site quotes from the text, and the record of it: {single(name)}."

    def source(self, path: str, shown: str) -> tuple[str, list[Heading]]:
        """Return the page *path* of a source, in messages *shown*, as HTML, and its headings."""
        key = _key(path)
        record = self.ledger.library.records[key]
        return composed(key, record, self.pages[shown], self._directives)

    def close(self) -> None:
        """Settle what only the whole site can tell, when the last page has been read."""
        if self.log is not None and self.log.url is None:
            message = "no page shows the log; put <!-- verbatim: changes --> on one"
            self.ledger.add([Problem(path=self.log.path, rule="changes-invalid", message=message)])
        self.ledger.add(self.addresses.gone(self.ledger.uses))
        self.ledger.close()

    @property
    def kept(self) -> tuple[str, ...]:
        """The files of data below docs/ that are no part of the finished site."""
        return CHANGES, PUBLISHED, RETIRED

    def head(self, path: str, about: About) -> Html:
        """Return as HTML what the head of the page *path* tells other programs."""
        page = self.pages[path]
        html = head(about, page, self.ledger, self._address)
        if self.log is None:
            return html
        feed = {"rel": "alternate", "type": "application/atom+xml", "href": relative(FEED, page)}
        return join([html, make("link", {**feed, "title": "Corrections and changes"}), "\n"])

    def exports(self, title: str, language: str) -> dict[str, str]:
        """Return the files that hold every quotation and change, by path; the site is closed.

        *title* and *language* are those of the site.
        """
        base = self.settings.base
        files = {QUOTES: quotes_json(self.ledger, base, self._address, title)}
        if self.log is not None and self.log.url is not None:
            author = self.settings.owner.get(OWNER["run_by"]) or title
            files[FEED] = feed_xml(self.log, base, title, author, language)
        return files

    def generated(self) -> dict[str, str]:
        """Return the files that the build makes, pages as Markdown, by path below docs/.

        Of those that *exports* fills later, the names alone.
        """
        library = self.ledger.library
        pages = {BIBLIOGRAPHY: sources_page(self.ledger), "rules.md": rules_page(RULES)}
        for key, record in sorted(library.records.items()):
            pages[f"sources/{key}.md"] = source_page(key, record)
        pages["references.json"] = references_json(library)
        pages["references.bib"] = references_bib(library)
        pages["robots.txt"] = robots_txt(self.settings.base)
        pages[QUOTES] = ""
        if self.log is not None:
            pages[FEED] = ""
        return pages


def _key(path: str) -> str:
    return path.removeprefix("sources/").removesuffix(".md")


def begin_site(root: Path, docs: Path, extra: object, site_url: object, address: Address) -> Site:
    """Return a new build of the site in *root*; *extra* is that of its configuration."""
    settings, problems = read_settings(extra, site_url, "mkdocs.yml")
    shown = docs.relative_to(root).as_posix() if docs.is_relative_to(root) else docs.name
    return open_site(root / settings.sources, settings, problems, address, (docs, shown))


def open_site(
    sources: Path,
    settings: Settings,
    problems: Iterable[Problem] = (),
    address: Address = lambda key: f"sources/{key}/",
    docs: tuple[Path, str] | None = None,
) -> Site:
    """Return a new build over the folder *sources*; *address* is that of a source's page.

    *docs* is the folder of pages, and what it is called in messages; without it no file of data
    is read.
    """
    library, found = read_library(sources, settings.sources)
    qualifiers = Qualifiers(settings.qualifiers)
    ledger = Ledger(library=library, severities=settings.severities, qualifiers=qualifiers)
    ledger.add([*problems, *found])
    ledger.read_voices()
    ledger.read_people()
    ledger.check_locks()
    log, addresses = _kept(docs, ledger)
    listings = Listings(ledger, RULES, settings, address)
    current: list[Page] = []

    def convert(text: str, page: Page) -> str:
        # A page of its own while it lasts: its marks are proven, its problems have its places.
        outer = list(current)
        current[:] = [page]
        html = Markdown(extensions=[extension, AttrListExtension()]).convert(text)
        current[:] = outer
        return html

    directives = {**listings.directives, "changes": directive(log, address, convert)}
    renderer = Renderer(ledger, address, directives)
    extension = MarkExtension(ledger, renderer, lambda: current[0])
    return Site(
        ledger=ledger,
        renderer=renderer,
        extension=extension,
        settings=settings,
        log=log,
        addresses=addresses,
        _address=address,
        _current=current,
        _directives=directives,
    )


def _kept(docs: tuple[Path, str] | None, ledger: Ledger) -> tuple[Log | None, Addresses]:
    """Return what the files of data in the folder *docs* keep; enter what is wrong with them."""
    if docs is None:
        return None, Addresses(docs="docs")
    log, problems = read_log(*docs)
    addresses, wrong = read_addresses(*docs)
    ledger.add([*problems, *wrong])
    return log, addresses


def check(config: Config) -> Ledger:
    """Return the closed ledger of the site that *config* describes, without building it."""
    docs = (config.docs, config.shown)
    site = open_site(config.sources, config.settings, config.problems, docs=docs)
    for path in config.pages():
        shown = path.relative_to(config.root).as_posix()
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            site.unreadable(shown, error)
            continue
        _check_page(site, config, shown, text)
    site.close()
    return site.ledger


class _Markdown(Markdown):
    """Markdown that finds its extensions by name.

    To look through all that is installed first takes longer than to check a small site.
    """

    def build_extension(self, ext_name: str, configs: Mapping[str, object]) -> Extension:
        name = ext_name if "." in ext_name else f"markdown.extensions.{ext_name}"
        if ":" in name or importlib.util.find_spec(name) is None:
            return super().build_extension(ext_name, configs)
        extension = importlib.import_module(name).makeExtension(**configs)
        assert isinstance(extension, Extension)
        return extension


def _check_page(site: Site, config: Config, path: str, text: str) -> None:
    data, body, problems = front_matter(text, path)
    site.ledger.add(problems)
    site.begin(path, lambda: text, "", data)
    markdown = _Markdown(
        extensions=[*config.extensions, site.extension],
        extension_configs=config.extension_configs,
    )
    markdown.convert(body)
