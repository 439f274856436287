"""Speech: who says what in a source, and through whom it reaches the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ..problem import Problem
from ..text.boundaries import is_edge
from ..text.fold import fold
from .passages import Mode, Passage, Sensitive
from .people import People, Person
from .record import Record
from .source import Source, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """A span of the reading in which *speaker* speaks, verbatim or as somebody renders it."""

    span: Span
    speaker: Person
    mode: Mode
    how: str | None
    via: tuple[str, ...]
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """From mouth to page: *head* said it, *how*, *via* whom and what else, and who reports it."""

    head: Person
    how: str | None = None
    via: tuple[str, ...] = ()
    reporters: tuple[Person, ...] = ()
    """Those in whose words the head's stand, the innermost first; the author last."""
    note: str | None = None

    @property
    def links(self) -> tuple[str, ...]:
        """Every step, in the order in which the words travelled."""
        first = f"{self.head.name}, {self.how}" if self.how else self.head.name
        return (first, *self.via, *(person.name for person in self.reporters[-1:]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """All voices of a source: its author's, and those that speak in it."""

    author: Person
    speeches: tuple[Speech, ...] = ()
    """Those recorded, and those that run on without a word of another's between them as one."""
    sensitive: tuple[Span, ...] = ()
    shown: tuple[tuple[Span, Span | None], ...] = ()
    """Sensitive spans of which a record limits what is quoted: each with the span that may be."""


def read_voices(
    source: Source, people: People, *, people_read: bool = True
) -> tuple[Voices, list[Problem]]:
    """Return the voices of *source*, and what in its record does not fit the copy or the people.

    With *people_read* false nobody is missed: the list of people has a problem of its own.
    """
    record = source.record
    problems: list[Problem] = []
    speeches: list[Speech] = []
    for item in record.speech:
        span = _span(item.passage, source, problems)
        speaker = people.by_id.get(item.speaker)
        if speaker is None and people_read:
            message = f"speaker {item.speaker!r} is not in people.yml; add the person there"
            problems.append(_misfit(record, item.passage.line, message, "speaker-unknown"))
        if span is not None and speaker is not None:
            speeches.append(
                Speech(
                    span=span,
                    speaker=speaker,
                    mode=item.mode,
                    how=item.how,
                    via=item.via,
                    note=item.note,
                )
            )
            problems += _crossed(speeches, item.passage.line, source)
    sensitive = [_sensitive(item, source, problems) for item in record.sensitive]
    author = people.exactly(record.attribution)
    assert author is not None, "the library lists every attribution"
    voices = Voices(
        author=author,
        speeches=(*speeches, *_running(speeches, source)),
        sensitive=tuple(pair[0] for pair in sensitive if pair is not None),
        shown=tuple(
            pair
            for item, pair in zip(record.sensitive, sensitive, strict=True)
            if item.limited and pair is not None
        ),
    )
    return voices, problems


def _sensitive(
    item: Sensitive, source: Source, problems: list[Problem]
) -> tuple[Span, Span | None] | None:
    """Return the span of a sensitive passage, and of what in it may be quoted."""
    whole = _span(item.passage, source, problems)
    shown = _span(item.shown, source, problems) if item.shown else None
    if whole and shown and not _holds(whole, shown):
        message = f"'shown' is not inside its sensitive passage (para. {item.passage.paragraph})"
        problems.append(_misfit(source.record, item.passage.line, message))
        return None
    return (whole, shown) if whole and (shown or not item.shown) else None


def _running(speeches: list[Speech], source: Source) -> list[Speech]:
    """Return as one each run of verbatim speeches of one speaker with no word between them."""
    by_speaker: dict[str, list[Speech]] = {}
    for speech in sorted(speeches, key=lambda speech: speech.span):
        if speech.mode == "verbatim":
            by_speaker.setdefault(speech.speaker.id, []).append(speech)
    runs: list[Speech] = []
    for own in by_speaker.values():
        run = own[0]
        for speech in own[1:]:
            if _holds(run.span, speech.span):
                continue
            gap = source.reading[run.span[1] : speech.span[0]]
            if not any(c.isalnum() for c in gap):
                run = replace(run, span=(run.span[0], speech.span[1]))
                runs.append(run)
            else:
                run = speech
    return runs


def chain(spans: Sequence[Span], source: Source, voices: Voices) -> Chain | None:
    """Return who says what stands at *spans*, or None if one runs from one voice into another.

    Between two spans words are left out: where the voice changes there, whoever speaks in all of
    them says it.
    """
    common: list[Speech] | None = None
    for span in spans:
        around = _around(span, source, voices)
        if around is None:
            return None
        speakers = {speech.speaker.id for speech in around}
        common = around if common is None else [s for s in common if s.speaker.id in speakers]
    return _chain(common or [], voices.author)


def _around(span: Span, source: Source, voices: Voices) -> list[Speech] | None:
    """Return the speeches that hold *span*, the innermost first, or None if it crosses one."""
    inner = _inner(span, source)
    around: list[Speech] = []
    crossed: list[Speech] = []
    for speech in voices.speeches:
        edges = _inner(speech.span, source)
        if speech.mode != "verbatim" or edges[1] <= inner[0] or inner[1] <= edges[0]:
            continue
        if _holds(edges, inner):
            around.append(speech)
        elif not (span[0] < speech.span[0] and speech.span[1] < span[1]):
            # Also if it begins or ends the span, and no mark of the source sets it off there.
            crossed.append(speech)
    # Within a running speech its parts may be crossed: the voice is the same.
    around.sort(key=lambda speech: speech.span[1] - speech.span[0])
    for speech in crossed:
        # The innermost voice that holds the speech too must be the speaker's own.
        holder = next((other for other in around if _holds(other.span, speech.span)), None)
        if holder is None or holder.speaker != speech.speaker:
            return None
    return around


def _holds(outer: Span, inner: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _chain(around: list[Speech], author: Person) -> Chain:
    """Return the chain through the speeches *around* a span, the innermost first."""
    if not around:
        return Chain(head=author)
    head = around[0]
    outer: list[Speech] = []
    for inner, speech in pairwise(around):
        # A running speech holds those it was made of: they are one link.
        if speech.speaker != inner.speaker:
            outer.append(speech)
    reporters = (*(speech.speaker for speech in outer), author)
    steps = [step for speech in outer for step in (speech.speaker.name, *speech.via)]
    return Chain(
        head=head.speaker,
        how=head.how,
        via=(*head.via, *steps),
        reporters=reporters,
        note=head.note,
    )


def is_sensitive(span: Span, voices: Voices) -> bool:
    """Tell whether any of *span* may be shown at most as quoted."""
    return any(start < span[1] and span[0] < end for start, end in voices.sensitive)


def within(span: Span, outer: Span, source: Source) -> bool:
    """Tell whether every word of *span* stands in the span *outer*."""
    return _holds(outer, _inner(span, source))


def _inner(span: Span, source: Source) -> Span:
    """Return *span* without marks and spaces at its edges: they belong to nobody's voice."""
    start, end = span
    while start < end and not source.reading[start].isalnum():
        start += 1
    while start < end and not source.reading[end - 1].isalnum():
        end -= 1
    return start, end


def _span(passage: Passage, source: Source, problems: list[Problem]) -> Span | None:
    record = source.record
    number = passage.paragraph
    whole = source.paragraphs[number - 1].reading if number <= len(source.paragraphs) else None
    if whole is None:
        has = f"the copy has {len(source.paragraphs)}"
        what = has if number > len(source.paragraphs) else "it is furniture"
        problems.append(_misfit(record, passage.line, f"no paragraph {number}: {what}"))
        return None
    first = _only(passage.first, source, whole) if passage.first else (whole[0], whole[0])
    last: Span | int = (whole[1], whole[1])
    if passage.last and not isinstance(first, int):
        last = _only(passage.last, source, (first[0], whole[1]))
    for name, words, found in (("from", passage.first, first), ("to", passage.last, last)):
        if isinstance(found, int):
            times = f"stands {found} times; give more words" if found else "does not stand there"
            message = f"'{name}: {words}' {times} (para. {number})"
            problems.append(_misfit(record, passage.line, message))
            return None
    assert not isinstance(first, int)
    assert not isinstance(last, int)
    return (first[0], last[1])


def _only(words: str, source: Source, within: Span) -> Span | int:
    """Return the one place of *words* within a span of the reading, or how many there are."""
    folded = source.folded
    wanted = fold(words).text.strip()
    low, high = folded.index(within[0]), folded.index(within[1])
    places: list[Span] = []
    at = folded.text.find(wanted, low, high)
    while at >= 0:
        span = (folded.start(at), folded.end(at + len(wanted)))
        if is_edge(source.reading, span[0]) and is_edge(source.reading, span[1]):
            places.append(span)
        at = folded.text.find(wanted, at + 1, high)
    return places[0] if len(places) == 1 else len(places)


def _crossed(speeches: list[Speech], line: int, source: Source) -> list[Problem]:
    """Return a problem if the last of *speeches* partly overlaps one before it."""
    *others, last = speeches
    start, end = last.span
    for other in others:
        first, behind = other.span
        apart = end <= first or behind <= start
        nested = (first <= start and end <= behind) or (start <= first and behind <= end)
        if not apart and not nested:
            message = (
                f"speech of {last.speaker.id!r} partly overlaps that of {other.speaker.id!r}; "
                f"one must hold the other or end before it"
            )
            return [_misfit(source.record, line, message)]
    return []


def _misfit(record: Record, line: int, message: str, rule: str = "record-misfit") -> Problem:
    return Problem(path=record.path, line=line, rule=rule, message=message)
