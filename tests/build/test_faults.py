"""What stops a build that nobody foresaw, and what a build would delete: one line, nothing lost."""

from __future__ import annotations

import re
import socket
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import yaml

from tests.support import sites

SECRET = "words that only the author knows"

PLANTED = """\
import sys
from pathlib import Path

def fail(*_, **__):
    raise {error}

def on_pre_build(**_):
    {where}
"""
IN = "sys.modules['mkdocs_verbatim.{module}'].{name} = fail"


def small_site(folder: Path, *hooks: str, **more: object) -> Path:
    site = sites.SmallSite(
        pages={"index.md": "# A\n\n“No talks” [@a].\n"}, copies={"a": "No talks."}
    ).write(folder / "site-of-ours")
    config = yaml.safe_load((site / "mkdocs.yml").read_text("utf-8"))
    config |= {"hooks": [*hooks, str(sites.ROOT / "hooks/site_hook.py")], **more}
    sites.put(site / "mkdocs.yml", yaml.safe_dump(config))
    return site


def build(site: Path, *arguments: str) -> CompletedProcess[str]:
    done = sites.run("mkdocs", "build", "-q", *arguments, cwd=site, TMPDIR=str(site.parent))
    assert "Traceback" not in done.stderr
    return done


@pytest.mark.parametrize(
    ("where", "place"),
    [
        pytest.param(
            IN.format(module="build.page_walk", name="PageWalk.block"),
            "docs/index.md:1:1: ",
            id="in a page",
        ),
        pytest.param(IN.format(module="build.site", name="Site.close"), "", id="after the pages"),
        pytest.param("fail()", "", id="in another hook"),
    ],
)
def test_a_fault_ends_a_build_in_one_line_with_a_log(
    where: str, place: str, tmp_path: Path
) -> None:
    site = small_site(tmp_path, "planted.py")
    sites.put(site / "planted.py", PLANTED.format(error=f"KeyError({SECRET!r})", where=where))
    done = build(site)

    # MkDocs has a line of its own about pages.
    line = re.search(
        rf"^ERROR +- +{re.escape(place)}error: KeyError in [\w-]+/planted.py:\d+ fail, a fault of "
        r"the program and not of the site; report it and attach (\S+\.log), which holds no words "
        r"of pages or sources\n",
        done.stderr,
        re.MULTILINE,
    )
    assert line, done.stderr
    assert done.returncode == 1
    assert SECRET not in Path(line[1]).read_text("utf-8")
    # Whoever writes a hook sees more.
    assert "Traceback" in sites.run("mkdocs", "build", "-v", cwd=site).stderr


def test_what_the_system_refuses_ends_a_build_in_one_line(tmp_path: Path) -> None:
    site = small_site(tmp_path, "planted.py")
    error = "PermissionError(13, 'Permission denied', 'site/index.html')"
    sites.put(site / "planted.py", PLANTED.format(error=error, where="fail()"))
    done = build(site)

    assert done.returncode == 1
    assert done.stderr.startswith("ERROR   -  error: site/index.html: Permission denied\n")


KEPT = "{folder}, which {why}; a build empties that folder; name one that is empty or new"


@pytest.mark.parametrize(
    ("folder", "why"),
    [
        ("sources", "is 'sources', of which it is made"),
        ("sources/site", "is inside 'sources', of which it is made"),
        ("theme", "is 'theme', of which it is made"),
        ("notes", "holds files that no build has made"),
        ("linked", "is 'sources', of which it is made"),
        ("tools", "holds files that no build has made"),
    ],
)
def test_a_build_deletes_nothing_that_no_build_has_made(
    folder: str, why: str, tmp_path: Path
) -> None:
    site = small_site(tmp_path, site_dir=folder, theme={"name": "mkdocs", "custom_dir": "theme"})
    sites.put(site / "theme/a.html", "")
    sites.put(site / "notes/mine.txt", "all that I know\n")
    sites.put(site / "tools/.git/HEAD", "")
    sites.put(site / "tools/a.py", "")
    (site / "linked").symlink_to("sources")
    before = sites.tree(site)
    done = build(site)

    assert done.returncode == 1
    assert f"the site cannot be built into '{folder}', which {why}; a build empties" in done.stderr
    assert sites.tree(site) == before


def test_the_place_is_that_of_the_setting(tmp_path: Path) -> None:
    site = small_site(tmp_path, site_dir="sources")
    line = (site / "mkdocs.yml").read_text("utf-8").splitlines().index("site_dir: sources") + 1

    assert f"mkdocs.yml:{line}:1: error: the site cannot" in build(site).stderr


def test_a_site_is_built_into_a_folder_that_is_new_or_empty_or_holds_a_site(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    (site / "site").mkdir()
    # As where another branch with what is published is checked out.
    sites.put(site / "site/.git", "gitdir: elsewhere\n")
    for _ in range(2):
        done = build(site)
        assert (done.returncode, done.stderr) == (0, "")

    assert (site / "site/.git").exists()
    assert (site / "site/site.sha256").exists()


def test_a_port_that_is_taken_is_told_before_anything_is_built(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = sites.run("mkdocs", "serve", "-q", "-a", f"127.0.0.1:{port}", cwd=site)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith(
        f"ERROR   -  cannot serve at 127.0.0.1:{port}: Address already in use; stop what uses it, "
        f"or name another: mkdocs serve -a 127.0.0.1:{port + 1}\n"
    )


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (
            b"---\ntitle: Why: a\n---\n# A\n",
            "docs/index.md:2:11: error: front matter is not YAML: ",
        ),
        (b"---\ntitle: A\n# A\n", "docs/index.md:1:1: error: front matter, 'title: A', without"),
        (b"# A\n\nCaf\xe9\n", "docs/index.md:3:4: error: not UTF-8: byte 0xe9 at offset 8; save"),
        (b"[" * 9000, "docs/index.md:1:1: error: 9,000 times '[' without ']' in one paragraph"),
    ],
    ids=["YAML", "no end", "bytes", "brackets"],
)
def test_a_build_says_of_a_page_what_a_check_says(page: bytes, said: str, tmp_path: Path) -> None:
    site = small_site(tmp_path)
    sites.put(site / "docs/index.md", page)
    done = build(site)

    assert done.returncode == 1
    assert f"ERROR   -  {said}" in done.stderr
    assert said in sites.verbatim("check", cwd=site).stderr
