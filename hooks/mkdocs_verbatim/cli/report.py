"""`verbatim report`: what is used of each source, and what pages rest on."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .checked import checked
from .document import document
from .help_text import closing
from .options import config_option, format_option
from .report_data import make_report
from .report_text import report_fields, report_lines
from .terminal import paint


@click.command(
    "report",
    epilog=closing(
        "verbatim report",
        "verbatim report --format json | jq '.speakers'",
        status="0 whatever it reports, 1 if the site cannot be read, 2 wrong use",
    ),
)
@config_option
@format_option("text", "json")
@click.pass_context
def command(context: click.Context, config: Path, form: str) -> None:
    """Report what is used of each source, by whom the quoted words are, and what pages rest on.

    Per source: which paragraphs are quoted, told in our words or never used, and the shares
    quoted and published with their limits. Per page: quotations, citations, and the lines of
    paragraphs without a citation. Then accepted warnings with their reasons, and remarks. JSON
    comes as schemas/report.schema.json says.
    """
    read, ledger = checked(context, config)
    pages = [path.relative_to(read.root).as_posix() for path in read.pages()]
    made = make_report(ledger, pages, read.accepted_files())
    if form == "json":
        click.echo(document(**report_fields(made)))
        return
    for line in report_lines(made, paint(sys.stdout)):
        click.echo(line)
