"""`verbatim verify`: a finished site, proven from its HTML."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path

import click
from pathspec import GitIgnoreSpec

from ..build.config import read_config
from ..problem import Problem, ProblemError, in_order
from ..verify.checksums import check_checksums
from ..verify.files import read_site_files
from ..verify.other_files import Accepts
from ..verify.rebuilt import build_anew, differences
from ..verify.served import NOTHING_FETCHED, Fetched, fetch_site, is_address
from ..verify.site import Verification, verify
from .help_text import closing
from .options import config_option
from .progress import watched
from .terminal import count, show


@click.command(
    "verify",
    epilog=closing(
        "verbatim verify site/",
        "verbatim verify --rebuild site/",
        "verbatim verify https://example.org/ --checksums site.sha256",
        status="0 proven, 1 problems, 2 wrong use",
    ),
)
@click.argument("site", metavar="SITE")
@click.option(
    "--sources",
    type=click.Path(file_okay=False, path_type=Path),
    default="sources",
    show_default=True,
    help="The folder of copies and records; without it a served site's files are compared alone.",
)
@click.option(
    "--checksums",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A site.sha256 kept elsewhere, in place of the site's own.",
)
@click.option("--rebuild", is_flag=True, help="Build the site anew, too, and compare every byte.")
@config_option
@click.pass_context
def command(
    context: click.Context,
    site: str,
    sources: Path,
    checksums: Path | None,
    rebuild: bool,  # noqa: FBT001 - a flag
    config: Path,
) -> None:
    """Prove the finished site in the folder SITE from its HTML and the sources alone.

    Every quotation's text must equal its spans of the copy, with the speaker, chain, receipt and
    number that its record says, and no double mark may be outside a quotation, a reference, a
    term, a receipt or code. What is made for programs must say the same: quotes.json, references,
    the feed, the search index, the heads of pages; and pages of sources, lists, maps and timelines
    what all pages together give. What no source says, such as styles, scripts
    and the site's own words, must be the files that site.sha256 lists.

    SITE may be the address of a site that is served: each file that its site.sha256 lists is
    fetched once. A site's own list proves nothing against whoever can change the site: compare
    with one that was kept elsewhere, or is attested, by --checksums.
    """
    if not sources.is_dir() and not is_address(site):
        raise click.BadParameter(
            f"Directory {str(sources)!r} does not exist.", param_hint="--sources"
        )
    proven: Verification | None = None
    try:
        with _folder(site) as (folder, fetched):
            accepts, owner = _accepts(config), _owner(config, sources)
            proven = verify(folder, sources, accepts, owner) if sources.is_dir() else None
            problems = [*fetched.problems, *(proven.problems if proven else [])]
            files = read_site_files(folder).files
            problems += check_checksums(folder, files, checksums, apart=fetched.missing)
            problems += _rebuilt(config, folder) if rebuild else []
    except ProblemError as error:
        problems = [error.problem]
    found = in_order(problems)
    show(found)
    click.echo(f"{_said(proven)}, {count(len(found), 'problem')}", err=bool(found))
    context.exit(1 if found else 0)


def _accepts(config: Path) -> Accepts:
    """Return which files the configuration, if there is one, publishes though nothing proves them.

    Of the site's own files none says so: whoever can change the site could write it.
    """
    try:
        patterns = read_config(config).settings.files if config.is_file() else ()
    except ProblemError:
        patterns = ()
    return GitIgnoreSpec.from_lines(patterns).match_file


@contextmanager
def _folder(site: str) -> Iterator[tuple[Path, Fetched]]:
    """Give the folder *site*, or one with what is served at that address, and what that is."""
    if not is_address(site):
        if not Path(site).is_dir():
            raise click.BadParameter(f"Directory {site!r} does not exist.", param_hint="SITE")
        yield Path(site), NOTHING_FETCHED
        return
    with tempfile.TemporaryDirectory() as base, watched(sys.stderr) as progress:
        folder = Path(base, "site")
        folder.mkdir()
        fetched = fetch_site(site, folder, partial(progress, "fetching files"))
        kept = f"; not served, as usual: {', '.join(fetched.kept)}" if fetched.kept else ""
        click.echo(f"fetched {count(fetched.files, 'file')} from {site}{kept}", err=True)
        yield folder, fetched


def _rebuilt(config: Path, site: Path) -> list[Problem]:
    """Return how *site* differs from one built anew, or why none could be built."""
    with tempfile.TemporaryDirectory() as base:
        anew = Path(base, "site")
        try:
            build_anew(config, site, anew)
        except ProblemError as error:
            return [error.problem]
        return differences(site, anew)


def _owner(config: Path, sources: Path) -> Mapping[str, str | None] | None:
    """Return what the configuration of the site that has *sources* states of its owner, if any."""
    try:
        read = read_config(config) if config.is_file() else None
    except (ProblemError, OSError, ValueError):
        # The build says what is wrong with it.
        return None
    if read is None or read.sources.resolve() != sources.resolve():
        return None
    return asdict(read.settings.owner)


def _said(proven: Verification | None) -> str:
    if proven is None:
        return "files compared; without a folder of sources no quotation is proven"
    unproven = f"; not proven, as accepted: {', '.join(proven.accepted)}" if proven.accepted else ""
    return (
        f"{count(proven.quotations, 'quotation')} and {count(proven.receipts, 'receipt')} on "
        f"{count(proven.pages, 'page')} and {count(proven.files, 'export')} proven{unproven}"
    )
