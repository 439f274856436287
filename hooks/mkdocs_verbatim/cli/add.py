"""`verbatim add`: a text becomes a source."""

from __future__ import annotations

from pathlib import Path

import click

from ..authoring.add import add
from ..problem import ProblemError
from ..sources.library import read_library
from .help_text import closing
from .options import sources_option
from .terminal import count, show


@click.command(
    "add",
    epilog=closing(
        'verbatim add ~/bridges.txt --key doe-2024 --attribution "Jane Doe"',
        status="0 added, 1 problems, 2 wrong use",
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--key", required=True, help="What pages cite it by, as in [@KEY].")
@click.option("--attribution", help="How the author is named.  [default: as the copy says]")
@sources_option
@click.pass_context
def command(
    context: click.Context, file: Path, key: str, attribution: str | None, sources: Path
) -> None:
    """Add the text FILE as a source: copy it byte for byte, and write its record.

    The record has the copy's fingerprint, and guesses: title, author and date, menus and the
    like, repeated passages, who speaks. Read over what begins with "# read over:"; lines that
    are wrongly held for furniture cannot be quoted. Nothing is ever written over.
    """
    library, _ = read_library(sources, sources.name)
    try:
        added = add(file, key, attribution, sources, library)
    except ProblemError as error:
        show([error.problem])
        context.exit(1)
    click.echo(
        f"{sources}/{key}.txt: {count(added.bytes, 'byte')}, "
        f"{count(added.paragraphs, 'paragraph')}, {count(added.words, 'word')} without furniture\n"
        f"{sources}/{key}.yml: {count(added.furniture, 'range')} of furniture, "
        f"{count(added.speeches, 'passage')} of speech, {count(added.to_read, 'line')} to read over"
    )
