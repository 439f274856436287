"""Checks the receipts in the notes of a finished page, each against its source and its record."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from selectolax.lexbor import LexborNode

from ..sources.library import Library
from ..sources.source import Source, Span
from ..sources.speech import Voices
from ..text.words import count_words
from .emphasis import is_plain, is_stressed
from .note_citations import NoteCitations, Ranges
from .note_numbers import NoteNumbers
from .note_parts import NoteParts
from .page import FinishedPage, even, seen
from .receipt_words import ReceiptWords

CITED = re.compile(r"c-(?P<key>[^\s]+?)(?P<places>(?:--[pl]\d+-\d+)*)")


class ReceiptCheck:
    """Checks the notes of one page, whose quotations are checked already."""

    def __init__(self, page: FinishedPage, library: Library, voices: Mapping[str, Voices]) -> None:
        """Check *page* against the sources of *library*; *voices* say what in each is sensitive."""
        self._page, self._library = page, library
        self._numbers = NoteNumbers(page, library)
        self._parts = NoteParts(page, library, voices)
        self._citations = NoteCitations(page, library)
        self._words = ReceiptWords(page, voices)

    def check(self) -> None:
        """Enter what is wrong with the notes, and with the numbers that lead there."""
        self._numbers.check()
        for passage, (_, item) in self._numbers.notes.items():
            self._note(item, passage)

    def _note(self, item: LexborNode, passage: str) -> None:
        found = self._page.quoted(passage)
        cited = CITED.fullmatch(passage)
        if found is not None:
            source, spans = found.source, found.spans
            numbers = source.paragraphs_of((spans[0][0], spans[-1][1]))
            self._parts.check(item, found, source.key, passage)
            self._citations.check(item, source.key, [(numbers[0], numbers[-1])], "paragraph")
            self._words.check(item, found)
            self._edits(item, passage, source, spans)
            self._foot(item, source, _where(source, (spans[0][0], spans[-1][1])))
        elif cited is not None:
            key = cited["key"]
            paragraphs, lines = _ranges(cited["places"], "p"), _ranges(cited["places"], "l")
            ranges, kind = (paragraphs, "paragraph") if paragraphs else (lines, "line")
            known = self._library.sources.get(key)
            first = f"p{paragraphs[0][0]}" if paragraphs and known else ""
            self._parts.check(item, None, key, first)
            self._citations.check(item, key, ranges, kind)
            if known is not None:
                self._foot(item, known, _cited_where(known, paragraphs, lines))
            elif key in self._library.records:
                self._lead(item, "Its record", key)
        else:
            message = f"a note of {passage!r}, which is no quotation of its page"
            self._page.wrong("proof-note", message, item)

    def _edits(self, item: LexborNode, passage: str, source: Source, spans: Sequence[Span]) -> None:
        """Check what a receipt says of the editor's changes."""
        quoted = [one for one in self._page.quotations if one.passage == passage]
        node = item.css_first(".receipt-edits")
        said = even(node.text(deep=True)) if node is not None else ""
        if not quoted:
            return
        gaps = [count_words(source.reading[a[1] : b[0]]) for a, b in pairwise(spans)]
        pattern = " ".join(_edit(seen(ins), gaps) for ins in quoted[0].node.css("ins.editor"))
        stressed = any(is_stressed(q.node) for q in quoted)
        added = "Emphasis added."
        if not is_plain(source):
            pattern = f"{pattern}(?: ?{added})?"
        elif stressed:
            pattern = f"{pattern} {added}".strip()
        if not re.fullmatch(pattern, said):
            message = f"a receipt says '{said}' of the editor's changes to the quotation"
            self._page.wrong("proof-note", message, item)

    def _foot(self, item: LexborNode, source: Source, where: str) -> None:
        """Check paragraph, line and the fingerprint of the copy."""
        place = f"{where[:1].upper()}{where[1:]}: see it in the source" if where else "The source"
        self._lead(item, place, source.key)
        for code in item.css(".receipt-foot code"):
            said = (seen(code), code.attributes.get("title"))
            if said != (source.sha256[:12], f"SHA-256 {source.sha256}"):
                message = f"fingerprint {said[0]!r} is not that of our copy of {source.key!r}"
                self._page.wrong("proof-note", message, item)

    def _lead(self, item: LexborNode, wanted: str, key: str) -> None:
        """Check what the link of a note, to the page of *key*, says."""
        link = next(iter(item.css(".receipt-foot a:not(.footnote-backref)")), None)
        shown = seen(link) if link is not None else ""
        if shown != wanted:
            message = f"the link of a note to {key!r} says '{shown}', not '{wanted}'"
            self._page.wrong("proof-note", message, item)


def _edit(shown: str, gaps: Sequence[int]) -> str:
    """Return a pattern for what a receipt may say of the editorial mark *shown*."""
    mark = re.escape(shown)
    if shown == "[…]":
        counts = "|".join(f"{n} word" if n == 1 else f"{n} words" for n in sorted(set(gaps)))
        return rf"{mark} leaves out (?:{counts})\."
    ways = [rf"{mark} is added by the editor\.", rf"{mark} stands for (?:“.+?”|other words)\."]
    if shown.strip("[]").lower() == "sic":
        ways.append(r"\[sic\]: so in the source\.")
    if len(shown) == len("[T]"):
        ways.append(rf"{mark}: {re.escape(shown[1].swapcase())} in the source\.")
    return f"(?:{'|'.join(ways)})"


def _ranges(named: str, kind: str) -> list[tuple[int, int]]:
    parts = [part[1:].split("-") for part in named.split("--") if part.startswith(kind)]
    return [(int(first), int(last)) for first, last in parts]


def _where(source: Source, span: Span) -> str:
    numbers = source.paragraphs_of(span)
    lines = (source.line(span[0]), source.line(span[1] - 1))
    return f"{_named('para', (numbers[0], numbers[-1]))}, {_named('line', lines)}"


def _cited_where(source: Source, paragraphs: Ranges, lines: Ranges) -> str:
    parts = [*(_named("para", pair) for pair in paragraphs)]
    parts += [_named("line", pair) for pair in lines]
    last = len(source.paragraphs)
    if len(paragraphs) == 1 and not lines and 1 <= paragraphs[0][0] <= paragraphs[0][1] <= last:
        first, second = (source.paragraphs[number - 1].line for number in paragraphs[0])
        parts.append(_named("line", (first, second)))
    return ", ".join(parts)


def _named(name: str, pair: tuple[int, int]) -> str:
    stop = "." if name == "para" else ""
    first, last = pair
    return f"{name}{stop} {first}" if first == last else f"{name}s{stop} {first}–{last}"
