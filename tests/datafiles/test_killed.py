"""A command that is killed at any step leaves each file old or new, and tells what is left over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mkdocs_verbatim.sources.library import read_library
from tests.support import sites

pytestmark = pytest.mark.builds

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/fd").is_dir(), reason="reads what a process has open from /proc"
)

TEXT = "Talks and war\n\nBy Jane Doe\n\nWe will talk to anybody, at any time, at any table.\n"
LEFT = re.compile(r"\.[\w.-]+\.unfinished")
PUBLISHED = "docs/data/published.txt"
ADD = ("add", "../new.txt", "--key", "new")


def killed(folder: Path, *arguments: str) -> tuple[dict[str, str], Path, list[Path]]:
    """Return a site's files before a command, the site after it, and those where it was killed."""
    pages = {"index.md": "“No talks” [@a].\n", "data/published.txt": "# None yet\n"}
    site = sites.SmallSite(pages=pages, copies={"a": "No talks.", "b": "War."}).write(
        folder / "site"
    )
    sites.put(folder / "new.txt", TEXT)
    before = sites.tree(site)
    done = sites.run(
        "python",
        "-m",
        "tests.support.kill_at_each_write",
        site,
        *arguments,
        cwd=sites.ROOT,
        PYTHONDONTWRITEBYTECODE="1",
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    number = int(done.stdout.splitlines()[-1])
    return before, site, [folder / f"site-{n}" for n in range(1, number + 1)]


def whole(site: Path) -> dict[str, str]:
    """Return the files of *site* less what is named as unfinished."""
    return {name: at for name, at in sites.tree(site).items() if not LEFT.fullmatch(_name(name))}


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def left(site: Path) -> list[str]:
    """Return the names of what is unfinished."""
    return [name for name in sites.tree(site) if LEFT.fullmatch(_name(name))]


@pytest.mark.parametrize(
    ("arguments", "changed"),
    [
        pytest.param(ADD, {"sources/new.txt", "sources/new.yml"}, id="add"),
        pytest.param(("cite",), {"sources/a.yml", "sources/b.yml"}, id="cite"),
        pytest.param(("publish",), {PUBLISHED}, id="publish"),
    ],
)
def test_a_killed_command_leaves_whole_files_and_goes_on(
    arguments: tuple[str, ...], changed: set[str], tmp_path: Path
) -> None:
    before, site, stopped = killed(tmp_path, *arguments)
    after = sites.tree(site)

    assert {name for name in after if after[name] != before.get(name)} == changed
    assert len(stopped) >= 5 * len(changed)
    assert any(left(copy) for copy in stopped)
    for copy in stopped:
        for name, content in whole(copy).items():
            assert content in {before.get(name), after.get(name)}, (copy.name, name)
        assert before.keys() <= whole(copy).keys()
        said = "\n".join(sites.problems(copy))
        assert all(
            f"{name}:1:1: warning: left by a command that was stopped" in said
            for name in left(copy)
        )


def test_a_copy_whose_record_was_never_written_is_told_and_gets_one(tmp_path: Path) -> None:
    _, site, stopped = killed(tmp_path, *ADD)
    alone = [
        c for c in stopped if "sources/new.txt" in whole(c) and "sources/new.yml" not in whole(c)
    ]

    assert alone
    for copy in alone:
        _, problems = read_library(copy / "sources")
        assert "or add it again" in "\n".join(map(str, problems))
        done = sites.run("verbatim", *ADD, cwd=copy)
        assert (done.returncode, done.stderr) == (0, "")
        assert sites.tree(copy) == sites.tree(site)


def test_what_a_killed_run_left_over_goes_with_the_next(tmp_path: Path) -> None:
    _, site, stopped = killed(tmp_path, "publish")
    begun = next(copy for copy in stopped if left(copy))

    assert sites.run("verbatim", "publish", cwd=begun).returncode == 0
    assert sites.tree(begun) == sites.tree(site)


def test_a_killed_run_leaves_no_new_site_or_a_whole_one_and_goes_on(tmp_path: Path) -> None:
    _, site, stopped = killed(tmp_path, "new", "fresh")
    made = sites.tree(site / "fresh")
    begun = [copy for copy in stopped if not (copy / "fresh").exists()]

    assert begun
    for copy in stopped:
        assert copy in begun or sites.tree(copy / "fresh") == made, copy.name
    half = max(begun, key=lambda copy: len(sites.tree(copy)))
    assert any(LEFT.fullmatch(path.name) for path in half.iterdir())
    assert sites.run("verbatim", "new", "fresh", cwd=half).returncode == 0
    assert sites.tree(half) == sites.tree(site)


def test_another_text_is_not_taken_for_the_copy_that_is_there(tmp_path: Path) -> None:
    _, _, stopped = killed(tmp_path, *ADD)
    copy = next(copy for copy in stopped if "sources/new.txt" in whole(copy))
    (copy / "sources/new.yml").unlink(missing_ok=True)
    sites.put(tmp_path / "new.txt", f"{TEXT}More.\n")
    before = whole(copy)

    assert sites.run("verbatim", *ADD, cwd=copy).returncode == 1
    assert whole(copy) == before
