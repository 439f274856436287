"""Block quotations: each becomes a figure, with the line that says who speaks."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Sequence
from dataclasses import dataclass

from ..ledger.ledger import place_of
from ..ledger.use import Use
from ..problem import Problem, RuleId
from ..quotations.mark import Mark, parse_citation
from ..sources.source import Span
from ..text.quotation_marks import ATOM
from ..text.quoted_runs import has_claims
from ..text.words import capital
from .block_text import HELD, Flat
from .edits import Edit, rebuild
from .page_context import (
    PageContext,
    bracket_defined,
    citation_body,
    foreign,
    is_citation,
    linked,
    stressed,
)

DASH = re.compile(r"[^\S\n]*(?:[–—―]|-{1,3})(?!-)")
ADDED = re.compile(r"\s*\(emphasis added\)|[,;]\s*emphasis added\b", re.IGNORECASE)
"""The note of an author that the build adds of itself where it is true."""
MOST_WRAPPED = 3
"""Lines into which an attribution may be wrapped."""


def set_figures(block: etree.Element, context: PageContext, *, editor: bool) -> None:
    """Make a figure of each quotation of the blockquote *block*, in its place."""
    figures: list[etree.Element] = []
    paragraphs: list[Flat] = []
    first = ""
    for child in list(block):
        # A last line "- Name [@key]" after a blank one is a list to Markdown.
        is_list = child.tag == "ul" and len(child) == 1 and bool(paragraphs)
        flat = context.flatten(child[0] if is_list else child)
        said = HELD.sub(" ", "\n".join(child.itertext()))
        context.text.begin(said)
        found = attribution_line(f"- {flat.text}" if is_list else flat.text)
        if child.tag != "p" and not (is_list and found):
            message = f"<{child.tag}> in a block quotation; it holds paragraphs alone"
            places = context.text.openings(said[:200]) or context.text.quotation()
            figures += [context.refuse("raw-quotation", message, places), child]
            continue
        if not paragraphs and (pulled := _pulled(flat, context, editor=editor)) is not None:
            figures.append(pulled)
            continue
        first = first if paragraphs else said
        paragraphs.append(flat)
        if found:
            figures.append(_figure(paragraphs, found, context, editor=editor))
            paragraphs = []
    if paragraphs or not figures:
        text = first if paragraphs else ""
        message = "a block quotation without attribution; end it with — Name [@key, para. 4]"
        if any(map(_goes_on, paragraphs)):
            message = "a line directly after the attribution; leave an empty line between them"
        places = context.text.openings(text) or context.text.quotation()
        figures.append(context.refuse("quote-uncited", message, places))
        figures += [flat.element for flat in paragraphs]
    _replace(block, figures)


def _goes_on(flat: Flat) -> bool:
    """Return whether an attribution is there, but not as the last line."""
    lines = flat.text.split("\n")
    return any(attribution_line("\n".join(lines[:number])) for number in range(1, len(lines)))


def _replace(block: etree.Element, figures: Sequence[etree.Element]) -> None:
    for child in list(block):
        block.remove(child)
    block.text = None
    if len(figures) == 1 and figures[0].tag == "figure":
        block.tag, block.attrib = "figure", figures[0].attrib
        block.extend(list(figures[0]))
    else:
        # Markdown makes one blockquote of two that follow each other.
        block.tag = "div"
        block.extend(figures)


def attribution_line(text: str) -> tuple[int, str] | None:
    """Return where the attribution line that ends *text* begins, and what it says; or None.

    It is the last line, or the last wrapped into several; it begins with a dash and ends in a
    citation, after which a full stop may stand.
    """
    whole = text.rstrip().removesuffix(".")
    if not whole.endswith(ATOM):
        return None
    start = len(whole)
    for _ in range(MOST_WRAPPED):
        start = whole.rfind("\n", 0, max(0, start - 1)) + 1
        if match := DASH.match(whole, start):
            return start, " ".join(whole[match.end() :].replace(ATOM, " ").split())
        if start == 0:
            break
    return None


def _figure(
    flats: Sequence[Flat], attribution: tuple[int, str], context: PageContext, *, editor: bool
) -> etree.Element:
    """Return the figure of the quotation in *flats*, the last of which has *attribution*."""
    end, who = attribution
    paragraphs = _quoted(flats, end)
    *extras, last = _atoms(flats[-1], end)
    mark = Mark(
        kind="block",
        words=tuple(paragraph.words for paragraph in paragraphs) or ("",),
        citation=parse_citation(citation_body(last)),
        attribution=who,
        editor=editor,
        stressed=tuple(span for paragraph in paragraphs for span in paragraph.stressed()),
    )
    result = _proven(mark, paragraphs, context)
    figure = etree.Element("figure", {"class": "quotation-figure"})
    if isinstance(result, Problem):
        figure.append(context.problem(result))
        figure.extend([flat.element for flat in flats])
        return figure
    figure.extend([*context.anchors(result), _quotation(result, paragraphs, context)])
    caption = etree.SubElement(figure, "figcaption")
    caption.text = context.finished.put(context.writer.caption(result, ADDED.sub("", who)))
    _warn_of_extras(mark, result, extras, context)
    caption.append(context.number(result))
    others = [item for item in mark.citation.items if item.key != result.item.key]
    caption.extend([context.cite(mark, item) for item in others])
    for extra in extras:
        _keep(extra, caption, mark, context)
    return figure


def _warn_of_extras(
    mark: Mark, use: Use, extras: Sequence[etree.Element], context: PageContext
) -> None:
    """Warn of what an attribution line may not hold, or says without reason."""
    places = place_of(mark, context.text)
    if any(not is_citation(extra) for extra in extras):
        message = "a picture or the number of a note in an attribution; put it in the text"
        context.enter(places, "attribution-extra", message)
    if ADDED.search(mark.attribution or "") and not use.emphasis_added:
        message = "'emphasis added' in the attribution, but the source has all that is stressed"
        context.enter(places, "attribution-extra", message)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph of a quotation: its words, flat[place], begin at *base* of the whole."""

    flat: Flat
    place: Span
    base: int

    @property
    def words(self) -> str:
        """The words as the author typed them."""
        return self.flat.text[slice(*self.place)]

    def stressed(self) -> tuple[Span, ...]:
        """Return which of the words are set in italics or bold, counted in those of the whole."""
        return stressed(self.flat, self.place, self.base)


def _quoted(flats: Sequence[Flat], end: int) -> list[_Paragraph]:
    """Return the paragraphs of *flats* that have words; the attribution line begins at *end*."""
    paragraphs: list[_Paragraph] = []
    base = 0
    for flat in flats:
        text = flat.text[:end] if flat is flats[-1] else flat.text
        place = len(text) - len(text.lstrip()), len(text.rstrip())
        if place[0] < place[1]:
            paragraphs.append(_Paragraph(flat, place, base))
            # One character separates the paragraphs of the whole.
            base += place[1] - place[0] + 1
    return paragraphs


def _pulled(flat: Flat, context: PageContext, *, editor: bool) -> etree.Element | None:
    """Return the figure of the paragraph that *flat*, a citation alone, has the build fetch."""
    atoms = _atoms(flat, 0)
    if len(atoms) != 1 or flat.text.strip() != ATOM or not is_citation(atoms[0]):
        return None
    citation = parse_citation(citation_body(atoms[0]))
    numbers = [item.paragraphs for item in citation.items]
    if len(numbers) != 1 or len(numbers[0]) != 1 or numbers[0][0][0] != numbers[0][0][1]:
        message = "a citation alone fetches one paragraph; name it, as in [@key, para. 4]"
        return context.refuse("quote-uncited", message, context.text.citation(citation.text))
    number = numbers[0][0][0]
    mark = Mark(kind="block", citation=citation, editor=editor, fetch=number)
    result = context.ledger.prove(mark, context.page)
    figure = etree.Element("figure", {"class": "quotation-figure"})
    if isinstance(result, Problem):
        figure.append(context.problem(result))
        return figure
    assert result.span is not None
    figure.extend(context.anchors(result))
    quotation = etree.SubElement(figure, "blockquote", context.writer.attributes(result))
    paragraph = etree.SubElement(quotation, "p")
    paragraph.text = context.finished.put(context.writer.text(result, result.span))
    caption = etree.SubElement(figure, "figcaption")
    caption.text = context.finished.put(
        context.writer.caption(result, capital(result.chain.head.name))
    )
    caption.append(context.number(result))
    return figure


def _atoms(flat: Flat, start: int) -> list[etree.Element]:
    """Return the citations, footnotes and pictures from *start* on; the last is the citation."""
    return [
        token.element
        for token in flat.kinds("atom")
        if token.start >= start and token.element is not None and token.shown == ATOM
    ]


def _keep(extra: etree.Element, caption: etree.Element, mark: Mark, context: PageContext) -> None:
    """Put what else an attribution line holds into the caption: citations as their numbers."""
    if not is_citation(extra):
        extra.tail = None
        caption.append(extra)
        return
    bare = Mark(kind="citation", citation=parse_citation(citation_body(extra)), editor=mark.editor)
    caption.extend([context.cite(bare, item) for item in bare.citation.items])


def _quotation(use: Use, paragraphs: Sequence[_Paragraph], context: PageContext) -> etree.Element:
    quotation = etree.Element("blockquote", context.writer.attributes(use))
    for each in paragraphs:
        paragraph = etree.SubElement(quotation, "p")
        edits = [context.edit(each.flat, each.place, use, each.base, paragraph)]
        end = len(each.flat.text)
        if each.place[1] < end:
            # The attribution line, told in the caption.
            edits.append(Edit(each.place[1], end, etree.Element("span"), elements=()))
        rebuild(each.flat, edits)
    return quotation


def _proven(mark: Mark, paragraphs: Sequence[_Paragraph], context: PageContext) -> Use | Problem:
    if has_claims(mark.attribution or ""):
        message = "double marks in an attribution; nothing can be proven there"
        return _refused(mark, context, "quote-misplaced", message)
    for each in paragraphs:
        if name := linked(each.flat, each.place, context):
            return bracket_defined(name, context)
        if what := foreign(each.flat, each.place, context):
            message = f"{what} inside a quotation; put it outside"
            return _refused(mark, context, "raw-quotation", message)
    return context.ledger.prove(mark, context.page)


def _refused(mark: Mark, context: PageContext, rule: RuleId, message: str) -> Problem:
    return context.enter(place_of(mark, context.text), rule, message)
