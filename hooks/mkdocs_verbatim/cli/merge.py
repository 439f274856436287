"""`verbatim merge`: what all shards of a check have found."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..build.opening import configured_site
from ..build.shards import ShardError, read_shards
from ..problem import ProblemError, printable
from .conclusion import conclude, say
from .configuration import configuration
from .help_text import closing
from .options import config_option, format_option, strict_option
from .progress import watched


@click.command(
    "merge",
    epilog=closing(
        "verbatim merge part-*.json",
        "verbatim merge --strict --format github part-*.json",
        status="0 nothing wrong, 1 problems, 2 wrong use",
    ),
)
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path))
@strict_option
@config_option
@format_option("text", "json", "github")
@click.pass_context
def command(
    context: click.Context, reports: tuple[Path, ...], config: Path, form: str, *, strict: bool
) -> None:
    """Merge the REPORTS of all shards of a check, and say what the whole check would have said.

    Runs where the same state of the site is: sources are read again, pages are not. A report
    that is missing, damaged, given twice or of another state is wrong use.
    """
    try:
        read = configuration(config)
        found = read_shards(reports, read)
        with watched(sys.stderr) as progress:
            site = configured_site(read, progress)
            for findings in found:
                site.take(findings)
            site.close()
    except ProblemError as error:
        say([error.problem], {}, form, bad=True)
        context.exit(1)
    except ShardError as error:
        for message in error.messages:
            click.echo(f"Error: {printable(message)}", err=True)
        context.exit(2)
    conclude(context, site.ledger, len(read.pages()), form, strict=strict)
