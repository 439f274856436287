"""One build by a builder without hooks: it gives pages to a Markdown extension, one by one.

At the first page the whole site is read, as `verbatim check` reads it; so each page gets what
depends on the whole site.
"""

from __future__ import annotations

import logging
import sys
import xml.etree.ElementTree as etree
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import click
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

from markdown import Markdown

from ..problem import Problem
from .config import Config
from .handover import stale
from .opening import configured_site
from .reading import read_site
from .site import Site

LEVELS = {"error": logging.ERROR, "warning": logging.WARNING, "info": logging.INFO}


class BuildError(click.ClickException):
    """The site has errors, or cannot be built in this way; builders show it as one line."""


class Rendered(Protocol):
    """The page that is converted: *path* below the folder of pages, *url* from the site's root."""

    @property
    def path(self) -> str: ...  # noqa: D102 - the class says it

    @property
    def url(self) -> str: ...  # noqa: D102

    @property
    def meta(self) -> Mapping[str, object]: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class Builder:
    """What differs between builders: where they look for messages, and what ends their builds."""

    log: logging.Logger
    strict: bool = False
    """Whether warnings end the build, too."""

    def report(self, problem: Problem) -> bool:
        """Show *problem*; return whether it ends a build."""
        self.log.log(LEVELS[problem.severity], "%s", problem)
        return problem.severity in ({"error", "warning"} if self.strict else {"error"})


def is_preview() -> bool:
    """Return whether the command that runs is a builder's `serve`.

    A preview lives on and shows problems in its pages. No builder tells an extension which of its
    commands runs: this is the command as it was typed.
    """
    commands = (argument for argument in sys.argv[1:] if not argument.startswith("-"))
    return next(commands, "") == "serve"


class PageBuild:
    """One build: the site read whole, and once more page by page."""

    def __init__(self, config: Config, builder: Builder) -> None:
        """Read the site of *config*; raise BuildError if it has an error, except for a preview."""
        self._config, self._docs = config, config.shown
        self._whole = read_site(config)
        files = self._whole.generated.complete(config.name, config.language)
        self._whole.ledger.log.add(stale(files, config.docs, self._docs))
        self._whole.made.update(f"{self._docs}/{path}" for path in self._whole.handed_over)
        for path, page in self._whole.pages.items():
            page.file = path.removeprefix(f"{self._docs}/")
        self._single = configured_site(config)
        errors = [problem for problem in self._whole.ledger.log.problems if builder.report(problem)]
        if errors and not is_preview():
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
        # After that which brings the proven words back.
        md.postprocessors.register(last, "verbatim-last", -2000)

    def _site(self, path: str) -> Site:
        """Return the site in which the page *path* is converted."""
        if path in self._whole.made:
            return self._whole
        if path not in self._whole.pages:
            name = self._config.file.name
            raise BuildError(f"{path} is no page of the site that {name} describes")
        if path in self._single.pages:
            # Rendered twice: its notes begin at one again.
            self._single = configured_site(self._config)
        return self._single


class _Last(Postprocessor):
    """Finishes the page; the table of contents runs postprocessors on each heading before."""

    def __init__(self, md: Markdown, finish: Callable[[str], str]) -> None:
        super().__init__(md)
        self._finish, self.is_whole = finish, False

    def run(self, text: str) -> str:
        return self._finish(text) if self.is_whole else text


class _Tree(Treeprocessor):
    """Notes that the tree is done: what is text from here on is the page."""

    def __init__(self, md: Markdown, last: _Last) -> None:
        super().__init__(md)
        self._last = last

    def run(self, root: etree.Element) -> None:
        del root
        self._last.is_whole = True
