"""`verbatim publish`: the addresses of all quotations, at a release."""

from __future__ import annotations

from pathlib import Path

import click

from ..datafiles.atomic import replace_file
from ..ledger.permalinks import PUBLISHED, published_text, read_addresses
from .checked import checked
from .configuration import WrongUse
from .help_text import closing
from .options import config_option
from .terminal import count, show


@click.command(
    "publish", epilog=closing("verbatim publish", status="0 listed, 1 problems, 2 wrong use")
)
@config_option
@click.pass_context
def command(context: click.Context, config: Path) -> None:
    """List the addresses of all quotations, when they are published.

    Adds them to docs/data/published.txt, from which nothing is ever taken out. From then on a
    build fails when one of them is gone and docs/data/retired.yml does not say since when and why.
    """
    read, ledger = checked(context, config)
    errors = [problem for problem in ledger.problems if problem.severity == "error"]
    if errors:
        show(errors)
        context.exit(1)
    addresses, _ = read_addresses(read.docs, read.shown)
    before, text = len(addresses.published), published_text(addresses, ledger.uses)
    try:
        (read.docs / PUBLISHED).parent.mkdir(exist_ok=True)
        replace_file(read.docs / PUBLISHED, text)
    except OSError as error:
        raise WrongUse(f"cannot write {read.shown}/{PUBLISHED}: {error.strerror}") from error
    number = text.count("\n") - 1
    click.echo(f"{read.shown}/{PUBLISHED}: {count(number, 'quotation')}, {number - before} new")
