"""Languages: those whose verbs of saying are known, by code."""

from __future__ import annotations

from ..text.language_tags import primary
from .english import ENGLISH
from .european import DUTCH, ITALIAN, PORTUGUESE, SPANISH
from .french_german import FRENCH, GERMAN
from .language import Language

OTHER = Language(capitals=False)
"""A language without lists: only the names of people are looked for."""

LANGUAGES = {
    "en": ENGLISH,
    "fr": FRENCH,
    "de": GERMAN,
    "es": SPANISH,
    "it": ITALIAN,
    "nl": DUTCH,
    "pt": PORTUGUESE,
}


def language_of(code: str) -> Language:
    """Return the words of the language *code*, such as "en-GB"."""
    return LANGUAGES.get(primary(code), OTHER)
