"""Shown: a quotation as a reader reads it on the page, as plain text."""

from __future__ import annotations

from .proof import Part
from .text import PARAGRAPH
from .use import Use


def as_shown(use: Use) -> str:
    """Return the words of the quotation *use* with its editorial marks, white space folded."""
    proof = use.proof
    assert proof is not None, "a bare citation shows no words"
    pieces: list[str] = []
    end = 0
    for part in proof.parts:
        if pieces and _is_apart(part, end, proof.words):
            pieces.append(" ")
        pieces.append(_text(use, part))
        end = part.end
    return " ".join("".join(pieces).replace(PARAGRAPH, " ").split())


def _text(use: Use, part: Part) -> str:
    assert use.source is not None
    if part.sign is not None and not part.is_shown:
        around = _around(use, part)
        # The source's words on both sides are joined by a space even where the author has none.
        wide = len(around) == 2 and part.span[0] < part.span[1] and " " not in around
        return f" {part.sign.shown}" if wide else part.sign.shown
    return use.source.reading[slice(*part.span)]


def _around(use: Use, part: Part) -> str:
    assert use.proof is not None
    words = use.proof.words
    return words[part.start - 1 : part.start] + words[part.end : part.end + 1]


def _is_apart(part: Part, end: int, words: str) -> bool:
    """Tell whether the author left a space between *part* and what ends at *end* before it."""
    return any(c.isspace() or c == PARAGRAPH for c in words[max(0, end - 1) : part.start + 1])
