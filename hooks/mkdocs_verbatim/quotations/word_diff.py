"""Word diff: an author's words beside the passage of a copy that they resemble, word by word."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import pairwise

from ..text.fold import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class WordDiff:
    """An author's words *ours* beside *theirs*, of which they resemble theirs[first:last].

    *blocks* are the runs of words that both have in the same order: at least one.
    """

    ours: Sequence[str]
    theirs: Sequence[str]
    blocks: Sequence[Match]
    first: int
    last: int

    def shown(self, end: int) -> str:
        """Return theirs[first:end] in a line; up to *last*, words are in brackets if they differ.

        Punctuation at the author's first and last word may differ: it belongs to the text around.
        """
        same = self._same()
        return " ".join(
            self.theirs[i] if i in same or i >= self.last else f"[{self.theirs[i]}]"
            for i in range(self.first, end)
        )

    def _same(self) -> frozenset[int]:
        edges = {0, len(self.ours) - 1}
        pairs = ((block.a + i, block.b + i) for block in self.blocks for i in range(block.size))
        return frozenset(
            theirs
            for ours, theirs in pairs
            if ours in edges or fold(self.ours[ours]).text == fold(self.theirs[theirs]).text
        )

    def more(self) -> list[str]:
        """Return the words of ours that theirs has nothing in place of."""
        return [
            word
            for before, after in pairwise(self.blocks)
            if before.b + before.size == after.b
            for word in self.ours[before.a + before.size : after.a]
        ]

    def look_alike(self) -> tuple[str, str] | None:
        """Return two characters that differ in words that look the same, or None."""
        pairs = (_look_alike(_core(ours), _core(theirs)) for ours, theirs in self._replaced())
        return next(filter(None, pairs), None)

    def _replaced(self) -> Iterator[tuple[str, str]]:
        """Yield each word of ours with the one of theirs that is in its place."""
        edges = (Match(0, self.first, 0), *self.blocks, Match(len(self.ours), self.last, 0))
        for before, after in pairwise(edges):
            ours = self.ours[before.a + before.size : after.a]
            theirs = self.theirs[before.b + before.size : after.b]
            # Of other numbers of words nobody knows which replaces which.
            if len(ours) == len(theirs):
                yield from zip(ours, theirs, strict=True)


def word_diff(ours: Sequence[str], theirs: Sequence[str]) -> WordDiff | None:
    """Return the words *ours* beside *theirs*, or None if they have no word in common."""
    cores, others = [*map(_core, ours)], [*map(_core, theirs)]
    matcher = SequenceMatcher(None, cores, others, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return None
    left, right = blocks[0], blocks[-1]
    first = max(0, left.b - left.a)
    last = min(len(theirs), right.b + len(ours) - right.a)
    # One word may be two of theirs, as *ice-cream* is *ice cream*.
    before, after = _letters(cores[: left.a]), _letters(cores[right.a + right.size :])
    if before and first and _letters(others[first - 1 : left.b]) == before:
        first -= 1
    if after and _letters(others[right.b + right.size : last + 1]) == after:
        last = min(len(theirs), last + 1)
    return WordDiff(ours=ours, theirs=theirs, blocks=blocks, first=first, last=last)


def _letters(words: Sequence[str]) -> str:
    return "".join(character for word in words for character in word if character.isalnum())


def _core(word: str) -> str:
    """Return *word* folded, without what is not a letter or digit at its two ends."""
    folded = fold(word).text
    letters = [i for i, c in enumerate(folded) if c.isalnum()]
    return folded[letters[0] : letters[-1] + 1] if letters else folded


def _look_alike(ours: str, theirs: str) -> tuple[str, str] | None:
    if len(ours) != len(theirs):
        return None
    pairs = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    return pairs[0] if pairs and all(_looks_like(a, b) for a, b in pairs) else None


def _looks_like(a: str, b: str) -> bool:
    if unicodedata.normalize("NFKC", a) == unicodedata.normalize("NFKC", b):
        return True
    # CYRILLIC SMALL LETTER IE and LATIN SMALL LETTER E: the first word is the script.
    scripts = {unicodedata.name(c, "").partition(" ")[0] for c in (a, b)}
    return a.isalpha() and b.isalpha() and len(scripts) == 2
