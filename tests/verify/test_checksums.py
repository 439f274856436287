"""Checksums: a finished site holds the files that its build wrote, and no others."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from mkdocs_verbatim.build.checksums import write_checksums
from mkdocs_verbatim.verify.checksums import check_checksums
from mkdocs_verbatim.verify.files import read_site_files
from tests.support import sites

ODD = ("a b.html", "é.css", "two\nlines.txt", "back\\slash.txt", ".nojekyll", "deep/er/x.js")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    sites.put(folder / "index.html", "<p>Hello")
    sites.put(folder / "style.css", "p { color: red }")
    for name in ODD:
        sites.put(folder / name, name)
    write_checksums(folder)
    return folder


def _found(site: Path, kept: Path | None = None) -> list[str]:
    there = read_site_files(site)
    return [
        f"{problem.path}: {problem.message}"
        for problem in [*there.problems, *check_checksums(site, there.files, kept)]
    ]


def _append(name: str, text: str) -> Callable[[Path], None]:
    return lambda site: sites.put(site / name, (site / name).read_bytes() + text.encode())


def _put(name: str, text: str) -> Callable[[Path], None]:
    return lambda site: sites.put(site / name, text)


def _remove(name: str) -> Callable[[Path], None]:
    return lambda site: (site / name).unlink()


def _swap(site: Path) -> None:
    one, other = site / "style.css", site / "a b.html"
    texts = one.read_bytes(), other.read_bytes()
    other.write_bytes(texts[0])
    one.write_bytes(texts[1])


def _link(site: Path) -> None:
    (site / "style.css").rename(site.parent / "elsewhere.css")
    (site / "style.css").symlink_to(site.parent / "elsewhere.css")


NOT_WRITTEN = "site/style.css: is not the file that the build wrote: its SHA-256 is "


@pytest.mark.parametrize(
    ("edit", "wanted"),
    [
        pytest.param(_append("style.css", " "), [NOT_WRITTEN], id="a byte more"),
        pytest.param(_put("style.css", ""), [NOT_WRITTEN], id="emptied"),
        pytest.param(
            _put("more.js", "x"),
            ["site/more.js: is not listed in site/site.sha256: the build did not write it"],
            id="a file more",
        ),
        pytest.param(
            _put(".well-known/x", "x"), ["site/.well-known/x: is not listed in"], id="a hidden one"
        ),
        pytest.param(
            _remove("style.css"),
            ["site/style.css: is not there, but site/site.sha256 lists it"],
            id="a file less",
        ),
        pytest.param(
            _swap,
            ["site/a b.html: is not the file that the build wrote", NOT_WRITTEN],
            id="two changed about",
        ),
        pytest.param(
            _link,
            ["site/style.css: is a link, of which nothing is proven", "site/style.css: is not the"],
            id="a link in its place",
        ),
        pytest.param(
            lambda site: os.mkfifo(site / "pipe"),
            ["site/pipe: is a pipe, socket or device, of which nothing is proven"],
            id="a pipe",
        ),
        pytest.param(
            _remove("site.sha256"),
            ["site/site.sha256: is not there: nothing holds styles, scripts"],
            id="no list",
        ),
        pytest.param(
            _append("site.sha256", "x\n"),
            ["site/site.sha256: not a line of sha256sum: 64 hex digits, two spaces, a path"],
            id="a line of another form",
        ),
        pytest.param(
            _append("site.sha256", f"{'0' * 64}  ../x\n"),
            ["site/site.sha256: '../x' is no path inside the site"],
            id="a path out",
        ),
        pytest.param(
            _append("site.sha256", f"{'0' * 64}  /etc/passwd\n"),
            ["site/site.sha256: '/etc/passwd' is no path inside the site"],
            id="a path from the root",
        ),
        pytest.param(
            _append("site.sha256", f"{'0' * 64}  style.css\n"),
            ["site/site.sha256: 'style.css' is listed twice"],
            id="a file twice",
        ),
        pytest.param(
            _put("site.sha256", "\udcff".encode("utf-8", "surrogateescape").decode("latin-1")),
            ["site/site.sha256: not a line of sha256sum"],
            id="no list at all",
        ),
    ],
)
def test_finds(edit: Callable[[Path], object], wanted: list[str], site: Path) -> None:
    edit(site)
    found = _found(site)

    assert len(found) == len(wanted), found
    for line, begins in zip(sorted(found), sorted(wanted), strict=True):
        assert line.startswith(begins)


def test_says_nothing_of_a_site_as_it_was_built(site: Path) -> None:
    assert _found(site) == []


def test_says_nothing_of_what_git_keeps_beside_a_site(site: Path) -> None:
    sites.put(site / ".git" / "HEAD", "ref: refs/heads/gh-pages")

    assert _found(site) == []


def test_a_second_list_is_the_first(site: Path) -> None:
    first = (site / "site.sha256").read_bytes()
    write_checksums(site)

    assert (site / "site.sha256").read_bytes() == first


def test_sha256sum_reads_it(site: Path) -> None:
    program = shutil.which("sha256sum")
    if program is None:
        pytest.skip("no sha256sum here")
    command = [program, "--check", "--strict", "--quiet", "site.sha256"]
    subprocess.run(command, cwd=site, check=True)

    sites.put(site / "two\nlines.txt", "other")
    assert subprocess.run(command, cwd=site, check=False, capture_output=True).returncode == 1


def test_what_sha256sum_writes_is_read(site: Path, tmp_path: Path) -> None:
    program = shutil.which("sha256sum")
    if program is None:
        pytest.skip("no sha256sum here")
    names = sorted({"index.html", "style.css", *ODD})
    kept = tmp_path / "kept.sha256"
    kept.write_bytes(subprocess.check_output([program, "--binary", *names], cwd=site))

    assert _found(site, kept) == []


def test_a_list_kept_elsewhere_finds_what_the_sites_own_hides(site: Path, tmp_path: Path) -> None:
    kept = Path(shutil.copy(site / "site.sha256", tmp_path / "kept"))
    sites.put(site / "style.css", "p { display: none }")
    write_checksums(site)

    assert _found(site) == []
    assert _found(site, kept) == [
        f"site/site.sha256: is not {kept}: one of them is of another build"
    ]
    (site / "site.sha256").unlink()
    (found,) = _found(site, kept)
    assert found.startswith(NOT_WRITTEN)


def test_a_builder_that_writes_no_list_is_known_by_all_its_pages(tmp_path: Path) -> None:
    site = tmp_path / "site"
    sites.put(site / "index.html", '<meta name="generator" content="zensical-0.0.40">')
    assert _found(site) == []

    sites.put(site / "more" / "index.html", "<p>Hello")
    (found,) = _found(site)
    assert found.startswith("site/site.sha256: is not there")
