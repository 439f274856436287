"""Tree: what a link would bring in from elsewhere is an error, never read and never published."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from mkdocs_verbatim.build.by_page import Builder, BuildError, PageBuild
from mkdocs_verbatim.build.config import read_config
from mkdocs_verbatim.cli.main import main
from mkdocs_verbatim.datafiles.tree import MOST_LINKED, RefusedError, read_file, read_tree
from mkdocs_verbatim.problem import ProblemError
from mkdocs_verbatim.rules import RULES
from tests.build.test_serve import Server
from tests.support import sites

GOOD = sites.SmallSite(
    pages={"index.md": "# Ends\n\nAuthor A wrote “rational beings” [@a].\n", "b/c.md": "# C\n"},
    copies={"a": "All rational beings are ends.\n"},
)

FALSE = "# Ends\n\nAuthor A wrote “irrational beings” [@a].\n"
"""A page with an error, which shows if it is read."""

SECRET = "a secret of the machine"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site, and things outside of it."""
    outside = tmp_path / "outside"
    sites.put(outside / "secret.txt", SECRET)
    sites.put(outside / "page.md", FALSE)
    sites.put(outside / "changes.yml", "begun: no day\n")
    sites.put(outside / "published.txt", "page.md#q-none\n")
    sites.put(outside / "folder" / "page.md", FALSE)
    return GOOD.write(tmp_path / "site")


def link(site: Path, name: str, target: str) -> None:
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink() or path.is_file():
        path.unlink()
    path.symlink_to(target)


def configure(site: Path, **more: object) -> None:
    """Add settings to those of *site*."""
    data = yaml.safe_load((site / "mkdocs.yml").read_text("utf-8"))
    sites.put(site / "mkdocs.yml", yaml.safe_dump(data | more))


def line(name: str, message: str) -> str:
    return f"{name}:1:1: error: {message} [link-outside]"


def out(name: str, target: str, folder: str = "docs/") -> str:
    return line(name, f"links out of {folder}, to {target!r}; put the file itself there")


ROUND = "links in a circle, to {!r}; put the file itself there"
NOTHING = "links to {!r}, where nothing can be read; put the file itself there"
NO_FILE = "is or links to a pipe, socket or device; put a file there"


@pytest.mark.parametrize(
    ("name", "target"),
    [
        pytest.param("docs/env.txt", "/proc/self/environ", id="the environment of a process"),
        pytest.param("docs/zero", "/dev/zero", id="a device"),
        pytest.param("docs/secret.txt", "../../outside/secret.txt", id="a file"),
        pytest.param("docs/b/deep/secret.txt", "../../../../outside/secret.txt", id="further down"),
        pytest.param("docs/.secret", "../../outside/secret.txt", id="a hidden file"),
        pytest.param("docs/page.md", "../../outside/page.md", id="a page"),
        pytest.param("docs/index.md", "../../outside/page.md", id="in place of a page"),
        pytest.param("docs/_headers", "../../outside/secret.txt", id="headers"),
        pytest.param("docs/assets/site.css", "../../../outside/secret.txt", id="styles"),
        pytest.param("docs/.verbatim-pages", "../../outside/secret.txt", id="the list of pages"),
        pytest.param("docs/folder", "../../outside/folder", id="a folder"),
        pytest.param("docs/srcs", "../sources", id="the sources"),
        pytest.param("docs/up", "..", id="the repository"),
        pytest.param("docs/config.yml", "../mkdocs.yml", id="the configuration"),
        pytest.param("docs/data/changes.yml", "../../../outside/changes.yml", id="the log"),
        pytest.param("docs/data/published.txt", "../../../outside/published.txt", id="addresses"),
        pytest.param("docs/data/retired.yml", "../../../outside/changes.yml", id="retired"),
        pytest.param("docs/data", "../../outside", id="a folder of data"),
        pytest.param("docs/gone.md", "../../outside/gone.md", id="nothing, outside"),
    ],
)
def test_a_link_out_of_the_pages_is_an_error_and_not_read(
    site: Path, name: str, target: str
) -> None:
    if name == "docs/index.md":
        sites.put(site / "docs/other.md", (site / name).read_bytes())
    link(site, name, target)

    assert sites.problems(site) == [out(name, target)]


@pytest.mark.parametrize(
    ("name", "target", "message"),
    [
        pytest.param("docs/gone.md", "none.md", NOTHING, id="nothing"),
        pytest.param("docs/below.md", "index.md/x", NOTHING, id="below a file"),
        pytest.param("docs/self.md", "self.md", ROUND, id="itself"),
        pytest.param("docs/here", ".", ROUND, id="its own folder"),
        pytest.param("docs/b/up", "..", ROUND, id="the folder above"),
    ],
)
def test_a_link_to_nothing_or_in_a_circle_is_an_error(
    site: Path, name: str, target: str, message: str
) -> None:
    link(site, name, target)

    assert sites.problems(site) == [line(name, message.format(target))]


def test_two_folders_that_link_to_each_other_are_a_circle(site: Path) -> None:
    link(site, "docs/a/b", "../b")
    link(site, "docs/b/a", "../a")

    assert sites.problems(site) == [
        line("docs/a/b/a", ROUND.format("../a")),
        line("docs/b/a/b", ROUND.format("../b")),
    ]


def test_links_that_double_with_each_folder_come_to_an_end(site: Path) -> None:
    for number in range(20):
        for name in "xy":
            link(site, f"docs/f{number}/{name}", f"../f{number + 1}")
    (site / "docs/f20").mkdir()
    problems = sites.problems(site)

    assert f"and over {MOST_LINKED} folders are reached through links" in problems[0]
    assert len(problems) < 2 * MOST_LINKED


def test_links_one_after_the_other_are_each_an_error(site: Path) -> None:
    link(site, "docs/first.md", "second.md")
    link(site, "docs/second.md", "../../outside/page.md")

    assert sites.problems(site) == [
        out("docs/first.md", "second.md"),
        out("docs/second.md", "../../outside/page.md"),
    ]


def pipe(path: Path) -> None:
    os.mkfifo(path)


def link_to_a_pipe(path: Path) -> None:
    os.mkfifo(path.parent.parent.parent / "outside" / "pipe")
    path.symlink_to("../../outside/pipe")


def bind(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(path.name)
    os.chdir(here)


@pytest.mark.parametrize("name", ["page.md", "_headers", "x.bin"])
@pytest.mark.parametrize("make", [pipe, bind])
def test_what_is_no_file_is_an_error_and_not_opened(
    site: Path, name: str, make: Callable[[Path], None]
) -> None:
    make(site / "docs" / name)

    assert sites.problems(site) == [line(f"docs/{name}", NO_FILE)]


def test_a_pipe_in_place_of_data_is_not_waited_for(site: Path) -> None:
    (site / "docs/data").mkdir()
    names = ("changes.yml", "published.txt", "retired.yml")
    for name in names:
        os.mkfifo(site / "docs/data" / name)

    assert sites.problems(site) == [line(f"docs/data/{name}", NO_FILE) for name in names]


def test_a_link_to_a_pipe_is_not_followed(site: Path) -> None:
    link_to_a_pipe(site / "docs/page.md")

    assert sites.problems(site) == [out("docs/page.md", "../../outside/pipe")]


@pytest.mark.parametrize("name", ["notes.pdf", "folder", "deep/notes.pdf"])
def test_a_link_out_of_the_sources_is_an_error_whatever_its_name(site: Path, name: str) -> None:
    target = str(site.parent / "outside" / "folder")
    link(site, f"sources/{name}", target)

    assert sites.problems(site) == [out(f"sources/{name}", target, "sources/")]


def test_a_link_in_place_of_a_copy_is_told_once(site: Path) -> None:
    (site / "sources/a.txt").rename(site.parent / "outside/a.txt")
    link(site, "sources/a.txt", "../../outside/a.txt")

    told = [problem for problem in sites.problems(site) if "links" in problem]
    assert told == [
        "sources/a.txt:1:1: error: links out of sources/; put the file itself there [copy-outside]"
    ]


@pytest.mark.parametrize(
    ("name", "target"),
    [("overrides/main.html", "/etc/hostname"), ("overrides/docs", "../docs")],
)
def test_a_link_out_of_the_templates_is_an_error(site: Path, name: str, target: str) -> None:
    configure(site, theme={"name": "material", "custom_dir": "overrides"})
    link(site, name, target)

    assert sites.problems(site) == [out(name, target, "overrides/")]


def refused(site: Path) -> str:
    """Return why the configuration of *site* is refused; no more of it is read."""
    with pytest.raises(ProblemError) as raised:
        read_config(site / "mkdocs.yml")
    return str(raised.value.problem)


ITSELF = "the site's folder"
ANOTHER = "links to {!r}, where other files are; put the folder itself there"


@pytest.mark.parametrize("name", ["mkdocs.yml", "zensical.yml", "hooks/site_hook.py", "base.yml"])
def test_a_configuration_outside_is_refused(site: Path, name: str) -> None:
    more = {"INHERIT": "base.yml"} if name == "base.yml" else {"hooks": ["hooks/site_hook.py"]}
    configure(site, **more)
    target = str(site.parent / "outside/changes.yml")
    sites.put(site / "hooks/site_hook.py", "")
    link(site, name, target)

    assert refused(site) == out(name, target, ITSELF)


def test_what_is_inherited_of_what_is_inherited_is_refused_too(site: Path) -> None:
    configure(site, INHERIT="more/base.yml")
    sites.put(site / "more/base.yml", "INHERIT: base-2.yml\n")
    link(site, "more/base-2.yml", "/proc/self/environ")

    assert refused(site) == out("more/base-2.yml", "/proc/self/environ", ITSELF)


@pytest.mark.parametrize("name", ["docs", "sources", "overrides"])
@pytest.mark.parametrize(
    ("target", "message"),
    [
        pytest.param("../outside", "links out of the site's folder, to {!r}; ", id="out"),
        pytest.param(".", ANOTHER, id="the repository"),
        pytest.param("more", ANOTHER, id="the sources, or the pages"),
        pytest.param(".git", ANOTHER, id="what Git keeps"),
        pytest.param("none", "links to {!r}, where nothing can be read; ", id="nothing"),
    ],
)
def test_a_folder_of_the_site_that_is_elsewhere_is_refused(
    site: Path, name: str, target: str, message: str
) -> None:
    configure(site, theme={"name": "material", "custom_dir": "overrides"})
    (site / ".git").mkdir()
    (site / "overrides").mkdir()
    (site / name).rename(site / "moved")
    link(site, "more", "docs" if name == "sources" else "sources")
    link(site, name, target)

    assert refused(site).startswith(f"{name}:1:1: error: {message.format(target)}")


# What is innocent.


def within(site: Path) -> None:
    link(site, "docs/again.md", "index.md")
    link(site, "docs/d/again.md", "../b/c.md")
    link(site, "docs/e", "b")
    link(site, "docs/f/e", "../e")


def hard(site: Path) -> None:
    (site / "docs/hard.txt").hardlink_to(site.parent / "outside/secret.txt")


def absolute(site: Path) -> None:
    link(site, "docs/again.md", str(site / "docs/index.md"))


def locked(site: Path) -> None:
    link(site, "docs/.#index.md", "me@machine.1234:5678")


def elsewhere(site: Path) -> None:
    (site / "pages").mkdir()
    (site / "docs").rename(site / "pages/en")
    configure(site, docs_dir="pages/en")


def linked_folders(site: Path) -> None:
    (site / "docs").rename(site / "pages")
    (site / "sources").rename(site / "texts")
    link(site, "docs", "pages")
    link(site, "sources", "texts")


def inherited_from_above(site: Path) -> None:
    sites.put(site.parent / "base.yml", "site_name: of all\n")
    configure(site, INHERIT="../base.yml")


def templates(site: Path) -> None:
    configure(site, theme={"name": "material", "custom_dir": "overrides"})
    sites.put(site / "overrides/main.html", "")
    link(site, "overrides/404.html", "main.html")


def two_configurations(site: Path) -> None:
    link(site, "zensical.yml", "mkdocs.yml")


def nothing_of_the_kind(site: Path) -> None:
    configure(site, theme={"name": "material", "custom_dir": "none"}, hooks=["none.py", "\0"])


@pytest.mark.parametrize(
    "change",
    [
        within,
        hard,
        absolute,
        locked,
        elsewhere,
        linked_folders,
        inherited_from_above,
        templates,
        two_configurations,
        nothing_of_the_kind,
    ],
    ids=lambda change: change.__name__,
)
def test_these_are_no_links_out(site: Path, change: Callable[[Path], None]) -> None:
    change(site)

    assert sites.problems(site) == []


def test_pages_that_links_lead_to_are_read_by_each_of_their_names(site: Path) -> None:
    within(site)
    config = read_config(site / "mkdocs.yml")

    assert [path.relative_to(config.docs).as_posix() for path in config.pages()] == [
        "index.md",
        "again.md",
        "b/c.md",
        "d/again.md",
        "e/c.md",
        "f/e/c.md",
    ]


def test_a_site_that_is_reached_by_a_link_is_read(site: Path) -> None:
    within(site)
    link(site.parent, "by-link", "site")

    assert sites.problems(site.parent / "by-link") == []


def test_files_come_in_order_and_those_refused_do_not(site: Path) -> None:
    link(site, "docs/a.md", "../../outside/page.md")
    link(site, "docs/z.md", "b/c.md")
    docs = site / "docs"
    tree = read_tree(docs)

    assert tree.files == (docs / "index.md", docs / "z.md", docs / "b/c.md")
    assert [*tree.refused] == [docs / "a.md"]
    assert tree.refuses(docs / "a.md")
    assert not tree.refuses(docs / "z.md")


@pytest.mark.parametrize("name", ["data/page.md", "../mkdocs.yml", "pipe", "none.md"])
def test_a_file_that_is_not_below_its_folder_is_not_read(site: Path, name: str) -> None:
    link(site, "docs/data", "../../outside")
    os.mkfifo(site / "docs/pipe")
    with pytest.raises(RefusedError):
        read_file(site / "docs", name)


@pytest.mark.parametrize("wanted", ["off", "warning", "info"])
def test_the_rule_cannot_be_lowered(site: Path, wanted: str) -> None:
    configure(site, extra={"verbatim": {"rules": {"link-outside": wanted}}})
    link(site, "docs/srcs", "../sources")
    problems = sites.problems(site)

    assert RULES["link-outside"].fixed
    assert out("docs/srcs", "../sources") in problems
    assert any("'link-outside' cannot be lowered" in problem for problem in problems)


# Commands and builders.


def test_no_pages_are_written_while_a_link_leads_out(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link(site, "docs/srcs", "../sources")
    monkeypatch.chdir(site)
    done = CliRunner().invoke(main, ["pages", "docs"])

    assert done.exit_code == 1
    assert done.output == f"{out('docs/srcs', '../sources')}\n"
    assert not (site / "docs/rules.md").exists()


def test_shards_do_not_follow_a_link_out(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link(site, "docs/page.md", "../../outside/page.md")
    link(site, "docs/here", ".")
    monkeypatch.chdir(site)
    done = CliRunner().invoke(main, ["check", "--shard", "1/1", "--out", "part.json"])

    assert done.exit_code == 1
    assert "not in 'a' word for word" not in done.output
    assert out("docs/page.md", "../../outside/page.md") in done.output.splitlines()


def test_zensical_is_told(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link(site, "docs/srcs", "../sources")
    monkeypatch.setattr("sys.argv", ["zensical", "build"])
    with pytest.raises(BuildError, match="the site has errors"):
        PageBuild(read_config(site / "mkdocs.yml"), Builder(log=logging.getLogger("verbatim")))


def _built(site: Path) -> tuple[int, list[str]]:
    """Return the exit status of a build of *site* that is not strict, and what it says."""
    done = sites.run("mkdocs", "build", "-q", "--no-strict", cwd=site, timeout=60)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr.splitlines()


@pytest.fixture
def real(site: Path) -> Path:
    """The real site, with the same things outside."""
    return sites.real_site(site.parent / "real")


@pytest.mark.builds
def test_a_build_ends_before_it_reads_what_links_lead_to(real: Path) -> None:
    targets = {
        "docs/env.txt": "/proc/self/environ",
        "docs/zero.md": "/dev/zero",
        "docs/srcs": "../sources",
        "docs/assets/site.css": "../../../outside/secret.txt",
    }
    for name, target in targets.items():
        link(real, name, target)
    os.mkfifo(real / "docs/pipe.md")
    status, said = _built(real)

    assert status == 1
    assert any(said_line.endswith("5 errors in links") for said_line in said)
    for problem in [
        *(out(name, target) for name, target in targets.items()),
        line("docs/pipe.md", NO_FILE),
    ]:
        assert f"ERROR   -  {problem}" in said
    assert not (real / "site").exists()


@pytest.mark.builds
@pytest.mark.parametrize("name", ["base.yml", "docs"])
def test_a_build_ends_where_its_own_parts_are_elsewhere(real: Path, name: str) -> None:
    if name == "docs":
        (real / "docs").rename(real.parent / "outside/docs")
        link(real, "docs", "../outside/docs")
    else:
        (real / "mkdocs.yml").rename(real.parent / "outside/base.yml")
        link(real, "base.yml", "../outside/base.yml")
        sites.put(real / "mkdocs.yml", "INHERIT: base.yml\n")
    status, said = _built(real)

    assert status == 1
    assert f"ERROR   -  {out(name, f'../outside/{name}', ITSELF)}" in said
    assert not (real / "site").exists()


@pytest.mark.builds
def test_a_build_follows_links_that_lead_to_files_of_the_same_folder(real: Path) -> None:
    sites.put(real / "docs/assets/one.svg", "<svg/>")
    link(real, "docs/assets/two.svg", "one.svg")
    link(real, "docs/pictures", "assets")
    (real / "docs/assets/hard.svg").hardlink_to(real / "docs/assets/one.svg")
    link(real.parent, "by-link", "real")
    done = sites.run("mkdocs", "build", "-q", "--strict", cwd=real.parent / "by-link")

    assert (done.returncode, done.stderr) == (0, "")
    for name in ("assets/one.svg", "assets/two.svg", "assets/hard.svg", "pictures/two.svg"):
        assert (real / "site" / name).read_text("utf-8") == "<svg/>"


@pytest.mark.builds
def test_a_preview_shows_the_site_without_what_links_lead_to(real: Path) -> None:
    text = (real / "mkdocs.yml").read_text("utf-8")
    theme = "  name: material\n"
    sites.put(real / "mkdocs.yml", text.replace(theme, f"{theme}  custom_dir: overrides\n"))
    link(real, "overrides/main.html", "../../outside/secret.txt")
    link(real, "docs/secret.txt", "../../outside/secret.txt")
    link(real, "docs/page.md", "../../outside/page.md")
    os.mkfifo(real / "docs/pipe.txt")
    server = Server(real)
    try:
        page = server.page("/remark/", lambda text: "</html>" in text)
        gone = [server.get(path) for path in ("/secret.txt", "/page/", "/pipe.txt")]
        said = server.said
    finally:
        server.stop()

    assert SECRET not in page
    assert gone == [None, None, None]
    assert out("overrides/main.html", "../../outside/secret.txt", "overrides/") in said
    assert out("docs/page.md", "../../outside/page.md") in said
    assert line("docs/pipe.txt", NO_FILE) in said


@pytest.mark.builds
def test_a_preview_ends_where_links_have_no_end(real: Path) -> None:
    for name in "abc":
        link(real, f"docs/{name}", ".")
    server = Server(real)
    try:
        status = server.status()
        said = server.said
    finally:
        server.stop()

    assert status == 1
    assert said.count(line("docs/a", ROUND.format("."))) == 1
    assert "Traceback" not in said
