"""Emphasis in copies, on pages and in locked citations."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from ..sources.source import Source
from .page import even

STRESSED = ("em", "strong", "b", "i", "mark")


def is_plain(source: Source) -> bool:
    """Return whether the copy of *source* is plain text, so that all emphasis is the editor's."""
    return source.record.copy is not None and not source.record.copy.markdown


def is_stressed(node: LexborNode) -> bool:
    """Return whether a quotation, or any word of it, is set in italics or bold."""
    around = node.parent
    while around is not None:
        if around.tag in STRESSED:
            return True
        around = around.parent
    return any(inner.text().strip() for inner in node.css(", ".join(STRESSED)))


def unmarked(text: str) -> str:
    """Return *text* without the asterisks that mark emphasis in a locked citation."""
    return even(re.sub(r"\\([\\*])", r"\1", re.sub(r"(?<!\\)\*", "", text)))
