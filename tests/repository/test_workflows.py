"""Workflows: least rights, pinned actions, nothing from a pull request deployed, only site/ out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from mkdocs_verbatim.authoring.new_site import STARTER
from tests.support.records import ROOT

FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))
NEW = sorted(STARTER.glob(".github/workflows/*.yml"))
"""Those that a new site begins with."""

PAGES = (FOLDER / "pages.yml").read_text("utf-8")

PINNED = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
READ = {"contents": "read"}
DEPLOY = {"pages": "write", "id-token": "write"}
ATTEST = {"attestations": "write", "id-token": "write"}
RUNS_ONE_ACTION = (("actions/deploy-pages", DEPLOY), ("actions/attest-build-provenance", ATTEST))
"""Actions that need more rights than to read, each alone in a job that runs no other code."""

TRIGGERS = {"push", "pull_request", "schedule", "workflow_dispatch"}
"""None that runs a stranger's code with the rights of this repository."""

ON_MAIN = "github.event_name != 'pull_request' && github.ref == 'refs/heads/main'"
UPLOADS = ("actions/upload-artifact", "actions/upload-pages-artifact")
COMMAND = re.compile(
    r"make (?:test|build|lock|audit|measure SEED=\$GITHUB_RUN_NUMBER)"
    r"|echo \"sha256=\$\(sha256sum < site/site\.sha256 \| cut -c -64\)\" >> \"\$GITHUB_OUTPUT\""
)
"""What a step may run: the Makefile installs by hash."""

Mapped = Mapping[str, object]


def _mapping(value: object) -> Mapped:
    assert isinstance(value, Mapping), value
    return value


def _steps(job: Mapped) -> list[Mapped]:
    steps = job.get("steps")
    assert isinstance(steps, list)
    return [_mapping(step) for step in steps]


def faults(text: str) -> list[str]:
    """Return what in the workflow *text* is against the rules."""
    # Scalars stay as they are written: `on` is a word, not true.
    workflow = _mapping(yaml.load(text, yaml.BaseLoader))
    found = [f"not pinned: {line}" for line in _uses(text) if not PINNED.fullmatch(line)]
    found += [f"trigger {name}" for name in _mapping(workflow["on"]) if name not in TRIGGERS]
    if workflow.get("permissions") != READ:
        found.append("more than the right to read")
    if "concurrency" not in workflow:
        found.append("runs side by side")
    for name, job in _mapping(workflow["jobs"]).items():
        found += [f"{name}: {fault}" for fault in _job(_mapping(job))]
    return found


def _uses(text: str) -> list[str]:
    return [line.strip().removeprefix("- ") for line in text.splitlines() if "uses:" in line]


def _job(job: Mapped) -> Iterator[str]:
    if "timeout-minutes" not in job:
        yield "may run for hours"
    rights = job.get("permissions")
    if rights not in (READ, DEPLOY, ATTEST):
        yield "rights"
    if rights != READ and not str(job.get("if")).startswith(ON_MAIN):
        yield "deploys what is not on main"
    if rights == DEPLOY and "environment" not in job:
        yield "deploys without an environment, which main alone may use"
    for step in _steps(job):
        yield from _step(step)
        action = str(step.get("uses", "")).partition("@")[0]
        if any((rights == needed) != (action == name) for name, needed in RUNS_ONE_ACTION):
            yield "only deploying has the right to deploy, and does nothing else"


def _step(step: Mapped) -> Iterator[str]:
    action = str(step.get("uses", "")).partition("@")[0]
    options = _mapping(step.get("with", {}))
    if action == "actions/checkout" and options.get("persist-credentials") != "false":
        yield "leaves credentials behind"
    if action == "actions/cache" or "cache" in options:
        yield "caches"
    if action in UPLOADS and options.get("path") != "site/":
        yield "publishes more than site/"
    if action == UPLOADS[1] and step.get("if") != ON_MAIN:
        yield "hands over what is not on main"
    if "run" in step and not COMMAND.fullmatch(str(step["run"])):
        yield f"runs {step['run']!r}"
    if "secrets." in str(step):
        yield "uses a secret"


@pytest.mark.parametrize("path", [*WORKFLOWS, *NEW], ids=lambda path: path.stem)
def test_a_workflow_keeps_to_the_rules(path: Path) -> None:
    assert faults(path.read_text("utf-8")) == []


def test_the_workflows_are_there_and_one_deploys() -> None:
    assert [path.stem for path in WORKFLOWS] == ["pages", "weekly"]
    assert [path.stem for path in NEW] == ["pages"]
    for paths in (WORKFLOWS, NEW):
        assert sum("id-token: write" in path.read_text("utf-8") for path in paths) == 1
        jobs = yaml.safe_load(paths[0].read_text("utf-8"))["jobs"]
        assert [*jobs] == ["build", "attest", "deploy"]


def test_an_action_has_one_pin_everywhere() -> None:
    pins = {line for path in (*WORKFLOWS, *NEW) for line in _uses(path.read_text("utf-8"))}

    assert len({pin.partition("@")[0] for pin in pins}) == len(pins)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("@9c091bb21b7c1c1d1991bb908d89e4e9dddfe3e0 # v7.0.0", "@v7", "not pinned"),
        (" # v7.0.0", "", "not pinned"),
        ("  pull_request:", "  pull_request_target:", "trigger pull_request_target"),
        ("permissions:\n  contents: read\n\n", "", "more than the right to read"),
        ("\npermissions:\n  contents: read\n", "\npermissions: write-all\n", "more than the right"),
        ("    permissions:\n      contents: read\n    outputs", "    outputs", "build: rights"),
        (
            "      contents: read\n    outputs",
            "      contents: write\n    outputs",
            "build: rights",
        ),
        ("    needs: build\n    if: github", "    needs: build\n    unless: github", "not on main"),
        (
            "    needs: build\n    if: github.event_name != 'pull_request' && ",
            "    if: ",
            "not on main",
        ),
        ("      attestations: write", "      contents: write\n      attestations: write", "rights"),
        ("      attestations: write", "      pages: write", "nothing else"),
        ("sha256sum < site/site.sha256", "cat site/x", "runs 'echo"),
        ("deployment\n        if: github", "deployment\n        unless: github", "hands over"),
        ("          path: site/\n\n", "          path: .\n\n", "publishes more than site/"),
        ("path: site/\n          if", "path: sources/\n          if", "publishes more than site/"),
        ("persist-credentials: false", "persist-credentials: true", "credentials"),
        ('python-version: "3.11"', 'python-version: "3.11"\n          cache: pip', "caches"),
        ("run: make test", "run: pip install mkdocs && make test", "runs 'pip install"),
        ("run: make test", "run: make test TITLE=${{ github.event.pull_request.title }}", "runs"),
        ("    timeout-minutes: 30\n", "", "may run for hours"),
        ("concurrency:\n", "ignored:\n", "side by side"),
        (
            "    steps:\n      - id: deployment",
            "    steps:\n      - run: make test\n      - id: d",
            "else",
        ),
        ("run: make build", "run: make build\n        env: {A: '${{ secrets.A }}'}", "secret"),
    ],
)
def test_a_workflow_against_the_rules_is_found(old: str, new: str, fault: str) -> None:
    assert old in PAGES

    assert any(fault in found for found in faults(PAGES.replace(old, new, 1)))


def test_all_that_is_installed_is_installed_by_hash() -> None:
    text = re.sub(r"\\\n\s*", "", (ROOT / "Makefile").read_text("utf-8"))
    commands = [line.strip() for line in text.splitlines() if "pip install" in line]
    assert len(commands) >= 4
    for command in commands:
        assert "--require-hashes" in command or "--no-deps --no-build-isolation" in command
