"""Permanent forms: each text has one, in which what counts as verbatim is equal."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from mkdocs_verbatim.text.fold import PARAGRAPH
from mkdocs_verbatim.text.permanent import (
    MOST_LETTERS,
    ascii_words,
    permanent,
    permanent_text,
    places_of,
    words_before,
)

CASES: Mapping[str, Mapping[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "text" / "permanent.yml").read_text("utf-8")
)
PIECES = [
    "a",
    "no",
    "é",
    "e\u0301",
    " ",
    "  ",
    "-",
    "-\n",
    "\u00ad\n",
    "…",
    ". . .",
    "\ufb01",
    "“",
    "»",
]
PIECES += ["\0", "1", ",", "\u200b", "談", "’s"]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_text_has_the_words_that_it_has_for_good(case: Mapping[str, Any]) -> None:
    words = permanent(case["text"])

    assert words == case["words"]
    assert ascii_words(words) == case["says"]


@pytest.mark.parametrize("seed", range(200))
def test_a_permanent_text_is_one_line_that_stays_as_it_is(seed: int) -> None:
    chance = random.Random(seed)
    raw = "".join(chance.choices(PIECES, k=30))
    words = permanent(raw)

    assert permanent(words) == words == " ".join(words.split())
    assert len(ascii_words(words)) <= MOST_LETTERS
    assert ascii_words(words).isascii()


@pytest.mark.parametrize("seed", range(200))
def test_words_are_where_the_map_says(seed: int) -> None:
    chance = random.Random(seed)
    words = ["no", "talks", "l\u00adong", "é", "e\u0301n", "…", "fi\ufb01", "long-\nterm", "“so”"]
    gaps = [" ", "  ", "\n", PARAGRAPH, f"{PARAGRAPH} {PARAGRAPH}", " \u200b"]
    raw, at = "", []
    for word in chance.choices(words, k=20):
        at.append((len(raw), word))
        raw += word + chance.choice(gaps)
    read = permanent_text(raw)

    assert read.text == permanent(raw)
    for start, word in at:
        assert read.text.startswith(permanent(word), read.place(start))


@pytest.mark.parametrize(
    ("words", "text", "places"),
    [
        pytest.param("able", "unable, able", [8], id="cut out of a longer word"),
        pytest.param("no no", "no no no", [0, 3], id="one over another"),
        pytest.param("談", "談判談", [0, 2], id="without spaces"),
        pytest.param("3", "3.5 and 3", [8], id="a part of a number"),
        pytest.param("", "abc", [], id="no words"),
    ],
)
def test_words_are_found_wherever_they_are(words: str, text: str, places: list[int]) -> None:
    assert places_of(words, text) == places


@pytest.mark.parametrize(
    ("text", "at", "others", "before"),
    [
        pytest.param("a b c d x", 8, [], "b c d", id="three words"),
        pytest.param("a b x", 4, [], "a b", id="fewer at the beginning"),
        pytest.param("x a", 0, [], "", id="none"),
        pytest.param(
            "q a b c d x. a b c d x", 21, [10], "d x. a b c d", id="more if these are alike"
        ),
        pytest.param("a b c x a b c x", 6, [14], "a b c", id="as many as there are"),
        pytest.param(
            "甲乙丙丁戊己庚談", 7, [], "乙丙丁戊己庚", id="two letters without spaces are one"
        ),
    ],
)
def test_words_before_a_place_tell_it_from_others(
    text: str, at: int, others: list[int], before: str
) -> None:
    assert words_before(text, at, others) == before


def test_a_text_that_repeats_itself_takes_no_time() -> None:
    text = "no " * 20_000
    others = [*range(0, 60_000, 3)]

    assert words_before(text, 30_000, [o for o in others if o != 30_000]).count("no") == 10_000
