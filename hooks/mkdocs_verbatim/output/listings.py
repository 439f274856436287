"""Listings: what the pages about the whole site show of its sources, speakers and owner."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import repeat

from ..ledger.closed_ledger import ClosedLedger, words_by_speaker
from ..ledger.page import Page
from ..sources.library import Library
from ..sources.record import Record
from ..text.words import capital
from .citation import listed
from .directives import Directive
from .html import Html, join, make
from .made_pages import heading, written
from .owner import Owner
from .quotation import Address, relative
from .quotation_index import Quotes


class Listings:
    """Shows what the ledger holds; *ledger* returns it closed.

    *owner* is what the site's owner states.
    """

    def __init__(
        self,
        library: Library,
        ledger: Callable[[], ClosedLedger],
        owner: Owner,
        address: Address,
    ) -> None:
        """Show the sources of *library*; *address* is that of a source's page."""
        self._library, self._ledger = library, ledger
        self._owner, self._address = owner, address

    @property
    def quotes(self) -> Quotes:
        """The list of all quotations."""
        return Quotes(self._ledger(), self._address)

    @property
    def directives(self) -> list[Directive]:
        """Every directive that shows a listing."""
        return [
            Directive("bibliography", lambda _, page: join(self._bibliography(page))),
            Directive("references", lambda _, page: join(self._references(page))),
            Directive("shares", lambda _, page: join(self._shares(page)), late=True),
            Directive("speakers", lambda *_: join(self._speakers()), late=True),
            Directive("owner", lambda *_: join(self._owned())),
            Directive("quotations", lambda _, page: self._quotations(page), made_only=True),
        ]

    def _quotations(self, page: Page) -> Html:
        return written([*self.quotes.parts(page)])[0]

    def _bibliography(self, page: Page) -> list[str]:
        sources = self._library.sources
        records = {key: source.record for key, source in sources.items()}
        return self._listed(records, "what is quoted from it", page)

    def _references(self, page: Page) -> list[str]:
        return self._listed(self._library.references, "its record", page)

    def _listed(self, records: Mapping[str, Record], leads: str, page: Page) -> list[str]:
        items = []
        for key, record in sorted(records.items(), key=_by_heading):
            link = make("a", {"href": relative(self._address(key), page)}, leads)
            items.append(make("li", {"id": f"source-{key}"}, *listed(record), " ", link, "."))
        return [make("ul", {"class": "bibliography"}, *items)]

    def _shares(self, page: Page) -> list[str]:
        head = ("Text", "Words", "Quoted", "Shown in any way", "Allowed")
        rows = []
        for key, share in self._ledger().shares.items():
            record = self._library.sources[key].record
            limits = [record.limits.quoted_share, record.limits.published_share]
            allowed = " and ".join("no limit" if n is None else f"{n:.0%}" for n in limits)
            if (author := record.limits.author_share) is not None:
                allowed += f"; of the author’s own words {author:.0%}"
            if record.full:
                allowed = "free to republish"
            link = make("a", {"href": relative(self._address(key), page)}, heading(record))
            cells = [
                f"{share.words}",
                f"{share.quoted} ({share.quoted / share.words:.1%})",
                f"{share.published} ({share.published / share.words:.1%})",
                allowed,
            ]
            labels = ({"data-label": name} for name in head[1:])
            row = map(make, repeat("td"), labels, cells)
            rows.append(make("tr", None, make("th", {"scope": "row"}, link), *row))
        table = {"class": "labelled shares", "aria-label": "Shares"}
        return [make("table", table, *_rows(head, rows))]

    def _speakers(self) -> list[str]:
        words = words_by_speaker(self._ledger().uses)
        most = max(words.values(), default=1)
        rows = []
        for name, count in words.items():
            cell = make("td", None, f"{count}", _bar(count / most))
            rows.append(make("tr", None, make("th", {"scope": "row"}, capital(name)), cell))
        caption = "Words quoted on the pages of this site; words quoted twice count once."
        return [_table("Words by speaker", ("Speaker", "Words quoted"), rows, caption, "voices")]

    def _owned(self) -> list[str]:
        entries: list[str] = []
        for name, value in self._owner.labelled():
            entries += [make("dt", None, name), make("dd", None, value or "not stated")]
        return [make("dl", {"class": "source-record"}, *entries)]


def _table(label: str, head: Sequence[str], rows: Sequence[str], caption: str, drawn: str) -> Html:
    """Return a table that scrolls by itself where a screen is narrow; *label* is its name.

    It is styled by the class *drawn* alone, not as other tables are.
    """
    above = make("caption", None, caption)
    scrolled = {"class": "source-table", "tabindex": "0", "role": "region", "aria-label": label}
    return make("div", scrolled, make("table", {"class": drawn}, above, *_rows(head, rows)))


def _rows(head: Sequence[str], rows: Sequence[str]) -> tuple[Html, Html]:
    header = make("tr", None, *(make("th", {"scope": "col"}, text) for text in head))
    return make("thead", None, header), make("tbody", None, *rows)


def _bar(share: float) -> Html:
    """Return a bar of *share* of the width; the number beside it says the same."""
    size = {"width": f"{share:.1%}", "height": "100%"}
    return make("svg", {"aria-hidden": "true"}, make("rect", size))


def _by_heading(item: tuple[str, Record]) -> str:
    return heading(item[1]).lower()
