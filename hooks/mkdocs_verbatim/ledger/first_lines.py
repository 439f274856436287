"""The first lines of a page that MkDocs takes for its metadata, and does not show."""

from __future__ import annotations

import re

FRONT_MATTER = re.compile(
    r"\A\ufeff?---[ \t]*(?:\r\n?|\n)(?P<data>.*?(?:\r\n?|\n))(?:---|\.\.\.)[ \t]*(?:\r\n?|\n)",
    re.DOTALL,
)
"""YAML between dashes; it is metadata if it is a mapping."""

LINE = re.compile(r"(?P<line>[^\r\n]*)(?:\r\n?|\n|\Z)")
FIELD = re.compile(r"[ ]{0,3}(?P<key>[A-Za-z0-9_-]+):\s*(?P<value>.*)")
MORE = re.compile(r"(?:[ ]{4}|\t)\s*(?P<value>.*)")


def fields(text: str) -> tuple[dict[str, str], int]:
    """Return the fields in the first lines of *text*, as MultiMarkdown has them; and their end.

    A page that begins with a blank line, or with YAML, has none.
    """
    data: dict[str, str] = {}
    key = ""
    at = int(text.startswith("\ufeff"))
    while at < len(text):
        match = LINE.match(text, at)
        assert match is not None
        line = match["line"]
        if not line.strip():
            return data, match.end()
        if field := FIELD.match(line):
            key = field["key"].lower()
            value = field["value"].strip()
            data[key] = f"{data[key]} {value}" if key in data else value
        elif (more := MORE.match(line)) and key:
            data[key] += f" {more['value'].strip()}"
        else:
            return data, at
        at = match.end()
    return data, at
