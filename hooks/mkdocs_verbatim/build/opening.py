"""Opens a site: reads its sources and data, and puts the parts of one build together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pathspec import GitIgnoreSpec

from ..datafiles.tree import Layout, Tree
from ..diagrams.entries import DataFolder
from ..diagrams.map_section import MapBoard
from ..diagrams.timeline_section import TimelineBoard
from ..house_style.site_check import HouseStyle
from ..ledger.ledger import Ledger, open_ledger
from ..ledger.page_text import PageText
from ..ledger.permalinks import read_addresses
from ..markdown.directives import Directives, Drawing
from ..markdown.hiding import Watch
from ..output.changelog import Log, read_log
from ..output.changelog import directive as changes_directive
from ..output.directives import Directive
from ..output.listings import Listings
from ..output.quotation import Address, Renderer
from ..output.source_listings import SourceListings
from ..problem import Problem
from ..quotations.qualifiers import QualifierLists
from ..rules import RULES
from ..sources.library import Library, Progress, read_library, unwatched
from ..text.saying import Saying
from .beside import FilesBeside, local_names
from .config import Config, read_layout
from .csp import Policy
from .current_page import CurrentPage
from .extension import MarkExtension, Marking
from .generated import GeneratedFiles
from .handover import kept
from .mkdocs_yaml import inherited
from .rules_page import rule_directives
from .settings import Settings, read_settings
from .site import Site


def begin_site(
    file: Path, docs: Path, theme: Path | None, config: Mapping[str, object], address: Address
) -> Site:
    """Return a new build of the site with its pages in *docs*; *config* is read from *file*.

    *theme* is the folder of its own templates. Raises ProblemError as *read_layout* does.
    """
    settings, problems = read_settings(config, file)
    sources, files = file.parent / settings.sources, inherited(file)
    layout = Layout(root=file.parent, docs=docs, sources=sources, theme=theme, files=files)
    trees = read_layout(layout, config).published()
    links = layout.problems(trees)
    site = open_site(file, docs, settings, [*problems, *links], address)
    site.trees, site.links = trees, links
    site.beside.listed = local_names(config)
    site.beside.directory_urls = config.get("use_directory_urls") is not False
    site.beside.themes = _sheets(trees[theme]) if theme else ()
    return site


def open_site(
    file: Path,
    docs: Path,
    settings: Settings,
    problems: Iterable[Problem] = (),
    address: Address = lambda key: f"sources/{key}/",
) -> Site:
    """Return a new build of the site with its pages in *docs*; *settings* are those in *file*.

    *address* is that of a source's page.
    """
    library, found = read_library(file.parent / settings.sources, settings.sources)
    return _opened((library, [*problems, *found]), file, docs, settings, address)


def _opened(
    read: tuple[Library, Sequence[Problem]],
    file: Path,
    docs: Path,
    settings: Settings,
    address: Address,
) -> Site:
    """Return a new build of the site whose library, and what is wrong so far, was *read*."""
    library, problems = read
    root = file.parent
    shown = docs.relative_to(root).as_posix() if docs.is_relative_to(root) else docs.name
    addresses, misread = read_addresses(docs, shown)
    qualifiers = QualifierLists(settings.qualifiers, settings.language)
    ledger = open_ledger(library, settings.severities, qualifiers, problems, addresses)
    house_style = _house_style(settings, ledger, file)
    changes, wrong = read_log(docs, shown)
    ledger.log.add([*wrong, *misread])
    ledger.log.begin_pages()
    current, directives = CurrentPage(), Directives()
    beside = FilesBeside(
        shown=shown,
        accepted=GitIgnoreSpec.from_lines(settings.files),
        patterns=settings.files,
        policy=Policy(settings.allow),
        home=settings.owner.site_url or "",
    )
    watch = Watch(allows=beside.allows, styled=lambda: beside.styled)
    marking = Marking(Saying(settings.language, settings.verbs), american=settings.american)
    extension = MarkExtension(
        ledger, Renderer(address), current, directives, house_style, watch, marking
    )
    directives.add(_listings(ledger, settings, address))
    data = DataFolder(docs, shown)
    directives.add(_drawings(data))
    directives.add([changes_directive(changes, address, extension.convert)])
    return Site(
        ledger=ledger,
        house_style=house_style,
        extension=extension,
        settings=settings,
        changes=changes,
        addresses=addresses,
        beside=beside,
        drawn_data=data.opened,
        handed_over=tuple(kept(docs)),
        generated=_generated(ledger, settings, changes, address),
        address=address,
        current=current,
    )


def _generated(
    ledger: Ledger, settings: Settings, changes: Log | None, address: Address
) -> GeneratedFiles:
    return GeneratedFiles(
        library=ledger.library,
        ledger=ledger.closed,
        settings=settings,
        changes=changes,
        address=address,
    )


def _sheets(tree: Tree) -> list[Path]:
    return [path for path in tree.files if path.suffix.lower() == ".css"]


def _listings(ledger: Ledger, settings: Settings, address: Address) -> Iterator[Directive]:
    """Yield the directives that show sources, rules and the site's owner."""
    library = ledger.library
    yield from Listings(library, ledger.closed, settings.owner, address).directives
    yield from SourceListings(library, ledger.closed).directives
    yield from rule_directives(RULES, settings)


def _drawings(folder: DataFolder) -> list[Drawing]:
    """Return the directives that draw a file of *folder*."""
    return [
        Drawing("map", MapBoard(folder).draw),
        Drawing("timeline", TimelineBoard(folder).draw),
    ]


def _house_style(settings: Settings, ledger: Ledger, file: Path) -> HouseStyle | None:
    """Return the site's own rules that are not switched off, or None if there are none."""
    rules = [rule for rule in settings.content if ledger.log.severities[rule.id] != "off"]
    if not rules:
        return None
    text = PageText(path=file.name, read=lambda: file.read_text("utf-8-sig"))
    house_style = HouseStyle(rules, ledger, text)
    house_style.read_citations()
    house_style.read_names(settings.names)
    return house_style


def configured_site(config: Config, progress: Progress = unwatched) -> Site:
    """Return a new build of the site that *config* describes, no page of it begun.

    *progress* is called with how far the sources are read.
    """
    library, found = read_library(config.sources, config.settings.sources, progress)
    layout = config.layout
    trees = layout.published()
    links = layout.problems(trees)
    read = (library, [*config.problems, *found, *links])
    site = _opened(read, config.file, config.docs, config.settings, config.address)
    files = config.files()
    beside = site.beside
    beside.files = {f"{config.shown}/{n}": files[n] for n in files if n not in site.kept}
    pages = [path.relative_to(config.docs).as_posix() for path in config.pages()]
    beside.written = {f"{config.shown}/{name}": name for name in pages}
    beside.listed = local_names(config.given)
    beside.directory_urls = config.directory_urls
    beside.themes = _sheets(trees[layout.theme]) if layout.theme else ()
    return site
