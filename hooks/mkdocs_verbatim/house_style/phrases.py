"""Phrases: words to look for in a text, found in time that grows with the text alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from ..text.fold import PARAGRAPH, fold

LONGEST = 100
"""Code points of a phrase."""

FORM = re.compile(r"[^\s*]+\*?(?: [^\s*]+\*?)*")

Found = tuple[int, int, str]
"""Where a phrase stands, [start, end), and the words that stand there."""


Word = tuple[str, bool, bool]
"""A word of a phrase, whether it stands for itself alone, and whether letters may follow."""


class Placed(NamedTuple):
    """A phrase in the piece of that *number*, at [*start*, *end*), and the *words* there."""

    number: int
    start: int
    end: int
    words: str


def wrong_phrase(phrase: str) -> str | None:
    """Say why *phrase* cannot be looked for, or nothing.

    A phrase is words, each of which may end in `*` for any further letters: no pattern of an
    author's is run, so that none can take for ever.
    """
    folded = fold(phrase).text.strip()
    if len(folded) > LONGEST:
        return f"{phrase[:20]!r}… is longer than {LONGEST} characters"
    if FORM.fullmatch(folded) and any(c.isalnum() for c in folded):
        return None
    return f"{phrase!r} is not words, each of which may end in *"


class Phrases:
    """Finds any of some phrases, as whole words.

    Small letters stand for either case, a word with a capital for itself alone. How spaces,
    apostrophes and hyphens are written makes no difference.
    """

    def __init__(self, phrases: Sequence[str]) -> None:
        """Make ready to look for *phrases*, which `wrong_phrase` has nothing against."""
        folded = dict.fromkeys(fold(phrase).text.strip() for phrase in phrases)
        # What a phrase begins with, in small letters, and its words.
        self._wanted = [(p.lower().partition("*")[0], _words(p)) for p in folded]

    def __bool__(self) -> bool:
        return bool(self._wanted)

    def spans(self, text: str, lower: str) -> Iterator[Found]:
        """Yield each place in the folded *text*, which in small letters is *lower*, and the words.

        Nearly no text holds any phrase: what each begins with is sought first, which costs next to
        nothing. Where several stand, it is the longest.
        """
        found = [
            (at, -end)
            for stem, words in self._wanted
            for at in _places(stem, lower)
            if (end := _end(words, text, lower, at)) is not None
        ]
        done = 0
        for at, end in sorted(found):
            if at >= done:
                done = -end
                yield at, done, text[at:done]


class Text:
    """Texts in one that is searched, folded; *pieces* are told apart by their numbers."""

    def __init__(self, pieces: Iterable[str]) -> None:
        """Join *pieces*, in which no phrase runs on from one into the next."""
        listed = list(pieces)
        self._folded = fold(PARAGRAPH.join(listed))
        # One character at a time: a few have two in small letters.
        self._lower = self._folded.text.lower()
        if len(self._lower) != len(self._folded.text):
            self._lower = "".join(c.lower()[0] for c in self._folded.text)
        self._from = [0, *accumulate(len(piece) + 1 for piece in listed)]

    def find(self, phrases: Phrases, besides: Phrases | None = None) -> Iterator[Placed]:
        """Yield where *phrases* stand, less those inside one of *besides*."""
        text, lower = self._folded.text, self._lower
        free = None
        for start, end, words in phrases.spans(text, lower):
            if free is None:
                free = list(besides.spans(text, lower)) if besides else []
            if any(a <= start and end <= b for a, b, _ in free):
                continue
            first, last = self._folded.start(start), self._folded.end(end)
            number = bisect_right(self._from, first) - 1
            begin = self._from[number]
            yield Placed(number, first - begin, last - begin, words)


def _places(stem: str, text: str) -> Iterator[int]:
    at = text.find(stem)
    while at >= 0:
        yield at
        at = text.find(stem, at + 1)


def _words(phrase: str) -> list[Word]:
    words = [(word.removesuffix("*"), word.endswith("*")) for word in phrase.split(" ")]
    return [(word, any(c.isupper() for c in word), is_open) for word, is_open in words]


def _end(words: Sequence[Word], text: str, lower: str, at: int) -> int | None:
    """Return where *words* end that begin at text[at], or None if they do not stand there."""
    if at and _is_letter(text[at - 1]):
        return None
    for turn, (word, is_exact, is_open) in enumerate(words):
        start = at + (turn > 0)
        at = start + len(word)
        there = (text if is_exact else lower)[start:at]
        if there != word or (turn and text[start - 1] != " "):
            return None
        while is_open and at < len(text) and _is_letter(text[at]):
            at += 1
    return None if at < len(text) and _is_letter(text[at]) else at


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"
