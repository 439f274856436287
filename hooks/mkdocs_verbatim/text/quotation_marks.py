"""Quotation marks: which runs of a text they enclose, and which of them are left over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field

from .fold import DASHES, HYPHENS, WHITE


@dataclass(frozen=True, slots=True)
class Pair:
    """A run in double marks: text[start:end] are its words, without the marks."""

    start: int
    end: int


@dataclass(slots=True)
class Pairing:
    """The double marks of a text, by what they do."""

    pairs: list[Pair] = field(default_factory=list)
    """The outermost runs, in order."""
    left: list[int] = field(default_factory=list)
    """Offsets of marks that belong to no run and do not measure, in order."""
    measures: list[int] = field(default_factory=list)
    """Offsets of marks that measure, outside every run, in order."""


OPENING = "“„‟«〝❝🙶"
"""Marks that open wherever they are; a straight one opens or closes by what is around it."""

STRAIGHT = '"＂'
CLOSING = {
    "“": "”",
    "„": "“”‟",
    "‟": "”",
    "«": "»",
    "〝": "〞〟",
    "❝": "❞",
    "🙶": "🙷",
}
"""The marks that may close what a mark opens."""

# Double marks of every language: a run in any of them must be proven.
DOUBLE = re.compile(r'["“”„‟«»〝〞〟＂❝❞🙶🙷🙸⹂]')
MARK_OR_BLOCK = re.compile(f"{DOUBLE.pattern}|\0")
ATOM = "\ufffc"
"""Placeholder for what is not text: a citation, a picture, the number of a footnote."""

BEFORE_OPENING = frozenset(f" {WHITE}{DASHES}{HYPHENS}\0([{{</'‘{ATOM}")
AFTER_CLOSING = frozenset(f" {WHITE}{DASHES}{HYPHENS}\0.,:;!?)]}}>…/'’[{{{ATOM}")

INCHES = frozenset('"')
"""Double marks that may be a measure, in inches or seconds."""
# ASCII digits only: a raised digit is an exponent or the number of a note, and nobody writes a
# straight mark after full-width ones.
DIGITS = frozenset("0123456789")
FRACTIONS = frozenset("¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞")
DIGITS_OF_MEASURE = 3
"""Most digits of a measure: a year, which may end a quotation, has four."""
UNSEEN = "\x1a"
"""Placeholder in a text for something on the page that a reader may not see."""
NOT_SEEN = frozenset({"Cf", "Mn", "Me"})
"""Unicode categories of characters without a width of their own."""
AFTER_MEASURE = re.compile(
    r"""
    (?P<compass> [NSEWO] ) (?! [^\W_] )    # no letter or digit follows; O is east or west
  | (?P<times> [x×] ) (?! [^\W\d_] )       # between two measures: no letter follows
  | (?P<no_letter_or_digit> (?!×) [\W_] )
  | (?P<end_of_text> \Z )
    """,
    re.VERBOSE,
)
"""What may follow the mark of a measure."""


def measures(text: str) -> frozenset[int]:
    """Return the offsets of marks that may measure in *text* as a reader sees it.

    One of them does not measure if it closes a run; *pair_marks* decides that.
    """
    found = (match for match in DOUBLE.finditer(text) if match[0] in INCHES)
    return frozenset(
        match.start()
        for match in found
        if follows_number(text, match.start()) and _may_follow(text, match.end())
    )


def follows_number(text: str, at: int) -> bool:
    """Return whether a fraction or one to three digits end directly before text[at]."""
    first = at
    while first and text[first - 1] in DIGITS:
        first -= 1
    # Two digits are one number if a reader sees nothing between them.
    before = first
    while before and _is_unseen(text[before - 1]):
        before -= 1
    longer = text[before - 1 : before].isdigit()
    is_fraction = at > 0 and text[at - 1] in FRACTIONS
    return is_fraction or (0 < at - first <= DIGITS_OF_MEASURE and not longer)


def _may_follow(text: str, at: int) -> bool:
    """Return whether text[at:] may follow the mark of a measure."""
    while at < len(text) and text[at] != ATOM and _is_unseen(text[at]):
        at += 1
    return AFTER_MEASURE.match(text, at) is not None


def _is_unseen(character: str) -> bool:
    return character in {UNSEEN, ATOM} or unicodedata.category(character) in NOT_SEEN


def pair_marks(text: str, measured: Collection[int] | None = None) -> Pairing:
    """Return the runs in *text*, and the double marks that measure or are left over.

    Curly marks pair by nesting; a straight mark opens after space or bracket and closes before
    space or punctuation. One that does neither measures if its offset is in *measured*; without
    *measured* that is what *measures* returns.
    """
    measured = measures(text) if measured is None else measured
    found = Pairing()
    open_: list[tuple[str, int]] = []
    closed_at_digit = False
    for match in MARK_OR_BLOCK.finditer(text):
        mark, at = match[0], match.start()
        if mark == "\0":
            # A block inside this one: a quotation does not run across it.
            found.left += [at for _, at in open_]
            open_.clear()
            closed_at_digit = False
        elif open_ and _closes(text, mark, at, open_[-1][0]):
            opener, start = open_.pop()
            closed_at_digit |= opener in INCHES and at in measured
            if not open_:
                found.pairs.append(Pair(start + 1, at))
        elif mark in OPENING or _may_open(text, mark, at):
            open_.append((mark, at))
        elif closed_at_digit or at not in measured:
            # After "5" a second 5" may be a measure or an end: not known, so left over.
            found.left.append(at)
        elif not open_:
            found.measures.append(at)
    found.left = sorted([*found.left, *(at for _, at in open_)])
    return found


def _closes(text: str, mark: str, at: int, opener: str) -> bool:
    """Return whether *mark*, which is text[at], closes the run that *opener* opened."""
    if opener in STRAIGHT:
        return mark == opener and _may_close(text, at)
    return mark in CLOSING[opener]


def _may_open(text: str, mark: str, at: int) -> bool:
    if mark not in STRAIGHT:
        return False
    before = text[at - 1] if at else "\0"
    after = text[at + 1] if at + 1 < len(text) else "\0"
    if after.isspace() or after == "\0":
        return False
    return before in BEFORE_OPENING or before in OPENING


def _may_close(text: str, at: int) -> bool:
    after = text[at + 1] if at + 1 < len(text) else "\0"
    return after in AFTER_CLOSING or DOUBLE.match(after) is not None
