"""The Markdown extension: finds the marks in a page's tree and puts proven words in their place."""

from __future__ import annotations

import functools
import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from markdown import Markdown

from ..diagrams.entries import Drawing
from ..house_style.page_voice import Voice
from ..house_style.site_check import House
from ..ledger.ledger import Ledger
from ..ledger.page import Page
from ..markdown.acceptances import Acceptances
from ..markdown.block_quotations import set_figures
from ..markdown.block_text import CITATION_CLASS, CODE, HEADINGS, STASHED, Flat, flatten
from ..markdown.guards import check_attributes, check_raw
from ..markdown.inline_quotations import set_marks, warn_of_single_marks
from ..markdown.page_context import Desk, Shelf, Writer
from ..markdown.uncited import find_uncited, is_editors, warn_of_uncited
from ..markdown.unmarked import warn_of_copied
from ..problem import did_you_mean, near_name
from ..quotations.mark import CITATION, cites
from ..quotations.text_reuse import Copies
from ..text.quotation_marks import ATOM, DOUBLE

DIRECTIVE = re.compile(r"<!--\s*verbatim:\s*(?P<name>[a-z]+)\s*(?P<arguments>[^>]*?)\s*-->")
NAMED = re.compile(r"<!--\s*verbatim:\s*(?P<name>[\w-]*)")
ATTRIBUTES = re.compile(r"\{:?[ ]*[#.\w][^{}\n]*\}")
ONE_STASHED = re.compile(rf"\s*{STASHED}\s*")


class _Shared(NamedTuple):
    """What the pages of one build share: *drawings* show data files, *house* is None without."""

    copies: Copies
    drawings: Mapping[str, Drawing]
    house: House | None


class MarkExtension(Extension):
    """Resolves every mark of the pages that are converted, one after the other."""

    def __init__(
        self,
        ledger: Ledger,
        writer: Writer,
        page: Callable[[], Page],
        drawings: Mapping[str, Drawing],
        house: House | None = None,
    ) -> None:
        """Enter marks into *ledger*; *page* says which page is being converted.

        *drawings* are the directives that show a data file, by name. With a *house* its rules are
        looked after, too.
        """
        super().__init__()
        self._ledger, self._writer, self._page = ledger, writer, page
        self._shared = _Shared(Copies(ledger.library.sources), drawings, house)

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
            page=self._page(),
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
        since = desk.ledger.entered
        for message, piece, offset, text in check_raw(desk.stash):
            places = desk.page.inside(piece, offset) or desk.page.places(text)
            desk.refuse("raw-quotation", message, places)
        _refuse_directives(desk, self._shared.drawings)
        # The author's own footnotes come first: no number stands for two notes.
        own = [div for div in root.iter("div") if div.get("class") == "footnote"]
        desk.page.notes_before = sum(len(list(div.iter("li"))) for div in own)
        # Pages are judged whole: what the build makes, and one entry of a log, is none of these.
        judged = not desk.page.made and desk.page.shown_on is None
        shared = self._shared if judged else self._shared._replace(house=None)
        walk = _Walk(root, desk, shared)
        walk.block(root)
        walk.finish(since)


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
            desk.refuse("quote-misplaced", whole, desk.page.places(text))


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
        since = self._desk.ledger.entered
        first = self._voice.open(element) if self._voice else 0
        if element.tag == "blockquote":
            self._quotation(element, editor=editor)
        elif element.tag not in CODE and not self._directed(element):
            self._inside(element, editor=editor)
        last = self._voice.close(element, first) if self._voice else 0
        self._acceptances.settle(element, since, range(first, last))

    def finish(self, since: int) -> None:
        """Enter what the page, whose problems come *since* then, says against the site's rules."""
        house = self._shared.house
        if self._voice is None or house is None:
            return
        ledger = self._desk.ledger
        # Where something is not proven, nobody can tell what is missing or too much beside it.
        whole = not ledger.library.broken and not ledger.has_error(since)
        for breach in house.judge(self._voice, whole=whole):
            before = ledger.entered
            ledger.enter(breach.page, breach.places(), breach.rule, breach.message)
            self._acceptances.settle_late(breach.rule, breach.block, before)
        if whole:
            self._acceptances.finish()

    def _quotation(self, element: etree.Element, *, editor: bool) -> None:
        since = len(self._desk.ledger.uses)
        if self._voice:
            self._voice.take_quotation(element, editor=editor)
        set_figures(element, self._desk, editor=editor)
        if self._voice:
            self._voice.give(since)

    def _inside(self, element: etree.Element, *, editor: bool) -> None:
        desk = self._desk
        editor = editor or "editor" in (element.get("class") or "").split()
        flat = flatten(element, desk.stash)
        if element.tag in HEADINGS:
            # The page's own heading says no more than its title.
            desk.page.section = "" if element.tag == "h1" else _heading(flat, desk)
        blocks = [token.element for token in flat.kinds("block") if token.element is not None]
        since, used = desk.ledger.entered, len(desk.ledger.uses)
        warn_of_copied(flat, desk, self._shared.copies)
        if "'" in flat.text or "‘" in flat.text:
            warn_of_single_marks(flat, desk)
        if DOUBLE.search(flat.text) or ATOM in flat.text:
            set_marks(flat, desk, editor=editor or is_editors(element, flat.text, desk))
        if self._voice:
            self._voice.take(flat, desk, used, editor=editor)
        uncited = self._uncited.get(element)
        # Words in marks without a citation are told of already.
        if uncited and not desk.ledger.has_entered("quote-uncited", since):
            warn_of_uncited(uncited, desk)
        for block in blocks:
            self.block(block, editor=editor)

    def _directed(self, element: etree.Element) -> bool:
        """Carry out the directive that is all of *element*, if it is one."""
        if element.tag != "p" or len(element):
            return False
        match = ONE_STASHED.fullmatch(element.text or "")
        if match is None:
            return False
        desk = self._desk
        found = DIRECTIVE.fullmatch(str(desk.stash[int(match["stash"])]).strip())
        if found is None or _is_misplaced(found["name"], desk):
            return False
        if drawing := self._shared.drawings.get(found["name"]):
            board = drawing(found["arguments"], desk, self._settle)
            element.tag, element.attrib = "div", board.attrib
            element.text = None
            element.extend(list(board))
            return True
        if found["name"] in desk.writer.late and not desk.page.made:
            # What is quoted on pages still to come counts, too.
            shown: str | None = desk.page.postpone(found["name"], found["arguments"])
        else:
            shown = desk.writer.directive(found["name"], found["arguments"], desk.page)
        if shown is None:
            return False
        element.tag = "div"
        element.text = desk.shelf.put(shown)
        return True

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


def _refuse_directives(desk: Desk, drawings: Iterable[str]) -> None:
    """Refuse each comment to the engine that it does not understand."""
    known = {*desk.writer.names, *drawings, "accept"}
    for piece in desk.stash:
        for match in (
            NAMED.finditer(piece) if isinstance(piece, str) and "verbatim:" in piece else ()
        ):
            if match["name"] in known:
                if _is_misplaced(match["name"], desk):
                    message = f"{match['name']!r} shows quotations again"
                    message += "; it stands only on pages that the build makes"
                    places = desk.page.literal(match[0])
                    desk.ledger.enter(desk.page, places, "directive-misplaced", message)
                continue
            hint = did_you_mean(near_name(match["name"], sorted(known)))
            message = f"no directive {match['name']!r}{hint}"
            places = desk.page.literal(match[0])
            desk.ledger.enter(desk.page, places, "directive-unknown", message)


def _is_misplaced(name: str, desk: Desk) -> bool:
    """Tell whether the directive *name* would show quotations on a page that somebody wrote."""
    return name in desk.writer.made and not desk.page.made
