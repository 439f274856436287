"""The files of a finished site; anything else there is never opened."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..problem import Problem


@dataclass(frozen=True, slots=True)
class SiteFiles:
    """The regular *files* below a site, sorted, and a problem for all else that is there."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...]


def read_site_files(site: Path) -> SiteFiles:
    """Return what is below the folder *site*, without the records that Git keeps there."""
    files: list[Path] = []
    problems: list[Problem] = []
    for entry in _entries(site):
        if entry.is_file(follow_symlinks=False):
            files.append(Path(entry.path))
            continue
        # Hosts do different things with a link; whoever opens a pipe waits for ever.
        what = "is a link" if entry.is_symlink() else "is a pipe, socket or device"
        shown = f"{site.name}/{Path(entry.path).relative_to(site).as_posix()}"
        message = f"{what}, of which nothing is proven; put a file there"
        problems.append(Problem(path=shown, rule="proof-file", message=message))
    return SiteFiles(tuple(sorted(files)), tuple(problems))


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Yield all that is below *folder* but folders."""
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.name == ".git":
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))
                else:
                    yield entry
