"""Matching: where an author's words stand in a source, word for word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ..sources.source import Source, Span
from ..text.boundaries import is_edge
from ..text.fold import PARAGRAPH, Folded, fold
from .mark import Item

MOST = 1000
"""Places kept of one passage; more only make a message longer."""


def needle(words: Sequence[str]) -> str:
    """Return *words*, a text a paragraph, in the form that is searched."""
    # A page may hold the sign that parts paragraphs; there it is nothing of the kind.
    return PARAGRAPH.join([fold(p.replace(PARAGRAPH, "\ufffd")).text.strip() for p in words])


def find(
    words: Sequence[str], source: Source, *, inline: bool = False, within: Span | None = None
) -> list[Span]:
    """Return every place in the reading of *source* where *words* stand word for word.

    In an *inline* quotation a single mark also equals the source's double one. *within* is a span
    of the reading, by default all of it.
    """
    wanted = needle(words)
    folded = source.folded
    return [
        (folded.start(at), folded.end(at + len(wanted)))
        for at in places(wanted, source, inline=inline, within=within)
    ]


def holders(
    words: Sequence[str], sources: Mapping[str, Source], *, inline: bool = False
) -> Iterator[tuple[str, Span]]:
    """Yield the key of each of *sources* in which *words* stand word for word, and where first.

    See *find*; of thousands of sources each is searched, but the words are read once.
    """
    wanted = needle(words)
    for key, source in sources.items():
        at = next(places(wanted, source, inline=inline), None)
        if at is not None:
            yield key, (source.folded.start(at), source.folded.end(at + len(wanted)))


def places(
    wanted: str, source: Source, *, inline: bool, within: Span | None = None
) -> Iterator[int]:
    """Yield where in the folded reading of *source* the folded *wanted* stands, whole words."""
    if not wanted:
        return
    text = source.folded.text
    low, high = (source.folded.index(edge) for edge in within) if within else (0, len(text))
    if not inline or "'" not in wanted:
        yield from _places(wanted, text, source, (low, high))
        return
    doubles = [i for i, c in enumerate(wanted) if c == '"']
    for at in _places(wanted.replace('"', "'"), text.replace('"', "'"), source, (low, high)):
        if all(text[at + i] == '"' for i in doubles):
            yield at


def named(item: Item, source: Source) -> Span | None:
    """Return the span of the reading from the first paragraph that *item* names to the last."""
    numbers = [number for pair in item.paragraphs for number in pair]
    if not numbers:
        return None
    spans = [p.reading for p in source.paragraphs[min(numbers) - 1 : max(numbers)] if p.reading]
    return (spans[0][0], spans[-1][1]) if spans else (0, 0)


def _places(wanted: str, text: str, source: Source, within: Span) -> Iterator[int]:
    folded = source.folded
    at = text.find(wanted, *within)
    kept = 0
    while at >= 0 and kept < MOST:
        end = at + len(wanted)
        if is_whole(folded, at) and is_whole(folded, end):
            first, last = folded.start(at), folded.end(end)
            if is_edge(source.reading, first) and is_edge(source.reading, last):
                kept += 1
                yield at
        at = text.find(wanted, at + 1, within[1])


def is_whole(folded: Folded, index: int) -> bool:
    """Tell whether *index* does not stand inside what was one character, such as `…`."""
    return not folded.from_ or folded.end(index) <= folded.start(index)


def fits(span: Span, source: Source, item: Item) -> bool:
    """Tell whether *span* lies within the paragraphs of *item* and begins on one of its lines."""
    if item.paragraphs:
        inside = source.paragraphs_of(span)
        if not all(any(a <= n <= b for a, b in item.paragraphs) for n in inside):
            return False
    if item.lines:
        line = source.line(span[0])
        return any(a <= line <= b for a, b in item.lines)
    return True


def unknown_places(item: Item, source: Source) -> list[str]:
    """Return the paragraphs and lines that *item* names and *source* does not have."""
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
    """Return *span* of the reading in parts: one between each two *cuts* of the author's *words*.

    *cuts* are offsets in *words*, in order; the parts follow each other without a gap.
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
    """Return *span* of the reading cut where a paragraph ends."""
    start, end = span
    parts: list[Span] = []
    while (cut := source.reading.find(PARAGRAPH, start, end)) >= 0:
        parts.append((start, cut))
        start = cut + 1
    return [*parts, (start, end)]
