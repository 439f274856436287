"""Editorial marks: which words of a quotation are the author's own, and which are the source's.

As in print: `[…]` for words left out, `[word]` added, `[word]{for="…"}` in place of others,
`[T]here` for a changed first letter, `[sic]`; and `..`, by which the build fetches what is between.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from ..text.boundaries import UNSPACED
from ..text.fold import PARAGRAPH

SignKind = Literal["elision", "pull", "addition", "replacement", "case", "sic", "refused"]

FOR = r"\{for=(?:\"(?P<straight>[^\"{}\n]+)\"|'(?P<single>[^'{}\n]+)'|“(?P<curly>[^”{}\n]+)”)\}"
SIGN = re.compile(
    rf"\[(?P<inner>[^\[\]{PARAGRAPH}]{{1,300}})\](?:{FOR})?|(?<=[\s\0])\.\.(?=[\s\0])"
)
"""A bracket, or two dots between spaces."""

BLANK = f" \t\r\n{PARAGRAPH}"
"""What separates words and paragraphs, and belongs to no run."""

OPENED = "([{“‘„‚«‹\"'"
"""After these no space stands before the words that they open."""

MOST_DOUBTFUL = 6
"""Signs that may be the source's or the author's; of more, the last are the source's."""


@dataclass(frozen=True, slots=True)
class Sign:
    """An editorial mark: where in the author's words it is, and what a reader is shown.

    *theirs* are the words of the source that it replaces.
    """

    start: int
    end: int
    kind: SignKind
    shown: str
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the author's words, or a sign, and *raw*: what the source has in its place."""

    start: int
    end: int
    raw: str
    sign: Sign | None = None


PieceRun = list[Piece]
"""Pieces that follow each other in the source without a gap."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read an author's words: runs, and the sign between each two of them."""

    runs: list[PieceRun]
    gaps: list[Sign]

    @property
    def is_literal(self) -> bool:
        """Every word and sign is the source's."""
        return not self.gaps and all(piece.sign is None for run in self.runs for piece in run)


def read_signs(words: str) -> list[Sign]:
    """Return the signs in *words* that may be editorial marks, in order."""
    return [_sign(match, words) for match in SIGN.finditer(words)]


def _sign(match: re.Match[str], words: str) -> Sign:
    start, end = match.span()
    inner = match["inner"]
    if inner is None:
        return Sign(start, end, "pull", "")
    if theirs := match["straight"] or match["single"] or match["curly"]:
        # Dots, *sic* or nothing in place of words would hide them.
        hides = inner.strip().lower() == "sic" or not any(map(str.isalnum, inner))
        return Sign(start, end, "refused" if hides else "replacement", f"[{inner}]", theirs)
    if inner.strip() in {"…", "..."}:
        return Sign(start, end, "elision", "[…]")
    before, after = words[start - 1 : start], words[end : end + 1]
    kind: SignKind = "addition"
    theirs = ""
    if inner.strip().lower() == "sic":
        kind = "sic"
    elif len(inner) == 1 and after.isalpha() and not before.strip(BLANK) and _other_case(inner):
        kind, theirs = "case", _other_case(inner)
    elif (_is_in_word(before) or _is_in_word(after)) and any(map(str.isalnum, inner)):
        kind = "refused"
    return Sign(start, end, kind, f"[{inner}]", theirs)


def _is_in_word(beside: str) -> bool:
    """Return whether a bracket *beside* this character is inside a word."""
    return beside.isalnum() and not UNSPACED.match(beside)


def _other_case(letter: str) -> str:
    """Return *letter* in the other case, or nothing where it has no other of one letter."""
    swapped = letter.swapcase()
    return swapped if swapped != letter and swapped.swapcase() == letter else ""


def readings(words: str, is_theirs: Callable[[Sign], bool]) -> Iterator[Reading]:
    """Yield every way to read *words*, the most literal first.

    *is_theirs* returns whether the source itself has a sign somewhere: then either may be meant.
    """
    signs = read_signs(words)
    # No two signs begin at one place: the start names a sign.
    theirs = [sign.start for sign in signs if is_theirs(sign)]
    doubtful, literal_too = theirs[:MOST_DOUBTFUL], theirs[MOST_DOUBTFUL:]
    choices = sorted(product((False, True), repeat=len(doubtful)), key=sum)
    for choice in choices:
        literal = {start for start, ours in zip(doubtful, choice, strict=True) if not ours}
        kept = [sign for sign in signs if sign.start not in literal.union(literal_too)]
        if not any(sign.kind == "refused" for sign in kept):
            yield _reading(words, kept)


def refused(words: str, is_theirs: Callable[[Sign], bool]) -> list[Sign]:
    """Return the brackets inside a word that are not the source's."""
    return [sign for sign in read_signs(words) if sign.kind == "refused" and not is_theirs(sign)]


def _reading(words: str, signs: Sequence[Sign]) -> Reading:
    runs: list[PieceRun] = [[]]
    gaps: list[Sign] = []
    done = 0
    for sign in signs:
        _add_words(runs[-1], words, done, sign.start)
        done = sign.end
        if sign.kind in {"elision", "pull"}:
            gaps.append(sign)
            runs.append([])
        else:
            runs[-1].append(Piece(sign.start, sign.end, sign.theirs, sign))
            if not sign.theirs:
                done = _after_no_width(runs[-1], words, sign)
    _add_words(runs[-1], words, done, len(words))
    return Reading(runs, gaps)


def _add_words(run: PieceRun, words: str, start: int, end: int) -> None:
    if start < end:
        run.append(Piece(start, end, words[start:end]))


def _after_no_width(run: PieceRun, words: str, sign: Sign) -> int:
    """Return where the words go on after a sign without width, which takes one space with it."""
    end = sign.end
    before, after = words[sign.start - 1 : sign.start], words[end : end + 1]
    if after.isspace():
        # After a bracket or mark the space is the sign's: `([here] of old)`.
        opened = before != "" and not before.isalnum() and before in OPENED
        return end + 1 if opened or not before.strip(f" {PARAGRAPH}") else end
    if before.isspace() and len(run) > 1 and not after.isalnum():
        # Before a comma the space was the sign's: `bridges [over it], he said`.
        last = run[-2]
        run[-2] = Piece(last.start, last.end, last.raw.rstrip(), last.sign)
    return end
