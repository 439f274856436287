"""Handover: the pages that the build makes as files, for builders without hooks."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..datafiles.atomic import replace_file
from ..datafiles.tree import read_file
from ..problem import Problem, ProblemError

LIST = ".verbatim-pages"
"""The list of what was written into a folder, in the form that `sha256sum --check` reads."""

LINE = re.compile(r"(?P<sha256>[0-9a-f]{64})  (?P<path>\S.*)")


def listed(folder: Path) -> set[tuple[str, str]]:
    """Return path and fingerprint of each file that was written into *folder*."""
    try:
        text = read_file(folder, LIST).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return set()
    found = (LINE.fullmatch(line) for line in text.splitlines())
    return {(m["path"], m["sha256"]) for m in found if m and is_inside(m["path"])}


def list_text(files: Iterable[tuple[str, str]]) -> str:
    """Return the list of *files*, each by path and fingerprint."""
    return "".join(f"{sha256}  {path}\n" for path, sha256 in sorted(files))


def kept(folder: Path) -> list[str]:
    """Return the paths below *folder* of what was written there and is still as it was."""
    files = listed(folder)
    return sorted(path for path, sha256 in files if fingerprint(folder, path) == sha256)


def is_inside(path: str) -> bool:
    """Return whether *path* is that of a file below a folder, written in one way only."""
    parts = path.split("/")
    return PurePosixPath(path).as_posix() == path and not {"", ".", ".."}.intersection(parts)


def fingerprint(folder: Path, path: str) -> str | None:
    """Return the SHA-256 of the file *path* below *folder*; None if it is missing or a link."""
    try:
        if not stat.S_ISREG((folder / path).lstat().st_mode):
            return None
        return hashlib.sha256(read_file(folder, path)).hexdigest()
    except OSError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What was done to a folder: paths below it, in order."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    others: tuple[str, ...]
    """Files of the same name that somebody else wrote; as under MkDocs, they are kept."""


def hand_over(files: Mapping[str, str], folder: Path) -> Handover:
    """Write *files*, by path below *folder*, each whole or not at all, or raise ProblemError.

    What was written there before and is made no more is removed, unless somebody changed it.
    """
    before = listed(folder)
    there = {path: fingerprint(folder, path) for path in {*files, *(path for path, _ in before)}}
    made = {path: hashlib.sha256(text.encode()).hexdigest() for path, text in files.items()}
    ours = {path for path, sha256 in before if there[path] == sha256}
    taken = [p for p in sorted(files) if p not in ours and _is_others(folder, p, made[p])]
    wanted = {path: made[path] for path in sorted(files) if path not in taken}
    written = tuple(path for path in wanted if there[path] != wanted[path])
    removed = tuple(sorted(ours.difference(files)))
    _check_inside(folder, [*wanted, *removed])
    # The list comes first: if anything stops the rest, every file of ours is on it.
    _write(folder / LIST, list_text({*before, *wanted.items()}))
    for path in written:
        _write(folder / path, files[path])
    for path in removed:
        _write(folder / path, None)
    _write(folder / LIST, list_text(wanted.items()))
    unchanged = tuple(path for path in wanted if path not in written)
    return Handover(written=written, unchanged=unchanged, removed=removed, others=tuple(taken))


def _is_others(folder: Path, path: str, sha256: str) -> bool:
    return os.path.lexists(folder / path) and fingerprint(folder, path) != sha256


def _check_inside(folder: Path, paths: list[str]) -> None:
    """Raise ProblemError for a path that a link leads out of *folder*."""
    base = folder.resolve()
    for path in paths:
        if not is_inside(path) or not (folder / path).parent.resolve().is_relative_to(base):
            message = f"leads out of {folder}/; put a folder there, not a link"
            raise _error(str((folder / path).parent), message)


def _write(path: Path, text: str | None) -> None:
    """Make *text* the content of the file *path*, or remove it; raise ProblemError."""
    try:
        if text is None:
            path.unlink()
        elif fingerprint(path.parent, path.name) != hashlib.sha256(text.encode()).hexdigest():
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, text)
    except OSError as error:
        raise _error(str(path), f"cannot be written: {error.strerror}") from error


def _error(path: str, message: str) -> ProblemError:
    return ProblemError(Problem(path=path, rule="pages-unwritten", message=message))


def stale(files: Mapping[str, str], docs: Path, shown: str) -> list[Problem]:
    """Return a problem for each file below *docs*, *shown* so, that is not as in *files*.

    *files* are those that the build makes now, by path below *docs*.
    """
    before = listed(docs)
    remedy = f"run verbatim pages {shown}"
    problems: list[Problem] = []
    for path in sorted({*files, *(path for path, _ in before)}):
        there = fingerprint(docs, path)
        now = hashlib.sha256(files[path].encode()).hexdigest() if path in files else None
        if there == now:
            continue
        if there is None and not (docs / path).exists():
            problems.append(_stale(f"{shown}/{path}", f"is not there; {remedy}"))
        elif (path, there) in before:
            what = "is not what the site makes now" if now else "is made no more"
            problems.append(_stale(f"{shown}/{path}", f"{what}; {remedy}"))
    return problems


def _stale(path: str, message: str) -> Problem:
    return Problem(path=path, rule="pages-stale", message=message)
