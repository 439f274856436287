"""Languages: the words by which a page says who speaks, as lists for each language.

A list that a language lacks is empty: fewer sentences are then understood, none is misread.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

Words = frozenset[str]
NONE: Words = frozenset()


def words(text: str) -> Words:
    """Return the words of *text*."""
    return frozenset(text.split())


@dataclass(frozen=True, kw_only=True, eq=False)
class Language:
    """The words of one language, in small letters, by what they are in a sentence."""

    saying: Words = NONE
    """Verbs of saying, in every form."""
    quoting: Words = NONE
    """Verbs by which somebody passes on another's words."""
    telling: Words = NONE
    """Verbs after which a listener is named, and whose passive has the listener as subject."""
    naming: Words = NONE
    """Verbs that say of something what it is: *called it*."""
    participles: Words = NONE
    """Forms whose subject is that of the clause: *saying*."""
    be: Words = NONE
    by: Words = NONE
    nouns: Words = NONE
    """What somebody says: *answer*, *words*."""
    texts: Words = NONE
    """What a text and its parts are called."""
    authors: Words = NONE
    pronouns: Words = NONE
    """Pronouns that stand for a speaker, as subjects."""
    things: Words = NONE
    """Those pronouns that may stand for a text."""
    quantifiers: Words = NONE
    """Determiners that may be a subject of their own: *some say*."""
    possessives: Words = NONE
    own: Words = NONE
    """Pronouns of whoever writes or reads the page, and of nobody."""
    relatives: Words = NONE
    determiners: Words = NONE
    prepositions: Words = NONE
    conjunctions: Words = NONE
    """Those prepositions that begin a clause where a verb follows: *as Doe said*."""
    infinitive: Words = NONE
    auxiliaries: Words = NONE
    adverbs: Words = NONE
    joins: Words = NONE
    """Words after which a verb has the subject of the one before."""
    breaks: Words = NONE
    """Words with which another clause begins."""
    that: Words = NONE
    """Words with which what is said begins, after a verb of saying."""
    negations: Words = NONE
    did: Words = NONE
    """Verbs that stand for a verb of saying: *Doe did*."""
    echoes: Words = NONE
    """Words with which a sentence speaks of the words quoted before: *So said …*."""
    sources: tuple[tuple[str, ...], ...] = ()
    """Phrases after which a speaker is named: *according to*."""
    times: Words = NONE
    """Nouns that say when, and are nobody."""
    titles: Words = NONE
    """Forms of address and titles before a name."""
    ways: Words = NONE
    """Words that say how, where or when somebody spoke, in an attribution line."""
    notes: frozenset[str] = NONE
    """Notes of ours that an attribution line may hold."""
    capitals: bool = True
    """Whether a capital tells a name."""
    verb_last: bool = False
    """Whether a verb after the words may have its subject before them."""
    genitive: str = ""
    """An ending that makes a name a possessor, besides *'s*."""

    @cached_property
    def function(self) -> Words:
        """Words that are part of no name."""
        small = self.pronouns | self.possessives | self.own | self.relatives | self.determiners
        small |= self.prepositions | self.auxiliaries | self.adverbs | self.joins | self.breaks
        return (
            small | self.negations | self.be | self.by | self.that | self.echoes | self.infinitive
        )
