"""Names: how they are compared, and the shorter ones by which a person is known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from ..text.lookalikes import LATIN_OF

MARKS = {ord(c): "'" for c in "’‘ʼ´`＇"} | {ord(c): "-" for c in "‐‑‒–—−"}
LETTERS = re.compile(r"[^\W\d_]+")
NAME = re.compile(r"[\w\s.,&'’ʼ\-‐‑–]+")
SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")

PARTICLES = frozenset(
    "van von de der den del della di da das do dos du la le el ten ter te zu zum zur bin ibn ben "
    "al af av y e vom st".split()
)
SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv", "phd", "qc", "kc", "mp"])
MOST_IN_NAME = 6
"""Words of a person's name: longer ones describe somebody."""

NameParts = Mapping[str, str]
"""An author of a reference, by CSL's names of the parts."""


def folded(text: str) -> str:
    """Return *text* with look-alike letters, marks and dashes as plain ones, less unseen ones."""
    seen = "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) != "Cf")
    return seen.translate(LATIN_OF).translate(MARKS)


def mixed_word(text: str) -> str | None:
    """Return a word of *text* that mixes letters of Latin, Greek and Cyrillic, or None."""
    if text.isascii():
        return None
    seen = "".join(c for c in text if unicodedata.category(c) != "Cf")
    for match in LETTERS.finditer(seen):
        names = (unicodedata.name(letter, "") for letter in match[0])
        if len({name.partition(" ")[0] for name in names} & {*SCRIPTS}) > 1:
            return match[0]
    return None


def shorter_names(name: str) -> Iterator[str]:
    """Yield the family name in *name*, with and without its particles; nothing for other names.

    Of several people named together it is that of each.
    """
    # With other signs it is no person's name, which nobody shortens.
    if not NAME.fullmatch(name):
        return
    people = re.split(r",? (?:and|und|et|y|e|en|&) ", name.partition(",")[0])
    for one in people:
        words = one.split()
        while words and words[-1].strip(".").lower() in SUFFIXES:
            del words[-1]
        if not 2 <= len(words) <= MOST_IN_NAME or not _is_persons(words):
            if len(people) > 1 and len(words) == 1 and words[0][:1].isupper():
                yield words[0]
            continue
        yield from _family(words)


def _is_persons(words: list[str]) -> bool:
    """Return whether *words* all begin with a capital, particles apart."""
    return words[0][:1].isupper() and all(
        word[:1].isupper() or word.lower().partition("-")[0] in PARTICLES for word in words
    )


def _family(words: list[str]) -> Iterator[str]:
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in PARTICLES:
        first -= 1
    initials = " ".join(f"{word[0]}." for word in words[:first])
    yield words[-1]
    yield f"{initials} {' '.join(words[first:])}"
    if first < len(words) - 1:
        yield " ".join(words[first:])
    bare = words[-1].partition("-")
    if bare[0].lower() in PARTICLES and bare[2]:
        yield bare[2]


def author_names(parts: NameParts) -> Iterator[str]:
    """Yield every name of an author of a reference."""
    if literal := parts.get("literal"):
        yield literal
        yield from shorter_names(literal)
        return
    family, given = parts.get("family", ""), parts.get("given", "")
    particle = parts.get("non-dropping-particle") or parts.get("dropping-particle") or ""
    if not family:
        return
    whole = f"{particle} {family}".strip()
    yield from dict.fromkeys((family, whole))
    if not NAME.fullmatch(f"{given} {family}"):
        return
    if " " in family:
        yield family.split()[0]
    if "-" in family and family.partition("-")[0].lower() in PARTICLES:
        yield family.partition("-")[2]
    if given:
        initials = " ".join(f"{word[0]}." for word in given.replace(".", " ").split())
        for form in (given, initials):
            yield from (f"{form} {whole}", f"{form} {family}")
        yield f"{family} {given}"


def known_by(people: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Return shorter names, each with the ids of whom it may mean; *people* are ids and names."""
    shorter: dict[str, set[str]] = {}
    for id_, name in people:
        for short in shorter_names(name):
            shorter.setdefault(short, set()).add(id_)
    return shorter
