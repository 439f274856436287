"""Compares a finished site with one that was built anew, byte by byte."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from pathlib import Path

from ..problem import Problem, ProblemError
from .files import read_site_files

DAY = re.compile(r"<lastmod>(\d{4}-\d\d-\d\d)</lastmod>")
"""When a page was last changed, or built if it does not say so, in the map of the site."""


def build_anew(config: Path, site: Path, folder: Path) -> None:
    """Build the site that *config* configures into *folder*, in a process of its own.

    The day that pages without a date of their own have in *site* is kept. Raise ProblemError if
    the build fails, with what it says.
    """
    options = ("--strict", "--quiet", "--config-file", str(config), "--site-dir", str(folder))
    done = subprocess.run(  # noqa: S603 - the build that made the site, with its own arguments
        [sys.executable, "-m", "mkdocs", "build", *options],
        env={**_date(site), **os.environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        last = said[-1] if said else f"status {done.returncode}"
        message = f"cannot be built anew: {last}; run mkdocs build --strict"
        raise ProblemError(Problem(path=str(config), rule="proof-file", message=message))


def _date(site: Path) -> dict[str, str]:
    try:
        days = DAY.findall((site / "sitemap.xml").read_text("utf-8"))
        day = dt.datetime.fromisoformat(f"{max(days)}T12:00:00+00:00")
    except (OSError, ValueError):
        # Without a map that has a valid day the build takes today.
        return {}
    return {"SOURCE_DATE_EPOCH": str(int(day.timestamp()))}


def differences(site: Path, anew: Path) -> list[Problem]:
    """Return a problem for each file of *site* that is not as in *anew*, or there alone."""
    files, wanted = _files(site), _files(anew)
    problems: list[Problem] = []
    for name in sorted({*files, *wanted}):
        line, message = _difference(files.get(name), wanted.get(name))
        if message:
            path = f"{site.name}/{name}"
            problems.append(Problem(path=path, line=line, rule="proof-file", message=message))
    return problems


def _files(site: Path) -> dict[str, Path]:
    return {path.relative_to(site).as_posix(): path for path in read_site_files(site).files}


def _difference(path: Path | None, wanted: Path | None) -> tuple[int, str]:
    """Return the line from which *path* is not as *wanted*, and what is wrong; or no message."""
    if path is None:
        return 1, "is not there, but a new build makes it"
    if wanted is None:
        return 1, "is made by no new build"
    content, anew = path.read_bytes(), wanted.read_bytes()
    if content == anew:
        return 1, ""
    pairs = enumerate(zip(content, anew, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(content), len(anew)))
    line = content.count(b"\n", 0, at) + 1
    return (
        line,
        f"is not what a new build makes, from byte {at + 1} on: {_shown(content, anew, at)}",
    )


def _shown(content: bytes, anew: bytes, at: int) -> str:
    begin = max(0, at - 20)
    texts = (text[begin : at + 40].decode("utf-8", "replace") for text in (content, anew))
    here, there = (" ".join(text.split()) for text in texts)
    return f"'…{here}…' here, '…{there}…' anew"
