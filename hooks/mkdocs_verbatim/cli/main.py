"""The command `verbatim`: it alone prints, and says how a run ended by its exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

import click

from ..authoring.add import add
from ..authoring.engine_origin import OriginError, is_local, named, running
from ..authoring.new_site import make_site
from ..authoring.pandoc import PandocError
from ..authoring.reference_lock import lock
from ..authoring.schemas import FOLDER, KINDS, comments, write_schemas
from ..authoring.search import seek
from ..build.config import Config
from ..build.findings import Shard
from ..build.handover import hand_over
from ..build.shards import ShardError, read_shards, shard_text
from ..build.site import check as check_site
from ..build.site import configured_site, open_site, read_site
from ..build.workers import WorkerError, read_pages
from ..datafiles.atomic import replace_file
from ..ledger.ledger import Ledger
from ..ledger.permalinks import PUBLISHED, published_text, read_addresses
from ..problem import Problem, ProblemError, printable
from ..sources.library import read_library
from ..verify.site import verify as verify_site
from .options import (
    HELP,
    WrongUse,
    closing,
    complete_keys,
    config_option,
    configuration,
    format_option,
    jobs_option,
    out_option,
    shard_option,
    sources_option,
    strict_option,
)
from .progress import watched
from .report import make_report
from .report_text import report_fields, report_lines
from .terminal import (
    Paint,
    annotation,
    coloured,
    count,
    document,
    fields_of,
    hit_fields,
    hit_lines,
    plain,
    problem_line,
)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=closing(
        "verbatim add bridges.txt --key doe-2024",
        'verbatim find "no new bridges"',
        "verbatim check",
        status="0 nothing wrong, 1 problems, 2 wrong use",
    ),
)
@click.version_option(package_name="verbatim")
def main() -> None:
    """Prove every quotation of a site against its sources.

    Run it in the folder that holds mkdocs.yml. A usual day: add a source, find the words in it,
    paste the reference into a page, check.
    """


@main.command("check", **HELP["check"])
@strict_option
@jobs_option
@shard_option
@out_option
@config_option
@format_option("text", "json", "github")
@click.pass_context
def check(
    context: click.Context,
    config: Path,
    form: str,
    jobs: int | None,
    shard: Shard | None,
    out: Path | None,
    *,
    strict: bool,
) -> None:
    """Check every page and source without building.

    Finds all that the build finds, except broken links and navigation. Each problem is one
    line: where, what is wrong with what, what to do, and the rule. JSON comes as
    schemas/check.schema.json says.

    With --shard it checks a share of the pages, and writes into a file what verbatim merge
    needs, as schemas/shard.schema.json says. Problems of these pages are shown at once; what
    counts over all pages is told by the merge alone.
    """
    if (shard is None) != (out is None):
        raise click.UsageError("--shard K/N and --out FILE belong together")
    with watched(sys.stderr) as progress:
        try:
            read = configuration(config)
            site = configured_site(read, progress)
            pages = shard.pages(read.pages()) if shard else read.pages()
            read_pages(site, read, pages, jobs, progress)
        except ProblemError as error:
            _say([error.problem], {}, form, bad=True)
            context.exit(1)
        except WorkerError as error:
            message = "a process that checks pages has ended early; --jobs 1 does without others"
            raise click.ClickException(message) from error
        if shard and out:
            _write_shard(out, shard_text(shard, read, site.found()))
        else:
            site.close()
    _conclude(context, site.ledger, len(pages), form, strict=strict, shard=shard)


def _write_shard(out: Path, text: str) -> None:
    try:
        replace_file(out, text)
    except OSError as error:
        raise WrongUse(f"cannot write {str(out)!r}: {error.strerror}") from error


def _conclude(
    context: click.Context,
    ledger: Ledger,
    pages: int,
    form: str,
    *,
    strict: bool,
    shard: Shard | None = None,
) -> None:
    """Print what was found on so many *pages*, and exit with the status that says how it is."""
    problems = ledger.problems
    bad = any(p.severity == "error" or (strict and p.severity == "warning") for p in problems)
    counts = {
        "quotations": len(ledger.excerpts),
        "citations": ledger.citations,
        "pages": pages,
        "sources": len(ledger.library.records),
    }
    _say(problems, counts, form, bad=bad, shard=shard)
    context.exit(1 if bad else 0)


@main.command("merge", **HELP["merge"])
@click.argument("reports", nargs=-1, required=True, type=click.Path(path_type=Path))
@strict_option
@config_option
@format_option("text", "json", "github")
@click.pass_context
def merge(
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
        _say([error.problem], {}, form, bad=True)
        context.exit(1)
    except ShardError as error:
        for message in error.messages:
            click.echo(f"Error: {printable(message)}", err=True)
        context.exit(2)
    _conclude(context, site.ledger, len(read.pages()), form, strict=strict)


def _say(
    problems: list[Problem],
    counts: dict[str, int],
    form: str,
    *,
    bad: bool,
    shard: Shard | None = None,
) -> None:
    """Print what a check has found; only a text's problems go to where errors go."""
    if form == "json":
        counts = counts or dict.fromkeys(("quotations", "citations", "pages", "sources"), 0)
        found = [fields_of(problem) for problem in problems]
        click.echo(document(passed=not bad, counts=counts, problems=found))
        return
    for problem in problems if form == "github" else ():
        click.echo(annotation(problem))
    if form == "text":
        _show(problems)
    if counts:
        rest = f" in shard {shard}; verbatim merge tells what counts over all" if shard else ""
        click.echo(
            f"{counts['quotations']} quotations and {counts['citations']} citations checked, "
            f"{count(len(problems), 'problem')}{rest}",
            err=bad,
        )


@main.command("find", **HELP["find"])
@click.argument("phrase")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    metavar="N",
    help="Places to show.",
)
@config_option
@format_option("text", "json")
@click.pass_context
def find(context: click.Context, phrase: str, limit: int, config: Path, form: str) -> None:
    """Find where PHRASE stands in the sources, also if it is only half remembered.

    Places where it stands word for word come first, then those most like it: with other words,
    or in another order. Each comes with who says it, the words in their sentence, and the
    reference ready to paste into a page. JSON comes as schemas/find.schema.json says.
    """
    try:
        settings = configuration(config)
        ledger = open_site(
            settings.file, settings.docs, settings.settings, settings.problems
        ).ledger
    except ProblemError as error:
        _show([error.problem])
        context.exit(1)
    # A source with a problem of its own is not searched, and that is said.
    _show(problem for problem in ledger.problems if problem.severity == "error")
    hits, number = seek(phrase, ledger.library.sources, ledger.voices, limit)
    if form == "json":
        found = [hit_fields(hit) for hit in hits]
        click.echo(document(phrase=phrase, found=number, hits=found))
        context.exit(0 if hits else 1)
    paint = _paint(sys.stdout)
    for hit in hits:
        for line in hit_lines(hit, settings.settings.sources, paint):
            click.echo(line)
    if number > len(hits):
        click.echo(f"{number - len(hits)} more; --limit {number} shows all")
    if not hits:
        number = len(ledger.library.sources)
        click.echo(f"nothing like {printable(phrase)!r} in {count(number, 'source')}", err=True)
    context.exit(0 if hits else 1)


@main.command("add", **HELP["add"])
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--key", required=True, help="What pages cite it by, as in [@KEY].")
@click.option("--attribution", help="How the author is named.  [default: as the copy says]")
@sources_option
@click.pass_context
def add_source(
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
        _show([error.problem])
        context.exit(1)
    click.echo(
        f"{sources}/{key}.txt: {count(added.bytes, 'byte')}, "
        f"{count(added.paragraphs, 'paragraph')}, {count(added.words, 'word')} without furniture\n"
        f"{sources}/{key}.yml: {count(added.furniture, 'range')} of furniture, "
        f"{count(added.speeches, 'passage')} of speech, {count(added.to_read, 'line')} to read over"
    )


@main.command("new", **HELP["new"])
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--engine",
    metavar="ADDRESS",
    help="Where the site gets the engine: an address for pip, or the folder of a checkout.  "
    "[default: where this one came from]",
)
@click.pass_context
def new(context: click.Context, folder: Path, engine: str | None) -> None:
    """Make a small site of its own in the new folder DIR.

    It has two short texts, pages that show all that a page may hold, tests, and a Makefile:
    `make build` builds and proves it, `make test` tests it. Its engine.txt says in one line where
    the engine comes from. Change the texts and pages to your own.
    """
    try:
        line = running() if engine is None else named(engine)
    except OriginError as error:
        raise WrongUse(str(error)) from error
    try:
        files = make_site(folder, line)
    except ProblemError as error:
        _show([error.problem])
        context.exit(1)
    click.echo(f"{folder}: {count(files, 'file')}; the engine comes from: {line}")
    if is_local(line):
        click.echo(f"only this machine has that; for others, change {folder}/engine.txt")
    click.echo(f"next: cd {folder} && make build")


@main.command("report", **HELP["report"])
@config_option
@format_option("text", "json")
@click.pass_context
def report(context: click.Context, config: Path, form: str) -> None:
    """Report what is used of each source, by whom the quoted words are, and how pages stand.

    Per source: which paragraphs are quoted, told in our words or never used, and the shares
    quoted and published with their limits. Per page: quotations, citations, and the lines of
    paragraphs without a citation. Then accepted warnings with their reasons, and remarks. JSON
    comes as schemas/report.schema.json says.
    """
    read, ledger = _checked(context, config)
    pages = [path.relative_to(read.root).as_posix() for path in read.pages()]
    made = make_report(ledger, pages)
    if form == "json":
        click.echo(document(**report_fields(made)))
        return
    for line in report_lines(made, _paint(sys.stdout)):
        click.echo(line)


@main.command("verify", **HELP["verify"])
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
@sources_option
@click.pass_context
def verify(context: click.Context, site: Path, sources: Path) -> None:
    """Prove the finished site in the folder SITE from its HTML and the sources alone.

    Every quotation's text must equal its spans of the copy, with the speaker, chain, receipt and
    number that its record says, and no double mark may stand outside a quotation, a reference, a
    term, a receipt or code. What is made for programs must say the same: quotes.json, references,
    the feed, the search index, the heads of pages.
    """
    proven = verify_site(site, sources)
    _show(proven.problems)
    click.echo(
        f"{count(proven.quotations, 'quotation')} and {count(proven.receipts, 'receipt')} on "
        f"{count(proven.pages, 'page')} and {count(proven.files, 'export')} proven, "
        f"{count(len(proven.problems), 'problem')}",
        err=bool(proven.problems),
    )
    context.exit(1 if proven.problems else 0)


@main.command("pages", **HELP["pages"])
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@config_option
@click.pass_context
def pages(context: click.Context, folder: Path, config: Path) -> None:
    """Write the pages and files that the build makes into DIR, for builders without hooks.

    DIR is the folder of pages, as in mkdocs.yml. What somebody else wrote there is left as it is,
    and what this command wrote before and makes no more is removed. Nothing is written while the
    site has errors.
    """
    try:
        read = configuration(config)
        site = read_site(read)
        problems = site.ledger.problems
        _show(problems)
        if any(problem.severity == "error" for problem in problems):
            context.exit(1)
        done = hand_over(site.files(read.name, read.language), folder)
    except ProblemError as error:
        _show([error.problem])
        context.exit(1)
    for path in done.others:
        click.echo(f"{folder / path}: not written by this command, and left as it is")
    click.echo(
        f"{folder}: {count(len(done.written), 'file')} written, "
        f"{len(done.unchanged)} as before, {len(done.removed)} removed"
    )


@main.command("cite", **HELP["cite"])
@click.argument("keys", nargs=-1, shell_complete=complete_keys)
@sources_option
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
    click.echo(f"{count(len(changed), 'reference')} formatted: {', '.join(changed) or 'none'}")
    context.exit(1 if problems else 0)


@main.command("schemas", **HELP["schemas"])
@config_option
@click.pass_context
def schemas(context: click.Context, config: Path) -> None:
    """Write into .schemas what editors know of records and of the data of maps and timelines.

    An editor of YAML finds a file's schema by a comment on its first line, which this shows for
    each kind of file, and which "verbatim add" writes into records as soon as .schemas is there.
    The editor then offers the fields, explains them, and marks what cannot be read. Run it again
    when the engine has changed.
    """
    try:
        read = configuration(config)
        changed = write_schemas(read.root / FOLDER)
    except ProblemError as error:
        _show([error.problem])
        context.exit(1)
    except OSError as error:
        raise WrongUse(f"{FOLDER}: cannot be written: {error.strerror}") from error
    number = len(KINDS) - len(changed)
    click.echo(f"{FOLDER}: {count(len(changed), 'schema')} written, {number} as before")
    for line in comments(read.shown, read.settings.sources):
        click.echo(line)


@main.command("publish", **HELP["publish"])
@config_option
@click.pass_context
def publish(context: click.Context, config: Path) -> None:
    """List the addresses of all quotations, when they are published.

    Adds them to docs/data/published.txt, from which nothing is ever taken out. From then on a
    build fails when one of them is gone and docs/data/retired.yml does not say since when and why.
    """
    read, ledger = _checked(context, config)
    errors = [problem for problem in ledger.problems if problem.severity == "error"]
    if errors:
        _show(errors)
        context.exit(1)
    addresses, _ = read_addresses(read.docs, read.shown)
    before, text = len(addresses.published), published_text(addresses, ledger.uses)
    (read.docs / PUBLISHED).parent.mkdir(exist_ok=True)
    replace_file(read.docs / PUBLISHED, text)
    number = text.count("\n") - 1
    click.echo(f"{read.shown}/{PUBLISHED}: {count(number, 'quotation')}, {number - before} new")


def _checked(context: click.Context, file: Path) -> tuple[Config, Ledger]:
    """Return the configuration in *file* and what its whole site says, or show why not and exit."""
    try:
        config = configuration(file)
        return config, check_site(config)
    except ProblemError as error:
        _show([error.problem])
        context.exit(1)


def _show(problems: Iterable[Problem]) -> None:
    paint = _paint(sys.stderr)
    for problem in problems:
        click.echo(problem_line(problem, paint), err=True)


def _paint(stream: TextIO) -> Paint:
    """Return how *stream* shows roles: in colours only on a terminal whose user wants any."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return coloured if wanted and stream.isatty() else plain
