"""Finds words of a source that a finished page has outside quotations, unproven."""

from __future__ import annotations

from ..sources.republished import LEAST_WORDS_ON_PAGE
from ..sources.text_reuse import TextReuse
from ..text.words import count_words
from .page import FinishedPage


class CopiedWords:
    """Looks at the prose of pages, which are read already, one by one."""

    def __init__(self, copies: TextReuse) -> None:
        """Look for words of *copies*."""
        self._copies = copies

    def check(self, page: FinishedPage) -> None:
        """Enter where *page* has so many words of a source in a row that nobody words so alike."""
        for source, span in self._copies.passages(page.prose):
            words = source.reading[slice(*span)]
            if count_words(words) < LEAST_WORDS_ON_PAGE or source.record.full:
                continue
            message = (
                f"{count_words(words)} words of {source.key!r} in a row outside quotations: "
                f"'{' '.join(words.split())[:60]}'"
            )
            near = " ".join(words.split()[:3])
            page.wrong("proof-text", message, near)
