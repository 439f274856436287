"""The site: one build's library, ledger and extension, for MkDocs and for `verbatim check`."""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from markdown import Markdown
from markdown.extensions import Extension

from .config import Config, Settings, read_settings
from .export import references_bib, references_json
from .extension import MarkExtension
from .ledger import Ledger
from .library import read_library
from .listing import Heading, Listings, composed, rules_page, source_page, sources_page
from .made import kept
from .meaning import Qualifiers
from .page import Page, check_titles, front_matter
from .problem import Problem
from .render import Address, Directive, Renderer
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

    def finished(self, path: str, html: str) -> str:
        """Return the page *path*, converted to *html*, with what only a complete ledger tells."""
        return html + self.notes(path)

    def is_source(self, path: str) -> bool:
        """Tell whether *path*, below docs/, is the page that the build makes of a source."""
        return path != BIBLIOGRAPHY and _key(path) in self.ledger.library.records

    def source(self, path: str, shown: str) -> tuple[str, list[Heading]]:
        """Return the page *path* of a source, in messages *shown*, as HTML, and its headings."""
        key = _key(path)
        record = self.ledger.library.records[key]
        return composed(key, record, self.pages[shown], self._directives)

    def handed_over(self, docs: Path) -> list[str]:
        """Return the files that `verbatim pages` put into *docs*; a build makes them anew."""
        return kept(docs)

    def generated(self) -> dict[str, str]:
        """Return the files that the build makes, pages as Markdown, by path below docs/."""
        library = self.ledger.library
        pages = {BIBLIOGRAPHY: sources_page(self.ledger), "rules.md": rules_page(RULES)}
        for key, record in sorted(library.records.items()):
            pages[f"sources/{key}.md"] = source_page(key, record)
        pages["references.json"] = references_json(library)
        pages["references.bib"] = references_bib(library)
        return pages


def _key(path: str) -> str:
    return path.removeprefix("sources/").removesuffix(".md")


def begin_site(root: Path, extra: object, site_url: object, address: Address) -> Site:
    """Return a new build of the site in *root*; *extra* is that of its configuration."""
    settings, problems = read_settings(extra, site_url, "mkdocs.yml")
    return open_site(root / settings.sources, settings, problems, address)


def open_site(
    sources: Path,
    settings: Settings,
    problems: Iterable[Problem] = (),
    address: Address = lambda key: f"sources/{key}/",
) -> Site:
    """Return a new build over the folder *sources*; *address* is that of a source's page."""
    library, found = read_library(sources, settings.sources)
    qualifiers = Qualifiers(settings.qualifiers)
    ledger = Ledger(library=library, severities=settings.severities, qualifiers=qualifiers)
    ledger.add([*problems, *found])
    ledger.read_voices()
    ledger.read_people()
    ledger.check_locks()
    listings = Listings(ledger, RULES, settings, address)
    renderer = Renderer(ledger, address, listings.directives)
    current: list[Page] = []
    extension = MarkExtension(ledger, renderer, lambda: current[0])
    return Site(
        ledger=ledger,
        renderer=renderer,
        extension=extension,
        settings=settings,
        _current=current,
        _directives=listings.directives,
    )


def page_url(name: str, address: Address) -> str:
    """Return where the page of the file *name*, below docs/, stands, from the site's root.

    Its form is that of *address*, which says where the pages of sources stand.
    """
    end = address("").removeprefix("sources/")
    stem = re.sub(r"(?:^|(?<=/))README$", "index", name.removesuffix(Path(name).suffix))
    return re.sub(r"(?:^|(?<=/))index/$", "", f"{stem}/") if end == "/" else f"{stem}{end}"


def check(config: Config) -> Ledger:
    """Return the closed ledger of the site that *config* describes, without building it."""
    return read_site(config).ledger


def read_site(config: Config) -> Site:
    """Return the site that *config* describes, all its pages read and its ledger closed."""
    site = configured_site(config)
    for path in config.pages():
        shown = path.relative_to(config.root).as_posix()
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            site.unreadable(shown, error)
            continue
        _read_page(site, config, path.relative_to(config.docs).as_posix(), shown, text)
    site.ledger.close()
    return site


def configured_site(config: Config) -> Site:
    """Return a new build of the site that *config* describes, no page of it begun."""
    return open_site(config.sources, config.settings, config.problems, config.address)


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


def _read_page(site: Site, config: Config, name: str, path: str, text: str) -> None:
    data, body, problems = front_matter(text, path)
    site.ledger.add(problems)
    site.begin(path, lambda: text, page_url(name, config.address), data)
    markdown = _Markdown(
        extensions=[*config.extensions, site.extension],
        extension_configs=config.extension_configs,
    )
    markdown.convert(body)
    title = config.titles.get(name) or data.get("title") or _heading(markdown) or _named(name)
    site.pages[path].titles.append(str(title))


def _heading(markdown: Markdown) -> str | None:
    """Return the text of the page's heading, if it begins with one of the first level."""
    found = getattr(markdown, "toc_tokens", [])
    return unescape(str(found[0]["name"])) if found and found[0]["level"] == 1 else None


def _named(name: str) -> str:
    """Return a title for a page that has none, from the name of its file."""
    stem = Path(name).stem.replace("-", " ").replace("_", " ")
    return stem.capitalize() if stem.islower() else stem
