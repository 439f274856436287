"""Tree: which files below a folder are its own, and what a link would bring in from elsewhere."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..problem import Problem, RuleId

RULE: RuleId = "link-outside"

MOST_LINKED = 1000
"""Folders that are reached through links: links to folders of links grow beyond all bounds."""

LOCK = ".#"
"""How the links begin by which Emacs locks a file; they lead to nothing."""

RefusalKind = Literal[
    "outside", "another", "missing", "circle", "many", "special", "closed", "name"
]

MESSAGES: Mapping[RefusalKind, str] = {
    "outside": "links out of {shown}, to {target!r}; put the file itself there",
    "another": "links to {target!r}, where other files are; put the folder itself there",
    "missing": "links to {target!r}, where nothing can be read; put the file itself there",
    "circle": "links in a circle, to {target!r}; put the file itself there",
    "many": "links to {target!r}, and over {most} folders are reached through links; put the "
    "folder itself there",
    "closed": "cannot be opened; let it be read, or take it away",
    "name": "the name is not UTF-8, and so no address; rename it",
    "special": "is or links to a pipe, socket or device; put a file there",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a path is not read; *target* is where its link leads, as it is written."""

    kind: RefusalKind
    target: str

    def message(self, shown: str) -> str:
        """Return the message about a path below a folder, called *shown*."""
        return MESSAGES[self.kind].format(shown=shown, target=self.target, most=MOST_LINKED)


class RefusedError(FileNotFoundError):
    """A file that is not read, as if it were not there; carries why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(errno.ENOENT, os.strerror(errno.ENOENT))
        self.refusal = refusal


def refusal(path: Path, base: str) -> Refusal | None:
    """Return why *path* is not read, or None if it is a file or folder below the real path *base*.

    Nothing is opened: opening a pipe that nobody writes to would wait for ever.
    """
    kind = _kind(path, base)
    return None if kind is None else Refusal(kind, _target(path))


def _kind(path: Path, base: str) -> RefusalKind | None:
    try:
        real = os.path.realpath(path, strict=True)
        mode = os.lstat(real).st_mode
    except OSError as error:
        if error.errno == errno.ELOOP:
            return "circle"
        return "missing" if _is_below(os.path.realpath(path), base) else "outside"
    if not _is_below(real, base):
        return "outside"
    return None if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else "special"


def _is_below(path: str, base: str) -> bool:
    return path == base or path.startswith(f"{base.rstrip(os.sep)}{os.sep}")


def _target(path: Path) -> str:
    """Return the target of the link that *path* is or goes through, else the name of *path*."""
    for part in (path, *path.parents):
        if part.is_symlink():
            return str(part.readlink())
    return path.name


def read_file(folder: Path, name: str) -> bytes:
    """Return the content of the file *name* below *folder*; raise RefusedError or OSError."""
    path = folder / name
    # To find out where a path really leads takes as long as to read a small file.
    plain = os.sep not in name and not path.is_symlink() and path.is_file()
    refused = None if plain else refusal(path, os.path.realpath(folder))
    if refused is not None:
        raise RefusedError(refused)
    return path.read_bytes()


@dataclass(frozen=True, slots=True)
class Tree:
    """The *files* below a folder, each folder's in order, and what is *refused* there."""

    files: tuple[Path, ...]
    refused: Mapping[Path, Refusal]

    @property
    def is_endless(self) -> bool:
        """Whether following all links would never end, or take too long."""
        return any(each.kind in {"circle", "many"} for each in self.refused.values())

    def refuses(self, path: Path) -> bool:
        """Return whether *path* or a folder that it is in is refused."""
        return not self.refused.keys().isdisjoint((path, *path.parents))

    def problems(self, folder: Path, shown: str) -> Iterator[Problem]:
        """Yield a problem for all that is refused below *folder*, called *shown*."""
        for path, refused in self.refused.items():
            inner = path.relative_to(folder).as_posix()
            place = shown if inner == "." else f"{shown}/{inner}"
            yield Problem(path=place, rule=RULE, message=refused.message(f"{shown}/"))


def read_tree(folder: Path) -> Tree:
    """Return what is below *folder*, links followed where they stay below it."""
    walk = _Walk(os.path.realpath(folder))
    waiting = [_Folder(folder, walk.base, ())]
    while waiting:
        waiting += reversed(walk.look(waiting.pop()))
    return Tree(tuple(walk.files), walk.refused)


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder to look into: its *real* path, and those of the folders with the links to it."""

    path: Path
    real: str
    above: tuple[str, ...]


class _Walk:
    """A walk below *base*, and what it has found so far."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.files: list[Path] = []
        self.refused: dict[Path, Refusal] = {}
        self._linked = 0

    def look(self, folder: _Folder) -> list[_Folder]:
        """Take what is in *folder*; return the folders in it that are to be looked into."""
        inner: list[_Folder] = []
        try:
            entries = _entries(folder.path)
        except PermissionError:
            # What cannot be looked into would else be left out in silence.
            self.refused[folder.path] = Refusal("closed", folder.path.name)
            return []
        for entry in entries:
            path = folder.path / entry.name
            if not _is_utf8(entry.name):
                self.refused[path] = Refusal("name", entry.name)
                continue
            if entry.is_file(follow_symlinks=False):
                self.files.append(path)
            elif entry.is_dir(follow_symlinks=False):
                inner.append(_Folder(path, f"{folder.real}{os.sep}{entry.name}", folder.above))
            elif (refused := refusal(path, self.base)) is None:
                inner += self._follow(path, folder)
            elif refused.kind != "missing" or not entry.name.startswith(LOCK):
                self.refused[path] = refused
        return inner

    def _follow(self, path: Path, folder: _Folder) -> list[_Folder]:
        """Take the file to which the link *path* leads, or return the folder."""
        real = os.path.realpath(path)
        if not Path(real).is_dir():
            self.files.append(path)
            return []
        above = (folder.real, *folder.above)
        circle = any(_is_below(each, real) for each in above)
        if circle or self._linked == MOST_LINKED:
            self.refused[path] = Refusal("circle" if circle else "many", _target(path))
            return []
        self._linked += 1
        return [_Folder(path, real, above)]


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """Return what is in *folder*, in order; nothing if it is not there, as os.walk does."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except PermissionError:
        raise
    except OSError:
        return []


def _is_utf8(name: str) -> bool:
    """Return whether the bytes of a file's *name* are UTF-8; on other systems all names are."""
    return not any("\udc80" <= character <= "\udcff" for character in name)


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where a site has its pages, sources and templates, and the *files* that configure it."""

    root: Path
    docs: Path
    sources: Path
    theme: Path | None
    files: tuple[Path, ...] = ()

    def misplaced(self) -> Problem | None:
        """Return a problem with the first of the site's own folders and files that is not read."""
        for path in (*self._folders, *self.files):
            refused = strayed(path, self.root)
            if refused is None and path in self._folders:
                refused = _shared(path, self.root, [each for each in self._folders if each != path])
            if refused is not None:
                return stray_problem(path, self.root, refused)
        return None

    @property
    def _folders(self) -> list[Path]:
        return [self.docs, self.sources, *([self.theme] if self.theme else [])]

    def published(self) -> dict[Path, Tree]:
        """Return what is below each folder from which files get to readers."""
        return {folder: read_tree(folder) for folder in (self.docs, self.theme) if folder}

    def problems(self, trees: Mapping[Path, Tree]) -> list[Problem]:
        """Return a problem for all that is refused in *trees*, by their folders."""
        return [
            problem
            for folder, tree in trees.items()
            for problem in tree.problems(folder, _shown(folder, self.root))
        ]


def strayed(path: Path, root: Path) -> Refusal | None:
    """Return why *path*, named in a configuration, is not read: a link leads it out of *root*.

    A path that is written to lead out of it is what the maintainer wants.
    """
    if _inside(path, root) is None or not os.path.lexists(path):
        return None
    return refusal(path, os.path.realpath(root))


def _inside(path: Path, root: Path) -> str | None:
    """Return *path* relative to *root*, as both are written, or None if it leads out."""
    inside = os.path.relpath(path, root)
    return None if Path(inside).parts[:1] == (os.pardir,) else inside


def stray_problem(path: Path, root: Path, refused: Refusal) -> Problem:
    """Return the problem that *path*, below *root*, is *refused*."""
    message = refused.message("the site's folder")
    return Problem(path=_shown(path, root), rule=RULE, message=message)


def _shared(path: Path, root: Path, others: list[Path]) -> Refusal | None:
    """Return why the folder *path* is not read if links put it over another one, or a hidden one.

    A hidden folder such as Git's holds what nobody should read.
    """
    inside = _inside(path, root)
    real, base = os.path.realpath(path), os.path.realpath(root)
    if inside is None or real == str(Path(base, inside)) or not Path(real).is_dir():
        return None
    taken = [base, *map(os.path.realpath, others)]
    hidden = any(part.startswith(".") for part in Path(os.path.relpath(real, base)).parts)
    over = any(_is_below(each, real) for each in taken)
    under = any(_is_below(real, each) for each in taken[1:])
    return Refusal("another", _target(path)) if hidden or over or under else None


def _shown(path: Path, root: Path) -> str:
    inside = path.is_relative_to(root)
    return path.relative_to(root).as_posix() if inside else path.name
