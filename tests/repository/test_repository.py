"""What stands beside the code: citation, forms, hooks, locks; each as its readers expect it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from tests.support.records import ROOT
from tests.support.sites import environment

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
FORM = ROOT / ".github" / "ISSUE_TEMPLATE" / "report-an-error.yml"

CITATION_KEYS = frozenset(
    "cff-version message title abstract type version license authors keywords".split()
)
"""Those of the Citation File Format 1.2.0 that we use; the first three and authors are required."""

FIELDS = {
    "markdown": {"value"},
    "input": {"label", "description", "placeholder", "value"},
    "textarea": {"label", "description", "placeholder", "value", "render"},
    "dropdown": {"label", "description", "options", "multiple", "default"},
}
"""The kinds of fields of GitHub's forms that we use, and what each may say of itself."""


def _read(path: Path) -> object:
    return yaml.safe_load(path.read_text("utf-8"))


def test_the_citation_is_one_of_this_version() -> None:
    cited = _read(ROOT / "CITATION.cff")
    assert isinstance(cited, Mapping)

    assert set(cited) == CITATION_KEYS
    assert cited["cff-version"] == "1.2.0"
    assert cited["type"] == "software"
    assert (cited["version"], cited["license"]) == (PROJECT["version"], PROJECT["license"])
    assert cited["authors"] == [{"name": "The maintainers of this site"}]
    assert all(isinstance(word, str) for word in cited["keywords"])


def test_the_form_asks_for_what_a_correction_needs() -> None:
    form = _read(FORM)
    assert isinstance(form, Mapping)
    fields = form["body"]
    ids = [field["id"] for field in fields if field["type"] != "markdown"]

    assert form["name"] == "Report an error in a quotation"
    assert set(form) <= {"name", "description", "title", "labels", "body"}
    assert ids[:4] == ["page", "quotation", "source", "where"]
    assert len(set(ids)) == len(ids)
    for field in fields:
        assert set(field) <= {"type", "id", "attributes", "validations"}
        assert set(field["attributes"]) <= FIELDS[field["type"]]
        assert re.fullmatch(r"[a-z-]+", field.get("id", "text"))
        assert field["type"] == "markdown" or field["attributes"]["label"]
        assert set(field.get("validations", {})) <= {"required"}
    required = [field["id"] for field in fields if field.get("validations", {}).get("required")]
    assert required[:4] == ids[:4]


def test_other_reports_are_possible_too() -> None:
    assert _read(FORM.parent / "config.yml") == {"blank_issues_enabled": True}


def test_the_security_policy_names_the_form_and_a_private_way() -> None:
    text = (ROOT / "SECURITY.md").read_text("utf-8")

    assert f"*{yaml.safe_load(FORM.read_text('utf-8'))['name']}*" in text
    assert "Report a vulnerability" in text


def _hooks(path: Path) -> list[Mapping[str, object]]:
    data = _read(path)
    if isinstance(data, Mapping):
        (data,) = data["repos"]
        assert data["repo"] == "local"
        data = data["hooks"]
    assert isinstance(data, list)
    return data


def test_a_commit_is_checked_by_all_that_is_quick() -> None:
    own = _hooks(ROOT / ".pre-commit-config.yaml")
    offered = _hooks(ROOT / ".pre-commit-hooks.yaml")

    assert [hook["id"] for hook in own] == ["ruff-format", "ruff-check", "mypy", "verbatim-check"]
    assert [hook["id"] for hook in offered] == ["verbatim-check"]
    assert offered[0]["additional_dependencies"] == [".[site]"]
    assert "site" in PROJECT["optional-dependencies"]


@pytest.mark.parametrize("hook", [".pre-commit-config.yaml", ".pre-commit-hooks.yaml"])
def test_a_hooks_command_exists(hook: str) -> None:
    for each in _hooks(ROOT / hook):
        program, *words = [*str(each["entry"]).split(), *each.get("args", [])]  # type: ignore[misc]
        path = Path(sys.executable).parent / program.removeprefix(".venv/bin/")
        done = subprocess.run(
            [path, *words, "--help"], env=environment(), capture_output=True, check=False
        )

        assert done.returncode == 0, (each["id"], done.stderr)


@pytest.mark.parametrize(
    "changed", ["docs/remark.md", "sources/rt-2016.yml", "mkdocs.yml", "content-rules.yml"]
)
def test_what_a_quotation_rests_on_is_checked_when_it_changes(changed: str) -> None:
    for path in (".pre-commit-config.yaml", ".pre-commit-hooks.yaml"):
        hook = _hooks(ROOT / path)[-1]

        assert re.search(str(hook["files"]), changed)
        assert not re.search(str(hook["files"]), "README.md")


def test_the_configuration_of_the_site_is_short() -> None:
    assert len((ROOT / "mkdocs.yml").read_text("utf-8").splitlines()) <= 120


def test_updates_wait_some_days_and_come_together() -> None:
    data = _read(ROOT / ".github" / "dependabot.yml")
    assert isinstance(data, Mapping)

    assert [each["package-ecosystem"] for each in data["updates"]] == ["github-actions", "pip"]
    for each in data["updates"]:
        assert each["cooldown"]["default-days"] >= 7
        assert len(each["groups"]) == 1


@pytest.mark.parametrize("lock", ["requirements.txt", ".github/audit.txt"])
def test_a_lock_has_hashes_and_names_no_index(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    names = re.findall(r"(?m)^\w", text)
    pins = re.findall(r"(?m)^[\w.-]+==\S+(?: ;[^\\]*)? \\\n +--hash=sha256:[0-9a-f]{64}", text)

    assert len(pins) == len(names) > 20
    assert "://" not in text


def test_every_folder_of_tests_is_looked_into(pytestconfig: pytest.Config) -> None:
    folders = {path.parent.relative_to(ROOT) for path in (ROOT / "tests").rglob("test_*.py")}
    passed_over = pytestconfig.getini("norecursedirs")

    assert len(folders) >= 15
    assert [
        folder
        for folder in folders
        for name in folder.parts
        if any(fnmatch(name, pattern) for pattern in passed_over)
    ] == []
