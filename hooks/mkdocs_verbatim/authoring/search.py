"""Search: where the sources have a phrase, word for word or as somebody remembers it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz import fuzz

from ..quotations.fuzzy import HIGH_LIKENESS, LEAST_LIKENESS, nearest, whole_words
from ..quotations.hints import paragraphs_label
from ..quotations.mark import parse_citation
from ..quotations.match import find, fits
from ..sources.limits import context
from ..sources.source import Source, Span
from ..sources.speech import Chain, Voices, chain
from ..text.fold import DOUBLE_MARKS, PARAGRAPH, fold
from ..text.locators import located
from ..text.words import WORDS
from .word_search import SEARCH_WORD, lower, search_words

HitKind = Literal["exact", "near", "recalled"]

LONGEST_SOUGHT = 400
"""Code points of a phrase that inexact places are sought by: the time grows with them."""

MOST_CANDIDATES = 50
"""Inexact places that are kept: more than anybody reads."""

LEAST_SHARE = 0.7
"""The share of the best place's likeness that another needs to be shown beside it."""

LEADING = f"{DOUBLE_MARKS} ([—–"
TRAILING = f"{DOUBLE_MARKS} )],;:—–"
# What Markdown would read as markup in words that are pasted into a page.
MARKUP = re.compile(r"[\\`*_]|<|&(?=#?\w+;)|\[(?=[^\[\]]*\][(\[])")
NESTED = str.maketrans({'"': "'", "“": "‘", "„": "‘", "”": "’", "‟": "’"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A place of a source that has a phrase, or words like it; *likeness* is from 0 to 100.

    *chain* is None if the words are of more than one speaker, *reference* if no citation names this
    place alone.
    """

    kind: HitKind
    likeness: float
    source: Source
    span: Span
    around: Span
    chain: Chain | None
    reference: str | None


@dataclass(frozen=True, slots=True)
class _Place:
    kind: HitKind
    likeness: float
    key: str
    span: Span


def search(
    phrase: str, sources: Mapping[str, Source], voices: Mapping[str, Voices], limit: int
) -> tuple[list[Hit], int]:
    """Return the best *limit* places of *phrase* in all *sources*, and how many there are.

    Places that have it word for word come first, in the order of the sources; then the others, by
    their likeness.
    """
    words = phrase.strip().strip(DOUBLE_MARKS).strip()
    found: list[_Place] = []
    if not any(character.isalnum() for character in words):
        return [], 0
    for key, source in sources.items():
        found += [_Place("exact", 100, key, span) for span in find([words], source, inline=True)]
    others = [*_near(words, sources)]
    for likeness, key, span in search_words(words[:LONGEST_SOUGHT], sources):
        others.append(_Place("recalled", likeness, key, span))
    least = LEAST_SHARE * max((place.likeness for place in [*found, *others]), default=0)
    for place in sorted(others, key=lambda place: -place.likeness)[:MOST_CANDIDATES]:
        if place.likeness >= least and not any(_overlap(place, other) for other in found):
            found.append(place)
    hits = [_hit(place, sources[place.key], voices[place.key]) for place in found[:limit]]
    return hits, len(found)


def _overlap(one: _Place, other: _Place) -> bool:
    same = one.key == other.key
    return same and one.span[0] < other.span[1] and other.span[0] < one.span[1]


def _near(words: str, sources: Mapping[str, Source]) -> Iterator[_Place]:
    """Yield of each source the passage most like *words*, compared letter by letter."""
    wanted = lower(fold(words).text.strip()[:LONGEST_SOUGHT])
    if not wanted:
        return
    ours = set(SEARCH_WORD.findall(wanted))
    for key, source in sources.items():
        near = nearest(wanted, lower(source.folded.text), source.folded)
        if near is None:
            continue
        span = _trimmed(whole_words(near[1], source.reading), source.reading)
        theirs = lower(fold(source.reading[slice(*span)]).text)
        likeness = fuzz.ratio(wanted, theirs)
        # Letters may be alike by chance: without a word the same, more of them must be.
        same = not ours.isdisjoint(SEARCH_WORD.findall(theirs))
        if theirs and likeness >= (LEAST_LIKENESS if same else HIGH_LIKENESS):
            yield _Place("near", likeness, key, span)


def _trimmed(span: Span, text: str) -> Span:
    """Return *span* of *text* without the marks and commas at its edges."""
    start, end = span
    while start < end and text[start] in LEADING:
        start += 1
    while start < end and text[end - 1] in TRAILING:
        end -= 1
    return start, end


def _hit(place: _Place, source: Source, voices: Voices) -> Hit:
    hit = Hit(
        kind=place.kind,
        likeness=place.likeness,
        source=source,
        span=place.span,
        around=context(place.span, source, voices),
        chain=chain([place.span], source, voices),
        reference=None,
    )
    return replace(hit, reference=_reference(hit))


def _reference(hit: Hit) -> str | None:
    """Return the words of *hit*, or more, with a citation that names their place alone, or None."""
    source = hit.source
    for start, end in _wider(hit):
        text = source.reading[start:end]
        if PARAGRAPH in text:
            return None
        words = " ".join(text.split())
        places = find([words.translate(NESTED)], source, inline=True)
        if (start, end) not in places:
            continue
        for locator in (
            paragraphs_label((start, end), source),
            located("line", [source.line(start)]),
        ):
            (item,) = parse_citation(f"@{source.key}, {locator}").items
            if [place for place in places if fits(place, source, item)] == [(start, end)]:
                return f"“{_pasted(words)}” [@{source.key}, {locator}]"
    return None


def _wider(hit: Hit) -> Iterator[Span]:
    """Yield the span of *hit*, then ever wider ones, by a word on either side, in what is shown."""
    (low, high), text = hit.around, hit.source.reading
    start, end = hit.span
    yield start, end
    before = [match.start() for match in WORDS.finditer(text, low, start)]
    after = [match.end() for match in WORDS.finditer(text, end, high)]
    while before or after:
        start = before.pop() if before else start
        end = after.pop(0) if after else end
        yield _trimmed((start, end), text)


def _pasted(words: str) -> str:
    """Return *words* as an author writes them between double marks in a page."""
    written = words.translate(NESTED)
    return MARKUP.sub(lambda m: {"<": "&lt;", "&": "&amp;"}.get(m[0], f"\\{m[0]}"), written)
