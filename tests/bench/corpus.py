"""The corpus: sources and pages made from a seed, the same for every way of building them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random

from .words import PAGE_NOUNS, SOURCE_NOUNS, Voice, names, voice

SEED = 20180716
SOURCES = {10: 3, 100: 50, 1000: 500, 10000: 5000}
"""How many sources a site of so many pages has."""

INLINE, BLOCK = 8, 2
"""Quotations of a page."""

COPY = 11_000
"""Characters of a copy, about."""

MENU = "Home | News | Archive | About | Contact"
SECTION = 25
"""Pages in a section: a flat menu of hundreds of pages would be all that is measured."""


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A source: its text and what its record says."""

    key: str
    given: str
    family: str
    title: str
    journal: str
    issued: str
    paragraphs: Sequence[str]

    @property
    def author(self) -> str:
        """The author as pages name them."""
        return f"{self.given} {self.family}"

    @cached_property
    def text(self) -> str:
        """The copy."""
        return "\n\n".join(self.paragraphs) + "\n"


@dataclass(frozen=True, kw_only=True)
class Quotation:
    """Words of a copy: where they stand, and in which paragraph, counted from 1."""

    copy: Copy
    words: str
    start: int
    paragraph: int
    located: bool
    """Whether the citation names the paragraph."""

    @property
    def end(self) -> int:
        """The offset behind the words."""
        return self.start + len(self.words)


@dataclass(frozen=True, kw_only=True)
class Block:
    """A paragraph around a quotation; without text around it, a block quotation."""

    before: str
    quotation: Quotation
    after: str


@dataclass(frozen=True, kw_only=True)
class Article:
    """A page: its path below docs/, its title, and its parts, each a heading and its blocks."""

    path: str
    title: str
    parts: Sequence[tuple[str, Sequence[Block]]]


@dataclass(frozen=True)
class Corpus:
    """Sources and the pages that quote them."""

    copies: Sequence[Copy]
    articles: Sequence[Article]


def make_corpus(pages: int, sources: int, seed: int = SEED) -> Corpus:
    """Return the corpus of so many *pages* and *sources*."""
    chance = Random(seed + pages)
    told, written = voice(chance, SOURCE_NOUNS), voice(chance, PAGE_NOUNS)
    people = names(chance, sources)
    copies = [_copy(number, name, told, chance) for number, name in enumerate(people, 1)]
    articles = [_article(number, copies, written, chance) for number in range(pages)]
    return Corpus(copies, articles)


def _copy(number: int, name: tuple[str, str], told: Voice, chance: Random) -> Copy:
    given, family = name
    title = told.title()
    paragraphs = [title, MENU]
    while sum(map(len, paragraphs)) < COPY:
        paragraphs.append(" ".join(told.paragraph(chance.randint(2, 6))))
    day = f"{chance.randint(1990, 2023)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    return Copy(
        key=f"{family.lower()}-{number:03}",
        given=given,
        family=family,
        title=title,
        journal=f"{chance.choice(['Northern', 'Eastern', 'Central'])} Review",
        issued=day,
        paragraphs=paragraphs,
    )


def _article(number: int, copies: Sequence[Copy], written: Voice, chance: Random) -> Article:
    cited = chance.sample(copies, min(5, len(copies)))
    blocks = [
        *(_inline(_quotation(chance.choice(cited), chance), written) for _ in range(INLINE)),
        *(_apart(_whole(chance.choice(cited), chance)) for _ in range(BLOCK)),
    ]
    # A block quotation closes the first part and the last.
    shares = (blocks[:3] + blocks[8:9], blocks[3:6], blocks[6:8] + blocks[9:])
    section = f"part-{number // SECTION + 1:02}"
    return Article(
        path="index.md" if number == 0 else f"{section}/topic-{number + 1:04}.md",
        title=written.title(),
        parts=[(written.title(), share) for share in shares],
    )


def _inline(quotation: Quotation, written: Voice) -> Block:
    """Return a paragraph of some sixty words of running prose around *quotation*."""
    opening, closing = written.sentence(), " ".join(written.paragraph(2))
    named = f"{quotation.copy.author} puts it in these words:"
    return Block(before=f"{opening}\n{named} ", quotation=quotation, after=f".\n{closing}")


def _apart(quotation: Quotation) -> Block:
    return Block(before="", quotation=quotation, after="")


def _quotation(copy: Copy, chance: Random) -> Quotation:
    """Return six to ten words from inside a sentence of *copy* that stand there once."""
    while True:
        number = chance.randrange(2, len(copy.paragraphs))
        words = chance.choice(copy.paragraphs[number].split(". ")).split(" ")
        first = chance.randrange(max(1, len(words) - 10))
        part = " ".join(words[first : first + chance.randint(6, 10)]).strip(".,;– ")
        if part.count(" ") >= 5 and copy.text.count(part) == 1:
            return _placed(copy, part, number, chance)


def _whole(copy: Copy, chance: Random) -> Quotation:
    """Return a whole sentence of *copy*."""
    number = chance.randrange(2, len(copy.paragraphs))
    sentence = chance.choice(copy.paragraphs[number].split(". ")).rstrip(".")
    return _placed(copy, f"{sentence}.", number, chance)


def _placed(copy: Copy, words: str, number: int, chance: Random) -> Quotation:
    return Quotation(
        copy=copy,
        words=words,
        start=copy.text.index(words),
        paragraph=number + 1,
        located=chance.random() < 0.75,
    )
