"""Ids of quotations: they say the words, not where they are, so that links to them last."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..sources.library import Library
from ..sources.reading import read_whole
from ..sources.source import Source, Span
from ..text.permanent import (
    PermanentText,
    ascii_words,
    permanent,
    permanent_text,
    places_of,
    words_before,
)

HEX_DIGITS = 10
"""Of the SHA-256: two texts of one key and the same first words share these once in a trillion."""


@dataclass(slots=True)
class QuotationIds:
    """Makes the ids of quotations from the sources of *library*."""

    library: Library
    _wholes: dict[str, tuple[Source, PermanentText]] = field(default_factory=dict)
    _tails: dict[tuple[str, tuple[Span, ...]], str] = field(default_factory=dict)

    def of(self, key: str, spans: Sequence[Span], *, called: str = "") -> str:
        """Return the id of the words that the source *key* has at *spans* of its reading.

        It begins with the key, or with what the source was *called* before.
        """
        place = (key, tuple(spans))
        tail = self._tails.get(place)
        if tail is None:
            tail = self._tails[place] = self._tail(self.library.sources[key], spans)
        return f"{called or key}-{tail}"

    def _tail(self, source: Source, spans: Sequence[Span]) -> str:
        """Return what follows the key: first words, and the hash of all words."""
        parts = [permanent(source.reading[slice(*span)]) for span in spans]
        words = " ".join(parts)
        lines = [words, *self._before(source, spans, parts)]
        digest = hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()[:HEX_DIGITS]
        said = ascii_words(words)
        return f"{said}-{digest}" if said else digest

    def _before(self, source: Source, spans: Sequence[Span], parts: Sequence[str]) -> list[str]:
        """Return the words before each part that the copy has elsewhere, too.

        Elsewhere is where all parts can be read in their order with this one in another place.
        """
        whole, read = self._whole(source)
        own = [read.place(whole.index(source.offset(start))) for start, _ in spans]
        places = [
            sorted({*places_of(part, read.text), at}) for part, at in zip(parts, own, strict=True)
        ]
        return [
            words_before(read.text, at, [other for other in found if other != at])
            for at, found, (first, last) in zip(own, places, _outermost(places, parts), strict=True)
            if first != last
        ]

    def _whole(self, source: Source) -> tuple[Source, PermanentText]:
        """Return *source* read whole, furniture included.

        What a record calls furniture may change; which words a copy has twice does not.
        """
        if source.key not in self._wholes:
            whole = read_whole(source)
            self._wholes[source.key] = (whole, permanent_text(whole.reading))
        return self._wholes[source.key]


def _outermost(places: Sequence[Sequence[int]], parts: Sequence[str]) -> list[tuple[int, int]]:
    """Return the first and the last place of each part, if all are read in their order."""
    first: list[int] = []
    at = 0
    for found, part in zip(places, parts, strict=True):
        first.append(next((place for place in found if place >= at), found[-1]))
        at = first[-1] + len(part)
    last: list[int] = []
    for found, part in zip(reversed(places), reversed(parts), strict=True):
        fits = (p for p in reversed(found) if not last or p + len(part) <= last[-1])
        last.append(next(fits, found[0]))
    return list(zip(first, reversed(last), strict=True))


def place_id(key: str, source: Source, spans: Sequence[Span]) -> str:
    """Return the id that quotations had before: the key, and where the spans are in the copy."""
    edges: list[int] = []
    for span in spans:
        places = source.text_spans(span)
        edges += (places[0][0], places[-1][1])
    return f"{key}--{'-'.join(map(str, edges))}"
