"""Passage spans: where in a copy the passages are that its record names."""

from __future__ import annotations

from ..problem import Problem, RuleId
from ..text.boundaries import is_edge
from ..text.fold import fold
from .passages import Passage
from .source import Source, Span


def passage_span(passage: Passage, source: Source, problems: list[Problem]) -> Span | None:
    """Return the span of *passage* in the reading, or None and a problem if it is not there."""
    number = passage.paragraph
    whole = source.paragraphs[number - 1].reading if number <= len(source.paragraphs) else None
    if whole is None:
        has = f"the copy has {len(source.paragraphs)}"
        what = has if number > len(source.paragraphs) else "it is furniture"
        problems.append(misfit(source, passage, f"no paragraph {number}: {what}"))
        return None
    first = _only(passage.first, source, whole) if passage.first else (whole[0], whole[0])
    if isinstance(first, int):
        problems.append(_not_one(first, "from", passage.first, passage, source))
        return None
    last = _only(passage.last, source, (first[0], whole[1])) if passage.last else (0, whole[1])
    if isinstance(last, int):
        problems.append(_not_one(last, "to", passage.last, passage, source))
        return None
    return first[0], last[1]


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


def _not_one(
    found: int, field: str, words: str | None, passage: Passage, source: Source
) -> Problem:
    times = f"is there {found} times; give more words" if found else "is not there"
    message = f"'{field}: {words}' {times} (para. {passage.paragraph})"
    return misfit(source, passage, message)


def misfit(
    source: Source, passage: Passage, message: str, rule: RuleId = "record-misfit"
) -> Problem:
    """Return a problem of *passage* in the record of *source*."""
    return Problem(path=source.record.path, line=passage.line, rule=rule, message=message)
