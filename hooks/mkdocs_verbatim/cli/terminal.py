"""Output: what the command says, for people, for programs, and for GitHub's annotations."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict

import click

from ..authoring.search import Hit
from ..build.findings import VERSION
from ..problem import Problem, printable
from ..quotations.hints import place_label

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


def document(**fields: object) -> str:
    """Return *fields* as a JSON document, in ASCII: no terminal and no locale can change it."""
    return json.dumps({"version": VERSION, **fields}, indent=2)


def fields_of(problem: Problem) -> dict[str, object]:
    """Return *problem* as documents have it."""
    return asdict(problem)


def hit_fields(hit: Hit) -> dict[str, object]:
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


def hit_lines(hit: Hit, folder: str, paint: Paint) -> Iterator[str]:
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
