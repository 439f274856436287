"""Folding and finding, timed apart from any build, beside a bare search on the same text."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

from mkdocs_verbatim.ledger.ledger import Ledger, open_ledger
from mkdocs_verbatim.ledger.page import Page
from mkdocs_verbatim.ledger.page_text import PageText
from mkdocs_verbatim.ledger.use import Use
from mkdocs_verbatim.quotations.mark import Mark, parse_citation
from mkdocs_verbatim.quotations.match import find, needle
from mkdocs_verbatim.rules import RULES
from mkdocs_verbatim.sources.library import Library
from mkdocs_verbatim.sources.people import People, Person
from mkdocs_verbatim.sources.reading import make_source
from mkdocs_verbatim.sources.record import parse_record
from mkdocs_verbatim.sources.source import Source
from mkdocs_verbatim.text.fold import EQUAL, PARAGRAPH, fold

from .corpus import BLOCK, INLINE, Block, Copy, make_corpus
from .library import record_text

REPEATS = 31
MEGABYTE = 1_000_000

Row = tuple[str, list[float], str]
"""What was timed, the seconds of each repeat, and the unit."""


def micro() -> list[Row]:
    """Return the timings of folding a megabyte, and of finding a quotation."""
    return [*_folding(), *_finding()]


def _folding() -> list[Row]:
    # What is folded is the reading of a source: paragraphs with no blank line between them.
    readings = [_source(copy).reading for copy in make_corpus(1000, 100).copies]
    text = PARAGRAPH.join(readings)[:MEGABYTE]
    return [
        ("fold, with the way back", _timed(lambda: fold(text)), "ms a megabyte"),
        ("replace alone, no way back", _timed(lambda: _replaced(text)), "ms a megabyte"),
    ]


def _replaced(text: str) -> str:
    for character in set(text).intersection(EQUAL):
        text = text.replace(character, EQUAL[character])
    return text


def _finding() -> list[Row]:
    corpus = make_corpus(100, 50)
    sources = {copy.key: _source(copy) for copy in corpus.copies}
    wanted = [
        (sources[block.quotation.copy.key], (block.quotation.words,))
        for article in corpus.articles
        for _, blocks in article.parts
        for block in blocks
    ]
    assert len(wanted) == 100 * (INLINE + BLOCK)
    bare = [(source.folded.text, needle(words)) for source, words in wanted]
    assert all(len(find(words, source, inline=True)) >= 1 for source, words in wanted)
    rows = [
        ("find, folding and word edges included", lambda: _found(wanted)),
        ("of which folding the quotation", lambda: [needle(words) for _, words in wanted]),
        ("str.find, first place, folded beforehand", lambda: [t.find(n) for t, n in bare]),
    ]
    return [
        (what, [seconds / len(wanted) for seconds in _timed(run)], "µs a quotation")
        for what, run in rows
    ]


def entering() -> list[Row]:
    """Return the timings of finding a quotation and entering it, and of a bare search for it."""
    corpus = make_corpus(100, 50)
    sources = {copy.key: _source(copy) for copy in corpus.copies}
    people = People(Person(id=copy.key, name=copy.author) for copy in corpus.copies)
    library = Library(sources=sources, references={}, people=people, broken=frozenset())
    severities = {name: rule.severity for name, rule in RULES.items()}
    ledger = open_ledger(library, severities)
    ledger.log.begin_pages()
    wanted = [
        (_mark(block), Page(text=PageText(path=article.path, read=str)))
        for article in corpus.articles
        for _, blocks in article.parts
        for block in blocks
    ]
    bare = [
        (sources[mark.citation.items[0].key].folded.text, needle(mark.words)) for mark, _ in wanted
    ]
    entered = _timed(lambda: _entered(wanted, ledger))
    searched = _timed(lambda: [text.find(words) for text, words in bare])
    assert not ledger.log.on_pages
    number = len(wanted)
    more = [(a - b) / number for a, b in zip(entered, searched, strict=True)]
    return [
        ("finding and entering", [seconds / number for seconds in entered], "µs a quotation"),
        ("a bare search", [seconds / number for seconds in searched], "µs a quotation"),
        ("the first costs more by", more, "µs a quotation"),
    ]


def _mark(block: Block) -> Mark:
    """Return the mark that *block* is on its page."""
    quotation = block.quotation
    place = f", para. {quotation.paragraph}" if quotation.located else ""
    return Mark(
        kind="inline" if block.before else "block",
        words=(quotation.words,),
        citation=parse_citation(f"@{quotation.copy.key}{place}"),
        marks=("“", "”"),
        attribution=None if block.before else quotation.copy.author,
    )


def _entered(wanted: list[tuple[Mark, Page]], ledger: Ledger) -> None:
    for mark, page in wanted:
        assert isinstance(ledger.prove(mark, page), Use)
    ledger.forget()


def _found(wanted: list[tuple[Source, tuple[str]]]) -> object:
    return [find(words, source, inline=True) for source, words in wanted]


def _source(copy: Copy) -> Source:
    record, problems = parse_record(record_text(copy), copy.key)
    assert record is not None
    source, found = make_source(copy.key, record, copy.text, "")
    assert not problems + found
    return source


def _timed(run: Callable[[], object]) -> list[float]:
    """Return the seconds that *run* took, many times over, once warm."""
    run()
    gc.disable()
    seconds: list[float] = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - begun)
    gc.enable()
    return seconds
