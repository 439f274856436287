"""Inline quotations: whether what surrounds one says that its speaker speaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ..problem import RuleId
from ..sources.names import folded
from ..sources.people import People
from ..text.quotation_marks import ATOM, Pair
from ..text.words import sentence, sentences
from .attribution_line import Attributed, AttributionLine, attributed
from .clause import QUOTED, KnownNames, Token, tokens
from .language import Language
from .saying import Saying, Sayings
from .subject import Subject
from .verdict import Passage, Verdict, Verdicts

TERMINAL = frozenset(".?!…")
FAR_AWAY = 2000
"""Code points on either side of a quotation in which names are looked for."""
MOST_TO_VERB = 4
"""Words of the next sentence in which a verb of saying makes it part of this one."""

Finding = tuple[RuleId, str]
"""Rule and message."""


class Block(NamedTuple):
    """A block's text with its quotations hidden, and the heading over it."""

    text: str
    heading: str


def block_of(text: str, pairs: Iterable[Pair], heading: str) -> Block:
    """Return the block that *text* is, with what is in *pairs* hidden."""
    shown = list(text.replace(ATOM, " ").replace("\0", "\n"))
    for pair in pairs:
        last = text[pair.end - 1]
        hidden = QUOTED * (pair.end + 1 - pair.start)
        shown[pair.start - 1 : pair.end + 1] = [*hidden, last if last in TERMINAL else QUOTED]
    return Block("".join(shown), heading)


@dataclass(frozen=True, kw_only=True)
class SpeakerCheck:
    """Holds quotations against the *people* named around them in *language*."""

    people: People
    language: Language

    @cached_property
    def names(self) -> KnownNames:
        """Every name by which somebody is known."""
        return KnownNames(self.people)

    def attributed(self, line: str) -> Attributed | None:
        """Return whom the attribution *line* names, or None."""
        return attributed(line, self.people, self.language)

    def remarks(self, line: Attributed, passage: Passage) -> Iterator[str]:
        """Yield what *line* says besides who spoke, where, when and how."""
        yield from AttributionLine(line, passage, self.names, self.language).remarks()

    def finding(self, block: Block, pair: Pair, passage: Passage) -> Finding | None:
        """Return the rule and the message if what is round *pair* misleads about its speaker."""
        return _Judgement(self, block, pair, passage).finding()


class _Judgement:
    """One quotation, and who speaks in its sentence, block and heading."""

    def __init__(self, check: SpeakerCheck, block: Block, pair: Pair, passage: Passage) -> None:
        self._names, self._language = check.names, check.language
        self._block, self._passage = block, passage
        self._head = passage.chain.head
        self._verdicts = Verdicts(passage, check.names, check.language)
        # What is far away names nobody here, and a block may hold thousands of quotations.
        low, high = max(0, pair.start - FAR_AWAY), min(len(block.text), pair.end + FAR_AWAY)
        text = self._around = block.text[low:high]
        at, to = pair.start - low, pair.end - low
        start, end = sentence(text, at - 1, to + 1)
        # A block may begin with nothing but a name, whatever signs that has.
        self._leads = folded(text[: at - 1].strip(" \n:"))
        self._next = text[end:]
        self._sentence = text[start:end]
        self._before = self._tokens(text[start : at - 1], first=True)
        self._after = self._tokens(text[to + 1 : end], first=not self._before)
        if continued := self._continued():
            self._after = continued

    def _tokens(self, text: str, *, first: bool) -> list[Token]:
        return tokens(text, self._names, self._language, first=first)

    def _continued(self) -> list[Token]:
        """Return the tokens of the next sentence, if it goes on about the words.

        It does after a question or exclamation (“Why?” she asked), or with *So said …*.
        """
        if any(token.kind != "stop" for token in self._after):
            return []
        spans = sentences(self._next, len(self._next) - len(self._next.lstrip()), len(self._next))
        start, end = next(spans, (0, 0))
        found = self._tokens(self._next[start:end], first=True)
        words = [token for token in found if token.kind in {"word", "name"}]
        verbs = self._language.saying
        echoes = bool(words) and words[0].low in self._language.echoes
        said = any(word.low in verbs | self._language.nouns for word in words)
        near = any(word.low in verbs for word in words[:MOST_TO_VERB])
        asked = not self._after and near
        signed = len(words) <= MOST_TO_VERB and any(word.people for word in words)
        return found if (echoes and (said or signed)) or asked else []

    def finding(self) -> Finding | None:
        """Return what is wrong."""
        if self._leads == folded(self._head.name):
            return None
        said = Sayings(self._before, self._after, self._language).nearest()
        if said is not None:
            verdict = self._judge(said)
            if verdict != "unknown":
                return None if verdict == "right" else self._told(verdict, said.subject)
        return self._unnamed()

    def _judge(self, said: Saying) -> Verdict:
        """Return what *said* says of the speaker."""
        if said.negated and self._head_did():
            return "right"
        if said.subject.kind != "pronoun":
            return self._verdicts.of(said)
        whole = self._tokens(self._around, first=True)
        return self._verdicts.of_pronoun(said, whole, self._heading())

    def _told(self, rule: str, subject: Subject) -> Finding:
        if rule == "wrong-speaker":
            return "wrong-speaker", wrong_speaker(subject.shown, self._head.name, self._passage)
        message = (
            f"these words are said by '{subject.shown}' here, but they are "
            f"{possessive(self._head.name)} ({self._passage.place}); name {self._head.name}"
        )
        return "speaker-other", message

    def _head_did(self) -> bool:
        """Return whether the head is named as who said what another did not: "Doe did"."""
        spans = sentences(self._next, len(self._next) - len(self._next.lstrip()), len(self._next))
        start, end = next(spans, (0, 0))
        follows = self._tokens(self._next[start:end], first=True)
        for side in (self._before, self._after, follows):
            for at, token in enumerate(side):
                if self._head not in token.people:
                    continue
                after = side[at + 1].low if at + 1 < len(side) else ""
                before = side[at - 1].low if at else ""
                if after in self._language.did or before in self._language.be:
                    return True
        return False

    def _unnamed(self) -> Finding | None:
        """Return a warning if the head is not among those named nearest."""
        if self._verdicts.is_titled(self._sentence):
            return None
        side = [*self._before, *self._after]
        levels = (side, self._tokens(self._around, first=True), self._heading())
        for level in levels:
            if self._verdicts.names_head(level):
                return None
            if others := [token.text for token in level if token.people]:
                who = f"names {others[0]}, not who says the words"
                return "speaker-unnamed", f"what is around it {who}; name {self._head.name}"
        message = f"nothing around it says whose words these are; name {self._head.name}"
        return "speaker-unnamed", message

    def _heading(self) -> list[Token]:
        """Return the nearest heading in which somebody is named; a cell has several."""
        found: list[Token] = []
        for line in self._block.heading.split("\n"):
            found = self._tokens(line, first=True)
            if self._verdicts.names_head(found) or any(token.people for token in found):
                break
        return found


def wrong_speaker(named: str, speaker: str, passage: Passage) -> str:
    """Return that words attributed to *named* are those of *speaker*."""
    return f"attributed to '{named}', but these are {possessive(speaker)} ({passage.place})"


def possessive(name: str) -> str:
    """Return "the words of *name*", in the shorter form where the name allows it."""
    return f"the words of {name}" if "," in name else f"{name}'s words"
