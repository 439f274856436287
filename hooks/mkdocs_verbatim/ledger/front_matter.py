"""The front matter of a page, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from ..problem import Problem
from ..text.quoted_runs import has_claims
from .first_lines import FRONT_MATTER, fields
from .page_text import PageText

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

NO_VALUE = (RecursionError, TypeError, ValueError)
"""What PyYAML raises, besides its own errors, for malformed tags, dates and numbers."""

MOST_VALUES = 2000
"""Values in a page's front matter; lists of tags have tens."""

TEXTS = ("title", "description", "template", "updated")
"""Keys whose values are shown, or name a file."""

BLANK_TEMPLATES = frozenset({"404.html", "redirect.html", "blank.html", "sitemap.xml"})
"""Templates of themes that do not show the text of a page."""


BEGUN = re.compile(r"\ufeff?---[ \t]*\r?\n(?P<first>[a-z_]+:(?=\s).{0,40})")
"""The line with which front matter begins, and its first field; a rule has no field after it."""


def front_matter(text: str, path: str) -> tuple[Mapping[str, object], str, list[Problem]]:
    """Return a page's metadata, its body, and what keeps its front matter from being read.

    They are those that MkDocs has, which takes lines such as `Note: words` for metadata, too.
    """
    match = FRONT_MATTER.match(text)
    if match is None:
        if (begun := BEGUN.match(text)) is None:
            taken, end = fields(text)
            return taken, text[end:], []
        message = f"front matter, {begun['first']!r}, without an end; close it with a line '---'"
        return {}, text, [_wrong(path, message, 1, 1)]
    body = text[match.end() :]
    try:
        data = yaml.load(match["data"], Loader=_Loader)  # noqa: S506 - it is a safe loader
    except (yaml.YAMLError, ArithmeticError, AttributeError, LookupError, *NO_VALUE) as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 2, mark.column + 1) if mark else (2, 1)
        what = getattr(error, "problem", None) or str(error)
        message = f"front matter is not YAML: {' '.join(what.split())[:200]}"
        return {}, body, [_wrong(path, message, line, column)]
    if isinstance(data, dict):
        wrong = misshapen(data, path)
        return ({}, body, [wrong]) if wrong else (data, body, [])
    # To MkDocs it is text, then.
    message = "front matter must be a mapping of fields, such as title: A page"
    return {}, text, [] if data is None else [_wrong(path, message, 2, 1)]


def _wrong(path: str, message: str, line: int, column: int) -> Problem:
    return Problem(path=path, line=line, column=column, rule="settings-invalid", message=message)


def misshapen(data: object, path: str) -> Problem | None:
    """Return what is wrong with the shape of the front matter *data*, or None.

    A few aliases of aliases are short in the file and fill all memory when they are shown.
    """
    if _size(data) > MOST_VALUES:
        message = f"front matter has over {MOST_VALUES} values, aliases counted each time"
    elif not isinstance(data, Mapping):
        return None
    elif wrong := [key for key in TEXTS if isinstance(data.get(key), dict | list | set | tuple)]:
        message = f"the front matter's {wrong[0]!r} is not a text"
    elif (template := data.get("template")) in BLANK_TEMPLATES:
        message = f"the front matter's template {template!r} leaves out the page's text"
    else:
        return None
    return Problem(path=path, rule="settings-invalid", message=f"{message}; write it out")


def _size(data: object) -> int:
    """Return how many values *data* has, those of a list counted wherever it is referred to."""
    sizes: dict[int, int] = {}
    waiting: list[tuple[object, bool]] = [(data, False)]
    while waiting:
        item, is_done = waiting.pop()
        inner = _inner(item)
        if is_done:
            sizes[id(item)] = min(
                MOST_VALUES + 1,
                1
                + sum(sizes.get(id(each), 1) for each in inner if _inner(each))
                + sum(1 for each in inner if not _inner(each)),
            )
        elif inner and id(item) not in sizes:
            # While it is open it counts as endless: it may be inside itself.
            sizes[id(item)] = MOST_VALUES + 1
            waiting.append((item, True))
            waiting += [(each, False) for each in inner]
    return sizes.get(id(data), 1)


def _inner(item: object) -> list[object]:
    if isinstance(item, Mapping):
        return [*item.keys(), *item.values()]
    return list(item) if isinstance(item, list | tuple | set) else []


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
        if isinstance(value, str) and has_claims(value):
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
