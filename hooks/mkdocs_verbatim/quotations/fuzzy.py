"""Fuzzy search: the passage of a copy that is most like an author's words. It proves nothing."""

from __future__ import annotations

from rapidfuzz import fuzz

from ..sources.source import Span
from ..text.fold import PARAGRAPH, Folded

LEAST_LIKENESS = 60
"""The least likeness (rapidfuzz, 0 to 100) of a passage that is worth showing."""

HIGH_LIKENESS = 80
"""The least likeness of a passage that is worth showing without one word the same."""

MOST_SOUGHT = 600
"""Code points that are compared with a copy: the time grows with their square."""


def whole_words(span: Span, text: str) -> Span:
    """Return *span* of *text*, widened at each end that is inside a word."""
    start, end = span
    while start > 0 and not text[start - 1].isspace() and text[start - 1] != PARAGRAPH:
        start -= 1
    while end < len(text) and not text[end].isspace() and text[end] != PARAGRAPH:
        end += 1
    return start, end


def nearest(wanted: str, text: str, folded: Folded) -> tuple[float, Span] | None:
    """Return the likeness of the passage most like *wanted*, and its span of the unfolded text.

    The likeness is from LEAST_LIKENESS to 100; None is returned without such a passage. *text* is
    that of *folded*, or as long: it may be in lower case.
    """
    wanted = wanted[:MOST_SOUGHT]
    found = (
        fuzz.partial_ratio_alignment(wanted, text, score_cutoff=LEAST_LIKENESS) if text else None
    )
    if found is None:
        return None
    first, last = found.dest_start, found.dest_end
    if len(wanted) > len(text):
        first, last = 0, len(text)
    # An alignment may cross the end of a paragraph: its longest part is taken.
    pieces = text[first:last].split(PARAGRAPH)
    longest = max(pieces, key=len)
    first += text[first:last].index(longest)
    last = first + len(longest)
    return found.score, (folded.start(first), folded.end(max(last, first + 1)))
