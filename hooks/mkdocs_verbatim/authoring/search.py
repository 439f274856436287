"""Seek: where a phrase stands in the sources, also one that is only half remembered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz import fuzz

from ..quotations.fuzzy import ALIKE, NEAR, nearest, whole_words
from ..quotations.mark import parse_citation
from ..quotations.match import find, fits
from ..sources.limits import context
from ..sources.source import Source, Span
from ..sources.speech import Chain, Voices, chain
from ..text.fold import DOUBLE_MARKS, PARAGRAPH, fold
from ..text.locators import located
from ..text.words import WORDS
from .word_search import WORD, recall, small

Kind = Literal["exact", "near", "recalled"]

LONGEST = 400
"""Code points of a phrase by which near places are sought: the time grows with them."""

CANDIDATES = 50
"""Places that are not exact and are kept: more than anybody reads."""

LEAST = 0.7
"""The share of the best place's likeness that makes another worth showing beside it."""

BEFORE = f"{DOUBLE_MARKS} ([—–"
BEHIND = f"{DOUBLE_MARKS} )],;:—–"
# What Markdown would read as markup, in words that are pasted into a page.
MARKUP = re.compile(r"[\\`*_]|<|&(?=#?\w+;)|\[(?=[^\[\]]*\][(\[])")
NESTED = str.maketrans({'"': "'", "“": "‘", "„": "‘", "”": "’", "‟": "’"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A place of a source where a phrase stands, or nearly; *likeness* is from 0 to 100.

    *chain* is None where the words run from one voice into another, *reference* where no citation
    could tell the place from others.
    """

    kind: Kind
    likeness: float
    source: Source
    span: Span
    around: Span
    chain: Chain | None
    reference: str | None


@dataclass(frozen=True, slots=True)
class _Place:
    kind: Kind
    likeness: float
    key: str
    span: Span


def seek(
    phrase: str, sources: Mapping[str, Source], voices: Mapping[str, Voices], limit: int
) -> tuple[list[Hit], int]:
    """Return the best *limit* places of *phrase* in all *sources*, and how many there are.

    Places where it stands word for word come first, in the order of the sources; then those that
    are most like it.
    """
    words = phrase.strip().strip(DOUBLE_MARKS).strip()
    found: list[_Place] = []
    if not any(character.isalnum() for character in words):
        return [], 0
    for key, source in sources.items():
        found += [_Place("exact", 100, key, span) for span in find([words], source, inline=True)]
    others = [*_near(words, sources)]
    for likeness, key, span in recall(words[:LONGEST], sources):
        others.append(_Place("recalled", likeness, key, span))
    least = LEAST * max((place.likeness for place in [*found, *others]), default=0)
    for place in sorted(others, key=lambda place: -place.likeness)[:CANDIDATES]:
        if place.likeness >= least and not any(_overlap(place, other) for other in found):
            found.append(place)
    hits = [_hit(place, sources[place.key], voices[place.key]) for place in found[:limit]]
    return hits, len(found)


def _overlap(one: _Place, other: _Place) -> bool:
    same = one.key == other.key
    return same and one.span[0] < other.span[1] and other.span[0] < one.span[1]


def _near(words: str, sources: Mapping[str, Source]) -> Iterator[_Place]:
    """Yield the passage of each source that is most like *words*, letter by letter."""
    wanted = small(fold(words).text.strip()[:LONGEST])
    if not wanted:
        return
    ours = set(WORD.findall(wanted))
    for key, source in sources.items():
        near = nearest(wanted, small(source.folded.text), source.folded)
        if near is None:
            continue
        span = _trimmed(whole_words(near[1], source.reading), source.reading)
        theirs = small(fold(source.reading[slice(*span)]).text)
        likeness = fuzz.ratio(wanted, theirs)
        # Letters that happen to be alike make no passage: a word must be the same.
        same = not ours.isdisjoint(WORD.findall(theirs))
        if theirs and likeness >= (NEAR if same else ALIKE):
            yield _Place("near", likeness, key, span)


def _trimmed(span: Span, text: str) -> Span:
    """Return *span* of *text* without the marks and commas at its edges."""
    start, end = span
    while start < end and text[start] in BEFORE:
        start += 1
    while start < end and text[end - 1] in BEHIND:
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
    """Return the words of *hit* and a citation that tells the place; more words if need be."""
    source = hit.source
    for start, end in _wider(hit):
        text = source.reading[start:end]
        if PARAGRAPH in text:
            return None
        words = " ".join(text.split())
        places = find([words.translate(NESTED)], source, inline=True)
        if (start, end) not in places:
            continue
        paragraphs = located("para", source.paragraphs_of((start, end)))
        for locator in (paragraphs, located("line", [source.line(start)])):
            (item,) = parse_citation(f"@{source.key}, {locator}").items
            if [place for place in places if fits(place, source, item)] == [(start, end)]:
                return f"“{_pasted(words)}” [@{source.key}, {locator}]"
    return None


def _wider(hit: Hit) -> Iterator[Span]:
    """Yield the span of *hit*, then spans with a word more on either side, as far as is shown."""
    (low, high), text = hit.around, hit.source.reading
    start, end = hit.span
    yield start, end
    before = [match.start() for match in WORDS.finditer(text, low, start)]
    behind = [match.end() for match in WORDS.finditer(text, end, high)]
    while before or behind:
        start = before.pop() if before else start
        end = behind.pop(0) if behind else end
        yield _trimmed((start, end), text)


def _pasted(words: str) -> str:
    """Return *words* as they are written between double marks in a page."""
    written = words.translate(NESTED)
    return MARKUP.sub(lambda m: {"<": "&lt;", "&": "&amp;"}.get(m[0], f"\\{m[0]}"), written)
