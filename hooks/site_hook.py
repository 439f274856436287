"""The MkDocs adapter: hands pages to the engine and the engine's findings to MkDocs."""

from __future__ import annotations

import importlib
import logging
import sys
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

HOOKS = str(Path(__file__).parent)
OVERRIDES = str(Path(__file__).parent / "overrides")
LEVELS = {"error": logging.ERROR, "warning": logging.WARNING, "info": logging.INFO}
log = logging.getLogger("mkdocs.hooks.verbatim")


class _Run:
    """The build that is under way; every build begins with a new site."""

    site: Any = None
    root: Path = Path()
    serving = False


def _engine() -> Any:
    """Return the engine, read anew: MkDocs does not reload what a hook imports."""
    for name in [n for n in sys.modules if n == "verbatim" or n.startswith("verbatim.")]:
        del sys.modules[name]
    sys.path.insert(0, HOOKS)
    try:
        return importlib.import_module("verbatim.site")
    finally:
        sys.path.remove(HOOKS)


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember whether a mistake ends the run."""
    del dirty
    _Run.serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Begin a build: nothing of the one before is kept."""
    if _Run.site is not None and _Run.site.extension in config.markdown_extensions:
        config.markdown_extensions.remove(_Run.site.extension)
    _Run.root = Path(config.config_file_path).parent
    end = "/" if config.use_directory_urls else ".html"
    _Run.site = _engine().begin_site(
        _Run.root, config.extra, config.site_url, lambda key: f"sources/{key}{end}"
    )
    # For the templates of generated pages, also where a site has no custom_dir.
    if OVERRIDES not in config.theme.dirs:
        config.theme.dirs.insert(0, OVERRIDES)
    # An instance: names are looked up before hooks are loaded.
    config.markdown_extensions.append(_Run.site.extension)
    for label, value in _Run.site.settings.owner.items():
        if value is None:
            log.info("not stated in mkdocs.yml: %s", label[0].lower() + label[1:])
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put the pages that the build makes behind all others, so that they see every use."""
    for path, content in _Run.site.generated().items():
        if files.get_file_from_path(path) is None:
            files.append(File.generated(config, path, content=content))
    return files


def on_page_read_source(page: Page, **_: Any) -> str | None:
    """Return a page's text, or nothing and a problem: MkDocs would end in a traceback."""
    try:
        return page.file.content_string
    except (OSError, ValueError) as error:
        _Run.site.unreadable(_shown(page.file), error)
        return ""


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Tell the engine which page is converted next."""
    file = page.file
    url = "" if file.url in {".", "./"} else file.url
    _Run.site.begin(_shown(file), lambda: file.content_string, url, page.meta)
    if file.generated_by and config.theme.name == "material":
        page.meta.setdefault("template", "source.html")
    return markdown


def _shown(file: File) -> str:
    """Return the path of *file* as messages name it: from the site's root."""
    path = Path(file.abs_src_path) if file.abs_src_path else _Run.root / "docs" / file.src_uri
    return path.relative_to(_Run.root).as_posix() if path.is_relative_to(_Run.root) else str(path)


def on_page_content(html: str, page: Page, **_: Any) -> str:
    """Keep the page's title, by which sources link to it."""
    _Run.site.pages[_shown(page.file)].titles.append(str(page.title))
    return html


def on_env(env: Any, **_: Any) -> Any:
    """Report every problem of the whole site; end a build that has an error."""
    ledger = _Run.site.ledger
    ledger.close()
    problems = ledger.problems
    for problem in [*problems, *ledger.remarks]:
        log.log(LEVELS[problem.severity], "%s", problem)
    errors = sum(problem.severity == "error" for problem in problems)
    if errors and not _Run.serving:
        raise PluginError(f"{errors} error{'s' * (errors > 1)} in quotations or sources")
    return env


def on_page_context(context: Any, page: Page, **_: Any) -> Any:
    """Add the notes, behind everything else that touches the page's text."""
    page.content = (page.content or "") + _Run.site.notes(_shown(page.file))
    return context
