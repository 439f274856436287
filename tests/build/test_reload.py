"""A preview has the engine as its files are: an edit of any module, in any folder, is noticed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import sites
from verbatim_mkdocs_reload import ReloadedPackage

NAME = "an_engine_of_tests"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[ReloadedPackage]:
    """A package with a module in a folder of its folder."""
    for name in ("__init__.py", "deep/__init__.py", "deep/deeper/__init__.py"):
        sites.put(tmp_path / NAME / name, "")
    sites.put(tmp_path / NAME / "deep/deeper/said.py", "WORD = 'one'\n")
    sites.put(tmp_path / NAME / "top.py", "from .deep.deeper.said import WORD\n")
    yield ReloadedPackage(tmp_path, NAME)
    for name in [n for n in sys.modules if n.partition(".")[0] == NAME]:
        del sys.modules[name]


def _later(path: Path) -> None:
    """Give *path* a time of its own: a file system may round."""
    now = path.stat().st_mtime_ns
    os.utime(path, ns=(now, now + 2 * 10**9))


def test_an_edit_of_a_module_in_a_folder_is_noticed(
    engine: ReloadedPackage, tmp_path: Path
) -> None:
    engine.refresh()
    first = engine.module("top")
    engine.refresh()
    again = engine.module("top")
    path = tmp_path / NAME / "deep/deeper/said.py"
    sites.put(path, "WORD = 'another'\n")
    _later(path)
    engine.refresh()

    assert first.WORD == "one"
    assert again is first
    assert engine.module("top").WORD == "another"


def test_a_new_module_is_noticed(engine: ReloadedPackage, tmp_path: Path) -> None:
    engine.refresh()
    first = engine.module("top")
    sites.put(tmp_path / NAME / "deep/more.py", "")
    engine.refresh()

    assert engine.module("top") is not first


def test_a_package_of_this_name_from_elsewhere_is_not_used(
    engine: ReloadedPackage, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    sites.put(other / NAME / "__init__.py", "")
    sites.put(other / NAME / "top.py", "WORD = 'of another'\n")
    elsewhere = ReloadedPackage(other, NAME)
    elsewhere.refresh()
    assert elsewhere.module("top").WORD == "of another"
    engine.refresh()

    assert engine.module("top").WORD == "one"
    assert str(tmp_path) not in sys.path
