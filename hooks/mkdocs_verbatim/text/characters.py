"""Characters that no text may hold: unseen, or such that a text reads other than it is."""

from __future__ import annotations

import re

UNSEEN = "\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
"""Control characters except those between lines and pages, which are white space."""

REORDERING = "\u202a-\u202e\u2066-\u2069"
"""Of Unicode's Bidi_Control those by which a text is read in another order than it is written."""

DIRECTIONS = "\u061c\u200e\u200f"
"""The others, which say in which direction a place is read, as pages in Arabic or Hebrew do."""

NO_CHARACTERS = "\ud800-\udfff\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
"""What Unicode keeps for programs; a browser shows another character in its place."""

PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
"""What each font shows as it likes."""

TAGS = "\U000e0000-\U000e007f"
"""Letters that nobody sees; only the flags of some countries are written with them."""

FLAG = "\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"

_EVERYWHERE = f"{UNSEEN}{NO_CHARACTERS}{TAGS}"
IN_COPY = re.compile(f"{FLAG}|(?P<wrong>[{_EVERYWHERE}{PRIVATE}{REORDERING}{DIRECTIONS}])")
IN_PAGE = re.compile(f"{FLAG}|(?P<wrong>[{_EVERYWHERE}])")
"""Without what reorders a text, of which `markdown.hiding` tells with a remedy of its own.

Pages may have signs of an icon font, which are in Unicode's private use.
"""


def wrong_character(text: str, forbidden: re.Pattern[str]) -> re.Match[str] | None:
    """Return the first match of *forbidden* in *text* that is no part of a flag, or None."""
    if text.isascii() and text.isprintable():
        return None
    return next((match for match in forbidden.finditer(text) if match["wrong"]), None)
