"""The last resort: what nobody foresaw ends a command in one line, with a log to report it by."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from click.testing import CliRunner, Result

from mkdocs_verbatim.build import opening, reading, workers
from mkdocs_verbatim.cli import add as adding
from mkdocs_verbatim.cli.main import COMMANDS, main
from mkdocs_verbatim.ledger.front_matter import front_matter
from mkdocs_verbatim.sources import library
from tests.support import sites

SECRET = "words that only the author knows"
ARGUMENTS = {
    "add": ("docs/index.md", "--key", "new"),
    "find": ("talks",),
    "new": ("bridges",),
    "pages": ("docs",),
    "merge": ("part.json",),
    "verify": ("site",),
}
"""What a command is given; the others need nothing."""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return sites.SmallSite(
        pages={"index.md": "“No talks” [@a].\n"}, copies={"a": "No talks."}
    ).write(tmp_path / "site")


def run(site: Path, *arguments: str) -> Result:
    with contextlib.chdir(site):
        return CliRunner().invoke(main, [*arguments])


def failing(error: Exception | type[BaseException]) -> Callable[..., NoReturn]:
    def fail(*_: object, **__: object) -> NoReturn:
        raise error

    return fail


@pytest.mark.parametrize(
    ("module", "name", "place"),
    [
        pytest.param(reading, "front_matter", "docs/index.md:1:1: ", id="in a page"),
        pytest.param(library, "parse_record", "sources/a.yml:1:1: ", id="in a record"),
        pytest.param(library, "make_source", "sources/a.txt:1:1: ", id="in a copy"),
        pytest.param(opening, "read_log", "", id="elsewhere"),
    ],
)
def test_a_fault_is_one_line_with_a_place_and_a_log(
    module: object, name: str, place: str, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, name, failing(ValueError(SECRET)))
    done = run(site, "check")
    line = re.fullmatch(
        rf"{re.escape(place)}error: ValueError in cli/test_last_resort.py:\d+ fail, a fault of the "
        r"program and not of the site; report it and attach (\S+\.log), which holds no words of "
        r"pages or sources\n",
        done.stderr,
    )

    assert line, done.stderr
    assert (done.exit_code, done.stdout) == (1, "")
    log = Path(line[1]).read_text("utf-8")
    assert SECRET not in log
    assert str(Path.home()) not in log
    assert "ValueError\n" in log
    assert re.search(r"^Python \d", log)
    assert f"{Path(sys.modules[main.__module__].__file__ or '').name}:" in log


def test_a_fault_in_another_process_is_told_with_its_place(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        sites.put(site / f"docs/page-{number}.md", "A page.\n")
    monkeypatch.setattr(workers, "LEAST_PAGES", 1)
    read = front_matter

    def planted(text: str, path: str) -> object:
        return read(text, path) if path == "docs/index.md" else failing(KeyError(SECRET))()

    monkeypatch.setattr(reading, "front_matter", planted)
    done = run(site, "check", "--jobs", "2")

    assert re.match(r"docs/page-\d\.md:1:1: error: KeyError in ", done.stderr)
    log = Path(re.findall(r"\S+\.log", done.stderr)[0]).read_text("utf-8")
    assert "reading.py" in log
    assert SECRET not in log


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_the_last_resort(
    name: str, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with contextlib.chdir(site):
        command = main.commands.get(name) or main.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        monkeypatch.setattr(command, "callback", failing(RuntimeError(SECRET)))
        sites.put(site / "site/index.html", "")
        done = CliRunner().invoke(main, [name, *ARGUMENTS.get(name, ())])

    assert done.exit_code == 1
    assert done.stderr.startswith("error: RuntimeError in ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RecursionError(), "docs/index.md:1:1: error: something here is nested too deep"),
        (MemoryError(), "docs/index.md:1:1: error: the memory of this machine is not enough"),
        (
            OSError(errno.EIO, "Input/output error", "docs/data"),
            "docs/index.md:1:1: error: docs/data: Input/output error\n",
        ),
    ],
    ids=["deep", "memory", "file"],
)
def test_what_is_no_fault_of_the_program_needs_no_log(
    error: Exception, said: str, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "front_matter", failing(error))
    done = run(site, "check")

    assert done.exit_code == 1
    assert done.stderr.startswith(said)
    assert ".log" not in done.stderr


def test_a_log_that_cannot_be_written_is_said_too(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nonexistent")
    monkeypatch.setattr(reading, "front_matter", failing(ValueError()))
    done = run(site, "check")

    assert done.stderr.endswith(
        "; report it and its log cannot be written: No such file or directory\n"
    )


def test_an_interrupt_is_one_line_and_leaves_nothing(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "add", failing(KeyboardInterrupt))
    before = sites.tree(site)
    done = run(site, "add", "docs/index.md", "--key", "new")

    assert done.exit_code == 130
    assert done.stderr == "interrupted: what was not finished is not written\n"
    assert sites.tree(site) == before


def test_an_interrupt_while_the_command_is_loaded_is_one_line(site: Path) -> None:
    process = subprocess.Popen(
        [sites.BIN / "verbatim", "check"],
        cwd=site,
        env=sites.environment(PYTHONPATH=str(stopped(site.parent))),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    end = time.monotonic() + 20
    while not (site.parent / "loading").exists() and time.monotonic() < end:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)

    assert (process.returncode, out, err) == (130, "", "interrupted: nothing was begun\n")


def stopped(folder: Path) -> Path:
    """Return a folder with a package click that never ends to load."""
    text = f"import time\nopen({str(folder / 'loading')!r}, 'w').close()\ntime.sleep(30)\n"
    sites.put(folder / "path/click.py", text)
    return folder / "path"


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is full")
@pytest.mark.parametrize("command", ["report", "find talks", "check --format json", "--help"])
def test_an_output_that_is_full_is_one_line(command: str, site: Path) -> None:
    with FULL.open("w") as full:
        done = subprocess.run(
            [sites.BIN / "verbatim", *command.split()],
            cwd=site,
            env=sites.environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr == "error: the output cannot be written: No space left on device\n"


@pytest.mark.parametrize("closed", ["stdout", "stderr", "both"])
def test_an_output_that_nobody_reads_is_no_fault(closed: str, site: Path) -> None:
    """Neither a pipe without a reader nor an output that was closed before."""
    for end in ("| true", ""):
        streams = {"stdout": ">&-", "stderr": "2>&-", "both": ">&- 2>&-"}[closed]
        line = f"{sites.BIN / 'verbatim'} report {'2>&1' if end else streams} {end}"
        done = subprocess.run(
            ["sh", "-c", line],
            cwd=site,
            env=sites.environment(),
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.returncode == 0
        assert done.stderr == ""


def test_a_terminal_without_a_character_shows_its_number(site: Path) -> None:
    done = sites.run("verbatim", "find", "talks", cwd=site, PYTHONIOENCODING="ascii")

    assert done.returncode == 0
    assert os.linesep in done.stdout
    assert done.stderr == ""
