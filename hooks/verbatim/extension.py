"""The Markdown extension: finds the marks in a page's tree and puts proven words in their place."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from .desk import Desk, Shelf, Writer
from .figure import set_figures
from .guard import check_attributes, check_raw
from .inline import CITATION_CLASS, CODE, STASHED, flatten
from .ledger import Ledger
from .mark import ATOM, CITATION, DOUBLE, cites
from .page import Page
from .prose import set_marks, warn_of_single_marks

DIRECTIVE = re.compile(r"<!--\s*verbatim:\s*(?P<name>[a-z]+)\s*(?P<arguments>[^>]*?)\s*-->")
ONE_STASHED = re.compile(rf"\s*{STASHED}\s*")
# An attribute list ends a cell, or is the last line of another block; so Markdown reads them.
EDITOR = re.compile(r"\{:?[^{}\n]*\.editor\b[^{}\n]*\}[ ]*$")
CELLS = frozenset({"td", "th", "dt"})


class MarkExtension(Extension):
    """Resolves every mark of the pages that are converted, one after the other."""

    def __init__(self, ledger: Ledger, writer: Writer, page: Callable[[], Page]) -> None:
        """Enter marks into *ledger*; *page* says which page is being converted."""
        super().__init__()
        self._ledger, self._writer, self._page = ledger, writer, page

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown calls it so
        """Register the three steps."""
        shelf = Shelf()
        # Just above footnotes (175) and reference links (170), which would take the brackets.
        citations = _CitationProcessor(f"<!--|{CITATION}", md)
        md.inlinePatterns.register(citations, "verbatim", 176)
        # After inline content (20), before attribute lists (8), abbreviations and smarty.
        marks = _MarkTreeprocessor(md, lambda: self._desk(md, shelf))
        md.treeprocessors.register(marks, "verbatim", 17)
        # After everything that makes elements: what attributes show is known only then.
        guard = _AttributeTreeprocessor(md, lambda: self._desk(md, shelf))
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
    """Walks the tree block by block, in the order in which a reader meets them."""

    def __init__(self, md: Markdown, desk: Callable[[], Desk]) -> None:
        super().__init__(md)
        self._open_desk = desk

    def run(self, root: etree.Element) -> None:
        """Resolve every mark below *root*."""
        desk = self._open_desk()
        for message, piece, offset, text in check_raw(desk.stash):
            places = desk.page.inside(piece, offset) or desk.page.places(text)
            desk.refuse("raw-quotation", message, places)
        # The author's own footnotes come first: no number stands for two notes.
        own = [div for div in root.iter("div") if div.get("class") == "footnote"]
        desk.page.notes_before = sum(len(list(div.iter("li"))) for div in own)
        _walk(root, desk, editor=False)


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


def _walk(element: etree.Element, desk: Desk, *, editor: bool) -> None:
    if element.tag in CODE or _directed(element, desk):
        return
    editor = editor or "editor" in (element.get("class") or "").split()
    flat = flatten(element, desk.stash)
    blocks = [token.element for token in flat.kinds("block") if token.element is not None]
    if "'" in flat.text or "‘" in flat.text:
        warn_of_single_marks(flat, desk)
    if DOUBLE.search(flat.text) or ATOM in flat.text:
        set_marks(flat, desk, editor=editor or _is_editors(element, flat.text, desk))
    for block in blocks:
        if block.tag == "blockquote":
            set_figures(block, desk, editor=editor)
        else:
            _walk(block, desk, editor=editor)


def _is_editors(element: etree.Element, text: str, desk: Desk) -> bool:
    """Tell whether the block's attribute list marks it as the editor's own."""
    match = EDITOR.search(text)
    if match is None or not desk.has_attributes:
        return False
    before = text[: match.start()].rstrip(" ")
    return element.tag in CELLS or before.endswith("\n") or not before


def _directed(element: etree.Element, desk: Desk) -> bool:
    """Carry out the directive that is all of *element*, if it is one."""
    if element.tag != "p" or len(element):
        return False
    match = ONE_STASHED.fullmatch(element.text or "")
    if match is None:
        return False
    found = DIRECTIVE.fullmatch(str(desk.stash[int(match["stash"])]).strip())
    if found is None:
        return False
    shown = desk.writer.directive(found["name"], found["arguments"], desk.page)
    if shown is None:
        return False
    element.tag = "div"
    element.text = desk.shelf.put(shown)
    return True
