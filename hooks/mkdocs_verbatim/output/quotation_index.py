"""Quotation index: every quotation of the site in one list, by speaker, source and page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..ledger.closed_ledger import ClosedLedger
from ..ledger.page import Page
from ..ledger.use import Use
from ..problem import page_order
from ..text.words import capital, single
from .html import Heading, Html, join, make
from .quotation import Address, Renderer, anchors, chain, locator, relative
from .source_excerpts import links
from .wording import worded

MOST_LISTED = 500
"""Quotations that are listed on one page; of more, the page only has the counts."""


@dataclass(frozen=True, slots=True)
class _Facet:
    """A choice of quotations: its *value* in the address, its *name* to readers, its *link*."""

    value: str
    name: str
    link: str
    count: int


class Quotes:
    """Makes the list from *ledger*; *address* is that of a source's page."""

    def __init__(self, ledger: ClosedLedger, address: Address, most: int = MOST_LISTED) -> None:
        """Show at most *most* quotations."""
        self._ledger, self._address, self._most = ledger, address, most
        self._renderer = Renderer(address)

    def parts(self, page: Page) -> Iterator[Html | Heading]:
        """Yield the content of *page*: choices, then the quotations under a heading per speaker.

        A quotation is listed once, however often it is used; the list itself is not a use.
        """
        passages = self._passages()
        speakers = _grouped(
            passages, lambda use: use.chain.head.id, lambda use: use.chain.head.name
        )
        whole = len(passages) <= self._most
        many = f"{len(passages)} quotation{'s' * (len(passages) != 1)}"
        yield make("form", _FORM, _FIELD)
        yield self._facets(passages, speakers, page, whole=whole)
        yield make("p", {"class": "quotes-count", "role": "status"}, f"{many}.")
        for id_, spoken in speakers.items() if whole else ():
            name = single(capital(spoken[0][0].chain.head.name))
            yield Heading(2, f"speaker-{id_}", join([name]))
            entries = [self._entry(uses, page) for uses in spoken]
            yield make("ul", {"class": "quotes"}, *entries)

    def _passages(self) -> list[list[Use]]:
        """Return the uses of each passage, in the order of sources, and of places in a source."""
        found: dict[tuple[str, str], list[Use]] = {}
        for key in sorted(self._ledger.library.sources):
            for use in self._ledger.uses_of(key):
                if use.proof is not None:
                    found.setdefault((key, use.passage), []).append(use)
        return sorted(found.values(), key=lambda uses: (uses[0].item.key, uses[0].spans))

    def _facets(
        self,
        passages: Sequence[list[Use]],
        speakers: dict[str, list[list[Use]]],
        page: Page,
        *,
        whole: bool,
    ) -> Html:
        """Return the choices: links to a speaker's heading, a source's page or a page of the site.

        Where scripts run, a choice filters the list instead.
        """
        sources = _grouped(passages, lambda use: use.item.key, self._author)
        by_speaker, by_source = [], []
        for id_, spoken in speakers.items():
            use = spoken[0][0]
            # A list that is too long is not shown here: the pages of the sources have it.
            there = relative(self._address(use.item.key), page)
            link = f"#speaker-{id_}" if whole else there
            by_speaker.append(_Facet(id_, capital(use.chain.head.name), link, len(spoken)))
        for key, quoted in sources.items():
            link = relative(self._address(key), page)
            by_source.append(_Facet(key, self._author(quoted[0][0]), link, len(quoted)))
        facets = make(
            "dl",
            {"class": "quotes-facets"},
            *_rows("Speaker", "speaker", by_speaker),
            *_rows("Source", "source", by_source),
            *_rows("Page", "page", _pages(passages, page)),
        )
        summary = make("summary", None, "By speaker, source or page")
        return make("details", {"class": "quotes-choice", "open": ""}, summary, facets)

    def _author(self, use: Use) -> str:
        return capital(self._ledger.library.records[use.item.key].attribution)

    def _entry(self, uses: Sequence[Use], page: Page) -> Html:
        use = uses[0]
        # In a line, also if they are a block where they are quoted.
        shown = replace(use, mark=replace(use.mark, kind="inline"), page=page, turn=1)
        # What the renderer writes is HTML already.
        words = Html(worded(shown, self._renderer))
        quotation = make("span", self._renderer.attributes(shown), words)
        # On a line of its own.
        said = [chain(use), " "] if len(use.chain.links) > 1 else []
        source = self._address(use.item.key)
        there = {"href": relative(f"{source}#{use.passage}", page)}
        place = make("a", there, f"{self._author(use)}, {locator(use)}")
        pages = dict.fromkeys(slug(other.page) for other in uses)
        attributes = {"data-pages": " ".join(pages)}
        if use.sensitive:
            attributes["class"] = "sensitive"
        return make(
            "li",
            attributes,
            make("p", None, "“", *anchors(uses), quotation, "”"),
            make("p", {"class": "quotes-place"}, *said, *links(uses, page), ". ", place, "."),
        )


_FORM = {"class": "quotes-filter", "role": "search", "aria-label": "Quotations", "hidden": ""}
_FIELD = make(
    "input",
    {
        "type": "search",
        "name": "words",
        "aria-label": "Words of a quotation, or a name",
        "placeholder": "Words or a name",
        "autocomplete": "off",
    },
)


def slug(page: Page) -> str:
    """Return the name of *page* in addresses of the list."""
    return page.url.removesuffix(".html").strip("/") or "index"


def _grouped(
    passages: Sequence[list[Use]], by: Callable[[Use], str], name: Callable[[Use], str]
) -> dict[str, list[list[Use]]]:
    """Return *passages* in groups, by name; groups of only sensitive words come last."""
    groups: dict[str, list[list[Use]]] = {}
    for uses in passages:
        groups.setdefault(by(uses[0]), []).append(uses)

    def place(item: tuple[str, list[list[Use]]]) -> tuple[bool, str]:
        # The page does not begin with somebody whose words are all sensitive.
        return all(use.sensitive for uses in item[1] for use in uses), name(
            item[1][0][0]
        ).casefold()

    return dict(sorted(groups.items(), key=place))


def _pages(passages: Sequence[list[Use]], page: Page) -> list[_Facet]:
    """Return the pages that quote, in their order, each with its number of quotations."""
    counts: dict[str, int] = {}
    pages: dict[str, Page] = {}
    for uses in passages:
        for path, there in {use.page.path: use.page for use in uses}.items():
            counts[path] = counts.get(path, 0) + 1
            pages[path] = there
    return [
        _Facet(slug(there), single(there.title), relative(there.url, page), counts[path])
        for path, there in sorted(pages.items(), key=lambda item: page_order(item[0]))
    ]


def _rows(title: str, name: str, facets: Sequence[_Facet]) -> Iterator[Html]:
    yield make("dt", None, title)
    for turn, facet in enumerate(facets):
        attributes = {"data-name": name, "data-value": facet.value, "href": facet.link}
        link = make("a", attributes, single(facet.name))
        yield make("dd", None, link, f" {facet.count}{',' * (turn < len(facets) - 1)}")
