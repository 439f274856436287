"""Proving: the ways in which a source has an author's words, with editorial marks.

Words are sought as they are, then by each way to read their editorial marks: the runs between two
gaps are placed one by one, and then in their order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from ..sources.source import Source, Span
from ..text.boundaries import is_edge
from ..text.fold import fold
from ..text.quotation_marks import pair_marks
from ..text.words import sentence
from .editorial import BLANK, Piece, PieceRun, Reading, Sign, read_signs, readings
from .mark import Item
from .match import find, find_folded, fits, named_span
from .proof import Part, Proof, joined

MOST_SIGNS = 500
"""Editorial marks in one quotation: nobody reads more, and to place them takes long."""

MOST_PROOFS = 50
"""Proofs that are kept of one quotation; more would only make a message longer."""


def prove(words: Sequence[str], source: Source, item: Item, *, inline: bool) -> list[Proof]:
    """Return every proof of *words* by *source* at the places that *item* names.

    First the words are sought as they are: a bracket or dots may be the source's own.
    """
    text = joined(words)
    every = find(words, source, inline=inline, within=named_span(item, source))
    spans = [span for span in every if fits(span, source, item)]
    if spans:
        return [Proof(text, source, (Part(0, len(text), span),)) for span in spans]
    if ("[" not in text and ".." not in text) or len(read_signs(text)) > MOST_SIGNS:
        return []
    for reading in readings(text, lambda sign: has_sign(sign, text, source)):
        if not reading.is_literal and (
            found := prove_reading(reading, text, source, item, inline=inline)
        ):
            return found
    return []


def has_sign(sign: Sign, words: str, source: Source) -> bool:
    """Return whether *source* itself has the *sign* that may be an editorial mark in *words*."""
    text = " .. " if sign.kind == "pull" else fold(words[sign.start : sign.end]).text
    return text in source.folded.text


def prove_reading(
    reading: Reading, words: str, source: Source, item: Item, *, inline: bool
) -> list[Proof]:
    """Return every proof that has the runs of *reading* in their order, at the places of *item*."""
    found: list[list[list[Part]]] = []
    low, high = named_span(item, source) or (0, len(source.reading))
    if not any(piece.raw.strip(BLANK) for run in reading.runs for piece in run):
        return []
    for turn, run in enumerate(reading.runs):
        if any(piece.raw.strip(BLANK) for piece in run):
            options = [*place_run(run, source, inline=inline, within=(low, high))]
            placed = [parts for parts in options if _fits(parts, source, item, first=turn == 0)]
            if not placed:
                return []
            found.append(placed)
            # The next run comes after the first place of this one.
            low = min(parts[-1].span[1] for parts in placed)
        elif not _is_edge(turn, reading):
            return []
        else:
            found.append([[]])
    proofs = [
        Proof(words, source, tuple(parts)) for parts in _sequences(found, reading.gaps, source)
    ]
    # Where all that a pull fetches is punctuation, nothing is fetched; beside another reading it
    # is one of two.
    fetching = any(_fetches(proof, source) for proof in proofs)
    return [proof for proof in proofs if proof.spans] if fetching else []


def _fetches(proof: Proof, source: Source) -> bool:
    """Return whether every pull of *proof* fetches words."""
    pulls = [part.span for part in proof.parts if part.sign and part.sign.kind == "pull"]
    return all(any(c.isalnum() for c in source.reading[slice(*span)]) for span in pulls)


def _is_edge(turn: int, reading: Reading) -> bool:
    """Return whether run *turn* is empty because the quotation begins or ends with an elision."""
    if not reading.gaps or 0 < turn < len(reading.runs) - 1:
        return False
    return reading.gaps[0 if turn == 0 else -1].kind == "elision"


def _fits(parts: Sequence[Part], source: Source, item: Item, *, first: bool) -> bool:
    span = (parts[0].span[0], parts[-1].span[1])
    return fits(span, source, item if first else Item(item.key, paragraphs=item.paragraphs))


def place_run(
    run: PieceRun, source: Source, *, inline: bool, within: Span | None = None
) -> Iterator[list[Part]]:
    """Yield, in parts, every place where *source* has the pieces of *run* without a gap."""
    folded = fold("".join(piece.raw for piece in run))
    wanted = folded.text.strip(BLANK)
    lead = len(folded.text) - len(folded.text.lstrip(BLANK))
    for at in find_folded(wanted, source, inline=inline, within=within):
        parts: list[Part] = []
        offset = 0
        for piece in run:
            first, last = folded.index(offset), folded.index(offset + len(piece.raw))
            offset += len(piece.raw)
            first, last = (min(max(0, i - lead), len(wanted)) + at for i in (first, last))
            parts.append(_part(piece, (first, last), source))
        if all(_replaces_whole_words(part, source) for part in parts):
            yield [part for part in parts if part.sign or part.span[0] < part.span[1]]


def _part(piece: Piece, at: Span, source: Source) -> Part:
    folded = source.folded
    start, end = folded.start(at[0]), folded.end(at[1])
    text = source.reading[start : max(start, end)]
    start, end = start + len(text) - len(text.lstrip(BLANK)), start + len(text.rstrip(BLANK))
    return Part(piece.start, piece.end, (start, max(start, end)), piece.sign)


def _replaces_whole_words(part: Part, source: Source) -> bool:
    """Return whether *part* replaces whole words, or none."""
    if part.sign is None or part.sign.kind != "replacement":
        return True
    return all(is_edge(source.reading, edge) for edge in part.span)


def _sequences(
    found: list[list[list[Part]]], gaps: Sequence[Sign], source: Source
) -> Iterator[list[Part]]:
    """Yield the ways to choose one place of each run so that they follow each other."""
    # From the last run to the first: a place is of use if one of the next run comes after it.
    latest = len(source.reading)
    usable: list[list[list[Part]]] = []
    for placed in reversed(found):
        kept = [parts for parts in placed if not parts or parts[-1].span[1] <= latest]
        if not kept:
            return
        latest = max((parts[0].span[0] for parts in kept if parts), default=latest)
        usable.insert(0, kept)
    yield from islice(_chosen(usable, gaps, source, []), MOST_PROOFS)


def _chosen(
    usable: list[list[list[Part]]], gaps: Sequence[Sign], source: Source, before: list[Part]
) -> Iterator[list[Part]]:
    if not usable:
        yield before
        return
    turn = len(gaps) + 1 - len(usable)
    starts = [parts[0].span[0] if parts else 0 for parts in usable[0]]
    low = before[-1].span[1] if before else 0
    first = bisect_right(starts, low - 1) if usable[0][0] else 0
    for parts in usable[0][first:]:
        if turn == 0:
            yield from _chosen(usable[1:], gaps, source, parts)
            continue
        gap = _gap(gaps[turn - 1], before, parts, source)
        if gap is not None:
            yield from _chosen(usable[1:], gaps, source, [*before, gap, *parts])


def _gap(sign: Sign, before: Sequence[Part], after: Sequence[Part], source: Source) -> Part | None:
    """Return the part that *sign* leaves out or fetches between two runs, or None without words.

    At an edge of the quotation it is the rest of the sentence.
    """
    if before and after:
        span = (before[-1].span[1], after[0].span[0])
    elif before:
        end = before[-1].span[1]
        span = (end, sentence(source.reading, end - 1, end)[1])
    else:
        start = after[0].span[0]
        span = (sentence(source.reading, start, start + 1)[0], start)
    text = source.reading[slice(*span)]
    if not any(character.isalnum() for character in text) and (
        sign.kind != "pull" or not text.strip()
    ):
        return None
    if sign.kind == "pull":
        return Part(sign.start, sign.end, span, sign)
    start = span[0] + len(text) - len(text.lstrip(BLANK))
    return Part(sign.start, sign.end, (start, span[0] + len(text.rstrip(BLANK))), sign)


def fetched(number: int, source: Source) -> Proof | None:
    """Return the proof of the whole paragraph *number*, or None if it is furniture.

    A mark at its edge that has no partner, as in speech over several paragraphs, is left off.
    """
    span = source.paragraphs[number - 1].reading
    if span is None:
        return None
    start, end = span
    inner = source.reading[start:end]
    left = pair_marks(inner).left
    if 0 in left:
        start += 1
    if len(inner) - 1 in left:
        end -= 1
    return Proof("", source, (Part(0, 0, (start, end)),))
