"""Schemas: an editor refuses what the build refuses, as far as a schema can tell, and no more."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from mkdocs_verbatim.authoring.new_site import STARTER
from mkdocs_verbatim.authoring.schemas import DATA_FILES, FOLDER, schemas
from mkdocs_verbatim.datafiles.form import Form
from mkdocs_verbatim.datafiles.strict_yaml import parse_data
from mkdocs_verbatim.diagrams.argument_map import MAP, read_map
from mkdocs_verbatim.diagrams.timeline import TIMELINE, read_timeline
from mkdocs_verbatim.ledger.permalinks import RETIREMENT, read_addresses
from mkdocs_verbatim.output.changelog import LOG, read_log
from mkdocs_verbatim.problem import Problem, ProblemError
from mkdocs_verbatim.sources.people import PERSON, read_people
from mkdocs_verbatim.sources.record import parse_record
from mkdocs_verbatim.sources.record_form import REFERENCE, WITH_COPY
from tests.support.records import ROOT, TESTS, put, read_cases

SCHEMAS = schemas()
VALIDATORS = {
    name: Draft7Validator(json.loads(SCHEMAS[f"{name}.schema.json"])) for name in DATA_FILES
}

FORMS: dict[str, tuple[str, Form]] = {
    "record": ("record", WITH_COPY),
    "reference": ("record", REFERENCE),
    "person": ("people", PERSON),
    "map": ("map", MAP),
    "timeline": ("timeline", TIMELINE),
    "log": ("changes", LOG),
    "retirement": ("retired", RETIREMENT),
}


class Core(yaml.SafeLoader):
    """Reads YAML as editors do: by the core schema of YAML 1.2, where a date is a text."""


Core.yaml_implicit_resolvers = {}
for _tag, _pattern in (
    ("null", r"~|null|Null|NULL|"),
    ("bool", r"true|True|TRUE|false|False|FALSE"),
    ("int", r"[-+]?[0-9]+"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"(?:{_pattern})$"), None)
# That of YAML 1.1 reads 010 as eight.
Core.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(str(node.value)))


def marked(kind: str, data: object) -> list[str]:
    """Return what an editor marks in a file of that *kind* with *data*."""
    return [error.message for error in VALIDATORS[kind].iter_errors(data)]


def data_of(text: str) -> object:
    """Return what an editor reads in *text*."""
    return yaml.load(text, Loader=Core)


def refused(kind: str, text: str, folder: Path) -> list[Problem]:
    """Return what the reader of such files refuses in *text*."""
    match kind:
        case "record":
            return parse_record(text, "a.yml")[1]
        case "people":
            return read_people(parse_data(text, "people.yml"), "people.yml")[1]
        case "map":
            return read_map(text, "map.yml", ["doe-2024", "a", "b", "r"])[1]
        case "timeline":
            return read_timeline(text, "timeline.yml", ["doe-2024", "r"])[1]
    put(folder / f"data/{kind}.yml", text)
    return read_log(folder, "docs")[1] if kind == "changes" else read_addresses(folder, "docs")[1]


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A folder of pages, with the one that changes name."""
    put(tmp_path / "index.md", "# A page\n")
    return tmp_path


# What no schema can tell: which of two numbers is larger, what a number without marks looks like,
# what a month has of days, what stands elsewhere in the file or in the site.
UNTOLD = re.compile(
    r"\[(?:data-misfit|edge-unfounded|quote-misplaced)\]$|already means|is given t|no page"
    r"|mixes letters|is the title of"
    r"|missing 'when' in an event|the editor's own reading|'lines' must be a number or a range"
    r"|id '[-.\d]+' must be|must be an address [^']* not '[-.\w]+'|'when' cannot be '-?\d"
    r"|in the calendar"
)


@pytest.mark.parametrize("name", DATA_FILES)
def test_a_schema_is_one_of_its_draft(name: str) -> None:
    schema = json.loads(SCHEMAS[f"{name}.schema.json"])

    Draft7Validator.check_schema(schema)
    assert schema["$schema"] == Draft7Validator.META_SCHEMA["$schema"]


def test_the_schemas_of_this_repository_are_those_that_the_code_makes() -> None:
    written = {path.name: path.read_text("utf-8") for path in (ROOT / FOLDER).iterdir()}

    assert written == SCHEMAS, "run `verbatim schemas`"


def files() -> list[Path]:
    folders = [site / name for site in (ROOT, STARTER) for name in ("sources", "docs/data")]
    return [path for folder in folders for path in sorted(folder.glob("*.yml"))]


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_a_file_of_the_sites_here_begins_with_its_schema_and_keeps_to_it(path: Path) -> None:
    text = path.read_text("utf-8")
    line = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    named = {
        "people": "people",
        "argument-map": "map",
        "timeline": "timeline",
        "changes": "changes",
    }
    kind = named.get(path.stem, "record")

    assert line
    site = STARTER if path.is_relative_to(STARTER) else ROOT
    assert (path.parent / line[1]).resolve() == site / FOLDER / f"{kind}.schema.json"
    assert marked(kind, data_of(text)) == []


@pytest.mark.parametrize("case", read_cases("schema.yml"))
def test_an_editor_and_the_build_agree_on(case: dict[str, str], docs: Path) -> None:
    found = [problem.message for problem in refused(case["kind"], case["text"], docs)]
    seen = marked(case["kind"], data_of(case["text"]))

    assert len(found[:1]) == len(seen[:1]) == ("says" in case), (found, seen)
    assert case.get("says", "") in "".join(found[:1])


def _old_cases() -> list[object]:
    """Return the cases of other tests that are plain YAML: of which kind, and the text."""
    cases: list[object] = []
    good = (TESTS / "cases/sources/good-record.yml").read_text("utf-8")
    for kind in ("record", "people", "map", "timeline"):
        name = f"diagrams/data-{kind}" if kind in ("map", "timeline") else f"sources/{kind}"
        found = yaml.load((TESTS / f"cases/{name}.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
        ground = found.pop("ground")["data"] if "ground" in found else good
        for title, case in found.items():
            given = case.get("change", {})
            text = case.get("text", ground)
            for old, new in [given] if isinstance(given, list) else given.items():
                text = text.replace(old, new, 1)
            text = f"{text}{case.get('add', '')}".replace("HASH", "f" * 64)
            if _is_plain(text):
                cases.append(pytest.param(kind, text, id=f"{kind}: {title}"))
    return cases


def _is_plain(text: str) -> bool:
    try:
        parse_data(text, "a.yml")
    except ProblemError:
        return False
    return True


@pytest.mark.parametrize(("kind", "text"), _old_cases())
def test_an_editor_and_the_build_agree_on_the_cases_of_the_readers(
    kind: str, text: str, docs: Path
) -> None:
    found = [str(problem) for problem in refused(kind, text, docs)]
    seen = marked(kind, data_of(text))

    assert found or not seen
    assert seen or not [line for line in found if not UNTOLD.search(line)]


def example(name: str) -> Any:
    """Return a file with every field of the form *name*, each once, and nothing wrong in it."""
    data: Any = FORMS[name][1].example()
    if name in ("record", "reference"):
        # Of a hundred fields some of each kind, and of three styles one.
        usual = ("type", "title", "author", "issued", "URL", "publisher")
        data["reference"] = {field: data["reference"][field] for field in usual}
        del data["cited"]["apa"], data["cited"]["mla"]
        data["kind"] = "reference" if name == "reference" else "text"
    if name == "map":
        data["columns"].append({"id": "two", "title": "Two", "source": "b"})
        data["nodes"].append({**data["nodes"][0], "id": "other", "column": "two"})
        data["nodes"][1]["citation"] = "[@b]"
        data["edges"][0] |= {"to": "other", "drawn_by": "source"}
    return [data] if name in ("person", "retirement") else data


def text_of(data: object) -> str:
    """Return *data* as YAML, each scalar written as it is: a number is no text."""
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return str(yaml.dump(data, Dumper=dumper, allow_unicode=True, sort_keys=False))


@pytest.mark.parametrize("name", FORMS)
def test_every_field_of_a_form_is_read(name: str, docs: Path) -> None:
    data = example(name)

    assert marked(FORMS[name][0], data) == []
    assert refused(FORMS[name][0], text_of(data), docs) == []


@pytest.mark.parametrize("name", FORMS)
def test_whatever_stands_in_place_of_a_field_editor_and_build_agree(name: str, docs: Path) -> None:
    kind = FORMS[name][0]
    for path, data in _changed(example(name)):
        found = [str(problem) for problem in refused(kind, text_of(data), docs)]
        seen = marked(kind, data)

        assert found or not seen, (path, "the editor alone refuses", seen)
        told = [line for line in found if not UNTOLD.search(line)]
        assert seen or not told, (path, "the build alone refuses", told)


VALUES: tuple[object, ...] = (
    *(None, "", " ", True, "true", 2016, -3, 0.5, "x", "2-3", "2016-08-17", "No, it is.", "a.b/c"),
    *([], ["x"], [None], [{}], [["1", "2"]], [{"literal": "x"}], {}, {"x": "y"}),
    *("taken out", "a field more"),
)


def _changed(whole: Any) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield *whole* with each of its parts replaced, taken out, or with a field more."""
    for path in _places(whole):
        for value in VALUES:
            data = copy.deepcopy(whole)
            inside = data
            for step in path[:-1]:
                inside = inside[step]
            if value == "taken out":
                del inside[path[-1]]
            elif value != "a field more":
                inside[path[-1]] = value
            elif isinstance(inside[path[-1]], dict) and path[-1] not in ("note", "short"):
                inside[path[-1]]["more"] = "x"
            yield (*path, repr(value)), data


def _places(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if path:
        yield path
    if isinstance(data, dict | list):
        for step in data if isinstance(data, dict) else range(len(data)):
            yield from _places(data[step], (*path, step))
