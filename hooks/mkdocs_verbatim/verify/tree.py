"""A page's tree read in document order, and what the tags and attributes of an element mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from selectolax.lexbor import LexborNode

from .mark_balance import BLOCK, CITATION_NUMBER, HIDDEN, LINE, NOTE_NUMBER, NOTHING, OTHER, Edge

SHOWN_ATTRIBUTES = frozenset(
    "alt title aria-label aria-description aria-valuetext placeholder label summary value srcdoc "
    "content".split()
)
"""Attributes whose text reaches a reader, here or in a search result."""

EXEMPT = frozenset({"reference", "term", "receipt"})
"""Classes of elements in which double marks may be, besides quotations and code."""

PROVEN = frozenset({"quotation", "receipt"})
"""Classes of elements that hold a source's words."""

INNER = frozenset("a b br code em i ins kbd mark p samp small span strong sub sup u".split())
"""Elements that may be inside proven words: they add no text and take none away."""

HIDING = frozenset({"hidden", "style", "aria-hidden", "aria-label", "inert"})
"""Attributes that hide the text of an element, or replace it."""

VEILING = HIDING | {"class", "popover"}
"""Attributes of an element whose text may be unseen."""

CODE = frozenset({"code", "pre", "kbd", "samp", "script", "style", "template"})
"""Elements whose text is not prose: a reader sees it as code, or does not see it."""

INLINE = frozenset(
    "a abbr b bdi bdo cite code em i ins kbd label mark s samp small span strong sub sup "
    "time u var wbr button".split()
)
BLOCKS = frozenset(
    "address article aside blockquote body caption dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol option p pre section "
    "summary table tbody td text tfoot th thead title tr tspan ul".split()
)
"""Elements that separate what a reader sees before them from what comes after."""

EDGES = {
    **dict.fromkeys(INLINE, NOTHING),
    **dict.fromkeys(BLOCKS, BLOCK),
    "br": LINE,
    "sup": NOTE_NUMBER,
}
OUR_NUMBERS = ("fnref:q-", "fnref:c-")
"""How the ids begin of the numbers that lead to notes of sources."""
VEILED = (CODE & INLINE) | {"sub"}
"""Inline elements whose text a reader does not see as a number of the prose."""


@dataclass(slots=True)
class Element:
    """An element, its tag, attributes and classes read once: each look at them is a copy."""

    node: LexborNode
    tag: str
    attributes: Mapping[str, str | None]
    classes: frozenset[str]

    @property
    def place(self) -> str:
        """The part of the page's HTML by which the element is found."""
        return f'id="{self.node.id}"'

    @property
    def is_claim(self) -> bool:
        """Return whether the element claims to hold a source's words."""
        return not self.classes.isdisjoint(PROVEN) or self.attributes.get("data-spans") is not None

    @property
    def is_inline_quotation(self) -> bool:
        """Return whether the element is a quotation between marks."""
        return "quotation" in self.classes and self.tag != "blockquote"

    @property
    def is_hidden(self) -> bool:
        """Return whether an attribute hides or replaces the element's text."""
        return not HIDING.isdisjoint(self.attributes)

    @property
    def edge(self) -> Edge:
        """What a reader meets where the element begins and where it ends."""
        edge = EDGES.get(self.tag, OTHER)
        if edge is NOTE_NUMBER and (self.attributes.get("id") or "").startswith(OUR_NUMBERS):
            return CITATION_NUMBER
        if edge is NOTHING and "quotation" not in self.classes and self._may_be_unseen:
            return HIDDEN
        return edge

    @property
    def _may_be_unseen(self) -> bool:
        return self.tag in VEILED or not VEILING.isdisjoint(self.attributes)


def read_element(node: LexborNode) -> Element:
    """Return the element that *node* is."""
    attributes = node.attributes
    classes = frozenset((attributes.get("class") or "").split()) if attributes else frozenset()
    return Element(node, node.tag or "", attributes, classes)


class TreeReader(Protocol):
    """Receives each node of a tree, in document order."""

    def begin(self, node: LexborNode) -> None:
        """Read the beginning of an element."""

    def end(self) -> None:
        """Read the end of the element that began last and has not ended."""

    def text(self, text: str) -> None:
        """Read a text."""

    def comment(self) -> None:
        """Read a comment."""


def read_tree(root: LexborNode, reader: TreeReader) -> None:
    """Pass *root* and all that is inside to *reader*; of any depth, so without recursion."""
    open_: list[LexborNode] = []
    node: LexborNode | None = root
    while node is not None:
        if node.is_element_node:
            reader.begin(node)
            open_.append(node)
            node = node.child
        else:
            _read_leaf(node, reader)
            node = node.next
        while node is None and open_:
            ended = open_.pop()
            reader.end()
            node = ended.next if open_ else None


def _read_leaf(node: LexborNode, reader: TreeReader) -> None:
    if node.is_text_node:
        reader.text(node.text_content or "")
    elif node.is_comment_node:
        reader.comment()
