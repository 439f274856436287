"""Copies of sources in other texts: eight words in a row, or more, that both have."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ..text.fold import EQUAL, Folded, fold
from .source import Source, Span

LEAST = 8
"""Words in a row that nobody writes twice by chance."""

# Of each eight words in a row in a source, five begin at a fourth word: an index of those finds
# every run, and takes a quarter of the time that one of all would take.
GRAM, STEP = 5, 4
KNOWN = re.compile(b"\x01{%d,}" % LEAST)
"""Words in a row, one byte each, that some source has."""

MOST = 1000
"""Places kept of the same five words; more are no sentence."""

# Letters and digits alone are compared; an apostrophe parts no word, as a copy may have lost it.
COMMON = {
    **{character: EQUAL[character] for character in "‘’“”–—\u00a0"},
    **dict.fromkeys("…→↩¶×", " "),
}
"""Nearly all that a page has beside ASCII; to fold a short text takes longer than to compare it."""

PLAIN = {n: None if chr(n) == "'" else " " for n in range(128) if not chr(n).isalnum()}


SPARSE = 2
"""Slots of the index for each five words in it: with fewer, more would share one."""

# No word has these numbers: the first parts two sources, the second is of a word that none has.
# Not -2, whose hash is that of -1.
NO_WORD, UNKNOWN = -1, -3


@dataclass(frozen=True, slots=True)
class Run:
    """Words that a text has at *span*, and *source* has at *place* of its reading."""

    span: Span
    source: Source
    place: Span


@dataclass(frozen=True, slots=True)
class _Index:
    """The words of all sources by number, one source after the other, and where five stand.

    Numbers in arrays take a tenth of the memory of words in lists, and processes can share them.
    A slot, chosen by hash, holds the first place of the five words that fell to it, in STEPs from
    1; *behind* holds for each place the next one of its slot, or 0.
    """

    numbers: Mapping[str, int]
    every: array[int]
    first: array[int]
    """Where in *every* each source begins: at a multiple of STEP."""
    slots: array[int]
    behind: array[int]

    def places(self, ours: array[int], at: int) -> Iterator[int]:
        """Yield where in *every* ours[at:at + GRAM] stands, in order; MOST times at most."""
        gram = ours[at : at + GRAM]
        step = self.slots[hash(tuple(gram)) % len(self.slots)]
        found = 0
        while step and found < MOST:
            place = (step - 1) * STEP
            if self.every[place : place + GRAM] == gram:
                found += 1
                yield place
            step = self.behind[step]


def _indexed(sources: Sequence[Source]) -> _Index:
    known: defaultdict[str, int] = defaultdict()
    known.default_factory = known.__len__
    every, first = array("i"), array("q")
    for source in sources:
        first.append(len(every))
        every.extend(map(known.__getitem__, words(source.folded.text)))
        # One at least, and to the next multiple: no run of words goes on into another source.
        every.extend([NO_WORD] * (STEP - len(every) % STEP))
    slots, behind = _chained(every)
    return _Index(dict(known), every, first, slots, behind)


def _chained(every: array[int]) -> tuple[array[int], array[int]]:
    """Return the slots, and what is behind each place, of each five words of *every*."""
    grams = array("q", map(hash, _grams(every)))
    size = max(1, SPARSE * len(grams))
    slots, behind = array("i", bytes(4 * size)), array("i", bytes(4 * len(grams) + 4))
    # From the last on, so that the first of a slot is met first.
    for step in range(len(grams), 0, -1):
        slot = grams[step - 1] % size
        behind[step], slots[slot] = slots[slot], step
    return slots, behind


class Copies:
    """Finds in a text what stands in one of the *sources* too."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        """Read nothing yet: the index is made when the first text is looked at, or by *read*."""
        self._sources = tuple(sources.values())
        # A text has its words from one source after the other: few are asked for again.
        self._spans = lru_cache(maxsize=16)(self._spans_of)

    def read(self) -> None:
        """Make the index now: before several processes look texts up in it."""
        assert self._index

    @cached_property
    def _index(self) -> _Index:
        return _indexed(self._sources)

    def runs(self, text: str) -> list[Run]:
        """Return what *text* has in common with a source, each word in one run at most."""
        found = words(text)
        shared = list(self._shared(found)) if len(found) >= LEAST else []
        if not shared:
            return []
        spans = places(fold(text))
        return [self._run(spans, *run) for run in shared]

    def passages(self, text: str) -> Iterator[tuple[Source, Span]]:
        """Yield what *text* has in common with a source: where in its reading that stands."""
        found = words(text)
        for (start, end), first in self._shared(found) if len(found) >= LEAST else ():
            yield self._passage(first, end - start)

    def _shared(self, found: list[str]) -> Iterator[tuple[Span, int]]:
        """Yield each run of the words *found*: from and to which, and where the index has it."""
        index, done = self._index, 0
        number = index.numbers.get
        ours = array("i", [number(word, UNKNOWN) for word in found])
        for at in _begun(ours, index.slots):
            if at < done:
                continue
            best = (0, 0, 0)
            for place in index.places(ours, at):
                start, end = _stretched(ours, at, index.every, place, done)
                if end - start > best[0]:
                    best = (end - start, start, place - at + start)
            length, start, first = best
            if length >= LEAST:
                done = start + length
                yield (start, done), first

    def _run(self, spans: list[Span], run: Span, first: int) -> Run:
        source, place = self._passage(first, run[1] - run[0])
        return Run((spans[run[0]][0], spans[run[1] - 1][1]), source, place)

    def _passage(self, first: int, length: int) -> tuple[Source, Span]:
        """Return whose the words are that the index has from *first* on, and their place there."""
        number = bisect_right(self._index.first, first) - 1
        there = self._spans(number)
        first -= self._index.first[number]
        return self._sources[number], (there[first][0], there[first + length - 1][1])

    def _spans_of(self, number: int) -> list[Span]:
        return places(self._sources[number].folded)


def _begun(ours: array[int], slots: array[int]) -> Iterator[int]:
    """Yield where five of *ours* begin that a source may have, too, in at least LEAST known words.

    In most texts few words that follow each other are all known; the others need no hash.
    """
    size = len(slots)
    for match in KNOWN.finditer(bytes(map((0).__le__, ours))):
        stretch = ours[slice(*match.span())]
        grams = zip(*(stretch[n:] for n in range(GRAM)), strict=False)
        yield from [at for at, gram in enumerate(grams, match.start()) if slots[hash(gram) % size]]


def _grams(every: array[int]) -> Iterator[tuple[int, ...]]:
    """Return each five of *every* that begin at a fourth one."""
    return zip(*(every[first::STEP] for first in range(GRAM)), strict=False)


def _stretched(ours: array[int], at: int, theirs: array[int], place: int, low: int) -> Span:
    """Return from and to which word of *ours*, not before *low*, both have the same."""
    start, other = at, place
    while start > low and other > 0 and ours[start - 1] == theirs[other - 1]:
        start, other = start - 1, other - 1
    end, other = at + GRAM, place + GRAM
    # Behind the last source stand words of no number, too.
    while end < len(ours) and ours[end] == theirs[other]:
        end, other = end + 1, other + 1
    return start, end


def words(text: str) -> list[str]:
    """Return the words of *text* as they are compared: without case, punctuation, apostrophes."""
    for character, plain in COMMON.items():
        text = text.replace(character, plain)
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
