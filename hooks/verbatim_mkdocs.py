"""The MkDocs adapter: hands pages to the engine and the engine's findings to MkDocs."""

from __future__ import annotations

import datetime as dt
import gc
import importlib
import logging
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal

import jinja2
import mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

HOOKS = str(Path(__file__).parent)
ENGINE = "mkdocs_verbatim"
LEVELS = {"error": logging.ERROR, "warning": logging.WARNING, "info": logging.INFO}
MOST_IN_MENU = 40
"""Pages whose menu shows all of them; with more, a page's menu opens its own section alone."""

THEME_SHEETS = ("assets/stylesheets/main.*.min.css", "assets/stylesheets/palette.*.min.css")
THEME_ICON = "assets/images/favicon.png"
UNUSED = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")
"""Files of the theme that no page of ours asks for."""

LISTED = 0.5
"""What a page made by the build weighs in search; a page that is written weighs 1."""

IDS = re.compile(r'(?<=\sid=")[^"]*')

log = logging.getLogger("mkdocs.hooks.verbatim")


class _Run:
    """The build that is under way; every build begins with a new site."""

    written: ClassVar[dict[Path, int]] = {}
    """When each module of the engine in use was written."""
    site: Any = None
    frame: Any = None
    """The engine's module of that name."""
    made: ClassVar[dict[str, File]] = {}
    """The files that the engine makes, by path."""
    root: Path = Path()
    serving = False
    dirty = False
    """Whether only changed pages are built."""
    framed = False
    """Whether pages have our frame, which takes the place of Material's."""
    sheets: ClassVar[list[Path]] = []
    """The site's own stylesheets."""


def _engine() -> Any:
    """Return the engine, read anew if it has changed: MkDocs does not reload what hooks import.

    Nothing of a site is kept in it from one build to the next.
    """
    written = {path: path.stat().st_mtime_ns for path in Path(HOOKS, ENGINE).rglob("*.py")}
    if written == _Run.written:
        return sys.modules[f"{ENGINE}.build.opening"]
    _Run.written = {}
    for name in [n for n in sys.modules if n.partition(".")[0] == ENGINE]:
        del sys.modules[name]
    sys.path.insert(0, HOOKS)
    try:
        _Run.frame = importlib.import_module(f"{ENGINE}.build.theme")
        site = importlib.import_module(f"{ENGINE}.build.opening")
        _Run.written = written
        return site
    finally:
        sys.path.remove(HOOKS)


class ComposedPage(Page):
    """A page made by the engine without Markdown, as that of a source."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Take content, contents and anchors from the engine."""
        del config, files
        page = _Run.site.pages[_shown(self.file)]
        html, headings = _Run.site.generated.composed(self.file.src_uri, page)
        first, *others = [AnchorLink(h.html, h.id, h.level) for h in headings]
        first.children.extend(others)
        self.content, self.toc = html, TableOfContents([first])
        self.present_anchor_ids = set(IDS.findall(html))
        self.links_to_anchors = {}


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember whether a mistake ends the run."""
    _Run.serving, _Run.dirty = command == "serve", dirty
    if not _Run.serving:
        # What is loaded by now stays to the end, and so does nearly all that a build makes: to look
        # for garbage as often as a long-lived program does took a twentieth of the time.
        gc.freeze()
        gc.set_threshold(200_000, 50, 50)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Begin a build: nothing of the one before is kept."""
    for extension in _extensions():
        if extension in config.markdown_extensions:
            config.markdown_extensions.remove(extension)
    _Run.made.clear()
    _Run.root = Path(config.config_file_path).parent
    end = "/" if config.use_directory_urls else ".html"
    engine, theme = _engine(), config.theme.custom_dir
    try:
        _Run.site = engine.begin_site(
            Path(config.config_file_path),
            Path(config.docs_dir),
            Path(theme) if theme else None,
            config,
            lambda key: f"sources/{key}{end}",
        )
    except sys.modules[f"{ENGINE}.build.config"].ConfigError as error:
        log.error("%s", error.problem)  # noqa: TRY400 - an author's mistake has no traceback
        raise PluginError("1 error in the site's folders and files") from error
    _check_links(config)
    rules = _Run.root / _Run.site.settings.content_file
    # What is not there cannot be watched.
    if rules.is_file():
        config.watch.append(str(rules))
    _Run.framed = config.theme.name == "material"
    if _Run.framed:
        _frame(config)
    # Instances: names are looked up before hooks are loaded.
    config.markdown_extensions.extend(_extensions())
    for label, value in _Run.site.settings.owner.items():
        if value is None:
            log.info("not stated in mkdocs.yml: %s", label[0].lower() + label[1:])
    return config


def _check_links(config: MkDocsConfig) -> None:
    """End a build before MkDocs reads what a link leads to; a preview shows the site without it."""
    problems = _Run.site.links
    if not _Run.serving:
        _report(problems, config, "in links")
    if any(tree.is_endless for tree in _Run.site.trees.values()):
        _report(problems, config, "in links")
        raise PluginError("MkDocs would follow links without an end")
    theme = config.theme.custom_dir
    if theme and _Run.site.trees[Path(theme)].refused:
        # Templates are read by their names, whatever files a preview is made of.
        config.theme.dirs.remove(theme)


def _frame(config: MkDocsConfig) -> None:
    """Put our templates before the theme's, and one stylesheet in place of many."""
    frame = _Run.frame
    if (folder := str(frame.FRAME)) not in config.theme.dirs:
        # Behind a site's own, which may change ours.
        own = [each for each in config.theme.dirs if each == config.theme.custom_dir]
        config.theme.dirs.insert(len(own), folder)
    if config.theme.get("favicon") == THEME_ICON:
        config.theme["favicon"] = frame.ICON
    # Those beside ours alone: what a sheet asks for, it names from where it stands.
    beside = Path(config.docs_dir, frame.STYLE).parent
    paths = {name: Path(config.docs_dir, str(name)) for name in config.extra_css}
    own = _Run.site.trees[Path(config.docs_dir)].files
    joined = [name for name, path in paths.items() if path.parent == beside and path in own]
    _Run.sheets = [paths[name] for name in joined]
    config.extra_css = [frame.STYLE, *(name for name in config.extra_css if name not in joined)]


def _extensions() -> list[Any]:
    return [_Run.site.extension, _Run.site.accessible] if _Run.site is not None else []


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put the pages that the build makes behind all others, so that they see every use."""
    for refused in [file for file in files if _is_refused(file)]:
        files.remove(refused)
    for path in (*_Run.site.kept, *_Run.site.handed_over):
        if (file := files.get_file_from_path(path)) is not None:
            files.remove(file)
    _Run.site.static = {
        _shown(file): Path(file.abs_src_path)
        for file in files
        if file.src_dir == config.docs_dir and _is_copied(file) and file.abs_src_path
    }
    if _Run.framed:
        frame = _Run.frame
        _leave_out(files, {str(frame.FRAME), config.theme.custom_dir, config.docs_dir})
        own = _texts([Path(str(file.abs_src_path)) for file in files.javascript_files()])
        made = frame.scripts()
        for path, text in made.items():
            files.append(File.generated(config, path, content=text))
        for text in [*own, *made.values()]:
            _Run.site.seen.script(text)
    for path, content in _Run.site.generated.pages().items():
        if files.get_file_from_path(path) is None:
            file = File.generated(config, path, content=content)
            files.append(file)
            _Run.made[path] = file
            _Run.site.made.add(_shown(file))
            if _Run.site.generated.is_composed(path):
                ComposedPage(None, file, config)
    return files


def _is_refused(file: File) -> bool:
    path = Path(file.abs_src_path or "")
    return any(tree.refuses(path) for tree in _Run.site.trees.values())


def _is_copied(file: File) -> bool:
    """Return whether *file* is no page, and published as it is."""
    # MkDocs has no types there.
    included = file.inclusion.is_included()  # type: ignore[no-untyped-call]
    return bool(included) and not file.is_documentation_page()


def _leave_out(files: Files, own: set[str | None]) -> None:
    """Take out what no page asks for: what stands in ours as one, the theme's scripts."""
    joined = {*_Run.sheets, *_Run.frame.joined()}
    for file in list(files):
        theirs = file.src_uri.startswith(UNUSED) and file.src_dir and file.src_dir not in own
        if theirs or Path(file.abs_src_path or "") in joined:
            files.remove(file)


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


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Tell the engine which page is converted next."""
    file = page.file
    url = "" if file.url in {".", "./"} else file.url
    name = file.src_uri
    _Run.site.begin(_shown(file), lambda: file.content_string, url, page.meta, name)
    if file.generated_by:
        # What the build lists is found behind what is written.
        page.meta.setdefault("search", {}).setdefault("boost", LISTED)
        if _Run.site.generated.is_source(file.src_uri):
            page.meta.setdefault("description", _Run.site.generated.description(file.src_uri))
        if _Run.framed:
            page.meta.setdefault("template", "source.html")
    return markdown


def _shown(file: File) -> str:
    """Return the path of *file* as messages name it: from the site's root."""
    if not file.abs_src_path:
        return f"docs/{file.src_uri}"
    return file.abs_src_path.removeprefix(f"{_Run.root}{os.sep}").replace(os.sep, "/")


def on_page_content(html: str, page: Page, **_: Any) -> str:
    """Keep the page's title, by which sources link to it."""
    _Run.site.pages[_shown(page.file)].state.title = str(page.title)
    return html


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Report every problem of the whole site; end a build that has an error; make the exports."""
    _Run.site.close()
    entered = _Run.site.ledger.log
    _report([*entered.problems, *entered.remarks], config, "in quotations or sources")
    env.bytecode_cache = env.bytecode_cache or _compiled()
    for path, content in _Run.site.generated.exports(config.site_name, _language(config)).items():
        if path in _Run.made:
            _Run.made[path].content_string = content
    _date(files)
    return env


def _report(problems: list[Any], config: MkDocsConfig, where: str) -> None:
    """Show *problems*; end a build that has an error among them."""
    for problem in problems:
        log.log(LEVELS[problem.severity], "%s", problem)
    # Counted here: MkDocs does not see the warnings that -q hides.
    fatal = {"error", "warning"} if config.strict else {"error"}
    errors = sum(problem.severity in fatal for problem in problems)
    if errors and not _Run.serving:
        raise PluginError(f"{errors} error{'s' * (errors > 1)} {where}")


def _language(config: MkDocsConfig) -> str:
    """Return the language of the site's pages, as far as its theme says so."""
    return str(config.theme.get("language") or config.theme.get("locale") or "en")


def _date(files: Files) -> None:
    """Let the map of the site have pages' own dates; MkDocs takes the day of the build."""
    pages = [file.page for file in files.documentation_pages() if file.page is not None]
    if any(_updated(page) for page in pages):
        for page in pages:
            page.update_date = _updated(page) or ""


def _updated(page: Page) -> str | None:
    """Return the day that a page's front matter gives as that of its last change, if it is one."""
    try:
        return dt.date.fromisoformat(str(page.meta.get("updated"))).isoformat()
    except ValueError:
        return None


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


def on_page_context(context: Any, page: Page, config: MkDocsConfig, **_: Any) -> Any:
    """Add notes, what counts over all pages, and the head, behind all that touches the text."""
    shown = _shown(page.file)
    page.content = _Run.site.finished(shown, page.content or "")
    about = {
        "title": str(page.meta.get("title") or page.title),
        "description": page.meta.get("description") or config.site_description,
        "site": config.site_name,
        "address": page.canonical_url,
        "language": _language(config),
        "updated": _updated(page),
    }
    context["verbatim_head"] = _Run.site.head(shown, about)
    return context


def on_post_page(output: str, **_: Any) -> str:
    """Remember what a page needs of the stylesheets."""
    if _Run.framed:
        _Run.site.seen.page(output)
    return output


def on_post_template(output_content: str, **_: Any) -> str:
    """Remember it of the page that is shown where there is none, too."""
    if _Run.framed:
        _Run.site.seen.page(output_content)
    return output_content


@event_priority(-100)  # behind whatever else changes finished pages
def on_post_build(config: MkDocsConfig) -> None:
    """Write the one stylesheet, and tell browsers what the finished pages may do."""
    if _Run.framed:
        _write_sheet(config)
    # A preview has a script for live reload.
    if not _Run.serving:
        problems = _Run.site.protect(Path(config.site_dir), Path(config.docs_dir, "_headers"))
        _report(problems, config, "in what pages ask of browsers")


def _write_sheet(config: MkDocsConfig) -> None:
    for path in Path(config.site_dir).rglob("*.html") if _Run.dirty else ():
        _Run.site.seen.page(path.read_text("utf-8", errors="replace"))
    theme = [path for name in THEME_SHEETS for path in _found(config.theme.dirs, name)]
    before, behind = _texts(theme), _texts(_Run.sheets)
    target = Path(config.site_dir, _Run.frame.STYLE)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(_Run.site.stylesheet([*before, *_Run.frame.sheets(), *behind]), "utf-8")


def _texts(paths: Sequence[Path]) -> list[str]:
    return [path.read_text("utf-8", errors="replace") for path in paths]


def _found(folders: Sequence[str], pattern: str) -> list[Path]:
    return next((found for folder in folders if (found := sorted(Path(folder).glob(pattern)))), [])
