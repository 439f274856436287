"""The manual's hook: writes what the code itself knows best into three of its pages.

`rules.md` has one line where all rules come, `commands.md` one where the help of each command does,
`upgrading.md` one where the changes of rules do.
"""

from __future__ import annotations

import click
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page

from mkdocs_verbatim.build.upgrade import NEW, WIDER
from mkdocs_verbatim.cli.main import main
from mkdocs_verbatim.rules import RULES

RULES_HERE = "<!-- rules -->"
COMMANDS_HERE = "<!-- commands -->"
UPGRADE_HERE = "<!-- upgrade -->"
WIDTH = 80
"""Characters of a line of help, whatever the terminal."""


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Return the page with what the code says in place of its comment."""
    for name, mark, made in (
        ("rules.md", RULES_HERE, rules_text),
        ("commands.md", COMMANDS_HERE, commands_text),
        ("upgrading.md", UPGRADE_HERE, upgrade_text),
    ):
        if page.file.src_uri == name:
            if markdown.count(mark) != 1:
                raise PluginError(f"{name} must hold {mark} once")
            return markdown.replace(mark, made())
    return markdown


def rules_text() -> str:
    """Return a section on each rule of the engine, errors and warnings in its own order."""
    return "\n\n".join(
        f"## {rule.name}\n\n"
        f"*{rule.severity.capitalize()}{', fixed' if rule.fixed else ''}.* {rule.means}\n\n"
        f"{_fenced(rule.example, 'text')}\n\n"
        f"**Remedy.** {rule.remedy}"
        for rule in RULES.values()
    )


def upgrade_text() -> str:
    """Return two lists of what to write: for rules that are new, and for those that find more."""
    lists = (("New rules", NEW), ("Rules that find more", WIDER))
    return "\n\n".join(
        f"### {title}\n\n"
        + "\n".join(f"- [`{rule}`](rules.md#{rule}): {what}" for rule, what in texts.items())
        for title, texts in lists
    )


def commands_text() -> str:
    """Return a section on each command with its help."""
    sections = []
    parent = click.Context(main, info_name="verbatim", max_content_width=WIDTH)
    for name in sorted(main.list_commands(parent)):
        command = main.get_command(parent, name)
        assert command is not None, f"the list of commands names {name}"
        context = click.Context(
            command, parent, name, max_content_width=WIDTH, terminal_width=WIDTH
        )
        sections.append(f"### verbatim {name}\n\n{_fenced(command.get_help(context), 'text')}")
    return "\n\n".join(sections)


def _fenced(text: str, kind: str) -> str:
    """Return *text* as a block of code, whatever signs it has."""
    fence = "~~~~" if "```" in text else "```"
    return f"{fence}{kind}\n{text.rstrip()}\n{fence}"
