"""Shingle index: the words in a row that a text has in common with any of many texts."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

LEAST_WORDS = 8
"""Words in a row that nobody writes twice by chance."""

STEP = 4
"""Only each fourth shingle of a text is indexed, which takes a quarter of the time."""

# One of any STEP words in a row begins an indexed shingle. Even from the last of its first STEP
# words a run of LEAST_WORDS still has this many: so each run holds an indexed shingle.
SHINGLE = LEAST_WORDS - STEP + 1

MOST_OCCURRENCES = 1000
"""Occurrences of one shingle that are looked at: more frequent words are not worth comparing."""

KNOWN = re.compile(b"\x01{%d,}" % LEAST_WORDS)
"""Words in a row, one byte each, that some text has."""

SLOTS_PER_SHINGLE = 2
"""With fewer slots, more shingles would share one, and more would have to be compared."""

# Numbers of no word: what separates two texts, and a word that no text has. Not -2, whose hash is
# that of -1.
SEPARATOR, UNKNOWN = -1, -3


class CommonWords(NamedTuple):
    """Words [*start*, *end*) of a list, which the text *text* has too, from its word *first* on."""

    start: int
    end: int
    text: int
    first: int


class _Vocabulary(dict[str, int]):
    """Numbers words from 0, in the order in which they are first looked up."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number


class ShingleIndex:
    """Finds the runs of words that a list of words has in common with some texts.

    `_numbers` holds the words of all texts by number; each text begins at a multiple of STEP and is
    followed by a separator. Shingle k, counted from 1, is the SHINGLE numbers from (k - 1) * STEP
    on. A slot is the hash of a shingle modulo the count of slots.

    Invariant: `_heads[slot]` is the first shingle of a slot and `_following[k]` the one of the same
    slot after shingle k; 0 ends a chain. So each shingle is in the chain of its slot once, and the
    numbers in a chain rise.

    Arrays take a tenth of the memory that lists of words would. Nothing is written to them once
    they are made, so forked processes share them.
    """

    def __init__(self, texts: Iterable[Iterable[str]]) -> None:
        """Index *texts*, each as its words in the form in which they are compared."""
        self._vocabulary = _Vocabulary()
        self._numbers = array("i")
        self._starts = array("q")
        for text in texts:
            self._starts.append(len(self._numbers))
            self._numbers.extend(map(self._vocabulary.__getitem__, text))
            # At least one: no run extends from one text into the next, nor beyond the last.
            self._numbers.extend([SEPARATOR] * (STEP - len(self._numbers) % STEP))
        self._heads, self._following = _chained(self._numbers)

    def runs(self, words: Sequence[str]) -> Iterator[CommonWords]:
        """Yield each run of at least LEAST_WORDS of *words* that a text has, in order and apart.

        Of several texts that have a word, the one with the longest run around it is yielded.
        """
        number = self._vocabulary.get
        numbers = array("i", [number(word, UNKNOWN) for word in words])
        done = 0
        for at in self._candidates(numbers):
            if at < done:
                continue
            run = self._longest(numbers, at, done)
            if run is not None:
                done = run.end
                yield run

    def _candidates(self, numbers: array[int]) -> Iterator[int]:
        """Yield where in *numbers* a shingle begins whose slot is not empty.

        Only among LEAST_WORDS known words or more in a row: most texts have few of these, and all
        else needs no hash.
        """
        heads, slots = self._heads, len(self._heads)
        for match in KNOWN.finditer(bytes(map((0).__le__, numbers))):
            stretch = numbers[slice(*match.span())]
            shingles = enumerate(
                zip(*(stretch[n:] for n in range(SHINGLE)), strict=False), match.start()
            )
            yield from [at for at, shingle in shingles if heads[hash(shingle) % slots]]

    def _longest(self, numbers: array[int], at: int, low: int) -> CommonWords | None:
        """Return the longest run around the shingle at *at* that begins at *low* or later."""
        start = end = first = 0
        for place in self._occurrences(numbers, at):
            run = self._extended(numbers, at, place, low)
            if run[1] - run[0] > end - start:
                (start, end), first = run, place - at + run[0]
        if end - start < LEAST_WORDS:
            return None
        text = bisect_right(self._starts, first) - 1
        return CommonWords(start, end, text, first - self._starts[text])

    def _occurrences(self, numbers: array[int], at: int) -> Iterator[int]:
        """Yield where the texts have the shingle at *at*, in order; MOST_OCCURRENCES at most."""
        shingle = numbers[at : at + SHINGLE]
        theirs, following = self._numbers, self._following
        found = 0
        k = self._heads[hash(tuple(shingle)) % len(self._heads)]
        while k and found < MOST_OCCURRENCES:
            place = (k - 1) * STEP
            # Shingles of one slot may differ.
            if theirs[place : place + SHINGLE] == shingle:
                found += 1
                yield place
            k = following[k]

    def _extended(self, ours: array[int], at: int, place: int, low: int) -> tuple[int, int]:
        """Return [start, end) of the run in *ours* around the shingle that is at *place*, too."""
        theirs = self._numbers
        start, other = at, place
        while start > low and other > 0 and ours[start - 1] == theirs[other - 1]:
            start, other = start - 1, other - 1
        end, other = at + SHINGLE, place + SHINGLE
        # A separator equals no word, and the last text ends with one.
        while end < len(ours) and ours[end] == theirs[other]:
            end, other = end + 1, other + 1
        return start, end


def _chained(numbers: array[int]) -> tuple[array[int], array[int]]:
    """Return the first shingle of each slot, and for each shingle the next one of its slot."""
    shingles = zip(*(numbers[n::STEP] for n in range(SHINGLE)), strict=False)
    hashes = array("q", map(hash, shingles))
    slots = max(1, SLOTS_PER_SHINGLE * len(hashes))
    heads, following = array("i", [0]) * slots, array("i", [0]) * (len(hashes) + 1)
    # From the last to the first, so that the numbers in a chain rise.
    for k in range(len(hashes), 0, -1):
        slot = hashes[k - 1] % slots
        following[k], heads[slot] = heads[slot], k
    return heads, following
