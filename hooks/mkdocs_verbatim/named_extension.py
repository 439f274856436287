"""The Markdown extension `verbatim`, which a configuration names and which proves by itself.

It does so under MkDocs, ProperDocs and Zensical alike, and under MkDocs with the hook, too, which
gives it the site whose other pages the hook makes.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from markdown import Markdown

from .build.by_page import Builder, BuildError, PageBuild, Rendered
from .build.config import Config, read_config
from .build.site import Site
from .problem import ProblemError

CONTEXT = "rendering_context"
"""The preprocessor in which Zensical says what it renders."""

LINKS = "relpath"
"""The tree processor that MkDocs adds for each page, and which knows the page and the site."""

UNKNOWN = (
    "the Markdown extension 'verbatim' cannot know which page this is, so nothing on it is proven; "
    "build with MkDocs 1.6, ProperDocs 1.6 or Zensical 0.0.73, or later ones"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """The page that MkDocs converts."""

    path: str
    url: str
    meta: Mapping[str, object]


class _Latest:
    """The build under way, or why there is none; *settings* are an object of that build alone."""

    def __init__(self) -> None:
        self._settings: object = None
        self._build: PageBuild | BuildError | None = None

    def build(self, settings: object, begin: Callable[[], PageBuild]) -> PageBuild:
        """Return the build that has these *settings*, made by *begin* at its first page.

        Raises its BuildError for every page: Zensical asks for others also after one has failed.
        """
        if self._build is None or self._settings is not settings:
            self._settings = settings
            try:
                self._build = begin()
            except BuildError as error:
                self._build = error
        if isinstance(self._build, BuildError):
            raise self._build
        return self._build


_latest = _Latest()


class NamedExtension(Extension):
    """Resolves the marks of the one page that its Markdown converts."""

    def __init__(self, config: str = "mkdocs.yml", site: Site | None = None) -> None:
        """Prove pages of *site*, which the hook has begun; without it, find the site.

        *config* is the site's configuration where the builder has another: it is beside that one.
        """
        super().__init__()
        self._file, self._site = config, site

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown calls it so
        """Register what a page needs."""
        if self._site is not None:
            self._site.extension.extendMarkdown(md)
            self._site.accessible.extendMarkdown(md)
            return
        # Before all others. MkDocs says only after this which page it converts; and it calls this
        # for no page at all, to see whether the extension is there.
        md.preprocessors.register(_Begin(md, self._file), "verbatim-begin", 2000)


class _Begin(Preprocessor):
    """Finds out which page is converted, and has its marks resolved."""

    def __init__(self, md: Markdown, file: str) -> None:
        super().__init__(md)
        self._file = file

    def run(self, lines: list[str]) -> list[str]:
        build, page = _find(self.md, self._file)
        build.extend(self.md, page)
        return lines


def _find(md: Markdown, file: str) -> tuple[PageBuild, Rendered]:
    """Return the build under way and the page that *md* converts, or raise BuildError."""
    if CONTEXT in md.preprocessors:
        # Either is an object of another program, in which we rely on the names below.
        context: Any = md.preprocessors[CONTEXT]
        settings: dict[str, object] = context.config
        build = _latest.build(settings, lambda: _with_zensical(settings, file))
        page: Rendered = context.page
        return build, page
    if LINKS in md.treeprocessors:
        links: Any = md.treeprocessors[LINKS]
        return _latest.build(links.config, lambda: _with_mkdocs(links.config)), _page(links.file)
    raise BuildError(UNKNOWN)


def _with_zensical(settings: Mapping[str, object], file: str) -> PageBuild:
    builder = Builder(log=logging.getLogger("verbatim"))
    config = _read(Path(str(settings["root_dir"]), file), builder)
    _check_watched(settings, config)
    return PageBuild(config, builder)


def _with_mkdocs(settings: Any) -> PageBuild:
    # Below `mkdocs.`, where MkDocs shows messages and counts warnings; so does ProperDocs.
    builder = Builder(log=logging.getLogger("mkdocs.verbatim"), strict=bool(settings.strict))
    config = _read(Path(settings.config_file_path), builder)
    # A command's option may say otherwise than the file.
    return PageBuild(replace(config, directory_urls=bool(settings.use_directory_urls)), builder)


def _page(file: Any) -> _Page:
    """Return the page of MkDocs' *file*."""
    url = "" if file.url in {".", "./"} else file.url
    return _Page(path=file.src_uri, url=url, meta=file.page.meta if file.page else {})


def _read(path: Path, builder: Builder) -> Config:
    try:
        return read_config(path)
    except ProblemError as error:
        builder.report(error.problem)
        raise BuildError(f"{path.name} cannot be read") from error


def _check_watched(settings: Mapping[str, object], config: Config) -> None:
    """Raise BuildError unless Zensical renders all pages anew when one, or a source, changes."""
    watched = settings.get("watch")
    root, names = config.root.resolve(), watched if isinstance(watched, list) else []
    folders = [(root / str(name)).resolve() for name in names]
    for needed in (config.docs, config.sources, *config.content_files):
        if not any(needed.resolve().is_relative_to(folder) for folder in folders):
            name = needed.relative_to(config.root).as_posix()
            message = f"add {name!r} to watch: in Zensical's configuration, or its cache would"
            raise BuildError(f"{message} serve pages from before a change there")


def makeExtension(**options: Any) -> NamedExtension:  # noqa: N802 - Markdown calls it so
    """Return the extension that a configuration asks for by its name."""
    return NamedExtension(**options)
