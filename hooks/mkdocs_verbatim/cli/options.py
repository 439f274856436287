"""Options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

CONFIG = "mkdocs.yml"

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


strict_option = click.option("--strict", is_flag=True, help="Treat warnings as errors.")
