"""People: everyone who speaks in a source, by id and by every name they go by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from .data import Node
from .form import Form, Schema, Text, Texts
from .problem import Problem
from .reader import Reader

WORD = re.compile(r"\w+")
NAME_GOES_ON = re.compile(r"\w|-\w")

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

PERSON = Form(
    about="Somebody who speaks in a source, or is spoken of.",
    fields={
        "id": Text(
            "What records call the person: small letters, digits and single hyphens.",
            "jane-doe",
            required=True,
            pattern=SLUG,
        ),
        "name": Text("The name, as pages have it.", "Jane Doe", required=True),
        "aliases": Texts("Other names of the person, which nobody else has.", ["Doe"]),
        "role": Text("Who the person is, in a few words.", "head of the bridge office"),
        "citation": Text("What the role rests on, as on a page.", "[@doe-2024, para. 2]"),
    },
)


def people_schema() -> Schema:
    """Return what people.yml is: a list of people."""
    return {"type": "array", "items": PERSON.schema()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who speaks or is spoken of; *citation* is what the role rests on."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    role: str | None = None
    citation: str | None = None
    path: str = "people.yml"
    line: int = 1
    """Where the person is listed."""

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the aliases."""
        return (self.name, *self.aliases)


class People:
    """All people of a site: looked up by id, and by the name a text begins with."""

    def __init__(self, people: Iterable[Person]) -> None:
        """Take *people*, whose ids and names are all different."""
        self.by_id = {person.id: person for person in people}
        names = [(comparable(n), p) for p in self.by_id.values() for n in p.names]
        # The longest first, so that "Doe's team" is not read as "Doe".
        self._names = sorted(names, key=lambda item: -len(item[0]))

    def named(self, text: str) -> Person | None:
        """Return the person with the longest name that *text* begins with, or None."""
        start = comparable(text)
        for name, person in self._names:
            if start.startswith(name) and not re.match(r"\w|['-]\w", start[len(name) :]):
                return person
        return None

    def mentioned(self, text: str) -> Iterator[tuple[int, Person]]:
        """Yield who is named in *text*, and where, in order; of several names the longest."""
        # Sign for sign, so that what is found stands there in *text*.
        text = _straight(text).replace("\n", " ")
        index = self._by_word
        behind = 0
        for start, word in sorted(_places(text, index.keys() & set(WORD.findall(text)))):
            for rest, person in index[word] if start >= behind else ():
                end = start + len(word) + len(rest)
                if text.startswith(rest, start + len(word)) and not NAME_GOES_ON.match(text, end):
                    behind = end
                    yield start, person
                    break

    @cached_property
    def _by_word(self) -> dict[str, list[tuple[str, Person]]]:
        """What follows the first word of every name, by that word, the longest first.

        A name may begin a sentence.
        """
        index: dict[str, list[tuple[str, Person]]] = {}
        pairs = [(" ".join(_straight(n).split()), p) for p in self.by_id.values() for n in p.names]
        for name, person in sorted(pairs, key=lambda pair: -len(pair[0])):
            first = WORD.search(name)
            for word in {first[0], first[0][:1].upper() + first[0][1:]} if first else ():
                index.setdefault(word, []).append((name[first.end() :] if first else "", person))
        return index

    def exactly(self, name: str) -> Person | None:
        """Return the person who goes by just this *name*, or None."""
        wanted = comparable(name)
        return self._by_name.get(wanted)

    @cached_property
    def _by_name(self) -> dict[str, Person]:
        return dict(reversed(self._names))


def _places(text: str, words: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield where each of *words* stands in *text*, whole and not behind a hyphen."""
    for word in words:
        at = text.find(word)
        while at >= 0:
            before, behind = text[at - 1 : at], text[at + len(word) : at + len(word) + 1]
            if not (before.isalnum() or behind.isalnum() or before in {"-", "_"} or behind == "_"):
                yield at, word
            at = text.find(word, at + 1)


def comparable(name: str) -> str:
    """Return *name* with straight marks, single spaces and a small first letter."""
    text = " ".join(_straight(name).split())
    return text[:1].lower() + text[1:]


def _straight(text: str) -> str:
    return text.replace("’", "'").replace("‘", "'")


def read_people(node: Node, path: str) -> tuple[list[Person], list[Problem]]:
    """Return the people that the data file *path* lists, and what is wrong with it."""
    problems: list[Problem] = []
    people: list[Person] = []
    taken: dict[str, str] = {}
    if not isinstance(node.value, list):
        message = "people.yml must be a list of people, each with id and name"
        return [], [Problem(path=path, rule="record-invalid", message=message)]
    for item in node.value:
        reader = Reader(item, path, "a person", problems, PERSON)
        person = _person(reader, item, path)
        reader.finish()
        if person is None:
            continue
        for name in (person.id, *map(comparable, person.names)):
            if taken.setdefault(name, person.id) != person.id:
                message = (
                    f"{name!r} already stands for {taken[name]!r}; names must tell people apart"
                )
                reader.wrong(item, message)
        if all(known.id != person.id for known in people):
            people.append(person)
        else:
            reader.wrong(item, f"id {person.id!r} is given twice")
    return people, problems


def _person(reader: Reader, node: Node, path: str) -> Person | None:
    id_, name = reader.text("id"), reader.text("name")
    aliases, role = reader.texts("aliases"), reader.text("role")
    citation = reader.text("citation")
    if id_ is not None and not SLUG.fullmatch(id_):
        reader.wrong(node, f"id {id_!r} must be small letters, digits and single hyphens")
        return None
    if id_ is None or name is None:
        return None
    return Person(
        id=id_,
        name=name,
        aliases=aliases,
        role=role,
        citation=citation,
        path=path,
        line=node.line,
    )
