"""The command `verbatim`: lists its commands, and loads the one that is called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from .help_text import closing
from .last_resort import last_resort

COMMANDS = {
    "add": "Add a text as a source, with a record to read over.",
    "check": "Check every page and source, without building.",
    "cite": "Format references and lock them in the records.",
    "find": "Find a phrase in the sources, and what to paste.",
    "merge": "Merge the reports of all shards of a check.",
    "new": "Make a small site of its own, which builds at once.",
    "pages": "Write the made files, for builders without hooks.",
    "publish": "List the addresses of all quotations, at a release.",
    "report": "Report what is used, and how far limits are.",
    "schemas": "Write what editors know of records and data files.",
    "verify": "Prove a finished site from its HTML.",
}
"""What the list says of each command; its own module, of the same name, says the rest."""


class _Commands(click.Group):
    """Loads a command when it is called: each needs only a part of the engine."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f".{cmd_name}", __package__).command
        command.short_help = COMMANDS[cmd_name]
        return command

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        with last_resort():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with last_resort():
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([*COMMANDS.items()])


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=closing(
        "verbatim add bridges.txt --key doe-2024",
        'verbatim find "no new bridges"',
        "verbatim check",
        status="0 nothing wrong, 1 problems, 2 wrong use",
    ),
)
@click.version_option(package_name="mkdocs-verbatim")
def main() -> None:
    """Prove every quotation of a site against its sources.

    Run it in the folder that holds mkdocs.yml. A usual day: add a source, find the words in it,
    paste the reference into a page, check.
    """
