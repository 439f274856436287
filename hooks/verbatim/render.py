"""Rendering: the HTML of a resolved mark, of its number and of its note."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from .cite import date, note
from .editorial import Kind, Sign
from .element import Html, join, make
from .ledger import Ledger
from .match import paragraph_spans
from .page import Page
from .problem import Problem
from .proof import Part, Proof
from .source import Source, Span
from .text import count_words, sentence
from .use import Use

Address = Callable[[str], str]
"""Says at which address, from the site's root, the page of a source stands, by key."""

SPOKEN: dict[Kind, str] = {
    "elision": "editor: words left out",
    "addition": "editor adds:",
    "replacement": "editor, in place of the source’s words:",
    "case": "editor, first letter changed:",
    "sic": "editor: so in the source",
}
"""What screen readers say before an editorial mark; what is seen stands behind it."""

Directive = Callable[[str, Page], Html]
"""Makes the HTML of a directive from its arguments, on a page."""


LATE = frozenset({"excerpts", "shares", "speakers"})
"""The directives that read the complete ledger, which there is on the pages the build makes."""


def relative(url: str, page: Page) -> str:
    """Return *url*, which counts from the site's root, as *page* links to it."""
    here, _, anchor = url.partition("#")
    if here == page.url and anchor:
        return f"#{anchor}"
    return _climbing(url, page.url if page.file is None else page.file)


def _climbing(url: str, start: str) -> str:
    return "../" * start.count("/") + url


def ranges(spans: Iterable[Span]) -> str:
    """Return *spans* as the attribute data-spans has them: `1843-1926 1990-2009`."""
    return " ".join(f"{start}-{end}" for start, end in spans)


def locator(use: Use) -> str:
    """Return paragraph and line of what *use* rests on, as a reader counts them."""
    source, span = use.source, use.span
    if source is None:
        return ""
    if span is not None:
        first, last = source.line(span[0]), source.line(span[1] - 1)
        return (
            f"{_numbered('para', source.paragraphs_of(span))}, {_numbered('line', [first, last])}"
        )
    parts = [_numbered("para", list(pair)) for pair in use.item.paragraphs]
    parts += [_numbered("line", list(pair)) for pair in use.item.lines]
    if len(use.item.paragraphs) == 1 and not use.item.lines:
        numbers = use.item.paragraphs[0]
        lines = [source.paragraphs[n - 1].line for n in numbers]
        parts.append(_numbered("line", lines))
    return ", ".join(parts)


def _numbered(name: str, numbers: Sequence[int]) -> str:
    first, last = numbers[0], numbers[-1]
    stop = "." if name == "para" else ""
    return f"{name}{stop} {first}" if first == last else f"{name}s{stop} {first}–{last}"


class Renderer:
    """Writes the HTML of marks; *address* and *directives* are the site's."""

    def __init__(self, ledger: Ledger, address: Address, directives: dict[str, Directive]) -> None:
        """Read uses from *ledger*."""
        self._ledger, self._address, self._directives = ledger, address, directives

    def attributes(self, use: Use) -> dict[str, str]:
        """Return the attributes of a quotation's element."""
        assert use.source is not None
        assert use.span is not None
        numbers = use.source.paragraphs_of(use.span)
        attributes = {
            "class": "quotation",
            "data-source": use.item.key,
            "data-spans": ranges(p for span in use.spans for p in use.source.text_spans(span)),
            "data-paragraphs": " ".join(map(str, numbers)),
            "data-speaker": use.chain.head.id,
            "id": use.id,
        }
        if use.mark.kind == "block":
            place = f"{self._address(use.item.key)}#p{numbers[0]}"
            # No link: no builder moves it.
            attributes["cite"] = _climbing(place, use.page.url)
        return attributes

    def text(self, use: Use, span: Span) -> str:
        """Return as HTML what the source has at *span* of its reading."""
        assert use.source is not None
        parts = [
            join([use.source.reading[slice(*part)]]) for part in paragraph_spans(span, use.source)
        ]
        # Only what the build fetches runs over a paragraph's end.
        return ("</p>\n<p>" if use.mark.kind == "block" else " ").join(parts)

    def added(self, sign: Sign) -> str:
        """Return as HTML an editorial mark, for eye and ear told apart from the source's words."""
        spoken = make("span", {"class": "for-screen-readers"}, f"{SPOKEN[sign.kind]} ")
        return make("ins", {"class": "editor"}, spoken, sign.shown)

    def number(self, use: Use) -> str:
        """Return as HTML the number that leads to a use's note."""
        attributes = {"class": "footnote-ref", "href": f"#{use.note}"}
        return make("a", attributes, str(use.number))

    def caption(self, use: Use, attribution: str) -> str:
        """Return as HTML who said a block quotation, and through whom it reaches us."""
        stressed = " (emphasis added)" if use.emphasis_added else ""
        speaker = make("span", {"class": "quotation-speaker"}, f"— {attribution}{stressed}")
        through = [" ", chain(use)] if len(use.chain.links) > 1 else []
        return join([speaker, *through])

    def problem(self, problem: Problem) -> str:
        """Return as HTML a problem, to be shown at its place."""
        text = f"{problem.severity}: {problem.message} [{problem.rule}]"
        return join([f" {text} "])

    @property
    def names(self) -> frozenset[str]:
        """The names of all directives."""
        return frozenset(self._directives)

    @property
    def late(self) -> frozenset[str]:
        """The names of those that need every use of the site."""
        return LATE

    def directive(self, name: str, arguments: str, page: Page) -> str | None:
        """Return as HTML what the directive *name* stands for, or None if there is none."""
        directive = self._directives.get(name)
        return None if directive is None else directive(arguments, page)

    def notes(self, page: Page) -> str:
        """Return as HTML the notes of *page*, as the theme has footnotes; nothing without any."""
        named: set[str] = set()
        notes: list[Html] = []
        for uses in self._ledger.notes(page):
            # In full where a source is first named, then by its author.
            notes.append(self._note(uses, page, full=uses[0].item.key not in named))
            named.add(uses[0].item.key)
        if not notes:
            return ""
        attributes = {"class": "footnote", "data-search-exclude": ""}
        first = {"start": str(page.notes_before + 1)} if page.notes_before else None
        return make("div", attributes, make("hr"), make("ol", first, *notes))

    def _note(self, uses: Sequence[Use], page: Page, *, full: bool) -> Html:
        """Return the receipt of a passage: what a reader can open behind its number."""
        use = uses[0]
        record = self._ledger.library.records[use.item.key]
        paragraphs, lines = use.item.paragraphs, use.item.lines
        if use.source is not None and use.span is not None:
            numbers = use.source.paragraphs_of(use.span)
            paragraphs = ((numbers[0], numbers[-1]),)
        cited = note(record, paragraphs, lines, first=full)
        receipt: list[Html] = [make("p", {"class": "receipt-citation"}, *cited)]
        # A style names the day of access only where a reference has no date of its own.
        if record.accessed and use.source is None and full and "ccessed " not in "".join(cited):
            accessed = f" Accessed {date(record.accessed)}."
            receipt[0] = make("p", {"class": "receipt-citation"}, *cited, accessed)
        if use.proof is not None and len(use.chain.links) > 1:
            note_ = f". {use.chain.note}" if use.chain.note else ""
            receipt.append(make("p", {"class": "receipt-chain"}, chain(use), note_))
        if use.proof is not None:
            receipt += self._sentences(use)
            stressed = any(other.emphasis_added for other in uses)
            receipt += _edited(use.proof, stressed=stressed, hidden=use.sensitive)
        receipt.append(make("p", {"class": "receipt-foot"}, *self._foot(uses, page)))
        return make("li", {"id": use.note}, *receipt)

    def _sentences(self, use: Use) -> Iterator[Html]:
        """Yield what may be shown around a quotation, its words lit."""
        assert use.source is not None
        for around, lit in self._ledger.context(use):
            for part in paragraph_spans(around, use.source):
                shown = excerpt(use.source, part, within(part, lit))
                yield make("p", {"class": "receipt-sentence"}, shown)

    def _foot(self, uses: Sequence[Use], page: Page) -> Iterator[str]:
        use = uses[0]
        if use.source is not None:
            address = self._address(use.item.key)
            anchor = use.passage if use.span else _first_paragraph(use.item.paragraphs)
            link = relative(f"{address}#{anchor}" if anchor else address, page)
            place = locator(use)
            text = (
                f"{place[:1].upper()}{place[1:]}: see it in the source" if place else "The source"
            )
            yield make("a", {"href": link}, text)
            yield ". Our copy: "
            # Twelve digits tell copies apart; the source's page has all of them.
            yield make("code", {"title": f"SHA-256 {use.source.sha256}"}, use.source.sha256[:12])
            yield ". "
        for turn, other in enumerate(uses, 1):
            label = f"Back to note {use.number} in the text"
            label += f", place {turn} of {len(uses)}" if len(uses) > 1 else ""
            attributes = {
                "class": "footnote-backref",
                "href": f"#{other.reference}",
                "title": label,
                "aria-label": label,
            }
            yield make("a", attributes, "↩")
            yield " "


def within(part: Span, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return what of *spans* lies in *part*."""
    cut = ((max(part[0], start), min(part[1], end)) for start, end in spans)
    return tuple((start, end) for start, end in cut if start < end)


# A passage stands in a note and on its source's page, one after the other.
@lru_cache(maxsize=4096)
def excerpt(source: Source, part: Span, lit: tuple[Span, ...]) -> Html:
    """Return *part* of a source's paragraph with *lit* in it lit up; it proves itself."""
    text = source.reading
    shown: list[str] = []
    done = part[0]
    for start, end in lit:
        shown += [text[done:start], make("mark", None, text[start:end])]
        done = end
    # The dots are ours: the sentence goes on there.
    starts, ends = sentence(text, *part)
    return join(
        [
            "… " if starts < part[0] else "",
            _proving(source, part, *shown, text[done : part[1]]),
            " …" if part[1] < ends else "",
        ]
    )


def _proving(source: Source, span: Span, *children: str) -> Html:
    """Return the element that shows *children*, what *source* has at *span*, and proves it."""
    spans = ranges(source.text_spans(span))
    attributes = {"class": "receipt", "data-source": source.key, "data-spans": spans}
    return make("span", attributes, *children)


def _replaced(part: Part, source: Source, *, hidden: bool) -> list[str]:
    """Return the words of the source that an editor's stand for."""
    if hidden:
        return ["other words"]
    return ["“", _proving(source, part.span, source.reading[slice(*part.span)]), "”"]


def _edited(proof: Proof, *, stressed: bool, hidden: bool) -> Iterator[Html]:
    """Yield what a receipt says of the author's changes to a quotation."""
    said: list[str] = []
    for part in proof.changes:
        assert part.sign is not None
        if part.sign.kind == "elision":
            count = count_words(proof.source.reading[slice(*part.span)])
            said.append(f"[…] leaves out {count} {'word' if count == 1 else 'words'}.")
        elif part.sign.kind == "replacement":
            said += [
                f"{part.sign.shown} stands for ",
                *_replaced(part, proof.source, hidden=hidden),
                ".",
            ]
        elif part.sign.kind == "case":
            said.append(f"{part.sign.shown}: {part.sign.theirs} in the source.")
        elif part.sign.kind == "addition":
            said.append(f"{part.sign.shown} is added by the editor.")
        elif part.sign.kind == "sic":
            said.append("[sic]: so in the source.")
        said.append(" ")
    if stressed:
        said.append("Emphasis added.")
    if said:
        yield make("p", {"class": "receipt-edits"}, make("span", {"class": "reference"}, *said))


def chain(use: Use) -> Html:
    """Return the chain from mouth to page."""
    return make("span", {"class": "quotation-chain"}, " → ".join(use.chain.links))


def _first_paragraph(paragraphs: Sequence[tuple[int, int]]) -> str:
    return f"p{paragraphs[0][0]}" if paragraphs else ""
