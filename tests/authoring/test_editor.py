"""Editors' help: snippets that the engine reads, the lines that name schemas, shell completion."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from mkdocs_verbatim.authoring.reference_lock import with_lock
from mkdocs_verbatim.authoring.schemas import DATA_FILES, FOLDER
from mkdocs_verbatim.datafiles.form import Choice, Form
from mkdocs_verbatim.diagrams.argument_map import EDGE
from mkdocs_verbatim.output.changelog import CHANGE
from mkdocs_verbatim.rules import RULES
from mkdocs_verbatim.sources.csl import TYPES
from mkdocs_verbatim.sources.passages import SPEECH
from mkdocs_verbatim.sources.record_form import COPY
from tests.support import sites
from tests.support.records import ROOT, put

CHAPTER = (ROOT / "manual/docs/editors.md").read_text("utf-8")
LINE = "# yaml-language-server: $schema=../.schemas/record.schema.json\n"
COMMENT = re.compile(r"(?m)^\s*//.*\n")
STOP = re.compile(r"\$\{\d+:(?P<text>[^}]*)\}|\$\{\d+\|(?P<choices>[^|]*)\|\}")

SNIPPETS: dict[str, dict[str, Any]] = json.loads(
    COMMENT.sub("", (ROOT / ".vscode/verbatim.code-snippets").read_text("utf-8"))
)


def filled(name: str) -> str:
    """Return the snippet *name* as it is when nothing is typed into it: of choices the first."""
    body = "\n".join(SNIPPETS[name]["body"]) + "\n"
    return STOP.sub(lambda stop: stop["text"] or stop["choices"].split(",")[0], body)


def choices(name: str) -> list[list[str]]:
    """Return the choices that the snippet *name* offers."""
    stops = STOP.finditer("\n".join(SNIPPETS[name]["body"]))
    return [stop["choices"].split(",") for stop in stops if stop["choices"]]


# Snippets that are part of a block stand in it; all others are blocks of their own.
AROUND = {
    "Term": "By {} nothing else is meant [@doe-2024, para. 2].\n",
    "Accepted warning": "Nobody says on what this rests.\n\n{}",
}

COPY_TEXT = "Talks and War\n\nWe will talk to anybody, at any time, at any table.\n\n" + "".join(
    f"Line {number} of the page is here for its length alone, and says nothing.\n"
    for number in range(1, 40)
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site made of the snippets: every page, record and data file."""
    copy = COPY_TEXT.encode()
    record = filled("Record").replace("f" * 64, sites.sha256(copy))
    record += f"speech:\n{filled('Speech')}furniture:\n{filled('Furniture')}"
    node = filled("Statement of a map")
    files = {
        "mkdocs.yml": yaml.safe_dump(
            {"site_name": "A", "markdown_extensions": [*sites.EXTENSIONS]}
        ),
        "sources/doe-2024.txt": COPY_TEXT,
        "sources/doe-2024.yml": record,
        "sources/agency-2024.yml": filled("Reference record"),
        "sources/people.yml": filled("Person"),
        "docs/data/map.yml": "columns: [{id: doe, title: Doe (2024), source: doe-2024}]\n"
        f"nodes:\n{node}{node.replace('d-talk', 'd-peace')}edges:\n{filled('Relation of a map')}",
        "docs/data/timeline.yml": "lanes: [{id: dated, title: Dated, dated: source}]\n"
        f"events:\n{filled('Event of a timeline')}",
        "docs/data/changes.yml": f"begun: 2024-05-17\nchanges:\n{filled('Change')}",
        "docs/index.md": "# Home\n\n<!-- verbatim: map data/map.yml -->\n\n"
        "<!-- verbatim: timeline data/timeline.yml -->\n\n<!-- verbatim: changes -->\n",
    }
    for name, snippet in SNIPPETS.items():
        if snippet["scope"] == "markdown":
            text = AROUND.get(name, "{}").format(filled(name).strip()) + "\n"
            files[f"docs/{snippet['prefix']}.md"] = f"# {name}\n\n{text}"
    for name, content in files.items():
        put(tmp_path / name, content)
    return tmp_path


def test_a_site_made_of_the_snippets_has_nothing_wrong(site: Path) -> None:
    used = "".join(path.read_text("utf-8") for path in site.rglob("*.*"))
    used = used.replace(sites.sha256(COPY_TEXT.encode()), "f" * 64)

    assert [name for name in SNIPPETS if filled(name).strip() not in used] == []
    assert sites.problems(site) == []


@pytest.mark.parametrize("name", [n for n, s in SNIPPETS.items() if s["scope"] == "markdown"])
def test_what_a_snippet_quotes_and_cites_is_proven(name: str, site: Path) -> None:
    for path in (site / "sources").glob("doe-2024.*"):
        path.unlink()
    found = [line for line in sites.problems(site) if f"/{SNIPPETS[name]['prefix']}.md:" in line]

    # Without the source every page but the editor's own and that of the comment has a problem.
    assert bool(found) == (name not in ("Editor's box", "Accepted warning"))


def test_every_snippet_has_a_prefix_of_its_own_and_says_what_it_is() -> None:
    prefixes = [snippet["prefix"] for snippet in SNIPPETS.values()]

    assert len(set(prefixes)) == len(prefixes)
    for snippet in SNIPPETS.values():
        assert set(snippet) == {"scope", "prefix", "description", "body"}
        assert snippet["description"]


def test_the_manual_names_every_snippet() -> None:
    section = CHAPTER.partition("## Snippets\n")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"(?m)^\| (Markdown|YAML) \| (.*) \|$", section))

    for language, row in rows.items():
        told = re.findall(r"`([a-z-]+)`", row)
        assert sorted(told) == sorted(
            s["prefix"] for s in SNIPPETS.values() if s["scope"] == language.lower()
        )
    assert len(rows) == 2


def _of(form: Form, field: str) -> list[str]:
    choice = form.fields[field]
    assert isinstance(choice, Choice)
    return list(choice.choices)


def test_the_choices_of_a_snippet_are_those_of_the_engine() -> None:
    accepted = {rule.name for rule in RULES.values() if rule.severity == "warning"}
    # Not of a block, so that no comment behind one accepts it.
    accepted -= {"file-data", "file-unfinished", "lines-lost", "policy-stops", "record-unread"}

    assert {*choices("Accepted warning")[0]} == accepted
    assert choices("Speech") == [_of(SPEECH, "mode")]
    assert choices("Relation of a map") == [_of(EDGE, "type"), _of(EDGE, "drawn_by")]
    assert choices("Change") == [_of(CHANGE, "kind")]
    assert choices("Record")[1] == _of(COPY, "markup")
    label = str(SNIPPETS["Editor's box"]["body"][0]).split('"')[1]
    assert f"box: {{label: {label}}}" in (ROOT / "content-rules.yml").read_text("utf-8")
    assert {*choices("Record")[0], *choices("Reference record")[0]} <= TYPES


def test_the_settings_of_the_editor_are_plain() -> None:
    for name in ("settings", "extensions"):
        text = (ROOT / f".vscode/{name}.json").read_text("utf-8")

        assert json.loads(COMMENT.sub("", text))


# The command that writes schemas, and the line by which an editor finds them


def small_site(folder: Path) -> Path:
    return sites.SmallSite(pages={"index.md": "# Home\n"}, copies={"a": "No talks."}).write(folder)


def test_schemas_are_written_once_and_the_lines_are_shown(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    first = sites.run("verbatim", "schemas", cwd=site)
    (site / FOLDER / "map.schema.json").write_text("{}", "utf-8")
    second = sites.verbatim("schemas", "-f", site / "mkdocs.yml", cwd=tmp_path)

    assert (first.returncode, first.stderr) == (second.returncode, second.stderr) == (0, "")
    lines = first.stdout.splitlines()
    assert lines[0] == f".schemas: {len(DATA_FILES)} schemas written, 0 as before"
    assert lines[1] == f"sources/KEY.yml: {LINE.strip()}"
    assert lines[3].startswith("docs/data/argument-map.yml: ")
    assert lines[3].endswith("$schema=../../.schemas/map.schema.json")
    assert (
        second.stdout.splitlines()[0]
        == f".schemas: 1 schema written, {len(DATA_FILES) - 1} as before"
    )
    assert sites.tree(site / FOLDER) == sites.tree(ROOT / FOLDER)


def test_where_no_schema_can_be_written_a_line_says_so(tmp_path: Path) -> None:
    site = small_site(tmp_path / "site")
    put(site / FOLDER, "a file")
    done = sites.verbatim("schemas", cwd=site)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Error: .schemas: cannot be written: File exists\n"


@pytest.mark.parametrize("sources", ["sources", "texts/old"])
def test_a_new_record_begins_with_its_schema_where_there_is_one(
    sources: str, tmp_path: Path
) -> None:
    (tmp_path / sources).mkdir(parents=True)
    put(tmp_path / "new.txt", "Talks and War\n\nWe will talk to anybody.\n")
    add = ("verbatim", "add", "new.txt", "--sources", sources, "--key")
    sites.run(*add, "without", cwd=tmp_path)
    put(tmp_path / FOLDER / "record.schema.json", "{}")
    put(tmp_path / "new.txt", "Talks and War\n\nWe will talk to anyone.\n")
    sites.run(*add, "with", cwd=tmp_path)
    without, with_line = (
        (tmp_path / sources / f"{key}.yml").read_text("utf-8") for key in ("without", "with")
    )
    line = LINE if sources == "sources" else LINE.replace("../", "../../")

    assert "yaml-language-server" not in without
    begun = with_line.partition("copy:")[0]
    assert begun == line + without.replace("without", "with").partition("copy:")[0]


@pytest.mark.parametrize("cited", ["", "cited:\n  of: x\n"], ids=["locked first", "locked again"])
def test_locking_a_reference_keeps_the_line(cited: str) -> None:
    record = f"{LINE}{cited}attribution: A\n"

    assert with_lock(record, {"of": "y"}) == f"{LINE}attribution: A\ncited:\n  of: y\n"


# Completion in a shell


def completed(line: str, cwd: Path) -> list[str]:
    """Return what bash is offered behind *line*, which ends where the cursor is."""
    words = line.split(" ")
    done = sites.run(
        "verbatim",
        cwd=cwd,
        _VERBATIM_COMPLETE="bash_complete",
        COMP_WORDS=line,
        COMP_CWORD=str(len(words) - 1),
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return [each.partition(",")[2] for each in done.stdout.splitlines() if each]


def test_commands_and_values_of_options_are_completed(tmp_path: Path) -> None:
    assert completed("verbatim sch", tmp_path) == ["schemas"]
    assert completed("verbatim check --format ", tmp_path) == ["text", "json", "github"]
    assert completed("verbatim check --str", tmp_path) == ["--strict"]


def test_keys_of_sources_are_completed_in_the_folder_of_a_site(tmp_path: Path) -> None:
    for name in ("a-1.yml", "a-1.txt", "a-2.yml", "b.yml", "people.yml", ".x.yml", "no key.yml"):
        put(tmp_path / "sources" / name, "")
    put(tmp_path / "texts/c.yml", "")

    assert completed("verbatim cite ", tmp_path) == ["a-1", "a-2", "b"]
    assert completed("verbatim cite a", tmp_path) == ["a-1", "a-2"]
    assert completed("verbatim cite a-1 a", tmp_path) == ["a-2"]
    assert completed("verbatim cite --sources texts ", tmp_path) == ["c"]


def test_outside_of_a_site_no_key_is_completed(tmp_path: Path) -> None:
    assert completed("verbatim cite ", tmp_path) == []
    assert completed("verbatim cite --sources nowhere a", tmp_path) == []


SHELL_LINE = re.compile(r"(?m)^.*_VERBATIM_COMPLETE=(bash|zsh|fish)_source verbatim\b[^#\n]*")


def test_each_shell_gets_its_script_by_the_line_of_the_manual(tmp_path: Path) -> None:
    lines = SHELL_LINE.findall(CHAPTER)

    assert lines == ["bash", "zsh", "fish"]
    for shell in lines:
        done = sites.run("verbatim", cwd=tmp_path, _VERBATIM_COMPLETE=f"{shell}_source")
        assert done.returncode == 0
        assert f"_VERBATIM_COMPLETE={shell}_complete" in done.stdout


def test_bash_completes_a_key_once_the_line_has_run(tmp_path: Path) -> None:
    put(tmp_path / "sources/doe-2024.yml", "")
    line = SHELL_LINE.search(CHAPTER)
    assert line
    script = f"{line[0]}; COMP_WORDS=(verbatim cite d); COMP_CWORD=2; "
    script += '_verbatim_completion verbatim d cite; echo "${COMPREPLY[*]}"'
    bash = shutil.which("bash")
    assert bash
    done = subprocess.run(
        [bash, "--norc", "-c", script],
        cwd=tmp_path,
        env=sites.environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert (done.stdout, done.stderr) == ("doe-2024\n", "")
