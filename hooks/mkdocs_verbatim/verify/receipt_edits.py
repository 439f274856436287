"""Checks what a receipt says of the editor's changes to the words of a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from selectolax.lexbor import LexborNode

from ..sources.source import Source, Span
from ..text.words import count_words
from .emphasis import is_added
from .page import SPOKEN, Quoted, even, places, seen, without_seams

STRESSED = "Emphasis added."
HIDDEN = "other words"
"""What a receipt says in place of sensitive words that the editor replaced."""


def wrong_edits(item: LexborNode, uses: Sequence[Quoted], *, sensitive: bool) -> Iterator[str]:
    """Yield what the note *item* says wrongly of the changes in *uses*, all of one passage."""
    node = item.css_first(".receipt-edits")
    said = even(node.text(deep=True)) if node is not None else ""
    spans, source = uses[0].spans, uses[0].source
    replaced = _replaced(item, source)
    gaps = [(a[1], b[0]) for a, b in pairwise(spans)]
    counts = {count for gap in gaps for count in _left_out(gap, replaced, source)}
    changes = uses[0].node.css("ins.editor")
    pattern = " ".join(_said(change, counts, sensitive=sensitive) for change in changes)
    added = {is_added(use) for use in uses}
    if True not in added and None in added:
        pattern = f"{pattern}(?: ?{STRESSED})?"
    elif True in added:
        pattern = f"{pattern} {STRESSED}".strip()
    if not re.fullmatch(pattern, said):
        yield f"a receipt says '{said}' of the editor's changes to the quotation"
    for span in replaced:
        if not _is_beside(span, spans, source):
            yield f"'{source.reading[slice(*span)][:60]}' is not what the editor replaced"


def _said(change: LexborNode, counts: set[int], *, sensitive: bool) -> str:
    """Return a pattern for what a receipt says of an editorial mark, by what is heard of it."""
    shown = seen(change)
    mark = re.escape(shown)
    heard = " ".join(even(node.text(deep=True)) for node in change.css(f".{SPOKEN}"))
    if heard.startswith("editor: words left out"):
        numbers = "|".join(f"{n} word" if n == 1 else f"{n} words" for n in sorted(counts))
        return rf"{mark} leaves out (?:{numbers})\."
    if heard.startswith("editor, in place of"):
        words = HIDDEN if sensitive else "“.+?”"
        return rf"{mark} stands for {words}\."
    if heard.startswith("editor, first letter changed"):
        return rf"{mark}: {re.escape(shown[1:2].swapcase())} in the source\."
    if heard.startswith("editor: so in the source"):
        return r"\[sic\]: so in the source\."
    return rf"{mark} is added by the editor\."


def _replaced(item: LexborNode, source: Source) -> list[Span]:
    """Return the spans of the reading that a receipt shows as replaced by the editor."""
    found: list[Span] = []
    for receipt in item.css(".receipt-edits .receipt"):
        there = places(receipt.attributes.get("data-spans") or "", len(source.text))
        if there and receipt.attributes.get("data-source") == source.key:
            spans = without_seams(there, source)
            found.append((spans[0][0], spans[-1][1]))
    return found


def _left_out(gap: Span, replaced: Sequence[Span], source: Source) -> Iterator[int]:
    """Yield how many words may have been left out in *gap*, in which words may be *replaced*."""
    edges = [gap[0], *(edge for span in replaced if _holds(gap, span) for edge in span), gap[1]]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        yield count_words(source.reading[start:end])
        # The letter that is changed at the beginning of what follows is not left out.
        yield count_words(source.reading[start : max(start, end - 1)])


def _is_beside(span: Span, quoted: Sequence[Span], source: Source) -> bool:
    """Return whether no word of *span* is quoted, and it is in a gap or next to what is."""
    if any(start < span[1] and span[0] < end for start, end in quoted):
        return False
    if _holds((quoted[0][0], quoted[-1][1]), span):
        return True
    between = source.reading[quoted[-1][1] : span[0]] + source.reading[span[1] : quoted[0][0]]
    return not any(character.isalnum() for character in between)


def _holds(outer: Span, inner: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
