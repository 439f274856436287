"""Pages: a Markdown file as it is on disk, and where in it something stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import yaml

from .mark import DOUBLE
from .problem import Problem

FRONT_MATTER = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(?P<data>.*?\r?\n)??(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
# What may stand in a file between two words of a text: marks, markup, line ends; never letters.
BETWEEN = r"[\W_]{1,200}?"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOST_WORDS = 40
"""Words of a text that are looked for; more do not make the place surer."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Page:
    """A page: *path* as shown in messages, *read* its text as on disk, *url* from the site's root.

    The text is asked for only when there is a problem to place.
    """

    path: str
    read: Callable[[], str]
    url: str = ""
    titles: list[str] = field(default_factory=list)
    """The title to show, once it is known."""

    @property
    def title(self) -> str:
        """The page's title, or its path while none is known."""
        return self.titles[-1] if self.titles else self.path

    @cached_property
    def text(self) -> str:
        """The text as it is on disk, front matter included."""
        return self.read()

    @cached_property
    def body_from(self) -> int:
        """The offset behind the front matter."""
        match = FRONT_MATTER.match(self.text)
        return match.end() if match else 0

    @cached_property
    def _line_from(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", self.text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column, from 1, of *offset*."""
        line = bisect_right(self._line_from, offset)
        return line, offset - self._line_from[line - 1] + 1

    def places(self, text: str, *, marked: bool = False) -> list[tuple[int, int]]:
        """Return line and column of every place where the words of *text* stand, in order.

        What is between words does not count: the file has markup there that a reader does not
        see. With *marked*, the place is that of the double mark before the words.
        """
        words = re.findall(r"[^\W_]+", text)[:MOST_WORDS]
        if not words:
            return self._literal(text)
        pattern = BETWEEN.join(map(re.escape, words))
        matches = re.finditer(rf"(?<![^\W_]){pattern}(?![^\W_])", self.text[self.body_from :])
        starts = [self.body_from + match.start() for match in matches]
        if not marked:
            return [self.position(start) for start in starts]
        with_mark = [at for at in map(self._mark_before, starts) if at is not None]
        return [self.position(at) for at in with_mark] or [self.position(at) for at in starts]

    def _literal(self, text: str) -> list[tuple[int, int]]:
        if not text.strip():
            return []
        found = re.finditer(re.escape(text.strip()), self.text[self.body_from :])
        return [self.position(self.body_from + match.start()) for match in found]

    def _mark_before(self, offset: int) -> int | None:
        match = re.search(
            r"(?:[\"“”„‟«»〝]|&(?:ldquo|quot|bdquo|laquo);)[^\w\s]*\s?$",
            self.text[max(0, offset - 12) : offset],
        )
        return None if match is None else max(0, offset - 12) + match.start()

    def marks(self, before: str, mark: str, after: str) -> list[tuple[int, int]]:
        """Return where *mark* stands between the words *before* and *after*."""
        left, right = re.findall(r"[^\W_]+", before)[-4:], re.findall(r"[^\W_]+", after)[:4]
        gap = r"[\W_]{0,200}?"
        pattern = BETWEEN.join(map(re.escape, left)) + (gap if left else "")
        pattern += f"(?P<mark>{re.escape(mark)})"
        pattern += (gap if right else "") + BETWEEN.join(map(re.escape, right))
        found = [m.start("mark") for m in re.finditer(pattern, self.text[self.body_from :])]
        return [self.position(self.body_from + at) for at in found]


def front_matter(text: str, path: str) -> tuple[Mapping[str, object], str, list[Problem]]:
    """Return a page's front matter, its body, and what keeps the front matter from being read."""
    match = FRONT_MATTER.match(text)
    if match is None:
        return {}, text, []
    body = text[match.end() :]
    try:
        data = yaml.load(match["data"] or "", Loader=_Loader)  # noqa: S506 - it is a safe loader
    except (yaml.YAMLError, ValueError) as error:
        message = f"front matter is not YAML: {' '.join(str(error).split())[:200]}"
        return {}, body, [Problem(path=path, rule="settings-invalid", message=message)]
    return (data if isinstance(data, dict) else {}), body, []


def check_titles(page: Page, data: Mapping[str, object]) -> list[Problem]:
    """Return a problem for each double mark in the titles of the front matter *data*."""
    problems: list[Problem] = []
    for key in ("title", "description"):
        value = data.get(key)
        if isinstance(value, str) and DOUBLE.search(value):
            at = re.search(rf"^{key}\s*:", page.text, re.MULTILINE)
            line, column = page.position(at.start() if at else 0)
            message = f"double marks in the front matter's {key!r}; nothing can be proven there"
            problems.append(
                Problem(
                    path=page.path,
                    line=line,
                    column=column,
                    rule="quote-misplaced",
                    message=message,
                )
            )
    return problems
