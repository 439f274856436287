"""`verbatim schemas`: what editors know of records and data files."""

from __future__ import annotations

from pathlib import Path

import click

from ..authoring.schemas import DATA_FILES, FOLDER, comments, write_schemas
from ..problem import ProblemError
from .configuration import WrongUse, configuration
from .help_text import closing
from .options import config_option
from .terminal import count, show


@click.command(
    "schemas", epilog=closing("verbatim schemas", status="0 written, 1 problems, 2 wrong use")
)
@config_option
@click.pass_context
def command(context: click.Context, config: Path) -> None:
    """Write into .schemas what editors know of records and of the data of maps and timelines.

    An editor of YAML finds a file's schema by a comment on its first line, which this shows for
    each kind of file, and which "verbatim add" writes into records as soon as .schemas is there.
    The editor then offers the fields, explains them, and marks what cannot be read. Run it again
    when the engine has changed.
    """
    try:
        read = configuration(config)
        changed = write_schemas(read.root / FOLDER)
    except ProblemError as error:
        show([error.problem])
        context.exit(1)
    except OSError as error:
        raise WrongUse(f"{FOLDER}: cannot be written: {error.strerror}") from error
    number = len(DATA_FILES) - len(changed)
    click.echo(f"{FOLDER}: {count(len(changed), 'schema')} written, {number} as before")
    for line in comments(read.shown, read.settings.sources):
        click.echo(line)
