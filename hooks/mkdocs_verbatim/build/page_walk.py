"""Goes through the blocks of one page: resolves their marks and checks what they rest on."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Iterator
from typing import NamedTuple

from ..house_style.page_voice import PageVoice
from ..house_style.site_check import HouseStyle
from ..ledger.problem_log import Entered
from ..markdown.acceptances import Acceptances
from ..markdown.block_quotations import set_figures
from ..markdown.block_text import CODE, HEADINGS, HELD, Flat
from ..markdown.directives import Directives
from ..markdown.inline_quotations import set_marks
from ..markdown.page_context import PageContext
from ..markdown.uncited import find_uncited, is_editors, warn_of_uncited
from ..markdown.unmarked import CopiedWords, OwnWords
from ..sources.text_reuse import TextReuse
from ..text.quotation_marks import ATOM
from ..text.single_marks import has_marks

LISTED = frozenset({"ul", "ol", "dl", "table"})
"""Blocks whose items or cells may hold one text in pieces."""


BOXES = frozenset({"div", "details", "dl", "section"})
"""What ends with its heading: a box, a list of definitions."""


class Shared(NamedTuple):
    """What the pages of one build share; *house_style* is None on a site without rules."""

    copies: TextReuse
    directives: Directives
    house_style: HouseStyle | None


class PageWalk:
    """Goes through a page's blocks, in the order in which a reader meets them."""

    def __init__(
        self,
        root: etree.Element,
        context: PageContext,
        shared: Shared,
        voice: PageVoice | None = None,
    ) -> None:
        self._context, self._shared = context, shared
        self._voice = voice or (PageVoice(context) if shared.house_style else None)
        late = shared.house_style.late if shared.house_style and not voice else ()
        self._acceptances = Acceptances(root, context, late)
        self._labels: dict[etree.Element, str] = {}
        self._uncited = find_uncited(root, context)
        self.copied = CopiedWords(context, shared.copies)
        # What the blocks so far say in words of the page's own.
        self._said: list[str] = []

    def block(self, element: etree.Element, *, editor: bool = False) -> None:
        """Resolve every mark in *element*, and see what it rests on."""
        first = self._voice.open(element) if self._voice else 0
        state = self._context.page.state
        above = state.heading
        with self._context.log.block() as entered:
            if element.tag == "table":
                self._labels.update(_cell_labels(element))
            if label := self._labels.get(element):
                state.heading = f"{label}\n{above}"
            if element.tag == "blockquote":
                self._quotation(element, editor=editor)
            elif element.tag not in CODE:
                self._inside(element, editor=editor)
            if label or element.tag in BOXES:
                state.heading = above
            last = self._voice.close(element, first) if self._voice else 0
            self._acceptances.settle(element, entered, range(first, last))

    def finish(self, entered: Entered) -> None:
        """Enter what the page says against the site's rules; *entered* are its problems so far."""
        self._context.text.leave()
        house_style = self._shared.house_style
        if self._voice is None or house_style is None:
            return
        log = self._context.log
        # Where something is not proven, it is not known what is missing or too much beside it.
        whole = not self._context.ledger.library.broken and not entered.has_error
        for violation in house_style.check(self._voice, whole=whole):
            with log.block() as found:
                log.enter(violation.page, violation.places(), violation.rule, violation.message)
                self._acceptances.settle_late(violation.rule, violation.block, found)
        if whole:
            self._acceptances.finish()

    def _quotation(self, element: etree.Element, *, editor: bool) -> None:
        known = len(self._context.ledger.uses)
        if self._voice:
            self._voice.take_quotation(element, editor=editor)
        set_figures(element, self._context, editor=editor)
        if self._voice:
            self._voice.give(self._context.ledger.uses[known:])

    def _inside(self, element: etree.Element, *, editor: bool) -> None:
        context = self._context
        if self._shared.directives.replace(element, context, self._settle):
            return
        editor = editor or "editor" in (element.get("class") or "").split()
        flat = context.flatten(element)
        context.text.begin(flat.text)
        if is_heading(element):
            context.page.state.heading = _heading(flat)
        if element.tag in HEADINGS:
            # The page's own heading says no more than its title.
            context.page.state.section = "" if element.tag == "h1" else _heading(flat)
        blocks = [token.element for token in flat.kinds("block") if token.element is not None]
        first = len(self._said)
        with context.log.block() as entered:
            self._words(flat, editor=editor)
            uncited = self._uncited.get(element)
            # Words in marks without a citation are reported already.
            if uncited and not entered.has("quote-uncited"):
                warn_of_uncited(uncited, context)
        for block in blocks:
            self.block(block, editor=editor)
        if element.tag in LISTED:
            self.copied.across(self._said[first:])

    def _words(self, flat: Flat, *, editor: bool) -> None:
        """Resolve the marks in a block's own text, and have the text compared with the sources."""
        context = self._context
        known = len(context.ledger.uses)
        own = OwnWords(flat, context)
        self.copied.in_block(own)
        self._said.append(own.text)
        if has_marks(flat.text) or ATOM in flat.text:
            editors = editor or is_editors(flat.element, flat.text, context)
            set_marks(flat, context, editor=editors)
        if self._voice:
            self._voice.take(own, context.ledger.uses[known:], editor=editor)

    def _settle(self, block: etree.Element, context: PageContext, editor: bool) -> None:  # noqa: FBT001
        """Resolve the marks of a *block* of a data file."""
        whole = etree.Element("div")
        whole.append(block)
        # What the data say is the page's own voice, too, and judged with the rest of it.
        walk = PageWalk(whole, context, self._shared, self._voice)
        walk.block(block, editor=editor)


def _cell_labels(table: etree.Element) -> Iterator[tuple[etree.Element, str]]:
    """Yield each cell of *table* with what its row and column are headed by."""
    rows = list(table.iter("tr"))
    top = ["".join(cell.itertext()) for cell in rows[0]] if rows else []
    for row in rows[1:]:
        first = "".join(row[0].itertext()) if len(row) else ""
        for number, cell in enumerate(row):
            column = top[number] if number < len(top) else ""
            label = f"{first if number else ''} | {column}"
            yield cell, HELD.sub(" ", label).replace("\n", " ")


def is_heading(element: etree.Element) -> bool:
    """Return whether *element* is a heading, or the title of a box or a definition."""
    is_title = "admonition-title" in (element.get("class") or "").split()
    return element.tag in HEADINGS or element.tag in {"summary", "dt"} or is_title


def _heading(flat: Flat) -> str:
    """Return what a reader sees of a heading."""
    text = flat.text
    for start, end in reversed(flat.attributes):
        text = text[:start] + text[end:]
    return " ".join(text.replace(ATOM, "").split())
