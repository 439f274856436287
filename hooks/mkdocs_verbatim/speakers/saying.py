"""Saying: the verb or noun of saying nearest to a quotation, and who it says speaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .clause import Token
from .language import Language
from .subject import Phrases, Subject

ENDS = frozenset(";.!?…")
FAR = 1000
"""Added to a distance for each clause that ends between a verb and the words."""
CONTRASTED = frozenset(["what", "how", "as", "was", "wie", "ce"])
MOST_TO_AGENT = 4
MOST_LINKING = 4
"""Words between a noun of saying and the words: *was*, *that*."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What a sentence says of the words: their *subject*; *quoting*: by a verb of quoting."""

    subject: Subject
    quoting: bool = False
    negated: bool = False


class _Place(NamedTuple):
    """A word that may say who speaks: *distance* from the words, on which side, where."""

    distance: int
    is_after: bool
    at: int
    is_noun: bool


class Sayings:
    """Finds who speaks in one sentence: the tokens *before* the words, and those *after* them."""

    def __init__(self, before: Sequence[Token], after: Sequence[Token], language: Language) -> None:
        self._sides = (before, after)
        self._language = language
        self._phrases = (Phrases(before, language), Phrases(after, language))

    def nearest(self) -> Saying | None:
        """Return the nearest saying that has a subject, or None."""
        for subject in (self._possessor(), self._label(), self._signed()):
            if subject is not None:
                return Saying(subject=subject)
        found = sorted([*self._verbs(), *self._nouns()])
        named = min(
            (place for place in (self._sources(), self._predicate()) if place is not None),
            key=lambda place: place[0],
            default=None,
        )
        for place in found:
            if place.distance >= FAR:
                break
            if named is not None and named[0] <= place.distance:
                break
            said = self._noun(place) if place.is_noun else self._verb(place)
            if said is not None:
                return said
        return Saying(subject=named[1]) if named is not None else None

    def _possessor(self) -> Subject | None:
        """Return whose the words are by a name right before them: "Doe's “all towns”"."""
        last = self._sides[0][-1] if self._sides[0] else None
        if last is None or not last.possessive:
            return None
        if last.kind == "word":
            strange = last.is_capital and self._language.capitals and not self._is_small(last)
            return Subject(kind="stranger", shown=last.text) if strange else None
        return Subject(kind="name", shown=last.text, people=last.people, mixed=last.mixed)

    def _label(self) -> Subject | None:
        """Return who speaks by a name with which the clause begins and ends: "Doe: “…”"."""
        before = self._sides[0]
        if len(before) < 2 or before[-1].text not in {":", "("}:
            return None
        at = len(before) - 2
        start = at
        while start >= 0 and before[start].kind in {"word", "name"} and self._labels(before[start]):
            start -= 1
        begins = start < 0 or before[start].kind == "stop"
        words = [token for token in before[start + 1 : at + 1] if token.is_capital]
        if not begins or (before[at].kind != "name" and len(words) < 2):
            return None
        return self._phrases[0].ending(at)

    def _labels(self, token: Token) -> bool:
        """Return whether *token* may be part of a name that labels words."""
        word = token.low.rstrip(".")
        language = self._language
        if token.kind == "name":
            return not token.possessive
        small = word in language.joins | language.adverbs | language.determiners
        return small or word in language.titles or (token.is_capital and not self._is_small(token))

    def _is_small(self, token: Token) -> bool:
        return token.low in self._language.function or token.low in self._language.texts

    def _signed(self) -> Subject | None:
        """Return who speaks by a name alone after the words: "“…” (Jane Doe)"."""
        after = self._sides[1]
        at = 1 if after and after[0].text in {",", "(", "-", "--", ":"} else 0
        while at < len(after) and after[at].low in {"thus", "so"}:
            at += 1
        if at >= len(after) or after[at].kind not in {"name", "word"}:
            return None
        end = at
        while end < len(after) and (
            after[end].kind == "name" or (after[end].is_capital and not self._is_small(after[end]))
        ):
            end += 1
        signs = {")", ";", ".", "-"} | ({","} if at and after[at - 1].text in {":", "("} else set())
        ended = end == len(after) or after[end].text in signs
        if end == at or not ended or after[end - 1].possessive:
            return None
        if after[end - 1].kind == "word" and end - at < 2:
            return None
        return self._phrases[1].ending(end - 1, governed=True)

    def _verbs(self) -> Iterator[_Place]:
        for is_after, side in enumerate(self._sides):
            for at, token in enumerate(side):
                if token.low in self._language.saying and self._is_verb(side, at):
                    distance = self._distance(at, after=bool(is_after))
                    yield _Place(distance, bool(is_after), at, is_noun=False)

    def _is_verb(self, side: Sequence[Token], at: int) -> bool:
        """Return whether the word at *at* is a verb here, and no noun or adjective."""
        token, language = side[at], self._language
        if token.kind != "word" or (token.is_capital and not token.first):
            return False
        before = side[at - 1] if at else None
        if before is None or before.kind not in {"word", "name"}:
            return True
        if before.possessive or before.low in language.determiners | language.possessives:
            # "that said", "some say".
            return before.low in language.relatives | language.quantifiers
        if token.low not in language.texts:
            return True
        if before.low in language.prepositions:
            return before.low in language.infinitive
        plain = before.kind == "word" and before.low not in language.function
        return not plain or token.low.endswith("s")

    def _distance(self, at: int, *, after: bool) -> int:
        """Return how far the word at *at* is from the words: words between, clauses many times."""
        side = self._sides[after]
        between = side[:at] if after else side[at + 1 :]
        count = 0
        for number, token in enumerate(between):
            adjacent = number == (0 if after else len(between) - 1)
            if token.kind == "stop":
                ends = token.text in ENDS or (token.text == ":" and not adjacent)
                count += FAR if ends else 0
            elif token.low in self._language.breaks or self._is_contrast(between, number):
                count += FAR
            elif after and token.low in self._language.joins:
                follows = between[number + 1].kind if number + 1 < len(between) else ""
                count += FAR if follows != "quote" else 1
            else:
                count += 1
        return count

    def _is_contrast(self, between: Sequence[Token], at: int) -> bool:
        """Return whether something else begins at *at*: "not what Doe said"."""
        after = between[at + 1].low if at + 1 < len(between) else ""
        return between[at].low in self._language.negations and after in CONTRASTED

    def _verb(self, place: _Place) -> Saying | None:
        """Return who is the subject of a verb of saying, or None."""
        side, phrases = self._sides[place.is_after], self._phrases[place.is_after]
        word, language = side[place.at].low, self._language
        quoting = word in language.quoting
        is_passive = self._is_passive(side, place.at)
        left = phrases.before(place.at)
        agent = self._agent(side, phrases, place.at) if is_passive or left is None else None
        negated = self._is_negated(side, place.at)
        if agent is not None and not (quoting and is_passive and left is not None):
            return Saying(subject=agent, quoting=quoting)
        if is_passive:
            # "was told": the listener; "was quoted": the speaker.
            told = word in language.telling or left is None
            return None if told or left is None else Saying(subject=left, negated=negated)
        if quoting and (whom := phrases.after(place.at)) is not None and left is not None:
            return Saying(subject=whom)
        if left is None and word not in language.telling - {"asked"}:
            left = phrases.after(place.at)
        if left is None and place.is_after and language.verb_last:
            end = len(self._sides[0])
            left = self._phrases[0].before(end) or self._phrases[0].first(end)
        return Saying(subject=left, quoting=quoting, negated=negated) if left else None

    def _is_passive(self, side: Sequence[Token], at: int) -> bool:
        before = at - 1
        small = self._language.adverbs | self._language.negations
        while before >= 0 and (side[before].low in small or side[before].low.endswith("ly")):
            before -= 1
        is_form = side[at].low not in self._language.participles
        return is_form and before >= 0 and side[before].low in self._language.be

    def _agent(self, side: Sequence[Token], phrases: Phrases, at: int) -> Subject | None:
        """Return who stands after *by* behind a verb, or None."""
        for number in range(at + 1, min(len(side), at + 1 + MOST_TO_AGENT)):
            if side[number].kind == "stop":
                return None
            if side[number].low in self._language.by:
                return phrases.beginning(number + 1)
        return None

    def _is_negated(self, side: Sequence[Token], at: int) -> bool:
        """Return whether the verb itself is negated: "never said", "did not say"."""
        before = at - 1
        small = self._language.adverbs | self._language.auxiliaries | self._language.negations
        while before >= 0 and side[before].low in small:
            if side[before].low in self._language.negations:
                return True
            before -= 1
        return False

    def _nouns(self) -> Iterator[_Place]:
        """Yield the nouns of saying that are linked to the words: "his answer was “…”"."""
        for is_after, side in enumerate(self._sides):
            for at, token in enumerate(side):
                if token.low in self._language.nouns and self._is_linked(at, after=bool(is_after)):
                    if not is_after and self._is_named(side, at):
                        continue
                    distance = self._distance(at, after=bool(is_after))
                    if not self._is_verb(side, at) or token.low not in self._language.saying:
                        yield _Place(distance, bool(is_after), at, is_noun=True)

    def _is_linked(self, at: int, *, after: bool) -> bool:
        """Return whether only small words, or whose it is, are between a noun and the words."""
        side, language = self._sides[after], self._language
        between = side[:at] if after else side[at + 1 :]
        linking = language.be | language.that | language.auxiliaries | language.adverbs
        linking |= language.prepositions | language.determiners | language.possessives
        linking |= language.titles
        strange = [
            token
            for token in between
            if token.kind == "word" and token.low not in linking and not token.is_capital
        ]
        if any(token.kind == "quote" or token.text in ENDS for token in between):
            return False
        return len(strange) <= after and len(between) <= MOST_LINKING + 2

    def _noun(self, place: _Place) -> Saying | None:
        """Return whose what is said is: "the words of Doe", "Doe's answer", "his reply"."""
        side, phrases = self._sides[place.is_after], self._phrases[place.is_after]
        follows = side[place.at + 1] if place.at + 1 < len(side) else None
        if follows is not None and follows.low in self._language.prepositions:
            owner = side[place.at + 2] if place.at + 2 < len(side) else None
            if owner is not None and owner.kind == "name" and owner.possessive:
                return Saying(subject=_person(owner))
            told = follows.low in self._language.by | {"of", "from", "de", "du", "von", "di", "van"}
            if told and (subject := phrases.beginning(place.at + 2)) is not None:
                return Saying(subject=subject)
        owned = phrases.ending(place.at, governed=True)
        if owned is None or owned.kind == "stranger":
            return None
        if owned.people or owned.possessor:
            return Saying(subject=owned)
        first = owned.shown.partition(" ")[0].lower()
        if first in self._language.possessives:
            return Saying(subject=Subject(kind="pronoun", shown=first))
        return None

    def _is_named(self, side: Sequence[Token], at: int) -> bool:
        """Return whether the noun at *at* is what is called by the words: "called his plan “…”"."""
        if at + 1 < len(side):
            return False
        return any(token.low in self._language.naming for token in side[max(0, at - 5) : at])

    def _sources(self) -> tuple[int, Subject] | None:
        """Return whom a phrase such as *according to* names, and how far from the words."""
        best: tuple[int, Subject] | None = None
        for is_after, side in enumerate(self._sides):
            words = [token.low for token in side]
            for phrase in self._language.sources:
                for at in range(len(side) - len(phrase)):
                    if tuple(words[at : at + len(phrase)]) != phrase:
                        continue
                    start = at + len(phrase)
                    subject = self._named(side, start, self._phrases[is_after])
                    distance = self._distance(start, after=bool(is_after))
                    if subject is not None and distance < FAR and (not best or distance < best[0]):
                        best = (distance, subject)
        return best

    def _predicate(self) -> tuple[int, Subject] | None:
        """Return whose the words are said to be after them: "“…” is Doe's"."""
        after = self._sides[1]
        if not after or after[0].low not in self._language.be:
            return None
        at = 1
        while at < len(after) and after[at].low in self._language.adverbs:
            at += 1
        owner = after[at] if at < len(after) else None
        is_owner = owner is not None and owner.kind == "name" and owner.possessive
        return (at + 1, _person(owner)) if owner is not None and is_owner else None

    def _named(self, side: Sequence[Token], at: int, phrases: Phrases) -> Subject | None:
        if side[at].kind == "name" and side[at].possessive:
            return _person(side[at])
        return phrases.beginning(at)


def _person(token: Token) -> Subject:
    return Subject(kind="name", shown=token.text, people=token.people, mixed=token.mixed)
