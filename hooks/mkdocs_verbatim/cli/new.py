"""`verbatim new`: a small site of its own."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from ..authoring.engine_origin import OriginError, is_local, named, running
from ..authoring.new_site import make_site
from ..problem import ProblemError
from .configuration import WrongUse
from .help_text import closing
from .terminal import count, show


@click.command(
    "new",
    epilog=closing(
        "verbatim new bridges && cd bridges && make build",
        "verbatim new bridges --engine git+https://example.org/engine.git@COMMIT",
        status="0 made, 1 problems, 2 wrong use",
    ),
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--engine",
    metavar="ADDRESS",
    help="Where the site gets the engine: an address for pip, or the folder of a checkout.  "
    "[default: where this one came from]",
)
@click.pass_context
def command(context: click.Context, folder: Path, engine: str | None) -> None:
    """Make a small site of its own in the new folder DIR.

    It has two short texts, pages that show all that a page may hold, tests, and a Makefile:
    `make build` builds and proves it, `make test` tests it. Its engine.txt says in one line where
    the engine comes from. Change the texts and pages to your own.
    """
    try:
        line = running() if engine is None else named(engine)
    except OriginError as error:
        raise WrongUse(str(error)) from error
    try:
        files = make_site(folder, line)
    except ProblemError as error:
        show([error.problem])
        context.exit(1)
    click.echo(f"{folder}: {count(files, 'file')}; the engine comes from: {line}")
    if is_local(line):
        click.echo(f"only this machine has that; for others, change {folder}/engine.txt")
    click.echo(f"next: cd {shlex.quote(str(folder))} && make build")
