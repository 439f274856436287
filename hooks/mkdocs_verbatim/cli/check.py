"""`verbatim check`: every page and source, without building."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from ..build.config import Config
from ..build.findings import Shard
from ..build.opening import configured_site
from ..build.release import hold_to_release
from ..build.shards import shard_text
from ..build.site import Site
from ..build.upgrade import steps
from ..build.workers import WorkerError, read_pages
from ..datafiles.atomic import replace_file
from ..problem import ProblemError
from .conclusion import conclude, explain, say
from .configuration import WrongUse, configuration
from .help_text import closing
from .options import config_option, format_option, strict_option
from .progress import watched

SHARD = re.compile(r"(?P<number>\d{1,4})/(?P<of>\d{1,4})", re.ASCII)


def _shard(context: click.Context, parameter: click.Parameter, value: str | None) -> Shard | None:
    """Return the shard that *value* names, or say how one is written."""
    if value is None:
        return None
    match = SHARD.fullmatch(value)
    number, of = (int(match["number"]), int(match["of"])) if match else (0, 0)
    if not 1 <= number <= of:
        message = f"{value!r} is no shard; write 2/4 for the second of four"
        raise click.BadParameter(message, context, parameter)
    return Shard(number, of)


shard_option = click.option(
    "--shard",
    callback=_shard,
    metavar="K/N",
    help="Check the Kth of N shares of the pages alone; needs --out.",
)
out_option = click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where the shard's report goes, for verbatim merge.",
)
release_option = click.option(
    "--release", is_flag=True, help="Ask, too, for what a public site needs."
)
upgrade_option = click.option(
    "--explain-upgrade",
    is_flag=True,
    help="Say, rule by rule, what is new since version 1 and what to write.",
)
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes that check pages, at most; more than one only on Linux and the like."
    "  [default: one for each processor, on large sites]",
)


@click.command(
    "check",
    epilog=closing(
        "verbatim check --strict",
        "verbatim check --release",
        "verbatim check --explain-upgrade",
        "verbatim check --format json | jq '.problems[].rule'",
        "verbatim check --shard 2/4 --out part-2.json",
        status="0 nothing wrong, 1 problems, 2 wrong use",
    ),
)
@strict_option
@release_option
@upgrade_option
@jobs_option
@shard_option
@out_option
@config_option
@format_option("text", "json", "github")
@click.pass_context
def command(
    context: click.Context,
    config: Path,
    form: str,
    jobs: int | None,
    shard: Shard | None,
    out: Path | None,
    *,
    strict: bool,
    release: bool,
    explain_upgrade: bool,
) -> None:
    """Check every page and source without building.

    Finds all that the build finds, except broken links and navigation. Each problem is one
    line: where, what is wrong with what, what to do, and the rule. JSON comes as
    schemas/check.schema.json says.

    With --shard it checks a share of the pages, and writes into a file what verbatim merge
    needs, as schemas/shard.schema.json says. Problems of these pages are shown at once; what
    counts over all pages is told by the merge alone.

    With --release it asks, too, for what a public site needs: its address, a contact, who runs
    and pays for it, who holds the rights, and that a person has read over every drafted record.
    """
    if release and shard:
        raise click.UsageError("--release is of a whole site, --shard of a part")
    if (shard is None) != (out is None):
        raise click.UsageError("--shard K/N and --out FILE belong together")
    try:
        read = configuration(config)
        pages = shard.pages(read.pages()) if shard else read.pages()
        site = _read(read, pages, jobs)
    except ProblemError as error:
        say([error.problem], {}, form, bad=True)
        context.exit(1)
    if shard and out:
        _write_shard(out, shard_text(shard, read, site.found()))
    else:
        site.close()
    if release:
        hold_to_release(site, config.name)
    if explain_upgrade and form == "text":
        explain(steps(site.ledger.log.problems))
    conclude(context, site.ledger, len(pages), form, strict=strict, shard=shard)


def _read(config: Config, pages: Sequence[Path], jobs: int | None) -> Site:
    """Return the site that *config* describes, with these *pages* read; it is not closed."""
    with watched(sys.stderr) as progress:
        site = configured_site(config, progress)
        try:
            read_pages(site, config, pages, jobs, progress)
        except WorkerError as error:
            message = "a process that checks pages has ended early; --jobs 1 does without others"
            raise click.ClickException(message) from error
    return site


def _write_shard(out: Path, text: str) -> None:
    try:
        replace_file(out, text)
    except OSError as error:
        raise WrongUse(f"cannot write {str(out)!r}: {error.strerror}") from error
