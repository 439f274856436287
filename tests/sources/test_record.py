"""Records: what stands beside a copy, with the line of every mistake."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mkdocs_verbatim.problem import ProblemError
from mkdocs_verbatim.sources.passages import Passage
from mkdocs_verbatim.sources.record import Record, parse_record
from mkdocs_verbatim.sources.record_form import KEY
from tests.support.records import ROOT, TESTS, read_cases

HASH = "0" * 64
# Every field that a record may have, with other values.
WHOLE = (TESTS / "cases/sources/good-record.yml").read_text("utf-8").replace("HASH", HASH)
SHORT = f"""\
reference: {{type: article, title: A Title}}
attribution: Seth Cantey
copy: {{sha256: {HASH}, markup: plain}}
"""
REFERENCE = """\
kind: reference
reference: {type: report, title: A Title}
attribution: An Agency
accessed: 2026-01-02
"""


def record_of(text: str) -> Record:
    record, problems = parse_record(text, "a.yml")
    assert problems == []
    assert record is not None
    return record


def problems_of(text: str) -> list[str]:
    return [str(problem) for problem in parse_record(text, "a.yml")[1]]


def test_the_reference_and_its_basis_are_read() -> None:
    record = record_of(WHOLE)

    assert record.reference == {
        "type": "post-weblog",
        "title": "A Title",
        "author": [{"family": "Cantey", "given": "Seth"}],
        "issued": "2018-07-16",
    }
    assert record.attribution == "Seth Cantey"
    basis = record.basis["publisher"]
    assert (basis.value, basis.evidence, basis.accessed, basis.confidence) == (
        "A House",
        "its page",
        "2026-01-02",
        "high",
    )


def test_the_copy_and_its_shape_are_read() -> None:
    record = record_of(WHOLE)

    assert record.copy is not None
    assert (record.copy.sha256, record.copy.bytes, record.copy.markdown) == (HASH, 13404, True)
    assert [(f.first, f.last, f.what) for f in record.furniture] == [(21, 35, "site navigation")]
    assert [join[:2] for join in record.joins] == [(20, 28), (30, 31)]


def test_notes_and_limits_are_read() -> None:
    record = record_of(WHOLE)
    limits = record.limits

    assert record.notes == ("one", "two")
    assert record.full
    assert (limits.excerpt_words, limits.quoted_share, limits.published_share) == (60, 0.18, 0.30)


def test_every_speech_is_read() -> None:
    first, second = record_of(WHOLE).speech

    assert first.passage == Passage(paragraph=44, first="“Regarding", last="interests...", line=13)
    assert (first.speaker, first.mode) == ("osama-bin-laden", "verbatim")
    assert (first.how, first.via) == ("letter of 26 April 2011", ("a translator not named",))
    assert (second.speaker, second.mode) == ("jonathan-powell", "paraphrase")
    assert record_of(WHOLE).sensitive[0].passage.first == "a word"


def test_what_the_command_cite_writes_is_known() -> None:
    cited = {
        "of": "0f",
        "pandoc": "3.1",
        "apa": {"bibliography": "A Title.", "note": {"plain": "(“A Title”)"}, "short": {}},
        "bibtex": "@article{a}",
    }

    assert problems_of(f"{SHORT}cited: {json.dumps(cited, ensure_ascii=False)}\n") == []


def test_a_short_record_has_the_usual_values() -> None:
    record = record_of(SHORT)

    assert (record.furniture, record.joins, record.speech, record.notes) == ((), (), (), ())
    assert not record.full
    assert record.limits.excerpt_words is None


def test_a_copy_is_plain_unless_it_says_so() -> None:
    copy = record_of(SHORT.replace(", markup: plain", "")).copy

    assert copy is not None
    assert not copy.markdown


def test_a_reference_has_no_copy_but_a_date_of_access() -> None:
    record = record_of(REFERENCE)

    assert record.copy is None
    assert record.accessed == "2026-01-02"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            REFERENCE.replace("accessed: 2026-01-02\n", ""),
            "1:1: error: missing 'accessed' in the record",
            id="it says when it was read",
        ),
        pytest.param(
            f"{REFERENCE}copy: {{sha256: {HASH}}}\n",
            "5:1: error: unknown key 'copy' in the record",
            id="it has no copy",
        ),
        pytest.param(
            f"{REFERENCE}speech: []\n",
            "5:1: error: unknown key 'speech' in the record",
            id="nobody speaks in it",
        ),
    ],
)
def test_a_reference_has_fields_of_its_own(text: str, message: str) -> None:
    (problem,) = problems_of(text)

    assert problem.startswith(f"a.yml:{message}")


def test_a_title_must_be_said_to_be_unknown() -> None:
    (problem,) = problems_of(SHORT.replace(", title: A Title", "") + "description: it\n")

    assert "missing 'title' in 'reference'; where none is known write 'title: null'" in problem


def test_an_unknown_title_is_described_instead() -> None:
    text = SHORT.replace("title: A Title", "title: null")
    (problem,) = problems_of(text)

    assert problem.startswith("a.yml:1:1: error: no title and no 'description'")
    assert problem.endswith("[record-incomplete]")
    assert record_of(f"{text}description: an article\n").description == "an article"


@pytest.mark.parametrize("case", read_cases("record.yml"))
def test_a_mistake_is_named_at_its_line(case: dict[str, Any]) -> None:
    old, new = (part.replace("HASH", HASH) for part in case.get("change", ("", "")))
    assert old in WHOLE
    text = f"{WHOLE.replace(old, new, 1)}{case.get('add', '')}"
    problem = problems_of(text)[0]

    assert problem.startswith(f"a.yml:{case['says']}")
    assert case.get("holds", "") in problem
    assert problem.endswith(f"[{case['rule']}]")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param(f"{SHORT}attribution: x\n", "4:1", id="a key twice"),
        pytest.param(SHORT.replace("type:", "title: x, type:"), "1:", id="a key twice inside"),
        pytest.param(f"{SHORT}notes: &a [x]\n", "4:8", id="an anchor"),
        pytest.param(f"{SHORT}notes: *a\n", "4:8", id="an alias"),
        pytest.param(f"{SHORT}notes: !!python/tuple [x]\n", "4:8", id="a tag"),
        pytest.param(f"{SHORT}notes: {'[' * 50}{']' * 50}\n", "4:", id="deep nesting"),
        pytest.param(f"{SHORT}---\n{SHORT}", "4:1", id="two records"),
        pytest.param("", "1:1", id="an empty file"),
    ],
)
def test_what_is_no_plain_yaml_is_refused_at_its_line(text: str, place: str) -> None:
    with pytest.raises(ProblemError) as caught:
        parse_record(text, "a.yml")

    assert str(caught.value).startswith(f"a.yml:{place}")


@pytest.mark.parametrize("text", ["[a]", "a", "null", "1"])
def test_what_is_no_mapping_is_no_record(text: str) -> None:
    record, problems = parse_record(text, "a.yml")

    assert record is None
    assert str(problems[0]).startswith("a.yml:1:1: error: the record must be a mapping of fields")


@pytest.mark.parametrize("key", ["a", "rt-2016", "9", "x" * 100])
def test_a_key_is_letters_digits_and_hyphens(key: str) -> None:
    assert KEY.fullmatch(key)


@pytest.mark.parametrize(
    "key", ["", "-a", "a-", "_a", "a b", "a.b", "a/b", "../a", "é", "a\n", "x" * 999, "a%2e", "a;b"]
)
def test_anything_else_is_no_key(key: str) -> None:
    assert not KEY.fullmatch(key)


@pytest.mark.parametrize("path", sorted((ROOT / "sources").glob("*-*.yml")), ids=lambda p: p.stem)
def test_every_record_of_this_site_is_whole(path: Path) -> None:
    assert problems_of(path.read_text("utf-8")) == []


def test_the_values_of_a_reference_are_the_copys_own_and_else_those_of_its_basis() -> None:
    record = record_of(
        "reference: {type: book, title: null, publisher: A, issued: null}\n"
        "description: a leaflet\nattribution: x\n"
        "basis:\n"
        "  publisher: {value: B, evidence: e, confidence: low}\n"
        "  issued: {value: 2016-08, evidence: e, confidence: low}\n"
        f"copy: {{sha256: {HASH}}}\n"
    )

    assert record.values == {"type": "book", "publisher": "A", "issued": "2016-08"}
