"""The MkDocs adapter: hands pages to the engine and the engine's findings to MkDocs."""

from __future__ import annotations

import importlib
import logging
import posixpath
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

HOOKS = str(Path(__file__).parent)
log = logging.getLogger("mkdocs.hooks.verbatim")

_state: dict[str, Any] = {}
"""The build that is under way: *command*, *engine* and *site*."""


def _engine() -> ModuleType:
    """Return the engine, read anew: MkDocs does not reload what a hook imports."""
    for name in [n for n in sys.modules if n == "verbatim" or n.startswith("verbatim.")]:
        del sys.modules[name]
    sys.path.insert(0, HOOKS)
    try:
        return importlib.import_module("verbatim.site")
    finally:
        sys.path.remove(HOOKS)


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember whether a mistake may end the run."""
    del dirty
    _state["command"] = command


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Begin a build: nothing of the one before is kept."""
    engine = _engine()
    root = Path(config.config_file_path).parent
    settings, problems = engine.read_settings(config.extra, config.site_url, "mkdocs.yml")
    site = engine.open_site(root / settings.sources, settings, problems, _address(config))
    for old in [e for e in config.markdown_extensions if type(e).__name__ == "MarkExtension"]:
        config.markdown_extensions.remove(old)
    config.markdown_extensions.append(site.extension)
    _state.update(engine=engine, site=site, root=root)
    for label, value in settings.owner.items():
        if value is None:
            log.info("not stated in mkdocs.yml: %s", label.lower())
    return config


def _address(config: MkDocsConfig) -> Any:
    end = "/" if config.use_directory_urls else ".html"
    return lambda key: f"sources/{key}{end}"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put the pages that the build makes behind all others, so that they see every use."""
    for path, content in _state["site"].generated().items():
        if files.get_file_from_path(path) is None:
            files.append(File.generated(config, path, content=content))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Tell the engine which page is converted next."""
    del files
    file = page.file
    shown = file.src_uri
    if file.abs_src_path:
        shown = posixpath.relpath(Path(file.abs_src_path).as_posix(), _state["root"].as_posix())
    site, engine = _state["site"], _state["engine"]
    url = "" if file.url in {".", "./"} else file.url
    page.meta.setdefault("verbatim", None)
    current = engine.Page(path=shown, read=lambda: file.content_string, url=url)
    _state.setdefault("pages", {})[file.src_uri] = current
    del config
    site.open(current, page.meta)
    return markdown


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Keep the page's title, by which sources link to it."""
    del config, files
    _state["pages"][page.file.src_uri].titles.append(str(page.title))
    return html


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Report every problem of the whole site; end a build that has an error."""
    del config, files
    ledger = _state["site"].ledger
    ledger.close()
    levels = {"error": logging.ERROR, "warning": logging.WARNING, "info": logging.INFO}
    problems = ledger.problems
    for problem in problems:
        log.log(levels[problem.severity], "%s", problem)
    errors = sum(problem.severity == "error" for problem in problems)
    if errors and _state.get("command") != "serve":
        raise PluginError(f"{errors} error{'s' if errors > 1 else ''} in quotations or sources")
    return env


def on_page_context(context: Any, page: Page, config: MkDocsConfig, nav: Any) -> Any:
    """Add the notes, behind everything else that touches the page's text."""
    del config, nav
    site = _state["site"]
    page.content = (page.content or "") + site.renderer.notes(_state["pages"][page.file.src_uri])
    return context
