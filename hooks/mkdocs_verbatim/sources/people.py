"""People: everyone who speaks in a source, by id and by each of their names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..datafiles.form import Form, Schema, Text, Texts
from ..datafiles.reader import Reader
from ..datafiles.strict_yaml import Node
from ..problem import Problem
from ..text.words import capital
from .names import folded, mixed_word

NAME_WORD = re.compile(r"\w+")
MOST_WORDS = 20
"""Words of a name by which it is looked up; a longer one is then compared as a whole."""

NAME_GOES_ON = re.compile(r"\w|-\w")
NAME_RUNS_ON = re.compile(r"\w|['-]\w")

ARTICLE = re.compile(r"^(?:the|an?) ", re.IGNORECASE)
TITLE_END = re.compile(r"[,;:(]| (?:of|for|at|in|to|from|on|who|whom|named|described|as|by) ")

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
    """Return the schema of people.yml: a list of people."""
    return {"type": "array", "items": PERSON.schema()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person who speaks or is spoken of; *citation* is what the role rests on."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    role: str | None = None
    citation: str | None = None
    path: str = "people.yml"
    line: int = 1
    """The line of people.yml that lists the person."""

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the aliases."""
        return (self.name, *self.aliases)


class People:
    """All people of a site, looked up by id, and by the names in a text."""

    def __init__(
        self, people: Iterable[Person], shorter: Mapping[str, Collection[str]] | None = None
    ) -> None:
        """Take *people*, whose ids and names are all different.

        *shorter* names, such as family names, each mean one or more people, by id.
        """
        self.by_id = {person.id: person for person in people}
        names = [(comparable(n), p) for p in self.by_id.values() for n in p.names]
        self._names = names
        taken = {name for name, _ in names}
        self._shorter = {
            name: tuple(self.by_id[id_] for id_ in sorted(ids) if id_ in self.by_id)
            for name, ids in (shorter or {}).items()
            if comparable(name) not in taken
        }

    def named(self, text: str) -> Person | None:
        """Return the person with the longest name that *text* begins with, or None."""
        return found[0] if (found := self.begins(text)) else None

    def begins(self, text: str) -> tuple[Person, str] | None:
        """Return whom the longest name that *text* begins with means, and what follows it."""
        start = " ".join(folded(text).split())
        lowered = comparable(text)
        for name, person in self._at_start.like(NAME_WORD.findall(lowered)):
            if lowered.startswith(name) and not NAME_RUNS_ON.match(lowered, len(name)):
                return person, start[len(name) :]
        return None

    @cached_property
    def _at_start(self) -> _Names:
        shorter = [(comparable(n), p[0]) for n, p in self._shorter.items() if len(p) == 1]
        return _Names([*self._names, *shorter])

    def known(self) -> Iterator[tuple[str, tuple[Person, ...]]]:
        """Yield every name, the shorter ones too, and whom it may mean."""
        for person in self.by_id.values():
            for name in person.names:
                yield name, (person,)
        yield from self._shorter.items()

    def mentioned(self, text: str) -> Iterator[tuple[int, Person]]:
        """Yield the place and person of each name in *text*, in order; the longest name counts."""
        # Character for character, so that places are those of *text*.
        text = _straight(text).replace("\n", " ")
        words, names = NAME_WORD.findall(text), self._anywhere
        begun = [number for number, word in enumerate(words) if word in names.first]
        starts = [match.start() for match in NAME_WORD.finditer(text)] if begun else []
        last = 0
        for number in begun:
            start = starts[number]
            if start < last or text[start - 1 : start] == "-":
                continue
            for name, person in names.like(words[number : number + MOST_WORDS]):
                end = start + len(name)
                if text.startswith(name, start) and not NAME_GOES_ON.match(text, end):
                    last = end
                    yield start, person
                    break

    @cached_property
    def _anywhere(self) -> _Names:
        """Every name from its first word on, also with a capital, as at a sentence's start."""
        names: list[tuple[str, Person]] = []
        for person in self.by_id.values():
            for name in (" ".join(_straight(n).split()) for n in person.names):
                if first := NAME_WORD.search(name):
                    own = name[first.start() :]
                    names += [(form, person) for form in {own, capital(own)}]
        return _Names(names)

    def exactly(self, name: str) -> Person | None:
        """Return the person with exactly this *name*, or None."""
        wanted = comparable(name)
        return self._by_name.get(wanted)

    @cached_property
    def _by_name(self) -> dict[str, Person]:
        return dict(reversed(self._names))


class _Names:
    """An index of names by their words, so that a text is not compared with every name."""

    def __init__(self, names: Iterable[tuple[str, Person]]) -> None:
        self._by_words: dict[tuple[str, ...], list[tuple[str, Person]]] = {}
        for name, person in names:
            words = tuple(NAME_WORD.findall(name)[:MOST_WORDS])
            self._by_words.setdefault(words, []).append((name, person))
        lengths: dict[str, set[int]] = {}
        for words, own in self._by_words.items():
            own.sort(key=lambda pair: -len(pair[0]))
            lengths.setdefault(words[0] if words else "", set()).add(len(words))
        self._lengths = {word: sorted(own, reverse=True) for word, own in lengths.items()}
        self.first = self._lengths.keys()
        """The first words of names."""

    def like(self, words: Sequence[str]) -> Iterator[tuple[str, Person]]:
        """Yield the names that *words* begin with, and their persons, the longest first.

        So "Doe's team" is not read as "Doe". Names without any word come last.
        """
        for first in (*words[:1], ""):
            for length in self._lengths.get(first, ()):
                yield from self._by_words.get(tuple(words[:length]), ())


def comparable(name: str) -> str:
    """Return *name* with plain letters and marks, single spaces and a small first letter."""
    text = " ".join(folded(name).split())
    return text[:1].lower() + text[1:]


def _straight(text: str) -> str:
    return text.replace("’", "'").replace("‘", "'")


def read_people(node: Node, path: str) -> tuple[list[Person], list[Problem]]:
    """Return the people that the data file *path* lists, and what is wrong with it."""
    problems: list[Problem] = []
    people: dict[str, Person] = {}
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
                message = f"{name!r} already means {taken[name]!r}; names must tell people apart"
                reader.wrong(item, message)
        if people.setdefault(person.id, person) is not person:
            reader.wrong(item, f"id {person.id!r} is given twice")
        for name in person.names:
            if word := mixed_word(name):
                message = f"{word!r} in {name!r} mixes letters of two scripts; write it in one"
                reader.wrong(item, message)
    problems += _borrowed(people.values(), path)
    return [*people.values()], problems


def _borrowed(people: Collection[Person], path: str) -> Iterator[Problem]:
    """Yield a problem for each alias that is the title of somebody else."""
    titles = [(title, person) for person in people if (title := _title(person.role or ""))]
    for person in people:
        for alias in person.aliases:
            said = ARTICLE.sub("", comparable(alias)).lower()
            for title, other in titles:
                if other is not person and f" {title}".endswith(f" {said}"):
                    message = (
                        f"{alias!r} is the title of {other.id!r}; names must tell people apart"
                    )
                    yield Problem(
                        path=path, line=person.line, rule="record-invalid", message=message
                    )


def _title(role: str) -> str:
    """Return the words with which *role* names an office: those before a comma or preposition."""
    return TITLE_END.split(ARTICLE.sub("", comparable(role)).lower(), maxsplit=1)[0].strip()


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
