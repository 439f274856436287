"""Checks the receipts in the notes of a finished page, each against its source and its record."""

from __future__ import annotations

from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from ..sources.library import Library
from ..sources.source import Source, Span
from ..sources.speech import Voices, is_sensitive
from ..text.words import capital
from .cited_places import Ranges, read_cited
from .note_citations import NoteCitations
from .note_numbers import NoteNumbers
from .note_parts import NoteParts
from .page import FinishedPage, seen
from .receipt_edits import wrong_edits
from .receipt_words import ReceiptWords


class ReceiptCheck:
    """Checks the notes of one page, whose quotations are checked already."""

    def __init__(self, page: FinishedPage, library: Library, voices: Mapping[str, Voices]) -> None:
        """Check *page* against the sources of *library*; *voices* say what in each is sensitive."""
        self._page, self._library, self._voices = page, library, voices
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
        cited = read_cited(passage)
        if found is not None:
            source, spans = found.source, found.spans
            numbers = source.paragraphs_of((spans[0][0], spans[-1][1]))
            self._parts.check(item, found, source.key, passage)
            self._citations.check(item, source.key, ((numbers[0], numbers[-1]),), "paragraph")
            self._words.check(item, found)
            uses = [one for one in self._page.quotations if one.passage == passage]
            hidden = any(is_sensitive(span, self._voices[source.key]) for span in spans)
            for message in wrong_edits(item, uses, sensitive=hidden):
                self._page.wrong("proof-note", message, item)
            self._foot(item, source, _where(source, (spans[0][0], spans[-1][1])))
        elif cited is not None:
            key, paragraphs, lines = cited.key, cited.paragraphs, cited.lines
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

    def _foot(self, item: LexborNode, source: Source, where: str) -> None:
        """Check paragraph, line and the fingerprint of the copy."""
        place = f"{capital(where)}: see it in the source" if where else "The source"
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
