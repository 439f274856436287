"""Measuring: one build in a process of its own, and what it cost."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

LONGEST = 3600
"""Seconds after which a build is ended."""

# ru_maxrss counts kilobytes, on macOS bytes.
RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What a build took: seconds by the clock and of the processors, and bytes at the peak."""

    wall: float
    cpu: float
    peak: int


@dataclass(frozen=True, slots=True)
class Output:
    """What a build wrote: HTML pages, bytes in all, and bytes of the HTML when compressed."""

    pages: int
    size: int
    compressed: int


class BuildError(Exception):
    """A build that failed; says why in one line."""


def environment(programs: Path, site: Path) -> dict[str, str]:
    """Return the environment of a build of *site*: nothing of the caller's own but the programs."""
    return {
        "PATH": os.pathsep.join([str(programs), "/usr/local/bin", "/usr/bin", "/bin"]),
        "LC_ALL": "C.UTF-8",
        "NO_MKDOCS_2_WARNING": "1",
        # Zensical finds our extension by its name.
        "PYTHONPATH": str(site / "hooks"),
    }


def build(program: str, programs: Path, site: Path) -> Cost:
    """Build *site* anew with *program* from the folder *programs*, or raise BuildError.

    Cost counts the programs that it starts, too.
    """
    # Zensical keeps finished pages in .cache; compiled modules and templates may stay.
    for left in ("site", ".cache") if program == "zensical" else ("site",):
        shutil.rmtree(site / left, ignore_errors=True)
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        command = [str(programs / program), *_arguments(program, site)]
        process = subprocess.Popen(
            command, cwd=site, env=environment(programs, site), stdout=said, stderr=said
        )
        timer = Timer(LONGEST, process.kill)
        timer.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        timer.cancel()
        # The process was waited for here, so Popen must not wait again.
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
    if process.returncode or not (site / "site" / "index.html").exists():
        raise BuildError(_reason(text, site))
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * RSS_UNIT)


def _arguments(program: str, site: Path) -> Sequence[str]:
    if program == "sphinx-build":
        return ("-q", "-b", "html", "docs", "site")
    if program == "zensical":
        ours = site / "zensical.yml"
        return ("build", "-f", ours.name) if ours.exists() else ("build",)
    return ("build", "--quiet")


def _reason(text: str, site: Path) -> str:
    lines = [line for line in text.splitlines() if line.strip(" |│╵╷-")]
    return lines[-1].replace(str(site), "").strip()[:200] if lines else "it wrote no page"


def output(site: Path) -> Output:
    """Return what stands in the folder site/ of *site*."""
    files = [path for path in (site / "site").rglob("*") if path.is_file()]
    pages = [path for path in files if path.suffix == ".html"]
    compressed = sum(len(gzip.compress(path.read_bytes(), 6)) for path in pages)
    return Output(len(pages), sum(path.stat().st_size for path in files), compressed)


def compile_hooks(programs: Path, site: Path) -> None:
    """Compile the modules of *site* beforehand, as they are from a site's second build on."""
    command = [str(programs / "python"), "-m", "compileall", "-q", str(site)]
    subprocess.run(command, check=True, capture_output=True)


def hand_over(programs: Path, site: Path) -> None:
    """Have `verbatim pages` write what the engine makes of *site*, for builders without hooks."""
    command = [
        str(programs / "python"),
        "-c",
        "import mkdocs_verbatim.cli.main as c; c.main()",
        "pages",
        "docs",
    ]
    subprocess.run(
        command, cwd=site, env=environment(programs, site), check=True, stdout=subprocess.DEVNULL
    )


def versions(programs: Path, packages: Sequence[str]) -> list[str]:
    """Return Python and those of *packages* that are installed beside *programs*, with versions."""
    code = (
        "import importlib.metadata as m, platform, sys\n"
        "have = {d.name.lower().replace('_', '-'): d.version for d in m.distributions()}\n"
        "print('Python', platform.python_version())\n"
        "for n in sys.argv[1:]: n in have and print(n, have[n])\n"
    )
    command = [str(programs / "python"), "-c", code, *packages]
    run = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    return run.stdout.splitlines()
