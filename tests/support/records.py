"""Making: records, sources and a whole small site for tests, each with the hash that fits."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml

from mkdocs_verbatim.problem import Problem
from mkdocs_verbatim.sources.people import People, Person
from mkdocs_verbatim.sources.reading import make_source
from mkdocs_verbatim.sources.record import parse_record
from mkdocs_verbatim.sources.source import Source
from mkdocs_verbatim.sources.speech import Voices, read_voices

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
REAL_KEYS = ("cantey-2018", "opinion-2016", "rt-2016")
"""The sources of this repository's own site."""

AUTHOR = Person(id="the-author", name="the author")


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


Fields = Mapping[str, object]
"""What a record says beside or instead of the usual."""

NONE: Fields = {}


def record_text(copy: str | bytes, *, markup: str = "plain", fields: Fields = NONE) -> str:
    """Return a record of *copy*, a field a line, with the hash that fits."""
    content = copy.encode() if isinstance(copy, str) else copy
    record: dict[str, object] = {
        "reference": {"type": "article", "title": "A Text"},
        "attribution": AUTHOR.name,
        "copy": {"sha256": sha256(content), "markup": markup},
        **fields,
    }
    # JSON is YAML, and has no anchors.
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in record.items())
    return "".join(lines)


def made(
    copy: str, *, key: str = "a", markup: str = "plain", fields: Fields = NONE
) -> tuple[Source, list[Problem]]:
    """Return the source of *copy*, and what in its record does not fit it."""
    text = record_text(copy, markup=markup, fields=fields)
    record, problems = parse_record(text, f"sources/{key}.yml")
    assert record is not None, problems
    assert record.copy is not None
    assert problems == []
    return make_source(key, record, copy, record.copy.sha256)


def source_of(copy: str, *, key: str = "a", markup: str = "plain", fields: Fields = NONE) -> Source:
    """Return the source of *copy*, whose record must fit it."""
    source, problems = made(copy, key=key, markup=markup, fields=fields)
    assert problems == []
    return source


def voices_of(source: Source, *people: Person) -> tuple[Voices, list[str]]:
    """Return who speaks in *source*, if all *people* are known, and what is wrong with that."""
    voices, problems = read_voices(source, People([AUTHOR, *people]))
    return voices, [str(problem) for problem in problems]


def real_source(key: str) -> Source:
    """Return a source of this repository's own site."""
    folder = ROOT / "sources"
    record, problems = parse_record((folder / f"{key}.yml").read_text("utf-8"), f"{key}.yml")
    assert record is not None, problems
    content = (folder / f"{key}.txt").read_bytes()
    return make_source(key, record, content.decode(), sha256(content))[0]


@dataclass(frozen=True, kw_only=True)
class SmallSite:
    """A site of pages and copies by name; *records* are fields of their records by key."""

    pages: Mapping[str, str] = field(default_factory=dict)
    copies: Mapping[str, str | bytes] = field(default_factory=dict)
    records: Mapping[str, Fields] = field(default_factory=dict)
    people: Sequence[Mapping[str, object]] = ()

    def write(self, folder: Path) -> Path:
        """Put the site into *folder* and return it."""
        put(folder / "mkdocs.yml", "site_name: A Small Site\n")
        put(folder / "sources/people.yml", json.dumps(list(self.people), ensure_ascii=False))
        for name, text in self.pages.items():
            put(folder / "docs" / name, text)
        for key, copy in self.copies.items():
            put(folder / f"sources/{key}.txt", copy)
            text = record_text(copy, fields=self.records.get(key, {}))
            put(folder / f"sources/{key}.yml", text)
        return folder


def put(path: Path, content: str | bytes) -> None:
    """Write *content* to *path* as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


class _StrictLoader(yaml.BaseLoader):
    """Reads every scalar as a string, and refuses a title that stands twice."""

    def construct_mapping(
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001, FBT002 - the loader calls it so
    ) -> dict[object, object]:
        keys = [self.construct_object(key) for key, _ in node.value]
        assert len(keys) == len(set(keys)), f"a key twice: {keys}"
        return super().construct_mapping(node, deep=deep)


def read_cases(pattern: str) -> list[object]:
    """Return the cases in the files that match *pattern*, for parametrize, named by their title."""
    cases: list[object] = []
    for path in sorted((TESTS / "cases").rglob(pattern)):
        loader = _StrictLoader(path.read_text("utf-8"))
        data = loader.get_single_data()
        cases += [pytest.param(case, id=f"{path.stem}: {title}") for title, case in data.items()]
    assert cases, pattern
    return cases
