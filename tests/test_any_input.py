"""Any input is read or refused: nothing an author or a record can hold raises anything else."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from verbatim.data import DataError, parse_data
from verbatim.mark import DOUBLE, Item, cites, pair_marks, parse_citation
from verbatim.markup import markup
from verbatim.problem import Problem
from verbatim.record import parse_record
from verbatim.remedy import missing
from verbatim.text import PARAGRAPH

from .making import REAL_KEYS, made, real_source

some = settings(derandomize=True, max_examples=100, deadline=None)
few = settings(derandomize=True, max_examples=60, deadline=None)
MARKS = "“”„‟«»\"'‘’〝〞＂ \n.,(/[]{-–…a5é\0"
REAL = {key: real_source(key) for key in REAL_KEYS}


@settings(some, max_examples=250)
@given(st.text(MARKS, max_size=40))
def test_pairs_of_marks_stand_apart_and_no_mark_is_lost(text: str) -> None:
    pairs, left = pair_marks(text)
    edges = [edge for pair in pairs for edge in (pair.start - 1, pair.end)]

    assert edges == sorted(set(edges))
    assert left == sorted(set(left))
    assert not set(left) & set(edges)
    for match in DOUBLE.finditer(text):
        at = match.start()
        inside = any(pair.start <= at < pair.end for pair in pairs)
        measure = match[0] == '"' and at > 0 and text[at - 1].isdigit()
        # A run inside one that is left open is not looked at: the open mark is a problem.
        behind = any(other < at for other in left)
        assert at in edges or at in left or inside or measure or behind


@settings(some, max_examples=250)
@given(st.text("*_`[]()<>!\\ \n.ab\"'", max_size=40))
def test_markup_is_marks_alone_and_stands_apart(text: str) -> None:
    spans = markup(text)
    flat = [edge for span in spans for edge in span]

    assert flat == sorted(flat)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    for start, end in spans:
        piece = text[start:end]
        assert (
            set(piece) <= {"*", "_"} or piece == "[" or re.fullmatch(r"\]\(.*\)", piece, re.DOTALL)
        )


def refusal(text: str) -> Problem | None:
    """Return why *text* is not read as data, or None if it is."""
    try:
        parse_data(text, "a.yml")
    except DataError as error:
        return error.problem
    return None


@settings(some, max_examples=250)
@given(st.text("[]{}:,-?&*!|>%@`'\"#~<=\\ \n\tabé0.\x07\ufeff", max_size=40))
def test_signs_of_yaml_are_read_or_refused(text: str) -> None:
    problem = refusal(text)

    if problem is not None:
        assert problem.rule == "record-invalid"
        assert 1 <= problem.line <= text.count("\n") + 2
        assert "\n" not in problem.message


@some
@given(st.text(max_size=60))
def test_any_text_is_read_as_data_or_refused(text: str) -> None:
    problem = refusal(text)

    assert problem is None or problem.rule == "record-invalid"


FIELDS = (
    "kind reference description attribution accessed basis copy furniture joins speech sensitive "
    "notes publish limits cited title type sha256 bytes markup lines what speaker mode paragraph "
    "from to how via note excerpt_words quoted_share published_share longer of bibtex chicago "
    "verbatim markdown full reference 1 2-3 0.5 null [] {} x"
).split()
values = st.recursive(
    st.sampled_from(FIELDS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(st.sampled_from(FIELDS[:40]), inner, max_size=4).map(
            lambda d: "{" + ", ".join(f"{k}: {v}" for k, v in d.items()) + "}"
        ),
    ),
    max_leaves=12,
)


@some
@given(st.dictionaries(st.sampled_from(FIELDS[:15]), values, max_size=6))
def test_any_record_is_read_or_refused(fields: dict[str, str]) -> None:
    text = "".join(f"{key}: {value}\n" for key, value in fields.items()) or "{}"
    record, problems = parse_record(text, "a.yml")

    assert record is not None or problems
    assert all(1 <= problem.line <= len(fields) + 1 for problem in problems)


@some
@given(st.text("@;,-.–¶ \nparaline0129ab", max_size=30))
def test_any_bracket_is_a_citation_or_none(body: str) -> None:
    citation = parse_citation(body)

    assert citation.text == body
    assert len(citation.items) == body.count(";") + 1
    if cites(body):
        assert any(item.key for item in citation.items)


COPY_LINES = st.lists(st.sampled_from(["", "", " ", "one", "*two* x", "[a](b)", "\ufeff", "Menu"]))


@some
@given(
    COPY_LINES,
    st.lists(st.tuples(st.integers(1, 9), st.integers(0, 4)), max_size=3),
    st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=3),
    st.booleans(),
)
def test_a_source_reads_what_its_copy_has(
    lines: list[str],
    hidden: list[tuple[int, int]],
    joins: list[tuple[int, int]],
    is_markdown: bool,  # noqa: FBT001
) -> None:
    copy = "\n".join(lines)
    furniture = [{"lines": f"{first}-{first + more}", "what": "menu"} for first, more in hidden]
    markup_ = "markdown" if is_markdown else "plain"
    source, _ = made(copy, fields={"furniture": furniture, "joins": joins}, markup=markup_)

    for index, character in enumerate(source.reading):
        if character not in (PARAGRAPH, " "):
            assert copy[source.offset(index)] == character
    hidden_lines = {n for first, more in hidden for n in range(first, first + more + 1)}
    read = {
        source.line(n) for n, c in enumerate(source.reading) if not c.isspace() and c != PARAGRAPH
    }
    assert not read & hidden_lines


@few
@given(
    st.text(st.one_of(st.sampled_from("aeint. ,’“\0"), st.characters(codec="utf-8")), max_size=30)
)
def test_a_remedy_is_found_for_any_words(words: str) -> None:
    message = missing([words], [Item("rt-2016")], REAL, inline=True)

    assert message.startswith("not in 'rt-2016' word for word: '")
