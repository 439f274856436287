"""Hints: what an author is told whose words are not in a source, and when nothing is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from mkdocs_verbatim.quotations.hints import LONGEST_SHOWN, ambiguous, missing, quoted
from mkdocs_verbatim.quotations.mark import Item
from mkdocs_verbatim.quotations.match import find
from mkdocs_verbatim.sources.source import Source
from tests.bench.measure_nearest import measure
from tests.support.records import REAL_KEYS, read_cases, real_source, source_of

REAL = {key: real_source(key) for key in REAL_KEYS}


def told(words: list[str], sources: Mapping[str, Source], *keys: str, inline: bool = False) -> str:
    return missing(words, [Item(key) for key in keys], sources, inline=inline)


@pytest.mark.parametrize("case", read_cases("remedy.yml"))
def test_an_author_is_told_what_to_do(case: dict[str, Any]) -> None:
    key, sources = case.get("in", "a"), REAL
    if "copy" in case:
        furniture = [{"lines": lines, "what": "menu"} for lines in case.get("furniture", [])]
        markup = case.get("markup", "plain")
        sources = {"a": source_of(case["copy"], markup=markup, fields={"furniture": furniture})}
    words = [case["words"]] if isinstance(case["words"], str) else case["words"]
    message = told(words, sources, key, inline=case.get("inline") == "true")
    says = f"; {case['says']}" if "says" in case else ""

    assert message == f"not in '{key}' word for word: {quoted(words)}{says}"


def test_long_words_are_repeated_in_part() -> None:
    shown = quoted(["word " * 100])

    assert shown.startswith("'word word")
    assert " … " in shown
    assert len(shown) < LONGEST_SHOWN + 6


def test_words_are_repeated_on_one_line() -> None:
    assert quoted(["one\n two", "three"]) == "'one two three'"


def test_every_source_that_was_cited_is_named() -> None:
    message = told(["xyzzy plugh"], REAL, "rt-2016", "cantey-2018")

    assert message == "not in 'rt-2016' or 'cantey-2018' word for word: 'xyzzy plugh'"


def test_the_nearest_passage_of_several_sources_is_shown() -> None:
    sources = {"a": source_of("The talks did fail at last."), "b": source_of("Talks fail rarely.")}

    assert "The talks did fail [at] last." in told(["The talks did fail last."], sources, "b", "a")


def test_what_the_cited_source_has_comes_before_another_source() -> None:
    sources = {"a": source_of("They are unable."), "b": source_of("They are able.")}

    assert "only part of 'unable.'" in told(["able"], sources, "a")


def test_another_source_comes_before_the_nearest_passage() -> None:
    sources = {"a": source_of("They are quite able."), "b": source_of("They are able.")}

    assert told(["They are able."], sources, "a").endswith("; it is in 'b', para. 1, line 1")


@pytest.mark.parametrize("words", ["The principle of negotiation is based", "debate. Short of"])
def test_no_message_holds_what_a_terminal_cannot_show(words: str) -> None:
    assert told([words], REAL, "opinion-2016").isprintable()


@pytest.mark.parametrize(
    ("copy", "shown"),
    [
        pytest.param(
            "no\n\nno",
            "'no' is in 2 places of 'a' (para. 1, line 1; para. 2, line 3); name one, as in "
            "[@a, para. 1], or quote more words",
            id="in two paragraphs",
        ),
        pytest.param(
            "no,\nno",
            "'no' is in 2 places of 'a' (para. 1, line 1; para. 1, line 2); name one, as in "
            "[@a, line 1], or quote more words",
            id="in one paragraph",
        ),
        pytest.param(
            "\n\n".join(["no"] * 7),
            "'no' is in 7 places of 'a' (para. 1, line 1; para. 2, line 3; para. 3, line 5; "
            "para. 4, line 7; para. 5, line 9 and 2 more); name one, as in [@a, para. 1], or quote "
            "more words",
            id="in many",
        ),
    ],
)
def test_words_that_stand_in_several_places_are_told_how_to_name_one(copy: str, shown: str) -> None:
    source = source_of(copy)

    assert ambiguous(["no"], find(["no"], source), source) == shown


def test_five_places_are_all_told() -> None:
    source = source_of("\n\n".join(["no"] * 5))

    assert "line 9); name one" in ambiguous(["no"], find(["no"], source), source)


@pytest.mark.parametrize("copy", ["no, no", "no, no\n\nno", "no, no\nno\n\nno"])
def test_a_place_that_tells_nothing_is_not_proposed(copy: str) -> None:
    source = source_of(copy)
    message = ambiguous(["no"], find(["no"], source), source)

    assert "quote more words" in message
    assert "[@a, line 1]" not in message
    assert "[@a, para. 1]" not in message


def test_the_nearest_passage_of_a_large_copy_is_the_right_one() -> None:
    wrong, times = measure(1_000_000, 50, seed=1)

    assert wrong == []
    assert len(times) == 50
