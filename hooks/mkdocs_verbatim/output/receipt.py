"""Receipts: what a reader opens at the number of a note, as notes at the end of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..ledger.closed_ledger import ClosedLedger
from ..ledger.page import Page
from ..ledger.use import Use
from ..quotations.match import paragraph_spans
from ..quotations.proof import Part, Proof
from ..sources.source import Source, Span
from ..text.words import count_words, sentence
from .citation import date, note, offered
from .html import Html, join, make
from .quotation import Address, locator, ranges, relative


def notes(page: Page, ledger: ClosedLedger, address: Address) -> Html:
    """Return the notes of *page* in the form of footnotes, or an empty text without notes."""
    named: set[str] = set()
    made: list[Html] = []
    for uses in ledger.notes(page):
        # A source is cited in full the first time, after that by its author.
        made.append(_note(uses, page, ledger, address, full=uses[0].item.key not in named))
        named.add(uses[0].item.key)
    if not made:
        return join([])
    attributes = {"class": "footnote", "data-search-exclude": "", "data-styles": offered()}
    first = {"start": str(page.state.notes_before + 1)} if page.state.notes_before else None
    return make("div", attributes, make("hr"), make("ol", first, *made))


def _note(
    uses: Sequence[Use], page: Page, ledger: ClosedLedger, address: Address, *, full: bool
) -> Html:
    """Return the receipt of a passage; receipts.js shows its paragraphs as a card, too."""
    use = uses[0]
    receipt = [_citation(use, ledger, full=full)]
    if use.proof is not None:
        receipt += _sentences(use, ledger)
        stressed = any(other.emphasis_added for other in uses)
        receipt += _edited(use.proof, stressed=stressed, hidden=use.sensitive)
        receipt += _way(use)
    receipt.append(make("p", {"class": "receipt-foot"}, *_foot(uses, page, address)))
    attributes = {"id": use.note}
    if use.sensitive:
        # The card of sensitive words has no button to copy them.
        attributes["data-sensitive"] = ""
    return make("li", attributes, *receipt)


def _citation(use: Use, ledger: ClosedLedger, *, full: bool) -> Html:
    record = ledger.library.records[use.item.key]
    paragraphs, lines = use.item.paragraphs, use.item.lines
    if use.source is not None and use.span is not None:
        numbers = use.source.paragraphs_of(use.span)
        paragraphs = ((numbers[0], numbers[-1]),)
    cited = note(record, paragraphs, lines, first=full)
    # A citation style names the day of access only if a reference has no date.
    if record.accessed and use.source is None and full and "ccessed " not in "".join(cited):
        cited.append(f" Accessed {date(record.accessed)}.")
    return make("p", {"class": "receipt-citation"}, *cited)


def _way(use: Use) -> Iterator[Html]:
    """Yield who said the words of a quotation, and each text through which they came, in order."""
    head, *through = use.chain.links
    name = use.chain.head.name
    first = make("li", None, make("b", None, name), head.removeprefix(name))
    stations = (make("li", None, step) for step in through)
    yield make("ol", {"class": "receipt-chain", "aria-label": "Who says it"}, first, *stations)
    if use.chain.note:
        yield make("p", {"class": "receipt-remark"}, use.chain.note)


def _sentences(use: Use, ledger: ClosedLedger) -> Iterator[Html]:
    """Yield what may be shown around a quotation, with its words highlighted."""
    assert use.source is not None
    for around, lit in ledger.context(use):
        for part in paragraph_spans(around, use.source):
            shown = excerpt(use.source, part, within(part, lit))
            yield make("p", {"class": "receipt-sentence"}, shown)


def _foot(uses: Sequence[Use], page: Page, address: Address) -> Iterator[str]:
    use = uses[0]
    if use.source is not None:
        source = address(use.item.key)
        anchor = use.passage if use.span else _first_paragraph(use.item.paragraphs)
        link = relative(f"{source}#{anchor}" if anchor else source, page)
        place = locator(use)
        text = f"{place[:1].upper()}{place[1:]}: see it in the source" if place else "The source"
        yield make("a", {"href": link}, text)
        yield ". Our copy: "
        # Twelve digits are enough to compare two copies; the source's page has all of them.
        yield make("code", {"title": f"SHA-256 {use.source.sha256}"}, use.source.sha256[:12])
        yield ". "
    else:
        yield make("a", {"href": relative(address(use.item.key), page)}, "Its record")
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
    """Return *spans*, cut to those parts of them that are in *part*."""
    cut = ((max(part[0], start), min(part[1], end)) for start, end in spans)
    return tuple((start, end) for start, end in cut if start < end)


# The same passage is shown in a note and on its source's page.
@lru_cache(maxsize=4096)
def excerpt(source: Source, part: Span, lit: tuple[Span, ...]) -> Html:
    """Return *part* of a source's paragraph, *lit* highlighted, with what `verify` proves it by."""
    text = source.reading
    shown: list[str] = []
    done = part[0]
    for start, end in lit:
        shown += [text[done:start], make("mark", None, text[start:end])]
        done = end
    # Dots show that the sentence goes on there; they are not the source's.
    starts, ends = sentence(text, *part)
    return join(
        [
            "… " if starts < part[0] else "",
            _proving(source, part, *shown, text[done : part[1]]),
            " …" if part[1] < ends else "",
        ]
    )


def _proving(source: Source, span: Span, *children: str) -> Html:
    """Return an element with *children*, the words of *source* at *span*; `verify` proves it."""
    spans = ranges(source.text_spans(span))
    attributes = {"class": "receipt", "data-source": source.key, "data-spans": spans}
    return make("span", attributes, *children)


def _replaced(part: Part, source: Source, *, hidden: bool) -> list[str]:
    """Return the words of the source that the author replaced, unless they are *hidden*."""
    if hidden:
        return ["other words"]
    return ["“", _proving(source, part.span, source.reading[slice(*part.span)]), "”"]


def _edited(proof: Proof, *, stressed: bool, hidden: bool) -> Iterator[Html]:
    """Yield the remarks of a receipt on the author's changes to a quotation."""
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


def _first_paragraph(paragraphs: Sequence[tuple[int, int]]) -> str:
    return f"p{paragraphs[0][0]}" if paragraphs else ""
