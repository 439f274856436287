"""What stands in a source word for word, and what does not: the cases are in cases/match-*.yml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from verbatim.mark import parse_citation
from verbatim.match import find, fits
from verbatim.source import Source, Span

from .making import read_cases, source_of

NOWHERE = "nowhere"


@dataclass(frozen=True, kw_only=True)
class Case:
    """An author's *words* and a copy; they stand at *found*, show *text*, or have *places*."""

    source: str
    words: str | list[str]
    markup: str = "plain"
    furniture: Sequence[str] = ()
    joins: Sequence[Sequence[str]] = ()
    inline: str = "false"
    locator: str = ""
    found: str | list[str] | None = None
    text: str | None = None
    places: str | None = None

    def make(self) -> Source:
        return source_of(
            self.source,
            markup=self.markup,
            fields={
                "furniture": [{"lines": lines, "what": "menu"} for lines in self.furniture],
                "joins": self.joins,
            },
        )

    def find(self, source: Source) -> list[Span]:
        words = [self.words] if isinstance(self.words, str) else self.words
        (item,) = parse_citation(f"@a, {self.locator}").items
        assert item.understood
        places = find(words, source, inline=self.inline == "true")
        return [span for span in places if fits(span, source, item)]


def shown(source: Source, span: Span) -> str:
    """Return what a reader gets of *span*, white space evened."""
    return " ".join(" ".join(source.read(part) for part in source.text_spans(span)).split())


def written(source: Source, span: Span) -> str:
    return " ".join(f"{start}-{end}" for start, end in source.text_spans(span))


@pytest.mark.parametrize("fields", read_cases("match-*.yml"))
def test_words_stand_where_the_case_says(fields: dict[str, Any]) -> None:
    case = Case(**fields)
    source = case.make()
    places = case.find(source)
    spans = [written(source, span) for span in places]

    assert [case.found, case.text, case.places].count(None) == 2
    if case.found is not None:
        assert spans == ([] if case.found == NOWHERE else case.found)
    if case.text is not None:
        assert [shown(source, span) for span in places] == [case.text], spans
    if case.places is not None:
        assert len(places) == int(case.places), spans


def test_every_case_says_its_rule_once() -> None:
    titles = [str(case.id).partition(": ")[2] for case in read_cases("match-*.yml")]  # type: ignore[attr-defined]

    assert len(titles) == len(set(titles))
    assert len(titles) >= 150
