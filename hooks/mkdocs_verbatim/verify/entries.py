"""Entries: what the list of a map or timeline says, and what its picture says of the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from .page import FinishedPage, even, seen


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement as list or picture show it: its *lead* is who says it, or when it was."""

    id: str
    href: str
    lead: str
    label: str
    node: LexborNode


def listed_entries(nodes: Sequence[LexborNode], prefix: str, page: FinishedPage) -> list[Entry]:
    """Return the entries that the list elements *nodes* are; enter on *page* what is none."""
    found: list[Entry] = []
    for node in nodes:
        block, strong = node.css_first(".entry-label"), node.css_first(".entry-label > .entry-lead")
        id_ = (node.id or "").removeprefix(f"{prefix}-")
        if block is None or strong is None or node.id != f"{prefix}-{id_}":
            page.wrong("proof-listing", "an entry without its statement or id", node)
            continue
        lead = seen(strong).removesuffix(":")
        if not seen(strong).endswith(":"):
            page.wrong("proof-listing", f"'{seen(strong)}' leads an entry without a colon", node)
        found.append(Entry(id_, f"#{node.id}", lead, _label(block), node))
        for quotation in node.css(".entry-quotation"):
            if not seen(quotation).startswith(f"{lead}: “"):
                message = f"'{seen(quotation)[:40]}' is led otherwise than its entry, '{lead}'"
                page.wrong("proof-listing", message, node)
    return found


def _label(block: LexborNode) -> str:
    """Return what an entry states, without its lead and numbers."""
    return even("".join(_texts(block)))


def _texts(node: LexborNode) -> Iterator[str]:
    child = node.child
    while child is not None:
        if child.is_text_node:
            yield child.text_content or ""
        elif child.tag != "sup" and child.attributes.get("class") != "entry-lead":
            yield seen(child) if child.css_first("sup") is None else even("".join(_texts(child)))
        child = child.next


def drawn_entries(picture: LexborNode, selector: str, name: str) -> list[Entry]:
    """Return the boxes of a *picture* that *selector* names, with ids from the attribute *name*."""
    return [
        Entry(
            box.attributes.get(name) or "",
            box.attributes.get("href") or "",
            _lines(box, ".picture-lead"),
            _lines(box, ".picture-label"),
            box,
        )
        for box in picture.css(selector)
    ]


def _lines(box: LexborNode, selector: str) -> str:
    return even(" ".join(text.text(deep=True) for text in box.css(f"text{selector}")))


def titles_drawn(picture: LexborNode) -> list[str]:
    """Return the texts of a picture outside its boxes, in order."""
    return [
        even(text.text(deep=True))
        for text in picture.css("text")
        if text.parent is not None and text.parent.tag != "a"
    ]


def wrong_entries(listed: Sequence[Entry], drawn: Sequence[Entry]) -> Iterator[str]:
    """Yield each difference between the entries of a list and the boxes of its picture."""
    by_id = {entry.id: entry for entry in listed}
    if sorted(by_id) != sorted(entry.id for entry in drawn) or len(by_id) != len(listed):
        lone = sorted({*by_id} ^ {entry.id for entry in drawn})
        yield f"list and picture have other entries: {', '.join(lone) or 'one twice'}"
    for box in drawn:
        entry = by_id.get(box.id)
        if entry is None:
            continue
        if box.href != entry.href:
            yield f"the box {box.id!r} leads to {box.href!r}, not to {entry.href!r}"
        for shown, said in ((box.lead, entry.lead), (box.label, entry.label)):
            if "".join(shown.split()) != "".join(said.split()):
                yield f"the picture has '{shown[:60]}' of {box.id!r}, the list '{said[:60]}'"


def heading(section: LexborNode) -> str:
    """Return the heading of a part of the list, without its link."""
    node = section.css_first("h2")
    if node is None:
        return ""
    link = node.css_first(".headerlink")
    text = node.text(deep=True)
    return even(text.removesuffix(link.text(deep=True)) if link is not None else text)
