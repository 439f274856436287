"""Wording: the words of a proven quotation as HTML or as text, with editorial marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Protocol

from ..ledger.use import Use
from ..quotations.editorial import Sign
from ..quotations.match import boundaries
from ..quotations.proof import Part
from ..sources.source import Span
from ..text.fold import PARAGRAPH


class Speller(Protocol):
    """Writes the source's words and the author's marks."""

    def text(self, use: Use, span: Span) -> str:
        """Return as HTML the words of the source at *span* of its reading."""

    def added(self, sign: Sign) -> str:
        """Return the editorial mark *sign* as HTML."""


class Plain:
    """Writes words and marks as text, for files that are not HTML."""

    def text(self, use: Use, span: Span) -> str:
        """Return the words of the source at *span*, with a space between paragraphs."""
        assert use.source is not None
        return use.source.reading[slice(*span)].replace(PARAGRAPH, " ")

    def added(self, sign: Sign) -> str:
        """Return the editorial mark *sign* as a reader sees it."""
        return sign.shown


def worded(use: Use, speller: Speller) -> str:
    """Return all words of the quotation *use* on one line, written by *speller*."""
    assert use.proof is not None
    if use.mark.fetch is not None:
        # The author typed nothing.
        return " ".join(speller.text(use, span) for span in use.spans)
    lines: list[str] = []
    base = 0
    for words in use.proof.words.split(PARAGRAPH):
        parts = use.proof.parts_in(base, base + len(words) + 1)
        lines.append("".join(pieces(parts, seams(parts, (), words), words, use, speller)))
        base += len(words) + 1
    return " ".join(lines)


def seams(parts: Sequence[Part], others: Iterable[int], words: str) -> list[int]:
    """Return the offsets inside *words* at which a part begins or ends, and *others*, in order."""
    edges = {edge for part in parts for edge in (part.start, part.end)}
    return sorted(edge for edge in edges.union(others) if 0 < edge < len(words))


def pieces(
    parts: Sequence[Part], inner: Sequence[int], words: str, use: Use, speller: Speller
) -> list[str]:
    """Return what a reader sees for *words*, a piece between each two of the cuts *inner*."""
    pulls = [part for part in parts if part.sign and part.sign.kind == "pull"]
    fetched = frozenset(edge for part in pulls for edge in (part.start, part.end))
    blanks = {part.start: blank for part in parts if (blank := _blank(part, words))}
    owned = frozenset(at for at, _ in blanks.values())
    texts: list[str] = []
    for start, end in pairwise([0, *inner, len(words)]):
        part = next((p for p in parts if p.start <= start < p.end), None)
        if part is None:
            texts.append(" " if words[start:end].isspace() and start not in owned else "")
        elif part.sign is not None:
            texts.append(_signed(_with_blank(part, blanks), start, use, words, speller))
        else:
            text = _plain(part, (start, end), use, words, speller)
            before, after = _spaces(part, (start, end), words, fetched | owned)
            texts.append(f"{before}{text}{after}")
    return texts


def _blank(part: Part, words: str) -> tuple[int, str] | None:
    """Return where words have the blank that an insertion brought along, and its side; or None.

    In `bridge [sic], at` it is the one before the bracket, in `([here] of old)` the one after it:
    without the insertion there is none.
    """
    if part.sign is None or part.sign.kind not in {"addition", "sic"}:
        return None
    before, after = words[part.start - 1 : part.start], words[part.end : part.end + 1]
    if before.isspace() and after and not (after.isalnum() or after.isspace()):
        return part.start - 1, "before"
    if after.isspace() and before and not (before.isalnum() or before.isspace()):
        return part.end, "after"
    return None


def _with_blank(part: Part, blanks: Mapping[int, tuple[int, str]]) -> Part:
    """Return *part*, its sign with its own blank."""
    if part.sign is None or part.start not in blanks:
        return part
    shown = part.sign.shown
    shown = f" {shown}" if blanks[part.start][1] == "before" else f"{shown} "
    return replace(part, sign=replace(part.sign, shown=shown))


def _signed(part: Part, start: int, use: Use, words: str, speller: Speller) -> str:
    """Return an editorial mark, or the words that it fetches."""
    assert part.sign is not None
    if start > part.start:
        return ""
    if part.is_shown:
        return speller.text(use, part.span)
    around = words[part.start - 1 : part.start] + words[part.end : part.end + 1]
    # What is on both sides would touch without a space; the page has one, too.
    joined = len(around) < 2 or part.span[0] == part.span[1] or " " in around
    return ("" if joined else " ") + speller.added(part.sign)


def _plain(part: Part, at: Span, use: Use, words: str, speller: Speller) -> str:
    """Return the words of the source for words[at], all of which is in *part*."""
    assert use.source is not None
    inside = [offset - part.start for offset in at]
    _, span, _ = boundaries(words[part.start : part.end], part.span, use.source, inside)
    return speller.text(use, span)


def _spaces(part: Part, at: Span, words: str, fetched: frozenset[int]) -> tuple[str, str]:
    """Return the spaces before and after words[at]: beside an editorial mark they are the author's.

    At the edges that are *fetched* the space is the source's, too.
    """
    first, last = words[part.start], words[part.end - 1]
    before = at[0] == part.start > 0 and first.isspace() and part.start not in fetched
    after = at[1] == part.end < len(words) and last.isspace()
    after = after and part.end not in fetched and part.end - 1 not in fetched
    return " " * before, " " * after
