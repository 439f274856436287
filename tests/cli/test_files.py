"""Files that cannot be read, named or written: one line each in every command, nothing left out."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from mkdocs_verbatim.authoring import reference_lock
from mkdocs_verbatim.cli import publish
from tests.support import sites

UNDECODABLE = pytest.mark.skipif(sys.platform != "linux", reason="its names are bytes")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return sites.SmallSite(
        pages={"index.md": "“No talks” [@a].\n", "data/more.md": "“No talks” [@a].\n"},
        copies={"a": "No talks."},
    ).write(tmp_path / "site")


def refuse(*_: object) -> NoReturn:
    raise PermissionError(13, "Permission denied", "somewhere")


def closed(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let nobody look into the folder *name*: a mode would not keep root out."""
    scan = os.scandir

    def scandir(path: str | Path = ".") -> object:
        return refuse() if Path(path).name == name else scan(str(path))

    monkeypatch.setattr(os, "scandir", scandir)


@pytest.mark.parametrize("name", ["data", "docs"])
@pytest.mark.parametrize("command", ["check", "publish", "pages"])
def test_a_folder_that_cannot_be_opened_is_not_left_out(
    command: str, name: str, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed(monkeypatch, name)
    before = sites.tree(site)
    arguments = (command, "docs") if command == "pages" else (command,)
    done = sites.verbatim(*arguments, cwd=site)
    path = "docs" if name == "docs" else f"docs/{name}"

    assert done.returncode == 1
    assert f"{path}:1:1: error: cannot be opened; let it be read, or take it away" in done.stderr
    assert sites.tree(site) == before


@UNDECODABLE
@pytest.mark.parametrize("command", ["check", "publish", "pages"])
def test_a_name_that_is_no_address_is_told_by_every_command(command: str, site: Path) -> None:
    (site / "docs" / os.fsdecode(b"caf\xe9.md")).write_text("A page.\n", "utf-8")
    arguments = (command, "docs") if command == "pages" else (command,)
    done = sites.verbatim(*arguments, cwd=site)

    assert done.returncode == 1
    assert (
        "docs/caf\\udce9.md:1:1: error: the name is not UTF-8, and so no address; rename it "
        "[link-outside]\n"
    ) in done.stderr


def test_a_list_that_cannot_be_written_is_one_line(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish, "replace_file", refuse)
    done = sites.verbatim("publish", cwd=site)

    assert done.returncode == 2
    assert done.stderr == "Error: cannot write docs/data/published.txt: Permission denied\n"


def test_a_record_that_cannot_be_written_is_one_line(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reference_lock, "replace_file", refuse)
    monkeypatch.setattr(reference_lock, "formatted", lambda *_: {}, raising=False)
    done = sites.verbatim("cite", cwd=site)

    assert done.returncode in {1, 2}
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("phrase", ["", "   ", "“…”", "—"])
def test_to_find_nothing_is_wrong_use(phrase: str, site: Path) -> None:
    done = sites.verbatim("find", phrase, cwd=site)

    assert done.returncode == 2
    assert "Invalid value for PHRASE: it holds no words\n" in done.stderr


def test_a_long_phrase_is_not_repeated_whole(site: Path) -> None:
    done = sites.verbatim("find", "xyz" * 10_000, cwd=site)

    assert done.returncode == 1
    assert len(done.stderr) < 200


@pytest.mark.parametrize("address", ["https://jane:secret@example.org/x", "git+ssh://a:b@c/d"])
def test_a_password_is_not_written_into_a_site(address: str, tmp_path: Path) -> None:
    done = sites.verbatim("new", "bridges", "--engine", address, cwd=tmp_path)

    assert done.returncode == 2
    assert done.stderr == (
        "Error: a password in the address would be written into the site; take it out\n"
    )
    assert not (tmp_path / "bridges").exists()


@pytest.mark.parametrize("address", ["git+ssh://git@example.org/x.git", "https://example.org/x@1"])
def test_an_address_without_a_password_is_taken(address: str, tmp_path: Path) -> None:
    assert sites.verbatim("new", "a b", "--engine", address, cwd=tmp_path).stdout.endswith(
        "next: cd 'a b' && make build\n"
    )


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        (
            "extra:\n  verbatm: {}\n",
            "3: error: unknown key 'verbatm' in 'extra'; did you mean 'verbatim'?",
        ),
        ("extra:\n  verbatim: []\n", "3: error: 'extra.verbatim' must be a mapping of settings"),
        (
            "extra:\n  verbatim:\n    owner:\n      runby: Me\n",
            "5: error: unknown key 'runby' in 'extra.verbatim.owner'; did you mean 'run_by'?",
        ),
        (
            "extra:\n  verbatim:\n    rules:\n      no-rule: off\n",
            "5: error: no rule 'no-rule'; the page of rules lists all",
        ),
        ("markdown_extensions:\n  - toc\n  - nope\n", "4: error: the Markdown extensions cannot"),
        ("extra:\n  a: [\n", "4: error: not YAML: while parsing a flow node did not find"),
    ],
    ids=["misspelt", "list", "owner", "rule", "extension", "YAML"],
)
def test_a_wrong_setting_is_told_at_its_place(settings: str, line: str, site: Path) -> None:
    sites.put(site / "mkdocs.yml", f"site_name: a\n{settings}")
    done = sites.verbatim("check", cwd=site)
    row, _, message = line.partition(": ")
    told = [x for x in done.stderr.splitlines() if x.startswith("mkdocs.yml:")]

    assert done.returncode == 1
    assert len(told) == 1
    assert message in told[0]
    assert told[0].split(":")[1] == row
