"""Sources: how a copy is read, and what in a record does not fit it."""

from __future__ import annotations

from typing import Any

import pytest

from mkdocs_verbatim.quotations.match import find
from mkdocs_verbatim.sources.people import Person
from tests.support.records import made, read_cases, source_of, voices_of

COPY = """\
Menu

Ann spoke. “I met Ben, and he said ‘never again’ to me,” she wrote, and left.

“We talk at once,” said Ann.

Then they left.

The end."""


@pytest.mark.parametrize("case", read_cases("misfits.yml"))
def test_a_record_must_fit_its_copy(case: dict[str, Any]) -> None:
    fields = {name: case[name] for name in case if name not in {"says", "rule"}}
    source, problems = made(COPY, fields=fields)
    _, others = voices_of(source, Person(id="ann", name="Ann"), Person(id="ben", name="Ben"))
    found = [str(problem) for problem in problems] + others

    if "says" in case:
        (problem,) = found
        assert problem.startswith(f"sources/a.yml:{3 + len(fields)}:")
        assert problem.endswith(f"error: {case['says']} [{case.get('rule', 'record-misfit')}]")
    else:
        assert found == []


def test_paragraphs_and_lines_count_what_is_not_read() -> None:
    source = source_of(
        "\n\nMenu\n\nWe will\ntalk.\n \nNo.", fields={"furniture": [{"lines": "3", "what": "menu"}]}
    )

    assert [(p.number, p.line, p.reading) for p in source.paragraphs] == [
        (1, 3, None),
        (2, 5, (0, 13)),
        (3, 8, (14, 17)),
    ]
    assert [source.text[slice(*p.span)] for p in source.paragraphs] == [
        "Menu",
        "We will\ntalk.",
        "No.",
    ]
    assert [source.line(index) for index in (0, 8, 14)] == [5, 6, 8]
    assert [source.paragraph(index) for index in (0, 12, 14)] == [2, 2, 3]


def test_words_are_counted_without_furniture() -> None:
    source = source_of(
        "Menu here\n\nWe will talk.", fields={"furniture": [{"lines": "1", "what": "menu"}]}
    )

    assert source.words == 3


def test_a_span_reads_the_same_from_the_copy_and_from_the_reading() -> None:
    source = source_of(
        "Menu\n\n*We* [will](u)\n\nMenu\n\ntalk.\n\nSoon.",
        markup="markdown",
        fields={
            "furniture": [{"lines": "1", "what": "menu"}, {"lines": "5", "what": "menu"}],
            "joins": [[2, 4]],
        },
    )
    (span,) = find(["We will talk.", "Soon."], source)

    assert source.reading == "We will talk.\0Soon."
    assert source.text_spans(span) == [(7, 16), (28, 33), (35, 40)]
    assert source.paragraphs_of(span) == [2, 4, 5]
    assert source.read((7, 40)) == "We will talk. Soon."


def test_an_offset_of_the_copy_has_its_index_in_the_reading() -> None:
    source = source_of("Menu\n\n*We* talk.", markup="markdown")

    assert [source.index(offset) for offset in (0, 6, 7, 9, 10, 15)] == [0, 5, 5, 7, 7, 12]


def test_a_paragraph_may_be_furniture_in_part() -> None:
    source = source_of(
        "We go\nMenu\non now.", fields={"furniture": [{"lines": "2", "what": "menu"}]}
    )

    assert source.reading == "We go\0on now."
    assert source.paragraphs_of((0, 13)) == [1]
    assert source.text_spans((0, 13)) == [(0, 5), (11, 18)]


def test_a_copy_without_words_is_read_as_nothing() -> None:
    source = source_of("\n \n")

    assert (source.reading, source.paragraphs, source.words) == ("", [], 0)
    assert find(["words"], source) == []
