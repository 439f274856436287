"""Repeats: what a new copy has twice, such as titles and pull quotes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..sources.source import Source
from .furniture import Line, Suspect

LEAST_REPEATED = 5
"""Words of a line or paragraph that may be a repeat: fewer are the same by chance."""

PASSAGE_WORDS = 10
"""Words in a row that are reported if two paragraphs have them."""

MOST_REPEATS = 20
"""Repeated passages that are reported: more of them are the style of the text."""

REPEAT_WORD = re.compile(r"[^\W_]+")

Words = list[str]


@dataclass(frozen=True, slots=True)
class Repeat:
    """Words that the paragraphs of numbers *first* and *second* both have."""

    first: int
    second: int
    words: str


def repeated_lines(lines: Sequence[Line]) -> list[Suspect]:
    """Return the *lines* whose words are those of a line before."""
    found: list[Suspect] = []
    seen: dict[tuple[str, ...], int] = {}
    for line in lines:
        words = tuple(_words(line.text))
        before = seen.setdefault(words, line.number)
        if len(words) >= LEAST_REPEATED and before != line.number:
            what = f"line {before} repeated"
            found.append(Suspect(first=line.number, last=line.number, what=what, sure=True))
    return found


def repeated_paragraphs(source: Source) -> list[Suspect]:
    """Return the paragraphs of *source* whose words are a part of a longer one."""
    texts = _texts(source)
    index: dict[tuple[str, ...], list[int]] = {}
    for number, words in texts.items():
        for part in dict.fromkeys(_parts(words, LEAST_REPEATED)):
            index.setdefault(part, []).append(number)
    found: list[Suspect] = []
    for number, words in texts.items():
        # Words that many paragraphs have are no sign of a repeat, and would take time.
        longer = [
            n
            for n in index.get(tuple(words[:LEAST_REPEATED]), ())[:MOST_REPEATS]
            if len(texts[n]) > len(words)
        ]
        whole = next(
            (n for n in longer if f" {' '.join(words)} " in f" {' '.join(texts[n])} "), None
        )
        if whole is not None:
            paragraph = source.paragraphs[number - 1]
            last = bisect_right(source.line_from, paragraph.span[1] - 1)
            what = f"a repeated pull quote, words of para. {whole}"
            found.append(Suspect(first=paragraph.line, last=last, what=what, sure=True))
    return found


def repeated_passages(source: Source) -> list[Repeat]:
    """Return passages that two paragraphs of *source* have, of the first MOST_REPEATS pairs."""
    found: dict[tuple[int, int], str] = {}
    seen: dict[tuple[str, ...], int] = {}
    for number, words in _texts(source).items():
        for part in _parts(words, PASSAGE_WORDS):
            before = seen.setdefault(part, number)
            if before != number:
                found.setdefault((before, number), " ".join(part))
        if len(found) >= MOST_REPEATS:
            break
    return [Repeat(first, second, words) for (first, second), words in found.items()][:MOST_REPEATS]


def _texts(source: Source) -> dict[int, Words]:
    """Return the words of each paragraph that is not furniture, by its number."""
    read = {p.number: p.reading for p in source.paragraphs if p.reading}
    return {number: _words(source.reading[slice(*span)]) for number, span in read.items()}


def _words(text: str) -> Words:
    return [word.lower() for word in REPEAT_WORD.findall(text)]


def _parts(words: Words, size: int) -> Iterator[tuple[str, ...]]:
    for at in range(len(words) - size + 1):
        yield tuple(words[at : at + size])
