"""`verbatim find`: where words are in the sources, and what to paste."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from ..authoring.search import Hit, search
from ..build.opening import open_site
from ..problem import ProblemError, printable
from ..quotations.hints import place_label
from .configuration import configuration
from .document import document
from .help_text import closing
from .options import config_option, format_option
from .terminal import Paint, count, paint, show

LONGEST = 80
"""Characters of a phrase that is repeated; more push what matters off the line."""


@click.command(
    "find",
    epilog=closing(
        'verbatim find "bridges over the river"',
        status="0 something found, 1 nothing, 2 wrong use",
    ),
)
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
def command(context: click.Context, phrase: str, limit: int, config: Path, form: str) -> None:
    """Find PHRASE in the sources, also if it is only half remembered.

    Places that have it word for word come first, then those most like it: with other words,
    or in another order. Each comes with who says it, the words in their sentence, and the
    reference ready to paste into a page. JSON comes as schemas/find.schema.json says.
    """
    if not any(character.isalnum() for character in phrase):
        raise click.BadParameter("it holds no words", context, param_hint="PHRASE")
    try:
        read = configuration(config)
        ledger = open_site(read.file, read.docs, read.settings, read.problems).ledger
    except ProblemError as error:
        show([error.problem])
        context.exit(1)
    # A source with a problem of its own is not searched, and that is said.
    show(problem for problem in ledger.log.problems if problem.severity == "error")
    sources = ledger.library.sources
    hits, number = search(phrase, sources, ledger.voices, limit)
    if form == "json":
        found = [_hit_fields(hit) for hit in hits]
        click.echo(document(phrase=phrase, found=number, hits=found))
    elif hits:
        _print(hits, number, read.settings.sources)
    else:
        shown = phrase if len(phrase) <= LONGEST else f"{phrase[:LONGEST]}…"
        nothing = f"nothing like {printable(shown)!r} in {count(len(sources), 'source')}"
        click.echo(nothing, err=True)
    context.exit(0 if hits else 1)


def _print(hits: Sequence[Hit], number: int, folder: str) -> None:
    """Print *hits*, of so many that there are, for people."""
    how = paint(sys.stdout)
    for hit in hits:
        for line in _hit_lines(hit, folder, how):
            click.echo(line)
    if number > len(hits):
        click.echo(f"{number - len(hits)} more; --limit {number} shows all")


def _hit_fields(hit: Hit) -> dict[str, object]:
    """Return *hit* as a search's document has it."""
    source, (start, end) = hit.source, hit.span
    line, column = _place(hit)
    chain = hit.chain
    return {
        "source": source.key,
        "match": hit.kind,
        "likeness": round(hit.likeness),
        "paragraphs": source.paragraphs_of(hit.span),
        "line": line,
        "column": column,
        "speaker": chain.head.name if chain else None,
        "chain": list(chain.links) if chain else [],
        "before": source.reading[hit.around[0] : start],
        "words": source.reading[start:end],
        "after": source.reading[end : hit.around[1]],
        "reference": hit.reference,
    }


def _place(hit: Hit) -> tuple[int, int]:
    """Return the line and column of the copy where the words of *hit* begin, from 1."""
    source = hit.source
    line = source.line(hit.span[0])
    return line, source.offset(hit.span[0]) - source.line_from[line - 1] + 1


def _hit_lines(hit: Hit, folder: str, paint: Paint) -> Iterator[str]:
    """Yield the lines that show *hit* to people; *folder* is that of the sources."""
    line, column = _place(hit)
    where = f"{folder}/{hit.source.key}.txt:{line}:{column}"
    how = "word for word" if hit.kind == "exact" else f"{round(hit.likeness)} % alike"
    paragraphs = place_label(hit.span, hit.source).partition(",")[0]
    yield f"{paint(printable(where), 'place')}: {paragraphs}, {how}"
    links = " → ".join(hit.chain.links) if hit.chain else "several voices: quote one of them"
    yield f"  {printable(links)}"
    text, (start, end), (low, high) = hit.source.reading, hit.span, hit.around
    parts = [_shown(text[low:start]), _shown(text[start:end]), _shown(text[end:high])]
    yield f"  {parts[0]}{paint(parts[1], 'lit')}{parts[2]}"
    yield f"  {printable(hit.reference or 'no citation tells it from others; quote more words')}"


def _shown(text: str) -> str:
    """Return *text* of a reading on one line, without what a terminal would act on."""
    return printable(text.replace("\0", " ¶ "))
