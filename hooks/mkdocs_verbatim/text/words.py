"""Words and sentences: how they are counted, and where they begin and end, in code points."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .boundaries import UNSPACED
from .fold import PARAGRAPH

SINGLE_FOR_DOUBLE = {ord(c): "’" for c in '"”„‟»'} | {ord(c): "‘" for c in "“«"}
"""Double quotation marks, and the single ones that replace them."""

WORDS = re.compile(r"[^\s\0]+")
"""What white space separates is a word, as word processors count."""


def count_words(text: str) -> int:
    """Return how many words *text* has."""
    return len(text.replace(PARAGRAPH, " ").split())


def count_loosely(text: str, *, signs: bool = True) -> int:
    """Return how many words *text* has; where no spaces divide them, two letters count as one.

    Without *signs* a dash or another sign between spaces is no word.
    """
    words = UNSPACED.sub(" ", text).replace(PARAGRAPH, " ").split()
    spaced = sum(signs or any(map(str.isalnum, word)) for word in words)
    return spaced + -(-len(UNSPACED.findall(text)) // 2)


def single(text: str) -> str:
    """Return *text* on one line, with single quotation marks in place of double ones."""
    return " ".join(text.translate(SINGLE_FOR_DOUBLE).split())


def capital(text: str) -> str:
    """Return *text* with a capital first letter."""
    return text[:1].upper() + text[1:]


# A full stop after a single letter or one of these does not end a sentence.
ABBREVIATIONS = re.compile(
    r"(?:\b[A-Za-z]|\b(?:e\.g|i\.e|cf|vs|etc|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gen|Lt|Sgt|St|No|no|para|"
    r"paras|vol|ed|eds|pp|p|approx|ca|Jr|Sr|U\.S|U\.K|U\.N|D\.C))\.$"
)
SENTENCE_END = re.compile(r"[.!?…][.!?…]*[\"“”„'‘’)\]]*(?=\s)")
SENTENCE_START = re.compile(r"[\"“„'‘(\[]*(?P<letter>[^\W_])")


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the whole sentences of *text* that hold [*start*, *end*).

    A sentence ends with its paragraph, or at a full stop, question or exclamation mark before
    white space and a capital; in doubt it goes on. Spans are in code points.
    """
    first = text.rfind(PARAGRAPH, 0, start) + 1
    last = text.find(PARAGRAPH, end)
    last = len(text) if last < 0 else last
    begin, finish = first, last
    for one in sentences(text, first, last):
        if one[0] <= start:
            begin = one[0]
        if one[1] >= end:
            finish = one[1]
            break
    return begin, finish


def sentences(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences of one paragraph, *text* from *first* to *last*."""
    begin = first
    for match in SENTENCE_END.finditer(text, first, last):
        after = match.end() + 1
        while after < last and text[after].isspace():
            after += 1
        if _ends_sentence(text, match, after, last):
            yield begin, match.end()
            begin = after
    if begin < last:
        yield begin, last


def _ends_sentence(text: str, match: re.Match[str], after: int, last: int) -> bool:
    if after >= last:
        return True
    if match[0] == "." and ABBREVIATIONS.search(text[max(0, match.start() - 8) : match.end()]):
        return False
    start = SENTENCE_START.match(text, after)
    return start is not None and not start["letter"].islower()
