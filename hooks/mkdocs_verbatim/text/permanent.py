"""Permanent forms of a text: those from which the ids of quotations are made.

Readers link to ids, so what these functions return for a text may never change.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from .boundaries import UNSPACED, is_edge
from .fold import HYPHENS, PARAGRAPH, fold

SOFT = "\u00ad"
LINE_END_HYPHEN = re.compile(
    rf"(?<=[^\W\d_])[{HYPHENS}{SOFT}][ \t]*(?:\r\n|[\r\n\v\f\x85\u2028])[ \t]*(?=[^\W\d_])"
)
"""A hyphen at a line's end, between letters: whether it is the word's own cannot be told."""

SPACED_DOTS = re.compile(r"\.(?: \.){2}")
DIRECTIONS = re.compile("[\u061c\u200e\u200f]")
"""Characters without width that say which way a text is read."""

OTHER_MARKS = re.compile("[«»‹›〝〞〟＂❝❞]")

MOST_WORDS, MOST_LETTERS = 5, 48
"""Of a quotation, how much its id says: whole words, so many in number and together so long."""

WORDS_BEFORE = 3
RUN = re.compile(r"[^\W_]+")
WITHIN_WORD = re.compile(r"['’]")
BASE_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
)
"""Latin letters that Unicode does not take apart into one of ASCII and its accent."""

WORD_BACKWARDS = re.compile(rf"(?:{UNSPACED.pattern}){{1,2}}|(?:(?!{UNSPACED.pattern})\S)+")
"""A word of a text read from its end; where none has spaces, two letters count as one."""


def permanent(text: str) -> str:
    """Return *text* as ids read it: folded, in one line, without hyphens at the ends of lines."""
    joined = LINE_END_HYPHEN.sub("", DIRECTIONS.sub("", text)).replace(PARAGRAPH, " ")
    folded = OTHER_MARKS.sub('"', SPACED_DOTS.sub("...", fold(joined).text))
    return " ".join(folded.split())


@dataclass(frozen=True, slots=True)
class PermanentText:
    """The permanent form of a long text, and where its paragraphs are in the two."""

    text: str
    _raw: str
    _raw_from: Sequence[int]
    _from: Sequence[int]

    def place(self, index: int) -> int:
        """Return where the word that begins at *index* of the raw text is in the permanent one."""
        turn = bisect_right(self._raw_from, index) - 1
        at = self._from[turn] + len(permanent(self._raw[self._raw_from[turn] : index]))
        return at + self.text.startswith(" ", at)


def permanent_text(raw: str) -> PermanentText:
    """Return the permanent form of *raw*, paragraph by paragraph."""
    parts: list[str] = []
    raw_from, from_ = [0], [0]
    done = length = 0
    for paragraph in raw.split(PARAGRAPH):
        if words := permanent(paragraph):
            raw_from.append(done)
            from_.append(length)
            parts.append(words)
            length += len(words) + 1
        done += len(paragraph) + 1
    return PermanentText(" ".join(parts), raw, raw_from, from_)


def ascii_words(words: str) -> str:
    """Return up to five first words of the permanent *words* in ASCII, joined by hyphens.

    In small letters and without accents; a word in another script is left out.
    """
    runs = RUN.findall(WITHIN_WORD.sub("", words))[:MOST_WORDS]
    plain: list[str] = []
    for run in map(_without_accents, runs):
        if not run.isascii():
            continue
        if len("-".join([*plain, run])) > MOST_LETTERS:
            break
        plain.append(run)
    return "-".join(plain)


def _without_accents(word: str) -> str:
    apart = unicodedata.normalize("NFD", word.casefold()).translate(BASE_LETTERS)
    return "".join(c for c in apart if unicodedata.category(c)[0] != "M")


def places_of(words: str, text: str) -> list[int]:
    """Return each place at which the permanent *text* has *words*, cut out of no longer word."""
    found: list[int] = []
    at = text.find(words) if words else -1
    while at >= 0:
        if is_edge(text, at) and is_edge(text, at + len(words)):
            found.append(at)
        at = text.find(words, at + 1)
    return found


def words_before(text: str, at: int, others: Sequence[int]) -> str:
    """Return the three words that the permanent *text* has before *at*.

    Where it has the same before one of the *others*, six words, twelve and so on, until it has not
    or begins.
    """
    words = WORD_BACKWARDS.finditer(text[:at][::-1])
    ends = [0]
    count = WORDS_BEFORE
    while True:
        ends += [match.end() for match in islice(words, count + 1 - len(ends))]
        length = ends[-1]
        before = text[at - length : at]
        alike = any(text.startswith(before, other - length) for other in others if other >= length)
        if len(ends) <= count or not alike:
            return before.strip()
        count *= 2
