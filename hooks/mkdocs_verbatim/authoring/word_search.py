"""Word search: where a source has the words of a phrase, in any order and spelling."""

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

LEAST_SHARE = 0.5
"""The share of a phrase's words that a sentence must have; rare words count more."""

LEAST_SPELLING = 80
"""The least likeness (rapidfuzz, 0 to 100) of two spellings or forms of one word."""

SEARCH_WORD = re.compile(r"[^\W_]+")


def search_words(words: str, sources: Mapping[str, Source]) -> Iterator[tuple[float, str, Span]]:
    """Yield where a sentence has most of *words*: likeness up to 100, key of the source, span."""
    wanted = list(dict.fromkeys(SEARCH_WORD.findall(lower(fold(words).text))))
    if len(wanted) < 2:
        return
    texts = {key: lower(source.reading) for key, source in sources.items()}
    counts: Counter[str] = Counter()
    for text in texts.values():
        counts.update(SEARCH_WORD.findall(text))
    total = counts.total()
    worth = {word: _worth(counts[word], total) for word in wanted}
    meant = _spellings(wanted, counts)
    for key, text in texts.items():
        for share, span in _shares(text, sources[key].reading, meant, worth):
            # Words that are far apart are less likely the phrase that somebody remembers.
            close = min(1, len(wanted) / count_words(text[slice(*span)]))
            yield 50 * share * (1 + close), key, span


def _worth(count: int, total: int) -> float:
    """Return the weight of a word: rare words have more; one that no source has, a little less."""
    return math.log1p(total / count) if count else 0.7 * math.log1p(total)


def _spellings(
    wanted: Sequence[str], counts: Mapping[str, int]
) -> dict[str, list[tuple[str, float]]]:
    """Return for words of the sources which *wanted* ones they may be, and how alike, up to 1."""
    meant: dict[str, list[tuple[str, float]]] = {}
    for word in wanted:
        if len(word) < 4:
            alike = [(word, 100.0, 0)] if word in counts else []
        else:
            alike = process.extract(
                word, list(counts), scorer=fuzz.ratio, score_cutoff=LEAST_SPELLING
            )
        for other, score, _ in alike:
            meant.setdefault(other, []).append((word, score / 100))
    return meant


def _shares(
    text: str,
    reading: str,
    meant: Mapping[str, list[tuple[str, float]]],
    worth: Mapping[str, float],
) -> Iterator[tuple[float, Span]]:
    """Yield the share of the wanted words that a sentence has, if it is enough, and their span.

    *text* is *reading* in lower case.
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
        if share >= LEAST_SHARE and len(best) > 1:
            yield share, _closest([(text[slice(*spot)], spot) for spot in inside], best.values())


def _sentences(reading: str, spots: Sequence[Span]) -> Iterator[Span]:
    """Yield the sentences of the paragraphs that any of *spots* is in."""
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


def lower(text: str) -> str:
    """Return *text* in lower case, with as many code points."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
