"""Phrases: words to look for in a text, found in time that grows with the text alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from .text import PARAGRAPH, fold

LONGEST = 100
"""Code points of a phrase."""

FORM = re.compile(r"[^\s*]+\*?(?: [^\s*]+\*?)*")

Found = tuple[int, int, str]
"""Where a phrase stands, [start, end), and the words that stand there."""


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
        self._phrases = sorted({fold(p).text.strip() for p in phrases}, key=len, reverse=True)
        # Nearly no text holds any: these are looked for first, which costs next to nothing.
        self._stems = tuple({phrase.lower().partition("*")[0]: 0 for phrase in self._phrases})

    def __bool__(self) -> bool:
        return bool(self._phrases)

    def spans(self, text: str, lower: str) -> Iterator[Found]:
        """Yield each place in the folded *text*, which in small letters is *lower*, and the words.

        Nearly no text holds any phrase: what one begins with is sought first, which costs next to
        nothing.
        """
        starts = sorted(at for stem in self._stems for at in _places(stem, lower))
        done = 0
        for at in starts:
            match = self._pattern.match(text, at) if at >= done else None
            if match:
                done = match.end()
                yield at, done, match[0]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        # Only now: most phrases stand nowhere, and no pattern is made of them.
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(_pattern, self._phrases))})(?!\w)")


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


def _pattern(phrase: str) -> str:
    words = (_word(word) for word in phrase.split(" "))
    return " ".join(words)


def _word(word: str) -> str:
    pattern = re.escape(word.removesuffix("*")) + (r"\w*+" if word.endswith("*") else "")
    return pattern if any(c.isupper() for c in word) else f"(?i:{pattern})"
