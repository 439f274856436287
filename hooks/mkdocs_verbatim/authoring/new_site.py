"""New site: a small site with sources, pages, tests and everything that builds it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..datafiles.atomic import create_folder
from ..problem import Problem, ProblemError
from .schemas import FOLDER, schemas

STARTER = Path(__file__).parents[1] / "starter"
"""The files that every new site begins with."""

ENGINE = "engine.txt"
"""The file in which a site says which engine builds it: one line, as pip reads it."""

HEAD = """\
# Where the engine comes from, as one line that pip reads. For another version change the line and
# run `make build`. Others can build this site if the address is one that they can reach, such as
#   mkdocs-verbatim @ git+https://example.org/engine.git@COMMIT
"""


def make_site(folder: Path, engine: str) -> int:
    """Make a site in *folder*, whole or not at all, and return how many files it has.

    *engine* is the requirement that its `engine.txt` holds. Raises ProblemError if none was made.
    """
    if message := _wrong(folder):
        raise _error(folder, message)
    files = {path.relative_to(STARTER).as_posix(): path.read_bytes() for path in _files()}
    # Written by the engine's code: a copy of them in the starter would grow old.
    files |= {f"{FOLDER}/{name}": text.encode() for name, text in schemas().items()}
    files[ENGINE] = f"{HEAD}{engine}\n".encode()
    try:
        create_folder(folder, files)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise _error(folder, f"cannot be made: {reason}") from error
    return len(files)


def _wrong(folder: Path) -> str | None:
    """Return why no site can be made in *folder*, or None if one can."""
    try:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            return "is there already and no folder; name a new one"
        if folder.is_dir() and any(folder.iterdir()):
            return "is there already and not empty; name a new folder"
        if folder.resolve() == Path.cwd():
            return "is the folder you are in; go one up and name it"
        if not folder.resolve().parent.is_dir():
            return f"there is no folder {str(folder.parent)!r} to make it in; make that first"
    except (OSError, RuntimeError, ValueError) as error:
        return f"cannot be made: {getattr(error, 'strerror', None) or error}"
    return None


def _files() -> Iterator[Path]:
    # What pip has compiled there does not belong to the site.
    found = (path for path in sorted(STARTER.rglob("*")) if "__pycache__" not in path.parts)
    return (path for path in found if path.is_file())


def _error(folder: Path, message: str) -> ProblemError:
    return ProblemError(Problem(path=str(folder), rule="site-unmade", message=message))
