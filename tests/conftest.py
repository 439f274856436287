"""What several test files need once a run: the real site, built."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import real_site, run


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished real site, built strictly."""
    folder = real_site(tmp_path_factory.mktemp("built"))
    done = run("mkdocs", "build", "--strict", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "site"
