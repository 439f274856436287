"""Reads which passages the page of a source shows, by the words that are lit in its excerpts."""

from __future__ import annotations

from ..sources.library import Library
from ..sources.source import Source, Span
from ..text.fold import PARAGRAPH
from .page import FinishedPage
from .receipt_words import lit


def passages(page: FinishedPage, library: Library) -> dict[str, tuple[Source, list[Span]]]:
    """Return source and spans of each passage that *page* shows, by the id it is given there."""
    found: dict[str, tuple[Source, list[Span]]] = {}
    for piece in page.css(".source-excerpt"):
        id_ = piece.id or piece.attributes.get("data-passage") or ""
        for receipt in piece.css(".receipt"):
            source = library.sources.get(receipt.attributes.get("data-source") or "")
            if source is not None:
                _, spans = found.setdefault(id_, (source, []))
                for span in lit(receipt, source):
                    _add(span, spans, source)
    return {id_: (source, spans) for id_, (source, spans) in found.items() if spans}


def _add(span: Span, spans: list[Span], source: Source) -> None:
    """Add *span* to *spans*, joined to the last if but the end of a paragraph parts them."""
    between = source.reading[spans[-1][1] : span[0]] if spans else ""
    if PARAGRAPH in between and not between.replace(PARAGRAPH, "").strip():
        spans[-1] = (spans[-1][0], span[1])
    else:
        spans.append(span)
