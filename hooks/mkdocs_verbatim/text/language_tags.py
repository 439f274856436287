"""Tags of languages, such as `de-AT`."""

from __future__ import annotations

import re

DEFAULT = "en"
"""The language of a site that names none; its lists of words stand in for those of others."""


def primary(tag: str) -> str:
    """Return the language of *tag* without country or script; also of one written `de_AT`."""
    return re.split("[-_]", tag.lower())[0]
