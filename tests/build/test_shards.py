"""A check divided, over processes and machines: it says what one process says, byte for byte."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from mkdocs_verbatim.build import shards
from mkdocs_verbatim.build.config import read_config
from mkdocs_verbatim.build.json_schema import fits
from mkdocs_verbatim.build.shards import SCHEMA, _digest
from mkdocs_verbatim.build.workers import CAN_FORK
from tests.markdown.test_pages import CASES, GROUND
from tests.support import sites

pytestmark = pytest.mark.builds

DOCUMENT = json.loads(SCHEMA.read_text("utf-8"))
CONTENT = [
    {"id": "own-word", "words": ["actor*"], "say": "name who", "because": "of taste"},
    {
        "id": "own-pages",
        "words": ["he"],
        "only_in": ["case-00*.md", "no-such-*.md"],
        "say": "not here",
        "because": "of taste",
    },
    {
        "id": "own-room",
        "balance": {"sections": ["What it says"], "share": 0.1},
        "only_in": ["long.md", "short.md", "none.md"],
        "say": "the same room",
        "because": "of taste",
    },
]
RULES = {"speaker-unnamed": "warning", "excerpt-long": "warning", "citation-stale": "error"}
LOG = """\
begun: 2026-11-21
changes:
  - {id: a, date: 2026-12-03, kind: change, page: log.md, was: x, now: '“no walks” [@a]', why: y}
  - {id: a, date: 2026-12-03, kind: change, page: log.md, was: x, now: x, why: y}
"""
LONG = "# {0}\n\n## What it says\n\n{1}He has “Solid ground” [@ground] to stand on, and more.\n"
MORE: dict[str, str | bytes] = {
    "latin.md": b"\xff",
    "log.md": "<!-- verbatim: changes -->\n",
    "z-log.md": "<!-- verbatim: changes -->\n",
    "map.md": "<!-- verbatim: map data/map.yml -->\n",
    "z-map.md": "<!-- verbatim: map data/map.yml -->\n\n<!-- verbatim: map data/map.yml -->\n",
    "none.md": "# None\n",
    "short.md": LONG.format("Short", ""),
    "long.md": LONG.format("Long", "He says that he stands on ground, and it is solid [@ground]. "),
    "data/map.yml": (sites.ROOT / "docs/data/argument-map.yml").read_bytes(),
    "data/changes.yml": LOG,
    "data/published.txt": "case-000.md#q-a--1-2\nlog.md#q-a--3-4\n",
    "data/retired.yml": "- {id: x.md#q-a--1-2, date: 2026-01-01, why: so}\n",
}


def _pages() -> dict[str, str]:
    """Return every page of the cases: right and wrong in as many ways as there are rules."""
    pages = [
        case["page"]
        for path in sorted(CASES.glob("pages-*.yml"))
        for case in yaml.safe_load(path.read_text("utf-8")).values()
    ]
    return {f"case-{number:03}.md": page for number, page in enumerate(pages)}


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with many kinds of problems, on its pages and over all of them."""
    records = dict(GROUND["records"])
    limits = {"quoted_share": 0.01, "published_share": 0.02, "excerpt_words": 5}
    records["a"] = {**records.get("a", {}), "limits": limits}
    return sites.SmallSite(
        pages={**_pages(), **MORE},
        copies={**GROUND["copies"], "changed": "As it was.", "gone": "Not there."},
        records=records,
        people=GROUND["people"],
        settings={"rules": RULES, "content": CONTENT},
    ).write(tmp_path_factory.mktemp("wrong") / "site")


@pytest.fixture(scope="module")
def broken(wrong: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with sources that cannot be trusted: then no page is judged as a whole."""
    site = tmp_path_factory.mktemp("broken") / "site"
    shutil.copytree(wrong, site)
    sites.put(site / "sources/changed.txt", "As it is.")
    (site / "sources/gone.txt").unlink()
    return site


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sites.real_site(tmp_path_factory.mktemp("real") / "site")


ENDING = "workers.read_page = lambda *a: read(*a) if os.getpid() == first else {}"
"""Only a copy of the first process ends as is tried; that reads the first page itself."""
SLOW_TO_HAND_OUT = """
import time
hand_out = workers.futures.ProcessPoolExecutor.submit
workers.futures.ProcessPoolExecutor.submit = lambda *a: (time.sleep(0.05), hand_out(*a))[1]
"""
"""The processes have ended before the first one has given them all chunks."""

FORKS = "import os; fork = os.fork; os.fork = lambda: os.write(2, b'forked\\n') and fork()"
FEW = "from mkdocs_verbatim.build import workers; workers.LEAST_PAGES = 1"


def verbatim(*arguments: str | Path, cwd: Path, before: str = "") -> CompletedProcess[str]:
    """Run the command, after the statements *before* in the same process."""
    code = f"{before}\nfrom mkdocs_verbatim.cli.main import main\nmain(prog_name='verbatim')"
    return sites.run("python", "-c", code, *arguments, cwd=cwd)


def outcome(done: CompletedProcess[str]) -> tuple[int, str, str]:
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


@cache
def whole(site: Path, *form: str) -> tuple[int, str, str]:
    """Return what one process says of all of *site*."""
    return outcome(verbatim("check", *form, "--jobs", "1", cwd=site, before=FORKS))


forking = pytest.mark.skipif(not CAN_FORK, reason="processes cannot be copied here")
FORMS = [["--format", "text"], ["--format", "json"], ["--format", "github", "--strict"]]


# Processes


def test_the_sites_of_these_tests_are_wrong_in_most_ways(wrong: Path, broken: Path) -> None:
    found = [
        problem
        for site in (wrong, broken)
        for problem in json.loads(whole(site, "--format", "json")[1])["problems"]
    ]
    rules = {problem["rule"] for problem in found}

    assert rules >= {
        *("quote-not-found", "wrong-speaker", "accept-unused", "own-word", "speaker-unnamed"),
        *("directive-unknown", "directive-misplaced", "page-unreadable", "data-misfit"),
        *("settings-invalid", "source-changed", "copy-missing", "changes-invalid", "own-room"),
        *("quoted-share", "published-share", "excerpt-long"),
    }
    assert len(rules) > 30
    assert len(found) > 800


@forking
@pytest.mark.parametrize("form", FORMS, ids=" ".join)
@pytest.mark.parametrize("jobs", ["2", "3"])
@pytest.mark.parametrize("name", ["wrong", "broken", "real"])
def test_several_processes_say_what_one_says(
    name: str, jobs: str, form: list[str], request: pytest.FixtureRequest
) -> None:
    site = request.getfixturevalue(name)
    several = verbatim("check", *form, "--jobs", jobs, cwd=site, before=f"{FORKS}\n{FEW}")
    status, said, told = outcome(several)

    assert told.count("forked\n") == int(jobs)
    assert (status, said, told.replace("forked\n", "")) == whole(site, *form)


@forking
def test_large_sites_alone_are_read_by_several_processes(wrong: Path, real: Path) -> None:
    two = f"{FORKS}\nfrom mkdocs_verbatim.build import workers; workers.processors = lambda: 2"
    large, small = (verbatim("check", cwd=site, before=two) for site in (wrong, real))
    one = verbatim("check", cwd=wrong, before=two.replace("2", "1"))
    asked = verbatim("check", "--jobs", "1", cwd=wrong, before=two)

    assert large.stderr.count("forked\n") == 2
    assert "forked" not in small.stderr + one.stderr + asked.stderr


def test_where_processes_cannot_be_copied_one_does_it_all(wrong: Path) -> None:
    alone = "from mkdocs_verbatim.build import workers; workers.CAN_FORK = False"
    done = verbatim("check", "--jobs", "2", cwd=wrong, before=f"{FORKS}\n{alone}")

    assert outcome(done) == whole(wrong)


@forking
@pytest.mark.parametrize(
    ("end", "before"),
    [
        pytest.param("os.kill(os.getpid(), 9)", "", id="killed"),
        pytest.param("os._exit(3)", "", id="left"),
        pytest.param("os._exit(3)", SLOW_TO_HAND_OUT, id="left before all is handed out"),
    ],
)
def test_a_process_that_ends_early_is_no_check(end: str, before: str, wrong: Path) -> None:
    ending = (
        f"import os; first = os.getpid(); read = workers.read_page\n{ENDING.format(end)}\n{before}"
    )
    done = verbatim("check", "--jobs", "3", cwd=wrong, before=f"{FEW}\n{ending}")

    assert outcome(done) == (
        1,
        "",
        "Error: a process that checks pages has ended early; --jobs 1 does without others\n",
    )


@forking
@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_no_process_outlives_a_check_that_is_ended(number: int, status: int, wrong: Path) -> None:
    slow = f"{FEW}\nimport time; workers.read_page = lambda *_: time.sleep(0.3) or 'x'"
    code = f"{slow}\nfrom mkdocs_verbatim.cli.main import main\nmain(prog_name='verbatim')"
    with subprocess.Popen(
        [sites.BIN / "python", "-c", code, "check", "--jobs", "3"],
        cwd=wrong,
        env=sites.environment(),
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as running:
        _wait(lambda: len(_members(running.pid)) == 4)
        # A terminal interrupts the whole group; a kill is of the first process alone.
        if number == signal.SIGINT:
            os.killpg(running.pid, number)
        else:
            running.kill()
        assert running.wait(20) == status
        _wait(lambda: not _members(running.pid))
        said = running.stderr.read() if running.stderr else ""

    assert said.strip() == (
        "interrupted: what was not finished is not written" if number == signal.SIGINT else ""
    )


def _members(group: int) -> list[int]:
    """Return the processes of *group* that have not ended."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, _, of = path.read_text().rpartition(")")[2].split()[:3]
            found += [int(path.parent.name)] if int(of) == group and state != "Z" else []
    return found


def _wait(until: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not until():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@forking
def test_a_configuration_that_cannot_be_used_is_told_once(tmp_path: Path) -> None:
    site = sites.SmallSite(
        pages={f"{n}.md": "He said “ends” [@a].\n" for n in range(9)}, copies={"a": "Of ends."}
    ).write(tmp_path / "site")
    with (site / "mkdocs.yml").open("a") as file:
        file.write("\nINHERIT: base.yml\n")
    sites.put(site / "base.yml", "plugins: []\n")
    text = (site / "mkdocs.yml").read_text("utf-8").replace("- abbr", "- no_such_extension")
    sites.put(site / "mkdocs.yml", text)
    one = verbatim("check", "--jobs", "1", cwd=site)

    assert outcome(verbatim("check", "--jobs", "3", cwd=site, before=FEW)) == outcome(one)
    assert "no_such_extension" in one.stderr


# Shards


def here(*arguments: str | Path, cwd: Path) -> CompletedProcess[str]:
    """Check by this process alone, of which no copies are to be made."""
    return sites.verbatim(*arguments, "--jobs", "1", cwd=cwd)


def parts(
    site: Path, of: int, folder: Path, check: Callable[..., CompletedProcess[str]] = here
) -> list[Path]:
    """Check *site* in so many shards by *check*, and return their reports."""
    folder.mkdir()
    paths = [folder / f"part-{number}.json" for number in range(1, of + 1)]
    for number, path in enumerate(paths, 1):
        done = check("check", "--shard", f"{number}/{of}", "--out", path, cwd=site)
        assert f"in shard {number}/{of}; verbatim merge says what counts over all" in (
            done.stdout + done.stderr
        )
    return paths


@pytest.mark.parametrize("name", ["wrong", "broken", "real"])
def test_merged_shards_say_what_the_whole_says(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    site = request.getfixturevalue(name)
    paths = parts(site, 3, tmp_path / "parts", verbatim)
    for form in FORMS:
        merged = sites.verbatim("merge", *form, *reversed(paths), cwd=site)

        assert outcome(merged) == whole(site, *form)


def test_more_shards_than_pages_are_merged_too(real: Path, tmp_path: Path) -> None:
    paths = parts(real, 15, tmp_path / "parts")

    assert len([*(real / "docs").rglob("*.md")]) < len(paths)
    assert outcome(sites.verbatim("merge", *paths, cwd=real)) == whole(real)


def test_a_report_is_as_its_schema_says(wrong: Path, real: Path, tmp_path: Path) -> None:
    for site, folder in ((wrong, "wrong"), (real, "real")):
        document = json.loads(parts(site, 1, tmp_path / folder)[0].read_text("ascii"))
        Draft202012Validator(DOCUMENT).validate(document)

        assert fits(document, DOCUMENT)


TRIED: list[tuple[dict[str, object], list[object]]] = [
    ({"type": "integer", "minimum": 1}, [1, 0, True, 1.0, "1", None]),
    ({"type": ["integer", "null"]}, [1, None, False, []]),
    ({"type": "string", "pattern": "^[0-9a-f]{2}$"}, ["0f", "0g", "0f0", 0]),
    ({"const": 1}, [1, 2, "1"]),
    ({"type": "array", "items": {"type": "string"}}, [[], ["a"], ["a", 1], "a"]),
    (
        {"type": "array", "prefixItems": [{"type": "string"}], "items": False, "minItems": 1},
        [["a"], [], ["a", "b"], [1]],
    ),
    (
        {
            "type": "object",
            "required": ["a"],
            "additionalProperties": False,
            "properties": {"a": {"$ref": "#/$defs/one"}, "b": {"type": "null"}},
            "$defs": {"one": {"const": 1}},
        },
        [{"a": 1}, {"a": 1, "b": None}, {"a": 2}, {"b": None}, {"a": 1, "c": 1}, []],
    ),
]


@pytest.mark.parametrize(("form", "value"), [(f, value) for f, values in TRIED for value in values])
def test_a_form_is_checked_as_its_keywords_say(form: dict[str, object], value: object) -> None:
    # To JSON Schema 1.0 is an integer, too; no report of ours has one.
    wanted = value != 1.0 or type(value) is int
    assert fits(value, form) == (Draft202012Validator(form).is_valid(value) and wanted)


def test_a_keyword_that_nothing_checks_fails() -> None:
    with pytest.raises(KeyError):
        fits(3, {"maximum": 2})


def test_a_shard_fails_for_what_it_has_found_itself(wrong: Path, tmp_path: Path) -> None:
    _, _, every = whole(wrong)
    done = sites.run(
        *("verbatim", "check", "--shard", "1/2", "--out", tmp_path / "part.json"), cwd=wrong
    )
    lines = [line for line in done.stderr.splitlines() if ": error: " in line]

    assert done.returncode == 1
    assert set(lines) < set(every.splitlines())
    assert 100 < len(lines) < every.count(": error: ") - 100


def test_a_shard_without_quotations_is_none_of_a_site_without_any(tmp_path: Path) -> None:
    pages = {"a.md": "He said “ends” [@a].\n", "b.md": "# B\n"}
    settings = {"rules": {"speaker-unnamed": "off", "citation-unformatted": "off"}}
    small = sites.SmallSite(pages=pages, copies={"a": "Of ends."}, settings=settings)
    site = small.write(tmp_path / "site")
    paths = parts(site, 2, tmp_path / "parts")
    one = sites.verbatim("merge", *paths, cwd=site)
    sites.put(site / "docs/a.md", "# A\n")
    none = parts(site, 2, tmp_path / "none")
    merged = sites.verbatim("merge", *none, cwd=site)

    assert (one.returncode, one.stdout) == (0, "1 quotations and 0 citations checked, 0 problems\n")
    assert merged.returncode == 1
    assert "[nothing-checked]" in merged.stderr


# What cannot be merged


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    """A small site, and the reports of its three shards."""
    pages = {f"{n}.md": "He said “ends” [@a, para. 1].\n" for n in range(6)}
    folder = tmp_path_factory.mktemp("three")
    site = sites.SmallSite(pages=pages, copies={"a": "Of ends."}).write(folder / "site")
    return site, parts(site, 3, folder / "parts")


@pytest.fixture
def copied(three: tuple[Path, list[Path]], tmp_path: Path) -> tuple[Path, list[Path]]:
    """The same, to be changed."""
    site, paths = three
    shutil.copytree(site, tmp_path / "site")
    for path in paths:
        shutil.copy(path, tmp_path)
    return tmp_path / "site", [tmp_path / path.name for path in paths]


def refused(site: Path, *paths: Path) -> list[str]:
    """Return the lines in which a merge of *paths* is refused, less the folder."""
    done = sites.verbatim("merge", *paths, cwd=site)

    assert (done.returncode, done.stdout) == (2, ""), done
    assert "Traceback" not in done.stderr
    return done.stderr.replace(f"{site.parent}/", "").splitlines()


DAMAGED = "Error: part-2.json: damaged, or no report of a shard; check that shard again"


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda b: b[: len(b) // 2], id="cut off"),
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda b: b.replace(b'"shard": 2', b'"shard": 1'), id="another shard's"),
        pytest.param(lambda b: b.replace(b'"citations": 0', b'"citations": 1'), id="a number"),
        pytest.param(lambda _: b'{"version": 1}', id="nearly nothing"),
        pytest.param(lambda _: b"[1]", id="no mapping"),
        pytest.param(lambda _: b"\xff\xfe", id="no text"),
        pytest.param(lambda _: b"[" * 100_000, id="nested deeply"),
        pytest.param(lambda b: b + b"{}", id="more behind it"),
    ],
)
def test_a_damaged_report_is_refused(
    damage: Callable[[bytes], bytes], copied: tuple[Path, list[Path]]
) -> None:
    site, paths = copied
    content = damage(paths[1].read_bytes())
    assert content != paths[1].read_bytes()
    paths[1].write_bytes(content)

    assert refused(site, *paths) == [DAMAGED]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, None) for name in DOCUMENT["properties"] if name not in {"sha256", "version"}),
        ("shard", True),
        ("shard", 4),
        ("shard", 0),
        ("of", -1),
        ("findings", {}),
        ("fingerprint", {"engine": "x"}),
        ("more", 1),
    ],
)
def test_a_report_made_by_hand_is_refused(
    name: str, value: object, copied: tuple[Path, list[Path]]
) -> None:
    site, paths = copied
    fields = {**json.loads(paths[1].read_bytes()), name: value}
    del fields["sha256"]
    paths[1].write_text(json.dumps({**fields, "sha256": _digest(fields)}), "ascii")

    assert refused(site, *paths) == [DAMAGED]


def test_a_rule_that_there_is_not_is_refused(copied: tuple[Path, list[Path]]) -> None:
    site, paths = copied
    fields = json.loads(paths[1].read_bytes())
    problem = {"path": "a", "line": 1, "column": 1, "rule": "no-such", "message": "m"}
    fields["findings"]["problems"].append(problem)
    del fields["sha256"]
    paths[1].write_text(json.dumps({**fields, "sha256": _digest(fields)}), "ascii")

    assert refused(site, *paths) == [DAMAGED]


def test_a_report_in_another_form_is_refused(copied: tuple[Path, list[Path]]) -> None:
    site, paths = copied
    text = paths[1].read_text("ascii").replace('"version": 1', '"version": 9')
    paths[1].write_text(text, "ascii")

    assert refused(site, *paths) == [
        "Error: part-2.json: written in form 9, and this verbatim reads 1; check that shard again"
    ]


def test_what_is_no_file_is_refused(copied: tuple[Path, list[Path]]) -> None:
    site, paths = copied
    for path in paths:
        path.unlink()
    paths[1].mkdir()
    os.mkfifo(paths[2])

    assert refused(site, *paths) == [
        "Error: part-1.json: cannot be read: No such file or directory; check that shard again",
        "Error: part-2.json: not a file; name the reports of the shards",
        "Error: part-3.json: not a file; name the reports of the shards",
    ]


def test_nothing_may_be_missing_and_nothing_given_twice(three: tuple[Path, list[Path]]) -> None:
    site, (one, two, _) = three

    def lines(*paths: Path) -> list[str]:
        return [line.replace(f"{one.parent}/", "") for line in refused(site, *paths)]

    assert lines(two) == ["Error: missing: shard 1/3, 3/3; give the reports of all shards"]
    assert lines(one, one, two) == [
        "Error: parts/part-1.json: shard 1/3 once more, as parts/part-1.json; give each shard once"
    ]


def test_shards_of_several_checks_are_not_mixed(three: tuple[Path, list[Path]]) -> None:
    site, (one, two, _) = three
    sites.verbatim("check", "--shard", "2/2", "--out", site.parent / "2.json", cwd=site)

    assert refused(site, one, two, site.parent / "2.json") == [
        "Error: 2.json: shard 2/2, but parts/part-1.json is 1/3; divide a check in one way"
    ]


@pytest.mark.parametrize(
    ("file", "what"),
    [
        ("docs/3.md", "pages"),
        ("docs/data/more.yml", "pages"),
        ("sources/a.yml", "sources"),
        ("mkdocs.yml", "configuration"),
        ("base.yml", "configuration"),
        ("rules.yml", "configuration"),
    ],
)
def test_reports_of_another_state_are_refused(
    file: str, what: str, three: tuple[Path, list[Path]], tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(three[0], site)
    sites.put(site / "base.yml", "extra: {verbatim: {content: rules.yml}}\n")
    sites.put(site / "rules.yml", "- {id: no-x, words: x, say: mend it, because: taste}\n")
    with (site / "mkdocs.yml").open("a") as config:
        config.write("INHERIT: base.yml\n")
    paths = parts(site, 2, tmp_path / "parts")
    assert sites.verbatim("merge", *paths, cwd=site).returncode == 0
    (site / file).parent.mkdir(exist_ok=True)
    with (site / file).open("a") as changed:
        changed.write(
            "\nextra_css: []\n" if file.endswith("s.yml") else "\n# more: 1\nnotes: [x]\n"
        )

    assert refused(site, *paths) == [
        f"Error: parts/part-{n}.json: shard {n}/2, not of this site as it is now: other {what}; "
        "check that shard again"
        for n in (1, 2)
    ]


def test_reports_of_another_engine_are_refused(three: tuple[Path, list[Path]]) -> None:
    site, paths = three
    other = (
        "from mkdocs_verbatim.build import shards; shards.platform.python_version = lambda: '2.7.1'"
    )
    done = verbatim("merge", *paths, cwd=site, before=other)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("not of this site as it is now: other engine; check that shard") == 3


@pytest.mark.parametrize("name", ["rules.py", "text/fold.py", "build/deep/more.py"])
def test_an_edit_of_any_module_makes_another_engine(
    name: str, three: tuple[Path, list[Path]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = read_config(three[0] / "mkdocs.yml")
    engine = tmp_path / "engine"
    shutil.copytree(shards.ENGINE, engine, ignore=shutil.ignore_patterns("__pycache__"))
    before = shards.fingerprint(config)
    monkeypatch.setattr(shards, "ENGINE", engine)
    assert shards.fingerprint(config) == before
    (engine / name).parent.mkdir(exist_ok=True)
    with (engine / name).open("a") as module:
        module.write("# more\n")
    after = shards.fingerprint(config)

    assert [part for part in before if before[part] != after[part]] == ["engine"]


def test_what_is_hidden_or_made_is_no_other_state(three: tuple[Path, list[Path]]) -> None:
    site, paths = three
    before = outcome(sites.verbatim("merge", *paths, cwd=site))
    sites.put(site / "docs/.hidden", "x")
    sites.put(site / "sources/.DS_Store", "x")

    assert outcome(sites.verbatim("merge", *paths, cwd=site)) == before


def test_a_report_is_written_whole_or_the_use_was_wrong(three: tuple[Path, list[Path]]) -> None:
    site, _ = three
    done = sites.verbatim("check", "--shard", "1/1", "--out", "no/part.json", cwd=site)

    assert outcome(done) == (
        2,
        "",
        "Error: cannot write 'no/part.json': No such file or directory\n",
    )


# The page that says how


def test_the_example_for_github_actions_checks_what_a_check_does(
    three: tuple[Path, list[Path]], tmp_path: Path
) -> None:
    text = (sites.ROOT / "manual/docs/scale.md").read_text("utf-8")
    (example,) = re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    jobs = yaml.safe_load(example)["jobs"]
    site = tmp_path / "site"
    shutil.copytree(three[0], site)
    (command,) = _commands(jobs["shard"])
    for shard in jobs["shard"]["strategy"]["matrix"]["shard"]:
        own = command.replace("${{ matrix.shard }}", str(shard))
        assert "${{" not in own
        assert _shell(own, site).returncode == 0
    (merge,) = _commands(jobs["merge"])

    assert len([*site.glob("part-*.json")]) == len(jobs["shard"]["strategy"]["matrix"]["shard"])
    assert outcome(_shell(merge, site)) == whole(site, "--strict", "--format", "github")
    # What is pinned elsewhere is the same action; what is only here is pinned, too.
    pins = set(re.findall(r"uses: (\S+)", example))
    used = "".join(path.read_text("utf-8") for path in sites.ROOT.glob(".github/workflows/*.yml"))
    assert all(re.search(r"@[0-9a-f]{40}$", pin) for pin in pins)
    assert {pin for pin in pins if f"{pin.partition('@')[0]}@" in used} <= {
        *re.findall(r"uses: (\S+)", used)
    }


def _commands(job: dict[str, Any]) -> list[str]:
    """Return the commands of ours in *job*."""
    runs = [step["run"] for step in job["steps"] if "run" in step]
    return [run for run in runs if run.startswith(".venv/bin/verbatim ")]


def _shell(command: str, site: Path) -> CompletedProcess[str]:
    code = command.replace(".venv/bin/verbatim", str(sites.BIN / "verbatim"))
    return subprocess.run(
        ["sh", "-c", code],
        cwd=site,
        env=sites.environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
