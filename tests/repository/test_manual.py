"""README and manual: what they show is what commands print, and what they name is there."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import click
import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from mkdocs_verbatim.cli.main import main
from mkdocs_verbatim.rules import RULES
from tests.support.console import BLOCK, changed, said, steps
from tests.support.sites import BIN, ROOT, environment, put, real_site, run

DOCS = ROOT / "manual" / "docs"
TUTORIAL = DOCS / "tutorial.md"
"""Its commands are run by test_tutorial: they make a site of their own."""

CHAPTERS = sorted(DOCS.glob("*.md"))
TEXTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *CHAPTERS]
RUN = [path for path in TEXTS if path != TUTORIAL and any(steps(path.read_text("utf-8")))]
CODE = re.compile(r"`([^`\n]+)`")
COMMAND = re.compile(r"(?:^|[\s(;/&|])verbatim ([a-z][a-z-]+)((?: [^;&|\n]+)?)")
OPTION = re.compile(r"(?<!\S)(--[a-z-]+|-[a-z])\b")
"""An option of a command, in what follows its name."""


GROUP = click.Context(main)
COMMANDS = {
    name: command
    for name in main.list_commands(GROUP)
    if (command := main.get_command(GROUP, name)) is not None
}


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def text_of(path: Path) -> str:
    return path.read_text("utf-8")


def code(path: Path) -> str:
    """Return all that *path* has as code, one piece a line."""
    blocks = [block["text"] for block in BLOCK.finditer(text_of(path))]
    return "\n".join([*blocks, *CODE.findall(BLOCK.sub("", text_of(path)))])


# What is shown


@pytest.mark.builds
@pytest.mark.parametrize("path", RUN, ids=named)
def test_each_command_prints_what_is_shown(path: Path, tmp_path: Path) -> None:
    site = real_site(tmp_path / "site")
    (site / ".venv").symlink_to(BIN.parent)
    for step in steps(text_of(path)):
        if step.is_change:
            put(site / step.file, changed((site / step.file).read_text("utf-8"), step.text))
        elif step.command:
            done = subprocess.run(
                ["bash", "-c", step.command],
                cwd=site,
                env=environment(),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                timeout=120,
                check=False,
            )

            assert said(done.stdout, step.printed), f"line {step.line}: {done.stdout}"
            assert (done.returncode != 0) == (": error: " in step.printed), f"line {step.line}"


def test_several_texts_show_commands() -> None:
    assert len(RUN) >= 6
    assert ROOT / "README.md" in RUN


@pytest.mark.parametrize("path", TEXTS, ids=named)
def test_what_is_shown_is_in_blocks_that_are_run(path: Path) -> None:
    for block in BLOCK.finditer(text_of(path)):
        assert block["kind"], f"a block of no kind: {block['text']}"
        assert block["kind"] == "console" or not re.search(r"(?m)^\$ ", block["text"])


# What is named


@pytest.mark.parametrize("path", TEXTS, ids=named)
def test_every_command_and_option_that_is_named_exists(path: Path) -> None:
    for name, rest in COMMAND.findall(code(path)):
        assert name in COMMANDS, f"verbatim {name}"
        options = {option for given in COMMANDS[name].params for option in given.opts}
        assert {*OPTION.findall(rest)} <= {*options, "--help", "-h"}, f"verbatim {name}{rest}"


@pytest.mark.parametrize("path", TEXTS, ids=named)
def test_every_target_of_make_that_is_named_exists(path: Path) -> None:
    targets = {*re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"))}

    assert {*re.findall(r"(?:^|\s)make ([a-z-]+)", code(path))} <= targets


@pytest.mark.parametrize("path", TEXTS, ids=named)
def test_every_rule_in_a_comment_or_a_setting_exists(path: Path) -> None:
    found = re.findall(r"verbatim: accept ([a-z-]+)", text_of(path))
    found += re.findall(
        r"(?m)^      ([a-z]+-[a-z-]+): (?:\"?off\"?|error|warning|info)$", code(path)
    )

    assert {*found} <= {*RULES}


def test_the_table_of_commands_has_each_of_them() -> None:
    told = re.findall(r"(?m)^\| `verbatim ([a-z]+)", text_of(DOCS / "commands.md"))

    assert sorted(told) == sorted(COMMANDS)


def test_the_readme_leads_to_every_chapter() -> None:
    found = re.findall(r"\(manual/docs/([a-z-]+\.md)\)", text_of(ROOT / "README.md"))

    # The list of rules is made when the manual is built.
    assert {*found} == {path.name for path in CHAPTERS} - {"index.md", "rules.md"}


@pytest.mark.parametrize("path", TEXTS[:2], ids=named)
def test_the_links_of_a_text_at_the_root_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text_of(path))

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("path", TEXTS, ids=named)
def test_prose_has_one_sentence_a_line(path: Path) -> None:
    prose = BLOCK.sub("", text_of(path))
    # Tables, quotations and what a picture shows have lines of their own.
    prose = re.sub(r"(?m)^(?:[|>]|!\[).*$", "", prose)

    assert re.findall(r"[a-z)`]\. [A-Z]", prose) == []


def test_the_readme_is_short_and_begins_with_the_generator() -> None:
    lines = text_of(ROOT / "README.md").splitlines()

    assert len(lines) <= 150
    assert any("(manual/docs/pictures/receipt.png)" in line for line in lines[:20])
    assert (DOCS / "pictures" / "receipt.png").stat().st_size < 100_000


# The manual as a site


def shown(text: str) -> str:
    """Return *text* without white space, which HTML folds and drops between blocks."""
    return re.sub(r"\s+", "", text)


def plain(text: str) -> str:
    """Return *text* of a rule as readers see it: its code and its stressed words without signs."""
    pieces = re.split(r"`([^`]*)`", text)
    return "".join(
        piece if number % 2 else re.sub(r"\*(\w+)\*", r"\1", piece)
        for number, piece in enumerate(pieces)
    )


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The manual, built strictly."""
    folder = tmp_path_factory.mktemp("manual")
    config = ROOT / "manual" / "mkdocs.yml"
    done = run("mkdocs", "build", "-q", "--strict", "-f", config, "-d", folder, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return folder


def test_the_manual_lists_every_rule_as_the_code_has_it(manual: Path) -> None:
    page = LexborHTMLParser((manual / "rules" / "index.html").read_text("utf-8"))
    text = shown(page.text())

    assert [each.attributes["id"] for each in page.css("article h2")] == list(RULES)
    for rule in RULES.values():
        fixed = ", fixed" if rule.fixed else ""
        assert shown(f"{rule.severity.capitalize()}{fixed}. {plain(rule.means)}") in text
        assert shown(f"{rule.example} Remedy. {plain(rule.remedy)}") in text


def test_the_manual_has_the_help_of_every_command(manual: Path) -> None:
    page = (manual / "commands" / "index.html").read_text("utf-8")

    for name in COMMANDS:
        assert f"Usage: verbatim {name} [OPTIONS]" in page
    assert "<!-- commands -->" not in page


def test_the_manual_asks_no_other_host(manual: Path) -> None:
    for path in manual.rglob("*.html"):
        asked = re.findall(
            r'<(?:script|link|img)[^>]*(?:src|href)="(https?:[^"]+)', path.read_text()
        )

        assert asked == [], path


def test_every_chapter_is_in_the_menu() -> None:
    config = (ROOT / "manual" / "mkdocs.yml").read_text("utf-8")
    nav = str(yaml.safe_load(config)["nav"])

    assert {*re.findall(r"[a-z-]+\.md", nav)} == {path.name for path in CHAPTERS}
