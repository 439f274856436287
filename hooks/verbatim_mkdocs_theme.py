"""Our look in place of Material's: its templates, one stylesheet, and the files that pages need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation

from mkdocs_verbatim.build.site import Site

MOST_IN_MENU = 40
"""Pages whose menu shows all of them; with more, a page's menu opens its own section alone."""

MATERIAL_SHEETS = ("assets/stylesheets/main.*.min.css", "assets/stylesheets/palette.*.min.css")
MATERIAL_ICON = "assets/images/favicon.png"
UNUSED = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")
"""Files of Material that no page of ours asks for."""


class Theme(Protocol):
    """The engine's module `theme`."""

    THEME: Path
    STYLE: str
    ICON: str

    def sheets(self) -> list[str]:
        """Return the text of each stylesheet of ours."""

    def scripts(self) -> dict[str, str]:
        """Return the text of each file of scripts, by its path on the site."""

    def joined(self) -> list[Path]:
        """Return the files that are part of others."""


class Look:
    """What one build does to the look of its pages."""

    def __init__(self, theme: Theme, config: MkDocsConfig, site: Site) -> None:
        """Put our templates before Material's in *config*, and one stylesheet in place of many.

        Of stylesheets of the author's own, those are read that *site* may read.
        """
        self._theme = theme
        self._own = {str(theme.THEME), config.theme.custom_dir, config.docs_dir}
        if (folder := str(theme.THEME)) not in config.theme.dirs:
            # After a site's own, which may change ours.
            own = [each for each in config.theme.dirs if each == config.theme.custom_dir]
            config.theme.dirs.insert(len(own), folder)
        if config.theme.get("favicon") == MATERIAL_ICON:
            config.theme["favicon"] = theme.ICON
        # Only those beside ours: a stylesheet names what it asks for from its own folder.
        beside = Path(config.docs_dir, theme.STYLE).parent
        paths = {name: Path(config.docs_dir, str(name)) for name in config.extra_css}
        readable = site.trees[Path(config.docs_dir)].files
        joined = [
            name
            for name, path in paths.items()
            if path.parent == beside
            and path in readable
            # What is accepted by name stays a file of that name.
            and not site.beside.accepted.match_file(name)
        ]
        self._sheets = [paths[name] for name in joined]
        """The site's own stylesheets that become part of ours."""
        config.extra_css = [theme.STYLE, *(name for name in config.extra_css if name not in joined)]

    def put_scripts(self, files: Files, config: MkDocsConfig, site: Site) -> None:
        """Put our scripts among *files*, take out what no page asks for, and note their words."""
        self._leave_out(files)
        own = _texts([Path(str(file.abs_src_path)) for file in files.javascript_files()])
        made = self._theme.scripts()
        for path, text in made.items():
            files.append(File.generated(config, path, content=text))
        for text in [*own, *made.values()]:
            site.seen.script(text)

    def _leave_out(self, files: Files) -> None:
        joined = {*self._sheets, *self._theme.joined()}
        for file in list(files):
            theirs = file.src_uri.startswith(UNUSED) and file.src_dir
            unused = theirs and file.src_dir not in self._own
            if unused or Path(file.abs_src_path or "") in joined:
                files.remove(file)

    def write_sheet(self, config: MkDocsConfig, site: Site, *, dirty: bool) -> None:
        """Write the one stylesheet; of a *dirty* build, for pages of earlier builds too."""
        for path in Path(config.site_dir).rglob("*.html") if dirty else ():
            site.seen.page(path.read_text("utf-8", errors="replace"))
        before, after = _texts(_material_sheets(config.theme.dirs)), _texts(self._sheets)
        target = Path(config.site_dir, self._theme.STYLE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(site.stylesheet([*before, *self._theme.sheets(), *after]), "utf-8")


def shorten_menu(nav: Navigation, config: MkDocsConfig) -> None:
    """Keep the menu of a large site from being most of each page's weight."""
    features = config.theme.get("features")
    if not isinstance(features, list) or len(nav.pages) <= MOST_IN_MENU:
        return
    if not {"navigation.prune", "navigation.expand"}.intersection(features):
        features.append("navigation.prune")


def _texts(paths: Sequence[Path]) -> list[str]:
    return [path.read_text("utf-8", errors="replace") for path in paths]


def _material_sheets(folders: Sequence[str]) -> list[Path]:
    return [path for pattern in MATERIAL_SHEETS for path in _found(folders, pattern)]


def _found(folders: Sequence[str], pattern: str) -> list[Path]:
    """Return what matches *pattern* in the first of *folders* that has any of it."""
    each: Iterator[list[Path]] = (sorted(Path(folder).glob(pattern)) for folder in folders)
    return next((found for found in each if found), [])
