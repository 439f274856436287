"""Directives: what the comments on pages made by the build are replaced by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import repeat

from ..ledger.ledger import Ledger, words_by_speaker
from ..ledger.page import Page
from ..sources.citation_styles import BIBTEX, CITATION_STYLES
from ..sources.record import Record
from ..sources.reference_fields import Basis, Value
from ..text.words import capital
from .citation import copied, date, listed
from .html import Html, join, make
from .made_pages import heading, written
from .quotation import Address, Directive, relative
from .quotation_index import Quotes
from .source_excerpts import excerpts

NOT_STATED = "not stated in our copy"


class Listings:
    """Makes what the directives stand for; reads the ledger, which is complete by then."""

    def __init__(self, ledger: Ledger, owner: Mapping[str, str | None], address: Address) -> None:
        """Link sources by *address*; *owner* is what the site's owner says, by its label."""
        self._ledger, self._owner, self._address = ledger, owner, address
        self.quotes = Quotes(ledger, address)

    @property
    def directives(self) -> dict[str, Directive]:
        """Every directive by name."""
        by_record: dict[str, Callable[[str, Record, Page], list[str]]] = {
            "reference": self._reference,
            "notes": self._notes,
            "styles": self._styles,
            "record": self._record,
            "excerpts": self._excerpts,
        }
        directives: dict[str, Directive] = {
            "bibliography": lambda _, page: join(self._bibliography(page)),
            "references": lambda _, page: join(self._references(page)),
            "shares": lambda _, page: join(self._shares(page)),
            "speakers": lambda *_: join(self._speakers()),
            "owner": lambda *_: join(self._owned()),
            "quotations": lambda _, page: written([*self.quotes.parts(page)])[0],
        }
        for name, listing in by_record.items():
            directives[name] = self._for_record(listing)
        return directives

    def _for_record(self, listing: Callable[[str, Record, Page], list[str]]) -> Directive:
        def directive(key: str, page: Page) -> Html:
            record = self._ledger.library.records.get(key)
            return join([]) if record is None else join(listing(key, record, page))

        return directive

    def _bibliography(self, page: Page) -> list[str]:
        sources = self._ledger.library.sources
        records = {key: source.record for key, source in sources.items()}
        return self._listed(records, "what is quoted from it", page)

    def _references(self, page: Page) -> list[str]:
        return self._listed(self._ledger.library.references, "its record", page)

    def _listed(self, records: Mapping[str, Record], leads: str, page: Page) -> list[str]:
        items = []
        for key, record in sorted(records.items(), key=_by_heading):
            link = make("a", {"href": relative(self._address(key), page)}, leads)
            items.append(make("li", {"id": f"source-{key}"}, *listed(record), " ", link, "."))
        return [make("ul", {"class": "bibliography"}, *items)]

    def _shares(self, page: Page) -> list[str]:
        self._ledger.close()
        head = ("Text", "Words", "Quoted", "Shown in any way", "Allowed")
        rows = []
        for key, share in self._ledger.shares.items():
            record = self._ledger.library.sources[key].record
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
        words = words_by_speaker(self._ledger)
        most = max(words.values(), default=1)
        rows = []
        for name, count in words.items():
            cell = make("td", None, f"{count}", _bar(count / most))
            rows.append(make("tr", None, make("th", {"scope": "row"}, capital(name)), cell))
        caption = "Words quoted on the pages of this site; words quoted twice count once."
        return [_table("Words by speaker", ("Speaker", "Words quoted"), rows, caption, "voices")]

    def _owned(self) -> list[str]:
        entries: list[str] = []
        for name, value in self._owner.items():
            entries += [make("dt", None, name), make("dd", None, value or "not stated")]
        return [make("dl", {"class": "source-record"}, *entries)]

    def _reference(self, key: str, record: Record, page: Page) -> list[str]:
        del key, page
        parts: list[str] = [make("p", {"class": "source-reference"}, *listed(record))]
        if record.copy is None:
            read = f"Accessed {date(record.accessed)}."
            note = f"Cited by the editor alone; we hold no copy. {read}"
            parts.append(make("p", None, note))
        return parts

    def _styles(self, key: str, record: Record, page: Page) -> list[str]:
        del key, page
        if record.cited is None:
            return [make("p", None, *listed(record))]
        entries: list[str] = []
        for style in CITATION_STYLES.values():
            attributes = copied(record, style.name)
            entry = make("dd", attributes, *listed(record, style.name))
            entries += [make("dt", None, style.label), entry]
        bibtex = make("pre", {"data-style": BIBTEX.name}, make("code", None, record.cited.bibtex))
        entries += [make("dt", None, BIBTEX.label), make("dd", None, bibtex)]
        return [make("dl", {"class": "source-record"}, *entries)]

    def _notes(self, key: str, record: Record, page: Page) -> list[str]:
        del key, page
        notes = [
            make("li", None, make("span", {"class": "reference"}, note)) for note in record.notes
        ]
        return [make("ul", {"class": "source-notes"}, *notes)]

    def _excerpts(self, key: str, record: Record, page: Page) -> list[str]:
        del record
        source = self._ledger.library.sources.get(key)
        return [] if source is None else excerpts(source, page, self._ledger)

    def _record(self, key: str, record: Record, page: Page) -> list[str]:
        del page
        missing = NOT_STATED if record.copy is not None else "not stated in what we read"
        rows: list[tuple[str, list[str]]] = [
            ("Key", [make("code", None, key)]),
            ("Named as", [record.attribution]),
        ]
        rows += [
            (_label(name), [_shown(name, value) if value is not None else missing])
            for name, value in record.reference.items()
            if not (value is None and name in record.basis)
        ]
        rows += [(_label(name), _basis(name, basis)) for name, basis in record.basis.items()]
        source = self._ledger.library.sources.get(key)
        if source is not None:
            assert record.copy is not None
            form = "Markdown" if record.copy.markdown else "plain text"
            size = f"{len(source.text):,} characters, {source.words:,} words, {form}"
            rows.append(("Our copy", [size]))
            rows.append(("Its SHA-256", [make("code", {"class": "hash"}, source.sha256)]))
            left = [f"lines {_lines(f.first, f.last)}: {f.what}" for f in record.furniture]
            if left:
                rows.append(("Left out as not the text’s own", ["; ".join(left)]))
        entries: list[str] = []
        for label, value in rows:
            entries += [make("dt", None, label), make("dd", {"class": "reference"}, *value)]
        return [make("dl", {"class": "source-record"}, *entries)]


def _table(label: str, head: Sequence[str], rows: Sequence[str], caption: str, drawn: str) -> Html:
    """Return a table that scrolls by itself where a screen is narrow; *label* is its name.

    Its looks are those of the class *drawn*, and none of other tables'.
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


def _label(name: str) -> str:
    return capital(name.replace("-", " ")) if name != "URL" else "Address"


def _shown(name: str, value: Value) -> str:
    if isinstance(value, list):
        return "; ".join(_shown(name, item) for item in value)
    if isinstance(value, dict):
        return " ".join(_shown(name, item) for item in reversed(value.values()))
    return date(value) if name in {"issued", "event-date", "accessed"} else value or NOT_STATED


def _basis(name: str, basis: Basis) -> list[str]:
    accessed = f"accessed {basis.accessed}" if basis.accessed else "date of access not recorded"
    text = f" Evidence: {basis.evidence} ({accessed}; confidence: {basis.confidence})."
    added = make("em", None, "Added by the editor.")
    return [f"{_shown(name, basis.value)}. ", added, text.replace("..", ".")]


def _lines(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
