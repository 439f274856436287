"""Requirements: the path of the list of all that a build needs, with versions and hashes."""

from __future__ import annotations

from pathlib import Path

_INSTALLED = Path(__file__).with_suffix(".txt")

LOCK = _INSTALLED if _INSTALLED.is_file() else Path(__file__).parents[2] / "requirements.txt"
"""Beside the installed engine, or at the root of a checkout; a site's Makefile asks for it."""
