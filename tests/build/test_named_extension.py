"""The Markdown extension that a configuration names: it alone proves, with a hook or without."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import yaml

from mkdocs_verbatim import zensical
from mkdocs_verbatim.named_extension import UNKNOWN, makeExtension
from mkdocs_verbatim.verify.site import verify
from tests.build.test_builders import BUILDERS
from tests.build.test_serve import Server
from tests.support import sites

pytestmark = pytest.mark.builds

TRUE, FALSE = "No talks, not until they renounce violence", "No talks until they renounce violence"
PAGE = "# Page\n\nHe said “{}” [@a].\n\nHe gave “reasons for all of it” [@a].\n"
NAMES = ["verbatim", "mkdocs_verbatim.zensical"]
REFUSED = r"docs/index\.md:3:9: error: not in 'a' word for word: 'No talks until they"
WARNED = r"docs/index\.md:3:9: warning: .*\[speaker-unnamed\]"
RULES = {"speaker-unnamed": "off", "citation-unformatted": "off"}
BUILDS = [[], ["--strict"], ["-q"], ["--strict", "-q"]]


def site_of(folder: Path, words: str, *names: str, hook: bool = False, more: str = "") -> Path:
    """Return a site in *folder* with one quotation, whose configuration names *names*."""
    small = sites.SmallSite(
        pages={"index.md": PAGE.format(words) + more},
        copies={"a": f"{TRUE}.\n\nHe had reasons for all of it.\n"},
        extensions=(*sites.EXTENSIONS, *names),
        settings={"rules": RULES},
    )
    site = small.write(folder / "site")
    # Its search keeps our notes out, which repeat what is quoted.
    configure(site, theme={"name": "material", "font": False})
    if hook:
        shutil.copytree(sites.ROOT / "hooks", site / "hooks")
        configure(site, hooks=["hooks/site_hook.py"])
    return site


def configure(site: Path, name: str = "mkdocs.yml", **settings: object) -> None:
    """Add *settings* to the configuration *name*."""
    config = yaml.safe_load((site / "mkdocs.yml").read_text("utf-8"))
    sites.put(site / name, yaml.safe_dump({**config, **settings}))


def hand_over(site: Path, *arguments: str) -> None:
    done = sites.run("verbatim", "pages", "docs", *arguments, cwd=site)
    assert done.returncode == 0, done.stderr


def build(site: Path, *arguments: str) -> CompletedProcess[str]:
    done = sites.run("mkdocs", "build", *arguments, cwd=site)
    assert "Traceback" not in done.stdout + done.stderr
    return done


def proven(site: Path) -> int:
    """Return how many quotations there are on the finished site, all of them proven."""
    found = verify(site / "site", site / "sources")
    assert found.problems == []
    return found.quotations


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("arguments", BUILDS, ids=" ".join)
def test_it_alone_proves_a_true_quotation(name: str, arguments: list[str], tmp_path: Path) -> None:
    site = site_of(tmp_path, TRUE, name)
    hand_over(site)
    done = build(site, *arguments)

    assert done.returncode == 0, done.stderr
    # Two on the page, and each among all quotations.
    assert proven(site) == 4
    html = (site / "site/index.html").read_text("utf-8")
    assert html.count('class="receipt"') == 2
    assert (site / "site/sources/a/index.html").is_file()


@pytest.mark.parametrize("arguments", BUILDS, ids=" ".join)
def test_it_alone_fails_a_build_for_a_false_quotation(arguments: list[str], tmp_path: Path) -> None:
    done = build(site_of(tmp_path, FALSE, "verbatim"), *arguments)

    assert done.returncode == 1
    assert len(re.findall(REFUSED, done.stderr)) == 1
    assert "the site has errors; verbatim check lists them" in done.stderr


@pytest.mark.parametrize("quiet", [[], ["-q"]], ids=["loud", "quiet"])
def test_a_warning_ends_a_strict_build_alone(quiet: list[str], tmp_path: Path) -> None:
    site = site_of(tmp_path, TRUE, "verbatim")
    configure(site, extra={"verbatim": {"rules": RULES | {"speaker-unnamed": "warning"}}})
    hand_over(site)

    assert re.search(WARNED, build(site).stderr)
    assert build(site, *quiet).returncode == 0
    assert build(site, "--strict", *quiet).returncode == 1


def test_pages_that_the_build_makes_must_be_there_and_new(tmp_path: Path) -> None:
    site = site_of(tmp_path, TRUE, "verbatim")
    none = build(site)
    hand_over(site)
    with (site / "sources/a.yml").open("a") as record:
        record.write("undated: nowhere\n")
    old = build(site)

    assert none.returncode == old.returncode == 1
    assert "docs/sources/a.md:1:1: error: is not there; run verbatim pages docs" in none.stderr
    assert "[record-" in old.stderr or "is not what the site makes now" in old.stderr


def test_a_page_that_another_program_makes_is_not_passed_over(tmp_path: Path) -> None:
    site = site_of(tmp_path, TRUE, "verbatim")
    hand_over(site)
    hook = (
        "from mkdocs.structure.files import File\n"
        "def on_files(files, config):\n"
        "    files.append(File.generated(config, 'made.md', content='“Never said” [@a].'))\n"
    )
    sites.put(site / "hook.py", hook)
    configure(site, hooks=["hook.py"])
    done = build(site)

    assert done.returncode == 1
    assert "docs/made.md is no page of the site that mkdocs.yml describes" in done.stderr


def test_a_text_of_an_unknown_page_is_not_passed_over(tmp_path: Path) -> None:
    site = site_of(tmp_path, TRUE, "verbatim")
    hand_over(site)
    hook = (
        "from markdown import Markdown\n"
        "def on_page_markdown(markdown, page, config, files):\n"
        "    Markdown(extensions=config.markdown_extensions,\n"
        "             extension_configs=config.mdx_configs).convert('“Never said” [@a].')\n"
    )
    sites.put(site / "hook.py", hook)
    configure(site, hooks=["hook.py"])
    done = build(site)

    assert done.returncode == 1
    assert f"Error: {UNKNOWN}" in done.stderr


@pytest.mark.parametrize("names", [[], ["verbatim"], NAMES], ids=["unnamed", "named", "twice"])
def test_with_the_hook_everything_is_proven_and_told_once(names: list[str], tmp_path: Path) -> None:
    right = site_of(tmp_path / "right", TRUE, *names, hook=True)
    done = build(right, "--strict")
    assert (done.returncode, proven(right)) == (0, 4), done.stderr
    assert (right / "site/index.html").read_text("utf-8").count('class="receipt"') == 2
    # The hook makes the other pages: nothing is handed over.
    assert not (right / "docs/quotes.md").exists()

    wrong = site_of(tmp_path / "wrong", FALSE, *names, hook=True)
    for arguments in BUILDS:
        refused = build(wrong, *arguments)
        assert refused.returncode == 1
        assert len(re.findall(REFUSED, refused.stderr)) == 1
        assert refused.stderr.count("1 error in quotations or sources") == 1


def test_with_the_hook_a_named_extension_changes_no_byte(tmp_path: Path) -> None:
    plain = site_of(tmp_path / "plain", TRUE, hook=True, more="\n|a|\n|-|\n|b|\n")
    named = site_of(tmp_path / "named", TRUE, "verbatim", hook=True, more="\n|a|\n|-|\n|b|\n")
    for site in (plain, named):
        assert build(site, "--strict").returncode == 0

    assert sites.tree(named / "site") == sites.tree(plain / "site")


def test_a_check_is_the_same_whether_it_is_named_or_not(tmp_path: Path) -> None:
    plain = site_of(tmp_path / "plain", FALSE)
    named = site_of(tmp_path / "named", FALSE, *NAMES)

    assert len(sites.problems(plain)) == 1
    assert sites.problems(named) == sites.problems(plain)


def test_a_configuration_of_another_name_and_addresses_of_files(tmp_path: Path) -> None:
    site = site_of(tmp_path, TRUE, "verbatim")
    configure(site, "other.yml", use_directory_urls=False)
    (site / "mkdocs.yml").unlink()
    hand_over(site, "-f", "other.yml")
    done = build(site, "-f", "other.yml")

    assert done.returncode == 0, done.stderr
    assert 'href="sources/a.html' in (site / "site/index.html").read_text("utf-8")


def test_a_preview_shows_the_problem_in_its_page_and_lives_on(tmp_path: Path) -> None:
    site = site_of(tmp_path, TRUE, "verbatim")
    hand_over(site)
    server = Server(site)
    try:
        server.page("/", lambda text: "receipt" in text)
        server.edit("docs/index.md", TRUE, FALSE)
        server.page("/", lambda text: "verbatim-problem" in text)
        assert re.search(REFUSED, server.said)
        server.edit("docs/index.md", FALSE, TRUE)
        server.page("/", lambda text: "verbatim-problem" not in text)
        assert "Traceback" not in server.said
    finally:
        server.stop()


@pytest.mark.parametrize(
    ("builder", "arguments"),
    [("properdocs", ["-f", "mkdocs.yml"]), ("zensical", ["-f", "zensical.yml"])],
)
@pytest.mark.parametrize("name", NAMES)
def test_other_builders_do_the_same(
    builder: str, arguments: list[str], name: str, tmp_path: Path
) -> None:
    program = BUILDERS / builder
    if not program.exists():
        pytest.skip(f"{builder} is not installed in {BUILDERS}; make builders does that")
    for words, status in ((TRUE, 0), (FALSE, 1)):
        site = site_of(tmp_path / f"{status}", words, name)
        configure(site, "zensical.yml", watch=["docs", "sources"])
        if status == 0:
            hand_over(site)
        done = sites.run(str(program), "build", *arguments, cwd=site, NO_COLOR="1")

        assert done.returncode == status, done.stderr + done.stdout
        assert len(re.findall(REFUSED, done.stderr + done.stdout)) == status
    assert proven(tmp_path / "0/site") == 4


def test_the_name_in_others_configurations_is_the_same_extension() -> None:
    assert zensical.makeExtension is makeExtension
