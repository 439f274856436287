"""The balance of quotation marks on a page: which of them stray, and which quotations lack one.

A quotation is an element that follows its opening mark at once, and that its closing mark follows
at once, but for the spaces and the comma that belong to the marks. Knows text and edges only, no
HTML.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..text.quotation_marks import ATOM, UNSEEN
from ..text.saying import saying_of
from .visible_text import Quoted, VisibleText


@dataclass(frozen=True, slots=True)
class Edge:
    """What a reader meets where an element begins or ends."""

    parts: bool = False
    """What comes after it does not directly follow what is before it."""
    shows: str = ""
    """What a number before it, or a mark after it, is next to."""
    ends_block: bool = False
    cites: bool = False
    """It is that of a number that leads to the note of a source."""


NOTHING = Edge()
BLOCK = Edge(parts=True, ends_block=True)
LINE = Edge(parts=True, shows="\n")
OTHER = Edge(parts=True, shows=ATOM)
# The number of a note is not a number that a mark after it could measure.
NOTE_NUMBER = Edge(shows=ATOM)
CITATION_NUMBER = Edge(shows=ATOM, cites=True)
HIDDEN = Edge(shows=UNSEEN)


@dataclass(frozen=True, slots=True)
class Stray:
    """A mark of no quotation, or a quotation without one of its marks."""

    message: str
    near: str
    """A part of the page's HTML by which its place is found."""


class MarkBalance:
    """Reads a page in the order in which a reader meets it, and collects stray marks."""

    def __init__(self, language: str = "en") -> None:
        """Begin a page in *language*."""
        self._saying = saying_of(language)
        self._strays: list[Stray] = []
        self._begun: int | None = None
        self._block = VisibleText()

    def text(self, text: str) -> None:
        """Read *text*, in which each mark must be that of a quotation, or measure."""
        if text:
            self._block.add(text)

    def exempt_text(self, text: str) -> None:
        """Read *text* in which marks are not looked at: a receipt, a term, code."""
        if text:
            self._block.add_masked(text)

    def quoted_text(self, text: str) -> None:
        """Read *text* inside a quotation."""
        if text:
            self._block.add_masked(text)

    def edge(self, edge: Edge) -> None:
        """Pass an edge of an element."""
        if edge.ends_block:
            self._end_block()
        elif edge.shows == UNSEEN:
            self._block.add_unseen()
        elif edge.shows:
            self._block.add_sign(edge.shows, cites=edge.cites)

    def begin_quotation(self) -> None:
        """Begin a quotation between marks."""
        self._begun = self._block.length
        self._block.touched = True

    def end_quotation(self, near: str) -> None:
        """End the quotation, the place of which is found by *near*."""
        start = 0 if self._begun is None else self._begun
        self._block.quotations.append(Quoted(start, self._block.length, near))
        self._begun = None

    def finished(self) -> list[Stray]:
        """End the page; return all that strays on it."""
        self._end_block()
        return self._strays

    def _end_block(self) -> None:
        """Collect what strays in the block; begin another block."""
        block = self._block
        if not block.length:
            return
        strays = block.strays(self._saying)
        self._strays += [
            Stray(f"a quotation without its {which} mark", near) for which, near in strays.lacking
        ]
        for near in strays.marks:
            message = f"a quotation mark outside every quotation, near '{near}'"
            self._strays.append(Stray(message, near))
        self._block = VisibleText()
