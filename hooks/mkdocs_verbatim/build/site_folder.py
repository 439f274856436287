"""The folder of the finished site: a build empties it, and so it must hold nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from ..problem import Problem
from .mkdocs_yaml import wrong_setting

MADE = ("site.sha256", "sitemap.xml", "404.html")
"""Files of which a finished site has at least one."""

REMEDY = "a build empties that folder; name one that is empty or new"


def would_delete(folder: Path, file: Path, needed: Iterable[Path]) -> Problem | None:
    """Return a problem if a build into *folder* would delete what no build has made, or None.

    *file* is the configuration, and *needed* are the files and folders of which the site is made.
    """
    real = Path(os.path.realpath(folder))
    for path in (file.parent, *needed):
        own = Path(os.path.realpath(path))
        is_inside = own in real.parents and own != Path(os.path.realpath(file.parent))
        if real == own or real in own.parents or is_inside:
            what = "is" if real == own else "is inside" if is_inside else "holds"
            return _wrong(file, folder, f"{what} {_shown(path, file.parent)}, of which it is made")
    if not _is_made(real):
        return _wrong(file, folder, "holds files that no build has made")
    return None


def _wrong(file: Path, folder: Path, what: str) -> Problem:
    shown = _shown(folder, file.parent)
    return wrong_setting(
        file, f"the site cannot be built into {shown}, which {what}; {REMEDY}", "site_dir"
    )


def _shown(path: Path, root: Path) -> str:
    inside = path.is_relative_to(root) and path != root
    return f"{path.relative_to(root).as_posix()!r}" if inside else f"{path.as_posix()!r}"


def _is_made(folder: Path) -> bool:
    """Return whether nothing is lost with what is in *folder*; hidden files are left there."""
    try:
        names = [path.name for path in folder.iterdir() if not path.name.startswith(".")]
    except FileNotFoundError:
        return True
    return not names or any(name in MADE for name in names)
