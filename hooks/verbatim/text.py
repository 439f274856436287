"""Text: folding with a way back, word edges, words, sentences. All offsets are code points."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

SINGLE = {ord(c): "’" for c in '"”„‟»'} | {ord(c): "‘" for c in "“«"}
PARAGRAPH = "\0"
"""Stands between two paragraphs of a reading text; a copy cannot hold it."""

SINGLE_MARKS = "'‘’‚‛"
DOUBLE_MARKS = '"“”„‟'
# Hyphens join letters to one word, dashes do not; both are equal when searching.
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
# What changes the length of a text when folded; white space is one kind of space by then.
CHANGING = re.compile(f"[ {IGNORED}]{{2,}}|[{IGNORED}]|…|[{''.join(LIGATURES)}]")
CHANGERS = frozenset(IGNORED + "…" + "".join(LIGATURES))


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """A text in the form that is searched, and where each of its characters came from.

    The change k turned raw[raw_from[k]:raw_to[k]] into text[from_[k]:to[k]]; between two changes
    both texts run in step.
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
        """Return the raw offset behind the folded character before *index*."""
        change = bisect_left(self.from_, index) - 1
        if change < 0:
            return index
        return self.raw_to[change] + max(0, index - self.to[change])

    def index(self, offset: int) -> int:
        """Return the folded index of the raw *offset*; inside a change, the index behind it."""
        change = bisect_right(self.raw_from, offset) - 1
        if change < 0:
            return offset
        if offset == self.raw_from[change]:
            return self.from_[change]
        return self.to[change] + max(0, offset - self.raw_to[change])


def fold(raw: str) -> Folded:
    """Return *raw* with everything alike that counts as verbatim.

    White space runs become one space, marks straight, dashes hyphens, `…` three dots; ligatures
    are taken apart, invisible characters left out, letters composed (NFC).
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


def _changed(run: str) -> str:
    if " " in run:
        return " "
    return "..." if run == "…" else LIGATURES.get(run, "")


def _compositions(text: str) -> Iterator[tuple[int, int, str]]:
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


# Thai to Tibetan, Myanmar, Khmer, Chinese and Japanese: written without spaces between words.
UNSPACED = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u312f\u31f0-\u31ff\u3400-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)
APOSTROPHES = "'’‘‛\u02bb\u02bc"
# Before a digit; a dash too may be a minus there. Behind one, a hyphen or dash joins or divides.
SIGNS = "+-\u2212\u2013±"
SIGNS_BEHIND = "+\u2212±"
# Latin and Arabic.
DECIMAL = ".,\u066b\u066c"
PER_CENT = "%‰\u066a"


def is_edge(text: str, offset: int) -> bool:
    """Tell whether a word may start or end at *offset* of the unfolded *text*.

    Letters joined by an apostrophe or hyphen are one word, a final ’s apart; point and comma join
    digits; a sign, currency mark or % beside a digit belongs to it.
    """
    # Nearly every edge stands beside a space, which belongs to nothing.
    return " " in text[max(0, offset - 1) : offset + 1] or _parts(text, offset)


def _parts(text: str, offset: int) -> bool:
    left, left_at = _beside(text, offset, -1)
    right, right_at = _beside(text, offset, +1)
    if not left or not right:
        return True
    if _is_word(left) and _is_word(right):
        return _is_unspaced(left, right)
    if _is_word(left):
        return _ends(left, right, _beside(text, right_at + 1, +1), text)
    if _is_word(right):
        return _starts(left, right, _beside(text, left_at, -1)[0])
    # Dots of one ellipsis stay together, and so do a sign and the amount it belongs to.
    if left == right == ".":
        return False
    amount = _is_currency(right) and _beside(text, right_at + 1, +1)[0].isdigit()
    return not (amount and left in SIGNS and not _is_word(_beside(text, left_at, -1)[0]))


def _ends(left: str, right: str, after: tuple[str, int], text: str) -> bool:
    following, at = after
    if right in APOSTROPHES and _is_word(following):
        return following in "sS" and not _is_word(_beside(text, at + 1, +1)[0])
    if right in HYPHENS:
        return not _is_word(following)
    if not left.isdigit():
        return True
    if right in DECIMAL:
        return not following.isdigit()
    return not (right in PER_CENT or right in SIGNS_BEHIND or _is_currency(right))


def _starts(left: str, right: str, before: str) -> bool:
    if left in APOSTROPHES or left in HYPHENS:
        if _is_word(before):
            return False
        return not (left in SIGNS and right.isdigit())
    if not right.isdigit():
        return True
    if left in DECIMAL:
        return not before.isdigit()
    if left in SIGNS:
        return _is_word(before)
    return not _is_currency(left)


def _beside(text: str, offset: int, step: int) -> tuple[str, int]:
    """Return the nearest visible character before or behind *offset*, and where; "" at an end."""
    at = offset if step > 0 else offset - 1
    while 0 <= at < len(text) and text[at] in IGNORED:
        at += step
    return (text[at], at) if 0 <= at < len(text) else ("", at)


def _is_word(character: str) -> bool:
    if not character:
        return False
    return character.isalnum() or character == "_" or unicodedata.category(character)[0] == "M"


def _is_unspaced(left: str, right: str) -> bool:
    if unicodedata.category(right)[0] == "M":
        return False
    return bool(UNSPACED.match(left) or UNSPACED.match(right))


def _is_currency(character: str) -> bool:
    return unicodedata.category(character) == "Sc"


WORDS = re.compile(r"[^\s\0]+")
"""Words stand between white space, as an editor counts them."""


def count_words(text: str) -> int:
    """Return how many words *text* has."""
    return len(text.replace(PARAGRAPH, " ").split())


def single(text: str) -> str:
    """Return *text* with single marks for double ones, as in a heading, on one line."""
    return " ".join(text.translate(SINGLE).split())


def capital(text: str) -> str:
    """Return *text* with a capital first letter."""
    return text[:1].upper() + text[1:]


# A full stop ends no sentence behind a single letter or one of these.
ABBREVIATIONS = re.compile(
    r"(?:\b[A-Za-z]|\b(?:e\.g|i\.e|cf|vs|etc|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gen|Lt|Sgt|St|No|no|para|"
    r"paras|vol|ed|eds|pp|p|approx|ca|Jr|Sr|U\.S|U\.K|U\.N|D\.C))\.$"
)
SENTENCE_END = re.compile(r"[.!?…][.!?…]*[\"“”„'‘’)\]]*(?=\s)")
SENTENCE_START = re.compile(r"[\"“„'‘(\[]*(?P<letter>[^\W_])")


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the whole sentences of *text* that hold [*start*, *end*).

    A sentence ends with its paragraph, or at a full stop, question or exclamation mark before
    white space and a capital; where in doubt, the sentence is the longer one.
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
