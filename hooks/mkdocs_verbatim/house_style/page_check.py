"""Page check: where the own words of a page violate a house-style rule of the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from typing import NamedTuple

from ..ledger.ledger import place_of
from ..ledger.page_text import PageText
from ..ledger.use import Use
from ..problem import RuleId
from ..quotations.mark import Item
from ..text.fold import PARAGRAPH
from ..text.words import sentences
from .citing import cited, cites_all, cites_any_of, cites_only, named
from .page_voice import Block, PageVoice
from .phrases import Placed, SearchedText
from .rule_kinds import Box, ContentRule, Length, Naming, Needs, Never, Words

# Roles of blocks: those with words of the page's own, those of running text, and those whose words
# count for the length of a page.
OWN_WORDS = frozenset({"text", "heading", "label", "attribution", "picture"})
RUNNING_TEXT = frozenset({"text", "attribution"})
COUNTED = frozenset({"text", "label", "attribution", "quotation"})

FIRST_WORD = re.compile(r"\w+")
SENTENCE_ENDS = re.compile(r"[.!?…][^\s\w]*(?:\s|$)")
Places = list[tuple[int, int]]
"""Lines and columns, from 1."""


class Violation(NamedTuple):
    """What is wrong with the block of number *block*.

    *places* returns where on *page* it is; it is called only for a violation that is reported.
    """

    block: int
    page: PageText
    rule: RuleId
    message: str
    places: Callable[[], Places]


class PageCheck:
    """Checks the page of *voice* against one rule after the other.

    Unless the *whole* page is proven, rules that require or count are skipped.
    """

    def __init__(self, voice: PageVoice, *, whole: bool) -> None:
        """Check nothing yet: see *violations*."""
        self._whole = whole
        self._voice, self._blocks = voice, voice.blocks

    @cached_property
    def _own(self) -> SearchedText:
        return SearchedText(block.own if block.role in OWN_WORDS else "" for block in self._blocks)

    @cached_property
    def _shown(self) -> SearchedText:
        return SearchedText(block.shown for block in self._blocks)

    def violations(self, rule: ContentRule) -> Iterator[Violation]:
        """Yield each violation of *rule*."""
        match rule.kind:
            case Words() as kind:
                yield from self._words(kind, rule)
            case Naming() as kind:
                yield from self._naming(kind, rule)
            case Needs() as kind if self._whole:
                yield from self._needs(kind, rule)
            case Never() as kind:
                yield from self._never(kind, rule)
            case Length() as kind if self._whole:
                yield from self._length(kind, rule)
            case Box() as kind:
                yield from self._boxes(kind, rule)

    def _words(self, kind: Words, rule: ContentRule) -> Iterator[Violation]:
        for found in self._own.find(kind.phrases, kind.besides):
            block = self._blocks[found.number]
            is_meant = kind.own or block.role == "heading"
            if not is_meant or not kind.under.isdisjoint(block.under):
                continue
            if kind.where is None or any(kind.where == "citing" or use.proof for use in block.uses):
                yield self._at(found, f"{found.words!r} {_where(block)}", rule)

    def _naming(self, kind: Naming, rule: ContentRule) -> Iterator[Violation]:
        strict = {(f.number, f.start) for f in self._own.find(kind.names, kind.headings)}
        named = in_full = False
        for found in self._own.find(kind.names):
            block = self._blocks[found.number]
            running = block.role in RUNNING_TEXT
            is_free = not running and (found.number, found.start) not in strict
            if is_free or not kind.under.isdisjoint(block.under):
                continue
            wrong = ""
            if found.words.lower() == kind.full.lower():
                wrong = "named in full once more" if running and in_full else ""
                in_full = in_full or running
            elif found.words != kind.short:
                wrong = f"{found.words!r} {_where(block)}"
            elif running and not named:
                wrong = f"{found.words!r} before {kind.full!r} appeared in running text"
            named = named or running
            if wrong:
                yield self._at(found, wrong, rule)

    def _needs(self, kind: Needs, rule: ContentRule) -> Iterator[Violation]:
        citing = self._citing(kind.cites)
        if kind.cites and not citing:
            return
        said = {found.number: found.words for found in self._shown.find(kind.says)}
        numbers = sorted(said) if kind.says else citing
        met = [(number, _met(kind, self._blocks[number], said.get(number))) for number in numbers]
        owing = [(number, what) for number, what in met if what]
        has = {found.number for found in self._shown.find(kind.then_says)} if owing else set()
        if kind.page:
            every = [one for block in self._blocks for one in block.cited] if owing else []
            if owing and not has and not cites_all(kind.then_cites, every):
                number, what = owing[0]
                yield self._block(number, f"{what} without what belongs on this page", rule)
            return
        for number, what in owing:
            if number not in has and not cites_all(kind.then_cites, self._blocks[number].cited):
                yield self._block(number, f"{what} without what belongs beside it", rule)

    def _citing(self, items: Sequence[Item]) -> list[int]:
        """Return the numbers of the blocks with a use of a source that *items* name."""
        keys = {item.key for item in items}
        return sorted({n for key, n in self._by_key if key in keys})

    @cached_property
    def _by_key(self) -> list[tuple[str, int]]:
        blocks = enumerate(self._blocks)
        return [(use.item.key, number) for number, block in blocks for use in block.uses]

    def _never(self, kind: Never, rule: ContentRule) -> Iterator[Violation]:
        summary = self._voice.summary
        for number, block in enumerate(self._blocks):
            if not kind.blocks and not (kind.summary and number == summary):
                continue
            for use in block.uses:
                if what := _unwanted(kind, use):
                    where = "on this page" if kind.blocks else "in the summary"
                    places = partial(place_of, use.mark, block.page)
                    message = f"{what} {where}; {rule.say}"
                    yield Violation(number, block.page, rule.id, message, places)

    def _length(self, kind: Length, rule: ContentRule) -> Iterator[Violation]:
        if kind.page:
            words = sum(block.words for block in self._blocks if block.role in COUNTED)
            if words > kind.page:
                yield self._block(0, f"{words} words on this page, at most {kind.page}", rule)
        if kind.summary:
            yield from self._summary(kind.summary, rule)
        if kind.sentences:
            yield from self._sentences(kind.sentences, rule)

    def _summary(self, most: int, rule: ContentRule) -> Iterator[Violation]:
        number = self._voice.summary
        if number is None:
            yield self._block(0, "no paragraph before the first section sums the page up", rule)
            return
        block = self._blocks[number]
        if block.words > most:
            yield self._block(number, f"{block.words} words in the summary, at most {most}", rule)
        if not block.uses and not block.editor:
            yield self._block(number, "no citation in the summary", rule)

    def _sentences(self, most: int, rule: ContentRule) -> Iterator[Violation]:
        for number, block in enumerate(self._blocks):
            # Few blocks have so many ends: only the sentences of those are counted.
            if block.role != "text" or len(SENTENCE_ENDS.findall(block.shown)) < most:
                continue
            text = block.shown.replace(PARAGRAPH, " ").strip()
            many = sum(1 for _ in sentences(text, 0, len(text)))
            if many > most:
                yield self._block(
                    number, f"{many} sentences in this paragraph, at most {most}", rule
                )

    def _boxes(self, kind: Box, rule: ContentRule) -> Iterator[Violation]:
        for box in self._voice.boxes:
            blocks = self._blocks[box.first : box.last]
            if box.label != kind.label:
                what = f"a box of the editor's labelled {box.label!r}, not {kind.label!r}"
                yield self._block(box.first, what, rule)
            # The editor's own evidence is a record without a copy.
            evidence = (use for block in blocks for use in block.uses if use.source is None)
            if self._whole and next(evidence, None) is None:
                yield self._block(box.first, "no evidence cited in this box of the editor's", rule)

    def _at(self, found: Placed, what: str, rule: ContentRule) -> Violation:
        """Return a violation at *found*, which are words of the page's own."""
        places = partial(self._places, found.number, found.start, found.end)
        page = self._blocks[found.number].page
        return Violation(found.number, page, rule.id, f"{what}; {rule.say}", places)

    def _block(self, number: int, what: str, rule: ContentRule) -> Violation:
        """Return a violation of the whole block of that *number*, at its first word."""
        first = FIRST_WORD.search(self._text(number))
        places = partial(self._places, number, *(first.span() if first else (0, 0)))
        page = self._blocks[number].page if number < len(self._blocks) else self._voice.context.text
        return Violation(number, page, rule.id, f"{what}; {rule.say}", places)

    def _places(self, number: int, start: int, end: int) -> Places:
        """Return where text[start:end] of a block is on its page, found by the text around it."""
        if start == end:
            return []
        page = self._blocks[number].page
        before, text, after = (self._text(at, page) for at in (number - 1, number, number + 1))
        return page.beside(text, (start, end), before, after)

    def _text(self, number: int, page: PageText | None = None) -> str:
        """Return the text of the block of that *number*, or "" if *page* has no such block."""
        if not 0 <= number < len(self._blocks):
            return ""
        block = self._blocks[number]
        return block.text if page is None or block.page is page else ""


def _met(kind: Needs, block: Block, said: str | None) -> str | None:
    """Return what in *block*, which says *said*, needs something beside it, or None."""
    if not kind.cites:
        return repr(said)
    met = next((i for i in kind.cites if any(cites_any_of(one, i) for one in block.cited)), None)
    if met is None or (kind.only and not all(cites_only(c, kind.cites) for c in block.cited)):
        return None
    return f"{said!r}, citing {named(met)}," if said else f"{named(met)} cited"


def _unwanted(kind: Never, use: Use) -> str | None:
    """Return what *use* may not quote or cite here, or None if it may."""
    if kind.sensitive and use.sensitive:
        return f"sensitive words of {use.item.key!r} quoted"
    if any(use.item.key == item.key and cites_any_of(cited(use), item) for item in kind.cites):
        return f"{named(use.item)} {'quoted' if use.proof else 'cited'}"
    return None


def _where(block: Block) -> str:
    return "in a heading" if block.role == "heading" else "in our own words"
