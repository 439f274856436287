"""Emphasis in copies, on pages and in locked citations."""

from __future__ import annotations

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborNode

from ..sources.source import Source, Span
from ..text.fold import PARAGRAPH
from .page import Quoted, even

STRESSED = ("em", "strong", "b", "i", "mark")


def is_plain(source: Source) -> bool:
    """Return whether the copy of *source* is plain text, so that all emphasis is the editor's."""
    return source.record.copy is not None and not source.record.copy.markdown


def is_added(quoted: Quoted) -> bool | None:
    """Return whether a quotation sets words in italics or bold that its copy does not.

    None if that cannot be said, as page and copy have not the same letters.
    """
    source = quoted.source
    letters = solid(quoted.spans, source)
    ranges, count = _stressed(quoted.node)
    if not ranges:
        return False
    if is_plain(source):
        return True
    if count != len(letters):
        return None
    first = 0
    for span in quoted.spans:
        last = first + len(solid([span], source))
        for start, end in ranges:
            low, high = max(first, start), min(last, end)
            if low < high and not source.is_emphasised((letters[low], letters[high - 1] + 1)):
                return True
        first = last
    return False


def _stressed(quotation: LexborNode) -> tuple[list[Span], int]:
    """Return which letters of *quotation* are stressed, and how many it has, without ours."""
    ranges: list[Span] = []
    count = 0
    open_: list[tuple[LexborNode, int]] = []
    node = quotation.child
    while node is not None:
        is_ours = node.tag == "ins"
        if node.is_text_node:
            count += len("".join((node.text_content or "").split()))
        if node.is_element_node and not is_ours and node.child is not None:
            open_.append((node, count))
            node = node.child
            continue
        while node.next is None and open_:
            node, start = open_.pop()
            if node.tag in STRESSED and start < count:
                ranges.append((start, count))
        node = node.next
    around = quotation.parent
    while around is not None:
        if around.tag in STRESSED:
            ranges.append((0, count))
        around = around.parent
    return ranges, count


def solid(spans: Sequence[Span], source: Source) -> list[int]:
    """Return where in the reading each character of *spans* is, without white space."""
    text = source.reading
    return [
        at
        for span in spans
        for at in range(*span)
        if not text[at].isspace() and text[at] != PARAGRAPH
    ]


def unmarked(text: str) -> str:
    """Return *text* without the asterisks that mark emphasis in a locked citation."""
    return even(re.sub(r"\\([\\*])", r"\1", re.sub(r"(?<!\\)\*", "", text)))
