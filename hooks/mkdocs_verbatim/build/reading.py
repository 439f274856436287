"""Reads the pages of a site without building it, as `verbatim check` does."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping
from html import unescape
from pathlib import Path

from markdown.extensions import Extension

from markdown import Markdown

from ..ledger.closed_ledger import ClosedLedger
from ..ledger.front_matter import front_matter
from ..output.quotation import page_url
from ..problem import Problem, ProblemError
from ..unforeseen import reading
from .config import Config
from .mkdocs_yaml import UNREADABLE, wrong_setting
from .opening import configured_site
from .site import Site


def check(config: Config) -> ClosedLedger:
    """Return the closed ledger of the site that *config* describes, without building it."""
    return read_site(config).ledger.closed()


def read_site(config: Config) -> Site:
    """Return the site that *config* describes, all its pages read and its ledger closed."""
    site = configured_site(config)
    for path in config.pages():
        read_page(site, config, path)
    site.close()
    return site


def read_page(site: Site, config: Config, path: Path) -> str:
    """Read the page in the file *path*, and enter what is in it; return its path as shown."""
    shown = path.relative_to(config.root).as_posix()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        site.unreadable(shown, error)
    else:
        name = path.relative_to(config.docs).as_posix()
        with reading(shown):
            _convert(site, config, shown, name, text)
    return shown


class _Markdown(Markdown):
    """Markdown that finds its extensions by name.

    To look through all that is installed first takes longer than to check a small site.
    """

    def build_extension(self, ext_name: str, configs: Mapping[str, object]) -> Extension:
        name = ext_name if "." in ext_name else f"markdown.extensions.{ext_name}"
        if ":" in name or importlib.util.find_spec(name) is None:
            return super().build_extension(ext_name, configs)
        extension = importlib.import_module(name).makeExtension(**configs)
        assert isinstance(extension, Extension)
        return extension


def _convert(site: Site, config: Config, path: str, name: str, text: str) -> None:
    data, body, problems = front_matter(text, path)
    site.ledger.log.add(problems)
    site.begin(path, lambda: text, page_url(name, config.address), data, name)
    markdown = _markdown(site, config)
    try:
        markdown.convert(body)
    except RecursionError:
        message = "cannot be read: lists or quotations too deep inside each other"
        site.ledger.log.add([Problem(path=path, rule="page-unreadable", message=message)])
    title = config.titles.get(name) or data.get("title") or _heading(markdown) or _named(name)
    site.pages[path].state.title = str(title)


def _markdown(site: Site, config: Config) -> Markdown:
    """Return a converter of the pages of *site*, or raise ProblemError."""
    extensions: list[str | Extension] = [*config.extensions, site.extension]
    try:
        return _Markdown(extensions=extensions, extension_configs=config.extension_configs)
    except UNREADABLE as error:
        what = " ".join(str(error).split())
        message = f"the Markdown extensions cannot be loaded: {type(error).__name__}: {what}"
        named = next((name for name in config.extensions if name in what), "")
        keys = ("markdown_extensions", named) if named else ("markdown_extensions",)
        raise ProblemError(wrong_setting(config.file, message, *keys)) from error


def _heading(markdown: Markdown) -> str | None:
    """Return the text of the page's heading, if it begins with one of the first level."""
    found = getattr(markdown, "toc_tokens", [])
    return unescape(str(found[0]["name"])) if found and found[0]["level"] == 1 else None


def _named(name: str) -> str:
    """Return a title for a page without one, from the name of its file."""
    stem = Path(name).stem.replace("-", " ").replace("_", " ")
    return stem.capitalize() if stem.islower() else stem
