"""The command `verbatim`: it alone prints, and says how a run ended by its exit status."""

from __future__ import annotations

from pathlib import Path

import click

from .config import ConfigError, read_config
from .library import read_library
from .lock import lock
from .pandoc import PandocError
from .problem import Problem
from .site import check as check_site
from .verify import verify as verify_site

CONFIG = "mkdocs.yml"

_sources_option = click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default="sources",
    show_default=True,
    help="The folder of copies and records.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="verbatim")
def main() -> None:
    """Prove every quotation of a site against its sources.

    Run it in the folder that holds mkdocs.yml. Exit status: 0 nothing wrong, 1 problems,
    2 wrong use.
    """


@main.command()
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option(
    "--config",
    "-f",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=CONFIG,
    show_default=True,
    help="The site's configuration.",
)
@click.pass_context
def check(context: click.Context, config: Path, *, strict: bool) -> None:
    """Check every page and source without building.

    Finds all that the build finds, except broken links and navigation. Each problem is one
    line: where, what is wrong with what, what to do.
    """
    try:
        ledger = check_site(read_config(config))
    except ConfigError as error:
        _show([error.problem])
        context.exit(1)
    problems = ledger.problems
    _show(problems)
    bad = [p for p in problems if p.severity == "error" or (strict and p.severity == "warning")]
    quotations = len(ledger.quotations())
    citations = len(ledger.uses) - quotations
    click.echo(
        f"{quotations} quotations and {citations} citations checked, "
        f"{_count(len(problems), 'problem')}",
        err=bool(bad),
    )
    context.exit(1 if bad else 0)


@main.command()
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
@_sources_option
@click.pass_context
def verify(context: click.Context, site: Path, sources: Path) -> None:
    """Prove the finished site in the folder SITE from its HTML and the sources alone.

    Every quotation's text must equal its spans of the copy, and no double mark may stand
    outside a quotation, a reference, a term, a receipt or code.
    """
    report = verify_site(site, sources)
    _show(report.problems)
    click.echo(
        f"{_count(report.quotations, 'quotation')} and {_count(report.receipts, 'receipt')} on "
        f"{_count(report.pages, 'page')} proven, {_count(len(report.problems), 'problem')}",
        err=bool(report.problems),
    )
    context.exit(1 if report.problems else 0)


@main.command()
@click.argument("keys", nargs=-1)
@_sources_option
@click.pass_context
def cite(context: click.Context, keys: tuple[str, ...], sources: Path) -> None:
    """Format the references of KEYS, or of all sources, and lock the result.

    Asks pandoc for each reference in Chicago, APA and MLA style and writes it into the record
    under cited:, which is never edited by hand. A build reads that and needs no pandoc; it fails
    when the reference has changed since. A reference that has not changed is left as it is.
    """
    library, problems = read_library(sources, sources.name)
    for key in keys:
        if key not in library.records:
            raise click.UsageError(f"no source {key!r} in {sources}/")
    _show(problems)
    try:
        changed = lock(library, sources, keys or tuple(sorted(library.records)))
    except PandocError as error:
        click.echo(f"error: {error}", err=True)
        context.exit(1)
    click.echo(f"{_count(len(changed), 'reference')} formatted: {', '.join(changed) or 'none'}")
    context.exit(1 if problems else 0)


def _show(problems: list[Problem]) -> None:
    for problem in problems:
        click.echo(str(problem), err=True)


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
