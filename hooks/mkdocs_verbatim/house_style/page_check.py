"""Breaches: where a page breaks a rule that the site sets for its own voice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from typing import NamedTuple

from ..ledger.ledger import place_of
from ..ledger.page import Page
from ..ledger.use import Use
from ..quotations.mark import Item
from ..text.fold import PARAGRAPH
from ..text.words import sentences
from .page_voice import Block, Cited, Voice, cited
from .phrases import Placed, Text
from .rule_kinds import Box, ContentRule, Length, Naming, Needs, Never, Words

OWN = frozenset({"text", "heading", "label", "attribution", "picture"})
RUNNING = frozenset({"text", "attribution"})
COUNTED = frozenset({"text", "label", "attribution", "quotation"})

WORD = re.compile(r"\w+")
ENDS = re.compile(r"[.!?…][^\s\w]*(?:\s|$)")
Places = list[tuple[int, int]]


class Breach(NamedTuple):
    """What is wrong with the block of that number; *places* says where on *page*, if asked."""

    block: int
    page: Page
    rule: str
    message: str
    places: Callable[[], Places]


class PageReader:
    """Reads the page of *voice* by one rule after the other.

    Where not the *whole* of it is proven, nothing is missed or counted.
    """

    def __init__(self, voice: Voice, *, whole: bool) -> None:
        """Make ready to read by any rule."""
        self._whole = whole
        self._voice, self._blocks = voice, voice.blocks

    @cached_property
    def _own(self) -> Text:
        return Text(block.own if block.role in OWN else "" for block in self._blocks)

    @cached_property
    def _shown(self) -> Text:
        return Text(block.shown for block in self._blocks)

    def read(self, rule: ContentRule) -> Iterator[Breach]:
        """Yield each breach of *rule*."""
        found: Iterator[Breach] = iter(())
        match rule.kind:
            case Words() as kind:
                found = self._words(kind, rule)
            case Naming() as kind:
                found = self._naming(kind, rule)
            case Needs() as kind if self._whole:
                found = self._needs(kind, rule)
            case Never() as kind:
                found = self._never(kind, rule)
            case Length() as kind if self._whole:
                found = self._length(kind, rule)
            case Box() as kind:
                found = self._boxes(kind, rule)
        return found

    def _words(self, kind: Words, rule: ContentRule) -> Iterator[Breach]:
        for found in self._own.find(kind.phrases, kind.besides):
            block = self._blocks[found.number]
            is_meant = kind.own or block.role == "heading"
            if not is_meant or not kind.under.isdisjoint(block.under):
                continue
            if kind.where is None or any(kind.where == "citing" or use.proof for use in block.uses):
                yield self._at(found, f"{found.words!r} {_where(block)}", rule)

    def _naming(self, kind: Naming, rule: ContentRule) -> Iterator[Breach]:
        strict = {(f.number, f.start) for f in self._own.find(kind.names, kind.headings)}
        named = in_full = False
        for found in self._own.find(kind.names):
            block = self._blocks[found.number]
            running = block.role in RUNNING
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
                wrong = f"{found.words!r} before {kind.full!r} stood in running text"
            named = named or running
            if wrong:
                yield self._at(found, wrong, rule)

    def _needs(self, kind: Needs, rule: ContentRule) -> Iterator[Breach]:
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
            if owing and not has and not _cites_all(kind.then_cites, every):
                number, what = owing[0]
                yield self._block(number, f"{what} without what belongs on this page", rule)
            return
        for number, what in owing:
            if number not in has and not _cites_all(kind.then_cites, self._blocks[number].cited):
                yield self._block(number, f"{what} without what belongs beside it", rule)

    def _citing(self, items: Sequence[Item]) -> list[int]:
        """Return the numbers of the blocks with a use of a source that *items* name."""
        keys = {item.key for item in items}
        return sorted({n for key, n in self._by_key if key in keys})

    @cached_property
    def _by_key(self) -> list[tuple[str, int]]:
        blocks = enumerate(self._blocks)
        return [(use.item.key, number) for number, block in blocks for use in block.uses]

    def _never(self, kind: Never, rule: ContentRule) -> Iterator[Breach]:
        summary = self._voice.summary
        for number, block in enumerate(self._blocks):
            if not kind.blocks and not (kind.summary and number == summary):
                continue
            for use in block.uses:
                if what := _unwanted(kind, use):
                    where = "on this page" if kind.blocks else "in the summary"
                    places = partial(place_of, use.mark, block.page)
                    message = f"{what} {where}; {rule.say}"
                    yield Breach(number, block.page, rule.id, message, places)

    def _length(self, kind: Length, rule: ContentRule) -> Iterator[Breach]:
        if kind.page:
            words = sum(block.words for block in self._blocks if block.role in COUNTED)
            if words > kind.page:
                yield self._block(0, f"{words} words on this page, at most {kind.page}", rule)
        if kind.summary:
            yield from self._summary(kind.summary, rule)
        if kind.sentences:
            yield from self._sentences(kind.sentences, rule)

    def _summary(self, most: int, rule: ContentRule) -> Iterator[Breach]:
        number = self._voice.summary
        if number is None:
            yield self._block(0, "no paragraph before the first section sums the page up", rule)
            return
        block = self._blocks[number]
        if block.words > most:
            yield self._block(number, f"{block.words} words in the summary, at most {most}", rule)
        if not block.uses and not block.editor:
            yield self._block(number, "no citation in the summary", rule)

    def _sentences(self, most: int, rule: ContentRule) -> Iterator[Breach]:
        for number, block in enumerate(self._blocks):
            # Nearly no block has so many ends: sentences are told apart only where one has.
            if block.role != "text" or len(ENDS.findall(block.shown)) < most:
                continue
            text = block.shown.replace(PARAGRAPH, " ").strip()
            many = sum(1 for _ in sentences(text, 0, len(text)))
            if many > most:
                yield self._block(
                    number, f"{many} sentences in this paragraph, at most {most}", rule
                )

    def _boxes(self, kind: Box, rule: ContentRule) -> Iterator[Breach]:
        for box in self._voice.boxes:
            blocks = self._blocks[box.first : box.last]
            if box.label != kind.label:
                what = f"a box of the editor's labelled {box.label!r}, not {kind.label!r}"
                yield self._block(box.first, what, rule)
            # A record without a copy is what the editor's own evidence is.
            evidence = (use for block in blocks for use in block.uses if use.source is None)
            if self._whole and next(evidence, None) is None:
                yield self._block(box.first, "no evidence cited in this box of the editor's", rule)

    def _at(self, found: Placed, what: str, rule: ContentRule) -> Breach:
        """Return a breach at the words *found* among the own ones of a block."""
        places = partial(self._places, found.number, found.start, found.end)
        page = self._blocks[found.number].page
        return Breach(found.number, page, rule.id, f"{what}; {rule.say}", places)

    def _block(self, number: int, what: str, rule: ContentRule) -> Breach:
        """Return a breach of a whole block, at its first word."""
        first = WORD.search(self._text(number))
        places = partial(self._places, number, *(first.span() if first else (0, 0)))
        page = self._blocks[number].page if number < len(self._blocks) else self._voice.desk.page
        return Breach(number, page, rule.id, f"{what}; {rule.say}", places)

    def _places(self, number: int, start: int, end: int) -> Places:
        """Return where text[start:end] of a block stands, told by what is beside it."""
        if start == end:
            return []
        page = self._blocks[number].page
        before, text, after = (self._text(at, page) for at in (number - 1, number, number + 1))
        return page.beside(text, (start, end), before, after)

    def _text(self, number: int, page: Page | None = None) -> str:
        """Return the text of the block of that *number*, if there is one, and it is on *page*."""
        if not 0 <= number < len(self._blocks):
            return ""
        block = self._blocks[number]
        return block.text if page is None or block.page is page else ""


def _met(kind: Needs, block: Block, said: str | None) -> str | None:
    """Say what in *block*, in which *said* stands, needs more beside it, if anything."""
    if not kind.cites:
        return repr(said)
    met = next((i for i in kind.cites if any(_is_of(one, i) for one in block.cited)), None)
    if met is None or (kind.only and not all(_is_within(c, kind.cites) for c in block.cited)):
        return None
    return f"{said!r}, citing {_named(met)}," if said else f"{_named(met)} cited"


def _cites_all(items: Sequence[Item], cited: Sequence[Cited]) -> bool:
    """Tell whether every paragraph that *items* name is among what is *cited*."""
    for item in items:
        there = [paragraphs for key, paragraphs in cited if key == item.key]
        wanted = (n for first, last in item.paragraphs for n in range(first, last + 1))
        if not there or not frozenset[int]().union(*there).issuperset(wanted):
            return False
    return bool(items)


def _is_of(cited: Cited, item: Item) -> bool:
    """Tell whether what is *cited* is of the source of *item*, and of a paragraph it names."""
    key, paragraphs = cited
    if key != item.key or not item.paragraphs:
        return key == item.key
    return any(first <= n <= last for n in paragraphs for first, last in item.paragraphs)


def _is_within(cited: Cited, items: Sequence[Item]) -> bool:
    """Tell whether what is *cited* is nothing but paragraphs of *items*."""
    key, paragraphs = cited
    ranges = [pair for item in items if item.key == key for pair in item.paragraphs]
    return bool(paragraphs) and all(any(a <= n <= b for a, b in ranges) for n in paragraphs)


def _unwanted(kind: Never, use: Use) -> str | None:
    """Say what of *use* is not to stand here, if anything."""
    if kind.sensitive and use.sensitive:
        return f"sensitive words of {use.item.key!r} quoted"
    if any(use.item.key == item.key and _is_of(cited(use), item) for item in kind.cites):
        return f"{_named(use.item)} {'quoted' if use.proof else 'cited'}"
    return None


def _where(block: Block) -> str:
    return "in a heading" if block.role == "heading" else "in our own words"


def _named(item: Item) -> str:
    return f"{item.key}{', ' if item.locator else ''}{item.locator}"
