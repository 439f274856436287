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

from .desk import CITATION_CLASS, Desk, Shelf, Writer
from .figure import set_figures
from .guard import check_attributes, check_raw
from .inline import CODE, STASHED, flatten
from .ledger import Ledger
from .mark import ATOM, CITATION, DOUBLE, cites
from .page import Page
from .prose import set_marks

DIRECTIVE = re.compile(r"<!--\s*verbatim:\s*(?P<name>[a-z]+)\s*(?P<arguments>[^>]*?)\s*-->")
EDITOR = re.compile(r"\{:?[^{}\n]*\.editor\b[^{}\n]*\}\s*$")


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
        md.inlinePatterns.register(_CitationProcessor(CITATION, md), "verbatim", 176)
        # After inline content (20), before attribute lists (8), abbreviations and smarty.
        marks = _MarkTreeprocessor(md, lambda: self._desk(md, shelf))
        md.treeprocessors.register(marks, "verbatim", 17)
        # After everything that touches text: nothing may change a proven word.
        md.postprocessors.register(_ShelfPostprocessor(md, shelf), "verbatim", -1000)

    def _desk(self, md: Markdown, shelf: Shelf) -> Desk:
        return Desk(
            ledger=self._ledger,
            writer=self._writer,
            shelf=shelf,
            page=self._page(),
            stash=md.htmlStash.rawHtmlBlocks,
        )


class _CitationProcessor(InlineProcessor):
    def handleMatch(  # type: ignore[override]  # noqa: N802 - Markdown calls it so
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - Markdown passes it
    ) -> tuple[etree.Element | None, int | None, int | None]:
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
        for message, text in check_raw(desk.stash):
            desk.refuse("raw-quotation", message, desk.page.places(text))
        for message, text in check_attributes(root, desk.stash):
            whole = f"{message}; nothing can be proven there"
            desk.refuse("quote-misplaced", whole, desk.page.places(text))
        _walk(root, desk, editor=False)


def _walk(element: etree.Element, desk: Desk, *, editor: bool) -> None:
    if element.tag in CODE or _directed(element, desk):
        return
    editor = editor or "editor" in (element.get("class") or "").split()
    flat = flatten(element, desk.stash)
    blocks = [token.element for token in flat.kinds("block") if token.element is not None]
    if DOUBLE.search(flat.text) or ATOM in flat.text:
        set_marks(flat, desk, editor=editor or bool(EDITOR.search(flat.text)))
    for block in blocks:
        if block.tag == "blockquote":
            set_figures(block, desk, editor=editor)
        else:
            _walk(block, desk, editor=editor)


def _directed(element: etree.Element, desk: Desk) -> bool:
    """Carry out the directive that is all of *element*, if it is one."""
    match = re.fullmatch(rf"\s*{STASHED}\s*", element.text or "")
    if element.tag != "p" or match is None or len(element):
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
