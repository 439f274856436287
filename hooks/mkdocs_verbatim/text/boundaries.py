"""Boundaries: where a word may start or end. All offsets are code points of unfolded text."""

from __future__ import annotations

import re
import unicodedata

from .fold import HYPHENS, IGNORED

# Thai to Tibetan, Myanmar, Khmer, Chinese and Japanese: written without spaces between words.
UNSPACED = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u312f\u31f0-\u31ff\u3400-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)
APOSTROPHES = "'’‘‛\u02bb\u02bc"
# Signs of a number, before its first digit and after its last. Before it a dash may be a minus;
# after it a hyphen or dash is not a sign: it joins or divides.
SIGNS = "+-\u2212\u2013±"
SIGNS_AFTER = "+\u2212±"
# Latin and Arabic points and commas.
DECIMAL = ".,\u066b\u066c"
ELIDED = re.compile(
    r"(?<!\w)(?:[cdjlmst]|qu|jusqu|lorsqu|puisqu|un|all|dall|dell|nell|quell|sull)$", re.IGNORECASE
)
"""French and Italian words that lose a vowel before another one; never the *n’* of a negation."""
VOWELS = frozenset("aeiouyh")
PER_CENT = "%‰\u066a"


def is_edge(text: str, offset: int) -> bool:
    """Return whether a word may start or end at *offset* of the unfolded *text*.

    Letters joined by an apostrophe or hyphen are one word, except before a final ’s and after an
    elided word such as *l’* or *qu’*; a point or comma joins digits; a sign, currency mark or %
    belongs to the digit beside it.
    """
    # Nearly every edge is beside a space, which belongs to no word.
    return " " in text[max(0, offset - 1) : offset + 1] or _is_between(text, offset)


def _is_between(text: str, offset: int) -> bool:
    left, left_at = _beside(text, offset, -1)
    right, right_at = _beside(text, offset, +1)
    if not left or not right:
        return True
    if _is_word(left) and _is_word(right):
        return _is_unspaced(left, right)
    if _is_word(left):
        return _ends(left, right, _beside(text, right_at + 1, +1), text)
    if _is_word(right):
        before = _beside(text, left_at, -1)[0]
        return _starts(left, right, before) or _is_after_elision(left, right, text[:left_at])
    # The dots of an ellipsis stay together, as do a sign and the currency mark of its amount.
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
    return not (right in PER_CENT or right in SIGNS_AFTER or _is_currency(right))


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


def _is_after_elision(left: str, right: str, before: str) -> bool:
    """Return whether a word begins after an apostrophe, *left*, in place of an elided vowel."""
    bare = unicodedata.normalize("NFD", right)[0].lower()
    return left in APOSTROPHES and bare in VOWELS and ELIDED.search(before[-12:]) is not None


def _beside(text: str, offset: int, step: int) -> tuple[str, int]:
    """Return the nearest visible character before or after *offset*, and where; "" at an end."""
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
