"""Proofs: an author's words set against a source part by part, editorial marks and all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise

from ..sources.source import Source, Span
from ..text.boundaries import is_edge
from ..text.fold import PARAGRAPH, fold
from ..text.quotation_marks import pair_marks
from ..text.words import sentence
from .editorial import BLANK, Piece, Reading, Run, Sign, read_signs, readings
from .mark import Item
from .match import boundaries, find, fits, named, paragraph_spans, places

MOST_SIGNS = 500
"""Editorial marks in one quotation; nobody reads more, and to place them takes long."""

MOST = 50
"""Readings of one quotation that are told apart; more only make a message longer."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the author's words, and the *span* of the reading that it stands for.

    Without a *sign* the span is shown; with one, it is what the sign leaves out or replaces.
    """

    start: int
    end: int
    span: Span
    sign: Sign | None = None

    @property
    def is_shown(self) -> bool:
        """A reader sees the source's own words: typed by the author or fetched by the build."""
        return self.sign is None or self.sign.kind == "pull"


@dataclass(frozen=True)
class Proof:
    """Where *words*, paragraphs joined by PARAGRAPH, stand in *source*."""

    words: str
    source: Source
    parts: tuple[Part, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The spans of the reading that are shown, in order, joined where nothing is between."""
        return (self.parts[0].span,) if self._is_literal else self._spans

    @property
    def _is_literal(self) -> bool:
        """Whether the author wrote the source's words and nothing else, as nearly always."""
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
        """Return the parts in one paragraph, [*start*, *end*) of the words, counted from there."""
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
        """The parts that are the author's own."""
        if self._is_literal:
            return ()
        return tuple(part for part in self.parts if not part.is_shown)


def _by_paragraph(part: Part, words: str, source: Source) -> list[Part]:
    """Return *part* cut where the author's paragraphs end; the source's end there, too."""
    text = words[part.start : part.end]
    edges = [-1, *(i for i, c in enumerate(text) if c == PARAGRAPH), len(text)]
    ranges = [(a + 1, b) for a, b in pairwise(edges) if text[a + 1 : b].strip()]
    return [
        Part(part.start + a, part.start + b, span)
        for (a, b), span in zip(ranges, paragraph_spans(part.span, source), strict=True)
    ]


def joined(words: Sequence[str]) -> str:
    """Return paragraphs of *words* as one text; a page may hold the sign that parts them."""
    return PARAGRAPH.join([paragraph.replace(PARAGRAPH, "\ufffd") for paragraph in words])


def prove(words: Sequence[str], source: Source, item: Item, *, inline: bool) -> list[Proof]:
    """Return every way in which *words* stand in *source* at the places that *item* names.

    Words are read as they are first: the source's own brackets and dots are the source's.
    """
    text = joined(words)
    every = find(words, source, inline=inline, within=named(item, source))
    spans = [span for span in every if fits(span, source, item)]
    if spans:
        return [Proof(text, source, (Part(0, len(text), span),)) for span in spans]
    if ("[" not in text and ".." not in text) or len(read_signs(text)) > MOST_SIGNS:
        return []
    for reading in readings(text, lambda sign: has_sign(sign, text, source)):
        if not reading.is_literal and (found := place(reading, text, source, item, inline=inline)):
            return found
    return []


def has_sign(sign: Sign, words: str, source: Source) -> bool:
    """Tell whether *source* itself has what may be an editorial mark in *words*."""
    text = " .. " if sign.kind == "pull" else fold(words[sign.start : sign.end]).text
    return text in source.folded.text


def place(reading: Reading, words: str, source: Source, item: Item, *, inline: bool) -> list[Proof]:
    """Return every way to place the runs of *reading* in their order, where *item* says."""
    found: list[list[list[Part]]] = []
    low, high = named(item, source) or (0, len(source.reading))
    if not any(piece.raw.strip(BLANK) for run in reading.runs for piece in run):
        return []
    for turn, run in enumerate(reading.runs):
        if any(piece.raw.strip(BLANK) for piece in run):
            options = [*place_run(run, source, inline=inline, within=(low, high))]
            placed = [parts for parts in options if _fits(parts, source, item, first=turn == 0)]
            if not placed:
                return []
            found.append(placed)
            # The next stands behind the first place at which this one can.
            low = min(parts[-1].span[1] for parts in placed)
        elif not _is_edge(turn, reading):
            return []
        else:
            found.append([[]])
    proofs = [
        Proof(words, source, tuple(parts)) for parts in _sequences(found, reading.gaps, source)
    ]
    return [proof for proof in proofs if proof.spans]


def _is_edge(turn: int, reading: Reading) -> bool:
    """Tell whether the quotation begins or ends with words left out where the run *turn* would."""
    if not reading.gaps or 0 < turn < len(reading.runs) - 1:
        return False
    return reading.gaps[0 if turn == 0 else -1].kind == "elision"


def _fits(parts: Sequence[Part], source: Source, item: Item, *, first: bool) -> bool:
    span = (parts[0].span[0], parts[-1].span[1])
    return fits(span, source, item if first else Item(item.key, paragraphs=item.paragraphs))


def place_run(
    run: Run, source: Source, *, inline: bool, within: Span | None = None
) -> Iterator[list[Part]]:
    """Yield every place where a run stands without a gap, in parts."""
    folded = fold("".join(piece.raw for piece in run))
    wanted = folded.text.strip(BLANK)
    lead = len(folded.text) - len(folded.text.lstrip(BLANK))
    for at in places(wanted, source, inline=inline, within=within):
        parts: list[Part] = []
        offset = 0
        for piece in run:
            first, last = folded.index(offset), folded.index(offset + len(piece.raw))
            offset += len(piece.raw)
            first, last = (min(max(0, i - lead), len(wanted)) + at for i in (first, last))
            parts.append(_part(piece, (first, last), source))
        if all(_stands(part, source) for part in parts):
            yield [part for part in parts if part.sign or part.span[0] < part.span[1]]


def _part(piece: Piece, at: Span, source: Source) -> Part:
    folded = source.folded
    start, end = folded.start(at[0]), folded.end(at[1])
    text = source.reading[start : max(start, end)]
    start, end = start + len(text) - len(text.lstrip(BLANK)), start + len(text.rstrip(BLANK))
    return Part(piece.start, piece.end, (start, max(start, end)), piece.sign)


def _stands(part: Part, source: Source) -> bool:
    """Tell whether words are replaced whole."""
    if part.sign is None or part.sign.kind != "replacement":
        return True
    return all(is_edge(source.reading, edge) for edge in part.span)


def _sequences(
    found: list[list[list[Part]]], gaps: Sequence[Sign], source: Source
) -> Iterator[list[Part]]:
    """Yield the ways to take one place of each run so that they follow each other."""
    # From the last run on: the latest place that still has all others behind it.
    latest = len(source.reading)
    usable: list[list[list[Part]]] = []
    for placed in reversed(found):
        kept = [parts for parts in placed if not parts or parts[-1].span[1] <= latest]
        if not kept:
            return
        latest = max((parts[0].span[0] for parts in kept if parts), default=latest)
        usable.insert(0, kept)
    yield from islice(_chosen(usable, gaps, source, []), MOST)


def _chosen(
    usable: list[list[list[Part]]], gaps: Sequence[Sign], source: Source, before: list[Part]
) -> Iterator[list[Part]]:
    if not usable:
        yield before
        return
    turn = len(gaps) + 1 - len(usable)
    starts = [parts[0].span[0] if parts else 0 for parts in usable[0]]
    behind = before[-1].span[1] if before else 0
    first = bisect_right(starts, behind - 1) if usable[0][0] else 0
    for parts in usable[0][first:]:
        if turn == 0:
            yield from _chosen(usable[1:], gaps, source, parts)
            continue
        gap = _gap(gaps[turn - 1], before, parts, source)
        if gap is not None:
            yield from _chosen(usable[1:], gaps, source, [*before, gap, *parts])


def _gap(sign: Sign, before: Sequence[Part], behind: Sequence[Part], source: Source) -> Part | None:
    """Return what *sign* leaves out or fetches between two runs, or None if that is nothing.

    At an edge of the quotation it is the rest of the sentence.
    """
    if before and behind:
        span = (before[-1].span[1], behind[0].span[0])
    elif before:
        end = before[-1].span[1]
        span = (end, sentence(source.reading, end - 1, end)[1])
    else:
        start = behind[0].span[0]
        span = (sentence(source.reading, start, start + 1)[0], start)
    text = source.reading[slice(*span)]
    if not any(character.isalnum() for character in text):
        return None
    if sign.kind == "pull":
        return Part(sign.start, sign.end, span, sign)
    start = span[0] + len(text) - len(text.lstrip(BLANK))
    return Part(sign.start, sign.end, (start, span[0] + len(text.rstrip(BLANK))), sign)


def part_boundaries(part: Part, words: str, source: Source, cuts: Sequence[int]) -> list[Span]:
    """Return the span of a shown *part* between each two of *cuts*, offsets in *words*."""
    inside = [cut - part.start for cut in cuts]
    return boundaries(words[part.start : part.end], part.span, source, inside)


def fetched(number: int, source: Source) -> Proof | None:
    """Return the proof of the whole paragraph *number*, or None where it is furniture.

    A mark that only opens or closes a running quotation, at its edge, is left off.
    """
    span = source.paragraphs[number - 1].reading
    if span is None:
        return None
    start, end = span
    inner = source.reading[start:end]
    _, left = pair_marks(inner)
    if 0 in left:
        start += 1
    if len(inner) - 1 in left:
        end -= 1
    return Proof("", source, (Part(0, 0, (start, end)),))


def is_emphasis_added(proof: Proof, stressed: Sequence[Span]) -> bool:
    """Tell whether any of the *stressed* ranges of the author's words is not so in the source."""
    for start, end in stressed:
        for part in proof.parts:
            low, high = max(start, part.start), min(end, part.end)
            if part.sign is not None or low >= high:
                continue
            _, middle, _ = part_boundaries(part, proof.words, proof.source, [low, high])
            if not proof.source.is_emphasised(middle):
                return True
    return False
