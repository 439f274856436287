"""Proofs: which part of a source proves each part of an author's words, with editorial marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ..sources.source import Source, Span
from ..text.fold import PARAGRAPH
from .editorial import Sign
from .match import boundaries, paragraph_spans


@dataclass(frozen=True, slots=True)
class Part:
    """Words [*start*, *end*) of the author's, and the *span* of the reading that proves them.

    Without a *sign* the span is shown; with one, it is what the sign leaves out, replaces or
    fetches.
    """

    start: int
    end: int
    span: Span
    sign: Sign | None = None

    @property
    def is_shown(self) -> bool:
        """Whether a reader sees *span*, whose words the author typed or the build fetches."""
        return self.sign is None or self.sign.kind == "pull"


@dataclass(frozen=True)
class Proof:
    """Where *source* has *words*, whose paragraphs are joined by PARAGRAPH."""

    words: str
    source: Source
    parts: tuple[Part, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The spans of the reading that are shown, in order; two without a gap are one."""
        return (self.parts[0].span,) if self._is_literal else self._spans

    @property
    def _is_literal(self) -> bool:
        """Whether the author wrote only words of the source, as in nearly every quotation."""
        return len(self.parts) == 1 and self.parts[0].sign is None

    @cached_property
    def _spans(self) -> tuple[Span, ...]:
        spans: list[Span] = []
        joined = False
        for part in self.parts:
            if not part.is_shown:
                joined = joined and part.span[0] == part.span[1]
                continue
            if spans and joined:
                spans[-1] = (spans[-1][0], part.span[1])
            else:
                spans.append(part.span)
            joined = True
        return tuple(spans)

    @property
    def span(self) -> Span:
        """The span from the first word shown to the last."""
        return (self.spans[0][0], self.spans[-1][1])

    def parts_in(self, start: int, end: int) -> list[Part]:
        """Return the parts in the paragraph [*start*, *end*) of the words, with offsets in it."""
        parts: list[Part] = []
        for part in self.parts:
            if part.sign is not None:
                parts += [part] if start <= part.start < end else []
                continue
            inner = _by_paragraph(part, self.words, self.source)
            parts += [p for p in inner if start <= p.start < end]
        return [Part(p.start - start, p.end - start, p.span, p.sign) for p in parts]

    @property
    def changes(self) -> tuple[Part, ...]:
        """The parts by which the author changed the source's words."""
        if self._is_literal:
            return ()
        return tuple(part for part in self.parts if not part.is_shown)


def _by_paragraph(part: Part, words: str, source: Source) -> list[Part]:
    """Return *part*, cut where the author's paragraphs end; those of the source end there, too."""
    text = words[part.start : part.end]
    edges = [-1, *(i for i, c in enumerate(text) if c == PARAGRAPH), len(text)]
    ranges = [(a + 1, b) for a, b in pairwise(edges) if text[a + 1 : b].strip()]
    return [
        Part(part.start + a, part.start + b, span)
        for (a, b), span in zip(ranges, paragraph_spans(part.span, source), strict=True)
    ]


def joined(words: Sequence[str]) -> str:
    """Return the paragraphs *words* as one text, separated by PARAGRAPH."""
    # A page may hold that character.
    return PARAGRAPH.join([paragraph.replace(PARAGRAPH, "\ufffd") for paragraph in words])


def part_boundaries(part: Part, words: str, source: Source, cuts: Sequence[int]) -> list[Span]:
    """Return the spans into which *cuts*, offsets in *words*, cut the span of a shown *part*."""
    inside = [cut - part.start for cut in cuts]
    return boundaries(words[part.start : part.end], part.span, source, inside)


def is_emphasis_added(proof: Proof, stressed: Sequence[Span]) -> bool:
    """Return whether any of the *stressed* ranges of the author's words is not so in the source."""
    for start, end in stressed:
        for part in proof.parts:
            low, high = max(start, part.start), min(end, part.end)
            if part.sign is not None or low >= high:
                continue
            _, middle, _ = part_boundaries(part, proof.words, proof.source, [low, high])
            if not proof.source.is_emphasised(middle):
                return True
    return False
