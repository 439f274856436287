"""Checks that a note of a finished page has exactly the parts that belong there, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborNode

from ..sources.library import Library
from ..sources.source import Source
from ..sources.speech import Chain, Voices, is_sensitive
from .links import source_anchor
from .note_numbers import elements
from .page import FinishedPage, Quoted, even

INSIDE: Mapping[str, frozenset[str]] = {
    "p.receipt-citation": frozenset({"span.reference", "cite.reference"}),
    "span.reference": frozenset({"em", "span.receipt"}),
    "p.receipt-sentence": frozenset({"span.receipt"}),
    "span.receipt": frozenset({"mark"}),
    "p.receipt-edits": frozenset({"span.reference"}),
    "ol.receipt-chain": frozenset({"li"}),
    "li": frozenset({"b"}),
    "p.receipt-foot": frozenset({"a", "code", "a.footnote-backref"}),
}
"""What may be directly inside each element of a note; in all others there is text alone."""

ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "a": frozenset({"href"}),
    "a.footnote-backref": frozenset({"class", "href", "title", "aria-label"}),
    "code": frozenset({"title"}),
    "ol.receipt-chain": frozenset({"class", "aria-label"}),
    "span.receipt": frozenset({"class", "data-source", "data-spans"}),
}
"""The attributes of the elements of a note that have another than a class, or none."""

CHAIN_LABEL = "Who says it"


class NoteParts:
    """Checks the notes of one page, whose quotations are checked already."""

    def __init__(self, page: FinishedPage, library: Library, voices: Mapping[str, Voices]) -> None:
        """Check *page* against the sources of *library*; *voices* say what in each is sensitive."""
        self._page, self._library, self._voices = page, library, voices

    def check(self, item: LexborNode, quoted: Quoted | None, key: str, anchor: str) -> None:
        """Check the note *item* of the source *key*, which leads to *anchor* on its page.

        *quoted* is the quotation that it belongs to, if it is not that of a citation alone.
        """
        source = self._library.sources.get(key)
        for message in (
            *self._parts(item, quoted),
            *_nested(item),
            *self._foot(item, source, key, anchor),
            *(self._way(item, quoted.chain) if quoted and quoted.chain else ()),
        ):
            self._page.wrong("proof-note", message, item)

    def _parts(self, item: LexborNode, quoted: Quoted | None) -> Iterator[str]:
        """Yield what is wrong with the parts of a note and their order."""
        hidden = quoted is not None and any(
            is_sensitive(span, self._voices[quoted.source.key]) for span in quoted.spans
        )
        attributes = {"id": item.id, **({"data-sensitive": ""} if hidden else {})}
        if dict(item.attributes) != attributes:
            yield f"a note with the attributes {sorted(item.attributes)}"
        parts = [kind(node) for node in elements(item)]
        wanted = ["p.receipt-citation"]
        if quoted is not None:
            wanted += ["p.receipt-sentence"] * max(1, parts.count("p.receipt-sentence"))
            # What must be said of the editor's changes is checked with its words.
            wanted += ["p.receipt-edits"] * min(1, parts.count("p.receipt-edits"))
            wanted.append("ol.receipt-chain")
            wanted += ["p.receipt-remark"] if quoted.chain and quoted.chain.note else []
        wanted.append("p.receipt-foot")
        if parts != wanted:
            yield f"a note has the parts {parts}, not {wanted}"
        if text := even(item.text(deep=False)):
            yield f"'{text[:60]}' in a note, outside its parts"

    def _way(self, item: LexborNode, chain: Chain) -> Iterator[str]:
        """Yield what is wrong with the way of the words from mouth to page."""
        for list_ in item.css("ol.receipt-chain"):
            stations = [even(node.text(deep=True)) for node in elements(list_)]
            names = [even(node.text(deep=True)) for node in list_.css("b")]
            wanted = [even(link) for link in chain.links]
            if stations != wanted or names != [even(chain.head.name)]:
                yield f"the way of the words is {stations}, not {wanted}"
            if list_.attributes.get("aria-label") != CHAIN_LABEL:
                yield f"the way of the words is called {list_.attributes.get('aria-label')!r}"
        for remark in item.css("p.receipt-remark"):
            if even(remark.text(deep=True)) != even(chain.note or ""):
                yield f"a note remarks '{even(remark.text(deep=True))[:60]}'"

    def _foot(
        self, item: LexborNode, source: Source | None, key: str, anchor: str
    ) -> Iterator[str]:
        """Yield what is wrong with where a note leads and with what its last part says."""
        for foot in item.css("p.receipt-foot"):
            links = [node for node in elements(foot) if kind(node) == "a"]
            backs = len(foot.css("a.footnote-backref"))
            copy = f" Our copy: {source.sha256[:12]}." if source else ""
            first = even(links[0].text(deep=True)) if links else ""
            wanted = even(f"{first}.{copy} {'↩ ' * backs}")
            if len(links) != 1 or even(foot.text(deep=True)) != wanted:
                yield f"a note ends in '{even(foot.text(deep=True))[:80]}', not '{wanted[:80]}'"
                continue
            address = links[0].attributes.get("href") or ""
            if source_anchor(self._page.url, address, key) != anchor:
                yield f"a note leads to {address!r}, not to {anchor!r} on the page of {key!r}"


def kind(node: LexborNode) -> str:
    """Return tag and class of *node*, as a stylesheet names them."""
    class_ = node.attributes.get("class")
    return f"{node.tag}" if class_ is None else f"{node.tag}.{class_}"


def _nested(item: LexborNode) -> Iterator[str]:
    """Yield each element of a note that is not ours, or has an attribute that is not."""
    open_ = [(node, kind(node)) for node in elements(item)]
    while open_:
        node, outer = open_.pop()
        known = ATTRIBUTES.get(outer, frozenset({"class"} if "." in outer else ()))
        if set(node.attributes) != known:
            yield f"<{node.tag}> in a note with the attributes {sorted(node.attributes)}"
        for inner in elements(node):
            if kind(inner) not in INSIDE.get(outer, ()):
                yield f"<{inner.tag}> in a note, inside {outer}"
            open_.append((inner, kind(inner)))
        if outer == "ol.receipt-chain" and node.text(deep=False).strip():
            yield "text between the steps of a chain"
