"""Excerpts: what a source's page shows of the source, and what leads back to each use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .element import Html, make
from .fragment import link_out
from .ledger import Ledger
from .match import paragraph_spans
from .page import Page
from .problem import page_order
from .render import chain, excerpt, relative, within
from .source import Paragraph, Source, Span
from .use import Use


@dataclass(frozen=True, slots=True)
class _Piece:
    """A quoted passage, or one paragraph of it: what is shown around it, and its uses."""

    lit: tuple[Span, ...]
    around: Span
    uses: tuple[Use, ...]
    first: bool


def excerpts(source: Source, page: Page, ledger: Ledger) -> list[str]:
    """Return a strip of all paragraphs of *source*, and what is shown of each, with its uses."""
    pieces, cited = _used(source, ledger)
    parts = _strip(source, pieces, cited)
    for paragraph in source.paragraphs:
        number = paragraph.number
        if number not in pieces and number not in cited:
            continue
        place = f"Paragraph {number}, line {paragraph.line}"
        uses = cited.get(number, [])
        if number not in pieces:
            told = make("strong", None, f"{place}:")
            spot = {"class": "source-told", "id": f"p{number}"}
            parts.append(make("p", spot, told, " told in our words, ", *_links(uses, page), "."))
            continue
        inside: list[str] = [make("h3", None, place)]
        for piece in pieces.get(number, ()):
            inside += _excerpt(source, piece, page)
        if uses:
            inside.append(make("p", None, "Told in our words: ", *_links(uses, page), "."))
        parts.append(make("section", {"class": "source-paragraph", "id": f"p{number}"}, *inside))
    if whole := [use for use in ledger.uses_of(source.key) if _is_whole(use)]:
        parts.append(make("p", None, "Cited as a whole: ", *_links(whole, page), "."))
    if not pieces and not cited:
        parts.append(make("p", None, "Nothing is quoted from this text yet."))
    return parts


def _strip(source: Source, pieces: Mapping[int, object], cited: Mapping[int, object]) -> list[str]:
    """Return a strip of all paragraphs, each that is used linked to what is shown of it."""
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
        "Filled: quoted. Outlined: told in our words. "
        "Pale: not used. Struck: not the text’s own."
    )
    strip = make("ol", {"class": "source-strip", "aria-label": "Paragraphs of our copy"}, *cells)
    return [make("p", {"class": "source-strip-key"}, text), strip]


def _excerpt(source: Source, piece: _Piece, page: Page) -> Iterator[Html]:
    use = piece.uses[0]
    attributes = {"class": "source-excerpt"}
    if piece.first:
        attributes["id"] = use.passage
    yield make("p", attributes, excerpt(source, piece.around, piece.lit))
    back = _links(piece.uses, page)
    out = [part for link in link_out(use) for part in (" ", link, ".")] if piece.first else []
    yield make("p", {"class": "source-uses"}, chain(use), ". Quoted: ", *back, ".", *out)


def _used(source: Source, ledger: Ledger) -> tuple[dict[int, list[_Piece]], dict[int, list[Use]]]:
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


def _state(paragraph: Paragraph, pieces: Mapping[int, object], cited: Mapping[int, object]) -> str:
    if paragraph.reading is None:
        return "furniture"
    if paragraph.number in pieces:
        return "quoted"
    return "cited" if paragraph.number in cited else "unused"


def _links(uses: Sequence[Use], page: Page) -> list[str]:
    """Return links to *uses*, those of one page together, by the numbers of their notes."""
    by_page: dict[str, dict[int, Use]] = {}
    for use in sorted(uses, key=lambda use: page_order(use.page.sheet.path)):
        by_page.setdefault(use.page.sheet.path, {}).setdefault(use.number, use)
    children: list[str] = []
    for numbered in by_page.values():
        first = next(iter(numbered.values()))
        children.append(f"{'; ' if children else ''}{first.page.sheet.title}, ")
        for turn, (number, use) in enumerate(sorted(numbered.items())):
            anchor = use.id if use.proof else use.reference
            link = {"href": relative(f"{use.page.url}#{anchor}", page)}
            label = f"note {number}" if turn == 0 else str(number)
            children += [", " if turn else "", make("a", link, label)]
    return children
