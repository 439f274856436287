"""Files of the folder of sources: what is missing, is no file, or lies outside is refused."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from mkdocs_verbatim.sources.library import Library, read_library
from tests.support.records import SmallSite

GOOD = SmallSite(copies={"a": "We will talk."})
NO_FILE = "not a file; put the text itself there [copy-unreadable]"
LINKS_OUT = "links out of sources/; put the file itself there [copy-outside]"


def read(folder: Path) -> tuple[Library, list[str]]:
    library, problems = read_library(folder / "sources")
    return library, [str(problem) for problem in problems]


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def make_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def link_to_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path.parent / "pipe")
    path.symlink_to("pipe")


def link_out(path: Path) -> None:
    outside = path.parent.parent / f"outside-{path.name}"
    path.rename(outside)
    path.symlink_to(outside)


def link_to_nothing_outside(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.parent.parent / "nothing")


def link_through_a_folder(path: Path) -> None:
    outside = path.parent.parent / "outside"
    outside.mkdir()
    path.rename(outside / path.name)
    (path.parent / "folder").symlink_to(outside)
    path.symlink_to(Path("folder", path.name))


@pytest.mark.parametrize("name", ["a.txt", "a.yml", "people.yml"])
@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        pytest.param(make_folder, NO_FILE, id="a folder"),
        pytest.param(make_pipe, NO_FILE, id="a pipe, without waiting for it"),
        pytest.param(link_to_a_pipe, NO_FILE, id="a link to a pipe"),
        pytest.param(link_out, LINKS_OUT, id="a link out"),
        pytest.param(link_to_nothing_outside, LINKS_OUT, id="a link to nothing outside"),
        pytest.param(link_through_a_folder, LINKS_OUT, id="a link out through a folder"),
    ],
)
def test_what_is_no_file_of_the_folder_is_refused(
    tmp_path: Path, name: str, spoil: Callable[[Path], None], problem: str
) -> None:
    site = GOOD.write(tmp_path)
    spoil(site / "sources" / name)
    library, problems = read(site)

    assert f"sources/{name}:1:1: error: {problem}" in problems
    assert ("a" in library.sources) == (name == "people.yml")
    assert ("a" in library.broken) == (name != "people.yml")


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    site = GOOD.write(tmp_path)
    (site / "sources/a.txt").unlink()
    (site / "sources/a.txt").symlink_to("a.txt")
    _, problems = read(site)

    assert len(problems) == 1
    assert problems[0].startswith("sources/a.txt:1:1: error: cannot be read: ")


def test_a_link_inside_the_folder_is_a_file_of_it(tmp_path: Path) -> None:
    site = GOOD.write(tmp_path)
    (site / "sources/a.txt").rename(site / "sources/copy")
    (site / "sources/a.txt").symlink_to("copy")
    library, problems = read(site)

    assert problems == []
    assert "a" in library.sources


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("a.txt", "missing; put the file there, or remove sources/a.yml [copy-missing]"),
        (
            "a.yml",
            "no record beside this copy; write sources/a.yml, or add it again [record-incomplete]",
        ),
    ],
)
def test_a_copy_and_its_record_stand_side_by_side(tmp_path: Path, name: str, problem: str) -> None:
    site = GOOD.write(tmp_path)
    (site / "sources" / name).unlink()
    library, problems = read(site)

    assert problems == [f"sources/a.txt:1:1: error: {problem}"]
    assert not library.sources
