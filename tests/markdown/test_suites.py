"""Other people's pages: read without a fault, and left as they are outside quotations."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as etree
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from markdown import Markdown
from mkdocs_verbatim.build.config import Config, read_config
from mkdocs_verbatim.build.opening import configured_site
from mkdocs_verbatim.build.site import Site
from mkdocs_verbatim.ledger.front_matter import front_matter
from mkdocs_verbatim.markdown.block_text import BLOCKS, CODE, IN_TEXT, flatten
from mkdocs_verbatim.markdown.edits import rebuild
from mkdocs_verbatim.problem import Problem
from tests.support.sites import EXTENSIONS, SmallSite

SUITES = Path(__file__).parents[1] / "cases" / "suites"
NEW_SITE = (*EXTENSIONS, {"toc": {"permalink": True}})
MANY = (
    *NEW_SITE,
    "sane_lists",
    "smarty",
    "pymdownx.arithmatex",
    "pymdownx.betterem",
    "pymdownx.blocks.admonition",
    "pymdownx.blocks.caption",
    "pymdownx.blocks.details",
    "pymdownx.blocks.html",
    "pymdownx.blocks.tab",
    "pymdownx.caret",
    "pymdownx.critic",
    "pymdownx.highlight",
    "pymdownx.inlinehilite",
    "pymdownx.keys",
    "pymdownx.magiclink",
    "pymdownx.mark",
    "pymdownx.smartsymbols",
    {"pymdownx.tabbed": {"alternate_style": True}},
    "pymdownx.tasklist",
    "pymdownx.tilde",
)
"""What the documentation of Material for MkDocs asks for."""

EMOJI = re.compile(r":[a-z-]+:\{ ")
KNOWN = {"material": [], "mkdocs": ["dev-guide/plugins.md:265"]}
"""Marks that a reader sees in raw HTML: a directive of snippets, which is off."""

RUNS = [
    ("python-markdown", NEW_SITE),
    ("commonmark", NEW_SITE),
    ("pymdown-extensions", MANY),
    ("material", MANY),
    ("mkdocs", MANY),
]


class Rebuilt(Extension):
    """Makes the content of every block anew, as if it had a citation."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown calls it so
        """Register the step, where the engine has its own."""
        md.treeprocessors.register(_Rebuilt(md), "rebuilt", 17)


class _Rebuilt(Treeprocessor):
    def run(self, root: etree.Element) -> None:
        for element in [e for e in root.iter() if e.tag in BLOCKS - CODE]:
            stash = self.md.htmlStash.rawHtmlBlocks
            rebuild(flatten(element, stash, IN_TEXT, reads_attributes=True), ())


@dataclass
class Read:
    """What was found on the pages of a suite, by their names."""

    changed: list[str] = field(default_factory=list)
    """Pages without a shown problem that are other than Markdown alone makes them."""
    rebuilt: list[str] = field(default_factory=list)
    """Pages that are other if every block is made anew."""
    problems: dict[str, list[Problem]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


@pytest.fixture(scope="module", params=RUNS, ids=[name for name, _ in RUNS])
def read(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Read:
    """What is found on the pages of one suite."""
    name, extensions = request.param
    return _read(pages_of(name), _config(tmp_path_factory.mktemp(name) / "site", extensions))


def _config(folder: Path, extensions: tuple[object, ...]) -> Config:
    copies = {"a": "There can be no talks, not now.\n"}
    small = SmallSite(pages={"page.md": "x"}, copies=copies, extensions=extensions)
    return read_config(small.write(folder) / "mkdocs.yml")


def pages_of(suite: str) -> dict[str, str]:
    """Return the pages of *suite* by their names."""
    pages: dict[str, str] = json.loads((SUITES / suite / "pages.json").read_text("utf-8"))
    return pages


def _read(pages: Mapping[str, str], config: Config) -> Read:
    site = configured_site(config)
    alone, ours, anew = (_markdown(config, *more) for more in ((), (site.extension,), (Rebuilt(),)))
    found = Read()
    for name, text in pages.items():
        _, body, _ = front_matter(text, name)
        plain = alone.reset().convert(body)
        html, found.problems[name] = _converted(site, ours, name, text)
        found.lines[name] = text.count("\n") + 1
        if html != plain and "verbatim-problem" not in html:
            found.changed.append(name)
        if anew.reset().convert(body) != plain:
            found.rebuilt.append(name)
    return found


def _markdown(config: Config, *more: Extension) -> Markdown:
    return Markdown(
        extensions=[*config.extensions, *more], extension_configs=config.extension_configs
    )


def _converted(site: Site, ours: Markdown, name: str, text: str) -> tuple[str, list[Problem]]:
    data, body, _ = front_matter(text, name)
    site.begin(name, lambda: text, "page/", data, name)
    with site.ledger.log.block() as entered:
        html = ours.reset().convert(body)
    return html, list(entered.problems)


def _all(read: Read) -> Iterator[tuple[str, Problem]]:
    return ((name, problem) for name, problems in read.problems.items() for problem in problems)


def test_a_page_is_what_markdown_makes_of_it_unless_a_problem_is_shown(read: Read) -> None:
    assert read.changed == []


def test_a_block_made_anew_is_the_same(read: Read) -> None:
    assert read.rebuilt == []


def test_a_problem_has_its_place_in_the_file(read: Read) -> None:
    outside = [str(problem) for name, problem in _all(read) if problem.line > read.lines[name]]

    assert outside == []


def test_a_problem_has_no_character_that_nobody_wrote(read: Read) -> None:
    assert [str(problem) for _, problem in _all(read) if "\x02" in problem.message] == []


@pytest.mark.parametrize("suite", ["material", "mkdocs"])
def test_documentation_has_no_false_alarm_in_code_attributes_and_links(
    suite: str, tmp_path: Path
) -> None:
    pages = pages_of(suite)
    found = _read(pages, _config(tmp_path / "site", MANY))
    alarms = [
        f"{name}:{problem.line}"
        for name, problem in _all(found)
        if problem.rule in {"key-unknown", "mark-unpaired"}
        or problem.message.startswith("double marks in raw HTML")
    ]

    # Emoji and snippets are off: what they would take is text to a reader.
    shown = [place for place in alarms if EMOJI.search(_line(pages, place))]
    assert sorted(set(alarms) - set(shown)) == KNOWN[suite]


def _line(pages: Mapping[str, str], place: str) -> str:
    name, _, line = place.rpartition(":")
    return pages[name].split("\n")[int(line) - 1]
