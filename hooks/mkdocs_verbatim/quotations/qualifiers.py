"""Qualifiers: words without which a quotation may say something else, such as a *not* cut off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from ..text.boundaries import UNSPACED
from ..text.fold import SINGLE_MARKS
from ..text.language_tags import DEFAULT, primary
from ..text.words import SENTENCE_END
from .qualifier_words import CLOSING, OPENS_NO_SENTENCE, WORDS_OF

FIRST_WORD = re.compile(r"\w+")
APOSTROPHE = re.compile(f"[{SINGLE_MARKS}]")

MONTH_AFTER = re.compile(r"\s+\d")
MONTH_BEFORE = re.compile(
    r"(?:\d(?:st|nd|rd|th)?|\b(?:in|of|by|since|until|till|last|next|this|from|early|late|mid|during"
    r"|to|and|between|before|after))[\s,-]+$",
    re.IGNORECASE,
)
NUMBER_AFTER = re.compile(r"\.\s*\d")
CONTEXT = 20
"""Code points around a word by which its use is told."""


class Qualifiers:
    """Finds some *words* in a text in any case, and with any spaces and apostrophes.

    Those *closing* may come last in their clause and so be far from what they negate.
    """

    def __init__(self, words: Iterable[str], closing: Iterable[str] = ()) -> None:
        listed = sorted((" ".join(word.split()) for word in words), key=len, reverse=True)
        self._closing = frozenset(closing)
        self._pattern = re.compile(
            "|".join(_pattern(word) for word in listed if word) or r"(?!)", re.IGNORECASE
        )
        # Looking words up takes less time than trying a pattern at every letter.
        self._first = frozenset(
            match[0] for w in listed if (match := FIRST_WORD.match(w.casefold()))
        )
        self._contracted = any("'" in word for word in listed)
        self._unspaced = any(UNSPACED.match(word) for word in listed)

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[re.Match[str]]:
        """Return a match for each qualifier in *text* between *start* and *end*, in order.

        A word is one by its use: *May* before a year is a month.
        """
        end = len(text) if end is None else end
        part = text[start:end].casefold()
        if not (
            self._unspaced
            or not self._first.isdisjoint(FIRST_WORD.findall(part))
            or (self._contracted and APOSTROPHE.search(part))
        ):
            return []
        return [m for m in self._pattern.finditer(text, start, end) if _qualifies(m)]

    def closes(self, match: re.Match[str]) -> bool:
        """Return whether the word of *match* may negate a whole clause from its end."""
        return match[0].casefold() in self._closing


def _pattern(word: str) -> str:
    escaped = re.escape(word).replace(r"\ ", r"\s+").replace("'", f"[{SINGLE_MARKS}]")
    if UNSPACED.match(word):
        return escaped
    begin = r"\w+" if word == "n't" else r"(?<!\w)"
    return begin + escaped + ("" if word.endswith("'") else r"(?!\w)")


def _qualifies(match: re.Match[str]) -> bool:
    """Return whether a word is used as a negation or hedge where it is found."""
    word, text = match[0], match.string
    before = text[max(0, match.start() - CONTEXT) : match.start()]
    after = text[match.end() : match.end() + CONTEXT]
    if word == "May":
        begins = _begins_sentence(before, match.start())
        return begins and not MONTH_AFTER.match(after) and not MONTH_BEFORE.search(before)
    if word == "No":
        return not NUMBER_AFTER.match(after)
    if word.casefold() in OPENS_NO_SENTENCE:
        return not _begins_sentence(before, match.start())
    return True


def _begins_sentence(before: str, offset: int) -> bool:
    """Return whether a sentence begins after *before*, which ends at *offset* of its text."""
    bare = before.rstrip("\"“„«‘'([ \t\n")
    if not bare:
        return offset <= CONTEXT or before != ""
    return bare.endswith("\0") or SENTENCE_END.search(f"{bare} ", max(0, len(bare) - 3)) is not None


class QualifierLists:
    """The qualifiers of each language; *own* are a site's, in place of those listed here."""

    def __init__(self, own: Mapping[str, Iterable[str]] | None = None, site: str = DEFAULT) -> None:
        """Take the lists; a text whose record names no language is in that of the *site*."""
        self._words = {**WORDS_OF, **{primary(tag): (*w,) for tag, w in (own or {}).items()}}
        self.site = site
        """The language of the site's pages."""
        self._site = primary(site) if primary(site) in self._words else DEFAULT
        self._of = cache(self._made)

    def of(self, language: str | None) -> Qualifiers:
        """Return the qualifiers of a text in *language*, a tag such as `de-AT`, or None."""
        tongue = primary(language or self._site)
        return self._of(tongue if tongue in self._words else self._site)

    def _made(self, language: str) -> Qualifiers:
        return Qualifiers(self._words[language], CLOSING.get(language, ()))
