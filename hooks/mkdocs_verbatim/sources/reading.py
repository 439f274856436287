"""Readings: make a source of a copy, with the text that a reader of the original reads."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..problem import Problem
from ..text.fold import IGNORED, PARAGRAPH, WHITE
from ..text.markup import markup
from .record import Record
from .source import Paragraph, Source, Span

BLANK = f" {WHITE}{IGNORED}"
"""Characters that a paragraph neither begins nor ends with."""

LINE_END = re.compile(r"\r\n|\r|\n")


def make_source(key: str, record: Record, text: str, sha256: str) -> tuple[Source, list[Problem]]:
    """Return the source of the copy *text*, and what in the record does not fit it."""
    lines = _lines(text)
    blocks = _blocks(text, lines)
    problems = [*_misfit_furniture(record, lines, text)]
    hidden = {n for f in record.furniture for n in range(f.first, min(f.last, len(lines)) + 1)}
    kept = [_kept(lines[first:last], first, hidden) for first, last in blocks]
    joins = _joins(record, kept, problems)
    builder = _ReadingBuilder(text, markdown=_is_markdown(record))
    paragraphs = [
        Paragraph(
            number=number,
            span=(lines[first][0], lines[last - 1][1]),
            line=first + 1,
            reading=builder.paragraph(stretches, joined=number in joins),
        )
        for number, ((first, last), stretches) in enumerate(zip(blocks, kept, strict=True), 1)
    ]
    line_from = array("L", [start for start, _ in lines])
    return builder.source(key, record, sha256, paragraphs, line_from), problems


def read_whole(source: Source) -> Source:
    """Return *source* as it would be if its record knew of no furniture and no joins."""
    if not (source.record.furniture or source.record.joins):
        return source
    record = replace(source.record, furniture=(), joins=())
    return make_source(source.key, record, source.text, source.sha256)[0]


class _ReadingBuilder:
    """Puts the reading of the copy *text* together, piece by piece."""

    def __init__(self, text: str, *, markdown: bool) -> None:
        self._text, self._markdown = text, markdown
        self._parts: list[str] = []
        self._length = 0
        self._text_from, self._text_to = array("L"), array("L")
        self._reading_from = array("L")
        self._seams: set[int] = set()

    def paragraph(self, stretches: Iterable[Span], *, joined: bool) -> Span | None:
        """Add the *stretches* of a paragraph, and return its span, or None if they are empty.

        One that is *joined* goes on in the paragraph before it.
        """
        begin: int | None = None
        for stretch in stretches:
            if self._length:
                # Furniture never joins two words: without a join, a stretch is a paragraph.
                self.gap(" " if joined and begin is None else PARAGRAPH)
            begin = self._length if begin is None else begin
            trimmed = _trimmed(self._text, stretch)
            for piece in _unmarked(self._text, trimmed, markdown=self._markdown):
                self.piece(piece)
        return None if begin is None else (begin, self._length)

    def gap(self, character: str) -> None:
        """Add *character*, which the copy does not have there, before the next piece."""
        self._parts.append(character)
        self._length += 1
        self._seams.add(len(self._text_from))

    def piece(self, span: Span) -> None:
        """Add what is at *span* of the copy."""
        start, end = span
        self._parts.append(self._text[start:end])
        self._text_from.append(start)
        self._text_to.append(end)
        self._reading_from.append(self._length)
        self._length += end - start

    def source(
        self,
        key: str,
        record: Record,
        sha256: str,
        paragraphs: Sequence[Paragraph],
        line_from: array[int],
    ) -> Source:
        """Return the source whose reading is all that was added."""
        return Source(
            key=key,
            record=record,
            text=self._text,
            sha256=sha256,
            paragraphs=paragraphs,
            reading="".join(self._parts),
            text_from=self._text_from,
            text_to=self._text_to,
            reading_from=self._reading_from,
            seams=frozenset(self._seams),
            line_from=line_from,
        )


def _is_markdown(record: Record) -> bool:
    return record.copy is not None and record.copy.markdown


def _lines(text: str) -> list[Span]:
    ends = [match.span() for match in LINE_END.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    return list(zip(starts, [*(start for start, _ in ends), len(text)], strict=True))


def _blocks(text: str, lines: Sequence[Span]) -> list[tuple[int, int]]:
    """Return the paragraphs as indices of their first line and of the line after their last."""
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
    start += len(inner) - len(inner.lstrip(BLANK))
    return start, start + len(inner.strip(BLANK))


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
            message = f"join [{first}, {second}]: what is between them is not all furniture"
        else:
            joins[second] = first
            continue
        problems.append(Problem(path=record.path, line=line, rule="record-misfit", message=message))
    return joins
