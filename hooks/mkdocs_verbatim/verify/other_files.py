"""The files of a finished site that are no pages, as far as browsers show words of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ..problem import Problem, RuleId
from ..sources.files_beside import findings
from ..sources.library import Library
from ..text.shown_text import decoded, kind_of
from .hiding import RULE, SiteStyles

KNOWN = frozenset(
    "_headers feed.xml quotes.json references.bib references.json robots.txt site.sha256 "
    "sitemap.xml search.json search/search_index.json objects.inv".split()
)
"""What a build writes for programs; what it says of sources is proven by checks of its own."""

Accepts = Callable[[str], bool]
"""Says of a file, by its path from the site's root, whether its maintainer accepts it by name."""


def is_page(name: str) -> bool:
    """Return whether hosts serve the file *name* as a page of HTML, however that is spelled."""
    return name.lower().endswith((".html", ".htm"))


def read_styles(site: Path, files: Sequence[Path], accepts: Accepts) -> SiteStyles:
    """Return what the stylesheets among *files* of *site* do to words."""
    styles = SiteStyles()
    for path in files:
        name = path.relative_to(site).as_posix()
        if kind_of(name) != "style" or accepts(name):
            continue
        try:
            text = decoded(path.read_bytes())
        except OSError:
            # Told of where checksums are compared.
            continue
        styles.add(name, text or "")
    return styles


THEMES_SCRIPTS = ("assets/javascripts/", "js/", "search/")
"""Where themes have scripts, with words of many languages; the checksums hold them."""


def check_files(
    site: Path, files: Sequence[Path], library: Library, accepts: Accepts
) -> Iterator[Problem]:
    """Yield what is wrong in *files* of *site* that are no pages and are not accepted by name."""
    for path in files:
        name = path.relative_to(site).as_posix()
        if name in KNOWN or is_page(name) or accepts(name):
            continue
        try:
            found = [*findings(name, path, library.sources)]
        except OSError:
            continue
        shown = (Path(site.name) / name).as_posix()
        for finding in found:
            if finding.kind == "words" and name.startswith(THEMES_SCRIPTS):
                continue
            rule: RuleId = RULE if finding.kind == "refused" else "proof-mark"
            message = (
                finding.message
                if finding.kind == "refused"
                else f"words in marks, {finding.message}"
            )
            yield Problem(path=shown, line=finding.line, rule=rule, message=message)


def style_problems(site: Path, styles: SiteStyles) -> Iterator[Problem]:
    """Yield a problem for each stylesheet of *site* that cannot be read."""
    for name, said in styles.problems:
        yield Problem(path=(Path(site.name) / name).as_posix(), rule=RULE, message=said)
