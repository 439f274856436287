"""What a source has word for word, and what it has not: cases/quotations/match-*.yml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest

from mkdocs_verbatim.quotations.mark import parse_citation
from mkdocs_verbatim.quotations.match import (
    MOST_PLACES,
    boundaries,
    find,
    fits,
    needle,
    paragraph_spans,
    unknown_places,
)
from mkdocs_verbatim.sources.source import Source, Span
from tests.support.records import read_cases, source_of

NOWHERE = "nowhere"


@dataclass(frozen=True, kw_only=True)
class Case:
    """An author's *words* and a copy; they are at *found*, show *text*, or have *places*."""

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


def test_words_are_those_of_a_block_unless_said_otherwise() -> None:
    assert find(["‘no’"], source_of("“no”")) == []


def test_paragraphs_end_where_the_author_ends_them_and_at_no_sign_of_a_page() -> None:
    assert needle(["One\0Two", "Three"]) == "One\ufffdTwo\0Three"


def test_so_many_places_are_kept_that_a_message_can_say_so() -> None:
    assert len(find(["no"], source_of("no " * (MOST_PLACES + 5)))) == MOST_PLACES


@pytest.mark.parametrize(
    ("locator", "wrong"),
    [
        pytest.param("para. 3", [], id="the last paragraph"),
        pytest.param("para. 4", ["para. 4"], id="a paragraph after it"),
        pytest.param("para. 0", ["para. 0"], id="a paragraph before the first"),
        pytest.param("paras. 2–9", ["para. 2–9"], id="a range that ends after it"),
        pytest.param("paras. 3–2", ["para. 3–2"], id="a range turned round"),
        pytest.param("paras. 1, 7 and 9", ["para. 7", "para. 9"], id="some of a list"),
        pytest.param("line 5", [], id="the last line"),
        pytest.param("line 6", ["line 6"], id="a line after it"),
        pytest.param("para. 8, line 9", ["para. 8", "line 9"], id="both"),
    ],
)
def test_places_that_the_copy_does_not_have_are_named(locator: str, wrong: list[str]) -> None:
    (item,) = parse_citation(f"@a, {locator}").items

    assert unknown_places(item, source_of("One.\n\nTwo.\n\nThree.")) == wrong


def test_a_span_is_cut_where_paragraphs_end() -> None:
    source = source_of("One.\n\nTwo.\n\nThree.")

    assert paragraph_spans((0, 16), source) == [(0, 4), (5, 9), (10, 16)]
    assert paragraph_spans((5, 9), source) == [(5, 9)]


# A bar is found where the author's words and the copy's are cut.
@pytest.mark.parametrize(
    ("copy", "words", "parts"),
    [
        pytest.param("So we talk.", "So| we |talk.", "So| we |talk.", id="between words"),
        pytest.param("So we talk.", "So we talk.", "So we talk.", id="nowhere"),
        pytest.param("So  we – talk…", "So| we| - |talk|...", "So|  we| – |talk|…", id="in others"),
        pytest.param("So we ta\u00adlk.", "So |we| talk.", "So |we| ta\u00adlk.", id="invisible"),
        pytest.param("Then so we talk.", "  so| we", "so| we", id="after the words' own space"),
        pytest.param("the o\ufb03cer", "the o|ffi|cer", "the o|\ufb03|cer", id="round a ligature"),
    ],
)
def test_words_are_cut_in_the_copy_where_the_author_has_markup(
    copy: str, words: str, parts: str
) -> None:
    source = source_of(copy)
    pieces = words.split("|")
    cuts = [len("".join(pieces[:n])) for n in range(1, len(pieces))]
    (span,) = find(["".join(pieces)], source)
    spans = boundaries("".join(pieces), span, source, cuts)

    assert "|".join(source.reading[slice(*part)] for part in spans) == parts
    assert [(a[1], b[0]) for a, b in pairwise(spans)] == [(b[0], b[0]) for b in spans[1:]]


def test_every_case_says_its_rule_once() -> None:
    cases = [case for name in ("match-*.yml", "proof-*.yml") for case in read_cases(name)]
    titles = [str(case.id).partition(": ")[2] for case in cases]  # type: ignore[attr-defined]

    assert len(titles) == len(set(titles))
    assert len(titles) >= 500
