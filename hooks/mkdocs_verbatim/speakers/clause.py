"""Clauses: the running text round a quotation as tokens, in which names are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ..sources.names import SUFFIXES, folded, mixed_word
from ..sources.people import People, Person
from .language import Language

QUOTED = "\x01"
"""Replaces what is in marks, in the text that tokens are made of."""

INITIAL = r"[^\W\d_]\.(?=\s?[^\W\d_])"
SHORTENED = r"(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gen|Gov|Lt|Col|Capt|St|Rev|Hon|Jr|Sr|al)\."
ELIDED = r"(?:[ldjcsmtn]|qu|jusqu|lorsqu|puisqu|dell|all|nell|sull|dall|un)'(?=\w)"
ELISION = re.compile(r"(?<=[ldjcsmtnu])'$|(?<=ll)'$", re.IGNORECASE)
WORD = r"\w+(?:['-]\w+)*(?:(?<=s)'(?!\w))?"
TOKEN = re.compile(
    rf"(?P<word>\b{SHORTENED}|\b{INITIAL}|\b{ELIDED}|{WORD})|(?P<quote>{QUOTED}+)"
    rf"|(?P<stop>--|[,;:.!?()\[\]…]|-(?=\s))",
    re.IGNORECASE,
)
# French turns the subject round: "dit-il", "ajoute-t-elle".
TURNED = re.compile(r"(?P<verb>\w+?)(?:-t)?-(?P<subject>il|elle|ils|elles|on)$", re.IGNORECASE)

Kind = Literal["word", "name", "stop", "quote"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word, a known name, a sign or a quotation; *low* is its text in small letters."""

    kind: Kind
    text: str
    low: str
    people: tuple[Person, ...] = ()
    """Whom a name may mean."""
    possessive: bool = False
    mixed: str | None = None
    """A word of a name that mixes letters of two scripts."""
    first: bool = False
    """Whether it begins its sentence."""

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[:1].isupper()


class KnownNames:
    """Finds the names of *people* among words."""

    def __init__(self, people: People) -> None:
        self.words: set[str] = set()
        """The words of names that begin with a capital, in small letters."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], tuple[Person, ...]]]] = {}
        for name, meant in people.known():
            words = tuple(match[0] for match in TOKEN.finditer(folded(name)) if match["word"])
            if words:
                self.words |= {word.lower() for word in words if words[0][:1].isupper()}
                self._by_first.setdefault(words[0].lower(), []).append((words, meant))
        for names in self._by_first.values():
            names.sort(key=lambda pair: -len(pair[0]))

    def at(
        self, words: Sequence[str], start: int, language: Language
    ) -> tuple[int, tuple[Person, ...], bool] | None:
        """Return the longest name at words[start]: its length, whom it means, if a possessor."""
        # The first word may be a whole name, and a possessor: "Roe's".
        firsts = {words[start].lower(), _without_possessive(words[start], language).lower()}
        found = [pair for first in firsts for pair in self._by_first.get(first, ())]
        for name, people in sorted(found, key=lambda pair: -len(pair[0])):
            end = start + len(name)
            if end > len(words) or not all(map(_same, name[:-1], words[start : end - 1])):
                continue
            last = words[end - 1]
            if _same(name[-1], last):
                return len(name), people, False
            bare = _without_possessive(last, language)
            if bare != last and _same(name[-1], bare):
                return len(name), people, True
        return None


def _same(name: str, word: str) -> bool:
    """Return whether *word* of a text is the word *name*, which may be in capitals or begin one."""
    if name == word:
        return True
    if name.lower() != word.lower():
        return False
    is_acronym = len(name) > 1 and name.isupper()
    return not is_acronym and word[:1].isupper() and (word[1:] == name[1:] or word.isupper())


def _without_possessive(word: str, language: Language) -> str:
    if word.endswith("'"):
        return word[:-1]
    if word.endswith(("'s", "'S")):
        return word[:-2]
    ending = language.genitive
    return word[: -len(ending)] if ending and word.endswith(ending) and len(word) > 3 else word


def tokens(text: str, names: KnownNames, language: Language, *, first: bool) -> list[Token]:
    """Return the tokens of *text*; *first*: it begins a sentence."""
    plain = folded(text.replace("—", " — "))
    found = list(_pieces(plain))
    words = [piece for _, piece in found]
    made: list[Token] = []
    at = 0
    while at < len(found):
        kind, word = found[at]
        begins = first and not any(token.kind in {"word", "name"} for token in made)
        name = names.at(words, at, language) if kind == "word" else None
        if name is None:
            is_possessive = kind == "word" and word.endswith(("'s", "s'"))
            made.append(
                Token(
                    kind=kind,
                    text=word,
                    low=word.lower(),
                    first=begins,
                    possessive=is_possessive,
                )
            )
            at += 1
            continue
        length, people, possessive = name
        shown = " ".join(words[at : at + length])
        made.append(
            Token(
                kind="name",
                text=shown,
                low=shown.lower(),
                people=people,
                possessive=possessive,
                first=begins,
            )
        )
        at += length
    _mark_mixed(made, text)
    return list(_strangers(made, language))


def _pieces(plain: str) -> Iterator[tuple[Kind, str]]:
    """Yield each token's kind and text; French inversions as two words."""
    for match in TOKEN.finditer(plain):
        if match["word"]:
            turned = TURNED.match(match[0])
            if turned:
                yield "word", turned["verb"]
                yield "word", turned["subject"]
            else:
                yield "word", ELISION.sub("", match[0])
        else:
            yield ("quote" if match["quote"] else "stop"), match[0]


def _mark_mixed(made: list[Token], text: str) -> None:
    """Note at names which word of *text* mixes letters of two scripts."""
    word = mixed_word(text)
    if word is None:
        return
    plain = folded(word)
    for at, token in enumerate(made):
        if token.kind == "name" and plain in token.text:
            made[at] = Token(
                kind="name",
                text=token.text,
                low=token.low,
                people=token.people,
                possessive=token.possessive,
                mixed=word,
                first=token.first,
            )


def _strangers(made: list[Token], language: Language) -> Iterator[Token]:
    """Yield *made* with those names as words that are part of a longer, unknown name.

    "Doe" is not Jane Doe in "David Doe", nor "Jane" in "Jane Green".
    """
    for at, token in enumerate(made):
        before = made[at - 1] if at else None
        after = made[at + 1] if at + 1 < len(made) else None
        single = token.kind == "name" and " " not in token.text
        is_part = language.capitals and (
            (single and before is not None and _is_given(before, made[:at], language))
            or (
                token.kind == "name"
                and not token.possessive
                and after is not None
                and _is_family(after, language)
            )
        )
        if is_part:
            yield Token(
                kind="word",
                text=token.text,
                low=token.low,
                possessive=token.possessive,
                first=token.first,
            )
        else:
            yield token


def _is_given(token: Token, before: Sequence[Token], language: Language) -> bool:
    """Return whether *token* before a name belongs to it: a capital that is no title."""
    if token.kind != "word" or not token.is_capital or token.possessive:
        return False
    word = token.low.rstrip(".")
    if word in language.titles or word in language.function or word in language.texts:
        return False
    if len(word) == 1 and token.text.endswith("."):
        return True
    if token.first and word.endswith(("ing", "ly", "ed")):
        return False
    # A place or day after a preposition is not part of the name: "In Leeds Roe said".
    return len(before) < 2 or before[-2].low not in language.prepositions


def _is_family(token: Token, language: Language) -> bool:
    """Return whether *token* after a name goes on with it: a capital that is no suffix or day."""
    if token.kind != "word" or not token.is_capital or token.text.isupper():
        return False
    word = token.low.rstrip(".")
    return not (
        word in SUFFIXES
        or word in language.function
        or word in language.ways
        or word in language.titles
    )
