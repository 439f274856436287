"""Folding and finding, timed apart from any build, beside a bare search on the same text."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

from verbatim.match import find, needle
from verbatim.record import parse_record
from verbatim.source import Source, make_source
from verbatim.text import EQUAL, PARAGRAPH, fold

from .corpus import BLOCK, INLINE, Copy, make_corpus
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
