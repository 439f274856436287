"""Sentences: what the notes of a page show of a source, each with its place there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from ..sources.library import Library
from ..sources.source import Source, Span
from .outline import outline, tidy
from .page import FinishedPage, places, without_seams
from .receipt_words import lit

BARE = re.compile("^\1p[^\2]*\2|\1/p\2$")
"""The tags round the outline of a paragraph."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a receipt shows of one paragraph: a *whole* span of the reading, and what is *lit*."""

    source: Source
    whole: Span
    lit: tuple[Span, ...]

    def parts(self) -> Iterator[tuple[Span, str, str]]:
        """Yield each place of the copy that is lit, and what is shown before and after it."""
        text = self.source.reading
        edges = [self.whole[0], *(end for _, end in self.lit)]
        begins = [*(start for start, _ in self.lit[1:]), self.whole[1]]
        for (start, end), before, after in zip(self.lit, edges, begins, strict=False):
            spans = self.source.text_spans((start, end))
            for turn, span in enumerate(spans):
                is_first, is_last = turn == 0, turn == len(spans) - 1
                yield span, text[before:start] * is_first, text[end:after] * is_last


def sentence_shown(node: LexborNode, page: FinishedPage, library: Library) -> tuple[int, str]:
    """Return the paragraph of what a receipt shows, and the outline of that."""
    receipt = node.css_first(".receipt")
    source, found = held(receipt, library) if receipt is not None else (None, [])
    number = source.paragraph(source.index(found[0][0])) if source is not None else 0
    return number, tidy(BARE.sub("", outline(node, page)))


def sentence_places(nodes: Iterable[LexborNode], library: Library) -> Iterator[Sentence]:
    """Yield the place of what each of *nodes*, sentences of a note, shows of its source."""
    for node in nodes:
        receipt = node.css_first(".receipt")
        source, found = held(receipt, library) if receipt is not None else (None, [])
        if source is not None and receipt is not None:
            spans = without_seams(found, source)
            yield Sentence(source, (spans[0][0], spans[-1][1]), tuple(lit(receipt, source)))


def held(receipt: LexborNode, library: Library) -> tuple[Source | None, list[Span]]:
    """Return the source of a receipt's words and their places in it, if both exist."""
    source = library.sources.get(receipt.attributes.get("data-source") or "")
    spans = receipt.attributes.get("data-spans") or ""
    found = places(spans, len(source.text)) if source is not None else None
    return (source, found) if found else (None, [])
