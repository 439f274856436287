"""Checks the receipts in the notes of a finished page, each against its source and its record."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from selectolax.lexbor import LexborNode

from ..sources.citation_styles import DEFAULT_STYLE
from ..sources.csl import date_parts
from ..sources.library import Library
from ..sources.record import Record
from ..sources.source import Source, Span
from ..sources.speech import Voices
from ..text.words import count_words
from .emphasis import is_plain, is_stressed, unmarked
from .page import FinishedPage, even, seen
from .receipt_words import ReceiptWords

CITED = re.compile(r"fn:c-(?P<key>[^\s]+?)(?P<places>(?:--[pl]\d+-\d+)*)")
BACK = re.compile(r"Back to note (\d+) in the text(?:, place (\d+) of (\d+))?")
MONTHS = (
    "January February March April May June July August September October November December"
).split()

Ranges = Sequence[tuple[int, int]]


class ReceiptCheck:
    """Checks the notes of one page, whose quotations are checked already."""

    def __init__(self, page: FinishedPage, library: Library, voices: Mapping[str, Voices]) -> None:
        """Check *page* against the sources of *library*; *voices* say what in each is sensitive."""
        self._page, self._library = page, library
        self._words = ReceiptWords(page, voices)
        # The sources that the notes so far have cited.
        self._named: set[str] = set()
        self._links: dict[str, list[LexborNode]] = {}
        for link in page.css("sup > a.footnote-ref"):
            self._links.setdefault(link.attributes.get("href") or "", []).append(link)

    def check(self) -> None:
        """Enter what is wrong with the notes, and with the numbers that lead there."""
        for list_ in self._page.css(".footnote > ol"):
            start = list_.attributes.get("start") or ""
            first = int(start) if re.fullmatch(r"[0-9]{1,6}", start) else 1
            items = [node for node in list_.css("li") if node.parent == list_]
            for number, item in enumerate(items, first):
                self._numbers(item, number)
                self._note(item)

    def _numbers(self, item: LexborNode, number: int) -> None:
        """Check the number of a note wherever a link leads to it, and in its links back."""
        for link in self._links.get(f"#{item.id}", ()):
            if seen(link) != str(number):
                self._page.wrong("proof-note", f"'{seen(link)}' leads to note {number}", item)
        backs = item.css("a.footnote-backref")
        for turn, back in enumerate(backs, 1):
            for name in ("title", "aria-label"):
                match = BACK.fullmatch(back.attributes.get(name) or "")
                several = (str(turn), str(len(backs))) if len(backs) > 1 else (None, None)
                if match and match.groups() != (str(number), *several):
                    self._page.wrong(
                        "proof-note", f"note {number} is said to be '{match[0]}'", item
                    )

    def _note(self, item: LexborNode) -> None:
        passage = (item.id or "").removeprefix("fn:")
        found = self._page.quoted(passage)
        cited = CITED.fullmatch(item.id or "")
        if found is not None:
            source, spans = found.source, found.spans
            numbers = source.paragraphs_of((spans[0][0], spans[-1][1]))
            self._citation(item, source.key, [(numbers[0], numbers[-1])], "paragraph")
            self._words.check(item, source, found.places)
            self._edits(item, passage, source, spans)
            self._foot(item, source, _where(source, (spans[0][0], spans[-1][1])))
        elif cited is not None:
            key = cited["key"]
            paragraphs, lines = _ranges(cited["places"], "p"), _ranges(cited["places"], "l")
            ranges, kind = (paragraphs, "paragraph") if paragraphs else (lines, "line")
            self._citation(item, key, ranges, kind)
            known = self._library.sources.get(key)
            if known is not None:
                self._foot(item, known, _cited_where(known, paragraphs, lines))
            elif key in self._library.records:
                self._lead(item, "Its record", key)
        elif passage.startswith("q-"):
            message = f"a note of {passage!r}, which is no quotation of its page"
            self._page.wrong("proof-note", message, item)

    def _citation(self, item: LexborNode, key: str, ranges: Ranges, kind: str) -> None:
        """Check how a note cites its source: in full where the page first names it."""
        record = self._library.records.get(key)
        node = item.css_first(".receipt-citation")
        first = key not in self._named
        self._named.add(key)
        locked = record.cited.styles.get(DEFAULT_STYLE) if record and record.cited else None
        if record is None or locked is None:
            # Without locked citations the sources alone do not say how the note must look.
            return
        name = f"{kind}s" if len(ranges) > 1 or any(a != b for a, b in ranges) else kind
        forms = locked.note if first or not locked.short else locked.short
        form = forms.get(name if ranges else "plain")
        shown = seen(node) if node is not None else ""
        if form is None:
            return
        wanted = unmarked(form.replace("{}", _listed(ranges)))
        if shown not in {wanted, f"{wanted}{_accessed(record)}"}:
            message = f"a note cites {key!r} as '{shown}', its record as '{wanted}'"
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
        self._lead(item, where[:1].upper() + where[1:] or "The source", source.key)
        for code in item.css(".receipt-foot code"):
            said = (seen(code), code.attributes.get("title"))
            if said != (source.sha256[:12], f"SHA-256 {source.sha256}"):
                message = f"fingerprint {said[0]!r} is not that of our copy of {source.key!r}"
                self._page.wrong("proof-note", message, item)

    def _lead(self, item: LexborNode, wanted: str, key: str) -> None:
        """Check what the link of a note, to the page of *key*, says."""
        link = next(iter(item.css(".receipt-foot a:not(.footnote-backref)")), None)
        shown = seen(link).partition(":")[0] if link is not None else ""
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


def _listed(ranges: Ranges) -> str:
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in ranges)


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


def _accessed(record: Record) -> str:
    """Return the text a note may add about the day on which a reference was read."""
    return f" Accessed {day_as_read(record.accessed)}."


def day_as_read(day: str | None) -> str:
    """Return a day as readers write it: 2016-08-17 as 17 August 2016, 2016-08 as August 2016."""
    parts, *_ = [*date_parts(day), []]
    year, month, number = [*parts, 0, 0, 0][:3]
    said = [str(number) if number else "", MONTHS[month - 1] if month else "", str(year)]
    return " ".join(part for part in said if part)
