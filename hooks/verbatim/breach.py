"""Breaches: where a page breaks a rule that the site sets for its own voice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from .content import Box, ContentRule, Length, Naming, Needs, Never, Words
from .ledger import place_of
from .mark import Item
from .phrase import Found, Phrases
from .text import PARAGRAPH, fold, sentences
from .use import Use
from .voice import Block, Voice

OWN = frozenset({"text", "heading", "label", "attribution", "picture"})
RUNNING = frozenset({"text", "attribution"})
COUNTED = frozenset({"text", "label", "attribution", "quotation"})

WORD = re.compile(r"\w+")
Places = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Breach:
    """What is wrong with the block of that number; *places* says where, if it is asked."""

    block: int
    rule: str
    message: str
    places: Callable[[], Places]


class PageReader:
    """Reads the page of *voice* by one rule after the other."""

    def __init__(self, voice: Voice) -> None:
        """Make ready to read by any rule."""
        self._voice, self._page, self._blocks = voice, voice.desk.page, voice.blocks
        # Nearly no page has any of a rule's words: these texts tell so at once.
        self._own = PARAGRAPH.join(b.voice.text for b in self._blocks if b.part in OWN).lower()
        self._shown = fold(PARAGRAPH.join(block.shown for block in self._blocks)).text.lower()

    def read(self, rule: ContentRule) -> Iterator[Breach]:
        """Yield each breach of *rule*."""
        found: Iterator[Breach] = iter(())
        match rule.kind:
            case Words() as kind:
                found = self._words(kind, rule)
            case Naming() as kind:
                found = self._naming(kind, rule)
            case Needs() as kind:
                found = self._needs(kind, rule)
            case Never() as kind:
                found = self._never(kind, rule)
            case Length() as kind:
                found = self._length(kind, rule)
            case Box() as kind:
                found = self._boxes(kind, rule)
        return found

    def _words(self, kind: Words, rule: ContentRule) -> Iterator[Breach]:
        if not kind.phrases.may_stand_in(self._own):
            return
        parts = OWN if kind.own else {"heading"}
        for number, block in self._in(parts, kind.under):
            if kind.where is None or any(kind.where == "citing" or use.proof for use in block.uses):
                for found in kind.phrases.find(block.voice, kind.besides):
                    yield self._at(number, found, f"{found[2]!r} {_where(block)}", rule)

    def _naming(self, kind: Naming, rule: ContentRule) -> Iterator[Breach]:
        if not kind.names.may_stand_in(self._own):
            return
        named = in_full = False
        for number, block in self._in(OWN, kind.under):
            running = block.part in RUNNING
            for found in kind.names.find(block.voice, None if running else kind.headings):
                wrong = ""
                if found[2].lower() == kind.full.lower():
                    wrong = "named in full once more" if running and in_full else ""
                    in_full = in_full or running
                elif found[2] != kind.short:
                    wrong = f"{found[2]!r} {_where(block)}"
                elif running and not named:
                    wrong = f"{found[2]!r} before {kind.full!r} stood in running text"
                named = named or running
                if wrong:
                    yield self._at(number, found, wrong, rule)

    def _needs(self, kind: Needs, rule: ContentRule) -> Iterator[Breach]:
        if kind.says and not kind.says.may_stand_in(self._shown):
            return
        for number, block in enumerate(self._blocks):
            if not (met := _met(kind, block)):
                continue
            if not _has(kind, self._blocks if kind.page else [block]):
                where = "on this page" if kind.page else "beside it"
                yield self._block(number, f"{met} without what belongs {where}", rule)
            if kind.page:
                return

    def _never(self, kind: Never, rule: ContentRule) -> Iterator[Breach]:
        summary = self._voice.summary
        for number, block in enumerate(self._blocks):
            if not kind.blocks and not (kind.summary and number == summary):
                continue
            for use in block.uses:
                if what := _unwanted(kind, use):
                    where = "on this page" if kind.blocks else "in the summary"
                    places = partial(place_of, use.mark, self._page)
                    yield Breach(number, rule.id, f"{what} {where}; {rule.say}", places)

    def _length(self, kind: Length, rule: ContentRule) -> Iterator[Breach]:
        if kind.page:
            words = sum(block.words for block in self._blocks if block.part in COUNTED)
            if words > kind.page:
                yield self._block(0, f"{words} words on this page, at most {kind.page}", rule)
        if kind.summary:
            yield from self._summary(kind.summary, rule)
        for number, block in enumerate(self._blocks) if kind.sentences else ():
            text = block.shown.replace(PARAGRAPH, " ").strip()
            if block.part != "text" or len(text) < 2 * (kind.sentences or 0):
                continue
            many = sum(1 for _ in sentences(text, 0, len(text)))
            if many > (kind.sentences or 0):
                what = f"{many} sentences in this paragraph, at most {kind.sentences}"
                yield self._block(number, what, rule)

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

    def _boxes(self, kind: Box, rule: ContentRule) -> Iterator[Breach]:
        for box in self._voice.boxes:
            blocks = self._blocks[box.first : box.last]
            if box.label != kind.label:
                what = f"a box of the editor's labelled {box.label!r}, not {kind.label!r}"
                yield self._block(box.first, what, rule)
            # A record without a copy is what the editor's own evidence is.
            if not any(use.source is None for block in blocks for use in block.uses):
                yield self._block(box.first, "no evidence cited in this box of the editor's", rule)

    def _in(
        self, parts: frozenset[str] | set[str], under: frozenset[str]
    ) -> Iterator[tuple[int, Block]]:
        """Yield with its number each block of *parts* that stands not *under* these headings."""
        for number, block in enumerate(self._blocks):
            if block.part in parts and under.isdisjoint(block.under):
                yield number, block

    def _at(self, number: int, found: Found, what: str, rule: ContentRule) -> Breach:
        """Return a breach at the words *found* among the own ones of a block."""
        places = partial(self._places, number, found[0], found[1])
        return Breach(number, rule.id, f"{what}; {rule.say}", places)

    def _block(self, number: int, what: str, rule: ContentRule) -> Breach:
        """Return a breach of a whole block, at its first word."""
        text = self._blocks[number].text if self._blocks else ""
        first = WORD.search(text)
        places = partial(self._places, number, *(first.span() if first else (0, 0)))
        return Breach(number, rule.id, f"{what}; {rule.say}", places)

    def _places(self, number: int, start: int, end: int) -> Places:
        """Return where text[start:end] of a block stands, told by what is beside it."""
        if start == end:
            return []
        before, text, after = (self._text(at) for at in (number - 1, number, number + 1))
        words, beside = text[start:end], (text[:start], text[end:])
        found = self._page.between(beside[0], words, beside[1])
        if len(found) > 1:
            wide = self._page.between(f"{before} {beside[0]}", words, f"{beside[1]} {after}")
            return wide if len(wide) < len(found) else found
        # A label may be one that Markdown has made up.
        return found or self._page.openings(after)

    def _text(self, number: int) -> str:
        return self._blocks[number].text if 0 <= number < len(self._blocks) else ""


def _where(block: Block) -> str:
    return "in a heading" if block.part == "heading" else "in our own words"


def _met(kind: Needs, block: Block) -> str | None:
    """Say what in *block* needs more beside it, if anything."""
    said = next(kind.says.spans(block.said.text), None) if kind.says else None
    if kind.says and said is None:
        return None
    if not kind.cites:
        return repr(said[1]) if said else None
    met = next((i for i in kind.cites if any(_cites(use, i) for use in block.uses)), None)
    if met is None or (kind.only and not all(_within(use, kind.cites) for use in block.uses)):
        return None
    return f"{said[1]!r}, citing {_named(met)}," if said else f"{_named(met)} cited"


def _has(kind: Needs, blocks: Sequence[Block]) -> bool:
    """Tell whether *blocks* have what is to go with it."""
    if kind.then_says and any(_finds(kind.then_says, block) for block in blocks):
        return True
    uses = [use for block in blocks for use in block.uses]
    return bool(kind.then_cites) and all(_all_cited(item, uses) for item in kind.then_cites)


def _finds(phrases: Phrases, block: Block) -> bool:
    return next(phrases.spans(block.said.text), None) is not None


def _all_cited(item: Item, uses: Sequence[Use]) -> bool:
    """Tell whether *uses* cite the source of *item*, and every paragraph that it names."""
    cited = {n for use in uses if use.item.key == item.key for n in use.paragraphs}
    wanted = [n for first, last in item.paragraphs for n in range(first, last + 1)]
    return cited.issuperset(wanted) if wanted else any(use.item.key == item.key for use in uses)


def _cites(use: Use, item: Item) -> bool:
    """Tell whether *use* is of the source of *item*, and of a paragraph that it names."""
    if use.item.key != item.key:
        return False
    if not item.paragraphs:
        return True
    return any(first <= n <= last for n in use.paragraphs for first, last in item.paragraphs)


def _within(use: Use, items: Sequence[Item]) -> bool:
    """Tell whether *use* cites nothing but paragraphs of *items*."""
    ranges = [r for item in items if item.key == use.item.key for r in item.paragraphs]
    cited = use.paragraphs
    return bool(cited) and all(any(a <= n <= b for a, b in ranges) for n in cited)


def _unwanted(kind: Never, use: Use) -> str | None:
    """Say what of *use* is not to stand here, if anything."""
    if kind.sensitive and use.sensitive:
        return f"sensitive words of {use.item.key!r} quoted"
    if any(_cites(use, item) for item in kind.cites):
        return f"{_named(use.item)} {'quoted' if use.proof else 'cited'}"
    return None


def _named(item: Item) -> str:
    return f"{item.key}{', ' if item.locator else ''}{item.locator}"
