"""Context of one page: enters its marks in the ledger and builds what replaces them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from markdown.util import AtomicString

from ..ledger.ledger import Ledger
from ..ledger.page import Page
from ..ledger.page_text import PageText
from ..ledger.problem_log import ProblemLog
from ..ledger.use import Use
from ..output.html import Html, join
from ..output.wording import Speller, pieces, seams
from ..problem import Problem, RuleId
from ..quotations.mark import Item, Mark
from ..sources.library import Library
from ..sources.source import Span
from ..text.fold import fold
from ..text.quotation_marks import ATOM
from ..text.saying import Saying
from .block_text import CITATION_CLASS, ETX, HIDDEN, IN_TEXT, STX, Flat, Token, flatten
from .edits import Edit, cuts


class Writer(Speller, Protocol):
    """Writes what replaces a mark."""

    def attributes(self, use: Use) -> dict[str, str]:
        """Return the attributes of a quotation's element."""

    def number(self, use: Use) -> str:
        """Return as HTML the number that leads to a use's note."""

    def caption(self, use: Use, attribution: str) -> str:
        """Return as HTML who said a block quotation, and through whom it reaches us."""

    def problem(self, problem: Problem) -> str:
        """Return as HTML a problem, to be shown at its place."""


NOTHING = AtomicString(f"{STX}verbatim0q{ETX}")
"""Placeholder for an empty piece."""

FINISHED = re.compile(f"{STX}verbatim(\\d+)q{ETX}")


STRESS = frozenset({"em", "strong", "b", "i", "mark"})


@dataclass
class FinishedStash:
    """Keeps finished HTML out of Markdown's reach until the page is text."""

    pieces: list[str] = field(default_factory=lambda: [""])
    problems: set[int] = field(default_factory=set)
    """The numbers of the pieces that show a problem."""
    holds_problems: bool = True
    """Steps that make ids and labels of text are still to come: problems are none of it."""

    def put(self, piece: str) -> AtomicString:
        """Return the placeholder of *piece*; no page holds one, since Markdown removes STX."""
        self.pieces.append(piece)
        return AtomicString(f"{STX}verbatim{len(self.pieces) - 1}q{ETX}")

    def sealed(self, text: str | None) -> AtomicString | None:
        """Return *text* with all but its placeholders escaped and stashed."""
        if not text:
            return None
        done = 0
        parts: list[str] = []
        for match in FINISHED.finditer(text):
            parts += [self._put(text[done : match.start()]), match[0]]
            done = match.end()
        return AtomicString("".join([*parts, self._put(text[done:])]))

    def _put(self, text: str) -> str:
        return self.put(join([text])) if text else ""

    def restore(self, text: str) -> str:
        """Return *text* with every piece in its place."""
        return FINISHED.sub(self._restored, text)

    def _restored(self, match: re.Match[str]) -> str:
        number = int(match[1])
        return "" if self.holds_problems and number in self.problems else self.pieces[number]


@dataclass(frozen=True, kw_only=True)
class PageContext:
    """What the marks of one page need."""

    ledger: Ledger
    writer: Writer
    finished: FinishedStash
    page: Page
    stash: Sequence[object]
    """Markdown's raw HTML, by number."""
    references: frozenset[str]
    """The names, in small letters, that the page's Markdown reads as links."""
    has_attributes: bool
    """The page's Markdown reads attribute lists."""
    saying: Saying
    """What the page's language has to say that somebody speaks."""
    titles: frozenset[str]
    """The titles of all records, as *as_title* returns them."""
    american: bool = False
    """A point or comma before a closing mark may be the page's own."""

    smart_marks: Callable[[], tuple[str, str] | None]
    """Returns what the page's Markdown makes of two straight marks, if it does not leave them."""
    is_markdown: bool = True
    """The text has been read as Markdown: it has entities."""

    def flatten(self, element: etree.Element) -> Flat:
        """Return the text that *element* holds directly, less the blocks inside it."""
        pattern = IN_TEXT if self.is_markdown else HIDDEN
        return flatten(element, self.stash, pattern, reads_attributes=self.has_attributes)

    @property
    def text(self) -> PageText:
        """The text in which places are looked for."""
        return self.page.text

    def refuse(
        self, rule: RuleId, message: str, places: Sequence[tuple[int, int]]
    ) -> etree.Element:
        """Enter a problem, and return the element that shows it at its place."""
        return self.problem(self.enter(places, rule, message))

    def enter(self, places: Sequence[tuple[int, int]], rule: RuleId, message: str) -> Problem:
        """Enter and return a problem at *places* in the page's text; see ProblemLog."""
        return self.log.enter(self.text, places, rule, message)

    @property
    def log(self) -> ProblemLog:
        """Where problems are entered."""
        return self.ledger.log

    def later(self, draw: Callable[[], Html]) -> Html:
        """Return what stands for the HTML that *draw* returns, until the page is finished."""
        return Html(self.page.reader_page.state.postpone(draw))

    def problem(self, problem: Problem) -> etree.Element:
        """Return the element that shows *problem*."""
        element = etree.Element("span", {"class": "verbatim-problem", "role": "alert"})
        element.text = self.finished.put(self.writer.problem(problem))
        self.finished.problems.add(len(self.finished.pieces) - 1)
        # An empty piece keeps braces after it from being its attributes.
        element.tail = NOTHING
        return element

    def number(self, use: Use) -> etree.Element:
        """Return the number that leads to the note of *use*."""
        element = etree.Element("sup", {"id": use.reference})
        element.text = self.finished.put(self.writer.number(use))
        # An empty piece keeps an attribute list after it from changing the number's id.
        element.tail = NOTHING
        return element

    def anchors(self, use: Use) -> list[etree.Element]:
        """Return an empty element for each id under which the quotation *use* was published."""
        return [etree.Element("span", {"id": id_}) for id_ in use.former]

    def cite(self, mark: Mark, item: Item) -> etree.Element:
        """Enter *item* of a citation without a quotation; return its number, or the problem."""
        result = self.ledger.cite(mark, item, self.page)
        return self.problem(result) if isinstance(result, Problem) else self.number(result)

    def edit(self, flat: Flat, place: Span, use: Use, base: int, wrap: etree.Element) -> Edit:
        """Return the edit that puts proven words into *wrap*, in place of flat[place].

        *base* is where these words begin among those of the proof.
        """
        assert use.proof is not None
        tags = cuts(flat, *place)
        length = place[1] - place[0]
        if not tags and len(use.proof.parts) == 1 and len(use.proof.words) == length:
            # Nearly every quotation: the source's words in one piece.
            whole = self.finished.put(self.writer.text(use, use.proof.spans[0]))
            return Edit(*place, wrap, texts=[whole])
        parts = use.proof.parts_in(base, base + length + 1)
        words = flat.text[slice(*place)]
        inner = seams(parts, tags, words)
        shown = pieces(parts, inner, words, use, self.writer)
        texts = [self.finished.put(piece) if piece else NOTHING for piece in shown]
        return Edit(*place, wrap, texts=texts, cuts=inner)


ELSEWHERE = re.compile(r"[\x00-\x20]*(?:[/\\]{2}|[a-z][a-z0-9+.-]*:)", re.IGNORECASE)
"""How an address begins that leads out of the site."""

TITLED = ("title", "title-short", "container-title", "container-title-short")
"""The fields of a record that hold a title."""


def as_title(text: str) -> str:
    """Return *text* in the form in which titles are compared."""
    return fold(text).text.strip(" .,")


def titles_of(library: Library) -> frozenset[str]:
    """Return the titles, short titles and titles of containers of all records of *library*."""
    stated = (record.reference.get(name) for record in library.records.values() for name in TITLED)
    return frozenset(as_title(title) for title in stated if isinstance(title, str) and title)


def is_citation(element: etree.Element | None) -> bool:
    """Return whether *element* is a citation."""
    return element is not None and element.get("class") == CITATION_CLASS


def citation_body(element: etree.Element) -> str:
    """Return what is between the brackets of the citation *element*."""
    return (element.text or "")[1:-1]


def stressed(flat: Flat, place: Span, base: int) -> tuple[Span, ...]:
    """Return what of flat[place] is set in italics or bold, counted from *base* on."""
    ranges = (
        (max(token.start, place[0]), min(token.end, place[1]))
        for token in flat.kinds("open")
        if token.element is not None and token.element.tag in STRESS
    )
    return tuple((a - place[0] + base, b - place[0] + base) for a, b in ranges if a < b)


def linked(flat: Flat, place: Span, context: PageContext) -> str | None:
    """Return the bracket in flat[place] that a reference definition of the page made a link of."""
    for token in flat.kinds("open") if context.references else ():
        text = flat.text[token.start : token.end]
        is_link = token.element is not None and token.element.tag == "a"
        if is_link and place[0] <= token.start < place[1] and text.lower() in context.references:
            return text
    return None


def bracket_defined(name: str, context: PageContext) -> Problem:
    """Enter that the bracket *name* in a quotation is read as a link."""
    message = (
        f"[{name}] in a quotation is a link, because the page defines [{name}]: as one; "
        f"give the definition another name"
    )
    places = context.text.literal(f"[{name}]")
    return context.enter(places, "bracket-defined", message)


def citation_defined(name: str, context: PageContext) -> Problem:
    """Enter that the page defines as a link what is a citation, *name*."""
    message = f"[{name}] is a citation, not a link; give the definition of the link another name"
    places = context.text.literal(f"[{name}]:") or context.text.places(name)
    return context.enter(places, "bracket-defined", message)


def foreign(flat: Flat, place: Span, context: PageContext) -> str | None:
    """Return what in flat[place] is not text and may not be in a quotation, or None."""
    for token in flat.tokens:
        if not place[0] <= token.start <= place[1]:
            continue
        if token.kind == "raw":
            return "raw HTML"
        if token.start < place[1] and token.kind == "atom" and token.shown == ATOM:
            return "a citation" if is_citation(token.element) else "a picture or note"
        if token.kind == "open" and token.start < place[1] and (what := _gloss(token, context)):
            return what
    return None


def _gloss(token: Token, context: PageContext) -> str | None:
    """Return what is wrong with a link on quoted words, which must not seem the source's own."""
    element = token.element
    if element is None or element.tag != "a":
        return None
    if element.get("title"):
        return "a link with a title"
    address = element.get("href") or ""
    copies = context.ledger.library.sources.values()
    if not ELSEWHERE.match(address) or any(address in copy.text for copy in copies):
        return None
    return "a link out of the site"
