"""The Markdown extension: finds the marks in a page's tree and puts proven words in their place."""

from __future__ import annotations

import functools
import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from typing import NamedTuple

from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from markdown import Markdown

from ..house_style.page_voice import Voice
from ..house_style.site_check import House
from ..ledger.ledger import Ledger
from ..ledger.page import Page
from ..ledger.problem_log import Entered
from ..markdown.acceptances import Acceptances
from ..markdown.block_quotations import set_figures
from ..markdown.block_text import CITATION_CLASS, CODE, Flat, flatten
from ..markdown.directives import Directives
from ..markdown.guards import check_attributes, check_raw
from ..markdown.inline_quotations import HEADINGS, set_marks, warn_of_single_marks
from ..markdown.page_context import Desk, Shelf, Writer
from ..markdown.uncited import find_uncited, is_editors, warn_of_uncited
from ..markdown.unmarked import OwnWords, warn_of_copied
from ..quotations.mark import CITATION, cites
from ..quotations.text_reuse import Copies
from ..text.quotation_marks import ATOM, DOUBLE
from .current_page import CurrentPage

ATTRIBUTES = re.compile(r"\{:?[ ]*[#.\w][^{}\n]*\}")


class _Shared(NamedTuple):
    """What the pages of one build share; *house* is None if the site has no rules of its own."""

    copies: Copies
    directives: Directives
    house: House | None


class MarkExtension(Extension):
    """Resolves every mark of the pages that are converted, one after the other."""

    def __init__(
        self,
        ledger: Ledger,
        writer: Writer,
        current: CurrentPage,
        directives: Directives,
        house: House | None = None,
    ) -> None:
        """Enter marks of the *current* page into *ledger*, and check the rules of *house*, if any.

        *directives* may be added to until the first page is converted.
        """
        super().__init__()
        self._ledger, self._writer, self._current = ledger, writer, current
        self._shared = _Shared(Copies(ledger.library.sources), directives, house)

    def convert(self, text: str, page: Page) -> str:
        """Return the Markdown *text* as HTML, its marks proven and its problems those of *page*."""
        with self._current.within(page):
            return Markdown(extensions=[self, AttrListExtension()]).convert(text)

    def read_sources(self) -> None:
        """Make ready to look pages up in all sources, which else the first page does."""
        self._shared.copies.read()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown calls it so
        """Register the three steps."""
        shelf = Shelf()
        # Just above footnotes (175) and reference links (170), which would take the brackets.
        citations = _CitationProcessor(f"<!--|{CITATION}", md)
        md.inlinePatterns.register(citations, "verbatim", 176)
        # After inline content (20), before attribute lists (8), abbreviations and smarty.
        desk = functools.partial(self._desk, md, shelf)
        marks = _MarkTreeprocessor(md, desk, self._shared)
        md.treeprocessors.register(marks, "verbatim", 17)
        # After everything that makes elements: what attributes show is known only then.
        guard = _AttributeTreeprocessor(md, desk)
        md.treeprocessors.register(guard, "verbatim-attributes", -1000)
        # After everything that touches text: nothing may change a proven word.
        md.postprocessors.register(_ShelfPostprocessor(md, shelf), "verbatim", -1000)

    def _desk(self, md: Markdown, shelf: Shelf) -> Desk:
        return Desk(
            ledger=self._ledger,
            writer=self._writer,
            shelf=shelf,
            page=self._current.page,
            stash=md.htmlStash.rawHtmlBlocks,
            references=frozenset(name.lower() for name in md.references),
            has_attributes="attr_list" in md.treeprocessors,
        )


class _CitationProcessor(InlineProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802 - Markdown calls it so
        self,
        m: re.Match[str],
        data: str,
    ) -> tuple[etree.Element | str | None, int | None, int | None]:
        if m[1] is None:
            # A comment, taken out whole: no citation is read in it.
            end = data.find("-->", m.end())
            if end < 0:
                return None, None, None
            return self.md.htmlStash.store(data[m.start() : end + 3]), m.start(), end + 3
        if not cites(m[1]):
            return None, None, None
        element = etree.Element("span", {"class": CITATION_CLASS})
        element.text = AtomicString(m[1])
        return element, m.start(0), m.end(0)


class _ShelfPostprocessor(Postprocessor):
    def __init__(self, md: Markdown, shelf: Shelf) -> None:
        super().__init__(md)
        self._shelf = shelf

    def run(self, text: str) -> str:
        return self._shelf.restore(text)


class _MarkTreeprocessor(Treeprocessor):
    """Resolves the marks of a page as soon as its tree is there."""

    def __init__(self, md: Markdown, desk: Callable[[], Desk], shared: _Shared) -> None:
        super().__init__(md)
        self._open_desk, self._shared = desk, shared

    def run(self, root: etree.Element) -> None:
        """Resolve every mark below *root*."""
        desk = self._open_desk()
        with desk.log.block() as entered:
            self._resolve(root, desk, entered)

    def _resolve(self, root: etree.Element, desk: Desk, entered: Entered) -> None:
        for message, piece, offset, text in check_raw(desk.stash):
            places = desk.text.inside(piece, offset) or desk.text.places(text)
            desk.refuse("raw-quotation", message, places)
        self._shared.directives.refuse_wrong(desk)
        # The author's own footnotes come first: no number stands for two notes.
        own = [div for div in root.iter("div") if div.get("class") == "footnote"]
        desk.page.state.notes_before = sum(len(list(div.iter("li"))) for div in own)
        # Pages are judged whole: what the build makes, and one entry of a log, is none of these.
        judged = not desk.page.made and desk.page.shown_on is None
        shared = self._shared if judged else self._shared._replace(house=None)
        walk = _Walk(root, desk, shared)
        walk.block(root)
        walk.finish(entered)


class _AttributeTreeprocessor(Treeprocessor):
    """Looks at what attributes show, once every element is there."""

    def __init__(self, md: Markdown, desk: Callable[[], Desk]) -> None:
        super().__init__(md)
        self._open_desk = desk

    def run(self, root: etree.Element) -> None:
        """Refuse every double mark in an attribute below *root*."""
        desk = self._open_desk()
        for message, text in check_attributes(root, desk.stash):
            whole = f"{message}; nothing can be proven there"
            desk.refuse("quote-misplaced", whole, desk.text.places(text))


class _Walk:
    """Goes through a page's blocks, in the order in which a reader meets them."""

    def __init__(
        self, root: etree.Element, desk: Desk, shared: _Shared, voice: Voice | None = None
    ) -> None:
        self._desk, self._shared = desk, shared
        self._voice = voice or (Voice(desk) if shared.house else None)
        late = shared.house.late if shared.house and not voice else ()
        self._acceptances = Acceptances(root, desk, late)
        self._uncited = find_uncited(root, desk)

    def block(self, element: etree.Element, *, editor: bool = False) -> None:
        """Resolve every mark in *element*, and see what it rests on."""
        first = self._voice.open(element) if self._voice else 0
        with self._desk.log.block() as entered:
            if element.tag == "blockquote":
                self._quotation(element, editor=editor)
            elif element.tag not in CODE:
                self._inside(element, editor=editor)
            last = self._voice.close(element, first) if self._voice else 0
            self._acceptances.settle(element, entered, range(first, last))

    def finish(self, entered: Entered) -> None:
        """Enter what the page says against the site's rules; *entered* are its problems so far."""
        house = self._shared.house
        if self._voice is None or house is None:
            return
        log = self._desk.log
        # Where something is not proven, nobody can tell what is missing or too much beside it.
        whole = not self._desk.ledger.library.broken and not entered.has_error
        for breach in house.judge(self._voice, whole=whole):
            with log.block() as found:
                log.enter(breach.page, breach.places(), breach.rule, breach.message)
                self._acceptances.settle_late(breach.rule, breach.block, found)
        if whole:
            self._acceptances.finish()

    def _quotation(self, element: etree.Element, *, editor: bool) -> None:
        known = len(self._desk.ledger.uses)
        if self._voice:
            self._voice.take_quotation(element, editor=editor)
        set_figures(element, self._desk, editor=editor)
        if self._voice:
            self._voice.give(self._desk.ledger.uses[known:])

    def _inside(self, element: etree.Element, *, editor: bool) -> None:
        desk = self._desk
        if self._shared.directives.replace(element, desk, self._settle):
            return
        editor = editor or "editor" in (element.get("class") or "").split()
        flat = flatten(element, desk.stash)
        if element.tag in HEADINGS:
            # The page's own heading says no more than its title.
            desk.page.state.section = "" if element.tag == "h1" else _heading(flat, desk)
        blocks = [token.element for token in flat.kinds("block") if token.element is not None]
        with desk.log.block() as entered:
            self._words(flat, editor=editor)
            uncited = self._uncited.get(element)
            # Words in marks without a citation are reported already.
            if uncited and not entered.has("quote-uncited"):
                warn_of_uncited(uncited, desk)
        for block in blocks:
            self.block(block, editor=editor)

    def _words(self, flat: Flat, *, editor: bool) -> None:
        """Resolve the marks in a block's own text, and have the text compared with the sources."""
        desk = self._desk
        known = len(desk.ledger.uses)
        own = OwnWords(flat, desk)
        warn_of_copied(own, self._shared.copies)
        if "'" in flat.text or "‘" in flat.text:
            warn_of_single_marks(flat, desk)
        if DOUBLE.search(flat.text) or ATOM in flat.text:
            editors = editor or is_editors(flat.element, flat.text, desk)
            set_marks(flat, desk, editor=editors)
        if self._voice:
            self._voice.take(own, desk.ledger.uses[known:], editor=editor)

    def _settle(self, block: etree.Element, desk: Desk, editor: bool) -> None:  # noqa: FBT001
        """Resolve the marks of a *block* that stands in a data file."""
        whole = etree.Element("div")
        whole.append(block)
        # What the data say is the page's own voice, too, and judged with the rest of it.
        walk = _Walk(whole, desk, self._shared, self._voice)
        walk.block(block, editor=editor)


def _heading(flat: Flat, desk: Desk) -> str:
    """Return what a reader sees of a heading."""
    text = ATTRIBUTES.sub("", flat.text) if desk.has_attributes else flat.text
    return " ".join(text.replace(ATOM, "").split())
