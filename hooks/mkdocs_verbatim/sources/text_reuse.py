"""Text reuse: eight words in a row, or more, that a text has from one of the sources."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ..text.fold import EQUAL, Folded, fold
from ..text.lookalikes import alike, is_unseen
from .shingle_index import LEAST_WORDS, CommonWords, ShingleIndex
from .source import Source, Span

# Letters and digits alone are compared; an apostrophe separates no words, as a copy may lack it.
COMMON = {
    **{character: EQUAL[character] for character in "‘’“”–—\u00a0"},
    **dict.fromkeys("…→↩¶×", " "),
}
"""Nearly all that a page has besides ASCII: to replace these is quicker than to fold a text."""

LETTERS = re.compile(r"[^\W\d_]+")
LEAST_LETTERS = 4
"""Letters of the words of a name that begin with a capital; shorter ones join them."""

PLAIN = {n: None if chr(n) == "'" else " " for n in range(128) if not chr(n).isalnum()}


@dataclass(frozen=True, slots=True)
class Reuse:
    """Words that a text has at *span*, and *source* at *place* of its reading, in code points."""

    span: Span
    source: Source
    place: Span


class TextReuse:
    """Finds in a text the words that one of the *sources* has too."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        """Index nothing yet: that is done by *build_index*, or when the first text is searched."""
        self._sources = tuple(sources.values())
        # The words of a text mostly come from one source after the other.
        self._spans = lru_cache(maxsize=16)(self._spans_of)

    def build_index(self) -> None:
        """Index the sources now, so that processes forked after this share the index."""
        _ = self._index

    @cached_property
    def _index(self) -> ShingleIndex:
        return ShingleIndex(words(source.folded.text) for source in self._sources)

    def runs(self, text: str) -> list[Reuse]:
        """Return what *text* has in common with a source, in order; no word is in two runs."""
        found = self._common(text)
        if not found:
            return []
        spans = word_spans(fold(text))
        return [
            Reuse((spans[run.start][0], spans[run.end - 1][1]), *self._passage(run))
            for run in found
        ]

    def passages(self, text: str) -> Iterator[tuple[Source, Span]]:
        """Yield each source that *text* has words of, and their span of its reading."""
        for run in self._common(text):
            yield self._passage(run)

    def _common(self, text: str) -> list[CommonWords]:
        found = words(text)
        # A short text needs no index, which may not be made yet.
        return list(self._index.runs(found)) if len(found) >= LEAST_WORDS else []

    def _passage(self, run: CommonWords) -> tuple[Source, Span]:
        """Return the source that has the words of *run*, and their span of its reading."""
        spans = self._spans(run.text)
        last = run.first + run.end - run.start - 1
        return self._sources[run.text], (spans[run.first][0], spans[last][1])

    def _spans_of(self, number: int) -> list[Span]:
        return word_spans(self._sources[number].folded)


def words(text: str) -> list[str]:
    """Return the words of *text* as they are compared: without case, punctuation, apostrophes.

    Letters are compared as they look, and what nobody sees is not there.
    """
    for character, plain in COMMON.items():
        text = text.replace(character, plain)
    if text.isascii():
        return text.lower().translate(PLAIN).split()
    text = fold(text).text.replace("'", "")
    for character in set(text):
        if is_unseen(character):
            text = text.replace(character, "")
        elif not _is_letter(character):
            text = text.replace(character, " ")
        elif (plain := alike(character)) != character:
            text = text.replace(character, plain)
    return text.casefold().split()


def word_spans(folded: Folded) -> list[Span]:
    """Return the span of each of the *words* of a text, in code points before it was folded."""
    spans: list[Span] = []
    start = end = -1
    for index, character in enumerate(f"{folded.text} "):
        if is_unseen(character):
            continue
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


def is_name(text: str, source: Source) -> bool:
    """Return whether *text* is part of the title of *source*, or a name, all in capitals."""
    title = source.record.values.get("title")
    found = words(text)
    if isinstance(title, str) and f" {' '.join(found)} " in f" {' '.join(words(title))} ":
        return True
    long = [word for word in LETTERS.findall(text) if len(word) >= LEAST_LETTERS]
    return bool(long) and all(word[0].isupper() for word in long) and not text.isupper()
