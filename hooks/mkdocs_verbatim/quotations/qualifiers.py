"""Qualifiers: words without which a quotation may say something else, such as a *not* cut off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..problem import RuleId
from ..sources.source import Source
from ..text.fold import SINGLE_MARKS
from ..text.words import WORDS
from .proof import Part, Proof

QUALIFIERS = (
    "not",
    "n't",
    "no",
    "never",
    "neither",
    "nor",
    "none",
    "nothing",
    "cannot",
    "without",
    "unless",
    "until",
    "if",
    "only",
    "except",
    "hardly",
    "rarely",
    "usually",
    "may",
    "might",
    "could",
    "perhaps",
    "possibly",
    "probably",
    "eventually",
    "at the moment",
    "at least",
    "so far",
)
"""Negations and hedges; a site may name others (`extra.verbatim.qualifiers`)."""

NEAR_WORDS = 3
"""Words between a cut and a qualifier so near that a reader of the source relates the two."""

MOST_APART = 2
"""Paragraphs that two parts of a quotation may be apart."""

LONGEST_CLAUSE = 400
"""Code points on either side of a cut that are searched: few clauses are longer."""

LEAST_IN_BLOCK = 3
"""Words that a block quotation has at least."""

CLAUSE_ENDS = (*",;:.!?…()[]\0\u2012\u2013\u2014\u2015", "--", "- ")
CLAUSE_END = re.compile("|".join(map(re.escape, (*CLAUSE_ENDS[:-1], " -"))))
# For reversed text, in which the end of the clause before is met first. Of two characters it is
# the one that comes first in the text.
CLAUSE_BEGIN = re.compile(f"[{re.escape(''.join(CLAUSE_ENDS[:-2]))}]|(?<=[- ])-")

FIRST_WORD = re.compile(r"\w+")
APOSTROPHE = re.compile(f"[{SINGLE_MARKS}]")

Finding = tuple[RuleId, str]
"""Rule and message."""


class Qualifiers:
    """Finds some *words* in a text in any case, and with any spaces and apostrophes."""

    def __init__(self, words: Iterable[str]) -> None:
        listed = sorted((" ".join(word.split()) for word in words), key=len, reverse=True)
        parts = [
            (r"\w+" if word == "n't" else r"(?<!\w)")
            + re.escape(word).replace(r"\ ", r"\s+").replace("'", f"[{SINGLE_MARKS}]")
            + r"(?!\w)"
            for word in listed
            if word
        ]
        self._pattern = re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)
        # Looking words up takes less time than trying a pattern at every letter.
        self._first = frozenset(
            match[0] for w in listed if (match := FIRST_WORD.match(w.casefold()))
        )
        self._contracted = any("'" in word for word in listed)

    def find(self, text: str) -> list[re.Match[str]]:
        """Return a match for each place of any of the words in *text*, in order."""
        if self._first.isdisjoint(FIRST_WORD.findall(text.casefold())) and not (
            self._contracted and APOSTROPHE.search(text)
        ):
            return []
        return list(self._pattern.finditer(text))


def findings(proof: Proof, qualifiers: Qualifiers, *, block: bool) -> Iterator[Finding]:
    """Yield where a quotation may say something else than its source."""
    source = proof.source
    for part in proof.changes:
        if part.sign and part.sign.kind == "elision":
            yield from _elided(part, source, qualifiers)
    yield from _clipped(proof, qualifiers)
    for before, part, after in zip(proof.parts, proof.parts[1:], proof.parts[2:], strict=False):
        if part.sign is None or part.sign.kind not in {"elision", "pull"}:
            continue
        apart = source.paragraph(after.span[0]) - source.paragraph(before.span[1] - 1)
        if apart > MOST_APART:
            message = f"parts {apart} paragraphs apart ({source.key}); make two quotations"
            yield "parts-apart", message
    if block and source.count(proof.spans) < LEAST_IN_BLOCK:
        yield "quotation-short", "a block quotation of under three words; quote it in the sentence"


def _elided(part: Part, source: Source, qualifiers: Qualifiers) -> Iterator[Finding]:
    for match in qualifiers.find(source.reading[slice(*part.span)])[:1]:
        number = source.paragraph(part.span[0])
        message = (
            f"the words left out hold '{match[0]}' ({source.key}, para. {number}); "
            f"keep it, or accept with a reason"
        )
        yield "elision-qualifier", message


def _clipped(proof: Proof, qualifiers: Qualifiers) -> Iterator[Finding]:
    source, text = proof.source, proof.source.reading
    start, end = proof.spans[0][0], proof.spans[-1][1]
    before = text[max(0, start - LONGEST_CLAUSE) : start]
    if sign := CLAUSE_BEGIN.search(before[::-1]):
        before = before[len(before) - sign.start() :]
    high = min(len(text), end + LONGEST_CLAUSE)
    stop = CLAUSE_END.search(text, end, high)
    after = text[end : stop.start() if stop else high]
    for side, clause, edge in (("before", before, 0), ("after", after, -1)):
        own = proof.parts[edge].sign
        if own is None or own.kind != "elision":
            yield from _cut(clause, side, source, qualifiers, last=edge == 0)


def _cut(
    clause: str, side: str, source: Source, qualifiers: Qualifiers, *, last: bool
) -> Iterator[Finding]:
    found = qualifiers.find(clause)
    if not found:
        return
    match = found[-1] if last else found[0]
    between = clause[match.end() :] if last else clause[: match.start()]
    distance = len(WORDS.findall(between))
    where = (
        f"'{match[0]}' {distance + 1} words {side} it" if distance else f"'{match[0]}' {side} it"
    )
    message = f"the clause goes on with {where} ({source.key}); quote that too, or paraphrase"
    yield ("clip-qualifier" if distance < NEAR_WORDS else "clip-distant"), message
