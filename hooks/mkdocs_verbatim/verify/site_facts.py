"""Site facts: what a site's pages say of themselves and of the whole, for files beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .page import FinishedPage, even, seen

BEGUN = re.compile(r"Nothing since (?P<day>.+), when this log began\.")
UPDATED = re.compile(r'"dateModified":"(?P<day>\d{4}-\d\d-\d\d)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What a page says of itself and of the site."""

    url: str
    address: str | None
    """Its own on the web, if it has one."""
    updated: str | None
    """The day of its last change."""
    site: str | None
    language: str | None
    leads_on: bool
    has_changes: bool
    begun: str | None
    """The day, as readers read it, since which a log without changes is kept."""


def read_facts(page: FinishedPage) -> PageFacts:
    """Return what *page* says of itself and of the site."""
    data = [node.text() for node in page.css('script[type="application/ld+json"]')]
    updated = UPDATED.search(data[0]) if data else None
    begun = [match["day"] for node in page.css("p") if (match := BEGUN.fullmatch(seen(node)))]
    return PageFacts(
        url=page.url,
        address=_stated(page, 'link[rel="canonical"]', "href"),
        updated=updated["day"] if updated else None,
        site=_stated(page, 'meta[property="og:site_name"]', "content"),
        language=_stated(page, "html[lang]", "lang"),
        leads_on=page.leads_on is not None,
        has_changes=bool(page.entries),
        begun=begun[0] if begun else None,
    )


def _stated(page: FinishedPage, selector: str, name: str) -> str | None:
    node = next(iter(page.css(selector)), None)
    return even(node.attributes.get(name) or "") if node is not None else None


class SiteFacts:
    """What the pages of one site have in common."""

    def __init__(self, pages: Iterable[PageFacts]) -> None:
        """Put together what *pages* say."""
        self.pages = {page.url: page for page in pages}
        """Every page by its address from the site's root."""
        found = list(self.pages.values())
        self.name = _most(page.site for page in found)
        self.language = _most(page.language for page in found)
        self.base = _most(_base(page) for page in found) or ""
        """The address of the site on the web, or "" if it has none."""
        logs = [page for page in found if page.has_changes or page.begun is not None]
        self.log = logs[0].url if logs else None
        """The address of the page that shows the log of changes."""
        self.begun = logs[0].begun if logs else None


def _most(values: Iterable[str | None]) -> str | None:
    """Return the value that most pages have, if any has one."""
    counts = Counter(value for value in values if value is not None)
    return next((value for value, _ in counts.most_common(1)), None)


def _base(page: PageFacts) -> str | None:
    """Return what comes before a page's own address in its address on the web."""
    for end in (page.url, f"{page.url}index.html"):
        address = page.address or ""
        if "/" in address and address.endswith(end):
            return address[: len(address) - len(end)]
    return None
