"""A whole site, read for commands that report on it."""

from __future__ import annotations

from pathlib import Path

import click

from ..build.config import Config
from ..build.reading import check
from ..ledger.closed_ledger import ClosedLedger
from ..problem import ProblemError
from .configuration import configuration
from .terminal import show


def checked(context: click.Context, file: Path) -> tuple[Config, ClosedLedger]:
    """Return the configuration in *file* and what its whole site says, or show why not and exit."""
    try:
        config = configuration(file)
        return config, check(config)
    except ProblemError as error:
        show([error.problem])
        context.exit(1)
