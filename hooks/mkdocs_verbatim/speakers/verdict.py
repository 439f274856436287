"""Verdicts: whether who is said to speak is the head of a quotation's chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ..sources.names import folded
from ..sources.people import Person
from ..sources.record import Record
from ..sources.speech import Chain
from .clause import TOKEN, KnownNames, Token
from .language import Language
from .saying import Saying

Verdict = Literal["right", "unknown", "wrong-speaker", "speaker-other"]
"""Whether somebody is the head, nobody can tell, or the rule that is broken."""

INDEFINITE = frozenset(
    "a an some any every each another other most many few all both several no one un une des ein "
    "eine einer einem einen eines una unos unas uno een um uma uns umas".split()
)
LEAST_TITLE = 6
"""Letters of a title by which a text is known."""
LEAST_ROLE = 4
"""Letters of a word of a role that names its person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Where proven words come from: *place* in the source, as messages name it."""

    chain: Chain
    record: Record
    place: str


class Verdicts:
    """Judges who is said to speak in words whose chain a *passage* has."""

    def __init__(self, passage: Passage, names: KnownNames, language: Language) -> None:
        self._passage, self._names, self._language = passage, names, language
        self._head = passage.chain.head
        reporters = passage.chain.reporters
        self._author = reporters[-1] if reporters else passage.chain.head
        self._steps = {person.id for person in reporters}

    def of(self, said: Saying) -> Verdict:
        """Return whether *said* names the head, or the rule that it breaks."""
        subject = said.subject
        if subject.mixed is not None:
            return "wrong-speaker"
        if subject.kind == "stranger":
            return "right" if self._is_text(subject.shown) else "speaker-other"
        if subject.kind == "noun" and not subject.people:
            return self._noun(said)
        if subject.kind == "noun" and not self._says(subject.noun):
            return "right" if subject.noun in self._roles else self._other
        return self._people(subject.people, quoting=said.quoting)

    def _people(self, people: Sequence[Person], *, quoting: bool) -> Verdict:
        """Return the verdict where *people* speak."""
        ids = {person.id for person in people}
        if self._head.id in ids:
            return "right"
        if self._author.id in ids:
            return "right" if quoting else "speaker-other"
        names = {folded(person.name).lower() for person in people}
        steps = {folded(step).lower() for step in self._passage.chain.via}
        if ids & self._steps or names & steps:
            return "unknown"
        return "wrong-speaker"

    def _says(self, noun: str) -> bool:
        """Return whether *noun* is a text, or something that is said."""
        return noun in self._language.texts or noun in self._language.nouns

    def _noun(self, said: Saying) -> Verdict:
        """Return the verdict where somebody is told by a noun: "the report", "the leader"."""
        subject = said.subject
        noun = subject.noun
        if subject.possessor and self._says(noun):
            # "the leader's statement" is the leader's, "the article's title" the text's.
            noun = subject.possessor
        if self._says(noun) or noun in self._roles:
            return "right"
        if noun in self._language.authors:
            return self._people([self._author], quoting=said.quoting)
        via = {word for step in self._passage.chain.via for word in words_of(step)}
        if noun in via:
            return "unknown"
        return "right" if self._is_text(subject.shown) else self._other

    def _is_text(self, shown: str) -> bool:
        """Return whether *shown* is what the source, or what it came out in, is called."""
        record, small = self._passage.record, self._language.function
        names = ("title", "title-short", "container-title", "publisher", "medium", "genre")
        texts = [record.values.get(name) for name in names]
        known = {
            word
            for text in (*texts, record.description, record.attribution)
            if isinstance(text, str)
            for word in words_of(text)
        }
        said = [word.removesuffix("'s") for word in words_of(shown) if word not in small]
        other = self._language.texts | self._language.titles
        known -= self._names.words
        return any(word in known for word in said) and all(
            word in known or word in other for word in said
        )

    def is_titled(self, sentence: str) -> bool:
        """Return whether *sentence* holds the title of the source."""
        values = self._passage.record.values
        titles = [values.get(name) for name in ("title", "title-short", "container-title")]
        said = f" {' '.join(words_of(sentence))} "
        return any(
            len(title) >= LEAST_TITLE and f" {' '.join(words_of(title))} " in said
            for title in titles
            if isinstance(title, str)
        )

    def of_pronoun(self, said: Saying, block: Sequence[Token], heading: Sequence[Token]) -> Verdict:
        """Return the verdict where a pronoun speaks: it stands for the names of the *block*."""
        is_thing = said.subject.shown.lower() in self._language.things
        if self.names_head(block, texts=is_thing) or self.names_head(heading, texts=is_thing):
            return "right"
        people = [person for token in block for person in token.people]
        if not people:
            return "unknown"
        verdict = self._people(people, quoting=said.quoting)
        return "speaker-other" if verdict == "unknown" else verdict

    @cached_property
    def _roles(self) -> frozenset[str]:
        """The words of the head's role that may name the head."""
        capitals = self._language.capitals
        words = {
            word.lower()
            for word in words_of(self._head.role or "", lower=False)
            if len(word) >= LEAST_ROLE and not (capitals and word[:1].isupper())
        }
        return frozenset(words) - self._language.function

    @property
    def _other(self) -> Verdict:
        """The verdict where somebody speaks who is told by a noun; nobody known is."""
        return "speaker-other" if self._language.capitals else "unknown"

    def names_head(self, side: Sequence[Token], *, texts: bool = True) -> bool:
        """Return whether *side* names the head, by name, role, or as the text or its author.

        Without *texts* a noun for a text is nobody.
        """
        roles, language = self._roles, self._language
        for at, token in enumerate(side):
            if self._head in token.people:
                return True
            is_text = texts and self._says(token.low)
            if token.kind != "word" or (token.low not in roles and not is_text):
                continue
            before = side[at - 1] if at else None
            pointed = before is not None and (
                before.low in (language.determiners | language.possessives) - INDEFINITE
                or (before.kind == "name" and before.possessive and self._head in before.people)
            )
            if pointed:
                return True
        if self._author == self._head:
            return any(token.low in language.authors for token in side)
        return False


def words_of(text: str, *, lower: bool = True) -> list[str]:
    """Return the words of *text*, in small letters unless not *lower*."""
    plain = folded(text)
    found = [match[0] for match in TOKEN.finditer(plain) if match["word"]]
    return [word.lower() for word in found] if lower else found
