"""`verbatim pages`: the pages that the build makes, as files."""

from __future__ import annotations

from pathlib import Path

import click

from ..build.handover import hand_over
from ..build.reading import read_site
from ..problem import ProblemError
from .configuration import configuration
from .help_text import closing
from .options import config_option
from .terminal import count, show


@click.command(
    "pages", epilog=closing("verbatim pages docs", status="0 written, 1 problems, 2 wrong use")
)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@config_option
@click.pass_context
def command(context: click.Context, folder: Path, config: Path) -> None:
    """Write the pages and files that the build makes into DIR, for builders without hooks.

    DIR is the folder of pages, as in mkdocs.yml. What somebody else wrote there is left as it is,
    and what this command wrote before and makes no more is removed. Nothing is written while the
    site has errors.
    """
    try:
        read = configuration(config)
        site = read_site(read)
        problems = site.ledger.log.problems
        show(problems)
        if any(problem.severity == "error" for problem in problems):
            context.exit(1)
        done = hand_over(site.generated.complete(read.name, read.language), folder)
    except ProblemError as error:
        show([error.problem])
        context.exit(1)
    for path in done.others:
        click.echo(f"{folder / path}: not written by this command, and left as it is")
    click.echo(
        f"{folder}: {count(len(done.written), 'file')} written, "
        f"{len(done.unchanged)} as before, {len(done.removed)} removed"
    )
