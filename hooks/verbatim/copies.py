"""Copies of sources in other texts: eight words in a row, or more, that both have."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from .source import Source, Span
from .text import EQUAL, Folded, fold

LEAST = 8
"""Words in a row that nobody writes twice by chance."""

# Of each eight words in a row in a source, five begin at a fourth word: an index of those finds
# every run, and takes a quarter of the time that one of all would take.
GRAM, STEP = 5, 4
MOST = 1000
"""Places kept of the same five words; more are no sentence."""

# Letters and digits alone are compared; an apostrophe parts no word, as a copy may have lost it.
COMMON = "‘’“”–—\u00a0"
"""Nearly all that a page has beside ASCII; to fold a short text takes longer than to compare it."""

PLAIN = {n: None if chr(n) == "'" else " " for n in range(128) if not chr(n).isalnum()}


Gram = tuple[str, ...]

Place = tuple[int, int]
"""The number of a source, and of a word in it."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that a text has at *span*, and *source* has at *place* of its reading."""

    span: Span
    source: Source
    place: Span


class Copies:
    """Finds in a text what stands in one of the *sources* too."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        """Read nothing yet: the index is made when the first text is looked at."""
        self._sources = tuple(sources.values())
        self._spans: dict[int, list[Span]] = {}

    @cached_property
    def _words(self) -> list[list[str]]:
        # Each word once: a language has few.
        known: dict[str, str] = {}
        found = (words(source.folded.text) for source in self._sources)
        return [list(map(known.setdefault, each, each)) for each in found]

    @cached_property
    def _index(self) -> tuple[dict[Gram, int], set[Gram]]:
        """In which source each five words stand that begin at a fourth one; which are in several.

        Where in it is looked up for the few that a page has too: all that would take long.
        """
        index: dict[Gram, int] = {}
        several: set[Gram] = set()
        for number, found in enumerate(self._words):
            here = dict.fromkeys(_grams(found), number)
            several |= index.keys() & here.keys()
            index |= here
        return index, several

    def _places(self, gram: Gram) -> Iterator[Place]:
        """Yield where *gram* stands, which is in the index."""
        index, several = self._index
        numbers = range(len(self._words)) if gram in several else [index[gram]]
        every = (
            (number, at * STEP)
            for number in numbers
            for at, there in enumerate(_grams(self._words[number]))
            if there == gram
        )
        yield from islice(every, MOST)

    def runs(self, text: str) -> list[Run]:
        """Return what *text* has in common with a source, each word in one run at most."""
        found = words(text)
        shared = list(self._shared(found)) if len(found) >= LEAST else []
        if not shared:
            return []
        spans = places(fold(text))
        return [self._run(spans, *run) for run in shared]

    def _shared(self, found: list[str]) -> Iterator[tuple[Span, int, int]]:
        """Yield each run of the words *found*: from and to which, in which source, from which."""
        done = 0
        grams = zip(*(found[n:] for n in range(GRAM)), strict=False)
        index, _ = self._index
        shared = [(at, gram) for at, gram in enumerate(grams) if gram in index]
        for at, gram in shared:
            if at < done:
                continue
            best = (0, 0, 0, 0)
            for number, place in self._places(gram):
                start, end = _stretched(found, at, self._words[number], place, done)
                if end - start > best[0]:
                    best = (end - start, start, number, place - at + start)
            length, start, number, first = best
            if length >= LEAST:
                done = start + length
                yield (start, done), number, first

    def _run(self, spans: list[Span], run: Span, number: int, first: int) -> Run:
        source = self._sources[number]
        if number not in self._spans:
            self._spans[number] = places(source.folded)
        there = self._spans[number]
        last = first + run[1] - run[0] - 1
        return Run(
            (spans[run[0]][0], spans[run[1] - 1][1]), source, (there[first][0], there[last][1])
        )


def _grams(found: list[str]) -> Iterator[Gram]:
    """Return each five words of *found* that begin at a fourth one."""
    return zip(*(found[first::STEP] for first in range(GRAM)), strict=False)


def _stretched(ours: list[str], at: int, theirs: list[str], place: int, low: int) -> Span:
    """Return from and to which word of *ours*, not before *low*, both have the same."""
    start, other = at, place
    while start > low and other > 0 and ours[start - 1] == theirs[other - 1]:
        start, other = start - 1, other - 1
    end, other = at + GRAM, place + GRAM
    while end < len(ours) and other < len(theirs) and ours[end] == theirs[other]:
        end, other = end + 1, other + 1
    return start, end


def words(text: str) -> list[str]:
    """Return the words of *text* as they are compared: without case, punctuation, apostrophes."""
    for character in COMMON:
        text = text.replace(character, EQUAL[character])
    if text.isascii():
        return text.lower().translate(PLAIN).split()
    text = fold(text).text.casefold().replace("'", "")
    for character in set(text):
        if not _is_letter(character):
            text = text.replace(character, " ")
    return text.split()


def places(folded: Folded) -> list[Span]:
    """Return where each of the words of a text stands in it, before it was folded."""
    spans: list[Span] = []
    start = end = -1
    for index, character in enumerate(f"{folded.text} "):
        if _is_letter(character):
            start = index if start < 0 else start
            end = index + 1
        elif character != "'" and start >= 0:
            spans.append((folded.start(start), folded.end(end)))
            start = -1
    return spans


def _is_letter(character: str) -> bool:
    # M: the vowel signs of many scripts.
    return character.isalnum() or unicodedata.category(character)[0] == "M"
