"""Hostile input: large, repetitive or full of brackets, and read to its end all the same."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from tests.bench.measure_nearest import copy_of, words_of
from tests.support import sites

TIMEOUT = 60
"""Seconds in which a check must end: no measure, only a guard against one that hangs."""

ERROR = re.compile(r"docs/index\.md:(?P<line>\d+):\d+: error: .* \[(?P<rule>[a-z-]+)\]")
NOT_FOUND = "quote-not-found"
AMBIGUOUS = "quote-ambiguous"


def rules_of(folder: Path, copy: str, paragraphs: list[str]) -> list[tuple[int, str]]:
    """Return the number of each of a page's *paragraphs* that has an error, and its rule."""
    page = "\n\n".join(paragraphs)
    site = sites.SmallSite(pages={"index.md": page}, copies={"a": copy}).write(folder / "site")
    result = sites.run("verbatim", "check", cwd=site, timeout=TIMEOUT)
    assert "Traceback" not in result.stderr
    found = [match.group("line", "rule") for match in ERROR.finditer(result.stderr)]
    assert len(found) == result.stderr.count(": error: "), result.stderr
    assert result.returncode == bool(found)
    return [(int(line) // 2 + 1, rule) for line, rule in found]


def quoted(words: str) -> str:
    return f"Author A wrote “{words}” [@a]."


def test_a_copy_of_ten_megabytes_is_read(tmp_path: Path) -> None:
    chance = random.Random(1)
    paragraphs = copy_of(words_of(chance), 10_000_000, chance)
    good = " ".join(paragraphs[-1].split()[10:30])
    bad = good.replace(" ", " not ", 1)

    assert rules_of(tmp_path, "\n\n".join(paragraphs), [quoted(good), quoted(bad)]) == [
        (2, NOT_FOUND)
    ]


@pytest.mark.parametrize("end", ["\n\n", " "])
def test_ten_thousand_near_repeats_are_told_apart(tmp_path: Path, end: str) -> None:
    copy = end.join(f"We will not talk to group {n} until it stops." for n in range(10_000))
    page = [
        quoted("We will not talk to group 9999 until it stops."),
        quoted("group 9998 […] group 9999 until"),
        quoted("We will not talk to group"),
        quoted("We will […] talk to group […] until it stops."),
        quoted("group 1 .. until it"),
        quoted("We will […] talk to group […] until it starts."),
        quoted("group 9999 […] group 9998"),
        quoted("We will talk to group 5000 until it stops."),
    ]

    assert rules_of(tmp_path, copy, page) == [
        (3, AMBIGUOUS),
        (4, AMBIGUOUS),
        (5, AMBIGUOUS),
        (6, NOT_FOUND),
        (7, NOT_FOUND),
        (8, NOT_FOUND),
    ]


def test_a_quotation_with_four_hundred_brackets_is_read(tmp_path: Path) -> None:
    words = [f"word{n}" for n in range(801)]
    copy = f"{' '.join(words)}.\n\n{'so on ' * 500}\n\n{'[sic] ' * 400}"
    page = [
        quoted(" […] ".join(words[::2])),
        quoted(" [and] ".join(words[:401])),
        quoted(" ".join(f"[it]{{for='{theirs}'}} {own}" for theirs, own in _pairs(words))),
        quoted(" […] ".join(["so"] * 401)),
        quoted(" […] ".join([*words[:800:2], "nowhere"])),
        quoted(f"{'[sic] ' * 400}nowhere"),
        quoted(" ".join(["wor[d]s"] * 400)),
    ]

    assert rules_of(tmp_path, copy, page) == [
        (4, AMBIGUOUS),
        (5, NOT_FOUND),
        (6, NOT_FOUND),
        (7, NOT_FOUND),
    ]


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    return [*zip(words[:800:2], words[1:800:2], strict=True)]


def test_a_page_with_nine_hundred_brackets_is_read(tmp_path: Path) -> None:
    page = [
        f"Author A wrote {'[' * 900} and “we talk” [@a].",
        quoted("we walk"),
    ]

    assert rules_of(tmp_path, "So we talk.", page) == [(2, NOT_FOUND)]


def test_a_long_quotation_that_stands_nowhere_is_told_in_time(tmp_path: Path) -> None:
    copy = "\n\n".join(" ".join(f"word{n * 7 + m}" for m in range(30)) for n in range(400))
    page = [
        quoted("word0 word1"),
        quoted("no " * 5_000 + "yes"),
        quoted(" ".join(f"other{n}" for n in range(2_000))),
    ]

    assert rules_of(tmp_path, copy, page) == [(2, NOT_FOUND), (3, NOT_FOUND)]


def test_a_paragraph_behind_a_thousand_others_is_found(tmp_path: Path) -> None:
    copy = "\n\n".join(["We hold the talks."] * 1_500) + "\n\nNothing stops it, or it."
    page = [
        "Author A wrote “We hold the talks” [@a, para. 1400].",
        quoted("Nothing […] or it."),
    ]

    assert rules_of(tmp_path, copy, page) == []


def test_more_marks_than_anybody_reads_are_refused(tmp_path: Path) -> None:
    copy = " ".join(f"word{n} and" for n in range(2_000)) + "."
    page = [quoted("word0 and"), quoted(" […] ".join(f"word{n}" for n in range(1_200)))]

    assert rules_of(tmp_path, copy, page) == [(2, NOT_FOUND)]
