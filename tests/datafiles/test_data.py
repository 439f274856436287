"""Data: YAML read strictly; every mistake is named at its line and column."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mkdocs_verbatim.datafiles.form import Form, Items, Number, Text, Within
from mkdocs_verbatim.datafiles.reader import Reader
from mkdocs_verbatim.datafiles.strict_yaml import DEEPEST, Node, parse_data
from mkdocs_verbatim.problem import Problem, ProblemError


def plain(node: Node) -> object:
    if isinstance(node.value, dict):
        return {key: plain(value) for key, value in node.value.items()}
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    return node.value


@pytest.mark.parametrize(
    ("text", "data"),
    [
        pytest.param("a: b", {"a": "b"}, id="a mapping"),
        pytest.param("- a\n- b", ["a", "b"], id="a list"),
        pytest.param("a", "a", id="a scalar"),
        pytest.param("{a: [b, {c: d}]}", {"a": ["b", {"c": "d"}]}, id="one in another"),
        pytest.param("a: no", {"a": "no"}, id="no is a word"),
        pytest.param(
            "a: [yes, on, off, true]", {"a": ["yes", "on", "off", "true"]}, id="so is yes"
        ),
        pytest.param("a: 2018-07-16", {"a": "2018-07-16"}, id="a date is a string"),
        pytest.param("a: 12:30", {"a": "12:30"}, id="a time is a string"),
        pytest.param("a: 0x1F", {"a": "0x1F"}, id="a number is a string"),
        pytest.param("a: null\nb: ~\nc:", {"a": None, "b": None, "c": None}, id="null is nothing"),
        pytest.param("a: 'null'\nb: \"\"", {"a": "null", "b": ""}, id="in marks it is a string"),
        pytest.param("a: |\n  b\n  c\n", {"a": "b\nc\n"}, id="a block of lines"),
        pytest.param("a: >-\n  b\n  c\n", {"a": "b c"}, id="a folded block"),
        pytest.param('a: "\\u00e9"', {"a": "é"}, id="an escape"),
        pytest.param("a: “b”, ‘c’… – d", {"a": "“b”, ‘c’… – d"}, id="marks of every kind"),
        pytest.param("---\na: b\n...\n", {"a": "b"}, id="the marks of a document"),
        pytest.param("<<: {a: b}", {"<<": {"a": "b"}}, id="a merge key is a key like others"),
        pytest.param("a: [[[[[[[[[[b]]]]]]]]]]", {"a": [[[[[[[[[["b"]]]]]]]]]]}, id="eleven deep"),
    ],
)
def test_data_is_read_as_strings(text: str, data: object) -> None:
    assert plain(parse_data(text, "a.yml")) == data


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        pytest.param("a: 1\nb: 2\na: 3", 3, 1, "duplicate key 'a'", id="a key twice"),
        pytest.param("a:\n  b: 1\n  'b': 2", 3, 3, "duplicate key 'b'", id="a key twice inside"),
        pytest.param("a: &x 1\nb: *x", 1, 4, "anchor '&x'", id="an anchor"),
        pytest.param("a: 1\nb: *x", 2, 4, "alias '*x'", id="an alias"),
        pytest.param("a: 1\n*x : 2", 2, 1, "alias '*x'", id="an alias as key"),
        pytest.param("a: 1\nb: !!python/name:os.system", 2, 4, "tag", id="a tag of Python"),
        pytest.param("a: !!str 1", 1, 4, "tag 'tag:yaml.org,2002:str'", id="a plain tag"),
        pytest.param("a: !x [1]", 1, 4, "tag '!x'", id="a tag of a list"),
        pytest.param("a: !x {b: 1}", 1, 4, "tag '!x'", id="a tag of a mapping"),
        pytest.param("!x a: 1", 1, 1, "tag '!x'", id="a tag of a key"),
        pytest.param("a: 1\n? [b]\n: 2", 2, 3, "a key must be a word", id="a list as key"),
        pytest.param("a: 1\n~: 2", 2, 1, "a key must be a word", id="null as key"),
        pytest.param("", 1, 1, "the file is empty", id="nothing"),
        pytest.param("# only a comment\n", 1, 1, "the file is empty", id="a comment alone"),
        pytest.param("a: 1\n---\nb: 2", 2, 1, "more than one document", id="two documents"),
        pytest.param("a: 1\nb: ]", 2, 4, "not YAML", id="a list not opened"),
        pytest.param("a: 'b\n", 2, 1, "not YAML", id="a mark left open"),
        pytest.param("a: 1\n b: 2", 2, 3, "not YAML", id="a line indented wrongly"),
        pytest.param("a: 1\n\tb: 2", 2, 1, "not YAML", id="a tab for spaces"),
        pytest.param("a: 1\nb: @c", 2, 4, "not YAML", id="a sign that begins nothing"),
        pytest.param("a: b\n%", 2, 2, "not YAML", id="a directive inside"),
        pytest.param("[" * 20 + "]" * 20, 1, 13, f"nested more than {DEEPEST} deep", id="too deep"),
        pytest.param(
            "a:\n  [" + "{a: " * 20 + "}" * 20 + "]", 2, 44, "nested", id="too deep inside"
        ),
        pytest.param("[" * 5_000, 1, 1, "", id="very deep"),
        pytest.param("? " * 5_000, 1, 1, "", id="very deep keys"),
    ],
)
def test_anything_else_is_refused_at_its_place(
    text: str, line: int, column: int, message: str
) -> None:
    with pytest.raises(ProblemError) as caught:
        parse_data(text, "a.yml")

    problem = caught.value.problem
    assert problem.rule == "record-invalid"
    assert problem.path == "a.yml"
    assert message in problem.message
    if message:
        assert (problem.line, problem.column) == (line, column)


def test_a_character_that_yaml_forbids_is_refused() -> None:
    with pytest.raises(ProblemError, match=r"a\.yml:\d+:\d+: error: not YAML: "):
        parse_data("a: b\x07", "a.yml")


def test_every_value_and_key_has_its_place() -> None:
    node = parse_data("a: 1\nb:\n  - 2\n  - c: 3\n", "a.yml")

    assert node.keys == {"a": (1, 1), "b": (2, 1)}
    assert isinstance(node.value, dict)
    second = node.value["b"].value
    assert isinstance(second, list)
    assert [(item.line, item.column) for item in second] == [(3, 5), (4, 5)]


def read_with(text: str, take: Callable[[Reader], object]) -> tuple[object, list[str]]:
    problems: list[Problem] = []
    reader = Reader(parse_data(text, "a.yml"), "a.yml", "'it'", problems)
    value = take(reader)
    reader.finish()
    return value, [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("text", "take", "value"),
    [
        pytest.param("a: b", lambda r: r.text("a"), "b", id="text"),
        pytest.param("{}", lambda r: r.text("a"), None, id="no text"),
        pytest.param("a: null", lambda r: r.text("a"), None, id="null for text"),
        pytest.param("a: b", lambda r: r.choice("a", ("b", "c")), "b", id="a choice"),
        pytest.param("a: 60", lambda r: r.number("a"), 60, id="a number"),
        pytest.param("a: 0.18", lambda r: r.share("a"), 0.18, id="a share"),
        pytest.param("a: 1", lambda r: r.share("a"), 1, id="the whole as share"),
        pytest.param("a: 0", lambda r: r.share("a"), 0, id="nothing as share"),
        pytest.param("a: 21-35", lambda r: r.span("a"), (21, 35), id="a range"),
        pytest.param("a: 21–35", lambda r: r.span("a"), (21, 35), id="a range with a dash"),
        pytest.param("a: 7", lambda r: r.span("a"), (7, 7), id="one number as range"),
        pytest.param("a: [b, c]", lambda r: r.texts("a"), ("b", "c"), id="texts"),
        pytest.param("{}", lambda r: r.texts("a"), (), id="no texts"),
        pytest.param("a: []", lambda r: r.texts("a"), (), id="an empty list"),
    ],
)
def test_a_field_of_the_right_kind_is_taken(
    text: str, take: Callable[[Reader], object], value: object
) -> None:
    assert read_with(text, take) == (value, [])


@pytest.mark.parametrize(
    ("text", "take", "problem"),
    [
        pytest.param("a: [b]", lambda r: r.text("a"), "1:4: error: 'a' must be text", id="a list"),
        pytest.param("a: ' '", lambda r: r.text("a"), "1:4: error: 'a' must be text", id="blank"),
        pytest.param(
            "\na: d",
            lambda r: r.choice("a", ("b", "c")),
            "2:4: error: 'a' cannot be 'd'; choose one of b, c",
            id="another choice",
        ),
        pytest.param(
            "a: 0",
            lambda r: r.number("a"),
            "1:4: error: 'a' must be a whole number from 1",
            id="zero",
        ),
        pytest.param(
            "a: 1.5",
            lambda r: r.number("a"),
            "1:4: error: 'a' must be a whole number from 1",
            id="a part",
        ),
        pytest.param(
            "a: ١",
            lambda r: r.number("a"),
            "1:4: error: 'a' must be a whole number from 1",
            id="a digit of Arabic",
        ),
        pytest.param(
            "a: 1_0",
            lambda r: r.number("a"),
            "1:4: error: 'a' must be a whole number from 1",
            id="a number in parts",
        ),
        pytest.param(
            "a: 1.2",
            lambda r: r.share("a"),
            "1:4: error: 'a' must be a number from 0 to 1",
            id="more than the whole",
        ),
        pytest.param(
            "a: 18%",
            lambda r: r.share("a"),
            "1:4: error: 'a' must be a number from 0 to 1",
            id="per cent",
        ),
        pytest.param(
            "a: nan",
            lambda r: r.share("a"),
            "1:4: error: 'a' must be a number from 0 to 1",
            id="no number",
        ),
        pytest.param(
            "a: 35-21",
            lambda r: r.span("a"),
            "1:4: error: 'a' must be a number or a range such as 21-35",
            id="turned round",
        ),
        pytest.param(
            "a: 0-3",
            lambda r: r.span("a"),
            "1:4: error: 'a' must be a number or a range such as 21-35",
            id="from zero",
        ),
        pytest.param(
            "a: b", lambda r: r.items("a"), "1:4: error: 'a' must be a list", id="no list"
        ),
        pytest.param(
            "a: [b, {c: d}]",
            lambda r: r.texts("a"),
            "1:8: error: 'a' must be a list of texts",
            id="a list of other things",
        ),
        pytest.param(
            "a: b",
            lambda r: r.mapping("a"),
            "1:4: error: 'a' must be a mapping of fields",
            id="no mapping",
        ),
        pytest.param(
            "a: b\nc: d",
            lambda r: r.text("a"),
            "2:1: error: unknown key 'c' in 'it'; known are a",
            id="an unknown key",
        ),
    ],
)
def test_a_field_of_the_wrong_kind_is_named_at_its_place(
    text: str, take: Callable[[Reader], object], problem: str
) -> None:
    _, problems = read_with(text, take)

    assert problems == [f"a.yml:{problem} [record-invalid]"]


def test_a_field_that_must_be_there_is_missed() -> None:
    _, problems = read_with("b: c\n", lambda r: (r.get("b"), r.text("a", required=True)))

    assert problems == ["a.yml:1:1: error: missing 'a' in 'it' [record-incomplete]"]


@pytest.mark.parametrize("nothing", ["", "null", "~"])
def test_a_field_that_must_be_there_and_is_empty_is_missed_at_its_place(nothing: str) -> None:
    _, problems = read_with(
        f"b: c\na: {nothing}", lambda r: (r.get("b"), r.text("a", required=True))
    )

    place = "2:3" if not nothing else "2:4"
    assert problems == [f"a.yml:{place}: error: missing 'a' in 'it' [record-incomplete]"]


def test_what_is_no_mapping_has_no_fields() -> None:
    value, problems = read_with("[a]", lambda r: r.text("a", required=True))

    assert value is None
    assert problems == ["a.yml:1:1: error: 'it' must be a mapping of fields [record-invalid]"]


INNER = Form(about="", fields={"b": Number("", 1, required=True), "c": Text("", "")})
OUTER = Form(about="", fields={"one": Within("", INNER), "many": Items("", INNER)})


def number(reader: Reader) -> int | None:
    return reader.number("b")


def read_in(text: str, take: Callable[[Reader], object]) -> tuple[object, list[str]]:
    problems: list[Problem] = []
    value = take(Reader(parse_data(text, "a.yml"), "a.yml", "'it'", problems, OUTER))
    return value, [str(problem).removeprefix("a.yml:") for problem in problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("one: {b: 7}\nmany: [{b: 1}, {b: 2}]", (7, (1, 2)), id="there"),
        pytest.param("{}", (None, ()), id="absent"),
        pytest.param("one: null\nmany: []", (None, ()), id="null and empty"),
    ],
)
def test_mappings_inside_are_parsed(text: str, value: object) -> None:
    assert read_in(text, lambda r: (r.within("one", number), r.each("many", number))) == (value, [])


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        pytest.param(
            "one: {b: 7, d: e}",
            (7, ()),
            ["1:13: error: unknown key 'd' in 'one'; known are b [record-invalid]"],
            id="a field that was not asked for",
        ),
        pytest.param(
            "one: {}",
            (None, ()),
            ["1:6: error: missing 'b' in 'one' [record-incomplete]"],
            id="a field that the form of the inner mapping requires",
        ),
        pytest.param(
            "one: [a]",
            (None, ()),
            ["1:6: error: 'one' must be a mapping of fields [record-invalid]"],
            id="a list in place of a mapping",
        ),
        pytest.param(
            "many: [{b: 1}, x, {b: 2}]",
            (None, (1, 2)),
            ["1:16: error: 'many' must be a mapping of fields [record-invalid]"],
            id="one of many is refused alone",
        ),
    ],
)
def test_what_is_wrong_inside_is_named_by_the_field(
    text: str, value: object, said: list[str]
) -> None:
    found = read_in(text, lambda r: (r.within("one", number), r.each("many", number)))

    assert found == (value, said)
