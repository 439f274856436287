"""A new site: made whole or not at all, with an engine from one place; it builds and is proven."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from mkdocs_verbatim.authoring import new_site as new
from mkdocs_verbatim.authoring.engine_origin import (
    OriginError,
    is_local,
    named,
    requirement,
    running,
)
from mkdocs_verbatim.authoring.new_site import ENGINE, STARTER, make_site
from mkdocs_verbatim.authoring.schemas import FOLDER, schemas
from mkdocs_verbatim.build.config import read_config
from mkdocs_verbatim.build.reading import check
from mkdocs_verbatim.output.owner import Owner
from mkdocs_verbatim.problem import ProblemError
from mkdocs_verbatim.requirements import LOCK
from tests.support import sites

LINE = "mkdocs-verbatim==1.0"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
HASH = "a" * 64


def starter() -> dict[str, str]:
    """Return the files that a new site begins as, with their hashes."""
    return sites.tree(STARTER)


# Making it


def test_a_new_site_is_the_starter_with_schemas_and_one_line_on_the_engine(tmp_path: Path) -> None:
    number = make_site(tmp_path / "site", LINE)
    made = sites.tree(tmp_path / "site")
    lines = (tmp_path / "site" / ENGINE).read_text("utf-8").splitlines()
    schema_files = {f"{FOLDER}/{name}": text for name, text in schemas().items()}
    written = {name: (tmp_path / "site" / name).read_text("utf-8") for name in schema_files}

    assert written == schema_files
    assert {n: at for n, at in made.items() if n not in (ENGINE, *schema_files)} == starter()
    assert number == len(made)
    assert [line for line in lines if not line.startswith("#")] == [LINE]
    assert {".gitignore", ".gitattributes", ".github/workflows/pages.yml"} <= made.keys()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_its_files_are_for_everybody_to_read(tmp_path: Path) -> None:
    make_site(tmp_path / "site", LINE)

    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "site").rglob("*")}
    assert modes <= {0o644, 0o755}
    assert (tmp_path / "site").stat().st_mode & 0o777 == 0o755


def test_what_python_has_compiled_is_not_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sites.put(tmp_path / "starter/hooks/site_hook.py", "")
    sites.put(tmp_path / "starter/hooks/__pycache__/site_hook.pyc", "")
    monkeypatch.setattr(new, "STARTER", tmp_path / "starter")

    assert make_site(tmp_path / "site", LINE) == len(schemas()) + 2
    assert not list((tmp_path / "site").rglob("__pycache__"))


def test_an_empty_folder_becomes_the_site(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    make_site(tmp_path / "site", LINE)

    assert (tmp_path / "site" / ENGINE).is_file()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("full", "is there already and not empty; name a new folder"),
        ("file", "is there already and no folder; name a new one"),
        ("link", "is there already and no folder; name a new one"),
        (".", "is the folder you are in; go one up and name it"),
        ("none/site", "there is no folder 'none' to make it in; make that first"),
        ("file/site", "there is no folder 'file' to make it in; make that first"),
        ("a\0b", "cannot be made: embedded null byte"),
        ("n" * 300, "cannot be made: File name too long"),
    ],
)
def test_where_no_site_can_be_made_one_line_says_so(
    name: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    if name != ".":
        sites.put(Path("full/note.txt"), "mine")
        sites.put(Path("file"), "mine")
        Path("link").symlink_to("nowhere")
    before = sites.tree(tmp_path)

    with pytest.raises(ProblemError) as raised:
        make_site(Path(name), LINE)
    shown = str(raised.value)
    assert shown.endswith(f":1:1: error: {message} [site-unmade]")
    assert "\0" not in shown
    assert sites.tree(tmp_path) == before


def test_a_site_that_cannot_be_finished_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sites.put(tmp_path / "starter/engine.txt/a", "")
    monkeypatch.setattr(new, "STARTER", tmp_path / "starter")

    with pytest.raises(ProblemError, match="cannot be made: Is a directory"):
        make_site(tmp_path / "site", LINE)
    assert [path.name for path in tmp_path.iterdir()] == ["starter"]


# Where the engine comes from


@pytest.mark.parametrize(
    ("direct_url", "line"),
    [
        pytest.param(
            {"url": "file:///srv/engine", "dir_info": {"editable": True}},
            "-e file:///srv/engine",
            id="a checkout",
        ),
        pytest.param(
            {"url": "file:///srv/engine", "dir_info": {}},
            "mkdocs-verbatim @ file:///srv/engine",
            id="a folder",
        ),
        pytest.param(
            {
                "url": "https://example.org/engine.git",
                "vcs_info": {"vcs": "git", "requested_revision": "main", "commit_id": COMMIT},
            },
            f"mkdocs-verbatim @ git+https://example.org/engine.git@{COMMIT}",
            id="a commit",
        ),
        pytest.param(
            {"url": "file:///srv/e.git", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            f"git+file:///srv/e.git@{COMMIT}",
            id="a commit of this machine",
        ),
        pytest.param(
            {
                "url": "https://example.org/all.git",
                "vcs_info": {"vcs": "git", "commit_id": COMMIT},
                "subdirectory": "engine",
            },
            f"mkdocs-verbatim @ git+https://example.org/all.git@{COMMIT}#subdirectory=engine",
            id="a folder of a commit",
        ),
        pytest.param(
            {
                "url": "https://example.org/verbatim-1.0-py3-none-any.whl",
                "archive_info": {"hash": f"sha256={HASH}", "hashes": {"sha256": HASH}},
            },
            f"mkdocs-verbatim @ https://example.org/verbatim-1.0-py3-none-any.whl#sha256={HASH}",
            id="an archive",
        ),
        pytest.param(
            {"url": "https://example.org/verbatim.zip", "archive_info": {}},
            "mkdocs-verbatim @ https://example.org/verbatim.zip",
            id="an archive without a hash",
        ),
    ],
)
def test_the_line_is_what_pip_has_noted(direct_url: dict[str, object], line: str) -> None:
    assert requirement(json.dumps(direct_url), "1.0") == line


def test_of_an_engine_from_an_index_the_line_names_the_version() -> None:
    assert requirement(None, "1.0") == "mkdocs-verbatim==1.0"


def test_this_engine_comes_from_this_checkout() -> None:
    assert running() == f"-e {sites.ROOT.as_uri()}"


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("git+https://example.org/e.git@v1", "mkdocs-verbatim @ git+https://example.org/e.git@v1"),
        ("file:///srv/engine", "mkdocs-verbatim @ file:///srv/engine"),
        ("git+file:///srv/e.git@v1", "git+file:///srv/e.git@v1"),
        (str(sites.ROOT), f"-e {sites.ROOT.as_uri()}"),
    ],
)
def test_another_engine_can_be_named(address: str, line: str) -> None:
    assert named(address) == line


@pytest.mark.parametrize("address", ["", "nowhere", "docs", "git+https://a b", "https://a\n-e b"])
def test_what_is_no_address_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(OriginError, match="address"):
        named(address)
    done = sites.run("verbatim", "new", "site", "--engine", address, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("Error: ")
    assert len(done.stderr.splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_a_line_that_others_cannot_use_is_told_from_one_that_they_can() -> None:
    assert is_local("-e file:///srv/engine")
    assert is_local("mkdocs-verbatim @ file:///srv/engine")
    assert not is_local(f"mkdocs-verbatim @ git+https://example.org/engine.git@{COMMIT}")
    assert not is_local("mkdocs-verbatim==1.0")


def test_the_command_says_what_comes_next(tmp_path: Path) -> None:
    local = sites.verbatim("new", "site", cwd=tmp_path)
    other = sites.verbatim(
        "new", "other", "--engine", "git+https://example.org/e.git@v1", cwd=tmp_path
    )
    again = sites.verbatim("new", "site", cwd=tmp_path)

    assert (local.returncode, other.returncode, again.returncode) == (0, 0, 1)
    number = len(starter()) + len(schemas()) + 1
    assert local.stdout.splitlines() == [
        f"site: {number} files; the engine comes from: -e {sites.ROOT.as_uri()}",
        "only this machine has that; for others, change site/engine.txt",
        "next: cd site && make build",
    ]
    assert len(other.stdout.splitlines()) == 2
    assert again.stderr == (
        "site:1:1: error: is there already and not empty; name a new folder [site-unmade]\n"
    )


# What comes with the engine


def test_a_wheel_holds_every_file_and_the_lock(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=sites.ROOT,
        env=sites.environment(),
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "installed")
    engine = sites.ROOT / "hooks/mkdocs_verbatim"
    installed = sites.tree(tmp_path / "installed")

    packed_engine = {
        name.removeprefix("mkdocs_verbatim/"): at
        for name, at in installed.items()
        if name.startswith("mkdocs_verbatim/")
    }
    assert packed_engine.pop("requirements.txt") == sites.sha256(LOCK.read_bytes())
    assert packed_engine == sites.tree(engine)
    assert "verbatim_mkdocs.py" in installed
    lock = subprocess.run(
        [sys.executable, "-c", "from mkdocs_verbatim.requirements import LOCK; print(LOCK)"],
        env=sites.environment(PYTHONPATH=str(tmp_path / "installed")),
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout.strip()
    assert Path(lock).is_relative_to(tmp_path)
    assert Path(lock).read_bytes() == LOCK.read_bytes()


def test_in_a_checkout_the_lock_is_its_own() -> None:
    assert LOCK == sites.ROOT / "requirements.txt"


def test_a_site_installs_the_engine_from_one_line_and_all_else_by_hash() -> None:
    text = re.sub(r"\\\n\s*", "", (STARTER / "Makefile").read_text("utf-8"))
    commands = [line.strip() for line in text.splitlines() if "pip install" in line]

    assert len(commands) == 2
    assert "--no-deps --requirement engine.txt" in commands[0]
    assert "--require-hashes" in commands[1]
    assert "mkdocs_verbatim.requirements import LOCK" in commands[1]


# What it shows

SHOWN = {
    "a block quotation": ("docs/*.md", r"(?m)^> — \w"),
    "an inline quotation": ("docs/*.md", r"“[^”]+” \[@"),
    "a paragraph fetched": ("docs/*.md", r"(?m)^> \[@[\w-]+, para\. \d+\]$"),
    "words fetched": ("docs/*.md", r"\w \.\. \w"),
    "words left out": ("docs/*.md", r"\[…\]"),
    "words added": ("docs/*.md", r"“[^”]*\[[a-z ]+\](?!\{)[^”]*” \[@"),
    "words replaced": ("docs/*.md", r"\]\{for="),
    "a letter's case": ("docs/*.md", r"\[[a-z]\][a-z]"),
    "so in the source": ("docs/*.md", r"\[sic\]"),
    "brackets of the source": ("docs/*.md", r"\[Book VIII\]"),
    "emphasis": ("docs/*.md", r"(?m)^> .*\*\*\w"),
    "a paraphrase": ("docs/*.md", r"[a-z] \[@[\w-]+, para"),
    "several citations": ("docs/*.md", r"\[@[^\]]+; @"),
    "a range of paragraphs": ("docs/*.md", r"paras\. \d–\d"),
    "a term": ("docs/*.md", r"\{\.term\}"),
    "a link to the glossary": ("docs/*.md", r"\(glossary\.md#"),
    "the editor's box": ("docs/*.md", r"!!! editor"),
    "the editor's paragraph": ("docs/*.md", r"\{\.editor\}"),
    "an accepted warning": ("docs/*.md", r"verbatim: accept paragraph-uncited"),
    "shares": ("docs/*.md", r"verbatim: shares"),
    "speakers": ("docs/*.md", r"verbatim: speakers"),
    "the owner": ("docs/*.md", r"verbatim: owner"),
    "changes": ("docs/*.md", r"verbatim: changes"),
    "a map": ("docs/*.md", r"verbatim: map"),
    "a timeline": ("docs/*.md", r"verbatim: timeline"),
    "a table": ("docs/*.md", r"(?m)^\|---"),
    "speech": ("sources/*.yml", r"mode: verbatim"),
    "told speech": ("sources/*.yml", r"mode: paraphrase"),
    "furniture": ("sources/*.yml", r"furniture:"),
    "a join": ("sources/*.yml", r"joins:"),
    "evidence": ("sources/*.yml", r"kind: reference"),
    "locked references": ("sources/*.yml", r"cited:"),
    "a free text": ("sources/*.yml", r"publish: full"),
    "rules of its own": ("mkdocs.yml", r"content:"),
}
"""What a page, a record or the configuration may hold, and how it is seen."""


@pytest.mark.parametrize("what", SHOWN)
def test_the_starter_shows(what: str) -> None:
    files, pattern = SHOWN[what]
    texts = [path.read_text("utf-8") for path in sorted(STARTER.glob(files))]

    assert any(re.search(pattern, text) for text in texts)


def test_its_readme_names_files_that_are_there() -> None:
    readme = (STARTER / "README.md").read_text("utf-8")
    named = re.findall(r"`((?:docs|sources|hooks|tests|\.github)/[\w./-]*)`", readme)

    assert len(named) > 10
    assert [name for name in named if not (STARTER / name).exists()] == []


def test_its_texts_are_short_and_free() -> None:
    for path in STARTER.glob("sources/*.txt"):
        record = yaml.safe_load(path.with_suffix(".yml").read_text("utf-8"))

        assert len(path.read_text("utf-8").split()) < 520
        assert any("public domain" in note for note in record["notes"])
        assert any("excerpt" in note for note in record["notes"])
        assert set(record["cited"]) >= {"chicago", "apa", "mla", "bibtex"}


def test_what_only_an_owner_knows_is_left_open() -> None:
    owner = read_config(STARTER / "mkdocs.yml").settings.owner

    assert owner == Owner()


OWN = {
    "neutral-verbs": ("Brutus insists on it [@brutus-1787].", "Brutus writes it [@brutus-1787]."),
    "own-verdict": ("This refutes it.", "Brutus doubts it."),
    "editor-box": (
        '!!! editor "Added by the editor; not in the sources"\n\n    It was so.',
        '!!! editor "Added by the editor; not in the sources"\n\n    It was so [@dhrc-brutus].',
    ),
    "summary-length": ("No citation.", "A citation [@brutus-1787]."),
}
"""A page that breaks each rule of the starter's own, and one that keeps it."""


@pytest.mark.parametrize("rule", OWN)
def test_a_rule_of_its_own_can_be_broken_and_kept(rule: str, tmp_path: Path) -> None:
    make_site(tmp_path / "site", LINE)
    page = tmp_path / "site" / "docs" / "page.md"
    breaks, keeps = OWN[rule]

    sites.put(page, f"# A page\n\n{breaks}\n")
    assert rule in {p.rule for p in check(read_config(tmp_path / "site/mkdocs.yml")).problems}
    sites.put(page, f"# A page\n\n{keeps}\n")
    assert rule not in {p.rule for p in check(read_config(tmp_path / "site/mkdocs.yml")).problems}


def test_every_rule_of_its_own_is_tried() -> None:
    rules = {rule.id for rule in read_config(STARTER / "mkdocs.yml").settings.content}

    # That one compares the two pages with each other.
    assert rules == {*OWN, "equal-parts"}


# What it is worth


@pytest.mark.builds
def test_it_is_checked_strictly_and_proven_and_its_own_tests_pass(new_site: Path) -> None:
    for program, *arguments in (
        ("verbatim", "check", "--strict"),
        ("verbatim", "verify", "site"),
        ("python", "-m", "unittest", "discover", "--quiet", "--start-directory", "tests"),
    ):
        done = sites.run(program, *arguments, cwd=new_site)
        assert done.returncode == 0, done.stderr


@pytest.mark.builds
@pytest.mark.parametrize(
    ("edit", "test"),
    [
        (("mkdocs.yml", "# Severities", "# Rules"), None),
        (("docs/index.md", "Extend the sphere", "Widen it"), "test_unchanged_it_passes"),
        (("site/index.html", "long subsist over", "long exist over"), "test_it_is_proven"),
    ],
)
def test_its_own_tests_can_fail(
    edit: tuple[str, str, str], test: str | None, new_site: Path, tmp_path: Path
) -> None:
    path, old, new = edit
    site = tmp_path / "site"
    shutil.copytree(new_site, site)
    text = (site / path).read_text("utf-8")
    assert old in text
    sites.put(site / path, text.replace(old, new, 1))

    done = sites.run("python", "-m", "unittest", "discover", "-s", "tests", cwd=site)
    failed = set(re.findall(r"(?m)^FAIL: (\w+)", done.stderr))
    assert (failed == set()) if test is None else (test in failed)
