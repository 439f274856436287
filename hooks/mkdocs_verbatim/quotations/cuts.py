"""Where a quotation may say something else than its source: by a cut, a change or an addition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..problem import RuleId
from ..sources.source import Source
from ..text.words import count_loosely
from .editorial import Sign
from .proof import Part, Proof
from .qualifiers import Qualifiers

NEAR_WORDS = 3
"""Words between a cut and a qualifier so near that a reader of the source relates the two."""

MOST_APART = 2
"""Paragraphs that two parts of a quotation may be apart."""

LONGEST_CLAUSE = 400
"""Code points on either side of a cut that are searched: few clauses are longer."""

LEAST_IN_BLOCK = 3
"""Words that a block quotation has at least."""

LONGEST_ADDITION = 6
"""Words that an addition explains in; more is a text of the editor's."""

LARGE_SHARE = 0.5
"""Of a quotation's words: replaced to that share, it is the editor's rather than the source's."""

GOES_ON = r"(?!\s*(?:dass|daß|ob|que|qu['’]|dat|of|что|чтобы|że|żeby)\b)"
"""At a comma before one of these the clause of the source goes on, in German, French and others."""

CLAUSE_END = re.compile(
    rf"""
    ,{GOES_ON}
    | [;:.!?…()\[\]\0\u2012\u2013\u2014\u2015、。，；：！？「」『』（）]
    | -- | (?<=\s)- | -(?=\s)
    """,
    re.VERBOSE | re.IGNORECASE,
)

AFTER_END = re.compile(rf"{CLAUSE_END.pattern} | [”“„\"«»]", re.VERBOSE | re.IGNORECASE)
"""After the words of a speech somebody else goes on; what is before it may deny all of it."""

Finding = tuple[RuleId, str]
"""Rule and message."""


def findings(proof: Proof, qualifiers: Qualifiers, *, block: bool) -> Iterator[Finding]:
    """Yield where a quotation may say something else than its source."""
    source = proof.source
    for part in proof.changes:
        if part.sign:
            yield from _changed(part, part.sign, proof, qualifiers)
    yield from _clipped(proof, qualifiers)
    for before, part, after in zip(proof.parts, proof.parts[1:], proof.parts[2:], strict=False):
        if part.sign is None or part.sign.kind not in {"elision", "pull"}:
            continue
        apart = source.paragraph(after.span[0]) - source.paragraph(before.span[1] - 1)
        if apart > MOST_APART:
            message = f"parts {apart} paragraphs apart ({source.key}); make two quotations"
            yield "parts-apart", message
    if (
        block
        and sum(count_loosely(source.reading[slice(*s)]) for s in proof.spans) < LEAST_IN_BLOCK
    ):
        yield "quotation-short", "a block quotation of under three words; quote it in the sentence"


def _words(proof: Proof) -> int:
    return sum(count_loosely(proof.source.reading[slice(*span)]) for span in proof.spans)


def _changed(part: Part, sign: Sign, proof: Proof, qualifiers: Qualifiers) -> Iterator[Finding]:
    if sign.kind == "elision":
        yield from _elided(part, proof.source, qualifiers)
    elif sign.kind == "replacement":
        yield from _replaced(part, sign, proof, qualifiers)
    elif sign.kind == "addition":
        yield from _added(sign, qualifiers)
    if sign.kind in {"replacement", "addition", "sic"}:
        yield from _beside_bracket(part, sign, proof.source)


def _elided(part: Part, source: Source, qualifiers: Qualifiers) -> Iterator[Finding]:
    for match in qualifiers.find(source.reading, *part.span)[:1]:
        number = source.paragraph(part.span[0])
        message = (
            f"the words left out hold '{match[0]}' ({source.key}, para. {number}); "
            f"keep it, or accept with a reason"
        )
        yield "elision-qualifier", message


def _replaced(part: Part, sign: Sign, proof: Proof, qualifiers: Qualifiers) -> Iterator[Finding]:
    source = proof.source
    theirs = qualifiers.find(source.reading, *part.span)
    ours = qualifiers.find(_inner(sign))
    if found := theirs or ours:
        where = f"which hold '{found[0][0]}'" if theirs else f"by '{found[0][0]}'"
        message = (
            f"{sign.shown} replaces words of the source, {where} ({source.key}); quote them, or "
            "accept with a reason"
        )
        yield "replacement-qualifier", message
    replaced = count_loosely(source.reading[slice(*part.span)])
    shown = _words(proof)
    if replaced >= LARGE_SHARE * (replaced + shown):
        message = (
            f"{sign.shown} replaces {replaced} of {replaced + shown} words of the source "
            f"({source.key}); paraphrase instead"
        )
        yield "replacement-long", message


def _added(sign: Sign, qualifiers: Qualifiers) -> Iterator[Finding]:
    inner = _inner(sign)
    for match in qualifiers.find(inner)[:1]:
        message = f"{sign.shown} adds '{match[0]}', which the source does not say; say it outside"
        yield "addition-qualifier", message
    if (words := count_loosely(inner)) > LONGEST_ADDITION:
        message = f"an addition of {words} words, at most {LONGEST_ADDITION}; say it outside"
        yield "addition-long", message


def _inner(sign: Sign) -> str:
    return sign.shown.removeprefix("[").removesuffix("]")


def _beside_bracket(part: Part, sign: Sign, source: Source) -> Iterator[Finding]:
    """Yield that a reader cannot tell a bracket of the editor's from one of the source's."""
    start, end = part.span
    text = source.reading
    before = text[max(0, start - 2) : start].rstrip()[-1:]
    after = text[end : end + 2].lstrip()[:1]
    if "[" in text[start:end] or before == "]" or after == "[" or (before, after) == ("[", "]"):
        message = (
            f"{sign.shown} is beside or in place of a bracket of the source's own ({source.key}); "
            "readers cannot tell them apart"
        )
        yield "addition-beside", message


def _clipped(proof: Proof, qualifiers: Qualifiers) -> Iterator[Finding]:
    source, text = proof.source, proof.source.reading
    # Replaced words at an edge are the quotation's, too.
    start, end = proof.parts[0].span[0], proof.parts[-1].span[1]
    low, high = max(0, start - LONGEST_CLAUSE), min(len(text), end + LONGEST_CLAUSE)
    for end_before in CLAUSE_END.finditer(text, low, start):
        low = end_before.end()
    if sign := AFTER_END.search(text, end, high):
        high = sign.start()
    for side, clause, edge in (("before", (low, start), 0), ("after", (end, high), -1)):
        own = proof.parts[edge].sign
        if own is None or own.kind != "elision":
            yield from _cut(clause, side, source, qualifiers)


def _cut(
    clause: tuple[int, int], side: str, source: Source, qualifiers: Qualifiers
) -> Iterator[Finding]:
    found = qualifiers.find(source.reading, *clause)
    if not found:
        return
    is_before = side == "before"
    match = found[-1] if is_before else found[0]
    between = (match.end(), clause[1]) if is_before else (clause[0], match.start())
    distance = count_loosely(source.reading[slice(*between)])
    closing = [] if is_before else [m for m in found if qualifiers.closes(m)]
    far = f"{distance + 1} words {side} it" if distance else f"{side} it"
    message = (
        f"the clause goes on with '{match[0]}' {far} ({source.key}); quote that too, or paraphrase"
    )
    yield ("clip-qualifier" if distance < NEAR_WORDS or closing else "clip-distant"), message
