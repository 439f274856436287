"""Speech guess: who seems to speak where in a new copy, for a person to check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..sources.people import People, Person
from ..sources.source import Paragraph, Source, Span
from ..text.boundaries import is_edge
from ..text.fold import fold
from ..text.quotation_marks import DOUBLE, Pair, pair_marks
from ..text.words import WORDS
from .byline import NAME

LEAST_SPOKEN = 3
"""Words in double marks that may be speech; fewer are usually a term."""

LONGEST_PARAGRAPH = 20_000
"""Code points of a paragraph whose words are counted: the time grows with them."""

MOST_EDGE_WORDS = 12
"""Words at most by which a record names the beginning or end of a passage."""

SAID = (
    r"(?:said|says|wrote|writes|added|adds|told|tells|asked|asks|argued|argues|claimed|claims|"
    r"replied|explained|explains|insisted|insists|warned|warns|stated|states|tweeted|posted|"
    r"continued|concluded|noted|recalled)"
)
WHO = rf"(?:{NAME}|[Hh]e|[Ss]he|[Tt]hey|[Oo]ne \w+|[Aa]nother(?: \w+)?)"
NAMED_AFTER = re.compile(
    rf"[\s,–—-]*(?:{SAID} (?P<said>{WHO})\b|(?P<who>{WHO}) (?:has |had )?{SAID}\b)"
)
NAMED_BEFORE = re.compile(
    rf"\b(?P<who>{WHO})(?:,[^.!?“”\"]{{1,60}},|,)? (?:has |had |also |then )?{SAID}\b"
    r"[^.!?“”\"]{0,40}[:,]?\s*$"
)
BESIDE = 160
"""Code points on either side of a quotation in which its speaker may be named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuessedSpeech:
    """Words in double marks; *name* is what the copy calls their speaker, *person* who that is."""

    paragraph: int
    line: int
    words: str
    first: str | None
    last: str | None
    """Words that only the ends of the passage have in its paragraph; None without such words."""
    name: str | None
    person: Person | None

    @property
    def is_sure(self) -> bool:
        """Whether a record may state it without a person's decision."""
        return None not in (self.person, self.first, self.last)


@dataclass(frozen=True, slots=True)
class Unpaired:
    """A double mark without a partner; if it *opens* a paragraph, speech may go on in the next."""

    paragraph: int
    line: int
    words: str
    opens: bool


def speeches(source: Source, people: People) -> Iterator[GuessedSpeech]:
    """Yield the words in each pair of double marks of *source* that may be speech."""
    for paragraph in source.paragraphs:
        if paragraph.reading is None:
            continue
        text = source.reading[slice(*paragraph.reading)]
        done = 0
        for pair in pair_marks(text).pairs:
            if len(text[pair.start : pair.end].split()) >= LEAST_SPOKEN:
                person, name = _speaker(pair, text, done, people)
                yield _speech(pair, paragraph, source, person, name)
                done = pair.end + 1


def _speaker(pair: Pair, text: str, done: int, people: People) -> tuple[Person | None, str | None]:
    """Return who is named after the words of *pair*, or before them from *done* on, and how."""
    after = NAMED_AFTER.match(text, pair.end + 1, min(len(text), pair.end + BESIDE))
    before = NAMED_BEFORE.search(text[max(done, pair.start - 1 - BESIDE) : pair.start - 1])
    name = _name(after) or _name(before)
    return (people.named(name) if name else None), name


def _speech(
    pair: Pair, paragraph: Paragraph, source: Source, person: Person | None, name: str | None
) -> GuessedSpeech:
    assert paragraph.reading is not None
    low, high = paragraph.reading
    span = _edges((low + pair.start, low + pair.end), source.reading)
    known = person is not None and high - low <= LONGEST_PARAGRAPH
    first, last = _ends(span, (low, high), source) if known else (None, None)
    return GuessedSpeech(
        paragraph=paragraph.number,
        line=source.line(span[0]),
        words=" ".join(source.reading[low + pair.start : low + pair.end].split()),
        first=first,
        last=last,
        name=name,
        person=person,
    )


def _name(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    return match.groupdict().get("said") or match["who"]


def _edges(span: Span, text: str) -> Span:
    """Return *span* from its first letter or digit to its last, or to a full stop after it."""
    start, end = span
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not (text[end - 1].isalnum() or text[end - 1] in ".!?"):
        end -= 1
    return start, end


def _ends(span: Span, within: Span, source: Source) -> tuple[str | None, str | None]:
    """Return the fewest words at each end of *span* that its paragraph, *within*, has once."""
    text = source.reading
    spots = [match.span() for match in WORDS.finditer(text, *span)]
    first = last = None
    for count in range(min(LEAST_SPOKEN, len(spots)), min(MOST_EDGE_WORDS, len(spots)) + 1):
        begin = " ".join(text[span[0] : spots[count - 1][1]].split())
        finish = " ".join(text[spots[-count][0] : span[1]].split())
        if first is None and _times(begin, text[slice(*within)]) == 1:
            first = begin
        if last is None and _times(finish, text[span[0] : within[1]]) == 1:
            last = finish
    return first, last


def _times(words: str, text: str) -> int:
    """Return how often *text* has *words*, as whole words."""
    folded, wanted = fold(text), fold(words).text
    places: list[Span] = []
    at = folded.text.find(wanted)
    while at >= 0:
        places.append((folded.start(at), folded.end(at + len(wanted))))
        at = folded.text.find(wanted, at + 1)
    return sum(is_edge(text, start) and is_edge(text, end) for start, end in places)


def unpaired(source: Source) -> Iterator[Unpaired]:
    """Yield each double mark of *source* that has no partner in its paragraph."""
    for paragraph in source.paragraphs:
        if paragraph.reading is None:
            continue
        low, high = paragraph.reading
        text = source.reading[low:high]
        for at in pair_marks(text).left:
            words = " ".join(text[max(0, at - 20) : at + 40].split())
            opens = at == 0 and DOUBLE.match(text) is not None
            yield Unpaired(paragraph.number, source.line(low + at), words, opens)
