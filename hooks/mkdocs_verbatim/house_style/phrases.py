"""Phrases: words to find in a text, in time that grows with the text alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from ..text.fold import PARAGRAPH, fold

LONGEST_PHRASE = 100
"""Code points of a phrase, folded."""

PHRASE_FORM = re.compile(r"[^\s*]+\*?(?: [^\s*]+\*?)*")

Found = tuple[int, int, str]
"""Where in a folded text a phrase is, [start, end), and the words there."""


class PhraseWord(NamedTuple):
    """A word of a phrase: *is_exact* if case matters, *is_open* if letters may follow."""

    text: str
    is_exact: bool
    is_open: bool


class Placed(NamedTuple):
    """A phrase at [*start*, *end*) of piece *number*, in code points, and the *words* there."""

    number: int
    start: int
    end: int
    words: str


def wrong_phrase(phrase: str) -> str | None:
    """Return why *phrase* cannot be looked for, or None if it can.

    A phrase is words, each of which may end in `*` for any further letters. An author's text is
    never run as a pattern: a pattern can take for ever.
    """
    folded = fold(phrase).text.strip()
    if len(folded) > LONGEST_PHRASE:
        return f"{phrase[:20]!r}… is longer than {LONGEST_PHRASE} characters"
    if PHRASE_FORM.fullmatch(folded) and any(c.isalnum() for c in folded):
        return None
    return f"{phrase!r} is not words, each of which may end in *"


class Phrases:
    """Finds any of some phrases, as whole words.

    A word in lower case matches in either case, a word with a capital only as it is. How spaces,
    apostrophes and hyphens are written makes no difference.
    """

    def __init__(self, phrases: Sequence[str]) -> None:
        """Look for *phrases*, for each of which `wrong_phrase` returns None."""
        folded = dict.fromkeys(fold(phrase).text.strip() for phrase in phrases)
        # What each phrase begins with, in lower case, and its words.
        self._wanted = [(p.lower().partition("*")[0], _words(p)) for p in folded]

    def __bool__(self) -> bool:
        return bool(self._wanted)

    def spans(self, text: str, lower: str) -> Iterator[Found]:
        """Yield each place of a phrase in *text*, folded, in order; *lower* is it in lower case.

        Of several phrases at one place the longest is yielded. What each begins with is sought
        first: that takes little time, and few texts have any.
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


class SearchedText:
    """Pieces of text that are searched as one, folded, and known by their numbers."""

    def __init__(self, pieces: Iterable[str]) -> None:
        """Join *pieces*; no phrase is found across two of them."""
        listed = list(pieces)
        self._folded = fold(PARAGRAPH.join(listed))
        # As long as the text: the lower case of a few characters has two.
        self._lower = self._folded.text.lower()
        if len(self._lower) != len(self._folded.text):
            self._lower = "".join(c.lower()[0] for c in self._folded.text)
        self._from = [0, *accumulate(len(piece) + 1 for piece in listed)]

    def find(self, phrases: Phrases, besides: Phrases | None = None) -> Iterator[Placed]:
        """Yield where the pieces have one of *phrases*, unless it is inside one of *besides*."""
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


def _words(phrase: str) -> list[PhraseWord]:
    return [
        PhraseWord(word.removesuffix("*"), any(c.isupper() for c in word), word.endswith("*"))
        for word in phrase.split(" ")
    ]


def _end(words: Sequence[PhraseWord], text: str, lower: str, at: int) -> int | None:
    """Return where *words*, which begin at text[at], end; None if they are not there."""
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
