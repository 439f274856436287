"""Coverage and acceptance: check and build say the same, strictly or not; words compared."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_verbatim.build.config import read_config
from mkdocs_verbatim.build.reading import check
from mkdocs_verbatim.ledger.problem_log import Accepted
from mkdocs_verbatim.sources.shingle_index import LEAST_WORDS, SHINGLE
from mkdocs_verbatim.sources.text_reuse import TextReuse, word_spans, words
from mkdocs_verbatim.text.fold import DASHES, HYPHENS, IGNORED, LIGATURES, SINGLE_MARKS, WHITE, fold
from tests.support import sites
from tests.support.records import source_of

COPIED = "\nHe made the comments at a debate with serving leader Jeremy Corbyn in Nottingham.\n"
ACCEPTS = (
    "\n<!-- verbatim: accept words-unmarked: for\nthe test -->"
    "\n<!-- verbatim: accept paragraph-uncited: so too -->\n"
)
RULES = ("words-unmarked", "paragraph-uncited")


def _site(folder: Path, text: str) -> Path:
    site = sites.real_site(folder / "site")
    page = site / "docs" / "remark.md"
    sites.put(page, page.read_text("utf-8") + text)
    return site


def _warned(said: str) -> list[str]:
    """Return the warnings of our rules in *said*, without what MkDocs puts before them."""
    lines = [line.removeprefix("WARNING -  ") for line in said.splitlines()]
    return [line for line in lines if line.endswith(tuple(f"[{rule}]" for rule in RULES))]


@pytest.mark.builds
def test_check_and_build_warn_of_the_same(tmp_path: Path) -> None:
    site = _site(tmp_path, COPIED)

    checked = sites.verbatim("check", cwd=site)
    built = sites.run("mkdocs", "build", cwd=site)
    assert (checked.returncode, built.returncode) == (0, 0)
    assert len(_warned(checked.stderr + checked.stdout)) == len(RULES)
    assert _warned(built.stderr) == _warned(checked.stderr + checked.stdout)


@pytest.mark.builds
def test_strict_makes_errors_of_warnings(tmp_path: Path) -> None:
    site = _site(tmp_path, COPIED)

    assert sites.verbatim("check", "--strict", cwd=site).returncode == 1
    assert sites.run("mkdocs", "build", "--strict", cwd=site).returncode == 1


@pytest.mark.builds
def test_an_accepted_warning_stays_accepted_under_strict(tmp_path: Path) -> None:
    site = _site(tmp_path, COPIED + ACCEPTS)

    for program in (("verbatim", "check"), ("mkdocs", "build", "--quiet")):
        result = sites.run(*program, "--strict", cwd=site)
        assert (result.returncode, result.stderr) == (0, ""), result.stderr
    html = (site / "site" / "remark" / "index.html").read_text("utf-8")
    assert "serving leader Jeremy Corbyn in Nottingham.</p>" in html
    assert "verbatim: accept" not in html
    assert sites.verbatim("verify", "site", cwd=site).returncode == 0


def test_the_ledger_keeps_what_was_accepted_and_why(tmp_path: Path) -> None:
    site = _site(tmp_path, COPIED + ACCEPTS)
    line = (site / "docs" / "remark.md").read_text("utf-8").splitlines().index(COPIED.strip()) + 1

    ledger = check(read_config(site / "mkdocs.yml"))
    copied, uncited = [a for a in ledger.accepted if a.path == "docs/remark.md"]
    assert copied == Accepted(
        path="docs/remark.md",
        line=line,
        column=4,
        rule="words-unmarked",
        message=copied.message,
        reason="for the test",
    )
    assert copied.message.startswith("13 words in a row outside marks that 'rt-2016' has too")
    assert (uncited.line, uncited.column, uncited.reason) == (line, 1, "so too")
    assert ledger.problems == []


SIGNS = "aZé\u0301ßİŉ9_ .,'-\0\n" + SINGLE_MARKS + HYPHENS + DASHES + IGNORED + WHITE
LETTERS = st.sampled_from([*SIGNS, *LIGATURES, "…", "न", "\u093f", "가", "\u1100\u1161"])


@given(st.lists(LETTERS | st.characters(), max_size=40).map("".join))
def test_each_word_that_is_compared_has_its_place(text: str) -> None:
    spans = word_spans(fold(text))

    assert len(spans) == len(words(text))
    for (start, end), word in zip(spans, words(text), strict=True):
        assert words(text[start:end]) == [word]


def test_a_name_that_is_eight_words_long_is_found_in_either_case(tmp_path: Path) -> None:
    title = "The League of Very Many Words of Old"
    site = sites.SmallSite(
        pages={"index.md": f"# {title.upper()}\n\nAuthor A says it is “so” [@a].\n"},
        copies={"a": f"It is so; {title} met.\n"},
    ).write(tmp_path / "site")

    (line,) = sites.problems(site)
    assert line.startswith("docs/index.md:1:3: warning: 8 words in a row outside marks")


def _run_texts(copies: list[str], text: str) -> list[tuple[str, str, str]]:
    """Return what *text* has from *copies*: the words, whose they are, and how they stand there."""
    sources = {f"s{n}": source_of(copy, key=f"s{n}") for n, copy in enumerate(copies)}
    found = TextReuse(sources).runs(text)
    return [
        (text[slice(*run.span)], run.source.key, run.source.reading[slice(*run.place)])
        for run in found
    ]


ALPHABET = "all actors were asked to wait until the river froze over and the bridge was built"


def test_of_several_sources_the_one_with_most_of_it_is_named() -> None:
    words = ALPHABET.split()
    copies = [" ".join([*words[:n], "elsewhere", *words[n:]]) for n in (9, 12, 10)]

    assert _run_texts(copies, ALPHABET)[0] == (" ".join(words[:12]), "s1", " ".join(words[:12]))


def test_no_run_goes_on_from_one_source_into_the_next() -> None:
    words = ALPHABET.split()

    for cut in range(1, len(words)):
        copies = [" ".join(words[:cut]), " ".join(words[cut:])]
        longest = max(cut, len(words) - cut)
        found = _run_texts(copies, ALPHABET)

        assert all(ours == theirs for ours, _, theirs in found)
        assert bool(found) == (longest >= LEAST_WORDS)
        assert sum(len(ours.split()) for ours, _, _ in found) == sum(
            part for part in (cut, len(words) - cut) if part >= LEAST_WORDS
        )


@given(
    st.lists(st.lists(st.sampled_from("a b c".split()), min_size=1, max_size=30), max_size=4),
    st.lists(st.sampled_from("a b c d".split()), max_size=30),
)
def test_every_run_of_eight_words_is_found_and_no_other(
    copies: list[list[str]], ours: list[str]
) -> None:
    found = _run_texts([" ".join(copy) for copy in copies], " ".join(ours))
    held = {tuple(copy[n : n + LEAST_WORDS]) for copy in copies for n in range(len(copy))}
    runs = [tuple(ours[n : n + LEAST_WORDS]) for n in range(len(ours) - LEAST_WORDS + 1)]

    assert all(words == there and len(words.split()) >= LEAST_WORDS for words, _, there in found)
    assert bool(found) == any(run in held for run in runs)
    assert SHINGLE < LEAST_WORDS
