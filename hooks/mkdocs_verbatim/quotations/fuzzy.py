"""Fuzzy search: the passage of a copy most like an author's words. It never accepts any."""

from __future__ import annotations

from rapidfuzz import fuzz

from ..sources.source import Span
from ..text.fold import PARAGRAPH, Folded

NEAR = 60
"""The least likeness (rapidfuzz, 0 to 100) of a passage that is worth showing."""

ALIKE = 80
"""The least likeness of a passage that has not one word the same."""

MOST_SOUGHT = 600
"""Code points that are compared with a copy: the time grows with the square of more."""


def whole_words(span: Span, text: str) -> Span:
    """Return *span* of *text* made wider where it cuts a word."""
    start, end = span
    while start > 0 and not text[start - 1].isspace() and text[start - 1] != PARAGRAPH:
        start -= 1
    while end < len(text) and not text[end].isspace() and text[end] != PARAGRAPH:
        end += 1
    return start, end


def nearest(wanted: str, text: str, folded: Folded) -> tuple[float, Span] | None:
    """Return how like *wanted* the most similar passage is, from NEAR to 100, and where it stands.

    *text* is that of *folded*, or as long: capitals may have been made small.
    """
    wanted = wanted[:MOST_SOUGHT]
    found = fuzz.partial_ratio_alignment(wanted, text, score_cutoff=NEAR) if text else None
    if found is None:
        return None
    first, last = found.dest_start, found.dest_end
    if len(wanted) > len(text):
        first, last = 0, len(text)
    # An alignment may reach over the end of a paragraph: its longer part is meant.
    pieces = text[first:last].split(PARAGRAPH)
    longest = max(pieces, key=len)
    first += text[first:last].index(longest)
    last = first + len(longest)
    return found.score, (folded.start(first), folded.end(max(last, first + 1)))
