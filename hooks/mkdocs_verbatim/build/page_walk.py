"""Goes through the blocks of one page: resolves their marks and checks what they rest on."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from typing import NamedTuple

from ..house_style.page_voice import PageVoice
from ..house_style.site_check import HouseStyle
from ..ledger.problem_log import Entered
from ..markdown.acceptances import Acceptances
from ..markdown.block_quotations import set_figures
from ..markdown.block_text import CODE, HEADINGS, Flat, flatten
from ..markdown.directives import Directives
from ..markdown.inline_quotations import set_marks, warn_of_single_marks
from ..markdown.page_context import PageContext
from ..markdown.uncited import find_uncited, is_editors, warn_of_uncited
from ..markdown.unmarked import CopiedWords, OwnWords
from ..sources.text_reuse import TextReuse
from ..text.quotation_marks import ATOM, DOUBLE

LISTED = frozenset({"ul", "ol", "dl", "table"})
"""Blocks whose items or cells may hold one text in pieces."""

ATTRIBUTES = re.compile(r"\{:?[ ]*[#.\w][^{}\n]*\}")


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
        self._uncited = find_uncited(root, context)
        self.copied = CopiedWords(context, shared.copies)
        # What the blocks so far say in words of the page's own.
        self._said: list[str] = []

    def block(self, element: etree.Element, *, editor: bool = False) -> None:
        """Resolve every mark in *element*, and see what it rests on."""
        first = self._voice.open(element) if self._voice else 0
        with self._context.log.block() as entered:
            if element.tag == "blockquote":
                self._quotation(element, editor=editor)
            elif element.tag not in CODE:
                self._inside(element, editor=editor)
            last = self._voice.close(element, first) if self._voice else 0
            self._acceptances.settle(element, entered, range(first, last))

    def finish(self, entered: Entered) -> None:
        """Enter what the page says against the site's rules; *entered* are its problems so far."""
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
        flat = flatten(element, context.stash)
        if element.tag in HEADINGS:
            # The page's own heading says no more than its title.
            context.page.state.section = "" if element.tag == "h1" else _heading(flat, context)
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
        if "'" in flat.text or "‘" in flat.text:
            warn_of_single_marks(flat, context)
        if DOUBLE.search(flat.text) or ATOM in flat.text:
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


def _heading(flat: Flat, context: PageContext) -> str:
    """Return what a reader sees of a heading."""
    text = flat.text
    # Braces in code, after a backslash or as entities are no attributes: readers see them.
    typed = "".join(
        token.shown if (token.kind, token.raw) == ("text", token.shown) else ATOM * len(token.shown)
        for token in flat.tokens
    )
    found = list(ATTRIBUTES.finditer(typed)) if context.has_attributes else []
    for match in reversed(found):
        text = text[: match.start()] + text[match.end() :]
    return " ".join(text.replace(ATOM, "").split())
