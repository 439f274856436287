"""`verbatim cite`: references, formatted and locked."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from ..authoring.pandoc import PandocError
from ..authoring.reference_lock import lock
from ..sources.library import read_library
from ..sources.record import wrong_key
from .configuration import WrongUse
from .help_text import closing
from .options import sources_option
from .terminal import count, show


def complete_keys(
    context: click.Context, _: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the keys of sources that begin with *incomplete*, by the names of their records."""
    given = context.params.get("keys") or ()
    try:
        names = sorted(path.name for path in Path(context.params["sources"]).iterdir())
    except (KeyError, OSError, TypeError):
        # Outside of a site there is nothing to choose from.
        return []
    keys = [name.removesuffix(".yml") for name in names if name.endswith(".yml")]
    return [
        CompletionItem(key)
        for key in keys
        if key.startswith(incomplete) and key not in given and not wrong_key(key)
    ]


@click.command(
    "cite", epilog=closing("verbatim cite doe-2024", status="0 formatted, 1 problems, 2 wrong use")
)
@click.argument("keys", nargs=-1, shell_complete=complete_keys)
@sources_option
@click.pass_context
def command(context: click.Context, keys: tuple[str, ...], sources: Path) -> None:
    """Format the references of KEYS, or of all sources, and lock the result.

    Asks pandoc for each reference in Chicago, APA and MLA style and writes it into the record
    under cited:, which is never edited by hand. A build reads that and needs no pandoc; it fails
    when the reference has changed since. A reference that has not changed is left as it is.
    """
    library, problems = read_library(sources, sources.name)
    for key in keys:
        if key not in library.records:
            raise click.UsageError(f"no source {key!r} in {sources}/")
    show(problems)
    try:
        changed = lock(library, sources, keys or tuple(sorted(library.records)))
    except PandocError as error:
        click.echo(f"error: {error}", err=True)
        context.exit(1)
    except OSError as error:
        raise WrongUse(f"cannot write a record in {sources}/: {error.strerror}") from error
    click.echo(f"{count(len(changed), 'reference')} formatted: {', '.join(changed) or 'none'}")
    context.exit(1 if problems else 0)
