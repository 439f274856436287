"""`verbatim verify`: a finished site, proven from its HTML."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
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
from ..verify.listings import Owner
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
            if sources.is_dir():
                proven = verify(folder, sources, *_stated(config, sources))
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


def _stated(config: Path, sources: Path) -> tuple[Accepts, Owner | None]:
    """Return which files the configuration publishes unproven, and what it states of the owner.

    None of the site's own files says so: whoever can change the site could write it. The owner is
    None unless the configuration is that of *sources*. What is wrong with it, the build says.
    """
    try:
        read = read_config(config) if config.is_file() else None
    except ProblemError:
        read = None
    accepts = GitIgnoreSpec.from_lines(read.settings.files if read else ()).match_file
    if read is None or read.sources.resolve() != sources.resolve():
        return accepts, None
    return accepts, asdict(read.settings.owner)


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


def _said(proven: Verification | None) -> str:
    if proven is None:
        return "files compared; without a folder of sources no quotation is proven"
    unproven = f"; not proven, as accepted: {', '.join(proven.accepted)}" if proven.accepted else ""
    return (
        f"{count(proven.quotations, 'quotation')} and {count(proven.receipts, 'receipt')} on "
        f"{count(proven.pages, 'page')} and {count(proven.files, 'export')} proven{unproven}"
    )
