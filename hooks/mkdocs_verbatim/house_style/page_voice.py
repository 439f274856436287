"""Page voice: what a page says in its own words, block by block, apart from what it quotes.

The blocks are those in which the extension resolves marks, added when it comes to them: what is a
quotation here was proven there, and a citation is the use that it was resolved to.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, NamedTuple

from ..ledger.page_text import PageText
from ..ledger.use import Use
from ..markdown.block_quotations import attribution_line
from ..markdown.block_text import HEADINGS, HELD
from ..markdown.page_context import PageContext
from ..markdown.uncited import TITLES, blank, count, is_editors, plain, raw_texts
from ..markdown.unmarked import OwnWords
from ..text.fold import fold
from ..text.quotation_marks import ATOM
from .citing import Cited, cited

Role = Literal["text", "heading", "label", "attribution", "quotation", "picture"]
"""What a block is to a reader: only the first is running text."""

LABELS = frozenset({"dt", "th", "summary", "caption", "figcaption"})
BLANK = "\0 \n\t"
"""What a block without words consists of."""


@dataclass(kw_only=True, eq=False)
class Block:
    """A block of a page: its words in three forms, what it is, and where.

    *text* is as the page has it; *own* is as long, with NUL for what are not the page's own words;
    *shown* is what a reader sees, quotations included. *under* are the headings above the block,
    the nearest last.
    """

    text: str = ""
    own: str = ""
    shown: str = ""
    role: Role = "text"
    tag: str
    page: PageText
    """The file in which places of the block are found: the page, or a data file that it shows."""
    editor: bool = False
    """Whether it is in a box of the editor's."""
    folded: bool = False
    """Whether it is in detail that a reader opens."""
    under: tuple[str, ...] = ()
    uses: Sequence[Use] = ()

    @cached_property
    def cited(self) -> tuple[Cited, ...]:
        """What each of its uses quotes or cites."""
        return tuple(cited(use) for use in self.uses)

    @cached_property
    def words(self) -> int:
        """How many words a reader reads in it, including those that the build fetches."""
        fetched = 0
        for use in self.uses:
            if use.proof is not None and use.source is not None and use.is_fetched:
                typed = sum(count(part) for part in use.mark.words)
                fetched += use.source.count(use.spans) - typed
        return count(self.shown) + fetched


class Boxed(NamedTuple):
    """A box of the editor's: its label, and the numbers [*first*, *last*) of its blocks."""

    label: str
    first: int
    last: int


@dataclass(eq=False)
class PageVoice:
    """A page's blocks, in the order in which a reader meets them."""

    context: PageContext
    blocks: list[Block] = field(default_factory=list)
    boxes: list[Boxed] = field(default_factory=list)
    _headings: tuple[tuple[str, str], ...] = ()
    _under: tuple[str, ...] = ()
    _folded: int = 0

    def open(self, element: etree.Element) -> int:
        """Begin *element*; return the number of the first block in it."""
        self._folded += element.tag == "details"
        return len(self.blocks)

    def close(self, element: etree.Element, first: int) -> int:
        """End *element*, whose blocks begin with number *first*; return the number after its last.

        An element of the class `editor` that has a title is a box of the editor's.
        """
        self._folded -= element.tag == "details"
        classes = (element.get("class") or "").split()
        if "editor" in classes and (element.tag == "details" or "admonition" in classes):
            labels = [b.shown for b in self.blocks[first : first + 1] if b.role == "label"]
            label = " ".join(labels[0].split()) if labels else ""
            self.boxes.append(Boxed(label, first, len(self.blocks)))
        return len(self.blocks)

    def take(self, said: OwnWords, uses: Sequence[Use], *, editor: bool) -> None:
        """Add the block that has *said* something, with the *uses* that its marks are."""
        flat, context = said.flat, said.context
        empty = self._empty(flat.element, context.text, editor=editor)
        for raw in raw_texts(flat, context, editor=True) if flat.kinds("raw") else ():
            self.blocks.append(replace(empty, text=raw, own=raw, shown=raw))
        for token in flat.kinds("atom"):
            shown = token.element.get("alt") if token.element is not None else None
            if shown:
                self.blocks.append(replace(empty, text=shown, own=shown, role="picture"))
        if not flat.text.strip(BLANK):
            return
        block = replace(
            empty,
            text=HELD.sub(lambda match: " " * len(match[0]), flat.text),
            own=_own(said),
            shown=plain(flat),
            role=_role(flat.element),
            editor=editor or is_editors(flat.element, flat.text, context),
            uses=uses,
        )
        self.blocks.append(block)
        if block.role == "heading":
            self._head(block.tag, " ".join(block.shown.split()))

    def take_quotation(self, block: etree.Element, *, editor: bool) -> None:
        """Add the blockquote *block*; only the line that names the speaker is the page's own."""
        empty = self._empty(block, self.context.text, editor=editor)
        for child in block:
            is_list = child.tag == "ul" and len(child) == 1
            flat = self.context.flatten(child[0] if is_list else child)
            text = f"- {flat.text}" if is_list else flat.text
            found = attribution_line(text)
            at = found[0] if found else len(text)
            added = replace(
                empty,
                text=text,
                own="\0" * at + text[at:].replace(ATOM, " "),
                shown=f"{text[:at]} {found[1] if found else ''}".replace(ATOM, " "),
                role="attribution" if found else "quotation",
            )
            self.blocks.append(added)

    def give(self, uses: Sequence[Use]) -> None:
        """Give the last block its *uses*."""
        if self.blocks:
            self.blocks[-1].uses = uses

    def _empty(self, element: etree.Element, page: PageText, *, editor: bool) -> Block:
        """Return a block of *element* that has no words yet."""
        folded = self._folded > 0
        return Block(tag=element.tag, page=page, editor=editor, folded=folded, under=self._under)

    def _head(self, tag: str, text: str) -> None:
        """Begin a section with the heading *text*, which ends those of its level and below."""
        above = tuple(heading for heading in self._headings if heading[0] < tag)
        self._headings = (*above, (tag, fold(text).text))
        self._under = tuple(text for _, text in self._headings)

    @property
    def summary(self) -> int | None:
        """The number of the first paragraph, or None if a section begins before it."""
        for number, block in enumerate(self.blocks):
            if block.role == "heading" and block.tag != "h1":
                return None
            if block.role == "text" and block.tag == "p":
                return number
        return None


def _own(said: OwnWords) -> str:
    """Return the text of a block with NUL for quotations, code and what is in double marks."""
    own = said.text
    for token in said.flat.kinds("code"):
        own = blank(own, token.start, token.start + len(token.shown), "\0")
    return own


def _role(element: etree.Element) -> Role:
    if element.tag in HEADINGS:
        return "heading"
    is_title = not TITLES.isdisjoint((element.get("class") or "").split())
    return "label" if is_title or element.tag in LABELS else "text"
