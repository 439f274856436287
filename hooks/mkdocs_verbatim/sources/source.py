"""Sources: the copy we quote from, its record, and its reading."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..text.fold import Folded, fold
from ..text.words import count_words
from .record import Record

Span = tuple[int, int]
"""[start, end) in code points."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the copy between blank lines, with its number and first line, from 1."""

    number: int
    span: Span
    line: int
    reading: Span | None
    """Its span in the reading; None if all of it is furniture."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Source:
    """A copy and its record.

    *text* is the copy as decoded. *reading* is what a reader of the original reads: furniture,
    emphasis and link markup left out, joins closed with one space, PARAGRAPH between paragraphs.
    It is made of pieces: piece i is text[text_from[i]:text_to[i]] and begins at reading_from[i];
    before each piece whose number is in *seams* is one character that the copy does not have there.
    """

    key: str
    record: Record
    text: str
    sha256: str
    paragraphs: Sequence[Paragraph]
    reading: str
    text_from: array[int]
    text_to: array[int]
    reading_from: array[int]
    seams: frozenset[int]
    line_from: array[int]

    @cached_property
    def folded(self) -> Folded:
        """The reading in the form that is searched."""
        return fold(self.reading)

    @cached_property
    def words(self) -> int:
        """How many words the text has, furniture left out."""
        return count_words(self.reading)

    @property
    def language(self) -> str | None:
        """The tag of the language that the record states, such as `en-GB`."""
        stated = self.record.values.get("language")
        return stated if isinstance(stated, str) else None

    def count(self, spans: Iterable[Span]) -> int:
        """Return how many words are at *spans* of the reading."""
        return sum(count_words(self.reading[slice(*span)]) for span in spans)

    def offset(self, index: int) -> int:
        """Return the offset in the copy of the reading's character at *index*."""
        piece = bisect_right(self.reading_from, index) - 1
        return self.text_from[piece] + index - self.reading_from[piece]

    def follows_seam(self, index: int) -> bool:
        """Return whether the character before the reading's *index* is not in the copy."""
        piece = bisect_right(self.reading_from, index) - 1
        return piece in self.seams and self.reading_from[piece] == index

    def line(self, index: int) -> int:
        """Return the line of the copy, from 1, that holds the reading's *index*."""
        return bisect_right(self.line_from, self.offset(index))

    def paragraph(self, index: int) -> int:
        """Return the number of the paragraph that holds the reading's *index*."""
        return bisect_right(self._paragraph_from, self.offset(index))

    def paragraphs_of(self, span: Span) -> list[int]:
        """Return the numbers of the paragraphs that *span* of the reading touches."""
        first, last = self.paragraph(span[0]), self.paragraph(span[1] - 1)
        if first == last:
            return [first]
        return [p.number for p in self.paragraphs[first - 1 : last] if p.reading]

    def text_spans(self, span: Span) -> list[Span]:
        """Return the spans of the copy that *span* of the reading is: one more at every seam."""
        spans: list[Span] = []
        for piece, start, end in self._pieces(span):
            if spans and piece not in self.seams:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
        return spans

    def _pieces(self, span: Span) -> Iterator[tuple[int, int, int]]:
        start, end = span
        piece = max(0, bisect_right(self.reading_from, start) - 1)
        while piece < len(self.reading_from) and self.reading_from[piece] < end:
            shift = self.text_from[piece] - self.reading_from[piece]
            first = max(self.text_from[piece], start + shift)
            last = min(self.text_to[piece], end + shift)
            if first < last:
                yield piece, first, last
            piece += 1

    def is_emphasised(self, span: Span) -> bool:
        """Return whether the copy has marks of emphasis where *span* of the reading begins."""
        if self.record.copy is None or not self.record.copy.markdown or span[0] >= span[1]:
            return False
        piece = bisect_right(self.reading_from, span[0]) - 1
        if self.reading_from[piece] != span[0] or piece == 0:
            return False
        between = self.text[self.text_to[piece - 1] : self.text_from[piece]]
        return "*" in between or "_" in between

    def read(self, span: Span) -> str:
        """Return what is at *span* of the copy, without markup and furniture."""
        start, end = span
        parts: list[str] = []
        piece = bisect_right(self.text_to, start)
        while piece < len(self.text_from) and self.text_from[piece] < end:
            if parts and piece in self.seams:
                parts.append(" ")
            first, last = max(start, self.text_from[piece]), min(end, self.text_to[piece])
            parts.append(self.text[first:last])
            piece += 1
        return "".join(parts)

    def index(self, offset: int) -> int:
        """Return the reading's index of the first character at or after *offset* of the copy."""
        piece = bisect_right(self.text_to, offset)
        if piece == len(self.text_to):
            return len(self.reading)
        return self.reading_from[piece] + max(0, offset - self.text_from[piece])

    @cached_property
    def _paragraph_from(self) -> array[int]:
        return array("L", [paragraph.span[0] for paragraph in self.paragraphs])
