"""Source excerpts: what a source's page shows of its text, with links to each use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..ledger.closed_ledger import ClosedLedger
from ..ledger.page import Page
from ..ledger.use import Use
from ..problem import page_order
from ..quotations.match import paragraph_spans
from ..sources.source import Paragraph, Source, Span
from ..text.words import single
from .html import Html, make
from .quotation import anchors, chain, relative
from .receipt import excerpt, within
from .text_fragment import link_out


@dataclass(frozen=True, slots=True)
class _Piece:
    """A quoted passage in one paragraph: the spans *lit* in it, the span *around*, and its uses."""

    lit: tuple[Span, ...]
    around: Span
    uses: tuple[Use, ...]
    first: bool


def excerpts(source: Source, page: Page, ledger: ClosedLedger) -> list[str]:
    """Return the paragraph strip of *source*, and what is shown of each paragraph with its uses."""
    pieces, cited = _used(source, ledger)
    parts = paragraph_strip(source, pieces, cited)
    for paragraph in source.paragraphs:
        number = paragraph.number
        if number not in pieces and number not in cited:
            continue
        place = f"Paragraph {number}, line {paragraph.line}"
        uses = cited.get(number, [])
        if number not in pieces:
            spot = {"class": "source-told", "id": f"p{number}"}
            parts.append(_told(f"{place}:", " told in our words, ", uses, page, spot))
            continue
        inside: list[str] = [make("h3", None, place)]
        for piece in pieces.get(number, ()):
            inside += _excerpt(source, piece, page)
        if uses:
            spot = {"class": "source-told"}
            inside.append(_told("Told in our words:", " ", uses, page, spot))
        parts.append(make("section", {"class": "source-paragraph", "id": f"p{number}"}, *inside))
    if whole := [use for use in ledger.uses_of(source.key) if _is_whole(use)]:
        parts.append(_told("Cited as a whole:", " ", whole, page, {"class": "source-told"}))
    if not pieces and not cited:
        parts.append(make("p", None, "Nothing is quoted from this text yet."))
    return parts


def _excerpt(source: Source, piece: _Piece, page: Page) -> Iterator[Html]:
    use = piece.uses[0]
    attributes = {"class": "source-excerpt"}
    # A passage may have several paragraphs: only the first has its id, the others name it.
    attributes["id" if piece.first else "data-passage"] = use.passage
    before = anchors(piece.uses) if piece.first else []
    yield make("p", attributes, *before, excerpt(source, piece.around, piece.lit))
    back = links(piece.uses, page)
    out = [part for link in link_out(use) for part in (" ", link, ".")] if piece.first else []
    yield make(
        "p",
        {"class": "source-uses"},
        # On a line of its own.
        chain(use),
        " ",
        make("strong", None, "Quoted:"),
        " ",
        *back,
        ".",
        *out,
    )


def _told(
    lead: str, says: str, uses: Sequence[Use], page: Page, attributes: Mapping[str, str]
) -> Html:
    """Return links to paraphrases, folded: there may be many, and quotations come first."""
    count = len({(use.page.path, use.section, use.number) for use in uses})
    # The number stays on one line with what it counts.
    many = f"{says}{count}\N{NO-BREAK SPACE}place{'s' * (count != 1)}"
    summary = make("summary", None, make("strong", None, lead), many)
    return make("details", attributes, summary, make("p", None, *links(uses, page), "."))


def _used(
    source: Source, ledger: ClosedLedger
) -> tuple[dict[int, list[_Piece]], dict[int, list[Use]]]:
    """Return the quoted pieces and the bare citations of *source*, by paragraph."""
    by_passage: dict[str, list[Use]] = {}
    cited: dict[int, list[Use]] = {}
    for use in ledger.uses_of(source.key):
        if use.proof is not None:
            by_passage.setdefault(use.passage, []).append(use)
            continue
        for number in use.told:
            cited.setdefault(number, []).append(use)
    pieces: dict[int, list[_Piece]] = {}
    for uses in sorted(by_passage.values(), key=lambda uses: uses[0].spans):
        first = True
        for around, lit in ledger.context(uses[0]):
            for part in paragraph_spans(around, source):
                piece = _Piece(within(part, lit), part, tuple(uses), first=first)
                pieces.setdefault(source.paragraph(part[0]), []).append(piece)
                first = False
    return pieces, cited


def _is_whole(use: Use) -> bool:
    return use.proof is None and not use.item.paragraphs + use.item.lines


def links(uses: Sequence[Use], page: Page) -> list[str]:
    """Return links from *page* to *uses*, by page and heading; each is the number of a note."""
    by_page: dict[str, dict[str, dict[int, Use]]] = {}
    for use in sorted(uses, key=lambda use: (page_order(use.page.path), use.order)):
        sections = by_page.setdefault(use.page.path, {})
        sections.setdefault(use.section, {}).setdefault(use.number, use)
    children: list[str] = []
    for sections in by_page.values():
        first = next(iter(next(iter(sections.values())).values()))
        children.append(f"{'; ' if children else ''}{single(first.page.title)}: ")
        for turn, (section, numbered) in enumerate(sections.items()):
            named = [make("i", None, single(section)), " "] if section else []
            children += [", " if turn else "", *named, *_numbered(numbered, page)]
    return children


def _numbered(uses: Mapping[int, Use], page: Page) -> Iterator[str]:
    for turn, (number, use) in enumerate(sorted(uses.items())):
        anchor = use.id if use.proof else use.reference
        link = {"href": relative(f"{use.page.url}#{anchor}", page), "aria-label": f"note {number}"}
        yield ", " if turn else ""
        yield make("a", link, str(number) if turn else f"note {number}")


STATES = {
    "quoted": "quoted",
    "cited": "told in our words",
    "unused": "not used",
    "furniture": "not the text’s own",
}
"""How a paragraph is used: the class of its cell in the strip, and what readers see."""


def paragraph_strip(source: Source, quoted: Container[int], cited: Container[int]) -> list[str]:
    """Return a key and a strip with a cell for each paragraph of *source*, a link if it is used.

    *quoted* and *cited* are the numbers of the paragraphs that are quoted and paraphrased.
    """
    states = {p.number: _state(p, quoted, cited) for p in source.paragraphs}
    cells = [_cell(paragraph, states[paragraph.number]) for paragraph in source.paragraphs]
    counts = Counter(states.values())
    many = len(cells)
    said = f"Our copy has {many} paragraph{'s' * (many != 1)}, shown here in order."
    signs = []
    for state, text in STATES.items():
        if counts[state]:
            sign = make("span", {"class": f"source-cell {state}", "aria-hidden": "true"}, "¶")
            signs.append(make("li", None, sign, f" {counts[state]} {text}"))
    return [
        make("p", {"class": "source-strip-said"}, said),
        make("ul", {"class": "source-strip-key"}, *signs),
        make("ol", {"class": "source-strip", "aria-label": "Paragraphs of our copy"}, *cells),
    ]


def _state(paragraph: Paragraph, quoted: Container[int], cited: Container[int]) -> str:
    if paragraph.reading is None:
        return "furniture"
    if paragraph.number in quoted:
        return "quoted"
    return "cited" if paragraph.number in cited else "unused"


def _cell(paragraph: Paragraph, state: str) -> Html:
    number = paragraph.number
    label = f"Paragraph {number}, line {paragraph.line}: {STATES[state]}"
    shape = {"class": f"source-cell {state}"}
    if state in {"quoted", "cited"}:
        link = {**shape, "href": f"#p{number}", "aria-label": label, "title": label}
        return make("li", None, make("a", link, str(number)))
    # Nothing is shown of the paragraph: its anchor is the cell.
    said = make("span", {"class": "for-screen-readers"}, f", {STATES[state]}")
    return make(
        "li", {"id": f"p{number}"}, make("span", {**shape, "title": label}, f"{number}", said)
    )
