"""Configuration: what `mkdocs.yml` says, read without MkDocs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pathspec import GitIgnoreSpec

from ..datafiles.tree import Layout, read_tree
from ..problem import Problem, ProblemError, page_order
from .handover import kept
from .mkdocs_yaml import load_config, wrong_setting
from .settings import Settings, read_settings

MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkdn", ".mkd"})
BUILT_IN = ("toc", "tables", "fenced_code")
"""The Markdown extensions that MkDocs always has."""

ZENSICAL = "zensical.yml"
"""What configures the same site for Zensical, beside the file for MkDocs."""

HIDDEN = (".*", "/templates/")
"""What MkDocs leaves out of a site unless told otherwise."""

NAME = "verbatim"
PACKAGE = f"{__name__.partition('.')[0]}."
"""How our Markdown extension is named in a configuration: so, or by a module of this package."""


@dataclass(frozen=True, kw_only=True)
class Config:
    """A site's configuration as far as its pages' words depend on it."""

    file: Path
    layout: Layout
    docs: Path
    extensions: list[str]
    extension_configs: dict[str, dict[str, object]]
    excluded: GitIgnoreSpec
    settings: Settings
    problems: tuple[Problem, ...]
    name: str
    """What the site is called."""
    language: str
    """The language of its pages, as far as its theme says so."""
    titles: Mapping[str, str]
    """What the navigation calls pages, by path below the folder of pages."""
    directory_urls: bool
    given: Mapping[str, object]
    """All that the file says, with what it inherits."""

    def address(self, key: str) -> str:
        """Return the address, from the site's root, of the page of the source *key*."""
        return f"sources/{key}{'/' if self.directory_urls else '.html'}"

    @property
    def root(self) -> Path:
        """The folder of the site."""
        return self.file.parent

    @property
    def sources(self) -> Path:
        """The folder of sources."""
        return self.root / self.settings.sources

    @property
    def content_files(self) -> list[Path]:
        """The file of the site's own rules, if it has one."""
        name = self.settings.content_file
        return [self.root / name] if name else []

    @property
    def shown(self) -> str:
        """What the folder of pages is called in messages: its path from the site's root."""
        inside = self.docs.is_relative_to(self.root)
        return self.docs.relative_to(self.root).as_posix() if inside else self.docs.name

    def files(self) -> dict[str, Path]:
        """Return the files that are no pages and are published as they are, by path below docs."""
        others = [path for path in read_tree(self.docs).files if path.suffix not in MARKDOWN]
        found = {path.relative_to(self.docs).as_posix(): path for path in others}
        for name in kept(self.docs):
            found.pop(name, None)
        return {name: path for name, path in found.items() if not self.excluded.match_file(name)}

    def accepted_files(self) -> list[str]:
        """Return the files and pages that `extra.verbatim.files` accepts, by path as shown."""
        accepted = GitIgnoreSpec.from_lines(self.settings.files)
        pages = (path.relative_to(self.docs).as_posix() for path in self.pages())
        names = [name for name in (*self.files(), *pages) if accepted.match_file(name)]
        return [f"{self.shown}/{name}" for name in sorted(names)]

    def pages(self) -> list[Path]:
        """Return the Markdown files that authors wrote, in the order of the site's pages."""
        made = {self.docs / name for name in kept(self.docs)}
        files = read_tree(self.docs).files
        found = [path for path in files if path.suffix in MARKDOWN and path not in made]
        names = {path.relative_to(self.docs).as_posix(): path for path in found}
        shown = [
            name
            for name in names
            if not self.excluded.match_file(name)
            and not (name.endswith("README.md") and f"{name[:-9]}index.md" in names)
        ]
        return [names[name] for name in sorted(shown, key=page_order)]


def read_layout(layout: Layout, given: Mapping[str, object]) -> Layout:
    """Return *layout* with the hooks that are *given*.

    Raises ProblemError if a link leads one of its folders or files elsewhere.
    """
    hooks = given.get("hooks")
    names = [str(name) for name in hooks] if isinstance(hooks, list | Mapping) else []
    files = (*layout.files, *(layout.root / name for name in (*names, ZENSICAL)))
    layout = replace(layout, files=files)
    if (problem := layout.misplaced()) is not None:
        raise ProblemError(problem)
    return layout


def read_config(path: Path) -> Config:
    """Return the configuration in the file *path*, or raise ProblemError."""
    data = load_config(path, path.parent)
    docs = path.parent / str(data.get("docs_dir") or "docs")
    extensions: dict[str, dict[str, object]] = {name: {} for name in BUILT_IN}
    for name, options in _named(data.get("markdown_extensions")):
        if not is_ours(name):
            extensions[name] = options or extensions.get(name, {})
    settings, problems = read_settings(data, path)
    theme = _theme(data, path.parent)
    if "\0" in f"{docs}{settings.sources}{theme}":
        raise ProblemError(wrong_setting(path, "U+0000 in the name of a folder; take it out"))
    sources = path.parent / settings.sources
    layout = Layout(root=path.parent, docs=docs, sources=sources, theme=theme)
    return Config(
        file=path,
        layout=read_layout(layout, data),
        docs=docs,
        extensions=list(extensions),
        extension_configs={name: options for name, options in extensions.items() if options},
        excluded=_excluded(data, path),
        settings=settings,
        problems=tuple(problems),
        name=str(data.get("site_name") or ""),
        language=settings.language,
        titles=dict(_titled(data.get("nav"))),
        directory_urls=data.get("use_directory_urls") is not False,
        given=data,
    )


def _theme(data: Mapping[str, object], root: Path) -> Path | None:
    theme = data.get("theme")
    folder = theme.get("custom_dir") if isinstance(theme, Mapping) else None
    return root / str(folder) if folder else None


def is_ours(extension: object) -> bool:
    """Return whether a configuration means our Markdown extension by the name *extension*."""
    return extension == NAME or (isinstance(extension, str) and extension.startswith(PACKAGE))


def _titled(nav: object) -> Iterator[tuple[str, str]]:
    """Yield the path and the title of each page that the navigation *nav* gives one."""
    for item in nav if isinstance(nav, list) else []:
        for title, inner in item.items() if isinstance(item, dict) else ():
            if isinstance(inner, str):
                yield inner, str(title)
            else:
                yield from _titled(inner)


def _excluded(data: Mapping[str, object], path: Path) -> GitIgnoreSpec:
    """Return the patterns of files that are not pages of the site, or raise ProblemError."""
    patterns = [*HIDDEN]
    for key in ("exclude_docs", "draft_docs"):
        patterns += str(data.get(key) or "").splitlines()
    try:
        return GitIgnoreSpec.from_lines(patterns)
    except (ValueError, re.error) as error:
        message = f"a pattern under 'exclude_docs' or 'draft_docs' cannot be read: {error}"
        raise ProblemError(wrong_setting(path, message)) from error


def _named(listed: object) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the name and options of each extension, listed in any way that MkDocs allows."""
    if isinstance(listed, dict):
        listed = [{name: options} for name, options in listed.items()]
    for item in listed if isinstance(listed, list) else []:
        pairs = item.items() if isinstance(item, dict) else [(item, None)]
        for name, options in pairs:
            yield str(name), options if isinstance(options, dict) else {}
