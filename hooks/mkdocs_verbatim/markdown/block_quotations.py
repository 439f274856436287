"""Block quotations: each becomes a figure, with the line that says who speaks."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Sequence

from ..ledger.ledger import place_of
from ..ledger.use import Use
from ..problem import Problem, RuleId
from ..quotations.mark import Mark, parse_citation
from ..sources.source import Span
from ..text.quotation_marks import ATOM, DOUBLE
from ..text.words import capital
from .block_text import Flat, flatten
from .edits import Edit, rebuild
from .page_context import PageContext, bracket_defined, foreign, is_citation, linked, stressed

DASH = re.compile(r"[^\S\n]*(?:[–—―]|--?)")


def set_figures(block: etree.Element, context: PageContext, *, editor: bool) -> None:
    """Make a figure of each quotation of the blockquote *block*, in its place."""
    figures: list[etree.Element] = []
    paragraphs: list[Flat] = []
    for child in list(block):
        # A last line "- Name [@key]" after a blank one is a list to Markdown.
        is_list = child.tag == "ul" and len(child) == 1 and bool(paragraphs)
        flat = flatten(child[0] if is_list else child, context.stash)
        found = attribution_line(f"- {flat.text}" if is_list else flat.text)
        if child.tag != "p" and not (is_list and found):
            message = f"<{child.tag}> in a block quotation; it holds paragraphs alone"
            places = context.text.places(" ".join(child.itertext())[:200])
            figures.append(context.refuse("raw-quotation", message, places))
            continue
        if not paragraphs and (pulled := _pulled(flat, context, editor=editor)) is not None:
            figures.append(pulled)
            continue
        paragraphs.append(flat)
        if found:
            figures.append(_figure(paragraphs, found, context, editor=editor))
            paragraphs = []
    if paragraphs or not figures:
        text = " ".join(flat.text.replace(ATOM, "") for flat in paragraphs)
        message = "a block quotation without attribution; end it with — Name [@key, para. 4]"
        figures.append(context.refuse("quote-uncited", message, context.text.places(text)))
        figures += [flat.element for flat in paragraphs]
    _replace(block, figures)


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

    It is the last line, begins with a dash and ends in a citation.
    """
    whole = text.rstrip()
    if not whole.endswith(ATOM):
        return None
    start = whole.rfind("\n") + 1
    match = DASH.match(whole, start)
    if match is None:
        return None
    return start, " ".join(whole[match.end() :].replace(ATOM, " ").split())


def _figure(
    flats: Sequence[Flat], attribution: tuple[int, str], context: PageContext, *, editor: bool
) -> etree.Element:
    """Return the figure of the quotation in *flats*, the last of which has *attribution*."""
    end, who = attribution
    ends = [*(len(flat.text) for flat in flats[:-1]), end]
    ranges = [_stripped(flat.text, stop) for flat, stop in zip(flats, ends, strict=True)]
    kept = [(f, r) for f, r in zip(flats, ranges, strict=True) if r[0] < r[1]]
    *extras, last = _atoms(flats[-1], end)
    citation = parse_citation(last.text or "")
    mark = Mark(
        kind="block",
        words=tuple(flat.text[a:b] for flat, (a, b) in kept) or ("",),
        citation=citation,
        attribution=who,
        editor=editor,
        stressed=tuple(
            span
            for (flat, place), base in zip(kept, _bases(kept), strict=True)
            for span in stressed(flat, place, base)
        ),
    )
    result = _proven(mark, kept, context)
    figure = etree.Element("figure", {"class": "quotation-figure"})
    if isinstance(result, Problem):
        figure.append(context.problem(result))
        figure.extend([flat.element for flat in flats])
        return figure
    figure.append(_quotation(result, kept, context))
    caption = etree.SubElement(figure, "figcaption")
    caption.text = context.finished.put(context.writer.caption(result, who))
    caption.append(context.number(result))
    others = [item for item in mark.citation.items if item.key != result.item.key]
    caption.extend([context.cite(mark, item) for item in others])
    for extra in extras:
        _keep(extra, caption, mark, context)
    return figure


def _pulled(flat: Flat, context: PageContext, *, editor: bool) -> etree.Element | None:
    """Return the figure of the paragraph that *flat*, a citation alone, has the build fetch."""
    atoms = _atoms(flat, 0)
    if len(atoms) != 1 or flat.text.strip() != ATOM or not is_citation(atoms[0]):
        return None
    citation = parse_citation(atoms[0].text or "")
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
    bare = Mark(kind="citation", citation=parse_citation(extra.text or ""), editor=mark.editor)
    caption.extend([context.cite(bare, item) for item in bare.citation.items])


def _quotation(use: Use, kept: Sequence[tuple[Flat, Span]], context: PageContext) -> etree.Element:
    quotation = etree.Element("blockquote", context.writer.attributes(use))
    for (flat, place), base in zip(kept, _bases(kept), strict=True):
        paragraph = etree.SubElement(quotation, "p")
        edits = [context.edit(flat, place, use, base, paragraph)]
        if place[1] < len(flat.text):
            # The attribution line, told in the caption.
            edits.append(Edit(place[1], len(flat.text), etree.Element("span"), elements=()))
        rebuild(flat, edits)
    return quotation


def _bases(kept: Sequence[tuple[Flat, Span]]) -> list[int]:
    """Return where each paragraph begins among the words of the whole."""
    bases = [0]
    for _, (start, end) in kept[:-1]:
        bases.append(bases[-1] + end - start + 1)
    return bases[: len(kept)]


def _proven(mark: Mark, kept: Sequence[tuple[Flat, Span]], context: PageContext) -> Use | Problem:
    if DOUBLE.search(mark.attribution or ""):
        message = "double marks in an attribution; nothing can be proven there"
        return _refused(mark, context, "quote-misplaced", message)
    for flat, place in kept:
        if name := linked(flat, place, context):
            return bracket_defined(name, context)
        if what := foreign(flat, place):
            message = f"{what} inside a quotation; put it outside"
            return _refused(mark, context, "raw-quotation", message)
    return context.ledger.prove(mark, context.page)


def _refused(mark: Mark, context: PageContext, rule: RuleId, message: str) -> Problem:
    return context.enter(place_of(mark, context.text), rule, message)


def _stripped(text: str, end: int) -> Span:
    part = text[:end]
    return len(part) - len(part.lstrip()), len(part.rstrip())
