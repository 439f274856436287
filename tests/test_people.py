"""People: who is known, by which names."""

from __future__ import annotations

import pytest

from verbatim.data import DataError, parse_data
from verbatim.people import People, Person, read_people

from .making import read_cases


def read(text: str) -> tuple[list[Person], list[str]]:
    try:
        people, problems = read_people(parse_data(text, "a.yml"), "a.yml")
    except DataError as error:
        return [], [str(error)]
    return people, [str(problem) for problem in problems]


@pytest.mark.parametrize("case", read_cases("people.yml"))
def test_people_are_told_apart(case: dict[str, str]) -> None:
    problems = read(case["text"])[1]

    assert problems[:1] == ([f"a.yml:{case['says']}"] if "says" in case else [])


def test_a_person_has_all_that_is_written() -> None:
    text = "\n- {id: a, name: Ann, aliases: [A., Annie], role: writer, citation: '[@a]'}"
    (person,) = read(text)[0]

    assert person.names == ("Ann", "A.", "Annie")
    assert (person.id, person.role, person.citation) == ("a", "writer", "[@a]")
    assert (person.path, person.line) == ("a.yml", 2)


PEOPLE = People(
    [
        Person(id="owen-smith", name="Owen Smith", aliases=("Smith",)),
        Person(id="smith-team", name="Smith’s team"),
        Person(id="one-user", name="one user, not named", aliases=("one user",)),
    ]
)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        pytest.param("Owen Smith", "owen-smith", id="a name"),
        pytest.param("Smith, in a debate", "owen-smith", id="an alias"),
        pytest.param("owen\u00a0 Smith", "owen-smith", id="a small letter and other spaces"),
        pytest.param("Smith’s team", "smith-team", id="the longest name counts"),
        pytest.param("Smith's team said", "smith-team", id="also with a straight mark"),
        pytest.param("One user, not named", "one-user", id="a capital for a small letter"),
        pytest.param("Smith’s friends", None, id="a name with a final ’s is another"),
        pytest.param("Smithson", None, id="a part of a name is none"),
        pytest.param("Smith-Jones", None, id="a name with a hyphen is another"),
        pytest.param("SMITH", None, id="capitals are another name"),
        pytest.param("said Smith", None, id="a name further on is none"),
        pytest.param("", None, id="nobody"),
    ],
)
def test_a_person_is_known_by_the_name_a_text_begins_with(text: str, id_: str | None) -> None:
    person = PEOPLE.named(text)

    assert (person.id if person else None) == id_


@pytest.mark.parametrize(
    ("name", "id_"),
    [("Smith", "owen-smith"), ("smith", "owen-smith"), ("Smith’s team", "smith-team")],
)
def test_a_person_is_known_by_exactly_a_name(name: str, id_: str) -> None:
    person = PEOPLE.exactly(name)

    assert person is not None
    assert person.id == id_


@pytest.mark.parametrize("name", ["Smith, in a debate", "Smith’s", "Owen", ""])
def test_a_longer_or_shorter_name_is_not_exactly_one(name: str) -> None:
    assert PEOPLE.exactly(name) is None


def test_nobody_is_known_where_there_are_no_people() -> None:
    assert People([]).named("Owen Smith") is None
    assert People([]).exactly("Owen Smith") is None
