"""Subjects: who does what a verb of saying says, found by a few rules of word order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ..sources.names import SUFFIXES
from ..sources.people import Person
from .clause import Token
from .language import Language

STOPS = frozenset(";:.!?…([")
CLOSING = frozenset(",)]-") | {"--"}
OF = frozenset(["of", "de", "du", "von", "di", "van", "do", "da"])
COMPARING = frozenset(["as", "wie", "comme"])
"""Conjunctions of which a clause is made with the next name: *as Doe, too, said*."""
MOST_IN_PHRASE = 6
"""Words of a noun phrase before its head."""
MOST_INSERTED = 4
"""Insertions between a subject and its verb that are skipped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Who speaks, as a sentence says: known people, a pronoun, or somebody told by a *noun*."""

    kind: Literal["name", "pronoun", "noun", "stranger"]
    shown: str
    people: tuple[Person, ...] = ()
    """Whom the names may mean; of a noun its possessors."""
    noun: str = ""
    possessor: str = ""
    """Whose the noun is, where that is no known name."""
    mixed: str | None = None


class Phrases:
    """Reads the noun phrases among *tokens*, in the order of words of *language*."""

    def __init__(self, tokens: Sequence[Token], language: Language) -> None:
        self.tokens, self.language = tokens, language

    def before(self, verb: int) -> Subject | None:
        """Return the subject that precedes the verb at *verb*, or after all tokens, or None."""
        at = self._skip_back(verb - 1)
        if at > 0 and self.tokens[at].low.rstrip(".") in SUFFIXES:
            at -= self.tokens[at - 1].kind == "name"
        if at < 0:
            return None
        token, language = self.tokens[at], self.language
        is_word = token.kind == "word"
        if verb < len(self.tokens) and self.tokens[verb].low in language.participles:
            found = self._of_participle(at)
        elif is_word and token.low in language.infinitive | language.joins:
            found = self.first(at)
        elif is_word and token.low in language.relatives:
            found = self._antecedent(at - 1)
            found = found or (self.first(at) if token.low in language.that else None)
        elif token.kind == "stop" and token.text in CLOSING:
            found = self._across(at)
        else:
            found = self.ending(at)
        return found

    def after(self, verb: int) -> Subject | None:
        """Return the subject that follows the verb at *verb*, or None."""
        at = verb + 1
        while at < len(self.tokens) and self._is_skipped(self.tokens[at]):
            at += 1
        return self.beginning(at)

    def beginning(self, at: int) -> Subject | None:
        """Return who the noun phrase that begins at *at* names, or None."""
        if at >= len(self.tokens):
            return None
        token = self.tokens[at]
        end = self._phrase_end(at)
        if token.kind == "word" and token.low in self.language.pronouns:
            return Subject(kind="pronoun", shown=token.text)
        if token.kind not in {"word", "name"} or end == at:
            return None
        if token.kind == "word" and not self._may_begin(token):
            return None
        found = self.ending(end - 1, governed=True)
        named = self._apposed(end)
        return named or found

    def _may_begin(self, token: Token) -> bool:
        """Return whether a noun phrase may begin with the word *token*."""
        if token.low in self.language.determiners | self.language.possessives:
            return True
        title = token.low.rstrip(".") in self.language.titles
        return title or (self._is_strange(token) and self.language.capitals)

    def _phrase_end(self, at: int) -> int:
        """Return where the noun phrase that begins at *at* ends."""
        end = at
        while end < len(self.tokens) and end - at <= MOST_IN_PHRASE:
            token = self.tokens[end]
            if token.kind in {"stop", "quote"}:
                break
            small = self.language.function - self.language.determiners - self.language.possessives
            if token.kind == "word" and token.low in small:
                break
            end += 1
            if token.kind == "name" and not token.possessive:
                break
        return end

    def _apposed(self, at: int) -> Subject | None:
        """Return whom a bare name names that follows a comma at *at*: "the leader, Jane Doe"."""
        if at + 1 >= len(self.tokens) or self.tokens[at].text not in {",", "("}:
            return None
        name, after = self.tokens[at + 1], self.tokens[at + 2 : at + 3]
        ends = not after or after[0].kind in {"stop", "quote"}
        is_name = name.kind == "name" and not name.possessive
        return self._name(at + 1) if is_name and ends else None

    def _name(self, at: int) -> Subject:
        """Return whom the name at *at* names, and those joined with it before it."""
        token = self.tokens[at]
        people, shown = token.people, token.text
        if at > 1 and self.tokens[at - 1].low in self.language.joins - self.language.breaks:
            other = self.tokens[at - 2]
            if other.kind == "name" and not other.possessive:
                people, shown = (*other.people, *people), f"{other.text} and {shown}"
        return Subject(kind="name", shown=shown, people=people, mixed=token.mixed)

    def ending(self, at: int, *, governed: bool = False) -> Subject | None:
        """Return who the noun phrase that ends at *at* names, or None if it is no subject.

        One after a preposition is none, unless *governed*, or part of a longer phrase.
        """
        if at < 0:
            return None
        token = self.tokens[at]
        if token.kind == "name" and not token.possessive:
            before = self._governor(at)
            # "as Doe said": the verb makes a conjunction of it.
            if before is None or governed or self._is_conjunction(before):
                return self._name(at)
            return self._written(self._outer(before), before, token)
        if token.kind != "word":
            return None
        if token.low in self.language.pronouns:
            return Subject(kind="pronoun", shown=token.text)
        return self._noun(at, governed=governed)

    def _written(self, outer: Subject | None, preposition: int, name: Token) -> Subject | None:
        """Return *outer*, whose owner is *name* in "the statement by Doe", "the words of Doe".

        A biography of Doe is not Doe's.
        """
        if outer is None or outer.kind != "noun" or outer.people:
            return outer
        word = self.tokens[preposition].low
        owned = word in OF and outer.noun in self.language.nouns
        if word in self.language.by or word == "from" or owned:
            return replace(outer, people=name.people)
        return outer

    def _governor(self, at: int) -> int | None:
        """Return where the preposition is that governs the name at *at*, titles skipped."""
        before = at - 1
        while before >= 0 and self.tokens[before].low.rstrip(".") in self.language.titles:
            before -= 1
        if before >= 0 and self.tokens[before].low in {"the", "le", "la", "el", "der", "den"}:
            before -= 1
        if before < 0 or self.tokens[before].kind != "word":
            return None
        return before if self.tokens[before].low in self.language.prepositions else None

    def _outer(self, preposition: int) -> Subject | None:
        """Return the noun to which the phrase after *preposition* belongs: "a friend of Doe"."""
        before = preposition - 1
        if before < 0 or self.tokens[before].kind != "word":
            return None
        if self._is_small(before) and self.tokens[before].low not in self.language.quantifiers:
            return None
        return self._noun(before)

    def _noun(self, at: int, *, governed: bool = False) -> Subject | None:
        """Return whom the nouns that end at *at* describe, or None if they are no subject."""
        start, possessor = self._phrase_start(at)
        if start is None:
            return None
        is_governed = start > 0 and not governed and self._is_preposition(start - 1)
        if is_governed and not self._is_conjunction(start - 1):
            return self._outer(start - 1)
        words = list(self.tokens[start : at + 1])
        # "Chapter 2": what it is called counts.
        while len(words) > 1 and (words[-1].text.isdigit() or len(words[-1].text) == 1):
            words.pop()
        head = words[-1]
        if head.low in self.language.times or head.text.isdigit():
            return None
        if joined := self._joined(start):
            return joined
        shown = " ".join(token.text for token in words)
        return self._described(words, possessor, shown) or self._bare(start, head, shown)

    def _joined(self, start: int) -> Subject | None:
        """Return who is named before *and* and a possessive at *start*: "Doe and her team"."""
        if start < 2 or self.tokens[start].low not in self.language.possessives:
            return None
        join, name = self.tokens[start - 1], self.tokens[start - 2]
        is_name = name.kind == "name" and not name.possessive
        return self._name(start - 2) if is_name and join.low in self.language.joins else None

    def _described(
        self, words: Sequence[Token], possessor: Token | None, shown: str
    ) -> Subject | None:
        """Return whom *words* describe that have an article or possessor, or end in a name."""
        head = words[-1]
        people = possessor.people if possessor else ()
        if self._is_strange(head) and self.language.capitals and not head.first:
            return Subject(kind="stranger", shown=shown, noun=head.low, people=people)
        owners = [token.low for token in words[:-1] if token.possessive and token.kind == "word"]
        owner = owners[-1].removesuffix("'s").removesuffix("'") if owners else ""
        determined = words[0].low in self.language.determiners | self.language.possessives
        if possessor or determined or owner:
            return Subject(kind="noun", shown=shown, noun=head.low, people=people, possessor=owner)
        return None

    def _bare(self, start: int, head: Token, shown: str) -> Subject | None:
        """Return whom nouns without article describe that begin a clause: "critics say"."""
        if start and self.tokens[start - 1].kind != "stop" and not self._is_break(start - 1):
            return None
        is_text = head.low in self.language.texts | self.language.authors
        if not is_text and head.first and head.is_capital and self.language.capitals:
            return Subject(kind="stranger", shown=shown, noun=head.low)
        is_noun = is_text or head.low.endswith("s")
        return Subject(kind="noun", shown=shown, noun=head.low) if is_noun else None

    def _phrase_start(self, at: int) -> tuple[int | None, Token | None]:
        """Return where the nouns that end at *at* begin, and the name that possesses them."""
        start: int | None = None
        for before in range(at, max(-1, at - MOST_IN_PHRASE), -1):
            token = self.tokens[before]
            if token.kind == "name" and token.possessive:
                return before, token
            if token.kind != "word":
                break
            if token.low in self.language.determiners | self.language.possessives:
                return before, None
            if self._is_small(before):
                break
            start = before
        return start, None

    def _is_small(self, at: int) -> bool:
        token = self.tokens[at]
        return token.low in self.language.function or self._is_verb(at)

    def _is_verb(self, at: int) -> bool:
        word = self.tokens[at].low
        return word in self.language.saying and word not in self.language.texts

    def _is_preposition(self, at: int) -> bool:
        token = self.tokens[at]
        return token.kind == "word" and token.low in self.language.prepositions

    def _is_conjunction(self, at: int) -> bool:
        return self.tokens[at].low in self.language.conjunctions

    def _is_break(self, at: int) -> bool:
        token = self.tokens[at]
        return token.low in self.language.breaks | self.language.that | self.language.joins

    def _is_strange(self, token: Token) -> bool:
        """Return whether *token* looks like a name that nobody known has."""
        return token.kind == "word" and token.is_capital and token.low not in self.language.function

    def _is_skipped(self, token: Token) -> bool:
        """Return whether *token* may be between a subject and its verb."""
        if token.kind != "word":
            return False
        word, language = token.low, self.language
        if word in language.adverbs | language.auxiliaries | language.negations:
            return word not in language.pronouns
        return len(word) > 4 and word.endswith(("ly", "ment")) and word not in language.texts

    def _skip_back(self, at: int) -> int:
        while at >= 0 and self._is_skipped(self.tokens[at]):
            at -= 1
        return at

    def _of_participle(self, at: int) -> Subject | None:
        """Return whose participle follows *at*: "quotes Doe as saying", "Doe left, saying"."""
        token, end = self.tokens[at], at
        if token.low in {"for", "as", "of", "from"}:
            end = at - 1
        elif token.low in self.language.relatives:
            return self._antecedent(at - 1)
        if end >= 0 and self.tokens[end].kind == "name" and self._governor(end) is None:
            return self._name(end)
        return self.first(at)

    def _antecedent(self, at: int) -> Subject | None:
        """Return what a relative pronoun after *at* stands for."""
        while at >= 0 and self.tokens[at].kind == "stop" and self.tokens[at].text in CLOSING:
            at -= 1
        return self.ending(at, governed=True)

    def _across(self, comma: int) -> Subject | None:
        """Return the subject before the insertion that ends at *comma*."""
        end = comma
        for _ in range(MOST_INSERTED):
            start = end - 1
            while start >= 0 and not (
                self.tokens[start].kind == "stop" and self.tokens[start].text not in {")", "]"}
            ):
                start -= 1
            if start < 0 or self.tokens[start].text in STOPS - {"("}:
                return self.first(end)
            bare = all(token.kind == "name" for token in self.tokens[start + 1 : end])
            if bare and end > start + 1 and not self.tokens[end - 1].possessive:
                return self._name(end - 1)
            end = start
        return self.first(end)

    def first(self, end: int) -> Subject | None:
        """Return the first subject of the clause that ends at *end*."""
        at = self._clause_start(end)
        while at < end:
            token = self.tokens[at]
            if token.kind == "name":
                found = self._first_name(at, end)
            elif token.kind == "word" and token.low in self.language.pronouns:
                found = Subject(kind="pronoun", shown=token.text)
            elif token.kind == "word" and token.low in self.language.own:
                return None
            elif token.kind == "word" and self._begins_phrase(at):
                stop = self._phrase_end(at)
                found = self.ending(stop - 1, governed=True)
                governed = at > 0 and self._is_preposition(at - 1)
                if governed or found is None:
                    at = max(stop, at + 1)
                    continue
            else:
                at += 1
                continue
            if found is not None:
                return found
            at += 1
        return None

    def _begins_phrase(self, at: int) -> bool:
        token = self.tokens[at]
        if self._is_preposition(at):
            return False
        return self._may_begin(token)

    def _first_name(self, at: int, end: int) -> Subject | None:
        token = self.tokens[at]
        governor = self._governor(at)
        if governor is not None and self.tokens[governor].low not in COMPARING:
            return None
        if at and self.tokens[at - 1].low in self.language.negations:
            return None
        if not token.possessive:
            after = at + 2 if at + 2 < end else at
            joined = after > at and self.tokens[at + 1].low in self.language.joins
            return self._name(after if joined and self.tokens[after].kind == "name" else at)
        stop = self._phrase_end(at + 1)
        return self._noun(min(stop, end) - 1)

    def _clause_start(self, end: int) -> int:
        """Return where the clause begins that ends at *end*."""
        for at in range(end - 1, -1, -1):
            token = self.tokens[at]
            if token.kind == "stop" and token.text in STOPS:
                return at + 1
            if token.kind == "word" and token.low in self.language.breaks and at < end - 1:
                return at + 1
            is_that = token.kind == "word" and token.low in self.language.that
            if is_that and at and self.tokens[at - 1].low in self.language.saying:
                return at + 1
        return 0
