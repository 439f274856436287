"""The balance of double marks on a page: which of them stray, and which quotations lack one.

A quotation is an element that follows its opening mark at once, and that its closing mark follows
at once. Knows text and edges only, no HTML.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..text.quotation_marks import ATOM, DOUBLE, INCHES, UNSEEN
from .visible_text import VisibleText

CHARACTERS_NEAR = 25
"""Characters shown on each side of a stray mark."""


@dataclass(frozen=True, slots=True)
class Edge:
    """What a reader meets where an element begins or ends."""

    parts: bool = False
    """What comes after it does not directly follow what is before it."""
    shows: str = ""
    """What a number before it, or a mark after it, is next to."""
    ends_block: bool = False


NOTHING = Edge()
BLOCK = Edge(parts=True, ends_block=True)
LINE = Edge(parts=True, shows="\n")
OTHER = Edge(parts=True, shows=ATOM)
# The number of a note is not a number that a mark after it could measure.
NOTE_NUMBER = Edge(shows=ATOM)
HIDDEN = Edge(shows=UNSEEN)


@dataclass(frozen=True, slots=True)
class Stray:
    """A mark of no quotation, or a quotation without one of its marks."""

    message: str
    near: str
    """A part of the page's HTML by which its place is found."""


class MarkBalance:
    """Reads a page in the order in which a reader meets it, and collects stray marks."""

    def __init__(self) -> None:
        """Begin a page."""
        self._strays: list[Stray] = []
        # The text near a mark that is right only if a quotation begins at once.
        self._opening: str | None = None
        # The place of a quotation that has just ended: its closing mark must follow at once.
        self._closing: str | None = None
        self._block = VisibleText()

    def text(self, text: str) -> None:
        """Read *text*, in which each mark must be that of a quotation, or measure."""
        if text:
            self._marks(text)
            self._block.add(text)

    def exempt_text(self, text: str) -> None:
        """Read *text* in which marks are not looked at: a receipt, a term, code."""
        if text:
            self._part()
            self._block.add_quoted(text)

    def quoted_text(self, text: str) -> None:
        """Read *text* inside a quotation."""
        if text:
            self._block.add_quoted(text)

    def edge(self, edge: Edge) -> None:
        """Pass an edge of an element."""
        if edge.parts:
            self._part()
        if edge.ends_block:
            self._end_block()
        elif edge.shows:
            self._block.add(edge.shows)

    def begin_quotation(self, near: str) -> None:
        """Begin a quotation between marks, the place of which is found by *near*."""
        if self._closing is not None:
            self._part()
        if self._opening is None:
            self._strays.append(Stray("a quotation without its opening mark", near))
        self._opening = None

    def end_quotation(self, near: str) -> None:
        """End the quotation, the place of which is found by *near*."""
        self._closing = near

    def finished(self) -> list[Stray]:
        """End the page; return all that strays on it."""
        self._part()
        self._end_block()
        return self._strays

    def _marks(self, text: str) -> None:
        """Find what each mark in *text*, which comes next, belongs to."""
        first = 0
        if self._closing is not None and (closing := DOUBLE.match(text)):
            first = closing.end()
            self._block.note_closing()
            self._closing = None
        self._part()
        for match in DOUBLE.finditer(text, first):
            at, near = match.start(), _near(text, match.start())
            before = text[at - 1] if at else self._block.last
            if match.end() < len(text) or (match[0] in INCHES and before.isnumeric()):
                self._block.note_unquoted(at, near)
            else:
                self._opening = near

    def _part(self) -> None:
        """Collect a pending mark: what would have matched it did not follow."""
        if self._opening is not None:
            self._stray(self._opening)
            self._opening = None
        if self._closing is not None:
            self._strays.append(Stray("a quotation without its closing mark", self._closing))
            self._closing = None

    def _end_block(self) -> None:
        """Collect each mark of the block that neither quotes nor measures; begin another block."""
        for near in self._block.strays():
            self._stray(near)
        self._block = VisibleText()

    def _stray(self, near: str) -> None:
        message = f"a double mark outside every quotation, near '{near}'"
        self._strays.append(Stray(message, near))


def _near(text: str, at: int) -> str:
    return " ".join(text[max(0, at - CHARACTERS_NEAR) : at + CHARACTERS_NEAR + 1].split())
