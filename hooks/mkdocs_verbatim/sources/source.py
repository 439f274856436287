"""Sources: the copy we quote from, and the text that a reader of the original reads in it."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..problem import Problem
from ..text.fold import IGNORED, PARAGRAPH, WHITE, Folded, fold
from ..text.markup import markup
from ..text.words import count_words
from .record import Record

Span = tuple[int, int]
"""[start, end) in code points."""

UNSEEN = f" {WHITE}{IGNORED}"
"""What a paragraph neither begins nor ends with."""

LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the copy between blank lines, with its number and first line, from 1."""

    number: int
    span: Span
    line: int
    reading: Span | None
    """Where it stands in the reading; None if all of it is furniture."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Source:
    """A copy and its record.

    *text* is the copy as decoded. *reading* is what a reader of the original reads: furniture,
    emphasis and link markup left out, joins closed with one space, PARAGRAPH between paragraphs.
    It is made of pieces: piece i is text[text_from[i]:text_to[i]] and begins at reading_from[i];
    before each of *seams* stands one character that the copy does not have there.
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

    def count(self, spans: Iterable[Span]) -> int:
        """Return how many words stand at *spans* of the reading."""
        return sum(count_words(self.reading[slice(*span)]) for span in spans)

    def offset(self, index: int) -> int:
        """Return where in the copy the character *index* of the reading stands."""
        piece = bisect_right(self.reading_from, index) - 1
        return self.text_from[piece] + index - self.reading_from[piece]

    def follows_seam(self, index: int) -> bool:
        """Tell whether the character before the reading's *index* is none of the copy's."""
        piece = bisect_right(self.reading_from, index) - 1
        return piece in self.seams and self.reading_from[piece] == index

    def line(self, index: int) -> int:
        """Return the line of the copy, from 1, on which the reading's *index* stands."""
        return bisect_right(self.line_from, self.offset(index))

    def paragraph(self, index: int) -> int:
        """Return the number of the paragraph in which the reading's *index* stands."""
        return bisect_right(self._paragraph_from, self.offset(index))

    def paragraphs_of(self, span: Span) -> list[int]:
        """Return the numbers of the paragraphs that *span* of the reading touches."""
        first, last = self.paragraph(span[0]), self.paragraph(span[1] - 1)
        if first == last:
            return [first]
        return [p.number for p in self.paragraphs[first - 1 : last] if p.reading]

    def text_spans(self, span: Span) -> list[Span]:
        """Return where in the copy *span* of the reading stands: a span more at every seam."""
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
        """Tell whether the copy has marks of emphasis where *span* of the reading begins."""
        if self.record.copy is None or not self.record.copy.markdown or span[0] >= span[1]:
            return False
        piece = bisect_right(self.reading_from, span[0]) - 1
        if self.reading_from[piece] != span[0] or piece == 0:
            return False
        between = self.text[self.text_to[piece - 1] : self.text_from[piece]]
        return "*" in between or "_" in between

    def read(self, span: Span) -> str:
        """Return what stands at *span* of the copy, markup and furniture dropped."""
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
        """Return the reading's index of the first character at or behind *offset* of the copy."""
        piece = bisect_right(self.text_to, offset)
        if piece == len(self.text_to):
            return len(self.reading)
        return self.reading_from[piece] + max(0, offset - self.text_from[piece])

    @cached_property
    def _paragraph_from(self) -> array[int]:
        return array("L", [paragraph.span[0] for paragraph in self.paragraphs])


def make_source(key: str, record: Record, text: str, sha256: str) -> tuple[Source, list[Problem]]:
    """Return the source of the copy *text*, and what in the record does not fit it."""
    lines = _lines(text)
    blocks = _blocks(text, lines)
    problems = [*_misfit_furniture(record, lines, text)]
    hidden = {n for f in record.furniture for n in range(f.first, min(f.last, len(lines)) + 1)}
    kept = [_kept(lines[first:last], first, hidden) for first, last in blocks]
    joins = _joins(record, kept, problems)
    arrays = (array("L"), array("L"), array("L"))
    seams: set[int] = set()
    reading: list[str] = []
    paragraphs: list[Paragraph] = []
    length = 0
    for number, ((first, last), stretches) in enumerate(zip(blocks, kept, strict=True), 1):
        begin: int | None = None
        for stretch in stretches:
            start, end = _trimmed(text, stretch)
            if length:
                # Furniture never joins two words: without a join, a stretch is a paragraph.
                joined = begin is None and number in joins
                reading.append(" " if joined else PARAGRAPH)
                length += 1
                seams.add(len(arrays[0]))
            begin = length if begin is None else begin
            for piece in _unmarked(text, (start, end), markdown=_is_markdown(record)):
                for values, value in zip(arrays, (*piece, length), strict=True):
                    values.append(value)
                reading.append(text[piece[0] : piece[1]])
                length += piece[1] - piece[0]
        span = (lines[first][0], lines[last - 1][1])
        place = None if begin is None else (begin, length)
        paragraphs.append(Paragraph(number, span, first + 1, place))
    source = Source(
        key=key,
        record=record,
        text=text,
        sha256=sha256,
        paragraphs=paragraphs,
        reading="".join(reading),
        text_from=arrays[0],
        text_to=arrays[1],
        reading_from=arrays[2],
        seams=frozenset(seams),
        line_from=array("L", [start for start, _ in lines]),
    )
    return source, problems


def _is_markdown(record: Record) -> bool:
    return record.copy is not None and record.copy.markdown


def _lines(text: str) -> list[Span]:
    ends = [match.span() for match in LINE_END.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    return list(zip(starts, [*(start for start, _ in ends), len(text)], strict=True))


def _blocks(text: str, lines: Sequence[Span]) -> list[tuple[int, int]]:
    """Return the paragraphs as indices of their first line and of the line behind their last."""
    blank = [not text[start:end].strip().strip("\ufeff") for start, end in lines]
    starts = [i for i, b in enumerate(blank) if not b and (i == 0 or blank[i - 1])]
    blanks = [i for i, b in enumerate(blank) if b]
    blocks: list[tuple[int, int]] = []
    for start in starts:
        at = bisect_left(blanks, start)
        blocks.append((start, blanks[at] if at < len(blanks) else len(lines)))
    return blocks


def _kept(lines: Sequence[Span], first: int, hidden: set[int]) -> list[Span]:
    """Return the stretches of a paragraph's *lines* that are not furniture."""
    stretches: list[Span] = []
    previous = -1
    for number, (start, end) in enumerate(lines, first + 1):
        if number in hidden:
            continue
        if stretches and previous == number - 1:
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
        previous = number
    return stretches


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip(UNSEEN))
    return start, start + len(inner.strip(UNSEEN))


def _unmarked(text: str, span: Span, *, markdown: bool) -> Iterator[Span]:
    start, end = span
    done = start
    if markdown:
        for first, last in markup(text[start:end]):
            if done < start + first:
                yield done, start + first
            done = start + last
    if done < end:
        yield done, end


def _misfit_furniture(record: Record, lines: Sequence[Span], text: str) -> Iterator[Problem]:
    for item in record.furniture:
        within = lines[item.first - 1 : item.last]
        if item.last > len(lines):
            message = f"furniture lines {item.first}-{item.last}: the copy has {len(lines)} lines"
        elif not any(text[start:end].strip() for start, end in within):
            message = f"furniture lines {item.first}-{item.last} are blank in the copy"
        else:
            continue
        yield Problem(path=record.path, line=item.line, rule="record-misfit", message=message)


def _joins(
    record: Record, kept: Sequence[Sequence[Span]], problems: list[Problem]
) -> Mapping[int, int]:
    """Return the first paragraph of each join by its second."""
    joins: dict[int, int] = {}
    for first, second, line in record.joins:
        if not first < second <= len(kept):
            message = f"join [{first}, {second}]: the copy has paragraphs 1 to {len(kept)}"
        elif not kept[first - 1] or not kept[second - 1]:
            message = f"join [{first}, {second}]: a paragraph of furniture cannot be joined"
        elif any(kept[first : second - 1]):
            message = f"join [{first}, {second}]: what stands between them is not all furniture"
        else:
            joins[second] = first
            continue
        problems.append(Problem(path=record.path, line=line, rule="record-misfit", message=message))
    return joins
