"""Quotation marks: which runs of a text they enclose, and which of them are left over."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .fold import DASHES, HYPHENS, WHITE


@dataclass(frozen=True, slots=True)
class Pair:
    """A run in double marks: *start* and *end* are those of the words, the marks stand outside."""

    start: int
    end: int


OPENING = "“„‟«〝❝🙶"
CLOSING = {
    "“": "”",
    "„": "“”‟",
    "‟": "”",
    "«": "»",
    "〝": "〞〟",
    "❝": "❞",
    "🙶": "🙷",
}
# Every kind of double mark, also those of other languages: no run in any of them goes unproven.
DOUBLE = re.compile(r'["“”„‟«»〝〞〟＂❝❞🙶🙷🙸⹂]')
MARK_OR_BLOCK = re.compile(f"{DOUBLE.pattern}|\0")
ATOM = "\ufffc"
"""Stands for what is not text: a citation, a picture, the number of a footnote."""

BEFORE_OPENING = frozenset(f" {WHITE}{DASHES}{HYPHENS}\0([{{</'‘{ATOM}")
AFTER_CLOSING = frozenset(f" {WHITE}{DASHES}{HYPHENS}\0.,:;!?)]}}>…/'’[{{{ATOM}")


def pair_marks(text: str) -> tuple[list[Pair], list[int]]:
    """Return the outermost runs in double marks, and where a mark is left over.

    Curly marks pair by nesting; a straight mark opens after space or bracket and closes before
    space or punctuation; behind a digit, with none open, it is a measure.
    """
    pairs: list[Pair] = []
    left: list[int] = []
    open_: list[tuple[str, int]] = []
    closed_at_digit = False
    for match in MARK_OR_BLOCK.finditer(text):
        mark, at = match[0], match.start()
        if mark == "\0":
            # A block inside this one: a quotation does not run across it.
            left += [at for _, at in open_]
            open_.clear()
        elif open_ and _closes(text, mark, at, open_[-1][0]):
            opener, start = open_.pop()
            closed_at_digit |= opener == '"' and _is_measure(text, mark, at)
            if not open_:
                pairs.append(Pair(start + 1, at))
        elif mark in OPENING or _may_open(text, mark, at):
            open_.append((mark, at))
        elif closed_at_digit or not _is_measure(text, mark, at):
            # Behind "5" a second 5" may be a measure or an end: nobody can tell.
            left.append(at)
    left += [at for _, at in open_]
    return pairs, sorted(left)


def _closes(text: str, mark: str, at: int, opener: str) -> bool:
    if opener in '"＂':
        return mark == opener and _may_close(text, at)
    return mark in CLOSING[opener]


def _may_open(text: str, mark: str, at: int) -> bool:
    if mark not in '"＂':
        return False
    before = text[at - 1] if at else "\0"
    after = text[at + 1] if at + 1 < len(text) else "\0"
    if after.isspace() or after == "\0":
        return False
    return before in BEFORE_OPENING or before in OPENING


def _may_close(text: str, at: int) -> bool:
    after = text[at + 1] if at + 1 < len(text) else "\0"
    return after in AFTER_CLOSING or DOUBLE.match(after) is not None


def _is_measure(text: str, mark: str, at: int) -> bool:
    return mark == '"' and at > 0 and text[at - 1].isdigit()
