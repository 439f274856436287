"""Unforeseen errors: one line about a fault of the engine itself, and a log to report it with."""

from __future__ import annotations

import os
import platform
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from .problem import printable

NAMED = ("mkdocs-verbatim", "mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "click")
"""The distributions whose versions a log names."""

WHILE = "while reading "
"""How the note begins by which an error says which file was being read."""

TOO_LARGE = {
    RecursionError: "something here is nested too deep; make it flatter",
    MemoryError: "the memory of this machine is not enough; make the files smaller",
}
"""Errors that are no fault of the engine, and what to do."""


@contextmanager
def reading(path: str) -> Iterator[None]:
    """Have each error that is raised within say that the file *path* was being read."""
    try:
        yield
    except Exception as error:
        error.add_note(f"{WHILE}{path}")
        raise


def unforeseen(error: Exception) -> str:
    """Return one line about *error*: where it is, and what to do; write a log if it is a fault."""
    place = _place(error)
    start = f"{printable(place)}:1:1: error: " if place else "error: "
    if remedy := TOO_LARGE.get(type(error)):
        return f"{start}{remedy}"
    if isinstance(error, OSError) and error.filename is not None:
        names = [os.fsdecode(name) for name in (error.filename, error.filename2) if name]
        return f"{start}{printable(' and '.join(names))}: {error.strerror}"
    try:
        log = f"attach {_written(error)}, which holds no words of pages or sources"
    except OSError as full:
        log = f"its log cannot be written: {full.strerror}"
    return (
        f"{start}{type(error).__name__} in {_frames(error)[-1]}, a fault of the program and not "
        f"of the site; report it and {log}"
    )


def _place(error: Exception) -> str | None:
    """Return the file that was being read when *error* was raised, the innermost, or None."""
    notes: list[str] = getattr(error, "__notes__", [])
    return next((n.removeprefix(WHILE) for n in notes if n.startswith(WHILE)), None)


def _written(error: Exception) -> Path:
    """Return the new file that holds what developers need to know of *error*."""
    handle, name = tempfile.mkstemp(prefix="verbatim-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write("\n".join(_log(error)) + "\n")
    return Path(name)


def _log(error: Exception) -> Iterator[str]:
    """Yield the lines of a log: versions, and the way to *error* and to what it came from.

    Neither the texts of errors nor the values of variables: both may hold an author's words.
    """
    yield f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    for name in NAMED:
        with suppress(PackageNotFoundError):
            yield f"{name} {version(name)}"
    one: BaseException | None = error
    seen: set[int] = set()
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield ""
        yield type(one).__name__
        yield from (f"  {frame}" for frame in _frames(one))
        one = one.__cause__ or one.__context__


def _frames(error: BaseException) -> list[str]:
    """Return each place on the way to *error*, the last one where it was raised."""
    # What another process has raised comes with the way to it as a text.
    told = str(getattr(error, "tb", "")).splitlines()
    frames = [f"{_module(f.filename)}:{f.lineno} {f.name}" for f in _walk(error)]
    return frames or [_short(line) for line in told if line.startswith('  File "')] or ["?"]


def _walk(error: BaseException) -> list[traceback.FrameSummary]:
    return list(traceback.extract_tb(error.__traceback__))


def _short(line: str) -> str:
    """Return a line of a traceback without the folders above the package."""
    path = line.split('"')[1]
    return line.strip().replace(path, _module(path))


def _module(path: str) -> str:
    """Return the last two parts of *path*: those above may name a person's folder."""
    return "/".join(Path(path).parts[-2:])
