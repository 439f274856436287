"""The Markdown extension: finds the marks in a page's tree and puts proven words in their place."""

from __future__ import annotations

import functools
import re
import xml.etree.ElementTree as etree
from collections.abc import Callable

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from .accept import Acceptances
from .copies import Copies
from .coverage import find_uncited, is_editors, warn_of_uncited
from .desk import Desk, Shelf, Writer
from .figure import set_figures
from .guard import check_attributes, check_raw
from .house import House
from .inline import CITATION_CLASS, CODE, STASHED, flatten
from .ledger import Ledger
from .mark import ATOM, CITATION, DOUBLE, cites
from .page import Page
from .problem import did_you_mean, near_name
from .prose import set_marks, warn_of_single_marks
from .unmarked import warn_of_copied
from .voice import Voice

DIRECTIVE = re.compile(r"<!--\s*verbatim:\s*(?P<name>[a-z]+)\s*(?P<arguments>[^>]*?)\s*-->")
NAMED = re.compile(r"<!--\s*verbatim:\s*(?P<name>[\w-]*)")
ONE_STASHED = re.compile(rf"\s*{STASHED}\s*")


class MarkExtension(Extension):
    """Resolves every mark of the pages that are converted, one after the other."""

    def __init__(
        self,
        ledger: Ledger,
        writer: Writer,
        page: Callable[[], Page],
        house: House | None = None,
    ) -> None:
        """Enter marks into *ledger*; *page* says which page is being converted.

        With a *house* its rules are looked after, too.
        """
        super().__init__()
        self._ledger, self._writer, self._page, self._house = ledger, writer, page, house
        self._copies = Copies(ledger.library.sources)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown calls it so
        """Register the three steps."""
        shelf = Shelf()
        # Just above footnotes (175) and reference links (170), which would take the brackets.
        citations = _CitationProcessor(f"<!--|{CITATION}", md)
        md.inlinePatterns.register(citations, "verbatim", 176)
        # After inline content (20), before attribute lists (8), abbreviations and smarty.
        desk = functools.partial(self._desk, md, shelf)
        marks = _MarkTreeprocessor(md, desk, self._copies, self._house)
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

    def __init__(
        self, md: Markdown, desk: Callable[[], Desk], copies: Copies, house: House | None
    ) -> None:
        super().__init__(md)
        self._open_desk, self._copies, self._house = desk, copies, house

    def run(self, root: etree.Element) -> None:
        """Resolve every mark below *root*."""
        desk = self._open_desk()
        since = desk.ledger.entered
        for message, piece, offset, text in check_raw(desk.stash):
            places = desk.page.inside(piece, offset) or desk.page.places(text)
            desk.refuse("raw-quotation", message, places)
        _refuse_directives(desk)
        # The author's own footnotes come first: no number stands for two notes.
        own = [div for div in root.iter("div") if div.get("class") == "footnote"]
        desk.page.notes_before = sum(len(list(div.iter("li"))) for div in own)
        house = None if desk.page.made else self._house
        walk = _Walk(root, desk, self._copies, house)
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
        self, root: etree.Element, desk: Desk, copies: Copies, house: House | None
    ) -> None:
        self._desk, self._copies, self._house = desk, copies, house
        self._voice = Voice(desk) if house else None
        self._acceptances = Acceptances(root, desk, house.late if house else ())
        self._uncited = find_uncited(root, desk)

    def block(self, element: etree.Element, *, editor: bool = False) -> None:
        """Resolve every mark in *element*, and see what it rests on."""
        since = self._desk.ledger.entered
        first = self._voice.open(element) if self._voice else 0
        if element.tag == "blockquote":
            self._quotation(element, editor=editor)
        elif element.tag not in CODE and not _directed(element, self._desk):
            self._inside(element, editor=editor)
        last = self._voice.close(element, first) if self._voice else 0
        self._acceptances.settle(element, since, range(first, last))

    def finish(self, since: int) -> None:
        """Enter what the page, whose problems come *since* then, says against the site's rules."""
        if self._voice is None or self._house is None:
            return
        ledger, page = self._desk.ledger, self._desk.page
        # Where something is not proven, nobody can tell what is missing or too much beside it.
        whole = not ledger.library.broken and not ledger.has_error(since)
        for breach in self._house.judge(self._voice, whole=whole):
            before = ledger.entered
            ledger.enter(page, breach.places(), breach.rule, breach.message)
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
        blocks = [token.element for token in flat.kinds("block") if token.element is not None]
        since, used = desk.ledger.entered, len(desk.ledger.uses)
        warn_of_copied(flat, desk, self._copies)
        if "'" in flat.text or "‘" in flat.text:
            warn_of_single_marks(flat, desk)
        if DOUBLE.search(flat.text) or ATOM in flat.text:
            set_marks(flat, desk, editor=editor or is_editors(element, flat.text, desk))
        if self._voice:
            self._voice.take(flat, used, editor=editor)
        uncited = self._uncited.get(element)
        # Words in marks without a citation are told of already.
        if uncited and not desk.ledger.has_entered("quote-uncited", since):
            warn_of_uncited(uncited, desk)
        for block in blocks:
            self.block(block, editor=editor)


def _refuse_directives(desk: Desk) -> None:
    """Refuse each comment to the engine that it does not understand."""
    known = {*desk.writer.names, "accept"}
    for piece in desk.stash:
        for match in (
            NAMED.finditer(piece) if isinstance(piece, str) and "verbatim:" in piece else ()
        ):
            if match["name"] in known:
                if _too_early(match["name"], desk):
                    message = f"{match['name']!r} counts over the whole site"
                    message += "; it stands only on pages that the build makes"
                    places = desk.page.literal(match[0])
                    desk.ledger.enter(desk.page, places, "directive-misplaced", message)
                continue
            hint = did_you_mean(near_name(match["name"], sorted(known)))
            message = f"no directive {match['name']!r}{hint}"
            places = desk.page.literal(match[0])
            desk.ledger.enter(desk.page, places, "directive-unknown", message)


def _too_early(name: str, desk: Desk) -> bool:
    """Tell whether the directive *name* asks for uses of pages that are still to come."""
    return name in desk.writer.late and not desk.page.made


def _directed(element: etree.Element, desk: Desk) -> bool:
    """Carry out the directive that is all of *element*, if it is one."""
    if element.tag != "p" or len(element):
        return False
    match = ONE_STASHED.fullmatch(element.text or "")
    if match is None:
        return False
    found = DIRECTIVE.fullmatch(str(desk.stash[int(match["stash"])]).strip())
    if found is None or _too_early(found["name"], desk):
        return False
    shown = desk.writer.directive(found["name"], found["arguments"], desk.page)
    if shown is None:
        return False
    element.tag = "div"
    element.text = desk.shelf.put(shown)
    return True
