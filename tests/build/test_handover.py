"""`verbatim pages`: the made pages as files, and nobody else's file touched."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_verbatim.build.config import read_config
from mkdocs_verbatim.build.handover import LIST, hand_over, kept, stale
from mkdocs_verbatim.build.reading import read_site
from mkdocs_verbatim.cli.main import main
from mkdocs_verbatim.problem import ProblemError
from tests.support import sites

FILES = {"rules.md": "# Rules\n", "sources/index.md": "# Sources\n", "sources/a.md": "# A\n"}
SITE = sites.SmallSite(
    pages={"page.md": "# Page\n\nAuthor A: “Ends are ends” [@a].\n"},
    copies={"a": "Ends are ends.\n"},
)
MADE = (
    "quotes.json",
    "quotes.md",
    "references.bib",
    "references.json",
    "robots.txt",
    "rules.md",
    "sources/a.md",
    "sources/index.md",
)
"""What every build makes of the small site, at least."""


def _pages(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["pages", *map(str, arguments)])


def _run(site: Path, folder: str = "docs") -> Result:
    return _pages(site / folder, "--config", site / "mkdocs.yml")


def _made(site: Path) -> dict[str, str]:
    config = read_config(site / "mkdocs.yml")
    return read_site(config).generated.complete(config.name, config.language)


def test_writes_every_file_and_lists_it_as_other_programs_can_read(tmp_path: Path) -> None:
    done = hand_over(FILES, tmp_path / "new" / "docs")

    folder = tmp_path / "new" / "docs"
    assert done.written == tuple(sorted(FILES))
    assert {path: (folder / path).read_text("utf-8") for path in FILES} == FILES
    assert kept(folder) == sorted(FILES)
    program = shutil.which("sha256sum")
    if program:
        subprocess.run([program, "--check", "--strict", LIST], cwd=folder, check=True)


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    hand_over(FILES, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    done = hand_over(FILES, tmp_path)

    assert (done.written, done.unchanged) == ((), tuple(sorted(FILES)))
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_what_somebody_else_wrote_stands(tmp_path: Path) -> None:
    sites.put(tmp_path / "rules.md", "# Our own rules\n")
    sites.put(tmp_path / "sources" / "b.md", "# Not ours\n")
    done = hand_over(FILES, tmp_path)

    assert done.others == ("rules.md",)
    assert (tmp_path / "rules.md").read_text("utf-8") == "# Our own rules\n"
    assert (tmp_path / "sources" / "b.md").read_text("utf-8") == "# Not ours\n"
    assert kept(tmp_path) == ["sources/a.md", "sources/index.md"]


def test_what_is_made_no_more_goes_unless_somebody_changed_it(tmp_path: Path) -> None:
    hand_over(FILES | {"sources/b.md": "# B\n", "sources/c.md": "# C\n"}, tmp_path)
    sites.put(tmp_path / "sources" / "c.md", "# C, changed\n")
    done = hand_over(FILES, tmp_path)

    assert done.removed == ("sources/b.md",)
    assert not (tmp_path / "sources" / "b.md").exists()
    assert (tmp_path / "sources" / "c.md").read_text("utf-8") == "# C, changed\n"


def test_what_changed_is_written_anew_unless_somebody_changed_it(tmp_path: Path) -> None:
    hand_over(FILES, tmp_path)
    sites.put(tmp_path / "sources" / "a.md", "# By hand\n")
    newer = {path: f"{text}\nMore.\n" for path, text in FILES.items()}
    done = hand_over(newer, tmp_path)

    assert done.written == ("rules.md", "sources/index.md")
    assert done.others == ("sources/a.md",)
    assert (tmp_path / "sources" / "a.md").read_text("utf-8") == "# By hand\n"


def test_an_interrupted_run_is_finished_by_the_next(tmp_path: Path) -> None:
    hand_over(FILES, tmp_path)
    # Its turn comes behind rules.md and before sources/.
    sites.put(tmp_path / "rules.new", "a file where a folder would be")
    newer = {path: f"{text}\nMore.\n" for path, text in FILES.items()}
    with pytest.raises(ProblemError):
        hand_over({"rules.new/page.md": "# New\n", **newer}, tmp_path)
    assert (tmp_path / "rules.md").read_text("utf-8") == newer["rules.md"]
    assert (tmp_path / "sources" / "a.md").read_text("utf-8") == FILES["sources/a.md"]
    (tmp_path / "rules.new").unlink()
    newest = {path: f"{text}\nMost.\n" for path, text in FILES.items()}
    done = hand_over(newest, tmp_path)

    assert done.others == ()
    assert kept(tmp_path) == sorted(FILES)
    assert (tmp_path / "rules.md").read_text("utf-8") == newest["rules.md"]


def test_a_link_leads_nowhere_else(tmp_path: Path) -> None:
    folder, outside = tmp_path / "docs", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    (folder / "sources").symlink_to(outside)
    with pytest.raises(ProblemError) as raised:
        hand_over(FILES, folder)

    assert raised.value.problem.rule == "pages-unwritten"
    assert list(outside.iterdir()) == []
    assert sorted(path.name for path in folder.iterdir()) == ["sources"]


@pytest.mark.parametrize("path", ["../kept.md", "/kept.md", "sources/../../kept.md", "./kept.md"])
def test_a_list_that_names_what_is_outside_is_not_believed(path: str, tmp_path: Path) -> None:
    kept_file = tmp_path / "kept.md"
    sites.put(kept_file, "# Kept\n")
    folder = tmp_path / "docs"
    sites.put(folder / LIST, f"{sites.sha256(b'# Kept' + bytes([10]))}  {path}\n")
    hand_over(FILES, folder)

    assert kept_file.exists()


def test_says_what_is_missing_old_or_made_no_more(tmp_path: Path) -> None:
    site = SITE.write(tmp_path)
    made = _made(site)
    docs = site / "docs"
    assert len(stale(made, docs, "docs")) == len(made)
    older = made | {"rules.md": "# Old\n", "sources/gone.md": "# Gone\n"}
    del older["sources/a.md"]
    hand_over(older, docs)

    assert [str(problem) for problem in stale(made, docs, "docs")] == [
        f"docs/{path}:1:1: error: {what}; run verbatim pages docs [pages-stale]"
        for path, what in (
            ("rules.md", "is not what the site makes now"),
            ("sources/a.md", "is not there"),
            ("sources/gone.md", "is made no more"),
        )
    ]
    hand_over(made, docs)
    assert stale(made, docs, "docs") == []


def test_an_authors_page_of_the_same_name_is_not_old(tmp_path: Path) -> None:
    site = SITE.write(tmp_path)
    sites.put(site / "docs" / "rules.md", "# Our own rules\n")
    made = _made(site)
    hand_over(made, site / "docs")

    assert stale(made, site / "docs", "docs") == []


def test_the_command_writes_and_says_so(tmp_path: Path) -> None:
    site = replace(SITE, settings={"files": ["rules.md"]}).write(tmp_path)
    sites.put(site / "docs" / "rules.md", "# Our own rules\n")
    first, second = _run(site), _run(site)

    assert (first.exit_code, second.exit_code) == (0, 0)
    lines = first.output.splitlines()
    assert lines[0] == f"{site}/docs/rules.md: not written by this command, and left as it is"
    assert lines[1].startswith(f"{site}/docs: ")
    assert lines[1].endswith(" files written, 0 as before, 0 removed")
    assert "0 files written" in second.output
    assert {*MADE} - {"rules.md"} <= {*kept(site / "docs")}


def test_nothing_is_written_while_there_are_errors(tmp_path: Path) -> None:
    site = SITE.write(tmp_path)
    sites.put(site / "docs" / "page.md", "# Page\n\n“Ends are means” [@a].\n")
    done = _run(site, "new")

    assert done.exit_code == 1
    assert "docs/page.md:3:1: error: not in 'a' word for word: 'Ends are means'" in done.output
    assert not (site / "new").exists()


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    site = SITE.write(tmp_path)
    sites.put(site / "docs" / "sources", "a file where the folder would be")
    done = _run(site)

    assert done.exit_code == 1
    assert done.output.startswith(f"{site}/docs/sources")
    assert done.output.endswith(" [pages-unwritten]\n")
    assert done.output.count("\n") == 1


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    site = SITE.write(tmp_path)

    assert _run(site, "mkdocs.yml").exit_code == 2


@pytest.mark.builds
def test_the_others_see_nothing_of_it(tmp_path: Path) -> None:
    site = sites.real_site(tmp_path / "site")
    plain = sites.run("mkdocs", "build", "--strict", "--quiet", cwd=site)
    assert (plain.returncode, plain.stderr) == (0, "")
    before, problems = sites.tree(site / "site"), sites.problems(site)
    hand_over(_made(site) | {"sources/old.md": "# Old\n"}, site / "docs")
    done = sites.run("mkdocs", "build", "--strict", "--quiet", cwd=site)

    assert (done.returncode, done.stderr) == (0, "")
    assert sites.tree(site / "site") == before
    assert sites.problems(site) == problems
