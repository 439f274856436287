"""Frame: the templates, styles and scripts of every page, and which files pages ask for."""

from __future__ import annotations

from pathlib import Path

FRAME = Path(__file__).with_suffix("")
"""Where they stand, as a folder of a theme: templates, and what is served below `assets/`."""

STYLE = "assets/site.css"
"""All stylesheets as one file, by its path on the site."""

SCRIPT = "assets/site.js"
"""All scripts as one file, but for `colours.js`, which pages need before their first picture."""

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
"""Stylesheets by name, in the order in which they hold."""

SCRIPTS = ("receipts", "glossary", "map", "listings", "menu", "search")


def sheets() -> list[str]:
    """Return the text of each stylesheet, in order."""
    return [path.read_text("utf-8") for path in _paths(SHEETS, "css")]


def script() -> str:
    """Return as one what `SCRIPT` holds."""
    return "".join(path.read_text("utf-8") for path in _paths(SCRIPTS, "js"))


def scripts() -> list[Path]:
    """Return where every script stands."""
    return _paths((*SCRIPTS, "colours"), "js")


def joined() -> list[Path]:
    """Return the files that no page asks for, since `STYLE` or `SCRIPT` has what they hold."""
    return [*_paths(SHEETS, "css"), *_paths(SCRIPTS, "js")]


def files() -> dict[str, str]:
    """Return what a builder without hooks must be given, by path on the site."""
    icon = (FRAME / ICON).read_text("utf-8")
    # By another name: a site's own icon would be taken for one that was written here before.
    return {STYLE: "".join(sheets()), SCRIPT: script(), "assets/site.svg": icon}


def _paths(names: tuple[str, ...], kind: str) -> list[Path]:
    return [FRAME / "assets" / f"{name}.{kind}" for name in names]
