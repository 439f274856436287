"""Folding: a text in the form that is searched, and the way back. All offsets are code points."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

PARAGRAPH = "\0"
"""Separates two paragraphs of a reading text; no copy may hold it."""

SINGLE_MARKS = "'‘’‚‛"
DOUBLE_MARKS = '"“”„‟'
# Hyphens join letters to one word, dashes do not; folded they are the same.
HYPHENS = "-\u2010\u2011"
DASHES = "\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
# Soft hyphen, zero-width space and joiners, word joiner, byte order mark.
IGNORED = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
WHITE = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
EQUAL = {
    **dict.fromkeys(WHITE, " "),
    **dict.fromkeys(SINGLE_MARKS, "'"),
    **dict.fromkeys(DOUBLE_MARKS, '"'),
    **dict.fromkeys(HYPHENS + DASHES, "-"),
}
# What changes the length of a text; all white space has been replaced by spaces before.
CHANGING = re.compile(f"[ {IGNORED}]{{2,}}|[{IGNORED}]|…|[{''.join(LIGATURES)}]")
CHANGERS = frozenset(IGNORED + "…" + "".join(LIGATURES))


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """A text in the form that is searched, and where each of its characters comes from.

    Change k replaced raw[raw_from[k]:raw_to[k]] by text[from_[k]:to[k]]; between two changes each
    character is in both texts.
    """

    text: str
    from_: array[int]
    to: array[int]
    raw_from: array[int]
    raw_to: array[int]

    def start(self, index: int) -> int:
        """Return the raw offset of the folded character at *index*."""
        change = bisect_right(self.from_, index) - 1
        if change < 0:
            return index
        beyond = index - self.to[change]
        return self.raw_to[change] + beyond if beyond >= 0 else self.raw_from[change]

    def end(self, index: int) -> int:
        """Return the raw offset after the folded character before *index*."""
        change = bisect_left(self.from_, index) - 1
        if change < 0:
            return index
        return self.raw_to[change] + max(0, index - self.to[change])

    def index(self, offset: int) -> int:
        """Return the folded index of the raw *offset*; inside a change, the index after it."""
        change = bisect_right(self.raw_from, offset) - 1
        if change < 0:
            return offset
        if offset == self.raw_from[change]:
            return self.from_[change]
        return self.to[change] + max(0, offset - self.raw_to[change])


def fold(raw: str) -> Folded:
    """Return *raw* in the form in which texts that count as verbatim are equal.

    White space in a row becomes one space, quotation marks straight, a dash a hyphen, `…` three
    dots; ligatures are split, invisible characters removed, letters composed (NFC).
    """
    text = raw
    characters = set(raw)
    for character in characters.intersection(EQUAL):
        text = text.replace(character, EQUAL[character])
    changes: list[tuple[int, int, str]] = []
    if "  " in text or not characters.isdisjoint(CHANGERS):
        changes = [(m.start(), m.end(), _changed(m[0])) for m in CHANGING.finditer(text)]
    if not unicodedata.is_normalized("NFC", text):
        changes = sorted([*changes, *_compositions(text)])
    arrays = (array("L"), array("L"), array("L"), array("L"))
    if not changes:
        return Folded(text, *arrays)
    pieces: list[str] = []
    done = length = 0
    for start, end, new in changes:
        pieces += (text[done:start], new)
        length += start - done
        for values, value in zip(arrays, (length, length + len(new), start, end), strict=True):
            values.append(value)
        length += len(new)
        done = end
    pieces.append(text[done:])
    return Folded("".join(pieces), *arrays)


def _changed(raw: str) -> str:
    if " " in raw:
        return " "
    return "..." if raw == "…" else LIGATURES.get(raw, "")


def _compositions(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the changes that NFC makes: [start, end) of *text*, and what it becomes."""
    start = 0
    for index in range(1, len(text) + 1):
        if index < len(text) and _continues(text[index]):
            continue
        cluster = text[start:index]
        composed = unicodedata.normalize("NFC", cluster)
        if composed != cluster and not CHANGING.search(cluster):
            yield start, index, composed
        start = index


def _continues(character: str) -> bool:
    # Combining marks, and the vowels and finals of decomposed Hangul syllables.
    return unicodedata.category(character)[0] == "M" or "\u1161" <= character <= "\u11c2"
