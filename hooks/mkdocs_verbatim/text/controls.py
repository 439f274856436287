"""Bidirectional controls: characters that show others in another order than they are written in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from .characters import REORDERING

CONTROLS = re.compile(f"[{REORDERING}]")
ENTITY = re.compile(r"&#(?:x0*20[26][0-9a-f]|0*8[0-9]{3});?", re.IGNORECASE)


def find_controls(text: str) -> Iterator[tuple[str, int]]:
    """Yield the name of each control in *text*, also as an entity, and its offset."""
    for match in CONTROLS.finditer(text):
        yield _name(match[0]), match.start()
    for match in ENTITY.finditer(text) if "&#" in text else ():
        if CONTROLS.fullmatch(character := unescape(f"{match[0].rstrip(';')};")):
            yield _name(character), match.start()


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"
