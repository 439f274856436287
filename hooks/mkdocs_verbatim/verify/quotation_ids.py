"""Works the ids of quotations out anew, from the words that their places have in the copies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

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


class QuotationIds:
    """Says which id belongs to words of a source; remembers what it has read."""

    def __init__(self) -> None:
        """Know no source yet."""
        self._texts: dict[str, tuple[Source, PermanentText]] = {}
        self._ids: dict[tuple[str, tuple[Span, ...]], str] = {}

    def of(self, source: Source, spans: Sequence[Span]) -> str:
        """Return the id on a page of the words that *source* has at *spans* of its reading."""
        known = (source.key, tuple(spans))
        if known not in self._ids:
            parts = [permanent(source.reading[start:end]) for start, end in spans]
            words = " ".join(parts)
            hashed = "\n".join([words, *self._contexts(source, spans, parts)])
            names = [source.key, ascii_words(words), sha256(hashed.encode()).hexdigest()[:10]]
            self._ids[known] = f"q-{'-'.join(name for name in names if name)}"
        return self._ids[known]

    def _contexts(
        self, source: Source, spans: Sequence[Span], parts: Sequence[str]
    ) -> Iterator[str]:
        """Yield what comes before each part that may be read elsewhere in the copy, too."""
        if source.key not in self._texts:
            whole = read_whole(source)
            self._texts[source.key] = (whole, permanent_text(whole.reading))
        whole, read = self._texts[source.key]
        own = [read.place(whole.index(source.offset(start))) for start, _ in spans]
        everywhere = [
            {*places_of(part, read.text), at} for part, at in zip(parts, own, strict=True)
        ]
        in_order = _in_order(everywhere, [len(part) for part in parts])
        for at, found, there in zip(own, everywhere, in_order, strict=True):
            if len(there) > 1:
                yield words_before(read.text, at, sorted(found - {at}))


def _in_order(everywhere: Sequence[set[int]], lengths: Sequence[int]) -> list[set[int]]:
    """Return of each part the places at which it is when all are read one after the other."""
    after: list[set[int]] = []
    least = 0
    for found, length in zip(everywhere, lengths, strict=True):
        after.append({place for place in found if place >= least})
        least = min(after[-1], default=0) + length
    kept: list[set[int]] = []
    most: float = float("inf")
    for found, length in zip(reversed(after), reversed(lengths), strict=True):
        kept.append({place for place in found if place + length <= most})
        most = max(kept[-1], default=most)
    return kept[::-1]
