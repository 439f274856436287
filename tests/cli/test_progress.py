"""The bar of a long check: on a terminal that somebody looks at, and nowhere else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.support import sites

AT_ONCE = "from mkdocs_verbatim.cli import progress; progress.WAIT = 0"
NEVER = "from mkdocs_verbatim.cli import progress; progress.WAIT = 1e9"
TWO = "from mkdocs_verbatim.build import workers; workers.LEAST_PAGES = 1"
BAR = re.compile(r"(reading records|reading copies|checking pages)  \[[#-]{36}\]")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pages = {f"{n:02}.md": "He said “ends” [@a].\n" for n in range(40)}
    pages["40.md"] = "Nobody has said of whom all of this is.\n"
    return sites.SmallSite(pages=pages, copies={"a": "Of ends.", "b": "More."}).write(
        tmp_path_factory.mktemp("progress") / "site"
    )


def seen(
    site: Path, *arguments: str, before: str = AT_ONCE, piped: bool = False, **more: str
) -> tuple[str, str]:
    """Return what a terminal shows of a command, and what its output says if that is *piped*."""
    code = f"{before}\nfrom mkdocs_verbatim.cli.main import main\nmain(prog_name='verbatim')"
    return sites.on_a_terminal("python", "-c", code, *arguments, cwd=site, piped=piped, **more)


@pytest.mark.parametrize("before", [AT_ONCE, f"{AT_ONCE}\n{TWO}"], ids=["one", "several"])
def test_a_long_check_shows_how_far_it_is(before: str, site: Path) -> None:
    said, _ = seen(site, "check", "--jobs", "2", before=before)
    bars = [line for line in re.split(r"[\r\n]+", said) if BAR.search(line)]

    assert {match[1] for line in bars if (match := BAR.search(line))} == {
        "reading records",
        "reading copies",
        "checking pages",
    }
    assert "100%" in bars[-1]
    assert len([line for line in bars if "checking pages" in line]) > 2
    # The cursor is hidden while a bar is drawn, and comes back; the report begins a line.
    assert said.rfind("\x1b[?25h") > said.rfind("\x1b[?25l")
    assert re.search(r"^40 quotations and 0 citations checked", said, re.MULTILINE)


def test_a_merge_shows_it_too(site: Path, tmp_path: Path) -> None:
    part = str(tmp_path / "part.json")
    sites.run("verbatim", "check", "--shard", "1/1", "--out", part, cwd=site)
    said, _ = seen(site, "merge", part)

    assert "reading copies" in said


def test_a_short_check_shows_nothing(site: Path) -> None:
    assert not BAR.search(seen(site, "check", before=NEVER)[0])


@pytest.mark.parametrize("name", ["CI", "TERM"])
def test_where_nobody_looks_nothing_is_drawn(name: str, site: Path) -> None:
    value = "true" if name == "CI" else "dumb"
    more = {"CI": "", "TERM": "xterm", name: value}
    code = f"import os; os.environ.update({more!r})\n{AT_ONCE}"

    assert not BAR.search(seen(site, "check", before=code)[0])


def test_no_bar_stands_where_errors_are_kept(site: Path) -> None:
    code = f"{AT_ONCE}\nfrom mkdocs_verbatim.cli.main import main\nmain(prog_name='verbatim')"
    done = sites.run("python", "-c", code, "check", cwd=site)

    assert not BAR.search(done.stdout + done.stderr)
    assert "checking pages" not in done.stdout + done.stderr


def test_a_document_in_a_pipe_holds_no_bar(site: Path) -> None:
    said, document = seen(site, "check", "--format", "json", piped=True)

    assert BAR.search(said)
    assert json.loads(document)["counts"]["pages"] == 41


def test_annotations_in_a_pipe_hold_no_bar(site: Path) -> None:
    said, lines = seen(site, "check", "--format", "github", piped=True)

    assert BAR.search(said)
    assert not re.search(r"[#-]{36}|\x1b", lines)
    assert "::warning file=docs/40.md" in lines
