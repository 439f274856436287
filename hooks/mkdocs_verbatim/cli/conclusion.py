"""What a check and a merge of checks print at their end, and the status they exit with."""

from __future__ import annotations

from collections.abc import Iterable

import click

from ..build.findings import Shard
from ..build.upgrade import Step
from ..ledger.ledger import Ledger
from ..problem import Problem, printable
from .document import document, fields_of
from .terminal import annotation, count, show


def conclude(
    context: click.Context,
    ledger: Ledger,
    pages: int,
    form: str,
    *,
    strict: bool,
    shard: Shard | None = None,
) -> None:
    """Print what was found on so many *pages*, and exit with the status that says how it is."""
    problems = ledger.log.problems
    bad = any(p.severity == "error" or (strict and p.severity == "warning") for p in problems)
    counts = {
        "quotations": len(ledger.excerpts),
        "citations": ledger.citations,
        "pages": pages,
        "sources": len(ledger.library.records),
    }
    say(problems, counts, form, bad=bad, shard=shard)
    context.exit(1 if bad else 0)


def explain(steps: Iterable[Step]) -> None:
    """Print what an upgrade asks for, rule by rule, each with its first place."""
    found = list(steps)
    for step in found:
        first, *others = step.problems
        more = f" and {count(len(others), 'more place')}" if others else ""
        kind = "new" if step.new else "finds more"
        click.echo(
            f"{step.rule} ({kind}): {step.what}\n"
            f"  {printable(first.path)}:{first.line}:{first.column}{more}"
        )
    if not found:
        click.echo("nothing here is new since version 1")


def say(
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
        show(problems)
    if counts:
        rest = f" in shard {shard}; verbatim merge says what counts over all" if shard else ""
        click.echo(
            f"{counts['quotations']} quotations and {counts['citations']} citations checked, "
            f"{count(len(problems), 'problem')}{rest}",
            err=bad,
        )
