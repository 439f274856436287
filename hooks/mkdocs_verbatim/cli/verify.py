"""`verbatim verify`: a finished site, proven from its HTML."""

from __future__ import annotations

from pathlib import Path

import click

from ..verify.site import verify
from .help_text import closing
from .options import sources_option
from .terminal import count, show


@click.command(
    "verify", epilog=closing("verbatim verify site/", status="0 proven, 1 problems, 2 wrong use")
)
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
@sources_option
@click.pass_context
def command(context: click.Context, site: Path, sources: Path) -> None:
    """Prove the finished site in the folder SITE from its HTML and the sources alone.

    Every quotation's text must equal its spans of the copy, with the speaker, chain, receipt and
    number that its record says, and no double mark may stand outside a quotation, a reference, a
    term, a receipt or code. What is made for programs must say the same: quotes.json, references,
    the feed, the search index, the heads of pages.
    """
    proven = verify(site, sources)
    show(proven.problems)
    click.echo(
        f"{count(proven.quotations, 'quotation')} and {count(proven.receipts, 'receipt')} on "
        f"{count(proven.pages, 'page')} and {count(proven.files, 'export')} proven, "
        f"{count(len(proven.problems), 'problem')}",
        err=bool(proven.problems),
    )
    context.exit(1 if proven.problems else 0)
