"""Checks that every file of a finished site is the one that the build wrote, by `site.sha256`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..problem import Problem, ProblemError
from ..sources.text_file import read_text_file

FILE = "site.sha256"

LINE = re.compile(r"(?P<escaped>\\?)(?P<sha256>[0-9a-f]{64}) [ *](?P<name>[^\n]+)")
"""A line as sha256sum writes it; a star is how it says that it read bytes."""

ESCAPE = re.compile(r"\\([\\nr])")
MEANT = {"\\": "\\", "n": "\n", "r": "\r"}

OTHER_BUILDER = re.compile(r'<meta name="?generator"? content="?zensical\b', re.IGNORECASE)
"""A builder that ends without telling us, so that no checksums can be written."""


@dataclass(frozen=True, slots=True)
class Checksums:
    """The SHA-256 of each file by its path from the site's root; *shown* names the list."""

    shown: str
    files: Mapping[str, str]

    def problems(
        self, site: str, found: Mapping[str, str], apart: Collection[str]
    ) -> list[Problem]:
        """Return a problem for each file of *site*, its checksums *found*, that is not as listed.

        Files *apart* are not compared, nor is the list itself, which cannot hold its own checksum.
        """
        return [
            _problem(f"{site}/{name}", message)
            for name in sorted({*found, *self.files}.difference(apart, (FILE,)))
            if (message := self._message(name, found.get(name)))
        ]

    def _message(self, name: str, sha256: str | None) -> str:
        listed = self.files.get(name)
        if sha256 is None:
            return f"is not there, but {self.shown} lists it; build the site anew"
        if listed is None:
            return f"is not listed in {self.shown}: the build did not write it; take it out"
        if sha256 != listed:
            return (
                f"is not the file that the build wrote: its SHA-256 is {sha256}, "
                f"{self.shown} has {listed}; build the site anew"
            )
        return ""


def read_checksums(path: Path, shown: str) -> Checksums:
    """Return the checksums in the file *path*, called *shown*; raise ProblemError."""
    text = read_text_file(path, shown=shown, rule="proof-file", remedy="build the site anew")
    files: dict[str, str] = {}
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        match = LINE.fullmatch(line)
        if match is None:
            message = "not a line of sha256sum: 64 hex digits, two spaces, a path"
            raise ProblemError(_problem(shown, message, line=number))
        name = match["name"]
        if match["escaped"]:
            name = ESCAPE.sub(lambda escape: MEANT[escape[1]], name)
        if not _is_inside(name):
            message = f"{name!r} is no path inside the site"
            raise ProblemError(_problem(shown, message, line=number))
        if name in files:
            raise ProblemError(_problem(shown, f"{name!r} is listed twice", line=number))
        files[name] = match["sha256"]
    return Checksums(shown, files)


def _is_inside(name: str) -> bool:
    return not {"", ".", ".."}.intersection(name.split("/")) and "\0" not in name


def check_checksums(
    site: Path, files: Iterable[Path], kept: Path | None = None, apart: Collection[str] = ()
) -> list[Problem]:
    """Return a problem for each of *files*, all that are below *site*, that is not as listed.

    Files *apart*, by their paths from the site's root, are not compared. The list is the site's
    own, or *kept*, which somebody took from elsewhere: only that one proves anything against
    whoever can change the site. A site's own must be equal to it.
    """
    there = {path.relative_to(site).as_posix(): path for path in files}
    try:
        checksums = _listed(site, there, kept)
    except ProblemError as error:
        return [error.problem]
    if checksums is None:
        return []
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for name, path in there.items():
        try:
            with path.open("rb") as file:
                found[name] = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            found[name] = checksums.files.get(name, "")
            problems.append(_problem(f"{site.name}/{name}", f"cannot be read: {error.strerror}"))
    return problems + checksums.problems(site.name, found, apart)


def _listed(site: Path, there: Mapping[str, Path], kept: Path | None) -> Checksums | None:
    """Return the list by which *site* is checked, or None where its builder writes none."""
    shown = f"{site.name}/{FILE}"
    if kept is None:
        if FILE in there:
            return read_checksums(there[FILE], shown)
        if _is_of_other_builder(there):
            return None
        message = "is not there: nothing holds styles, scripts and the site's own words; build anew"
        raise ProblemError(_problem(shown, message))
    checksums = read_checksums(kept, str(kept))
    if FILE in there and read_checksums(there[FILE], shown).files != checksums.files:
        message = f"is not {kept}: one of them is of another build"
        raise ProblemError(_problem(shown, message))
    return checksums


def _is_of_other_builder(there: Mapping[str, Path]) -> bool:
    pages = [path for name, path in there.items() if name.endswith((".html", ".htm"))]
    return bool(pages) and all(_says_other_builder(path) for path in pages)


def _says_other_builder(path: Path) -> bool:
    try:
        return OTHER_BUILDER.search(path.read_text("utf-8", errors="replace")) is not None
    except OSError:
        return False


def _problem(path: str, message: str, line: int = 1) -> Problem:
    return Problem(path=path, line=line, rule="proof-file", message=message)
