"""Theme: the templates, styles and scripts of every page, and which files pages ask for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

THEME = Path(__file__).parents[1] / "theme"
"""The folder of the theme: templates, and what is served below `assets/`."""

STYLE = "assets/site.css"
"""All stylesheets as one file, by its path on the site."""

SCRIPT = "assets/site.js"
"""All scripts as one file, but for those of `FIRST`, of which one asks for it."""

FIRST = "assets/first.js"
"""What pages need before their first picture."""

ICON = "assets/icon.svg"

SHEETS = (
    "frame",
    "layout",
    "quotations",
    "sources",
    "map",
    "timeline",
    "home",
    "tables",
    "search",
    "print",
)
"""Stylesheets by name, in the order in which they apply."""

SCRIPTS = {
    FIRST: ("colours", "later"),
    SCRIPT: ("receipts", "glossary", "map", "listings", "menu", "search"),
}
"""Scripts by name, in the order in which they run, and the file that holds them."""


def sheets() -> list[str]:
    """Return the text of each stylesheet, in order."""
    return [path.read_text("utf-8") for path in _paths(SHEETS, "css")]


def scripts() -> dict[str, str]:
    """Return the text of each file of scripts, by its path on the site."""
    return {
        path: "".join(each.read_text("utf-8") for each in _paths(names, "js"))
        for path, names in SCRIPTS.items()
    }


def joined() -> list[Path]:
    """Return the files that no page asks for, since others have what they hold."""
    names = [name for each in SCRIPTS.values() for name in each]
    return [*_paths(SHEETS, "css"), *_paths(names, "js")]


def files() -> dict[str, str]:
    """Return what a builder without hooks must be given, by path on the site."""
    icon = (THEME / ICON).read_text("utf-8")
    # By another name: a site's own icon would be taken for one that was written here before.
    return {STYLE: "".join(sheets()), SCRIPT: scripts()[SCRIPT], "assets/site.svg": icon}


def _paths(names: Sequence[str], kind: str) -> list[Path]:
    return [THEME / "assets" / f"{name}.{kind}" for name in names]
