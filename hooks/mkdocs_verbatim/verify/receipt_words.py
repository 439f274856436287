"""Checks the words that a receipt shows: those quoted are lit, and few are around them."""

from __future__ import annotations

from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from ..sources.limits import CONTEXT_WORDS
from ..sources.source import Source, Span
from ..sources.speech import Voices, is_sensitive
from ..text.words import count_words, sentence
from .emphasis import solid
from .page import FinishedPage, Quoted, even, places, without_seams


class ReceiptWords:
    """Checks the sentences of receipts on one page."""

    def __init__(self, page: FinishedPage, voices: Mapping[str, Voices]) -> None:
        """Check receipts of *page*; *voices* say what in each source is sensitive."""
        self._page, self._voices = page, voices

    def check(self, item: LexborNode, quoted: Quoted) -> None:
        """Check that a receipt lights the words quoted, and shows no more around than it may."""
        source = quoted.source
        shown: list[Span] = []
        for node in item.css(".receipt-sentence"):
            for receipt in node.css(".receipt"):
                found = places(receipt.attributes.get("data-spans") or "", len(source.text))
                if found and receipt.attributes.get("data-source") == source.key:
                    around = without_seams(found, source)
                    whole = (around[0][0], around[-1][1])
                    self._around(receipt, whole, source)
                    self._dots(node, receipt, whole, source)
                    shown += lit(receipt, source)
        if solid(shown, source) != solid(quoted.spans, source):
            words = " ".join(source.reading[slice(*span)] for span in shown)
            message = f"a receipt lights '{words[:60]}', not the words quoted"
            self._page.wrong("proof-note", message, item)

    def _around(self, receipt: LexborNode, whole: Span, source: Source) -> None:
        """Check the words before and after those that are lit, in *whole* of the source."""
        inside = lit(receipt, source)
        first = inside[0][0] if inside else whole[1]
        last = inside[-1][1] if inside else whole[1]
        before = count_words(source.reading[whole[0] : first])
        after = count_words(source.reading[last : whole[1]])
        if max(before, after) > CONTEXT_WORDS:
            message = f"a receipt shows more than {CONTEXT_WORDS} words around a quotation"
            self._page.wrong("proof-note", message, receipt.parent or receipt)
        around = [(whole[0], first), (last, whole[1])]
        voices = self._voices[source.key]
        if any(is_sensitive(part, voices) for part in around if part[0] < part[1]):
            message = "a receipt shows sensitive words that are not quoted"
            self._page.wrong("proof-note", message, receipt.parent or receipt)

    def _dots(self, node: LexborNode, receipt: LexborNode, whole: Span, source: Source) -> None:
        """Check the dots where the sentence goes on before or after what is shown."""
        starts, ends = sentence(source.reading, *whole)
        wanted = ["…" * (starts < whole[0]), "…" * (whole[1] < ends)]
        sides: list[str] = ["", ""]
        child, side = node.child, 0
        while child is not None:
            if child == receipt:
                side = 1
            else:
                sides[side] += (
                    child.text(deep=True) if child.is_element_node else (child.text_content or "")
                )
            child = child.next
        if [even(part) for part in sides] != wanted:
            message = f"'{' '.join(sides)}' around a receipt, in place of '{' '.join(wanted)}'"
            self._page.wrong("proof-note", message, receipt.parent or receipt)


def lit(receipt: LexborNode, source: Source) -> list[Span]:
    """Return the spans of the reading that are lit in *receipt*.

    Found by counting what is not white space: that alone is the same on page and copy.
    """
    found = places(receipt.attributes.get("data-spans") or "", len(source.text))
    if found is None:
        return []
    solid = [
        at
        for start, end in without_seams(found, source)
        for at in range(start, end)
        if not source.reading[at].isspace()
    ]
    spans: list[Span] = []
    done = 0
    child = receipt.child
    while child is not None:
        text = child.text(deep=True) if child.is_element_node else child.text_content or ""
        length = len("".join(text.split()))
        if child.tag == "mark" and 0 < length <= len(solid) - done:
            spans.append((solid[done], solid[done + length - 1] + 1))
        done += length
        child = child.next
    return spans
