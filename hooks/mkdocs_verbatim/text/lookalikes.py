"""Look-alikes: letters that readers take for others, and characters that nobody sees."""

from __future__ import annotations

import unicodedata
from functools import cache

_CYRILLIC = "АВЕЅІЈКМНОРСТУХаеѕіјорсухһԁԛԝ", "ABESIJKMHOPCTYXaesijopcyxhdqw"
_GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧορνικυϲ", "ABEZHIKMNOPTYXopvikuc"
LATIN_OF = str.maketrans(_CYRILLIC[0] + _GREEK[0], _CYRILLIC[1] + _GREEK[1])
"""Cyrillic and Greek letters that look like a Latin one."""

FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and marks without a shape."""


@cache
def is_unseen(character: str) -> bool:
    """Return whether *character* shows nothing: controls of format, fillers, variation selectors.

    They are in Unicode's property Default_Ignorable_Code_Point, and the blank of Braille.
    """
    number = ord(character)
    return (
        unicodedata.category(character) == "Cf"
        or character in FILLERS
        or 0xFE00 <= number <= 0xFE0F
        or 0x180B <= number <= 0x180F
        or 0xE0000 <= number <= 0xE0FFF
    )


@cache
def alike(character: str) -> str:
    """Return the letter for which readers take *character*, most often itself.

    Wide and mathematical letters count as plain ones.
    """
    plain = unicodedata.normalize("NFKC", character)
    one = plain if len(plain) == 1 and plain.isalnum() else character
    return one.translate(LATIN_OF)
