"""The front matter of a page, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from ..problem import Problem
from ..text.quotation_marks import has_marks
from .first_lines import FRONT_MATTER, fields
from .page_text import PageText

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

NO_VALUE = (RecursionError, TypeError, ValueError)
"""What PyYAML raises, besides its own errors, for malformed tags, dates and numbers."""


def front_matter(text: str, path: str) -> tuple[Mapping[str, object], str, list[Problem]]:
    """Return a page's metadata, its body, and what keeps its front matter from being read.

    They are those that MkDocs has, which takes lines such as `Note: words` for metadata, too.
    """
    match = FRONT_MATTER.match(text)
    if match is None:
        taken, end = fields(text)
        return taken, text[end:], []
    body = text[match.end() :]
    try:
        data = yaml.load(match["data"], Loader=_Loader)  # noqa: S506 - it is a safe loader
    except (yaml.YAMLError, ArithmeticError, AttributeError, LookupError, *NO_VALUE) as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 2, mark.column + 1) if mark else (2, 1)
        what = getattr(error, "problem", None) or str(error)
        message = f"front matter is not YAML: {' '.join(what.split())[:200]}"
        problem = Problem(
            path=path, line=line, column=column, rule="settings-invalid", message=message
        )
        return {}, body, [problem]
    return (data, body, []) if isinstance(data, dict) else ({}, text, [])


KNOWN = frozenset(
    "author authors categories comments date description draft hide icon links pin readtime robots "
    "search slug social status subtitle tags template title updated".split()
)
"""Fields of metadata that authors mean as such."""


def check_first_lines(text: PageText, data: Mapping[str, object]) -> list[Problem]:
    """Return a problem if a page of *data* has lost its first lines to its metadata unseen."""
    unmeant = [key for key in data if key not in KNOWN]
    # Front matter has been meant; and only what has lines before it is read for this.
    if not unmeant or FRONT_MATTER.match(text.content):
        return []
    taken = [key for key in fields(text.content)[0] if key in unmeant]
    if not taken:
        return []
    message = (
        f"the first lines are metadata to MkDocs, as {taken[0]!r} with a colon, and not shown; "
        f"begin the page with a blank line, or with front matter between lines of ---"
    )
    return [Problem(path=text.path, rule="lines-lost", message=message)]


def check_titles(text: PageText, data: Mapping[str, object]) -> list[Problem]:
    """Return a problem for each double mark in the titles of the front matter *data*."""
    problems: list[Problem] = []
    for key in ("title", "description"):
        value = data.get(key)
        if isinstance(value, str) and has_marks(value):
            at = re.search(rf"^{key}\s*:", text.content, re.MULTILINE)
            line, column = text.position(at.start() if at else 0)
            message = f"double marks in the front matter's {key!r}; nothing can be proven there"
            problems.append(
                Problem(
                    path=text.path,
                    line=line,
                    column=column,
                    rule="quote-misplaced",
                    message=message,
                )
            )
    return problems
