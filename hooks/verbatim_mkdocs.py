"""The MkDocs adapter: hands pages to the engine and the engine's findings to MkDocs."""

from __future__ import annotations

import datetime as dt
import gc
import logging
import os
import re
import socket
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

import jinja2
import mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException, PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from mkdocs_verbatim.build.site import Site
from mkdocs_verbatim.output.html import Heading
from mkdocs_verbatim.problem import Problem
from mkdocs_verbatim.unforeseen import WHILE, unforeseen
from verbatim_mkdocs_reload import ReloadedPackage
from verbatim_mkdocs_theme import Look, Theme, shorten_menu

HOOKS = Path(__file__).parent
ENGINE = "mkdocs_verbatim"
LEVELS = {"error": logging.ERROR, "warning": logging.WARNING, "info": logging.INFO}

LISTED = 0.5
"""What a page made by the build weighs in search; a page that is written weighs 1."""

IDS = re.compile(r'(?<=\sid=")[^"]*')

log = logging.getLogger("mkdocs.hooks.verbatim")


@dataclass(kw_only=True, eq=False)
class Build:
    """One build: what its events leave for later ones."""

    site: Site
    root: Path
    """The folder of the configuration."""
    look: Look | None
    """How pages look, unless the site has a theme other than Material."""
    made: dict[str, File] = field(default_factory=dict)
    """The files that the engine makes, by path."""

    def shown(self, file: File) -> str:
        """Return the path of *file* as messages name it: from the site's root."""
        if not file.abs_src_path:
            return f"docs/{file.src_uri}"
        return file.abs_src_path.removeprefix(f"{self.root}{os.sep}").replace(os.sep, "/")


class ComposedPage(Page):
    """A page made by the engine without Markdown, such as that of a source."""

    def __init__(
        self, file: File, config: MkDocsConfig, compose: Callable[[], tuple[str, list[Heading]]]
    ) -> None:
        """Make the page of *file*, whose HTML and headings *compose* returns."""
        super().__init__(None, file, config)
        self._compose = compose

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Take content, contents and anchors from the engine."""
        del config, files
        html, headings = self._compose()
        first, *others = [AnchorLink(h.html, h.id, h.level) for h in headings]
        first.children.extend(others)
        self.content, self.toc = html, TableOfContents([first])
        self.present_anchor_ids = set(IDS.findall(html))
        self.links_to_anchors = {}


class Adapter:
    """MkDocs' events; each build that begins is a new `Build`."""

    def __init__(self) -> None:
        self._engine = ReloadedPackage(HOOKS, ENGINE)
        self._serving = self._dirty = False
        self._begun: Build | None = None
        self._converting: str | None = None
        """The page that MkDocs converts, as messages name it."""

    @property
    def _build(self) -> Build:
        assert self._begun is not None, "MkDocs sends on_config first"
        return self._begun

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether a mistake ends the run, and whether only changed pages are built."""
        self._serving, self._dirty = command == "serve", dirty
        if not self._serving:
            # What is loaded by now stays to the end, and so does nearly all that a build makes. To
            # look for garbage as often as a long-lived program does took a twentieth of the time.
            gc.freeze()
            gc.set_threshold(200_000, 50, 50)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Begin a build: nothing of the one before is kept."""
        self._engine.refresh()
        self._converting = None
        if self._serving and self._begun is None:
            _try_port(*config.dev_addr)
        end = "/" if config.use_directory_urls else ".html"
        file = Path(config.config_file_path)
        site = self._begin(file, config, lambda key: f"sources/{key}{end}")
        self._check_links(site, config)
        self._check_folder(file, site, config)
        rules = file.parent / site.settings.content_file
        # What is not there cannot be watched.
        if rules.is_file():
            config.watch.append(str(rules))
        theme = cast("Theme", self._engine.module("build.theme"))
        look = Look(theme, config, site) if config.theme.name == "material" else None
        self._begun = Build(site=site, root=file.parent, look=look)
        self._extend(config, site)
        for label in site.settings.owner.missing:
            log.info("not stated in mkdocs.yml: %s", label)
        return config

    def _begin(self, file: Path, config: MkDocsConfig, address: Callable[[str], str]) -> Site:
        """Return a new build of the site that *file* configures; end the run if it cannot begin."""
        docs, theme = Path(config.docs_dir), config.theme.custom_dir
        begin_site = self._engine.module("build.opening").begin_site
        unreadable = self._engine.module("problem").ProblemError
        try:
            site: Site = begin_site(file, docs, Path(theme) if theme else None, config, address)
        except unreadable as error:
            log.error("%s", error.problem)  # noqa: TRY400 - an author's mistake has no traceback
            raise PluginError("1 error in the site's folders and files") from error
        return site

    def _check_links(self, site: Site, config: MkDocsConfig) -> None:
        """End a build before MkDocs reads what a link leads to; a preview leaves that out."""
        is_endless = any(tree.is_endless for tree in site.trees.values())
        if is_endless or not self._serving:
            self._report(site.links, config, "in links")
        if is_endless:
            raise PluginError("MkDocs would follow links without an end")
        theme = config.theme.custom_dir
        if theme and site.trees[Path(theme)].refused:
            # Templates are read by their names, whatever files a preview is made of.
            config.theme.dirs.remove(theme)

    def _check_folder(self, file: Path, site: Site, config: MkDocsConfig) -> None:
        """End a build before MkDocs empties a folder that holds more than a site."""
        if self._serving:
            return
        settings = site.settings
        named = [settings.sources, *([settings.content_file] if settings.content_file else [])]
        needed = [Path(config.docs_dir), HOOKS, *(file.parent / name for name in named)]
        needed += [Path(config.theme.custom_dir)] if config.theme.custom_dir else []
        would_delete = self._engine.module("build.site_folder").would_delete
        if (problem := would_delete(Path(config.site_dir), file, needed)) is not None:
            log.error("%s", problem)
            raise PluginError("nothing was built")

    def _extend(self, config: MkDocsConfig, site: Site) -> None:
        """Have Markdown prove pages: by the extension that the configuration names, or by ours."""
        is_ours = self._engine.module("build.config").is_ours
        named = [name for name in config.markdown_extensions if is_ours(name)]
        for name in named:
            options = config.mdx_configs.get(name) or {}
            config.mdx_configs[name] = {**options, "site": site}
        if not named:
            # Instances: names are looked up before hooks are loaded.
            extensions: list[Any] = config.markdown_extensions
            extensions += [site.extension, site.accessible]

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Put the pages that the build makes after all others, so that they see every use."""
        build = self._build
        for refused in [file for file in files if _is_refused(file, build.site)]:
            files.remove(refused)
        for path in (*build.site.kept, *build.site.handed_over):
            if (file := files.get_file_from_path(path)) is not None:
                files.remove(file)
        own = [file for file in files if file.src_dir == config.docs_dir and file.abs_src_path]
        build.site.beside.files = {
            build.shown(file): Path(str(file.abs_src_path)) for file in own if _is_copied(file)
        }
        build.site.beside.written = {
            build.shown(file): file.src_uri
            for file in own
            if file.is_documentation_page() and file.inclusion.is_included()  # type: ignore[no-untyped-call]
        }
        if build.look:
            build.look.put_scripts(files, config, build.site)
        for path, content in build.site.generated.pages().items():
            if files.get_file_from_path(path) is None:
                file = File.generated(config, path, content=content)
                files.append(file)
                build.made[path] = file
                build.site.made.add(build.shown(file))
                if build.site.generated.is_composed(path):
                    _compose(build, file, config)
        return files

    def on_nav(self, nav: Navigation, config: MkDocsConfig, **_: Any) -> Navigation:
        """Keep the menu of a large site small."""
        shorten_menu(nav, config)
        return nav

    def on_page_read_source(self, page: Page, **_: Any) -> str | None:
        """Return a page's text, or an empty one and a problem: MkDocs would end in a traceback."""
        site, shown = self._build.site, self._build.shown(page.file)
        try:
            text = page.file.content_string
        except (OSError, ValueError) as error:
            site.unreadable(shown, error)
            return ""
        # Where it cannot be read, MkDocs goes on as if there were none, and says nothing.
        site.check_front_matter(shown, text)
        return text

    def on_page_markdown(self, markdown: str, page: Page, **_: Any) -> str:
        """Say to the engine which page is converted next."""
        file, site = page.file, self._build.site
        url = "" if file.url in {".", "./"} else file.url
        name, shown = file.src_uri, self._build.shown(file)
        self._converting = shown
        if not site.begin(shown, lambda: file.content_string, url, page.meta, name):
            # What cannot be used would be shown in templates, at whatever length.
            page.meta.clear()
        if file.generated_by:
            # What the build lists is found after what is written.
            page.meta.setdefault("search", {}).setdefault("boost", LISTED)
            if site.generated.is_source(name):
                page.meta.setdefault("description", site.generated.description(name))
            if self._build.look:
                page.meta.setdefault("template", "source.html")
        return markdown

    def on_page_content(self, html: str, page: Page, **_: Any) -> str:
        """Keep the page's title, by which sources link to it."""
        self._build.site.pages[self._build.shown(page.file)].state.title = str(page.title)
        self._converting = None
        return html

    def on_env(self, env: jinja2.Environment, config: MkDocsConfig, files: Files) -> Any:
        """Report every problem of the whole site; end a build with an error; make the exports."""
        build = self._build
        build.site.close()
        entered = build.site.ledger.log
        self._report([*entered.problems, *entered.remarks], config, "in quotations or sources")
        env.bytecode_cache = env.bytecode_cache or _compiled(build.root)
        for path, content in build.site.generated.exports(
            config.site_name, _language(config)
        ).items():
            if path in build.made:
                build.made[path].content_string = content
        _date(files)
        return env

    def _report(self, problems: Iterable[Problem], config: MkDocsConfig, where: str) -> None:
        """Show *problems*; end a build that has an error among them."""
        # Counted here: MkDocs does not see the warnings that -q hides.
        fatal = {"error", "warning"} if config.strict else {"error"}
        errors = 0
        for problem in problems:
            log.log(LEVELS[problem.severity], "%s", problem)
            errors += problem.severity in fatal
        if errors and not self._serving:
            raise PluginError(f"{errors} error{'s' * (errors > 1)} {where}")

    def on_page_context(
        self, context: dict[str, Any], page: Page, config: MkDocsConfig, **_: Any
    ) -> Any:
        """Add notes, what counts over all pages, and the head, after all that touches the text."""
        site, shown = self._build.site, self._build.shown(page.file)
        page.content = site.finished(shown, page.content or "")
        context["verbatim_head"] = site.head(shown, _about(page, config))
        return context

    def on_post_page(self, output: str, **_: Any) -> str:
        """Remember what a page needs of the stylesheets."""
        if self._build.look:
            self._build.site.seen.page(output)
        return output

    def on_post_template(self, output_content: str, **_: Any) -> str:
        """Do the same for the 404 page."""
        return self.on_post_page(output_content)

    @event_priority(-100)  # after whatever else changes finished pages
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write the one stylesheet, and tell browsers what the finished pages may do."""
        build = self._build
        if build.look:
            build.look.write_sheet(config, build.site, dirty=self._dirty)
        # A preview has a script for live reload.
        if not self._serving:
            own = Path(config.docs_dir, "_headers")
            # Other themes have inline scripts of their own, which the policy would stop.
            known = build.look is not None
            problems = build.site.protect(Path(config.site_dir), own, known=known)
            build.site.seal(Path(config.site_dir))
            self._report(problems, config, "in what pages ask of browsers")

    def on_build_error(self, error: Exception, **_: Any) -> None:
        """End in one line a build that something unforeseen stops; `-v` shows the traceback."""
        if isinstance(error, MkDocsException) or log.isEnabledFor(logging.DEBUG):
            return
        if self._converting:
            error.add_note(f"{WHILE}{self._converting}")
        # Not with log.exception: an author has no use for a traceback.
        log.error("%s", unforeseen(error))
        raise Abort("the build has ended early") from error


def _try_port(host: str, port: int) -> None:
    """End a preview before it builds if it could not be served."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        with socket.socket(found[0][0], socket.SOCK_STREAM) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(found[0][4])
    except OSError as error:
        remedy = f"stop what uses it, or name another: mkdocs serve -a {host}:{port + 1}"
        log.error("cannot serve at %s:%s: %s; %s", host, port, error.strerror, remedy)  # noqa: TRY400
        raise Abort("nothing is served") from error


def _compose(build: Build, file: File, config: MkDocsConfig) -> None:
    """Make the page of *file*, which the engine writes as HTML."""
    site, shown = build.site, build.shown(file)
    ComposedPage(file, config, lambda: site.generated.composed(file.src_uri, site.pages[shown]))


def _is_refused(file: File, site: Site) -> bool:
    """Return whether *file* is reached by a link, or is no file, and so is never read."""
    path = Path(file.abs_src_path or "")
    return any(tree.refuses(path) for tree in site.trees.values())


def _is_copied(file: File) -> bool:
    """Return whether *file* is no page, and published as it is."""
    # MkDocs has no types there.
    included = file.inclusion.is_included()  # type: ignore[no-untyped-call]
    return bool(included) and not file.is_documentation_page()


def _about(page: Page, config: MkDocsConfig) -> Mapping[str, str | None]:
    """Return what the head of *page* says of it to other programs."""
    return {
        "title": str(page.meta.get("title") or page.title),
        "description": page.meta.get("description") or config.site_description,
        "site": config.site_name,
        "address": page.canonical_url,
        "language": _language(config),
        "updated": _updated(page),
    }


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


def _compiled(root: Path) -> jinja2.BytecodeCache | None:
    """Return where the theme's templates are kept compiled, or None where nothing can be written.

    Templates alone, each with a hash of its text: a page, a source or a quotation is never kept.
    """
    versions = f"{jinja2.__version__}-{mkdocs.__version__}"
    folder = root / ".cache" / "verbatim" / f"templates-{versions}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return jinja2.FileSystemBytecodeCache(str(folder)) if os.access(folder, os.W_OK) else None


# MkDocs looks for events by their names in a hook's module.
_adapter = Adapter()
on_startup = _adapter.on_startup
on_config = _adapter.on_config
on_files = _adapter.on_files
on_nav = _adapter.on_nav
on_page_read_source = _adapter.on_page_read_source
on_page_markdown = _adapter.on_page_markdown
on_page_content = _adapter.on_page_content
on_env = _adapter.on_env
on_build_error = _adapter.on_build_error
on_page_context = _adapter.on_page_context
on_post_page = _adapter.on_post_page
on_post_template = _adapter.on_post_template
on_post_build = _adapter.on_post_build
