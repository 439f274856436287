"""Options: what the commands have in common, and the lines that end their help."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
from click.shell_completion import CompletionItem

from ..build.config import Config, read_config
from ..build.findings import Shard
from ..sources.record import wrong_key

CONFIG = "mkdocs.yml"
SHARD = re.compile(r"(?P<number>\d{1,4})/(?P<of>\d{1,4})", re.ASCII)

Function = TypeVar("Function", bound=Callable[..., object])

sources_option = click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default="sources",
    show_default=True,
    help="The folder of copies and records.",
)
config_option = click.option(
    "--config",
    "-f",
    type=click.Path(path_type=Path),
    default=CONFIG,
    show_default=True,
    help="The site's configuration.",
)


def format_option(*formats: str) -> Callable[[Function], Function]:
    """Return the option that chooses one of *formats*, the first unless told otherwise."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="text for people, json for programs"
        + (", github for annotations." if "github" in formats else "."),
    )


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
jobs_option = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes that check pages, at most; more than one only on Linux and the like."
    "  [default: one for each processor, on large sites]",
)
strict_option = click.option("--strict", is_flag=True, help="Treat warnings as errors.")


def closing(*examples: str, status: str) -> str:
    """Return what a command's help ends with: *examples*, and what its exit *status* means."""
    lines = "\n".join(f"  {example}" for example in examples)
    # Click keeps the lines of a paragraph that begins with a backspace.
    return f"\b\nExample:\n{lines}\n\nExit status: {status}."


HELP = {
    "check": {
        "short_help": "Check every page and source, without building.",
        "epilog": closing(
            "verbatim check --strict",
            "verbatim check --format json | jq '.problems[].rule'",
            "verbatim check --shard 2/4 --out part-2.json",
            status="0 nothing wrong, 1 problems, 2 wrong use",
        ),
    },
    "merge": {
        "short_help": "Merge the reports of all shards of a check.",
        "epilog": closing(
            "verbatim merge part-*.json",
            "verbatim merge --strict --format github part-*.json",
            status="0 nothing wrong, 1 problems, 2 wrong use",
        ),
    },
    "find": {
        "short_help": "Find a phrase in the sources, and what to paste.",
        "epilog": closing(
            'verbatim find "bridges over the river"',
            status="0 something found, 1 nothing, 2 wrong use",
        ),
    },
    "add": {
        "short_help": "Add a text as a source, with a record to read over.",
        "epilog": closing(
            'verbatim add ~/bridges.txt --key doe-2024 --attribution "Jane Doe"',
            status="0 added, 1 problems, 2 wrong use",
        ),
    },
    "report": {
        "short_help": "Report what is used, and how far limits are.",
        "epilog": closing(
            "verbatim report",
            "verbatim report --format json | jq '.speakers'",
            status="0 whatever it reports, 1 if the site cannot be read, 2 wrong use",
        ),
    },
    "verify": {
        "short_help": "Prove a finished site from its HTML.",
        "epilog": closing("verbatim verify site/", status="0 proven, 1 problems, 2 wrong use"),
    },
    "publish": {
        "short_help": "List the addresses of all quotations, at a release.",
        "epilog": closing("verbatim publish", status="0 listed, 1 problems, 2 wrong use"),
    },
    "pages": {
        "short_help": "Write the made files, for builders without hooks.",
        "epilog": closing("verbatim pages docs", status="0 written, 1 problems, 2 wrong use"),
    },
    "schemas": {
        "short_help": "Write what editors know of records and data files.",
        "epilog": closing("verbatim schemas", status="0 written, 1 problems, 2 wrong use"),
    },
    "new": {
        "short_help": "Make a small site of its own, which builds at once.",
        "epilog": closing(
            "verbatim new bridges && cd bridges && make build",
            "verbatim new bridges --engine git+https://example.org/engine.git@COMMIT",
            status="0 made, 1 problems, 2 wrong use",
        ),
    },
    "cite": {
        "short_help": "Format references and lock them in the records.",
        "epilog": closing("verbatim cite doe-2024", status="0 formatted, 1 problems, 2 wrong use"),
    },
}
"""What the list of commands says of each, and how its own help ends."""


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


class WrongUse(click.ClickException):
    """The command was used wrongly; one line says how."""

    exit_code = 2


def configuration(path: Path) -> Config:
    """Return the configuration in the file *path*; raise WrongUse if there is none."""
    try:
        is_there = path.is_file()
    except (OSError, ValueError):
        # No name that a file can have.
        is_there = False
    if not is_there:
        message = (
            f"no configuration {str(path)!r}; run this where {CONFIG} is, or name the file with -f"
        )
        raise WrongUse(message)
    return read_config(path)
