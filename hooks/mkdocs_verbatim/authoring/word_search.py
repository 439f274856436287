"""Recall: where a source has the words of a phrase that is only half remembered."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz import fuzz, process

from ..sources.source import Source, Span
from ..text.fold import PARAGRAPH, fold
from ..text.words import count_words, sentences

ENOUGH = 0.5
"""The share of a phrase's words, the rare ones counting more, that a sentence must have."""

SPELLED = 80
"""The least likeness of two words that may be one, differently spelled or inflected."""

WORD = re.compile(r"[^\W_]+")


def recall(words: str, sources: Mapping[str, Source]) -> Iterator[tuple[float, str, Span]]:
    """Yield where a sentence has most of *words*, in any order and spelling.

    Each place comes with how like the words it is, up to 100, and the key of its source.
    """
    wanted = list(dict.fromkeys(WORD.findall(small(fold(words).text))))
    if len(wanted) < 2:
        return
    texts = {key: small(source.reading) for key, source in sources.items()}
    counts: Counter[str] = Counter()
    for text in texts.values():
        counts.update(WORD.findall(text))
    total = counts.total()
    worth = {word: _worth(counts[word], total) for word in wanted}
    meant = _spellings(wanted, counts)
    for key, text in texts.items():
        for share, span in _shares(text, sources[key].reading, meant, worth):
            # Words far apart are less likely the ones that somebody remembers.
            close = min(1, len(wanted) / count_words(text[slice(*span)]))
            yield 50 * share * (1 + close), key, span


def _worth(count: int, total: int) -> float:
    """Return what a word counts for: the rarer, the more; one that is nowhere, a little less."""
    return math.log1p(total / count) if count else 0.7 * math.log1p(total)


def _spellings(
    wanted: Sequence[str], counts: Mapping[str, int]
) -> dict[str, list[tuple[str, float]]]:
    """Return which words of the sources may be which *wanted* ones; how alike they are, up to 1."""
    meant: dict[str, list[tuple[str, float]]] = {}
    for word in wanted:
        if len(word) < 4:
            alike = [(word, 100.0, 0)] if word in counts else []
        else:
            alike = process.extract(word, list(counts), scorer=fuzz.ratio, score_cutoff=SPELLED)
        for other, score, _ in alike:
            meant.setdefault(other, []).append((word, score / 100))
    return meant


def _shares(
    text: str,
    reading: str,
    meant: Mapping[str, list[tuple[str, float]]],
    worth: Mapping[str, float],
) -> Iterator[tuple[float, Span]]:
    """Yield the share of the words that a sentence has, if it is enough, and where they stand.

    *text* is *reading* in small letters.
    """
    if not meant:
        return
    whole = sum(worth.values())
    pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, meant))})(?![^\W_])")
    spots = [match.span() for match in pattern.finditer(text)]
    for start, end in _sentences(reading, spots):
        inside = spots[bisect_left(spots, (start, 0)) : bisect_left(spots, (end, 0))]
        best: dict[str, tuple[float, str]] = {}
        for spot in inside:
            other = text[slice(*spot)]
            for word, alike in meant[other]:
                best[word] = max(best.get(word, (0.0, "")), (alike, other))
        share = sum(worth[word] * alike for word, (alike, _) in best.items()) / whole
        if share >= ENOUGH and len(best) > 1:
            yield share, _closest([(text[slice(*spot)], spot) for spot in inside], best.values())


def _sentences(reading: str, spots: Sequence[Span]) -> Iterator[Span]:
    """Yield the sentences of the paragraphs in which any of *spots* stands."""
    done = -1
    for spot, _ in spots:
        if spot > done:
            first = reading.rfind(PARAGRAPH, 0, spot) + 1
            done = reading.find(PARAGRAPH, spot)
            done = len(reading) if done < 0 else done
            yield from sentences(reading, first, done)


def _closest(inside: Sequence[tuple[str, Span]], best: Iterable[tuple[float, str]]) -> Span:
    """Return the shortest span that holds each of the words that fit *best* once."""
    needed = {other for _, other in best}
    latest: dict[str, Span] = {}
    found: list[tuple[int, Span]] = []
    for other, spot in inside:
        if other in needed:
            latest[other] = spot
        if len(latest) == len(needed):
            start = min(start for start, _ in latest.values())
            found.append((spot[1] - start, (start, spot[1])))
    return min(found)[1]


def small(text: str) -> str:
    """Return *text* in small letters, as long as it was."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
