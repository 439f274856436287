"""The last resort: whatever ends a command ends it in one line and with the right exit status."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, TextIO

import click

CLICK = str(Path(click.__file__).parent)
"""Where the package is that prints."""

INTERRUPTED = 130
"""What shells make of a program that was interrupted: 128 and the number of the signal."""


class _Ended(click.ClickException):
    """The command ends here; its message is the whole line."""

    def show(self, file: IO[Any] | None = None) -> None:
        try:
            click.echo(self.message, file=file, err=file is None)
        except OSError:
            # Nobody can be told; the status says it.
            _silence(sys.stderr)


class _Interrupted(_Ended):
    """Somebody has interrupted the command."""

    exit_code = INTERRUPTED


@contextmanager
def last_resort() -> Iterator[None]:
    """Have an interrupt, a full disk and an error that nobody foresaw end in one line each."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character shows its number.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        yield
    except KeyboardInterrupt:
        raise _Interrupted("interrupted: what was not finished is not written") from None
    except (click.exceptions.Exit, click.Abort, click.ClickException):
        raise
    except Exception as error:
        if not isinstance(error, OSError) or not _is_of_output(error):
            # Loaded only when it is needed: the list of commands needs nothing of the engine.
            unforeseen = import_module("..unforeseen", __package__).unforeseen
            raise _Ended(unforeseen(error)) from error
        _silence(sys.stdout)
        if error.errno == errno.EPIPE:
            # Whoever was reading has seen enough.
            _silence(sys.stderr)
            raise click.exceptions.Exit(1) from error
        raise _Ended(f"error: the output cannot be written: {error.strerror}") from error


def _is_of_output(error: OSError) -> bool:
    """Return whether *error* was raised by click, which alone prints."""
    frames = traceback.extract_tb(error.__traceback__)
    return error.filename is None and frames[-1].filename.startswith(CLICK)


def _silence(stream: TextIO | None) -> None:
    """Let *stream* take what is printed and show nothing.

    Python tries once more to print at its end, and says so if that fails.
    """
    with suppress(AttributeError, OSError, ValueError):
        if stream is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
