"""Text files: their text, or one problem that says why there is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mkdocs_verbatim.problem import ProblemError
from mkdocs_verbatim.sources.text_file import read_text_file, text_file_if_there

Read = Callable[[Path], str | None]


def read(path: Path) -> str:
    return read_text_file(path, shown="a/b.txt", rule="page-unreadable", remedy="save it as UTF-8")


def read_if_there(path: Path) -> str | None:
    return text_file_if_there(path, shown="a/b.txt", rule="page-unreadable")


def refused(path: Path, read: Read) -> str:
    with pytest.raises(ProblemError) as caught:
        read(path)
    return str(caught.value.problem)


@pytest.mark.parametrize("read", [read, read_if_there])
def test_a_text_is_read_as_it_is(tmp_path: Path, read: Read) -> None:
    (tmp_path / "b.txt").write_bytes("\ufeffé\r\nb".encode())

    assert read(tmp_path / "b.txt") == "\ufeffé\r\nb"


def test_what_is_not_utf8_says_so_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(b"\xe9")

    said = "a/b.txt:1:1: error: cannot be read: not UTF-8"
    assert refused(tmp_path / "b.txt", read) == f"{said}; save it as UTF-8 [page-unreadable]"
    assert refused(tmp_path / "b.txt", read_if_there) == f"{said} [page-unreadable]"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("", "Is a directory", id="a folder"),
        pytest.param("no/b.txt", "No such file or directory", id="absent"),
        pytest.param("a\0b", "embedded null byte", id="a name with NUL"),
    ],
)
def test_the_reason_is_that_of_the_system(tmp_path: Path, name: str, reason: str) -> None:
    said = f"a/b.txt:1:1: error: cannot be read: {reason}; save it as UTF-8 [page-unreadable]"
    assert refused(tmp_path / name, read) == said


def test_a_file_that_may_be_absent_is_none_and_a_folder_is_not(tmp_path: Path) -> None:
    assert read_if_there(tmp_path / "no" / "b.txt") is None
    assert refused(tmp_path, read_if_there).endswith("Is a directory [page-unreadable]")
