"""Bad input: one clear line, exit status 1, no traceback, nothing written over."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
import yaml

from tests.support import sites

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "cli" / "bad-input.yml").read_text("utf-8")
)
COPY = "sources/opinion-2016.txt"
RECORD = "sources/opinion-2016.yml"
FORM = re.compile(r"[^\s:]+:\d+:\d+: error: \S.*[^.!] \[[a-z-]+\]")
SUMMARY = re.compile(r"\d+ quotations? and \d+ citations? checked, \d+ problems?")


def _changed(case: dict[str, Any], folder: Path) -> Path:
    site = sites.real_site(folder / "site")
    old, new = case["change"]
    text = (site / case["file"]).read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {case['file']}"
    sites.put(site / case["file"], text.replace(old, new))
    return site


def _refused(site: Path, run: Callable[[Path], CompletedProcess[str]]) -> str:
    """Return what *run* says of *site*; it must fail, and leave every file as it was."""
    before = sites.tree(site)
    result = run(site)
    assert result.returncode == 1, result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    assert sites.tree(site) == before
    return result.stderr


def _check(site: Path) -> CompletedProcess[str]:
    return sites.run("verbatim", "check", cwd=site)


def _check_here(site: Path) -> CompletedProcess[str]:
    return sites.verbatim("check", cwd=site)


def _build(site: Path) -> CompletedProcess[str]:
    return sites.run("mkdocs", "build", "-q", "--no-strict", "-d", "../built", cwd=site)


def _lines(said: str) -> list[str]:
    """Return the lines of *said* about what is wrong, each in the form that editors read."""
    *lines, summary = said.splitlines()
    assert SUMMARY.fullmatch(summary), summary
    assert [line for line in lines if not FORM.fullmatch(line)] == []
    return lines


def _about(case: dict[str, Any], line: str) -> bool:
    return line == case["line"] if "line" in case else bool(re.fullmatch(case["like"], line))


@pytest.mark.parametrize("title", CASES)
def test_check_says_in_one_line(title: str, tmp_path: Path) -> None:
    case = CASES[title]

    lines = _lines(_refused(_changed(case, tmp_path), _check_here))
    # What rests on a broken source is another test's.
    own = lines if case["file"].startswith("docs/") else [ln for ln in lines if case["file"] in ln]
    assert [_about(case, line) for line in own] == [True], lines


@pytest.mark.builds
@pytest.mark.parametrize("title", [title for title, case in CASES.items() if case.get("build")])
def test_a_quiet_build_that_is_not_strict_fails_too(title: str, tmp_path: Path) -> None:
    site = _changed(CASES[title], tmp_path)

    assert CASES[title]["line"] in _refused(site, _check).splitlines()
    assert CASES[title]["line"] in _refused(site, _build)
    assert not (tmp_path / "built" / "index.html").exists()


def _missing(site: Path) -> str:
    (site / COPY).unlink()
    return rf"{COPY}:1:1: error: missing; .* {RECORD} \[copy-missing\]"


def _other_bytes(site: Path) -> str:
    recorded = (site / COPY).read_bytes()
    found = recorded + b"\n"
    sites.put(site / COPY, found)
    return (
        rf"{RECORD}:\d+:1: error: {COPY} is not the copy that was recorded: "
        rf"sha256 {sites.sha256(found)}, recorded {sites.sha256(recorded)}; .* \[source-changed\]"
    )


def _not_utf8(site: Path) -> str:
    content = (site / COPY).read_bytes()
    sites.put(site / COPY, content.replace(b"James Foley", b"James Fol\xe9y"))
    sites.renew_hash(site, "opinion-2016")
    return rf"{COPY}:7:\d+: error: not UTF-8: byte 0xe9 at offset \d+; .* \[copy-unreadable\]"


def _links_out(site: Path) -> str:
    (site / COPY).rename(site.parent / "outside.txt")
    (site / COPY).symlink_to(site.parent / "outside.txt")
    return rf"{COPY}:1:1: error: links out of sources/; .* \[copy-outside\]"


def _record_links_out(site: Path) -> str:
    (site / RECORD).rename(site.parent / "outside.yml")
    (site / RECORD).symlink_to("../../outside.yml")
    return rf"{RECORD}:1:1: error: links out of sources/; .* \[copy-outside\]"


def _pipe(site: Path) -> str:
    (site / COPY).unlink()
    os.mkfifo(site / COPY)
    return rf"{COPY}:1:1: error: not a file; .* \[copy-unreadable\]"


def _null(site: Path) -> str:
    content = (site / COPY).read_bytes()
    sites.put(site / COPY, content.replace(b"James Foley", b"James\0Foley"))
    sites.renew_hash(site, "opinion-2016")
    return rf"{COPY}:7:\d+: error: U\+0000 at line 7: .* \[copy-unreadable\]"


def _turned(site: Path) -> str:
    content = (site / COPY).read_bytes()
    sites.put(site / COPY, content.replace(b"James Foley", "James \u202eFoley".encode()))
    sites.renew_hash(site, "opinion-2016")
    return rf"{COPY}:7:\d+: error: U\+202E at line 7: .* \[copy-unreadable\]"


def _broken_record(site: Path) -> str:
    sites.put(site / RECORD, "reference: [\n")
    return rf"{RECORD}:\d+:\d+: error: not YAML: .* \[record-invalid\]"


def _broken_people(site: Path) -> str:
    sites.put(site / "sources/people.yml", "- id: [\n")
    return r"sources/people\.yml:\d+:\d+: error: not YAML: .* \[record-invalid\]"


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(_missing, id="a missing copy"),
        pytest.param(_other_bytes, id="a wrong hash"),
        pytest.param(_not_utf8, id="bytes that are not UTF-8"),
        pytest.param(_links_out, id="a copy that links out"),
        pytest.param(_record_links_out, id="a record that links out"),
        pytest.param(_pipe, id="a pipe"),
        pytest.param(_null, id="NUL"),
        pytest.param(_turned, id="a mark that turns the reading direction"),
    ],
)
def test_check_says_in_one_line_of_a_source(spoil: Callable[[Path], str], tmp_path: Path) -> None:
    site = sites.real_site(tmp_path / "site")
    wanted = spoil(site)

    lines = _lines(_refused(site, _check))
    assert len([line for line in lines if re.fullmatch(wanted, line)]) == 1, lines


@pytest.mark.parametrize("spoil", [_missing, _broken_record, _broken_people])
def test_what_rests_on_a_broken_source_is_not_said_too(
    spoil: Callable[[Path], str], tmp_path: Path
) -> None:
    site = sites.real_site(tmp_path / "site")
    wanted = spoil(site)

    lines = _lines(_refused(site, _check))
    assert [line for line in lines if not re.fullmatch(wanted, line)] == []


@pytest.mark.builds
def test_a_page_that_is_not_utf_8_fails_in_check_and_in_the_build(tmp_path: Path) -> None:
    site = sites.real_site(tmp_path / "site")
    page = site / "docs" / "remark.md"
    sites.put(page, page.read_bytes().replace(b"Corbyn", b"C\xf6rbyn", 1))
    wanted = r"docs/remark\.md:\d+:\d+: error: not UTF-8.* \[page-unreadable\]"

    assert [line for line in _lines(_refused(site, _check)) if re.fullmatch(wanted, line)]
    assert re.search(wanted, _refused(site, _build))


def test_brackets_in_a_page_do_not_hold_up_the_search_for_a_place(tmp_path: Path) -> None:
    site = sites.real_site(tmp_path / "site")
    page = site / "docs" / "remark.md"
    text = page.read_bytes().replace(b"absolutely no nego", b"absolutely nego")
    sites.put(page, text + b"\nThere " + b"[ ] " * 40 + b"it is [@rt-2016].\n")

    # Half a second; if each pair of brackets doubled it, no time would do.
    result = sites.run("verbatim", "check", cwd=site, timeout=30)
    (line,) = _lines(result.stderr)
    assert line.startswith("docs/remark.md:42:3: error: not in 'rt-2016' word for word: ")


def test_the_site_as_it_is_passes(tmp_path: Path) -> None:
    site = sites.real_site(tmp_path / "site")
    before = sites.tree(site)

    result = _check(site)
    assert (result.returncode, result.stderr) == (0, "")
    assert re.fullmatch(r"\d+ quotations and \d+ citations checked, 0 problems\n", result.stdout)
    assert sites.tree(site) == before
