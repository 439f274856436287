"""People: who is known, by which names."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_verbatim.datafiles.strict_yaml import parse_data
from mkdocs_verbatim.problem import ProblemError
from mkdocs_verbatim.sources.people import People, Person, comparable, read_people
from tests.support.records import read_cases


def read(text: str) -> tuple[list[Person], list[str]]:
    try:
        people, problems = read_people(parse_data(text, "a.yml"), "a.yml")
    except ProblemError as error:
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


# Of many people, in which few words are all that tells them apart.
names = st.lists(st.sampled_from("Ann B Smith Smith's O'B - , the (the Ann-B ’ ann b".split()))
people = st.lists(names.map(" ".join).filter(str.strip), max_size=12, unique_by=comparable).map(
    lambda listed: [Person(id=f"p{n}", name=name) for n, name in enumerate(listed)]
)


@given(people, names.map(" ".join))
def test_of_many_the_longest_name_that_fits_is_found(listed: list[Person], text: str) -> None:
    start = comparable(text)
    fitting = [
        person
        for person in listed
        if start.startswith(name := comparable(person.name))
        and not re.match(r"\w|['-]\w", start[len(name) :])
    ]
    found = People(listed).named(text)

    assert found == max(fitting, key=lambda person: len(comparable(person.name)), default=None)


@given(people, names.map(" ".join))
def test_whoever_is_named_in_a_text_is_found_where_the_name_stands(
    listed: list[Person], text: str
) -> None:
    straight = text.replace("’", "'")
    wanted: list[tuple[int, Person]] = []
    behind = 0
    for word in re.finditer(r"(?<!-)\b\w+", straight):
        fitting = [
            (len(form), person)
            for person in listed
            for form in _forms(person.name)
            if straight.startswith(form, word.start())
            and not re.match(r"\w|-\w", straight[word.start() + len(form) :])
        ]
        if fitting and word.start() >= behind:
            length, person = max(fitting, key=lambda pair: pair[0])
            behind = word.start() + length
            wanted.append((word.start(), person))

    assert list(People(listed).mentioned(text)) == wanted


def _forms(name: str) -> set[str]:
    """Return *name* from its first word on, as it may stand in a text."""
    own = re.sub(r"^\W+", "", " ".join(name.replace("’", "'").split()))
    return {own, own[:1].upper() + own[1:]} - {""}
