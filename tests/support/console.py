"""Texts whose commands are run: blocks of `console`, and of files to write or to change.

In a block of `console`, lines beginning with `$` are run and print what follows; `…` alone on a
line is any lines. A block with a title is a file to write, one of `diff` a file to change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

BLOCK = re.compile(r'(?ms)^```(?P<kind>[a-z]*)(?: title="(?P<file>[^"]+)")?\n(?P<text>.*?)^```$')
ANY = "…"
HUNK = "@@\n"


@dataclass(frozen=True, kw_only=True)
class Step:
    """A command of a text with what it prints, or a file with what to write or to change."""

    line: int
    command: str = ""
    printed: str = ""
    file: str = ""
    text: str = ""
    is_change: bool = False


def steps(text: str) -> Iterator[Step]:
    """Yield what a reader of *text* does, in order."""
    for block in BLOCK.finditer(text):
        line = text.count("\n", 0, block.start()) + 1
        if block["file"]:
            change = block["kind"] == "diff"
            yield Step(line=line, file=block["file"], text=block["text"], is_change=change)
        elif block["kind"] == "console":
            assert block["text"].startswith("$ "), f"line {line} begins with no command"
            for part in re.split(r"(?m)^\$ ", block["text"])[1:]:
                command, _, printed = part.partition("\n")
                yield Step(line=line, command=command, printed=printed)


def said(printed: str, shown: str) -> bool:
    """Return whether a command that *printed* this is one that a text shows as *shown*."""
    lines = (".*" if line == ANY else re.escape(line) for line in shown.splitlines())
    pattern = "".join(r"(?:.*\n)*?" if line == ".*" else f"{line}\n" for line in lines)
    return re.fullmatch(pattern, printed) is not None


def changed(text: str, diff: str) -> str:
    """Return *text* as *diff* changes it; what that takes out or leaves must be there once."""
    for hunk in diff.split(HUNK):
        lines = hunk.splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if line[0] in " -")
        new = "".join(line[1:] for line in lines if line[0] in " +")
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text
