"""The desk: where a page's marks are entered, and how what they become is written."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from markdown.util import AtomicString

from .inline import CITATION_CLASS, ETX, STX, Edit, Flat, cuts
from .ledger import Ledger
from .mark import ATOM, Item, Mark
from .match import boundaries
from .page import Page
from .problem import Problem
from .source import Span
from .use import Use


class Writer(Protocol):
    """Says what stands in place of a mark."""

    def attributes(self, use: Use) -> dict[str, str]:
        """Return the attributes of a quotation's element."""

    def text(self, use: Use, span: Span) -> str:
        """Return as HTML what the source has at *span*."""

    def number(self, use: Use) -> str:
        """Return as HTML the number that leads to a use's note."""

    def caption(self, use: Use, attribution: str) -> str:
        """Return as HTML who said a block quotation, and through whom it reaches us."""

    def problem(self, problem: Problem) -> str:
        """Return as HTML a problem, to be shown at its place."""

    def directive(self, name: str, arguments: str, page: Page) -> str | None:
        """Return as HTML what a directive stands for, or None if there is none of the name."""


NOTHING = AtomicString(f"{STX}verbatim0q{ETX}")
"""Stands for no text on any shelf."""

ON_SHELF = re.compile(f"{STX}verbatim(\\d+)q{ETX}")


@dataclass
class Shelf:
    """Keeps finished HTML out of Markdown's reach until the page is text."""

    pieces: list[str] = field(default_factory=lambda: [""])

    def put(self, piece: str) -> AtomicString:
        """Return what stands for *piece* until then; no page holds it, Markdown removes STX."""
        self.pieces.append(piece)
        return AtomicString(f"{STX}verbatim{len(self.pieces) - 1}q{ETX}")

    def restore(self, text: str) -> str:
        """Return *text* with every piece in its place."""
        return ON_SHELF.sub(lambda match: self.pieces[int(match[1])], text)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One page's desk."""

    ledger: Ledger
    writer: Writer
    shelf: Shelf
    page: Page
    stash: Sequence[object]
    """Markdown's raw HTML, by number."""
    has_attributes: bool
    """The page's Markdown reads attribute lists."""

    def refuse(self, rule: str, message: str, places: Sequence[tuple[int, int]]) -> etree.Element:
        """Enter a problem, and return the element that shows it at its place."""
        return self.problem(self.ledger.enter(self.page, places, rule, message))

    def problem(self, problem: Problem) -> etree.Element:
        """Return the element that shows *problem*."""
        element = etree.Element("span", {"class": "verbatim-problem", "role": "alert"})
        element.text = self.shelf.put(self.writer.problem(problem))
        return element

    def number(self, use: Use) -> etree.Element:
        """Return the number that leads to the note of *use*."""
        element = etree.Element("sup", {"id": use.reference})
        element.text = self.shelf.put(self.writer.number(use))
        # Nothing, but in the way of an attribute list that would change the number's id.
        element.tail = NOTHING
        return element

    def cite(self, mark: Mark, item: Item) -> etree.Element:
        """Enter *item* of a citation without a quotation; return its number, or the problem."""
        result = self.ledger.cite(mark, item, self.page)
        return self.problem(result) if isinstance(result, Problem) else self.number(result)

    def edit(self, flat: Flat, place: Span, use: Use, span: Span, wrap: etree.Element) -> Edit:
        """Return the edit that puts the source's *span* into *wrap*, in place of flat[place]."""
        assert use.source is not None
        edges = cuts(flat, *place)
        spans = boundaries(flat.text[slice(*place)], span, use.source, edges)
        texts = [self.shelf.put(self.writer.text(use, part)) for part in spans]
        return Edit(*place, wrap, texts=texts, cuts=edges)


def is_citation(element: etree.Element | None) -> bool:
    """Tell whether *element* stands for a citation."""
    return element is not None and element.get("class") == CITATION_CLASS


def foreign(flat: Flat, place: Span) -> str | None:
    """Say what in flat[place] is no text and may not stand in a quotation, if anything."""
    for token in flat.tokens:
        if not place[0] <= token.start <= place[1]:
            continue
        if token.kind == "raw":
            return "raw HTML"
        if token.start < place[1] and token.kind == "atom" and token.shown == ATOM:
            return "a citation" if is_citation(token.element) else "a picture or note"
    return None
