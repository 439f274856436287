"""Lines for people at a terminal, and for GitHub's annotations."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TextIO

import click

from ..problem import Problem, printable

Paint = Callable[[str, str], str]
"""Shows a text in its role: place, error, warning, lit, faint or head."""

ROLES: Mapping[str, Mapping[str, object]] = {
    "place": {"bold": True},
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "lit": {"fg": "green", "bold": True},
    "faint": {"dim": True},
    "head": {"bold": True, "underline": True},
}

COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
"""What a severity is called in GitHub's workflow commands."""


def coloured(text: str, role: str) -> str:
    """Return *text* in the colours of a terminal."""
    return click.style(text, **ROLES.get(role, {}))  # type: ignore[arg-type]


def plain(text: str, role: str) -> str:
    """Return *text* as it is, whatever its *role*."""
    del role
    return text


def count(number: int, name: str) -> str:
    """Return *number* with *name*, in the plural if need be."""
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def problem_line(problem: Problem, paint: Paint) -> str:
    """Return *problem* as one line: without colours, just what it is as a string."""
    where = paint(f"{printable(problem.path)}:{problem.line}:{problem.column}", "place")
    severity = paint(problem.severity, problem.severity)
    rule = paint(f"[{problem.rule}]", "faint")
    return f"{where}: {severity}: {printable(problem.message)} {rule}"


def annotation(problem: Problem) -> str:
    """Return *problem* as a workflow command, which GitHub shows beside the line."""
    command = COMMANDS.get(problem.severity, "notice")
    properties = {
        "file": problem.path,
        "line": str(problem.line),
        "col": str(problem.column),
        "title": problem.rule,
    }
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{command} {listed}::{_data(problem.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def show(problems: Iterable[Problem]) -> None:
    """Print *problems* to where errors go, a line each."""
    how = paint(sys.stderr)
    for problem in problems:
        click.echo(problem_line(problem, how), err=True)


def paint(stream: TextIO | None) -> Paint:
    """Return how *stream* shows roles: in colours only on a terminal whose user wants any.

    It is None where the output was closed before the command began.
    """
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return coloured if wanted and stream is not None and stream.isatty() else plain
