"""Formats: what the command says for people, for programs and for GitHub; help; wrong use."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
import pytest
from jsonschema import Draft202012Validator

from mkdocs_verbatim.cli.main import COMMANDS
from mkdocs_verbatim.cli.terminal import annotation, coloured, plain, problem_line
from mkdocs_verbatim.problem import Problem, SiteRule
from tests.support import sites

SCHEMAS = sites.ROOT / "hooks/mkdocs_verbatim/schemas"
PROGRAMS = ("verbatim", "mkdocs-verbatim")
"""The command, and its name beside another program that is called verbatim."""
WRONG = sites.SmallSite(
    pages={"index.md": "He said “no walks, 100 %” [@a].\n\nNothing of theirs.\n"},
    copies={"a": "No talks, not until they renounce violence."},
)


def schema(name: str) -> dict[str, Any]:
    read = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    assert isinstance(read, dict)
    return read


def validated(text: str, name: str) -> dict[str, Any]:
    """Return the document *text*, which must be in the form *name*."""
    document = json.loads(text)
    Draft202012Validator(schema(name)).validate(document)
    assert isinstance(document, dict)
    return document


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return WRONG.write(tmp_path_factory.mktemp("wrong") / "site")


@pytest.mark.parametrize("name", ["check", "find", "report", "shard"])
def test_a_schema_is_one_and_says_what_every_field_is(name: str) -> None:
    read = schema(name)
    Draft202012Validator.check_schema(read)

    assert read["additionalProperties"] is False
    assert read["required"] == list(read["properties"])
    assert {path.name for path in SCHEMAS.iterdir()} == {
        "check.schema.json",
        "find.schema.json",
        "report.schema.json",
        "shard.schema.json",
    }


def test_a_check_is_a_document(wrong: Path) -> None:
    done = sites.run("verbatim", "check", "--format", "json", cwd=wrong)
    document = validated(done.stdout, "check")

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.isascii()
    assert document["passed"] is False
    assert document["counts"] == {"quotations": 0, "citations": 0, "pages": 1, "sources": 1}
    assert {
        "path": "docs/index.md",
        "line": 1,
        "column": 9,
        "severity": "error",
        "rule": "quote-not-found",
    }.items() <= document["problems"][0].items()
    assert document["problems"][0]["message"].startswith("not in 'a' word for word: 'no walks")


def test_a_check_that_passes_is_a_document_without_problems(tmp_path: Path) -> None:
    site = sites.real_site(tmp_path / "site")
    document = validated(sites.verbatim("check", "--format", "json", cwd=site).stdout, "check")

    assert document["passed"] is True
    assert document["problems"] == []
    assert document["counts"]["pages"] == len([*(site / "docs").rglob("*.md")])
    records = {path.stem for path in (site / "sources").glob("*.yml")} - {"people"}
    assert document["counts"]["sources"] == len(records)
    assert document["counts"]["quotations"] > 20


def test_a_configuration_that_cannot_be_read_is_a_document_too(tmp_path: Path) -> None:
    sites.put(tmp_path / "mkdocs.yml", "a: [\n")
    done = sites.verbatim("check", "--format", "json", cwd=tmp_path)
    document = validated(done.stdout, "check")

    assert done.returncode == 1
    assert [problem["rule"] for problem in document["problems"]] == ["settings-invalid"]


def test_warnings_pass_unless_strict(tmp_path: Path) -> None:
    page = "He said “no talks” [@a].\n\nNobody rests this on anything, not even on one of them.\n"
    site = sites.SmallSite(pages={"index.md": page}, copies={"a": "He said: no talks."})
    site.write(tmp_path / "site")
    for arguments, status in (((), 0), (("--strict",), 1)):
        done = sites.verbatim("check", "--format", "json", *arguments, cwd=tmp_path / "site")
        document = validated(done.stdout, "check")

        assert done.returncode == status
        assert document["passed"] is (status == 0)
        assert {problem["severity"] for problem in document["problems"]} == {"warning"}


def test_github_is_told_beside_the_line(wrong: Path) -> None:
    done = sites.verbatim("check", "--format", "github", cwd=wrong)
    lines = done.stdout.splitlines()

    assert done.returncode == 1
    assert lines[0].startswith(
        "::error file=docs/index.md,line=1,col=9,title=quote-not-found::not in 'a' word for word: "
        "'no walks, 100 %25'"
    )
    assert all(line.startswith(("::error file=", "::warning file=")) for line in lines)
    assert done.stderr.endswith(" problems\n")


@pytest.mark.parametrize(
    ("problem", "wanted"),
    [
        pytest.param(
            Problem(path="a,b:c%.md", line=3, column=4, rule="key-unknown", message="x: 5 %, y"),
            "::error file=a%2Cb%3Ac%25.md,line=3,col=4,title=key-unknown::x: 5 %25, y",
            id="signs that mean something there",
        ),
        pytest.param(
            Problem(path="a\nb.md", rule=SiteRule("r"), message="one\r\ntwo\n::error::three"),
            "::error file=a%0Ab.md,line=1,col=1,title=r::one%0D%0Atwo%0A::error::three",
            id="line ends, which would begin another command",
        ),
        pytest.param(
            Problem(path="a.md", rule=SiteRule("r"), message="m", severity="warning"),
            "::warning file=a.md,line=1,col=1,title=r::m",
            id="a warning",
        ),
        pytest.param(
            Problem(path="a.md", rule=SiteRule("r"), message="m", severity="info"),
            "::notice file=a.md,line=1,col=1,title=r::m",
            id="a remark",
        ),
    ],
)
def test_an_annotation_is_one_command(problem: Problem, wanted: str) -> None:
    assert annotation(problem) == wanted


PROBLEM = Problem(
    path="a\x1b.md", line=3, rule=SiteRule("r-s"), message="m\x1b[31m \u202e", severity="warning"
)


def test_a_line_in_colours_is_the_line() -> None:
    assert problem_line(PROBLEM, plain) == str(PROBLEM)
    assert click.unstyle(problem_line(PROBLEM, coloured)) == str(PROBLEM)
    assert problem_line(PROBLEM, coloured) != str(PROBLEM)


def on_a_terminal(*arguments: str, cwd: Path, **more: str) -> str:
    """Return what the command says where its output is a terminal."""
    return sites.on_a_terminal("verbatim", *arguments, cwd=cwd, piped=False, **more)[0]


@pytest.mark.parametrize("arguments", [["check"], ["find", "no talks"], ["report"]])
def test_colours_are_for_terminals_whose_user_wants_them(wrong: Path, arguments: list[str]) -> None:
    done = sites.run("verbatim", *arguments, cwd=wrong)

    assert "\x1b[" not in done.stdout + done.stderr
    assert "\x1b[" in on_a_terminal(*arguments, cwd=wrong)
    assert "\x1b[" not in on_a_terminal(*arguments, cwd=wrong, NO_COLOR="1")


def test_a_document_has_no_colours_on_a_terminal(wrong: Path) -> None:
    validated(on_a_terminal("check", "--format", "json", cwd=wrong), "check")


# Help, and wrong use


@pytest.mark.parametrize("command", COMMANDS)
def test_help_teaches_with_an_example_and_the_exit_statuses(command: str, tmp_path: Path) -> None:
    done = sites.verbatim(command, "--help", cwd=tmp_path)
    said = " ".join(done.stdout.split())

    assert done.returncode == 0
    assert f"Example: verbatim {command}" in said
    assert "Exit status: 0 " in said
    assert ", 2 wrong use." in said


def test_help_lists_every_command_in_a_line(tmp_path: Path) -> None:
    said = sites.verbatim("-h", cwd=tmp_path).stdout

    for command in COMMANDS:
        (line,) = [ln for ln in said.splitlines() if ln.startswith(f"  {command} ")]
        assert line.endswith(".")
        assert not line.endswith("...")
    assert "Exit status: 0 nothing wrong, 1 problems, 2 wrong use." in said


def test_both_names_of_the_command_are_installed_and_alike(wrong: Path) -> None:
    for arguments in (["check"], ["find", "no talks", "--format", "json"], ["no-such-command"]):
        one, other = (sites.run(name, *arguments, cwd=wrong) for name in PROGRAMS)

        assert other.returncode == one.returncode
        assert other.stdout == one.stdout
        assert other.stderr.replace("mkdocs-verbatim", "verbatim") == one.stderr


@pytest.mark.parametrize("name", PROGRAMS)
def test_it_says_its_version(name: str, tmp_path: Path) -> None:
    done = sites.run(name, "--version", cwd=tmp_path)

    assert done.stdout == f"{name}, version {version('mkdocs-verbatim')}\n"
    assert (done.returncode, done.stderr) == (0, "")


def test_help_loads_none_of_the_engine(tmp_path: Path) -> None:
    code = (
        "import sys; from mkdocs_verbatim.cli.main import main; main(['--help'], 'verbatim', "
        "standalone_mode=False); print(sorted(n for n in sys.modules if 'verbatim' in n))"
    )
    said = sites.run("python", "-c", code, cwd=tmp_path).stdout

    assert said.splitlines()[-1] == (
        "['mkdocs_verbatim', 'mkdocs_verbatim.cli', 'mkdocs_verbatim.cli.help_text', "
        "'mkdocs_verbatim.cli.last_resort', 'mkdocs_verbatim.cli.main']"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--format", "xml"],
        ["check", "more"],
        ["check", "--jobs", "0"],
        ["check", "--shard", "1/2"],
        ["check", "--out", "part.json"],
        *(
            ["check", "--out", "part.json", "--shard", s]
            for s in ("0/2", "3/2", "2", "1/2/3", "a/b")
        ),
        ["check", "--shard", "1/2", "--out", "no-such/part.json"],
        ["merge"],
        ["report", "--format", "github"],
        ["no-such-command"],
        ["check", "-f", "no-such.yml"],
        ["find", "x", "-f", "no-such.yml"],
        ["report", "-f", "no-such.yml"],
        ["check", "-f", "docs"],
    ],
)
def test_wrong_use_has_a_status_of_its_own(wrong: Path, arguments: list[str]) -> None:
    done = sites.verbatim(*arguments, cwd=wrong)

    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_a_configuration_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    done = sites.verbatim("check", cwd=tmp_path)

    assert done.returncode == 2
    assert done.stderr == (
        "Error: no configuration 'mkdocs.yml'; run this where mkdocs.yml is, or name the file "
        "with -f\n"
    )
