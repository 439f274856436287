"""The site: one build's library, ledger and extension, for MkDocs and for `verbatim check`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from markdown import Markdown

from .config import Config, Settings, read_settings as read_settings
from .extension import MarkExtension
from .ledger import Ledger
from .library import read_library
from .listing import Listings, rules_page, source_page, sources_page
from .page import Page, check_titles, front_matter
from .problem import Problem
from .render import Renderer
from .rules import RULES

Address = Callable[[str], str]


@dataclass(kw_only=True, eq=False)
class Site:
    """One build. Pages are opened one after the other, and their marks entered as they render."""

    ledger: Ledger
    renderer: Renderer
    extension: MarkExtension
    _page: list[Page]

    def open(self, page: Page, data: Mapping[str, object]) -> None:
        """Begin *page*, whose front matter is *data*."""
        self._page[:] = [page]
        self.ledger.add(check_titles(page, data))

    def generated(self) -> dict[str, str]:
        """Return the pages that the build makes, as Markdown, by path below docs/."""
        library = self.ledger.library
        pages = {"sources/index.md": sources_page(self.ledger), "rules.md": rules_page(RULES)}
        records = {key: s.record for key, s in library.sources.items()} | dict(library.references)
        for key, record in sorted(records.items()):
            pages[f"sources/{key}.md"] = source_page(key, record)
        return pages


def open_site(
    sources: Path,
    settings: Settings,
    problems: Iterable[Problem] = (),
    address: Address = lambda key: f"sources/{key}/",
) -> Site:
    """Return a new build over the folder *sources*; *address* is that of a source's page."""
    library, found = read_library(sources, settings.sources)
    ledger = Ledger(library=library, severities=settings.severities)
    ledger.add([*problems, *found])
    ledger.read_voices()
    ledger.read_people()
    listings = Listings(ledger, RULES, settings.severities, address, settings.owner)
    renderer = Renderer(ledger, address, listings.directives)
    page: list[Page] = []
    extension = MarkExtension(ledger, renderer, lambda: page[0])
    return Site(ledger=ledger, renderer=renderer, extension=extension, _page=page)


def check(config: Config) -> Ledger:
    """Return the closed ledger of the site that *config* describes, without building it."""
    site = open_site(config.sources, config.settings, config.problems)
    for path in config.pages():
        shown = path.relative_to(config.root).as_posix()
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            what = getattr(error, "strerror", None) or "not UTF-8"
            message = f"cannot be read: {what}; save the page as UTF-8"
            site.ledger.add([Problem(path=shown, rule="page-unreadable", message=message)])
            continue
        page = Page(path=shown, read=lambda text=text: text)  # type: ignore[misc]
        data, problems = front_matter(page)
        site.ledger.add(problems)
        site.open(page, data)
        markdown = Markdown(
            extensions=[*config.extensions, site.extension],
            extension_configs=config.extension_configs,
        )
        markdown.convert(text[page.body_from :])
    site.ledger.close()
    return site.ledger
