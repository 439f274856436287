"""Listings: the pages that the build makes itself, from the ledger, and the directives on them."""

from __future__ import annotations

import json
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .cite import capital, date, issued, reference, title
from .element import make, to_html
from .ledger import Ledger, Use
from .match import paragraph_spans
from .page import Page
from .problem import Rule, Severity
from .record import Basis, Record, Value
from .render import Address, Directive, chain, ranges, relative
from .source import Paragraph, Source, Span

Child = str | etree.Element

NOT_STATED = "not stated in our copy"


def heading(record: Record) -> str:
    """Return what a source's page is called: who and when; a title may be a slogan."""
    return f"{capital(record.attribution)}, {issued(record).strip('[]')}"


def source_page(key: str, record: Record) -> str:
    """Return the page of a source as Markdown; the directives fetch what it shows."""
    parts = [_head(heading(record)), f"<!-- verbatim: reference {key} -->"]
    if record.copy is not None:
        parts += [
            "## What is quoted",
            f"<!-- verbatim: strip {key} -->",
            f"<!-- verbatim: excerpts {key} -->",
        ]
    if record.notes:
        parts += ["## About our copy", f"<!-- verbatim: notes {key} -->"]
    parts += ["## The record", f"<!-- verbatim: record {key} -->"]
    return "\n\n".join(parts) + "\n"


def sources_page(ledger: Ledger) -> str:
    """Return the list of all sources as Markdown."""
    count = len(ledger.library.sources)
    words = "one text" if count == 1 else f"{count} texts"
    return (
        f"{_head('Sources')}\n\n"
        f"This site rests on {words}.\n"
        "Every quotation is cut from our copy of a text when the site is built, "
        "and compared with it again in the finished page.\n"
        "Behind each text stand its record, what is quoted from it, and what our copy lost.\n\n"
        "<!-- verbatim: bibliography -->\n\n"
        "## How much of each text is shown\n\n"
        "<!-- verbatim: shares -->\n\n"
        "Shown are the quotations and, around each, at most its own sentence.\n"
        "The [rules of the build](../rules.md) say what it refuses.\n\n"
        "## Who is behind this site\n\n"
        "<!-- verbatim: owner -->\n"
    )


def rules_page(rules: Mapping[str, Rule]) -> str:
    """Return the page of all rules as Markdown."""
    intro = (
        "The build checks every page and every source by these rules.\n"
        "An error stops the build; a warning stops it when warnings are made errors.\n"
        "A rule marked *fixed* cannot be switched off.\n"
    )
    names = [f"## {name}\n\n<!-- verbatim: rule {name} -->" for name in rules]
    return "\n\n".join([_head("Rules of the build"), intro, *names]) + "\n"


def _head(text: str) -> str:
    # JSON is YAML; a backslash keeps Markdown from reading signs of a title as its own.
    plain = "".join(f"\\{c}" if c in "\\`*_{}[]<>()#+-.!|~^:@&" else c for c in _single(text))
    return f"---\ntitle: {json.dumps(_single(text))}\n---\n\n# {plain}"


def _single(text: str) -> str:
    """Return *text* with single marks for double ones, as in a heading, on one line."""
    return " ".join(text.translate({ord(c): "’" for c in '"”„‟»'} | {ord(c): "‘" for c in "“«"}).split())


@dataclass(frozen=True, slots=True)
class _Piece:
    """A quoted passage, or one paragraph of it: what is shown around it, and its uses."""

    lit: Span
    around: Span
    uses: tuple[Use, ...]
    first: bool


class Listings:
    """Makes what the directives stand for; reads the ledger, which is complete by then."""

    def __init__(
        self,
        ledger: Ledger,
        rules: Mapping[str, Rule],
        severities: Mapping[str, Severity],
        address: Address,
        owner: Mapping[str, str | None],
    ) -> None:
        """Link sources by *address*; *owner* says what only the site's owner knows."""
        self._ledger, self._rules, self._severities = ledger, rules, severities
        self._address, self._owner = address, owner

    @property
    def directives(self) -> dict[str, Directive]:
        """Every directive by name."""
        by_record: dict[str, Callable[[str, Record, Page], list[Child]]] = {
            "reference": self._reference,
            "notes": self._notes,
            "record": self._record,
        }
        by_source: dict[str, Callable[[Source, Page], list[Child]]] = {
            "strip": self._strip,
            "excerpts": self._excerpts,
        }
        directives: dict[str, Directive] = {
            "bibliography": lambda _, page: to_html(*self._bibliography(page)),
            "shares": lambda _, page: to_html(*self._shares(page)),
            "rule": lambda name, _: to_html(*self._rule(name)),
            "owner": lambda *_: to_html(*self._owned()),
        }
        for name, listing in by_record.items():
            directives[name] = self._for_record(listing)
        for name, by in by_source.items():
            directives[name] = self._for_source(by)
        return directives

    def _for_record(self, listing: Callable[[str, Record, Page], list[Child]]) -> Directive:
        def directive(key: str, page: Page) -> str:
            record = self._ledger.library.record(key)
            return "" if record is None else to_html(*listing(key, record, page))

        return directive

    def _for_source(self, listing: Callable[[Source, Page], list[Child]]) -> Directive:
        def directive(key: str, page: Page) -> str:
            source = self._ledger.library.sources.get(key)
            return "" if source is None else to_html(*listing(source, page))

        return directive

    def _bibliography(self, page: Page) -> list[Child]:
        library = self._ledger.library
        records = {key: s.record for key, s in library.sources.items()} | dict(library.references)
        items = []
        for key, record in sorted(records.items(), key=lambda item: heading(item[1]).lower()):
            link = make("a", {"href": relative(self._address(key), page)}, "what is quoted from it")
            items.append(make("li", {"id": f"source-{key}"}, *reference(record), " — ", link))
        return [make("ul", {"class": "bibliography"}, *items)]

    def _shares(self, page: Page) -> list[Child]:
        self._ledger.close()
        head = ("Text", "Words", "Quoted", "Shown in any way", "Allowed")
        rows = []
        for key, share in self._ledger.shares.items():
            record = self._ledger.library.sources[key].record
            limits = [record.limits.quoted_share, record.limits.published_share]
            allowed = " and ".join("no limit" if n is None else f"{n:.0%}" for n in limits)
            if record.full:
                allowed = "free to republish"
            link = make("a", {"href": relative(self._address(key), page)}, heading(record))
            cells = [
                f"{share.words}",
                f"{share.quoted} ({share.quoted / share.words:.1%})",
                f"{share.published} ({share.published / share.words:.1%})",
                allowed,
            ]
            row = [make("th", {"scope": "row"}, link), *(make("td", None, c) for c in cells)]
            rows.append(make("tr", None, *row))
        header = make("tr", None, *(make("th", {"scope": "col"}, text) for text in head))
        table = make("table", None, make("thead", None, header), make("tbody", None, *rows))
        return [make("div", {"class": "md-typeset__scrollwrap"}, table)]

    def _owned(self) -> list[Child]:
        entries: list[Child] = []
        for name, value in self._owner.items():
            entries += [make("dt", None, name), make("dd", None, value or "not stated")]
        return [make("dl", {"class": "source-record"}, *entries)]

    def _rule(self, name: str) -> list[Child]:
        rule = self._rules.get(name)
        if rule is None:
            return []
        severity = make("em", None, f"{self._severities[name]}{', fixed' if rule.fixed else ''}.")
        return [
            make("p", None, severity, " ", *_coded(rule.means)),
            make("pre", None, make("code", None, rule.example)),
            make("p", None, make("strong", None, "Remedy."), " ", *_coded(rule.remedy)),
        ]

    def _reference(self, key: str, record: Record, page: Page) -> list[Child]:
        del key, page
        parts: list[Child] = [make("p", {"class": "source-reference"}, *reference(record), ".")]
        if record.copy is None:
            note = f"Cited by the editor alone; we hold no copy. Accessed {record.accessed}."
            parts.append(make("p", None, note))
        return parts

    def _notes(self, key: str, record: Record, page: Page) -> list[Child]:
        del key, page
        notes = [make("li", None, make("span", {"class": "reference"}, note)) for note in record.notes]
        return [make("ul", {"class": "source-notes"}, *notes)]

    def _record(self, key: str, record: Record, page: Page) -> list[Child]:
        del page
        rows = [("Key", [make("code", None, key)]), ("Named as", [record.attribution])]
        rows += [
            (_label(name), [_shown(name, value) if value is not None else NOT_STATED])
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
        entries = []
        for name, value in rows:
            entries += [make("dt", None, name), make("dd", {"class": "reference"}, *value)]
        return [make("dl", {"class": "source-record"}, *entries)]

    def _strip(self, source: Source, page: Page) -> list[Child]:
        del page
        pieces, cited = self._used(source)
        cells = []
        for paragraph in source.paragraphs:
            number = paragraph.number
            state = _state(paragraph, pieces, cited)
            label = f"Paragraph {number}, line {paragraph.line}: {state}"
            if number in pieces or number in cited:
                link = {"href": f"#p{number}", "aria-label": label, "title": label}
                cells.append(make("li", {"class": state}, make("a", link, str(number))))
            else:
                spot = {"class": state, "id": f"p{number}", "title": label}
                hidden = make("span", {"class": "for-screen-readers"}, f" {state}")
                cells.append(make("li", spot, str(number), hidden))
        text = (
            "The paragraphs of our copy, in order. "
            "Filled: quoted. Outlined: told in our words. Pale: not used. Struck: not the text’s own."
        )
        strip = make("ol", {"class": "source-strip", "aria-label": "Paragraphs of our copy"}, *cells)
        return [make("p", {"class": "source-strip-key"}, text), strip]

    def _excerpts(self, source: Source, page: Page) -> list[Child]:
        pieces, cited = self._used(source)
        parts: list[Child] = []
        for paragraph in source.paragraphs:
            number = paragraph.number
            if number not in pieces and number not in cited:
                continue
            head = make("h3", None, f"Paragraph {number}, line {paragraph.line}")
            inside: list[Child] = [head]
            for piece in pieces.get(number, ()):
                inside += self._excerpt(source, piece, page)
            if uses := cited.get(number):
                inside.append(make("p", None, "Told in our words: ", *_links(uses, page), "."))
            parts.append(make("section", {"class": "source-paragraph", "id": f"p{number}"}, *inside))
        if whole := [u for u in self._ledger.uses if _is_whole(u, source.key)]:
            parts.append(make("p", None, "Cited as a whole: ", *_links(whole, page), "."))
        return parts or [make("p", None, "Nothing is quoted from this text yet.")]

    def _excerpt(self, source: Source, piece: _Piece, page: Page) -> Iterator[etree.Element]:
        text = source.reading
        receipt = make(
            "span",
            {
                "class": "receipt",
                "data-source": source.key,
                "data-spans": ranges(source.text_spans(piece.around)),
            },
            text[piece.around[0] : piece.lit[0]],
            make("mark", None, text[slice(*piece.lit)]),
            text[piece.lit[1] : piece.around[1]],
        )
        use = piece.uses[0]
        attributes = {"class": "source-excerpt"}
        if piece.first:
            attributes["id"] = use.passage
        yield make("p", attributes, receipt)
        yield make("p", {"class": "source-uses"}, chain(use), ". Quoted: ", *_links(piece.uses, page), ".")

    def _used(self, source: Source) -> tuple[dict[int, list[_Piece]], dict[int, list[Use]]]:
        """Return the quoted pieces and the bare citations of *source*, by paragraph."""
        by_span: dict[Span, list[Use]] = {}
        for use in self._ledger.quotations(source.key):
            assert use.span is not None
            by_span.setdefault(use.span, []).append(use)
        pieces: dict[int, list[_Piece]] = {}
        for span, uses in sorted(by_span.items()):
            around = self._ledger.context(uses[0])
            assert around is not None
            parts = paragraph_spans(around, source)
            for turn, part in enumerate(parts):
                lit = (max(part[0], span[0]), min(part[1], span[1]))
                piece = _Piece(lit, part, tuple(uses), first=turn == 0)
                pieces.setdefault(source.paragraph(lit[0]), []).append(piece)
        cited: dict[int, list[Use]] = {}
        for use in self._ledger.uses:
            if use.span is None and use.item.key == source.key:
                for number in _numbers(use, source):
                    cited.setdefault(number, []).append(use)
        return pieces, cited


def _numbers(use: Use, source: Source) -> list[int]:
    numbers = {n for a, b in use.item.paragraphs for n in range(a, b + 1)}
    if not numbers:
        for first, last in use.item.lines:
            numbers |= {p.number for p in source.paragraphs if first <= p.line <= last}
    return sorted(numbers)


def _is_whole(use: Use, key: str) -> bool:
    return use.item.key == key and use.span is None and not use.item.paragraphs + use.item.lines


def _state(
    paragraph: Paragraph, pieces: Mapping[int, object], cited: Mapping[int, object]
) -> str:
    if paragraph.reading is None:
        return "furniture"
    if paragraph.number in pieces:
        return "quoted"
    return "cited" if paragraph.number in cited else "unused"


def _links(uses: Sequence[Use], page: Page) -> Iterator[Child]:
    for turn, use in enumerate(uses):
        if turn:
            yield ", "
        anchor = use.id if use.span else use.reference
        link = {"href": relative(f"{use.page.url}#{anchor}", page)}
        yield make("a", link, f"{use.page.title}, note {use.number}")


def _label(name: str) -> str:
    return capital(name.replace("-", " ")) if name != "URL" else "Address"


def _shown(name: str, value: Value) -> str:
    if isinstance(value, list):
        return "; ".join(_shown(name, item) for item in value)
    if isinstance(value, dict):
        return " ".join(_shown(name, item) for item in reversed(value.values()))
    return date(value) if name in {"issued", "event-date", "accessed"} else value or NOT_STATED


def _basis(name: str, basis: Basis) -> list[Child]:
    accessed = f"accessed {basis.accessed}" if basis.accessed else "date of access not recorded"
    text = f" Evidence: {basis.evidence} ({accessed}; confidence: {basis.confidence})."
    added = make("em", None, "Added by the editor.")
    return [f"{_shown(name, basis.value)}. ", added, text.replace("..", ".")]


def _lines(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _coded(text: str) -> list[Child]:
    """Return *text* with what stands between backticks as code."""
    parts = text.split("`")
    return [make("code", None, part) if turn % 2 else part for turn, part in enumerate(parts)]
