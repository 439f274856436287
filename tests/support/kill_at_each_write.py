"""Runs a command of `verbatim` again and again, and kills it at each step at which it writes.

    python -m tests.support.kill_at_each_write SITE COMMAND [ARGUMENT ...]

A child of this process runs the command on a copy of SITE and is killed before its first step; on
another copy before its second; and so on, until a run comes to its end. The copy of a run that
was killed is called SITE-1, SITE-2 and so on; SITE itself is what the last run has made of it.
"""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from mkdocs_verbatim.authoring import reference_lock as lock
from mkdocs_verbatim.cli.main import main as verbatim

STEPS = frozenset({"os.link", "os.rename", "os.remove", "os.chmod", "os.mkdir"})
"""What Python tells before it is done, besides the opening of a file that is written."""

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def run(site: Path, arguments: Sequence[str], last: int) -> bool:
    """Run the command in *site*, kill it before step *last*; tell whether it was killed."""
    child = os.fork()
    if child == 0:
        try:
            _run(site, arguments, last)
        finally:
            os._exit(70)
    _, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status)
    if not killed and os.WEXITSTATUS(status) != 0:
        sys.exit(f"ended with {os.WEXITSTATUS(status)} before step {last}")
    return killed


def _run(site: Path, arguments: Sequence[str], last: int) -> None:
    os.chdir(site)
    steps = itertools.count(1)

    def step() -> None:
        if next(steps) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def told(event: str, given: tuple[object, ...]) -> None:
        flags = given[2] if event == "open" else 0
        if event in STEPS or (isinstance(flags, int) and flags & WRITING):
            step()

    sys.addaudithook(told)
    # What pandoc says is no matter here, and takes seconds.
    for module, name, instead in (
        (os, "fsync", lambda handle: _halved(handle, step)),
        (lock, "find_pandoc", lambda: "pandoc"),
        (lock, "version", lambda _: "3"),
        (lock, "formatted", lambda _, item: {"bibtex": f"@misc{{{item['id']}}}"}),
    ):
        setattr(module, name, instead)
    try:
        verbatim([*arguments])
    except SystemExit as end:
        os._exit(int(end.code or 0))


def _halved(handle: int, step: Callable[[], None]) -> None:
    """Write the second half of a file in a step of its own, as a slow disk would."""
    content = Path(f"/proc/self/fd/{handle}").read_bytes()
    os.ftruncate(handle, len(content) // 2)
    step()
    os.pwrite(handle, content, 0)
    step()


def main() -> int:
    """Run and kill as the arguments say, and print how many runs were killed."""
    name, *arguments = sys.argv[1:]
    site = Path(name)
    for last in itertools.count(1):
        copy = site.with_name(f"{site.name}-{last}")
        shutil.copytree(site, copy)
        if not run(copy, arguments, last):
            shutil.rmtree(site)
            copy.rename(site)
            print(last - 1)
            break
    return 0


if __name__ == "__main__":
    sys.exit(main())
