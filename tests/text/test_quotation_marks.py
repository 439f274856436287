"""Quotation marks: what a reader takes for one is one; the cases are in cases/text/marks.yml."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from mkdocs_verbatim.text.quotation_marks import CLOSING, DOUBLE, SAME, pair_marks
from tests.support.records import read_cases

CASES = read_cases("marks.yml")

SINGLE = frozenset("'‘’‚‛‹›＇")
"""Marks of Unicode that are single: they hold quotations by a rule of their own."""

# PropList.txt of Unicode, property Quotation_Mark; the two at the end came with Unicode 17.
QUOTATION_MARK = [
    *(0x22, 0x27, 0xAB, 0xBB, *range(0x2018, 0x2020), 0x2039, 0x203A, 0x2E42),
    *(*range(0x300C, 0x3010), *range(0x301D, 0x3020), *range(0xFE41, 0xFE45), 0xFF02, 0xFF07),
    *(0xFF62, 0xFF63),
]


@pytest.mark.parametrize("case", CASES)
def test_marks_pair_as_the_case_says(case: dict[str, Any]) -> None:
    text = case["text"].replace("\\0", "\0")
    found = pair_marks(text)

    assert [text[pair.start : pair.end] for pair in found.pairs] == case.get("runs", [])
    assert [str(at) for at in found.left] == case.get("left", [])


@pytest.mark.parametrize("number", QUOTATION_MARK, ids=lambda number: f"U+{number:04X}")
def test_every_quotation_mark_of_unicode_is_known(number: int) -> None:
    mark = chr(number)

    assert (DOUBLE.fullmatch(mark) is not None) != (mark in SINGLE), unicodedata.name(mark)


@pytest.mark.parametrize("opening", [*CLOSING, *SAME])
def test_false_words_between_any_two_marks_are_a_run(opening: str) -> None:
    for closing in CLOSING.get(opening) or SAME[opening]:
        text = f"He said {opening}there can be talks{closing} so."

        assert [(p.opening, p.closing) for p in pair_marks(text).pairs] == [(opening, closing)]


def test_many_marks_without_partner_take_a_time_in_proportion() -> None:
    for mark in ("≪", "“", "''", '"', "「"):
        found = pair_marks(f"a {mark}b " * 20_000)

        assert len(found.pairs) + len(found.left) <= 20_000
