"""Limits: how much of a source is shown, and the context that quotations are given."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..problem import Problem, RuleId
from ..text.fold import PARAGRAPH
from ..text.words import WORDS, count_words, sentence
from .source import Source, Span
from .speech import Voices, is_sensitive, within

CONTEXT_WORDS = 10
"""Words of context on either side of a quotation, at most."""


@dataclass(frozen=True, slots=True)
class Shares:
    """How many words of a source are quoted, are published in any way, and exist in all.

    The author's are those outside the words of others, also counted quoted and in all.
    """

    quoted: int
    published: int
    words: int
    author_quoted: int = 0
    author_words: int = 0


class Counter:
    """Counts the words of a text that lie in any of the spans added; no word counts twice."""

    def __init__(self, text: str) -> None:
        """Count in the reading *text*, without any span so far."""
        self._text = text
        # The spans so far, widened to whole words, apart from each other and in order.
        self._starts: list[int] = []
        self._ends: list[int] = []
        self.count = 0
        """How many words the spans touch."""

    def add(self, span: Span) -> None:
        """Count *span* too."""
        self.count = self.with_span(span)
        start, end = self._whole(span)
        first, last = self._met(start, end)
        if first < last:
            start, end = min(start, self._starts[first]), max(end, self._ends[last - 1])
        self._starts[first:last], self._ends[first:last] = [start], [end]

    def with_span(self, span: Span) -> int:
        """Return the count as it would be with *span* added."""
        start, end = self._whole(span)
        first, last = self._met(start, end)
        new = 0
        for met in range(first, last):
            new += count_words(self._text[start : max(start, self._starts[met])])
            start = max(start, self._ends[met])
        return self.count + new + count_words(self._text[start:end])

    def _whole(self, span: Span) -> Span:
        match = WORDS.match(self._text, span[1])
        start = span[0]
        while start and not (self._text[start - 1].isspace() or self._text[start - 1] == PARAGRAPH):
            start -= 1
        return start, match.end() if match else span[1]

    def _met(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the spans so far that touch [*start*, *end*)."""
        return bisect_left(self._ends, start), bisect_right(self._starts, end)


def context(span: Span, source: Source, voices: Voices) -> Span:
    """Return *span* widened within its sentence, by at most ten words on either side.

    A sensitive span is returned as it is, and no other is widened into a sensitive one.
    """
    if is_sensitive(span, voices):
        return span
    text = source.reading
    low, high = sentence(text, *span)
    for start, end in voices.sensitive:
        low = max(low, end) if end <= span[0] else low
        high = min(high, start) if start >= span[1] else high
    before = [m.start() for m in WORDS.finditer(text, low, span[0])][-CONTEXT_WORDS:]
    after = [m.end() for m in WORDS.finditer(text, span[1], high)][:CONTEXT_WORDS]
    assert PARAGRAPH not in text[low : span[0]] + text[span[1] : high]
    return (before[0] if before else span[0], after[-1] if after else span[1])


def longest(span: Span, source: Source) -> int | None:
    """Return how many words an excerpt at *span* may have, or None if it has no limit."""
    limits = source.record.limits
    if source.record.full:
        return None
    numbers = source.paragraphs_of(span) if limits.longer else []
    for longer in limits.longer:
        if longer.first <= numbers[0] and numbers[-1] <= longer.last:
            return longer.words
    return limits.excerpt_words


def excess(spans: Sequence[Span], source: Source) -> str | None:
    """Return the message for an excerpt made of *spans* that is too long, or None."""
    most = longest((spans[0][0], spans[-1][1]), source)
    words = source.count(spans)
    if most is None or words <= most:
        return None
    return f"{words} words of {source.key!r} in one excerpt; its record allows {most}"


def unshown(spans: Sequence[Span], source: Source, voices: Voices) -> str | None:
    """Return the message for *spans* with more of a sensitive passage than is allowed, or None."""
    for held, shown in voices.shown:
        for start, end in spans:
            part = max(start, held[0]), min(end, held[1])
            if part[0] >= part[1] or (shown and within(part, shown, source)):
                continue
            if not any(c.isalnum() for c in source.reading[slice(*part)]):
                continue
            there = f"a sensitive passage (para. {source.paragraph(held[0])})"
            most = f"at most '{_ends(source.reading[slice(*shown)])}'" if shown else "nothing"
            return f"more of {there} than the record of {source.key!r} lets be quoted: {most}"
    return None


def _ends(text: str) -> str:
    """Return the first and last words of *text*, as a message names it."""
    words = text.split()
    return " ".join(words if len(words) < 8 else [*words[:3], "…", *words[-3:]])


def settle(
    spans: Sequence[Span], source: Source, voices: Voices, told: Sequence[Span] = ()
) -> tuple[dict[Span, Span], Shares]:
    """Return the context of each of the quoted *spans*, and the shares.

    A span has context while the published share allows; earlier spans take precedence. *told* is
    what receipts show of the source besides, which counts as published.
    """
    counter = Counter(source.reading)
    for span in spans:
        counter.add(span)
    quoted = counter.count
    for span in told:
        counter.add(span)
    share = source.record.limits.published_share
    most = None if source.record.full or share is None else share * source.words
    around: dict[Span, Span] = {}
    for span in spans:
        wider = context(span, source, voices)
        if most is None or counter.with_span(wider) <= most:
            counter.add(wider)
            around[span] = wider
    own = _author_words(spans, source, voices)
    return around, Shares(quoted, counter.count, source.words, *own)


def _author_words(spans: Sequence[Span], source: Source, voices: Voices) -> tuple[int, int]:
    """Return how many of the author's own words are in *spans*, and how many there are."""
    # Without a list of people it is not known who speaks.
    unknown = source.record.speech and not voices.speeches
    if source.record.limits.author_share is None or unknown:
        return 0, 0
    counter = Counter(source.reading)
    for speech in voices.speeches:
        if speech.is_verbatim:
            counter.add(speech.span)
    others = counter.count
    for span in spans:
        counter.add(span)
    return counter.count - others, source.words - others


def exceeded(source: Source, shares: Shares) -> Iterator[Problem]:
    """Yield a problem for each share that is more than the record of *source* allows."""
    limits, own = source.record.limits, shares.author_words
    if source.record.full:
        return
    checks: tuple[tuple[RuleId, str, int, int, float | None], ...] = (
        ("quoted-share", "quoted", shares.quoted, shares.words, limits.quoted_share),
        ("published-share", "published", shares.published, shares.words, limits.published_share),
        (
            "author-share",
            "of the author's own quoted",
            shares.author_quoted,
            own,
            limits.author_share,
        ),
    )
    for rule, what, count, words, share in checks:
        if share is None or count <= share * words:
            continue
        said = f"{count} of {words} words {what} ({count / words:.1%})"
        message = f"{said}; the record allows {share:.1%}"
        yield Problem(path=source.record.path, line=limits.line, rule=rule, message=message)
