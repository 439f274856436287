"""The index of shared words: it finds each run, and is made before processes fork."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_verbatim.sources.shingle_index import (
    LEAST_WORDS,
    MOST_OCCURRENCES,
    SHINGLE,
    STEP,
    CommonWords,
    ShingleIndex,
)
from tests.support.records import ROOT

WORDS = st.lists(st.sampled_from("abc"), max_size=40)
NINE = "one two three four five six seven eight nine".split()

OPTIMISED = """
from mkdocs_verbatim.sources.text_reuse import TextReuse
from tests.support.records import source_of

reuse = TextReuse({"a": source_of("It is so.\\n", key="a")})
print("_index" in vars(reuse))
reuse.build_index()
print("_index" in vars(reuse))
"""


def test_a_run_is_found_with_its_text_and_place() -> None:
    index = ShingleIndex([["other"], ["so", *NINE]])

    assert list(index.runs(["but", *NINE, "ten"])) == [CommonWords(1, 10, 1, 1)]


def test_no_run_goes_on_after_the_end_of_the_last_text() -> None:
    for length in range(LEAST_WORDS, len(NINE) + 1):
        index = ShingleIndex([NINE[:length]])

        assert list(index.runs(NINE)) == [CommonWords(0, length, 0, 0)]


def test_seven_words_are_no_run() -> None:
    assert list(ShingleIndex([NINE]).runs(NINE[: LEAST_WORDS - 1])) == []


def test_an_index_of_no_text_finds_nothing() -> None:
    assert list(ShingleIndex([]).runs(NINE)) == []
    assert list(ShingleIndex([[]]).runs(NINE)) == []


def test_of_words_that_recur_without_end_only_the_first_are_looked_at() -> None:
    texts = [*([NINE[:SHINGLE]] * MOST_OCCURRENCES), NINE]

    assert list(ShingleIndex(texts).runs(NINE[:LEAST_WORDS])) == []
    assert list(ShingleIndex(texts[1:]).runs(NINE[:LEAST_WORDS])) != []


@given(st.lists(WORDS, max_size=5))
def test_the_chains_hold_each_shingle_once_in_rising_order(texts: list[list[str]]) -> None:
    index = ShingleIndex(texts)
    held: list[int] = []
    for slot, head in enumerate(index._heads):
        k, before = head, 0
        while k:
            place = (k - 1) * STEP
            shingle = tuple(index._numbers[place : place + SHINGLE])
            assert hash(shingle) % len(index._heads) == slot
            assert before < k
            held.append(k)
            k, before = index._following[k], k

    assert sorted(held) == list(range(1, len(index._following)))


def test_the_index_is_made_when_asked_for_also_without_assertions() -> None:
    command = [sys.executable, "-O", "-c", OPTIMISED]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert result.stdout.split() == ["False", "True"]
