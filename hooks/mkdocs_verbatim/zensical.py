"""Zensical: the extension by name, for a builder that has no hooks and renders each page alone.

`zensical.yml` names it. The first page that is rendered has the whole site read, as
`verbatim check` reads it; after that, each page has what only the whole site tells.
"""

from __future__ import annotations

import logging
import sys
import xml.etree.ElementTree as etree
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol, cast

from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

from markdown import Markdown

from .build.config import Config, read_config
from .build.handover import stale
from .build.site import Site, configured_site, read_site
from .problem import Problem, ProblemError

CONTEXT = "rendering_context"
"""The preprocessor in which Zensical says what it renders."""

LEVELS = {"error": logging.ERROR, "warning": logging.WARNING, "info": logging.INFO}

log = logging.getLogger("verbatim")


class BuildError(Exception):
    """The site has errors, or cannot be built in this way."""


class Rendered(Protocol):
    """The page that Zensical renders: *path* below the folder of pages, *url* from the root."""

    path: str
    url: str
    meta: Mapping[str, object]


class Context(Protocol):
    """What Zensical tells extensions, in a preprocessor of its own."""

    page: Rendered
    config: Mapping[str, object]


class Build:
    """One build by Zensical: the site read whole, and once more page by page."""

    def __init__(self, settings: Mapping[str, object], file: str) -> None:
        """Read the site that *file* configures; *settings* are those of Zensical.

        Raises BuildError if the site has an error, except for `zensical serve`: it shows that in
        the page.
        """
        self._file = file
        self._config = _read(Path(str(settings["root_dir"]), file))
        _check_watched(settings, self._config)
        self._docs = self._config.shown
        self._whole = read_site(self._config)
        files = self._whole.files(self._config.name, self._config.language)
        self._whole.ledger.add(stale(files, self._config.docs, self._docs))
        self._whole.made.update(f"{self._docs}/{path}" for path in self._whole.handed_over)
        for path, page in self._whole.pages.items():
            page.file = path.removeprefix(f"{self._docs}/")
        self._single = configured_site(self._config)
        errors = [p for p in self._whole.ledger.problems if _logged(p) == "error"]
        if errors and sys.argv[1:2] != ["serve"]:
            raise BuildError("the site has errors; verbatim check lists them")

    def extend(self, md: Markdown, page: Rendered) -> None:
        """Have *md*, which converts *page* and nothing else, resolve its marks."""
        path, file = f"{self._docs}/{page.path}", self._config.docs / page.path
        site = self._site(path)
        text = file.read_bytes().decode("utf-8-sig")
        site.begin(path, lambda: text, page.url, page.meta, page.path)
        site.pages[path].file = page.path
        site.extension.extendMarkdown(md)
        site.accessible.extendMarkdown(md)
        last = _Last(md, lambda html: self._whole.finished(path, html))
        md.treeprocessors.register(_Tree(md, last), "verbatim-tree", -2000)
        # Behind that which brings the proven words back.
        md.postprocessors.register(last, "verbatim-last", -2000)

    def _site(self, path: str) -> Site:
        """Return the site in which the page *path* is converted."""
        if path in self._whole.made:
            return self._whole
        if path not in self._whole.pages:
            raise BuildError(f"{path} is no page of the site that {self._file} describes")
        if path in self._single.pages:
            # Rendered twice: its notes begin at one again.
            self._single = configured_site(self._config)
        return self._single


def _read(path: Path) -> Config:
    try:
        return read_config(path)
    except ProblemError as error:
        _logged(error.problem)
        raise BuildError(f"{path.name} cannot be read") from error


def _check_watched(settings: Mapping[str, object], config: Config) -> None:
    """Raise BuildError unless Zensical renders every page anew when a page or a source changes."""
    watched = settings.get("watch")
    root, names = config.root.resolve(), watched if isinstance(watched, list) else []
    folders = [(root / str(name)).resolve() for name in names]
    for needed in (config.docs, config.sources):
        if not any(needed.resolve().is_relative_to(folder) for folder in folders):
            name = needed.relative_to(config.root).as_posix()
            message = f"add {name!r} to watch: in Zensical's configuration, or its cache would"
            raise BuildError(f"{message} serve pages from before a change there")


def _logged(problem: Problem) -> str:
    log.log(LEVELS[problem.severity], "%s", problem)
    return problem.severity


class _Run:
    """The build that is under way, or why there is none; each has settings of its own."""

    settings: Mapping[str, object] | None = None
    build: Build | BuildError | None = None


def _build(settings: Mapping[str, object], file: str) -> Build:
    """Return the build under way; Zensical asks for other pages also after one has failed."""
    if _Run.settings is not settings:
        _Run.settings = settings
        try:
            _Run.build = Build(settings, file)
        except BuildError as error:
            _Run.build = error
    assert _Run.build is not None
    if isinstance(_Run.build, BuildError):
        raise _Run.build
    return _Run.build


class ZensicalExtension(Extension):
    """Resolves the marks of the one page that its Markdown converts."""

    def __init__(self, config: str = "mkdocs.yml") -> None:
        """Read the site's configuration from *config*, beside that of Zensical."""
        super().__init__()
        self._file = config

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown calls it so
        """Register what a page needs."""
        if CONTEXT not in md.preprocessors:
            message = "no page is known: mkdocs_verbatim.zensical is for Zensical, from 0.0.73 on"
            raise BuildError(message)
        context = cast("Context", md.preprocessors[CONTEXT])
        _build(context.config, self._file).extend(md, context.page)


class _Last(Postprocessor):
    """Finishes the page; the table of contents runs postprocessors on each heading before."""

    def __init__(self, md: Markdown, finish: Callable[[str], str]) -> None:
        super().__init__(md)
        self._finish, self.whole = finish, False

    def run(self, text: str) -> str:
        return self._finish(text) if self.whole else text


class _Tree(Treeprocessor):
    """Tells that the tree is done: what is text from here on is the page."""

    def __init__(self, md: Markdown, last: _Last) -> None:
        super().__init__(md)
        self._last = last

    def run(self, root: etree.Element) -> None:
        del root
        self._last.whole = True


def makeExtension(**options: str) -> ZensicalExtension:  # noqa: N802 - Markdown calls it so
    """Return the extension that Zensical's configuration asks for by this module's name."""
    return ZensicalExtension(**options)
