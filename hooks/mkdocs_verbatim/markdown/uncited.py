"""Uncited blocks: what on a page rests on a source without saying so."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator
from dataclasses import dataclass

from ..sources.shingle_index import LEAST_WORDS
from ..text.quotation_marks import ATOM
from .block_text import BLOCKS, CODE, HEADINGS, HIDDEN, Flat, Token
from .guards import raw_text
from .page_context import PageContext, is_citation

LISTS = frozenset({"ul", "ol", "dl"})
ITEMS = frozenset({"li", "dd"})
CELLS = frozenset({"td", "th", "dt"})
# Titles, terms and captions say what something is; a figure's quotation has its own citation.
FREE = HEADINGS | CODE | {"blockquote", "dt", "summary", "caption", "figcaption", "thead"}
TITLES = frozenset({"admonition-title", "tabbed-labels"})
BACKLINK = "footnote-backref"
LEADING = frozenset({"a", "label"})
"""What leads to something: to another page, to the pane of a tab."""

CONTENTS = "[TOC]"

# An attribute list ends a cell, or is the last line of another block; so Markdown reads them.
EDITOR = re.compile(r"\{:?[^{}\n]*\.editor\b[^{}\n]*\}[ ]*$")
RAW_EDITOR = re.compile(r"\s*<\w+\s[^<>]*\bclass\s*=\s*[\"']?[^\"'<>]*\beditor\b")
MOST_REPEATED = 60
"""Code points of a text that a message repeats."""


def is_editors(element: etree.Element, text: str, context: PageContext) -> bool:
    """Return whether the block with *text* is marked as the editor's own."""
    if "editor" in (element.get("class") or "").split():
        return True
    match = EDITOR.search(text)
    if match is None or not context.has_attributes:
        return False
    before = text[: match.start()].rstrip(" ")
    return element.tag in CELLS or before.endswith("\n") or not before


@dataclass(frozen=True, slots=True)
class Uncited:
    """A block that owes a citation: *what* it is, and its text."""

    what: str
    text: str


def warn_of_uncited(block: Uncited, context: PageContext) -> None:
    """Warn of a block without a citation."""
    message = (
        f"no citation in this {block.what}: '{cut(block.text)}'; "
        f"cite what it rests on, or mark it as the editor's own"
    )
    places = context.text.openings(block.text)
    context.enter(places, "paragraph-uncited", message)


def find_uncited(root: etree.Element, context: PageContext) -> dict[etree.Element, Uncited]:
    """Return the blocks below *root* that owe a citation and have none."""
    if context.page.made or context.log.severities["paragraph-uncited"] == "off":
        return {}
    search = _Search(context)
    search.below(root)
    return search.found


class _Search:
    """Goes through a page's blocks before any mark in them is resolved."""

    def __init__(self, context: PageContext) -> None:
        self._context = context
        self.found: dict[etree.Element, Uncited] = {}

    def below(self, parent: etree.Element) -> None:
        """Look at the blocks in *parent*."""
        before: etree.Element | None = parent if parent.tag in ITEMS else None
        for child in parent:
            if child.tag not in BLOCKS:
                continue
            if child.tag in LISTS or child.tag == "table":
                # Under a lead-in that carries the citation.
                if before is None or not self._leads(before):
                    self.below(child)
            elif child.get("class") == "footnote":
                for note in child.findall("ol/li"):
                    self.below(note)
            elif child.tag not in FREE:
                self._look(child, parent)
            before = child

    def _look(self, block: etree.Element, parent: etree.Element) -> None:
        classes = (block.get("class") or "").split()
        if "editor" in classes or not TITLES.isdisjoint(classes):
            return
        if block.tag == "tr":
            self._row(block)
            return
        if not _cites(block):
            self._own(block, parent)
        self.below(block)

    def _own(self, block: etree.Element, parent: etree.Element) -> None:
        """Note the text that *block* holds directly, if it owes a citation."""
        flat = self._context.flatten(block)
        if is_editors(block, flat.text, self._context):
            return
        note = (parent.get("id") or "").startswith("fn:")
        is_item = block.tag in ITEMS or (parent.tag in ITEMS and not note)
        text = plain(flat)
        if _says_something(flat, text):
            if not is_item or count(text) >= LEAST_WORDS:
                what = "list item" if is_item else "paragraph"
                self.found[block] = Uncited(what, text)
            return
        raw = " ".join(raw_texts(flat, self._context, editor=False))
        if count(raw) >= LEAST_WORDS:
            self.found[block] = Uncited("raw HTML", raw)

    def _row(self, row: etree.Element) -> None:
        """Note a row that owes a citation; its first column names what the row is about."""
        if any(is_citation(element) for element in row.iter()):
            return
        flats = [self._context.flatten(cell) for cell in row]
        cells = [
            (flat, plain(flat))
            for flat in flats[1:]
            if not is_editors(flat.element, flat.text, self._context)
        ]
        if sum(count(text) for _, text in cells) < LEAST_WORDS:
            return
        if any(_says_something(*cell) for cell in cells):
            whole = " ".join(plain(flat) for flat in flats)
            self.found[row] = Uncited("table row", whole)

    def _leads(self, block: etree.Element) -> bool:
        """Return whether *block* ends in a colon and carries a citation."""
        if block.tag not in {"p", *ITEMS} or not _cites(block):
            return False
        flat = self._context.flatten(block)
        return plain(flat).partition("\0")[0].rstrip().endswith((":", "\uff1a"))


def _cites(block: etree.Element) -> bool:
    """Return whether a citation is in the text that *block* holds directly."""
    return any(is_citation(element) for element in _inline(block))


def _inline(element: etree.Element) -> Iterator[etree.Element]:
    for child in element:
        if child.tag not in BLOCKS:
            yield child
            yield from _inline(child)


def plain(flat: Flat) -> str:
    """Return what *flat* says, as long as it is: no attribute lists, citations or pictures."""
    text = flat.text.replace(ATOM, " ")
    for start, end in flat.attributes:
        text = blank(text, start, end)
    for token in _links(flat):
        assert token.element is not None
        if token.element.get("class") == BACKLINK:
            text = blank(text, token.start, token.end)
    return text


def _links(flat: Flat) -> Iterator[Token]:
    return (t for t in flat.kinds("open") if t.element is not None and t.element.tag in LEADING)


def _says_something(flat: Flat, text: str) -> bool:
    """Return whether *text*, that of *flat*, has a word that leads nowhere."""
    if text.strip() == CONTENTS:
        return False
    for token in _links(flat):
        text = blank(text, token.start, token.end)
    return any(character.isalnum() for character in text)


def blank(text: str, start: int, end: int, sign: str = " ") -> str:
    """Return *text* with *sign* for each character of text[start:end]."""
    return text[:start] + sign * (end - start) + text[end:]


def count(text: str) -> int:
    """Return how many words with a letter or digit *text* has."""
    return sum(any(c.isalnum() for c in word) for word in text.replace("\0", " ").split())


def cut(text: str) -> str:
    """Return the first words of *text*, as a message repeats them."""
    text = " ".join(text.replace("\0", " ").split())
    if len(text) <= MOST_REPEATED:
        return text
    return f"{text[:MOST_REPEATED].rpartition(' ')[0] or text[:MOST_REPEATED]} …"


def raw_texts(flat: Flat, context: PageContext, *, editor: bool) -> Iterator[str]:
    """Yield what each piece of raw HTML in *flat* shows, also the *editor*'s own or not."""
    for piece in raw_pieces(flat, context):
        if editor or not RAW_EDITOR.match(piece):
            yield raw_text(piece)


def raw_pieces(flat: Flat, context: PageContext) -> Iterator[str]:
    """Yield each piece of raw HTML in *flat*, and each fence of code, as Markdown keeps it."""
    for token in flat.kinds("raw"):
        match = HIDDEN.fullmatch(token.raw)
        number = int(match["stash"]) if match and match["stash"] else len(context.stash)
        piece = context.stash[number] if number < len(context.stash) else ""
        if isinstance(piece, str):
            yield piece
