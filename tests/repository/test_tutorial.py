"""The tutorial: its commands are run in order, once, and print what it says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

import pypandoc
import pytest

from tests.support.console import Step, changed, said, steps
from tests.support.sites import ROOT, environment, put

TUTORIAL = (ROOT / "manual/docs/tutorial.md").read_text("utf-8")
LIMIT = 300
"""Seconds that a command may take; the first build downloads what it installs."""


STEPS = list(steps(TUTORIAL))
COMMANDS = [step for step in STEPS if step.command]


@dataclass(frozen=True, kw_only=True)
class Ran:
    """The site that the tutorial makes, and how each command ended, with what it printed."""

    site: Path
    commands: dict[Step, subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the engine as a wheel brings it, and with the packages of this one."""
    folder = tmp_path_factory.mktemp("engine")
    build: list[str | Path] = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "-t",
        "wheel",
        "-d",
        folder,
    ]
    subprocess.run(build, cwd=ROOT, env=_environment(), check=True, capture_output=True)
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    (wheel,) = folder.glob("*.whl")
    pip: list[str | Path] = [folder / "bin/pip", "install", "-qq", "--no-deps", wheel]
    subprocess.run(pip, env=_environment(), check=True)
    # Behind its own, so that the engine is that of the wheel.
    (own,) = folder.glob("lib/python*/site-packages")
    put(own / "others.pth", sysconfig.get_path("purelib"))
    return folder


@pytest.fixture(scope="module")
def ran(engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """The tutorial, once: each command run, each file written or changed, in one scratch folder."""
    folder = tmp_path_factory.mktemp("tutorial")
    commands = {}
    for step in STEPS:
        if step.command.startswith("cd "):
            folder /= step.command.removeprefix("cd ")
        elif step.command:
            commands[step] = subprocess.run(
                ["bash", "-c", step.command],
                cwd=folder,
                env=_environment(engine / "bin", Path(pypandoc.get_pandoc_path()).parent),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                timeout=LIMIT,
                check=False,
            )
        elif step.is_change:
            put(folder / step.file, changed((folder / step.file).read_text("utf-8"), step.text))
        else:
            put(folder / step.file, step.text)
    return Ran(site=folder, commands=commands)


def _environment(*first: Path) -> dict[str, str]:
    """Return an environment with *first* on the path, and what pip needs to reach its index."""
    needed = re.compile(r"(?i)HOME|PIP_.*|.*_PROXY|SSL_.*")
    given = {name: value for name, value in os.environ.items() if needed.fullmatch(name)}
    path = os.pathsep.join([*map(str, first), "/usr/bin", "/bin"])
    return {**given, **environment(), "PATH": path}


@pytest.mark.builds
@pytest.mark.parametrize(
    "step",
    [step for step in COMMANDS if not step.command.startswith("cd ")],
    ids=lambda step: f"line {step.line}: {step.command}",
)
def test_a_command_prints_what_the_tutorial_says(step: Step, ran: Ran) -> None:
    done = ran.commands[step]

    assert said(done.stdout, step.printed), done.stdout
    assert (done.returncode != 0) == (": error: " in step.printed)


@pytest.mark.builds
def test_the_site_has_its_engine_from_the_one_line_alone(ran: Ran, engine: Path) -> None:
    (wheel,) = engine.glob("*.whl")
    line = (ran.site / "engine.txt").read_text("utf-8").splitlines()[-1]
    where = (
        "import mkdocs_verbatim as v, verbatim_mkdocs as m; print(v.__file__); print(m.__file__)"
    )
    done = subprocess.run(
        [ran.site / ".venv/bin/python", "-c", where],
        env=_environment(),
        check=True,
        capture_output=True,
        encoding="utf-8",
    )

    assert re.fullmatch(
        rf"mkdocs-verbatim @ {re.escape(wheel.as_uri())}#sha256=[0-9a-f]{{64}}", line
    )
    for path in done.stdout.splitlines():
        assert Path(path).is_relative_to(ran.site / ".venv")


@pytest.mark.builds
def test_all_else_is_what_the_engines_lock_names(ran: Ran) -> None:
    lock = (ROOT / "requirements.txt").read_text("utf-8")
    locked = set(re.findall(r"(?m)^([\w.-]+==[\w.]+)", lock))
    done = subprocess.run(
        [ran.site / ".venv/bin/pip", "freeze", "--exclude", "mkdocs-verbatim"],
        env=_environment(),
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    installed = set(done.stdout.lower().replace("_", "-").split())

    assert len(installed) > 20
    assert installed <= {name.lower().replace("_", "-") for name in locked}


@pytest.mark.builds
def test_another_line_means_another_environment(ran: Ran) -> None:
    def planned() -> str:
        make = ["make", "--dry-run", "build"]
        return subprocess.run(
            make, cwd=ran.site, env=environment(), check=True, capture_output=True, encoding="utf-8"
        ).stdout

    assert "-m venv --clear" not in planned()
    os.utime(ran.site / "engine.txt", (2**32, 2**32))
    assert "-m venv --clear" in planned()


@pytest.mark.builds
def test_the_page_of_the_tutorial_is_in_the_finished_site(ran: Ran) -> None:
    page = (ran.site / "site/bridge/index.html").read_text("utf-8")

    assert "may never close for high water" in page
    assert "Mary Roe" in page


@pytest.mark.parametrize(
    ("printed", "shown", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\nb\n", "a\n", False),
        ("a\nb\nc\n", "…\nc\n", True),
        ("c\n", "…\nc\n", True),
        ("a\nb\nc\n", "a\n…\n", True),
        ("a\nb\n", "…\nc\n", False),
        ("a b\n", "a …\n", False),
        ("", "", True),
        ("a\n", "", False),
    ],
)
def test_what_is_printed_is_compared_line_by_line(printed: str, shown: str, *, same: bool) -> None:
    assert said(printed, shown) is same


def test_a_change_is_made_where_its_lines_stand_once() -> None:
    text = "a: 1\nb: 2\nc: 3\n"

    assert changed(text, " a: 1\n+d: 4\n@@\n-c: 3\n+c: 5\n") == "a: 1\nd: 4\nb: 2\nc: 5\n"
    with pytest.raises(AssertionError):
        changed(text, "-e: 1\n+f: 2\n")
    with pytest.raises(AssertionError):
        changed(text + text, "-a: 1\n+f: 2\n")


def test_the_tutorial_takes_a_reader_through_every_command_of_a_first_day() -> None:
    used = {word for step in COMMANDS for word in step.command.split()}

    assert {"new", "build", "add", "find", "check", "cite", "verify", "test"} <= used
    assert {step.file for step in STEPS if step.file} >= {"mill-lane.txt", "docs/bridge.md"}
