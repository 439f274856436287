"""The MkDocs adapter: hands pages to the engine and the engine's findings to MkDocs."""

from __future__ import annotations

import gc
import importlib
import logging
import os
import re
import sys
from pathlib import Path
from typing import Any, Literal

import jinja2
import mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

HOOKS = str(Path(__file__).parent)
OVERRIDES = str(Path(__file__).parent / "overrides")
LEVELS = {"error": logging.ERROR, "warning": logging.WARNING, "info": logging.INFO}
MOST_IN_MENU = 40
"""Pages whose menu shows all of them; with more, a page's menu opens its own section alone."""

IDS = re.compile(r'(?<=\sid=")[^"]*')

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


class SourcePage(Page):
    """The page of a source, made by the engine without Markdown."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Take content, contents and anchors from the engine."""
        del config, files
        html, headings = _Run.site.source(self.file.src_uri, _shown(self.file))
        first, *others = [AnchorLink(h.html, h.id, h.level) for h in headings]
        first.children.extend(others)
        self.content, self.toc = html, TableOfContents([first])
        self.present_anchor_ids = set(IDS.findall(html))
        self.links_to_anchors = {}


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember whether a mistake ends the run."""
    del dirty
    _Run.serving = command == "serve"
    if not _Run.serving:
        # What is loaded by now stays to the end, and so does nearly all that a build makes: to look
        # for garbage as often as a long-lived program does took a twentieth of the time.
        gc.freeze()
        gc.set_threshold(200_000, 50, 50)


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
    for path in _Run.site.handed_over(Path(config.docs_dir)):
        if (file := files.get_file_from_path(path)) is not None:
            files.remove(file)
    for path, content in _Run.site.generated().items():
        if files.get_file_from_path(path) is None:
            file = File.generated(config, path, content=content)
            files.append(file)
            _Run.site.made.add(_shown(file))
            if _Run.site.is_source(path):
                SourcePage(None, file, config)
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, **_: Any) -> Navigation:
    """Keep the menu of a large site from being most of each page's weight."""
    features = config.theme.get("features")
    if not isinstance(features, list) or len(nav.pages) <= MOST_IN_MENU:
        return nav
    if not {"navigation.prune", "navigation.expand"}.intersection(features):
        features.append("navigation.prune")
    return nav


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
    if not file.abs_src_path:
        return f"docs/{file.src_uri}"
    return file.abs_src_path.removeprefix(f"{_Run.root}{os.sep}").replace(os.sep, "/")


def on_page_content(html: str, page: Page, **_: Any) -> str:
    """Keep the page's title, by which sources link to it."""
    _Run.site.pages[_shown(page.file)].titles.append(str(page.title))
    return html


def on_env(env: Any, config: MkDocsConfig, **_: Any) -> Any:
    """Report every problem of the whole site; end a build that has an error."""
    ledger = _Run.site.ledger
    ledger.close()
    problems = ledger.problems
    for problem in [*problems, *ledger.remarks]:
        log.log(LEVELS[problem.severity], "%s", problem)
    # Counted here: MkDocs does not see the warnings that -q hides.
    fatal = {"error", "warning"} if config.strict else {"error"}
    errors = sum(problem.severity in fatal for problem in problems)
    if errors and not _Run.serving:
        raise PluginError(f"{errors} error{'s' * (errors > 1)} in quotations or sources")
    env.bytecode_cache = env.bytecode_cache or _compiled()
    return env


def _compiled() -> jinja2.BytecodeCache | None:
    """Return where the theme's templates are kept compiled, or None where nothing can be written.

    Templates alone, each with a hash of its text: a page, a source or a quotation is never kept.
    """
    versions = f"{jinja2.__version__}-{mkdocs.__version__}"
    folder = _Run.root / ".cache" / "verbatim" / f"templates-{versions}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return jinja2.FileSystemBytecodeCache(str(folder)) if os.access(folder, os.W_OK) else None


def on_page_context(context: Any, page: Page, **_: Any) -> Any:
    """Add the notes, behind everything else that touches the page's text."""
    page.content = (page.content or "") + _Run.site.notes(_shown(page.file))
    return context
