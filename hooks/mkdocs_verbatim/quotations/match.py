"""Matching: where a source has an author's words, word for word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ..sources.source import Source, Span
from ..text.boundaries import is_edge
from ..text.fold import PARAGRAPH, Folded, fold
from .mark import Item

MOST_PLACES = 1000
"""Places that are kept of one passage; more would only make a message longer."""


def needle(words: Sequence[str]) -> str:
    """Return the paragraphs *words* in the form that is searched."""
    # A page may hold the character PARAGRAPH, which separates no paragraphs there.
    return PARAGRAPH.join([fold(p.replace(PARAGRAPH, "\ufffd")).text.strip() for p in words])


def find(
    words: Sequence[str], source: Source, *, inline: bool = False, within: Span | None = None
) -> list[Span]:
    """Return every span of the reading of *source* that has *words* word for word, in order.

    In an *inline* quotation a single mark also equals the source's double one. *within* is a span
    of the reading, by default all of it. Spans are in code points.
    """
    wanted = needle(words)
    folded = source.folded
    return [
        (folded.start(at), folded.end(at + len(wanted)))
        for at in find_folded(wanted, source, inline=inline, within=within)
    ]


def holders(
    words: Sequence[str], sources: Mapping[str, Source], *, inline: bool = False
) -> Iterator[tuple[str, Span]]:
    """Yield the key of each of *sources* that has *words* word for word, with the first span.

    See *find*; the words are folded only once, as there may be thousands of sources.
    """
    wanted = needle(words)
    for key, source in sources.items():
        at = next(find_folded(wanted, source, inline=inline), None)
        if at is not None:
            yield key, (source.folded.start(at), source.folded.end(at + len(wanted)))


def find_folded(
    wanted: str, source: Source, *, inline: bool, within: Span | None = None
) -> Iterator[int]:
    """Yield the index of each place of *wanted*, as whole words; it and the reading are folded."""
    if not wanted:
        return
    text = source.folded.text
    low, high = (source.folded.index(edge) for edge in within) if within else (0, len(text))
    if not inline or "'" not in wanted:
        yield from _whole_places(wanted, text, source, (low, high))
        return
    doubles = [i for i, c in enumerate(wanted) if c == '"']
    for at in _whole_places(wanted.replace('"', "'"), text.replace('"', "'"), source, (low, high)):
        if all(text[at + i] == '"' for i in doubles):
            yield at


def named_span(item: Item, source: Source) -> Span | None:
    """Return the span from the first paragraph that *item* names to the last; None if none is."""
    numbers = [number for pair in item.paragraphs for number in pair]
    if not numbers:
        return None
    spans = [p.reading for p in source.paragraphs[min(numbers) - 1 : max(numbers)] if p.reading]
    return (spans[0][0], spans[-1][1]) if spans else (0, 0)


def _whole_places(wanted: str, text: str, source: Source, within: Span) -> Iterator[int]:
    folded = source.folded
    at = text.find(wanted, *within)
    kept = 0
    while at >= 0 and kept < MOST_PLACES:
        end = at + len(wanted)
        if is_whole(folded, at) and is_whole(folded, end):
            first, last = folded.start(at), folded.end(end)
            if is_edge(source.reading, first) and is_edge(source.reading, last):
                kept += 1
                yield at
        at = text.find(wanted, at + 1, within[1])


def is_whole(folded: Folded, index: int) -> bool:
    """Return whether *index* is not inside of what was one character, such as `…`."""
    return not folded.from_ or folded.end(index) <= folded.start(index)


def fits(span: Span, source: Source, item: Item) -> bool:
    """Return whether *span* is within the paragraphs of *item* and begins on one of its lines."""
    if item.paragraphs:
        inside = source.paragraphs_of(span)
        if not all(any(a <= n <= b for a, b in item.paragraphs) for n in inside):
            return False
    if item.lines:
        line = source.line(span[0])
        return any(a <= line <= b for a, b in item.lines)
    return True


def unknown_places(item: Item, source: Source) -> list[str]:
    """Return the paragraphs and lines that *item* names but *source* does not have."""
    if not item.locator:
        return []
    wrong: list[str] = []
    for name, ranges, most in (
        ("para.", item.paragraphs, len(source.paragraphs)),
        ("line", item.lines, len(source.line_from)),
    ):
        wrong += [
            f"{name} {a}" if a == b else f"{name} {a}–{b}"
            for a, b in ranges
            if not 1 <= a <= b <= most
        ]
    return wrong


def boundaries(words: str, span: Span, source: Source, cuts: Sequence[int]) -> list[Span]:
    """Return *span* of the reading in parts, cut where the author's *words* are cut.

    *cuts* are offsets in *words*, in order; there is one part more, and no gap between two.
    """
    if not cuts:
        return [span]
    folded = fold(words)
    lead = len(folded.text) - len(folded.text.lstrip())
    first = source.folded.index(span[0]) - lead
    offsets = [span[0]]
    for cut in cuts:
        at = source.folded.start(first + folded.index(cut))
        offsets.append(min(max(at, offsets[-1]), span[1]))
    offsets.append(span[1])
    return list(pairwise(offsets))


def paragraph_spans(span: Span, source: Source) -> list[Span]:
    """Return *span* of the reading, cut where a paragraph ends."""
    start, end = span
    parts: list[Span] = []
    while (cut := source.reading.find(PARAGRAPH, start, end)) >= 0:
        parts.append((start, cut))
        start = cut + 1
    return [*parts, (start, end)]
