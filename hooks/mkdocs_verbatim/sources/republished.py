"""How much files and pages hold of the sources besides quotations, in whatever form."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ..problem import Problem, RuleId
from ..text.decoding import readings
from ..text.words import count_words
from .limits import Counter
from .shingle_index import LEAST_WORDS
from .source import Source, Span
from .text_reuse import TextReuse, is_name

MOST_OF_SOURCE = 0.5
"""The share of a source that no file may exceed, whatever its record allows to be quoted."""

LEAST_WORDS_ON_PAGE = 25
"""Words of a very short text that a page may have as a name or title; see words-unmarked."""

PIECE = 1 << 20
"""Characters that are compared at once, so that the words of a long text need little memory."""

RULE: RuleId = "copy-published"

Held = dict[str, list[Span]]
"""The spans that a text has of each source, by the source's key."""


def held(texts: Iterable[str], copies: TextReuse) -> Held:
    """Return the spans that *texts* together hold of each source that is not free to republish."""
    found: Held = {}
    for text in texts:
        for start in range(0, len(text), PIECE):
            for source, span in copies.passages(text[start : start + PIECE]):
                if not source.record.full:
                    found.setdefault(source.key, []).append(span)
    return found


def held_by_files(
    files: Mapping[str, Path], copies: TextReuse, problems: list[Problem]
) -> dict[str, Held]:
    """Return the spans of each source that each file holds, by the file's name.

    *files* are the paths by the names that messages show. A file that cannot be read is entered
    into *problems*.
    """
    found: dict[str, Held] = {}
    for name, path in files.items():
        try:
            # A pipe would never end.
            if path.is_file():
                with path.open("rb") as file:
                    found[name] = held(readings(file), copies)
        except OSError as error:
            message = f"cannot be read: {error.strerror}; make it readable or take it out"
            problems.append(Problem(path=name, rule="page-unreadable", message=message))
    return found


def too_much(
    files: Mapping[str, Held],
    sources: Mapping[str, Source],
    published: Mapping[str, Sequence[Span]] | None = None,
) -> Iterator[Problem]:
    """Yield a problem for each file with which too much of a source is there, small files first.

    Too much is most of a source, or more than its record allows together with what is *published*
    by quotations; without *published*, only most of it.
    """
    for key, source in sources.items():
        parts = sorted(
            (_counter(spans, source).count, name, spans)
            for name, by_key in files.items()
            if (spans := by_key.get(key))
        )
        shown = None if published is None else published.get(key, ())
        together, beside = _counter((), source), _counter(shown or (), source)
        for own, name, spans in parts:
            _add(spans, together)
            _add(spans, beside)
            message = _most(source, own, together.count)
            if shown is not None and not message and _adds(spans, shown, source):
                message = _share(source, own, beside.count)
            if message:
                yield Problem(path=name, rule=RULE, message=message)


def unmarked(files: Mapping[str, Held], sources: Mapping[str, Source]) -> Iterator[Problem]:
    """Yield a problem for each passage of a source that a file has besides quotations."""
    for name, held in files.items():
        for key, spans in held.items():
            for span in spans:
                words = sources[key].reading[slice(*span)]
                if not is_name(words, sources[key]):
                    message = (
                        f"{count_words(words)} words in a row that {key!r} has too, para. "
                        f"{sources[key].paragraph(span[0])}: '{' '.join(words.split()[:12])} …'; "
                        "no file beside the pages proves words: quote them on a page"
                    )
                    yield Problem(path=name, rule="words-unmarked", message=message)


def copied_whole(found: Held, sources: Mapping[str, Source]) -> Iterator[str]:
    """Yield a message for each source of which a page has too much, *found* outside quotations."""
    for key, spans in found.items():
        words = _counter(spans, sources[key]).count
        message = _most(sources[key], words, words)
        if message and words >= LEAST_WORDS_ON_PAGE:
            yield message


def union(spans: Iterable[Span]) -> list[Span]:
    """Return *spans* in order, those that touch each other as one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def outside(
    found: Held, quoted: Mapping[str, Sequence[Span]], sources: Mapping[str, Source]
) -> Held:
    """Return the parts of *found* that are not *quoted*, without those too short to be a copy.

    The spans in *quoted* are in order and do not touch, as *union* returns them.
    """
    left: Held = {}
    for key, spans in found.items():
        pieces = [piece for span in spans for piece in _left(span, quoted.get(key, ()))]
        long = [p for p in pieces if count_words(sources[key].reading[slice(*p)]) >= LEAST_WORDS]
        if long:
            left[key] = long
    return left


def _left(span: Span, others: Sequence[Span]) -> Iterator[Span]:
    """Yield the parts of *span* outside all of *others*."""
    start, end = span
    for first, last in others[bisect_right(others, start, key=lambda other: other[1]) :]:
        if first >= end:
            break
        if start < first:
            yield start, first
        start = last
    if start < end:
        yield start, end


def _counter(spans: Iterable[Span], source: Source) -> Counter:
    """Return a counter of the words of *source* that has counted *spans*."""
    counter = Counter(source.reading)
    _add(spans, counter)
    return counter


def _add(spans: Iterable[Span], counter: Counter) -> None:
    for span in spans:
        counter.add(span)


def _adds(spans: Sequence[Span], shown: Sequence[Span], source: Source) -> bool:
    """Return whether *spans* have words of *source* that are not *shown*."""
    counter = _counter(shown, source)
    return any(counter.with_span(span) > counter.count for span in spans)


def _most(source: Source, own: int, together: int) -> str | None:
    """Return a message if *together* words, with those of smaller files, are most of *source*."""
    if together <= MOST_OF_SOURCE * source.words:
        return None
    others = f", {together} with other files" if together > own else ""
    return (
        f"holds {own} of the {source.words} words of {source.key!r}{others}: most of a text that "
        "is not free to republish; take it out, and quote what is needed"
    )


def _share(source: Source, own: int, together: int) -> str | None:
    """Return a message if *together* words, with quotations, are more than the record allows."""
    share = source.record.limits.published_share
    if share is None or together <= share * source.words:
        return None
    return (
        f"holds {own} words of {source.key!r}; with what else is published that is "
        f"{together / source.words:.1%} of it, the record allows {share:.1%}; take words out"
    )
