"""Voice: what a page says itself, block by block, apart from what it quotes.

The blocks are those in which the extension resolves marks, taken as it comes to them: so what is
a quotation here is what is proven there, and a citation is the use that it was resolved to.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple

from ..ledger.page import Page
from ..ledger.use import Use
from ..markdown.block_quotations import attribution_line
from ..markdown.block_text import HEADINGS, HELD, Flat, flatten
from ..markdown.page_context import Desk
from ..markdown.uncited import TITLES, blank, count, is_editors, plain, raw_texts
from ..markdown.unmarked import outside
from ..text.fold import fold
from ..text.quotation_marks import ATOM

Cited = tuple[str, frozenset[int]]
"""A source by key, and the paragraphs of it that are quoted or cited."""

Part = Literal["text", "heading", "label", "attribution", "quotation", "picture"]
"""What a block is to a reader: only the first is running text."""

LABELS = frozenset({"dt", "th", "summary", "caption", "figcaption"})
NOTHING = "\0 \n\t"


@dataclass(kw_only=True, eq=False)
class Block:
    """A block's *text* as the page has it, and *own*, as long, with NUL for what is not its own.

    *shown* are its words to a reader, quotations and all; *under* the headings over it, the last
    the nearest.
    """

    text: str
    own: str
    shown: str
    part: Part
    tag: str
    page: Page
    """Where places in it are found: the page itself, or a data file that it shows."""
    editor: bool = False
    folded: bool = False
    """Stands in detail that a reader opens."""
    under: tuple[str, ...] = ()
    uses: Sequence[Use] = ()

    @cached_property
    def cited(self) -> tuple[Cited, ...]:
        """What each of its uses is of."""
        return tuple(cited(use) for use in self.uses)

    @cached_property
    def words(self) -> int:
        """How many words a reader reads in it; what the build fetches is as long as it is."""
        fetched = 0
        for use in self.uses:
            if use.proof is not None and use.source is not None and use.is_fetched:
                typed = sum(count(part) for part in use.mark.words)
                fetched += use.source.count(use.spans) - typed
        return count(self.shown) + fetched


def cited(use: Use) -> Cited:
    """Return what *use* is of."""
    return use.item.key, frozenset(use.paragraphs)


class Boxed(NamedTuple):
    """A box of the editor's: its label, and the blocks [*first*, *last*) that are in it."""

    label: str
    first: int
    last: int


@dataclass(eq=False)
class Voice:
    """A page's blocks, in the order in which a reader meets them."""

    desk: Desk
    blocks: list[Block] = field(default_factory=list)
    boxes: list[Boxed] = field(default_factory=list)
    _headings: tuple[tuple[str, str], ...] = ()
    _under: tuple[str, ...] = ()
    _folded: int = 0

    def open(self, element: etree.Element) -> int:
        """Begin *element*; return the number of the first block that is in it."""
        self._folded += element.tag == "details"
        return len(self.blocks)

    def close(self, element: etree.Element, first: int) -> int:
        """End *element*, whose blocks begin with number *first*; return that behind the last."""
        self._folded -= element.tag == "details"
        classes = (element.get("class") or "").split()
        if "editor" in classes and (element.tag == "details" or "admonition" in classes):
            label = self.blocks[first] if first < len(self.blocks) else None
            named = label is not None and label.part == "label"
            text = " ".join(label.shown.split()) if label is not None and named else ""
            self.boxes.append(Boxed(text, first, len(self.blocks)))
        return len(self.blocks)

    def take(self, flat: Flat, desk: Desk, since: int, *, editor: bool) -> None:
        """Take the block *flat* on *desk*; its uses are those that the ledger has *since* then."""
        element, page = flat.element, desk.page
        for raw in raw_texts(flat, desk, editor=True) if flat.kinds("raw") else ():
            self._add(raw, raw, raw, part="text", tag=element.tag, page=page, editor=editor)
        for token in flat.kinds("atom"):
            shown = token.element.get("alt") if token.element is not None else None
            if shown:
                self._add(
                    shown, shown, "", part="picture", tag=element.tag, page=page, editor=editor
                )
        if not flat.text.strip(NOTHING):
            return
        part = _part(element)
        own = outside(flat, desk)
        for token in flat.kinds("code"):
            own = blank(own, token.start, token.start + len(token.shown), "\0")
        editor = editor or is_editors(element, flat.text, desk)
        uses = desk.ledger.uses[since:]
        shown = plain(flat, desk)
        text = HELD.sub(lambda match: " " * len(match[0]), flat.text)
        more = {"part": part, "tag": element.tag, "page": page, "editor": editor, "uses": uses}
        self._add(text, own, shown, **more)
        if part == "heading":
            self._head(element.tag, " ".join(shown.split()))

    def take_quotation(self, block: etree.Element, *, editor: bool) -> None:
        """Take the blockquote *block*, of which only the line that says who speaks is our own."""
        for child in block:
            is_list = child.tag == "ul" and len(child) == 1
            flat = flatten(child[0] if is_list else child, self.desk.stash)
            text = f"- {flat.text}" if is_list else flat.text
            found = attribution_line(text)
            at = found[0] if found else len(text)
            own = "\0" * at + text[at:].replace(ATOM, " ")
            shown = f"{text[:at]} {found[1] if found else ''}".replace(ATOM, " ")
            part = "attribution" if found else "quotation"
            page = self.desk.page
            self._add(text, own, shown, part=part, tag=block.tag, page=page, editor=editor)

    def give(self, since: int) -> None:
        """Give the block taken last the uses that the ledger has *since* then."""
        if self.blocks:
            self.blocks[-1].uses = self.desk.ledger.uses[since:]

    def _add(self, text: str, own: str, shown: str, **more: Any) -> None:
        folded = self._folded > 0
        block = Block(text=text, own=own, shown=shown, folded=folded, under=self._under, **more)
        self.blocks.append(block)

    def _head(self, tag: str, text: str) -> None:
        """Begin the section *text*, which ends those of its own level and below."""
        above = tuple(heading for heading in self._headings if heading[0] < tag)
        self._headings = (*above, (tag, fold(text).text))
        self._under = tuple(text for _, text in self._headings)

    @property
    def summary(self) -> int | None:
        """The number of the first paragraph, if it stands before any section."""
        for number, block in enumerate(self.blocks):
            if block.part == "heading" and block.tag != "h1":
                return None
            if block.part == "text" and block.tag == "p":
                return number
        return None


def _part(element: etree.Element) -> Part:
    if element.tag in HEADINGS:
        return "heading"
    is_title = not TITLES.isdisjoint((element.get("class") or "").split())
    return "label" if is_title or element.tag in LABELS else "text"
