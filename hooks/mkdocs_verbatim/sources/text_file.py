"""Text files: read whole as UTF-8, or a problem that says why not.

Not in `datafiles`: the check of a finished site reads files, too, and imports `sources` alone.
"""

from __future__ import annotations

from pathlib import Path

from ..problem import Problem, ProblemError, RuleId


def read_text_file(path: Path, *, shown: str, rule: RuleId, remedy: str = "") -> str:
    """Return the text of the file *path*, called *shown* in messages, or raise ProblemError.

    *remedy* is what a message of *rule* asks the author to do.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, ValueError) as error:
        # ValueError: bytes that are not UTF-8, or a path with NUL.
        raise ProblemError(unreadable(error, shown=shown, rule=rule, remedy=remedy)) from error


def text_file_if_there(path: Path, *, shown: str, rule: RuleId, remedy: str = "") -> str | None:
    """Return the text of the file *path* as `read_text_file` does, or None if there is no file."""
    try:
        return read_text_file(path, shown=shown, rule=rule, remedy=remedy)
    except ProblemError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            return None
        raise


def unreadable_page(error: OSError | ValueError, path: str) -> Problem:
    """Return the problem of the page *path* whose reading or decoding raised *error*."""
    if not isinstance(error, UnicodeDecodeError):
        what = getattr(error, "strerror", None) or error
        message = f"cannot be read: {what}"
        return Problem(path=path, rule="page-unreadable", message=message)
    content, start = error.object, error.start
    message = f"not UTF-8: byte 0x{content[start]:02x} at offset {start}; save the page as UTF-8"
    return Problem(
        path=path,
        line=content.count(b"\n", 0, start) + 1,
        column=start - content.rfind(b"\n", 0, start),
        rule="page-unreadable",
        message=message,
    )


def unreadable(
    error: OSError | ValueError, *, shown: str, rule: RuleId, remedy: str = ""
) -> Problem:
    """Return the problem of a file whose reading or decoding raised *error*."""
    reason = getattr(error, "strerror", None) or error
    what = "not UTF-8" if isinstance(error, UnicodeDecodeError) else reason
    more = f"; {remedy}" if remedy else ""
    return Problem(path=shown, rule=rule, message=f"cannot be read: {what}{more}")
