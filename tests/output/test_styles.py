"""Citation styles: one row of the table and one file of rules are a style for all that cites."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from mkdocs_verbatim.authoring.pandoc import STYLES
from mkdocs_verbatim.output.citation import offered
from mkdocs_verbatim.sources.citation_styles import BIBTEX, CITATION_STYLES, DEFAULT_STYLE
from tests.support.sites import ROOT, SmallSite

SITE = SmallSite(
    pages={"index.md": "# Doors\n\nAuthor A says he “went home” [@a, para. 1]."},
    copies={"a": "He went home."},
)
ROW = '        CitationStyle("mla", "MLA", "modern-language-association.csl"),\n'
NEW = '        CitationStyle("new", "The New Style", "new.csl"),\n'
CITE = "from mkdocs_verbatim.cli.main import main; main(['cite'])"
SHOW = """
from pathlib import Path
from mkdocs_verbatim.build.config import read_config
from mkdocs_verbatim.build.reading import read_site

site = read_site(read_config(Path("mkdocs.yml")))
assert not site.ledger.log.problems, site.ledger.log.problems
site.begin("docs/sources/a.md", lambda: "", "sources/a/", {})
page = site.pages["docs/sources/a.md"]
print(site.generated.composed("sources/a.md", page)[0], site.notes("docs/index.md"))
"""


def test_each_style_has_rules_and_a_label_that_scripts_can_read() -> None:
    assert DEFAULT_STYLE in CITATION_STYLES
    for style in CITATION_STYLES.values():
        assert (STYLES / style.file).is_file()
    for style in (*CITATION_STYLES.values(), BIBTEX):
        assert style.label
        assert not {";", ":"} & {*style.name, *style.label}
    assert {path.name for path in STYLES.glob("*.csl")} == {
        style.file for style in CITATION_STYLES.values()
    }


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The engine with one row and one file more."""
    hooks = tmp_path_factory.mktemp("engine") / "hooks"
    shutil.copytree(ROOT / "hooks", hooks, ignore=shutil.ignore_patterns("__pycache__"))
    table = hooks / "mkdocs_verbatim" / "sources" / "citation_styles.py"
    before = table.read_text("utf-8")
    table.write_text(before.replace(ROW, ROW + NEW), "utf-8")
    assert before.count(ROW) == 1
    rules = hooks / "mkdocs_verbatim" / "styles"
    shutil.copy(rules / "apa.csl", rules / "new.csl")
    return hooks


def ran(engine: Path, program: str, site: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(engine)}
    command = [sys.executable, "-c", program]
    return subprocess.run(
        command, cwd=site, env=environment, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    ).stdout


def test_a_new_style_is_formatted_shown_and_copied(engine: Path, tmp_path: Path) -> None:
    site = SITE.write(tmp_path / "site")
    ran(engine, CITE, site)
    cited = yaml.safe_load((site / "sources" / "a.yml").read_text("utf-8"))["cited"]
    page = LexborHTMLParser(ran(engine, SHOW, site))

    assert set(cited) == {"of", "pandoc", "bibtex", "new", *CITATION_STYLES}
    assert cited["new"] == cited["apa"]
    entry, apa = page.css_first('[data-style="new"]'), page.css_first('[data-style="apa"]')
    assert entry is not None
    assert apa is not None
    assert entry.prev is not None
    assert entry.prev.text() == "The New Style"
    assert {**entry.attributes, "data-style": "apa"} == apa.attributes
    assert entry.text() == apa.text() != ""
    notes = page.css_first("[data-styles]")
    assert notes is not None
    wanted = offered().replace("; bibtex", "; new: The New Style; bibtex")
    assert notes.attributes["data-styles"] == wanted


def test_records_of_before_are_formatted_in_a_new_style(engine: Path, tmp_path: Path) -> None:
    site = SITE.write(tmp_path / "site")
    ran(ROOT / "hooks", CITE, site)
    assert "new" not in yaml.safe_load((site / "sources" / "a.yml").read_text("utf-8"))["cited"]

    assert ran(engine, CITE, site) == "1 reference formatted: a\n"
    assert ran(engine, CITE, site) == "0 references formatted: none\n"


def test_the_default_style_alone_says_all_in_a_note(engine: Path, tmp_path: Path) -> None:
    site = SITE.write(tmp_path / "site")
    ran(engine, CITE, site)
    page = LexborHTMLParser(ran(engine, SHOW, site))

    assert [node.attributes["data-style"] for node in page.css("[data-in-notes]")] == ["chicago"]
