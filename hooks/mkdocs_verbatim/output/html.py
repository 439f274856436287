"""HTML elements: the one place where text becomes HTML, and is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})
"""Elements without content, which are written without an end tag."""

FORBIDDEN_CHARACTERS = re.compile(
    "[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""What neither HTML nor XML may hold, not even escaped; no source has any of it."""

WHITE = re.compile("[\v\x85]")
"""Ends of lines in some texts, which neither HTML nor XML may hold either."""


class Html(str):
    """Text that is HTML already: *make* and *join* return it, and do not escape it again."""

    __slots__ = ()


def make(tag: str, attributes: Mapping[str, str] | None = None, *children: str) -> Html:
    """Return the element *tag* that holds *children*, texts and elements, in order."""
    head = tag
    for name, value in (attributes or {}).items():
        plain = value if value.isalnum() else _escaped(value).replace('"', "&quot;")
        head += f' {name}="{plain}"'
    if tag in VOID:
        return Html(f"<{head}>")
    return Html(f"<{head}>{''.join(_written(children))}</{tag}>")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page made without Markdown, which the table of contents repeats."""

    level: int
    id: str
    html: Html

    def written(self) -> Html:
        """Return the heading as an element."""
        return make(f"h{self.level}", {"id": self.id}, self.html)


def join(parts: Iterable[str]) -> Html:
    """Return *parts* as HTML one after the other, texts escaped."""
    return Html("".join(_written(parts)))


def _written(parts: Iterable[str]) -> list[str]:
    return [part if type(part) is Html else _escaped(part) for part in parts]


def allowed(text: str) -> str:
    """Return *text* with U+FFFD for each character that neither HTML nor XML may hold.

    Of those that end a line in a source each is a space.
    """
    if text.isprintable():
        return text
    return FORBIDDEN_CHARACTERS.sub("\ufffd", WHITE.sub(" ", text))


def _escaped(text: str) -> str:
    text = allowed(text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
