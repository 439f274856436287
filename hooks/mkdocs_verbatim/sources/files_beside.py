"""Files beside a site's pages: what readers see in them that no source proves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from ..text.boundaries import is_edge
from ..text.fold import fold
from ..text.quotation_marks import DOUBLE
from ..text.shown_text import FileKind, Shown, read_shown
from ..text.words import count_words
from .source import Source

LEAST_WORDS: Mapping[FileKind, int] = {"page": 0, "markup": 2, "prose": 2, "data": 4, "code": 4}
"""Words in double marks that are no term, by kind: pages must prove each, data hold many names."""

WEIGHTY = frozenset({"page", "markup", "prose"})
"""Kinds that a browser shows as text for readers."""

LONGEST_SHOWN = 60


class Finding(NamedTuple):
    """What is wrong in a file: *weighty* where browsers show it to readers as text."""

    line: int
    kind: Literal["words", "refused"]
    weighty: bool
    message: str


def findings(name: str, path: Path, sources: Mapping[str, Source]) -> Iterator[Finding]:
    """Yield what is wrong in the file *path*, which is *name* on the site, or raise OSError."""
    shown = read_shown(name, path.read_bytes())
    weighty = shown.kind in WEIGHTY
    for line, what in shown.refused:
        yield Finding(line=line, kind="refused", weighty=True, message=what)
    for line, words in unproven(shown, sources):
        message = f"“{_cut(words)}” that no source proves"
        yield Finding(line=line, kind="words", weighty=weighty, message=message)


def unproven(shown: Shown, sources: Mapping[str, Source]) -> Iterator[tuple[int, str]]:
    """Yield line and words of each run that *shown* has and none of *sources* has as it is."""
    least = LEAST_WORDS.get(shown.kind, 0)
    for line, words in shown.runs:
        long = count_words(words) >= least
        if long and (shown.kind == "page" or not is_in_sources(words, sources)):
            yield line, words


def is_in_sources(words: str, sources: Mapping[str, Source]) -> bool:
    """Return whether one of *sources* has *words*, whole, word for word."""
    wanted = fold(words).text.strip()
    return bool(wanted) and any(_has(wanted, source) for source in sources.values())


def _has(wanted: str, source: Source) -> bool:
    folded = source.folded
    at = folded.text.find(wanted)
    while at >= 0:
        edges = folded.start(at), folded.end(at + len(wanted))
        if all(is_edge(source.reading, edge) for edge in edges):
            return True
        at = folded.text.find(wanted, at + 1)
    return False


def _cut(words: str) -> str:
    plain = DOUBLE.sub("’", words)
    return plain if len(plain) <= LONGEST_SHOWN else f"{plain[:LONGEST_SHOWN]}…"
