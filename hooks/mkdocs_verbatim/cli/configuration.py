"""Reads the site's configuration, or says how the command was used wrongly."""

from __future__ import annotations

from pathlib import Path

import click

from ..build.config import Config, read_config
from .options import CONFIG


class WrongUse(click.ClickException):
    """The command was used wrongly; one line says how."""

    exit_code = 2


def configuration(path: Path) -> Config:
    """Return the configuration in the file *path*; raise WrongUse if there is none."""
    try:
        is_there = path.is_file()
    except (OSError, ValueError):
        # No name that a file can have.
        is_there = False
    if not is_there:
        message = (
            f"no configuration {str(path)!r}; run this where {CONFIG} is, or name the file with -f"
        )
        raise WrongUse(message)
    return read_config(path)
