"""Speech: who says what in a source, and through whom it reaches the reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ..problem import Problem
from .passage_spans import misfit, passage_span
from .passages import Sensitive, SpeechRecord
from .people import People, Person
from .source import Source, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """A span of the reading in which *speaker* speaks, as the source's record says."""

    span: Span
    speaker: Person
    recorded: SpeechRecord

    @property
    def is_verbatim(self) -> bool:
        """Whether these are the speaker's words, and not another's account of them."""
        return self.recorded.mode == "verbatim"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """From mouth to page: *head* said it, *how*, *via* whom and what else, and who reports it."""

    head: Person
    how: str | None = None
    via: tuple[str, ...] = ()
    reporters: tuple[Person, ...] = ()
    """Those who report the head's words, the innermost first; the author last."""
    note: str | None = None

    @property
    def links(self) -> tuple[str, ...]:
        """Every step, in the order in which the words travelled."""
        first = f"{self.head.name}, {self.how}" if self.how else self.head.name
        return (first, *self.via, *(person.name for person in self.reporters[-1:]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """All voices of a source: its author's, and those of others in it."""

    author: Person
    speeches: tuple[Speech, ...] = ()
    """Those recorded, and as one speech each run of them without a word between."""
    sensitive: tuple[Span, ...] = ()
    whole: bool = True
    """Whether every passage of the record is in the copy, and every speaker is known."""
    shown: tuple[tuple[Span, Span | None], ...] = ()
    """Sensitive spans that a record lets be quoted in part or not at all, each with that part."""


def read_voices(
    source: Source, people: People, *, people_read: bool = True
) -> tuple[Voices, list[Problem]]:
    """Return the voices of *source*, and what in its record does not fit the copy or the people.

    Without *people_read* an unknown speaker is no problem: the list of people has one of its own.
    """
    problems: list[Problem] = []
    speeches = _speeches(source, people, problems, people_read=people_read)
    sensitive = [(item, _sensitive(item, source, problems)) for item in source.record.sensitive]
    author = people.exactly(source.record.attribution)
    assert author is not None, "the library lists every attribution"
    voices = Voices(
        author=author,
        speeches=(*speeches, *_running(speeches, source)),
        whole=not problems and people_read,
        sensitive=tuple(found[0] for _, found in sensitive if found),
        shown=tuple(found for item, found in sensitive if found and item.limited),
    )
    return voices, problems


def _speeches(
    source: Source, people: People, problems: list[Problem], *, people_read: bool
) -> list[Speech]:
    """Return the speeches that the record names, each where the copy has it."""
    speeches: list[Speech] = []
    for item in source.record.speech:
        span = passage_span(item.passage, source, problems)
        speaker = people.by_id.get(item.speaker)
        if speaker is None and people_read:
            message = f"speaker {item.speaker!r} is not in people.yml; add the person there"
            problems.append(misfit(source, item.passage, message, "speaker-unknown"))
        if span is not None and speaker is not None:
            speech = Speech(span=span, speaker=speaker, recorded=item)
            problems += _crossed(speech, speeches, source)
            speeches.append(speech)
    return speeches


def _crossed(speech: Speech, others: list[Speech], source: Source) -> list[Problem]:
    """Return a problem if *speech* overlaps one of *others* in part."""
    for other in others:
        apart = speech.span[1] <= other.span[0] or other.span[1] <= speech.span[0]
        if apart or _holds(speech.span, other.span) or _holds(other.span, speech.span):
            continue
        message = (
            f"speech of {speech.speaker.id!r} partly overlaps that of {other.speaker.id!r}; "
            f"one must hold the other or end before it"
        )
        return [misfit(source, speech.recorded.passage, message)]
    return []


def _sensitive(
    item: Sensitive, source: Source, problems: list[Problem]
) -> tuple[Span, Span | None] | None:
    """Return the span of a sensitive passage, and of what in it may be quoted."""
    whole = passage_span(item.passage, source, problems)
    shown = passage_span(item.shown, source, problems) if item.shown else None
    if whole and shown and not _holds(whole, shown):
        message = f"'shown' is not inside its sensitive passage (para. {item.passage.paragraph})"
        problems.append(misfit(source, item.passage, message))
        return None
    return (whole, shown) if whole and (shown or not item.shown) else None


def _running(speeches: list[Speech], source: Source) -> list[Speech]:
    """Return as one each run of verbatim speeches of one speaker with no word between them."""
    by_speaker: dict[str, list[Speech]] = {}
    for speech in sorted(speeches, key=lambda speech: speech.span):
        if speech.is_verbatim:
            by_speaker.setdefault(speech.speaker.id, []).append(speech)
    return [run for own in by_speaker.values() for run in _runs(own, source)]


def _runs(own: list[Speech], source: Source) -> Iterator[Speech]:
    """Yield *own*, speeches of one speaker in order, each joined with those right before it."""
    run = own[0]
    for speech in own[1:]:
        if _holds(run.span, speech.span):
            continue
        if any(c.isalnum() for c in source.reading[run.span[1] : speech.span[0]]):
            run = speech
        else:
            run = replace(run, span=(run.span[0], speech.span[1]))
            yield run


def chain(spans: Sequence[Span], source: Source, voices: Voices) -> Chain | None:
    """Return who says the words at *spans*, or None if that is not one voice in all of them.

    Between two spans words are left out, those of another voice, too.
    """
    common: list[Speech] | None = None
    heads: set[str] = set()
    for span in spans:
        around = _around(span, source, voices)
        if around is None:
            return None
        heads.add(around[0].speaker.id if around else voices.author.id)
        if len(heads) > 1:
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
        if not speech.is_verbatim or edges[1] <= inner[0] or inner[1] <= edges[0]:
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
    steps = [step for speech in outer for step in (speech.speaker.name, *speech.recorded.via)]
    return Chain(
        head=head.speaker,
        how=head.recorded.how,
        via=(*head.recorded.via, *steps),
        reporters=reporters,
        note=head.recorded.note,
    )


def is_sensitive(span: Span, voices: Voices) -> bool:
    """Return whether any of *span* may be shown at most as quoted."""
    return any(start < span[1] and span[0] < end for start, end in voices.sensitive)


def within(span: Span, outer: Span, source: Source) -> bool:
    """Return whether every word of *span* is in the span *outer*."""
    return _holds(outer, _inner(span, source))


def _inner(span: Span, source: Source) -> Span:
    """Return *span* without marks and spaces at its edges, which belong to no voice."""
    start, end = span
    while start < end and not source.reading[start].isalnum():
        start += 1
    while start < end and not source.reading[end - 1].isalnum():
        end -= 1
    return start, end
