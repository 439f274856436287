"""The site: one build's library, ledger and extension, for MkDocs and for `verbatim check`."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListExtension

from markdown import Markdown

from ..diagrams.entries import DataFolder
from ..diagrams.map_section import MapBoard
from ..diagrams.timeline_section import TimelineBoard
from ..house_style.site_check import House
from ..ledger.ledger import Ledger
from ..ledger.page import POSTPONED, Page, check_titles, front_matter
from ..ledger.permalinks import PUBLISHED, RETIRED, Addresses, read_addresses
from ..markdown.accessible import AccessibleExtension
from ..output.annotations import NAME as ANNOTATIONS
from ..output.annotations import quotes_json
from ..output.changelog import FILE as CHANGES
from ..output.changelog import Log, directive, read_log
from ..output.directives import Listings
from ..output.feed import NAME as FEED
from ..output.feed import feed_xml
from ..output.html import Heading, Html, join, make
from ..output.made_pages import (
    composed,
    composed_quotes,
    heading,
    quotes_page,
    source_page,
    sources_page,
)
from ..output.page_metadata import About, head
from ..output.quotation import Address, Renderer, page_url, relative
from ..output.receipt import notes
from ..output.references import references_bib, references_json, robots_txt
from ..problem import Problem, ProblemError
from ..quotations.qualifiers import Qualifiers
from ..rules import RULES
from ..sources.library import Library, Progress, read_library, unwatched
from ..sources.text_file import unreadable
from ..text.words import single
from . import theme
from .config import OWNER, UNREADABLE, Config, Settings, read_settings
from .extension import MarkExtension
from .findings import Findings
from .handover import kept
from .headers import protect
from .rules_page import rule_directives, rules_page
from .stylesheet import Seen, bundled

BIBLIOGRAPHY = "sources/index.md"
"""The page, below docs/, that lists all sources."""

QUOTES = "quotes.md"
"""The page, below docs/, that lists all quotations."""


@dataclass(kw_only=True, eq=False)
class Site:
    """One build. Pages are begun one after the other, and their marks entered as they render."""

    ledger: Ledger
    renderer: Renderer
    extension: MarkExtension
    accessible: AccessibleExtension = field(default_factory=AccessibleExtension)
    """For what readers get; `check` has no use for it."""
    settings: Settings
    house: House | None
    seen: Seen = field(default_factory=Seen)
    """What pages and scripts need of the stylesheets."""
    pages: dict[str, Page] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)
    """The pages that the build makes, by path as shown."""
    log: Log | None = None
    """The corrections and changes, if the site keeps a log of them."""
    addresses: Addresses
    handed_over: tuple[str, ...] = ()
    """What `verbatim pages` put into docs/, as paths below it; a build makes that anew."""
    opened: int
    """How many problems there were before the first page."""
    published: set[str] = field(default_factory=set)
    """The addresses of quotations so far, as far as uses were released."""
    _current: list[Page]
    _listings: Listings
    _address: Address

    def begin(
        self,
        path: str,
        read: Callable[[], str],
        url: str,
        data: Mapping[str, object],
        name: str = "",
    ) -> None:
        """Begin the page *path*, which is *name* below docs/ and whose front matter is *data*."""
        page = Page(path=path, read=read, url=url, name=name, made=path in self.made)
        self.pages[path] = page
        self._current[:] = [page]
        self.ledger.add(check_titles(page, data))
        if self.house and not page.made:
            self.house.read_titles(page, data)

    def unreadable(self, path: str, error: OSError | ValueError) -> None:
        """Enter that the page *path* cannot be read."""
        remedy = "save the page as UTF-8"
        self.ledger.add([unreadable(error, shown=path, rule="page-unreadable", remedy=remedy)])

    def finished(self, path: str, html: str) -> str:
        """Return the page *path*, converted to *html*, with what only a complete ledger tells."""
        page = self.pages[path]
        for number, (name, arguments) in enumerate(page.postponed, 1):
            shown = self.renderer.directive(name, arguments, page) or ""
            html = html.replace(POSTPONED.format(number), shown)
        return html + self.notes(path)

    def notes(self, path: str) -> str:
        """Return the notes of the page *path* as HTML."""
        return notes(self.pages[path], self.ledger, self._address)

    def is_composed(self, path: str) -> bool:
        """Tell whether the build makes the page *path*, below docs/, without Markdown."""
        return path == QUOTES or self.is_source(path)

    def is_source(self, path: str) -> bool:
        """Tell whether *path*, below docs/, is the page that the build makes of a source."""
        return path != BIBLIOGRAPHY and _key(path) in self.ledger.library.records

    def description(self, path: str) -> str:
        """Return what a search shows of the page *path* of a source."""
        name = heading(self.ledger.library.records[_key(path)])
        return f"What this site quotes from the text, and the record of it: {single(name)}."

    def composed(self, path: str, shown: str) -> tuple[str, list[Heading]]:
        """Return the page *path*, in messages *shown*, as HTML, and its headings."""
        page = self.pages[shown]
        if path == QUOTES:
            return composed_quotes(self._listings.quotes, page)
        key = _key(path)
        return composed(key, self.ledger.library.records[key], page, self._listings.directives)

    def release(self, path: str) -> None:
        """Forget of the page *path* what only a build needs; it is not to be finished."""
        self.published |= self.addresses.of(self.ledger.uses)
        self.ledger.release()
        self.pages.pop(path, None)

    def forget(self) -> None:
        """Forget all that was found on the pages so far: another process has it."""
        self.ledger.forget(self.opened)
        self.published.clear()
        if self.house:
            self.house.pages.clear()
            self.house.measured.clear()
        if self.log:
            self.log.url = None

    def found(self) -> Findings:
        """Return what was found on the pages so far, all of them released."""
        return Findings(
            pages=self.house.pages if self.house else [],
            problems=self.ledger.entered_since(self.opened),
            excerpts=self.ledger.excerpts,
            citations=self.ledger.citations,
            addresses=sorted(self.published),
            measured=self.house.measured if self.house else [],
            log=self.log.url if self.log else None,
        )

    def take(self, findings: Findings) -> None:
        """Take what was found on other pages of the site as if they had been read here."""
        self.ledger.add(findings.problems)
        self.ledger.excerpts += findings.excerpts
        self.ledger.citations += findings.citations
        self.published |= set(findings.addresses)
        if self.house:
            self.house.pages += findings.pages
            self.house.measured += findings.measured
        if self.log is not None and self.log.url is None:
            self.log.url = findings.log

    def close(self) -> None:
        """Settle what only the whole site can tell, when the last page has been read."""
        if self.log is not None and self.log.url is None:
            message = "no page shows the log; put <!-- verbatim: changes --> on one"
            self.ledger.add([Problem(path=self.log.path, rule="changes-invalid", message=message)])
        self.ledger.add(self.addresses.gone(self.published | self.addresses.of(self.ledger.uses)))
        if self.house:
            self.house.close()
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
        files = {ANNOTATIONS: quotes_json(self.ledger, base, self._address, title)}
        if self.log is not None and self.log.url is not None:
            author = self.settings.owner.get(OWNER["run_by"]) or title
            files[FEED] = feed_xml(self.log, base, title, author, language)
        return files

    def files(self, title: str, language: str) -> dict[str, str]:
        """Return every file that the build makes, complete, by path below docs/; see *exports*."""
        return {**self.generated(), **self.exports(title, language), **theme.files()}

    def stylesheet(self, sheets: Iterable[str]) -> str:
        """Return *sheets* as one, less what no page needs of them."""
        return bundled(sheets, self.seen)

    def generated(self) -> dict[str, str]:
        """Return the files that the build makes, pages as Markdown, by path below docs/.

        Of those that *exports* fills later, the names alone.
        """
        library = self.ledger.library
        pages = {
            BIBLIOGRAPHY: sources_page(self.ledger),
            QUOTES: quotes_page(),
            "rules.md": rules_page(RULES, self.settings.content),
        }
        for key, record in sorted(library.records.items()):
            pages[f"sources/{key}.md"] = source_page(key, record)
        pages["references.json"] = references_json(library)
        pages["references.bib"] = references_bib(library)
        pages["robots.txt"] = robots_txt(self.settings.base)
        pages[ANNOTATIONS] = ""
        if self.log is not None:
            pages[FEED] = ""
        return pages

    def protect(self, folder: Path, own: Path) -> list[Problem]:
        """Tell browsers what pages of the finished site in *folder* may do; return what is stopped.

        *own* is where the site's author may have written headers.
        """
        before = set(self.ledger.problems)
        home = self.settings.owner.get(OWNER["site_url"]) or ""
        self.ledger.add(protect(folder, own, home))
        return [problem for problem in self.ledger.problems if problem not in before]


def _key(path: str) -> str:
    return path.removeprefix("sources/").removesuffix(".md")


def begin_site(file: Path, docs: Path, config: Mapping[str, object], address: Address) -> Site:
    """Return a new build of the site with its pages in *docs*; *config* stands in *file*."""
    settings, problems = read_settings(config, file.name)
    return open_site(file, docs, settings, problems, address)


def open_site(
    file: Path,
    docs: Path,
    settings: Settings,
    problems: Iterable[Problem] = (),
    address: Address = lambda key: f"sources/{key}/",
) -> Site:
    """Return a new build of the site with its pages in *docs*, whose *settings* stand in *file*.

    *address* is that of a source's page.
    """
    library, found = read_library(file.parent / settings.sources, settings.sources)
    return _opened((library, [*problems, *found]), file, docs, settings, address)


def _opened(
    read: tuple[Library, Sequence[Problem]],
    file: Path,
    docs: Path,
    settings: Settings,
    address: Address,
) -> Site:
    """Return a new build of the site whose library, and what is wrong so far, was *read*."""
    root = file.parent
    qualifiers = Qualifiers(settings.qualifiers)
    ledger = Ledger(library=read[0], severities=settings.severities, qualifiers=qualifiers)
    ledger.add(read[1])
    ledger.read_voices()
    ledger.read_people()
    ledger.check_locks()
    house = _house(settings, ledger, file)
    shown = docs.relative_to(root).as_posix() if docs.is_relative_to(root) else docs.name
    log, wrong = read_log(docs, shown)
    addresses, misread = read_addresses(docs, shown)
    ledger.add([*wrong, *misread])
    listings = Listings(ledger, settings.owner, address)
    current: list[Page] = []

    def convert(text: str, page: Page) -> str:
        # A page of its own while it lasts: its marks are proven, its problems have its places.
        outer = list(current)
        current[:] = [page]
        html = Markdown(extensions=[extension, AttrListExtension()]).convert(text)
        current[:] = outer
        return html

    directives = {
        **listings.directives,
        **rule_directives(RULES, settings),
        "changes": directive(log, address, convert),
    }
    renderer = Renderer(ledger, address, directives)
    folder = DataFolder(docs, shown)
    drawings = {"map": MapBoard(folder).draw, "timeline": TimelineBoard(folder).draw}
    extension = MarkExtension(ledger, renderer, lambda: current[0], drawings, house)
    return Site(
        ledger=ledger,
        house=house,
        renderer=renderer,
        extension=extension,
        settings=settings,
        log=log,
        addresses=addresses,
        handed_over=tuple(kept(docs)),
        opened=ledger.entered,
        _address=address,
        _current=current,
        _listings=listings,
    )


def _house(settings: Settings, ledger: Ledger, file: Path) -> House | None:
    """Return the site's own rules that are not switched off, or None if there are none."""
    rules = [rule for rule in settings.content if ledger.severities[rule.id] != "off"]
    if not rules:
        return None
    page = Page(path=file.name, read=lambda: file.read_text("utf-8-sig"))
    house = House(rules, ledger, page)
    house.read_citations()
    house.read_names(settings.names)
    return house


def check(config: Config) -> Ledger:
    """Return the closed ledger of the site that *config* describes, without building it."""
    return read_site(config).ledger


def read_site(config: Config) -> Site:
    """Return the site that *config* describes, all its pages read and its ledger closed."""
    site = configured_site(config)
    for path in config.pages():
        read_page(site, config, path)
    site.close()
    return site


def configured_site(config: Config, progress: Progress = unwatched) -> Site:
    """Return a new build of the site that *config* describes, no page of it begun.

    *progress* is told how far the sources are read.
    """
    library, found = read_library(config.sources, config.settings.sources, progress)
    read = (library, [*config.problems, *found])
    return _opened(read, config.file, config.docs, config.settings, config.address)


def read_page(site: Site, config: Config, path: Path) -> str:
    """Read the page in the file *path*, and enter what is in it; return its path as shown."""
    shown = path.relative_to(config.root).as_posix()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        site.unreadable(shown, error)
    else:
        name = path.relative_to(config.docs).as_posix()
        _convert(site, config, shown, name, text)
    return shown


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


def _convert(site: Site, config: Config, path: str, name: str, text: str) -> None:
    data, body, problems = front_matter(text, path)
    site.ledger.add(problems)
    site.begin(path, lambda: text, page_url(name, config.address), data, name)
    markdown = _markdown(site, config)
    try:
        markdown.convert(body)
    except RecursionError:
        message = "cannot be read: lists or quotations too deep inside each other"
        site.ledger.add([Problem(path=path, rule="page-unreadable", message=message)])
    title = config.titles.get(name) or data.get("title") or _heading(markdown) or _named(name)
    site.pages[path].titles.append(str(title))


def _markdown(site: Site, config: Config) -> Markdown:
    """Return a converter of the pages of *site*, or raise ProblemError."""
    extensions: list[str | Extension] = [*config.extensions, site.extension]
    try:
        return _Markdown(extensions=extensions, extension_configs=config.extension_configs)
    except UNREADABLE as error:
        what = " ".join(str(error).split())
        message = f"the Markdown extensions cannot be loaded: {type(error).__name__}: {what}"
        problem = Problem(path=config.file.name, rule="settings-invalid", message=message)
        raise ProblemError(problem) from error


def _heading(markdown: Markdown) -> str | None:
    """Return the text of the page's heading, if it begins with one of the first level."""
    found = getattr(markdown, "toc_tokens", [])
    return unescape(str(found[0]["name"])) if found and found[0]["level"] == 1 else None


def _named(name: str) -> str:
    """Return a title for a page that has none, from the name of its file."""
    stem = Path(name).stem.replace("-", " ").replace("_", " ")
    return stem.capitalize() if stem.islower() else stem
