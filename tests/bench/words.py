"""Words: English-like sentences made by chance from a seed, in two voices that share no noun."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

ADJECTIVES = (
    "early late narrow broad quiet public private formal local foreign recent ancient modest "
    "careful hasty bitter lasting fragile open secret joint single double common rare costly "
    "cheap heavy light sudden gradual northern southern eastern western central distant urban "
    "rural written spoken signed unsigned partial complete temporary permanent legal informal"
).split()
VERBS = (
    "shaped delayed opened closed followed shared tested changed measured crossed divided joined "
    "carried recorded described repeated answered questioned guarded weakened strengthened "
    "replaced copied revised reached passed missed touched moved covered split lifted lowered "
    "held kept built mapped traced watched counted sorted weighed framed guided drafted"
).split()
ADVERBS = (
    "slowly quickly openly quietly later earlier twice often softly together apart abroad "
    "locally briefly fully partly largely mainly again soon widely closely gently firmly"
).split()
LINKS = "while because although after before since whereas as".split()
SOURCE_NOUNS = (
    "council harbour river treaty garrison market bridge ministry railway province envoy border "
    "village archive tribunal assembly embassy garden station convoy granary senate guild chapel "
    "quarry meadow island canal valley fortress parliament orchard lighthouse workshop caravan "
    "monastery dockyard regiment library foundry vineyard estuary plateau customs delegation "
    "armistice blockade charter decree petition census levy tariff pension harvest drought"
).split()
PAGE_NOUNS = (
    "reader chapter argument summary question contrast passage wording claim objection reply "
    "reading witness account outline comparison remark thesis detail premise conclusion sentence "
    "footing pattern example counterpoint distinction context survey estimate timeline version "
    "paraphrase commentary judgement assumption reservation emphasis viewpoint discussion"
).split()
FAMILIES = (
    "Abbot Barlow Carver Dalton Easton Farrow Garner Hadley Ingram Jarvis Kemble Lambert Marlow "
    "Norton Osborn Parrish Quincy Radley Selwyn Talbot Upton Vernon Wardle Yardley Ashby Bexley "
    "Colby Denham Elwood Finch Granger Holt Irwin Kirby Langley Merton Nash Oakley Preston Rowan"
).split()
GIVEN = (
    "Adam Beatrice Clara David Edith Frank Grace Henry Irene James Katherine Louis Martha Neil "
    "Olive Peter Ruth Simon Teresa Walter"
).split()

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

# Every eight words in a row hold a noun, so that no sentence of a page stands in a source.
FORMS = (
    "the {a} {n} {v} the {a} {n} of the {n}, {l} a {a} {n} {r} {v} the {n}",
    "{l} the {n} {v} a {a} {n}, the {a} {n} {r} {v} the {n} of the {n} in {y}",
    "a {a} {n} – as the {n} shows – {v} the {n}’s {a} {n}, and the {n} {v} the {n} {r}",
    "in {y} the {n} {v} {d} of the {a} {n}; the {n} {r} {v} what the {a} {n} {v}",
    "the {n}’s {a} {n} {r} {v} the {n}, {l} the {n} beside the {a} {n} {v} a {n}",
    "what the {a} {n} {v} was a {n} of the {n}, which the {n} {r} {v} {l} the {n} {v} it",
    "{r}, the {n} and the {n} {v} the {a} {n}, {l} {d} {n} reports {v} a {a} {n}",
    "the well-known {n} {v} a {a} {n} with the {n}, so the {a} {n} {r} {v} the {n} of {y}",
)


@dataclass(frozen=True)
class Voice:
    """A way to make sentences, with its own nouns; never the same sentence twice."""

    chance: Random
    nouns: list[str]
    said: set[str]

    def sentence(self) -> str:
        """Return a sentence of some twenty words."""
        while True:
            words = " ".join(self._word(part) for part in self.chance.choice(FORMS).split(" "))
            words = re.sub(r"\ba (?=[aeiou])", "an ", words)
            text = f"{words[0].upper()}{words[1:]}."
            if text not in self.said:
                self.said.add(text)
                return text

    def _word(self, part: str) -> str:
        opening = part.find("{")
        if opening < 0:
            return part
        return f"{part[:opening]}{self._chosen(part[opening + 1])}{part[opening + 3 :]}"

    def _chosen(self, kind: str) -> str:
        if kind == "y":
            return str(self.chance.randint(1801, 1999))
        if kind == "d":
            return str(self.chance.randint(3, 97))
        lists = {"a": ADJECTIVES, "n": self.nouns, "v": VERBS, "r": ADVERBS, "l": LINKS}
        return self.chance.choice(lists[kind])

    def paragraph(self, sentences: int) -> list[str]:
        """Return that many sentences."""
        return [self.sentence() for _ in range(sentences)]

    def title(self) -> str:
        """Return a title of five words."""
        adjective, other = self.chance.sample(ADJECTIVES, 2)
        noun, second = self.chance.sample(self.nouns, 2)
        return f"The {adjective} {noun} and the {other} {second}"


def voice(chance: Random, nouns: list[str]) -> Voice:
    """Return a voice that has said nothing yet."""
    return Voice(chance, nouns, set())


def names(chance: Random, count: int) -> list[tuple[str, str]]:
    """Return *count* different names, given name and family name; there are 21,600.

    More than 800 need a letter between the two.
    """
    every = [(given, family) for family in FAMILIES for given in GIVEN]
    if count > len(every):
        every += [(f"{given} {letter}.", family) for given, family in every for letter in LETTERS]
    return chance.sample(every, count)
