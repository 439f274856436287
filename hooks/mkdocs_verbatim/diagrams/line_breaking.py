"""Wrapping: text in lines that fit a width, whatever the font of the reader's machine."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

# Hundredths of an em in DejaVu Sans, the widest face a reader may get where the wanted ones are
# missing (measured in Chromium, rounded up): a line that fits in it fits in every other.
_WIDE = {
    30: "'IJijlíî",
    35: " ,./:;\\|‘’·",
    40: "()-[]ft",
    45: "!r",
    50: '"*_`–§°',
    55: "?csz“”ç",
    60: "FLkvxy•",
    65: "$0123456789EPSTYabdeghnopqu{}«»£€éèüöäßñáóúâêôåøÉ",
    70: "ABCKRVXZÄÇ",
    75: "NUÜÑ",
    80: "&DGHOQÖ",
    85: "#+<=>^w~→←",
    90: "M",
    100: "%@Wm—…©æ",
    105: "œ",
}
WIDTHS = {character: width / 100 for width, characters in _WIDE.items() for character in characters}
BOLD = 1.15
"""How much wider a text may be in bold, as a whole."""

OTHER, OUTSIDE, DASH = 1.05, 2.0, 3.0
"""Ems of other characters, of those beyond the basic plane, and of dashes not in the table."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one word; *proof* is the source's key and where in its reading they stand."""

    text: str
    proof: tuple[str, tuple[int, int]] | None = None


Word = tuple[Run, ...]
"""Runs with no space between them."""

Line = tuple[Word, ...]


def width(text: str) -> float:
    """Return how many ems *text* takes at most on one line."""
    return sum(map(_width, text))


@lru_cache(maxsize=4096)
def _width(character: str) -> float:
    known = WIDTHS.get(character)
    if known is not None:
        return known
    category = unicodedata.category(character)
    if category in {"Mn", "Me", "Cf"}:
        return 0.0
    if category == "Pd":
        return DASH
    # One sign may stand for a whole phrase.
    parts = unicodedata.normalize("NFKD", character)
    base = sum(WIDTHS.get(part, 0.7) for part in parts if unicodedata.category(part) != "Mn")
    return max(base, OUTSIDE if ord(character) > 0xFFFF else OTHER)


def wrapped(words: Iterable[Word], most: float) -> list[Line]:
    """Return *words* in lines of at most *most* ems; a word that is longer goes over several."""
    lines: list[Line] = []
    line: list[Word] = []
    used = 0.0
    for word in words:
        for piece in _pieces(word, most):
            wide = sum(width(run.text) for run in piece)
            if line and used + WIDTHS[" "] + wide > most:
                lines.append(tuple(line))
                line, used = [], 0.0
            used += wide + (WIDTHS[" "] if line else 0.0)
            line.append(piece)
    return [*lines, tuple(line)] if line else lines


def plain_words(text: str) -> list[Word]:
    """Return the words of *text*, which quotes nothing."""
    return [(Run(word),) for word in text.split()]


def _pieces(word: Word, most: float) -> Iterator[Word]:
    """Yield *word*, in pieces where it is too long."""
    if sum(width(run.text) for run in word) <= most:
        yield word
        return
    for run in word:
        edges = [0, *_cuts(run.text, most), len(run.text)]
        yield from ((_part(run, *piece),) for piece in pairwise(edges))


def _cuts(text: str, most: float) -> Iterator[int]:
    start, used = 0, 0.0
    for at, character in enumerate(text):
        wide = _width(character)
        if at > start and used + wide > most:
            yield at
            start, used = at, 0.0
        used += wide


def _part(run: Run, start: int, end: int) -> Run:
    """Return a part of *run*, quoted from a part of what the whole is quoted from."""
    if run.proof is None:
        return Run(run.text[start:end])
    key, span = run.proof
    return Run(run.text[start:end], (key, (span[0] + start, span[0] + end)))
