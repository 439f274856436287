"""Quoted runs: what of a text readers take for somebody's words, by its quotation marks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from .quotation_marks import ATOM, DOUBLE, Pair, pair_marks
from .saying import Saying, saying_of
from .single_marks import SINGLE, single_runs
from .words import count_loosely

LEAST_SINGLE = 4
"""Words in single marks, at least, that are nobody's term."""
TITLE_MARKS = frozenset("《〈『")
"""Marks that enclose titles of works, too."""
LONGEST_TITLE = 20
"""Letters of a title in such marks, at most."""


@dataclass(slots=True)
class QuotedRuns:
    """The runs in quotation marks of a text, by what they claim."""

    pairs: list[Pair] = field(default_factory=list)
    """Those that claim to be somebody's words: in double marks, or single ones by their rule."""
    terms: list[Pair] = field(default_factory=list)
    """Others in single marks, or in marks that enclose titles."""
    left: list[int] = field(default_factory=list)
    """Offsets of marks that belong to no run and do not measure."""
    measures: list[int] = field(default_factory=list)
    """Offsets of marks that measure, outside every run."""


def quoted_runs(
    text: str,
    measured: Collection[int] | None = None,
    saying: Saying | None = None,
    cited: Sequence[int] | None = None,
) -> QuotedRuns:
    """Return the runs of *text* that claim to be somebody's words, and what else is in marks.

    *saying* knows the language's verbs. A short run in single marks claims words only where one of
    the offsets *cited*, those of citations, comes after it; by default, of each ATOM.
    """
    found = QuotedRuns()
    has_double, has_single = DOUBLE.search(text), SINGLE.search(text)
    if not (has_double or has_single):
        return found
    saying = saying or saying_of("en")
    pairing = pair_marks(text, measured)
    found.left, found.measures = pairing.left, pairing.measures
    singles = single_runs(text, pairing.pairs, saying.language) if has_single else None
    cited = [at for at, sign in enumerate(text) if sign == ATOM] if cited is None else cited
    last = max(cited, default=-1)
    claiming: list[Pair] = []
    for pair in singles.pairs if singles else ():
        led = last >= pair.end and is_led(text, pair, saying)
        if led or count_loosely(text[pair.start : pair.end], signs=False) >= LEAST_SINGLE:
            claiming.append(pair)
        else:
            found.terms.append(pair)
    if singles and last >= 0:
        found.left += [at for at in singles.alone if at < last and saying.leads_to(text, at)]
        found.left += _apostrophes(text, pairing.pairs, claiming, saying, last)
        found.left.sort()
    inside = [(pair.first, pair.last) for pair in claiming]
    for pair in pairing.pairs:
        if any(first <= pair.first < end for first, end in inside):
            continue
        if pair.opening in TITLE_MARKS and not _claims(text, pair, saying):
            found.terms.append(pair)
        else:
            claiming.append(pair)
    found.pairs = sorted(claiming, key=lambda pair: pair.first)
    found.terms.sort(key=lambda pair: pair.first)
    return found


def is_led(text: str, pair: Pair, saying: Saying) -> bool:
    """Return whether the text around *pair* tells that somebody says what is in it."""
    return saying.leads_to(text, pair.first) or saying.follows(text, pair.last)


def _apostrophes(
    text: str, doubles: Sequence[Pair], singles: Sequence[Pair], saying: Saying, last: int
) -> list[int]:
    """Return where ’ begins a word directly after a verb of saying or a colon, and opens nothing.

    On a page whose language has it on both sides of a run it is looked at as an opening mark.
    """
    runs = [(pair.first, pair.last) for pair in (*doubles, *singles)]
    found: list[int] = []
    at = text.find("’")
    while 0 <= at < last:
        begins = (at == 0 or text[at - 1].isspace()) and text[at + 1 : at + 2].isalpha()
        inside = any(first <= at < end for first, end in runs)
        if begins and not inside and _closes_later(text, at) and saying.leads_to(text, at):
            found.append(at)
        at = text.find("’", at + 1)
    return found


def _closes_later(text: str, at: int) -> bool:
    """Return whether another ’ comes after text[at] at the end of a word."""
    other = text.find("’", at + 1)
    while other >= 0:
        if not text[other + 1 : other + 2].isalnum():
            return True
        other = text.find("’", other + 1)
    return False


def _claims(text: str, pair: Pair, saying: Saying) -> bool:
    """Return whether a run in marks of titles is somebody's words."""
    words = text[pair.start : pair.end]
    letters = sum(character.isalnum() for character in words)
    return letters > LONGEST_TITLE or is_led(text, pair, saying)


def has_claims(text: str, saying: Saying | None = None) -> bool:
    """Return whether *text* has a run that claims somebody's words, or a mark left over."""
    if not (DOUBLE.search(text) or SINGLE.search(text)):
        return False
    found = quoted_runs(text, saying=saying)
    return bool(found.pairs or found.left)
