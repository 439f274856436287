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
    before: Part | None = None
    for part in proof.parts:
        if before is not None and _is_apart(before, part, proof.words):
            pieces.append(" ")
        pieces.append(_text(use, part))
        before = part
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


def _is_apart(before: Part, part: Part, words: str) -> bool:
    """Tell whether the author left a space between two parts; what is fetched has its own."""
    if any(one.sign is not None and one.sign.kind == "pull" for one in (before, part)):
        return False
    between = words[max(0, before.end - 1) : part.start + 1]
    return any(character.isspace() or character == PARAGRAPH for character in between)
