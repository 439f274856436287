"""Attribution lines: whom one names under a block quotation, and what else it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..sources.names import mixed_word
from ..sources.people import People, Person
from .clause import KnownNames, Token, tokens
from .language import Language
from .verdict import Passage, words_of

PIECE = re.compile(r"[,;:()\[\]|]|\s[-–—]+\s|—")
WORD = re.compile(r"\S+")
MOST_BEFORE = 7
"""Words before a name: a form of address, an office."""
LISTENERS = frozenset(
    "to with against answering à avec contre an mit gegen zu gegenüber con a tegen met aan".split()
)
"""Words before somebody to whom a speaker speaks."""
PASSED_ON = frozenset(
    "quoted reported cited told by in at from bei von par cité citée rapporté zitiert nach".split()
)
"""Words before the name of somebody who passes the words on."""
PLACES = frozenset(
    "in at from near outside à en au aux dans de bei aus auf im am en te uit da na".split()
)
"""Words before a place."""
BARE_PLACE = frozenset(
    "new north south east west san los st street house hall city county university court "
    "park palace church council square station castle island hill bridge commons lords".split()
)
"""Words that make a place of names without a preposition before them."""


@dataclass(frozen=True, slots=True)
class Attributed:
    """Whom an attribution names; *before* and *after* are the words around the name."""

    person: Person
    before: str
    after: str


def attributed(line: str, people: People, language: Language) -> Attributed | None:
    """Return whom *line* names: directly, or after an office and other words in small letters."""
    # A name may begin with a sign, which is no word.
    if found := people.begins(line.strip()):
        return Attributed(found[0], "", found[1])
    for match in [*WORD.finditer(line)][: MOST_BEFORE + 1]:
        if found := people.begins(line[match.start() :]):
            return Attributed(found[0], line[: match.start()].strip(), found[1])
        if not _may_precede(match[0], people, language):
            return None
    return None


def _may_precede(word: str, people: People, language: Language) -> bool:
    """Return whether *word* before a name is no part of another name."""
    plain = word.rstrip(".").lower()
    if plain in language.negations:
        return False
    if word[:1].islower() or plain in language.titles | language.determiners:
        return not word.endswith((",", ";", ":"))
    return any(plain in words_of(person.role or "") for person in people.by_id.values())


class AttributionLine:
    """Checks what stands before and after a name that *line* attributes words to."""

    def __init__(
        self, line: Attributed, passage: Passage, names: KnownNames, language: Language
    ) -> None:
        self._line, self._passage = line, passage
        self._names, self._language = names, language

    def remarks(self) -> Iterator[str]:
        """Yield each part of the line that says neither where, when nor how somebody spoke."""
        for word in words_of(self._line.before):
            plain = word.rstrip(".")
            if plain not in self._language.titles | self._roles | self._language.determiners:
                yield self._line.before
                break
        for number, piece in enumerate(PIECE.split(self._line.after)):
            said = piece.strip(" .")
            # A capital right after the name goes on with it.
            longer = number == 0 and said[:1].isupper()
            if said and (longer or not self._is_known(said)):
                yield said

    def _is_known(self, piece: str) -> bool:
        """Return whether *piece* is a note, a place, a date, or a way of speaking."""
        if " ".join(piece.lower().split()) in self._language.notes:
            return True
        if mixed_word(piece):
            return False
        said = tokens(piece, self._names, self._language, first=False)
        for at, token in enumerate(said):
            if token.kind == "name":
                if not self._may_be_named(said, at):
                    return False
            elif token.kind == "word" and not self._is_word_known(said, at):
                return False
        return True

    def _may_be_named(self, said: Sequence[Token], at: int) -> bool:
        """Return whether somebody may be named there: who passes the words on, or a listener."""
        head, people = self._passage.chain.head, said[at].people
        before = [token.low for token in said[:at]]
        if head in people or all(word in self._known for word in words_of(said[at].text)):
            return True
        if before and before[-1] in LISTENERS:
            return True
        passed_on = bool(before) and all(word in PASSED_ON for word in before)
        return passed_on and any(person in people for person in self._passage.chain.reporters)

    def _is_word_known(self, said: Sequence[Token], at: int) -> bool:
        """Return whether the word at *at* may be in an attribution."""
        token, language = said[at], self._language
        word = token.low.rstrip(".").removesuffix("'s")
        if any(character.isdigit() for character in word):
            return True
        if word in self._known or word in language.ways or word in language.titles:
            return True
        if word in language.texts or word in language.nouns or word in self._via:
            return True
        return token.is_capital and self._is_place(said, at)

    def _is_place(self, said: Sequence[Token], at: int) -> bool:
        """Return whether the capital at *at* is part of a place: "in Leeds", "London"."""
        if {token.low for token in said} & {"quoted", "reported", "cited", "zitiert", "cité"}:
            return False
        capitals = [token for token in said if token.kind == "word" and token.is_capital]
        if len(said) == 1 or any(token.low in BARE_PLACE for token in capitals):
            return True
        return any(token.low in PLACES for token in said[:at])

    @cached_property
    def _roles(self) -> frozenset[str]:
        return frozenset(words_of(self._passage.chain.head.role or ""))

    @cached_property
    def _known(self) -> frozenset[str]:
        """The words of the record's title and way of speaking, and of the person's role."""
        record = self._passage.record
        names = ("title", "title-short", "container-title", "publisher", "medium", "genre", "event")
        texts = [record.values.get(name) for name in names]
        texts += [self._passage.chain.how, record.description]
        said = {word for text in texts if isinstance(text, str) for word in words_of(text)}
        return frozenset(said) | self._roles

    @cached_property
    def _via(self) -> frozenset[str]:
        """The words of the steps by which the words reached us."""
        steps = (*self._passage.chain.via, self._passage.record.attribution)
        return frozenset(word for step in steps for word in words_of(step))
