"""Hidden and beside: what no reader sees, what loads, and what files beside pages say."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from pathspec import GitIgnoreSpec

from mkdocs_verbatim.build.config import read_config
from mkdocs_verbatim.build.reading import check
from mkdocs_verbatim.build.shown_quotations import lost_quotations
from mkdocs_verbatim.build.theme import sheets
from mkdocs_verbatim.markdown.hiding import THEME_HIDES, THEME_OWN
from mkdocs_verbatim.text.stylesheets import effects
from mkdocs_verbatim.verify.site import verify
from tests.support import sites

CASES = Path(__file__).parents[1] / "cases"
GROUND = yaml.safe_load((CASES / "markdown" / "pages.yml").read_text("utf-8"))
HIDDEN = yaml.safe_load((CASES / "build" / "hidden.yml").read_text("utf-8"))
PAGE = "He said “All actors should be involved” [@a].\n"
RULES = {
    "paragraph-uncited": "off",
    "speaker-unnamed": "off",
    "speaker-other": "off",
    "clip-qualifier": "off",
}
MATERIAL = Path(str(find_spec("material").origin)).parent  # type: ignore[union-attr]
WHOLE = {".md-typeset", ".no-js"}
"""Names that are on every page round its text."""

Case = dict[str, Any]


def _cases(kind: str) -> list[Any]:
    return [pytest.param(case, id=title) for title, case in HIDDEN[kind].items()]


def _site(case: Case, folder: Path) -> Path:
    files = dict(case.get("files", {}))
    if "css" in case:
        files["extra.css"] = case["css"]
    styles = {"extra_css": ["extra.css"]} if "css" in case else {}
    accepted = {"files": case["accepted"]} if "accepted" in case else {}
    return sites.SmallSite(
        pages={"page.md": case.get("page", PAGE), **files},
        copies={"a": GROUND["copies"]["a"]},
        settings={"rules": RULES, "allow": case.get("allow", {}), **accepted},
        config={**styles, **case.get("config", {})},
    ).write(folder / "site")


def _finished(case: Case, site: Path, folder: Path) -> list[str]:
    """Return what `verify` says of the finished site."""
    sites.finished(site, "page.md", folder)
    for path in (site / "docs").rglob("*"):
        name = path.relative_to(site / "docs").as_posix()
        if path.is_file() and not name.endswith(".md") and not name.startswith("."):
            sites.put(folder / name, path.read_bytes())
    accepts = GitIgnoreSpec.from_lines(case.get("accepted", [])).match_file
    return [str(problem) for problem in verify(folder, site / "sources", accepts).problems]


@pytest.mark.parametrize("case", _cases("refused"))
def test_refuses_what_hides_loads_or_quotes_beside_pages(case: Case, tmp_path: Path) -> None:
    found = check(read_config(_site(case, tmp_path) / "mkdocs.yml")).problems

    assert {problem.rule for problem in found} >= set(case["rules"]), found


@pytest.mark.parametrize("case", [p for p in _cases("refused") if "unseen" not in p.values[0]])
def test_verify_finds_the_same_on_the_finished_site(case: Case, tmp_path: Path) -> None:
    assert _finished(case, _site(case, tmp_path), tmp_path / "built") != []


@pytest.mark.parametrize("case", _cases("innocent"))
def test_lets_innocent_pages_and_files_be(case: Case, tmp_path: Path) -> None:
    site = _site(case, tmp_path)

    assert sites.problems(site) == []
    assert _finished(case, site, tmp_path / "built") == []


def test_there_are_enough_cases_of_both_kinds() -> None:
    assert min(len(HIDDEN["refused"]), len(HIDDEN["innocent"])) >= 80


def test_the_report_lists_what_is_accepted_by_name(tmp_path: Path) -> None:
    case = {"files": {"a.txt": "None.", "b.txt": "None."}, "accepted": ["b.*"]}
    said = sites.verbatim("report", cwd=_site(case, tmp_path)).stdout
    document = sites.verbatim("report", "--format", "json", cwd=tmp_path / "site").stdout

    assert "Files accepted by name, not proven\ndocs/b.txt\n" in said
    assert json.loads(document)["files"] == ["docs/b.txt"]


def test_verify_accepts_what_the_configuration_names_and_says_so(tmp_path: Path) -> None:
    case = {"files": {"b.txt": "Smith said “There can be talks now”."}}
    _finished(case, _site(case, tmp_path), tmp_path / "site" / "built")
    config = tmp_path / "site" / "mkdocs.yml"
    before = sites.verbatim("verify", "built", cwd=config.parent)
    given = yaml.safe_load(config.read_text("utf-8"))
    given["extra"]["verbatim"]["files"] = ["b.txt"]
    sites.put(config, yaml.safe_dump(given))
    after = sites.verbatim("verify", "built", cwd=config.parent)

    assert "built/b.txt:1:1: error: words in marks, " in before.stderr
    assert "built/b.txt:1:1" not in after.stderr
    assert "; not proven, as accepted: b.txt" in after.stdout + after.stderr


THEME_SHEETS = [*sheets(), *(p.read_text("utf-8") for p in MATERIAL.rglob("*.css"))]


def test_the_list_of_classes_by_which_the_theme_hides_has_those_of_its_stylesheets() -> None:
    found = {
        name[1:]
        for sheet in THEME_SHEETS
        for effect in effects(sheet)
        if effect.kind == "hides" and not effect.pseudo and effect.compounds
        # Alone, or inside of what every page has: not inside of a drawing, a menu or a tab.
        if all(not (part.names - WHOLE) for part in effect.compounds[:-1])
        if len(names := effect.compounds[-1].names) == 1 and ":" not in effect.selector
        for name in names
        if name.startswith(".") and not THEME_OWN.match(name[1:])
    }

    assert found - {"footnote-backref", "map-status", "site-name__mark", "tabbed-block"} <= (
        THEME_HIDES
    )


def test_a_finished_page_that_lacks_a_quotation_is_told(tmp_path: Path) -> None:
    here = '<p>“<span class="quotation" id="q-a">ends</span>”</p>'
    wanted = {"docs/page.md": ("page/index.html", frozenset({"q-a", "q-b"}))}

    sites.put(tmp_path / "page" / "index.html", f"{here}{here.replace('q-a', 'q-b')}")
    assert [*lost_quotations(tmp_path, wanted)] == []
    # In a comment, in a template and in an element of text nobody sees it.
    for swallowed in ("<!--", "<textarea>", "<title>", "<xmp>"):
        lost = f"{here}{swallowed}{here.replace('q-a', 'q-b')}"
        sites.put(tmp_path / "page" / "index.html", lost)
        (found,) = lost_quotations(tmp_path, wanted)
        assert (found.path, found.rule) == ("docs/page.md", "text-hidden")
        assert "lacks 1 of its 2 quotations" in found.message


@pytest.mark.builds
def test_a_template_of_the_sites_own_may_not_leave_a_page_out(tmp_path: Path) -> None:
    site = sites.real_site(tmp_path / "site")
    page = site / "docs" / "remark.md"
    sites.put(page, f"---\ntemplate: own.html\n---\n{page.read_text('utf-8')}")
    sites.put(site / "own" / "own.html", "<!doctype html><title>Nothing</title>")
    config = yaml.load((site / "mkdocs.yml").read_text("utf-8"), yaml.BaseLoader)
    config["theme"] = {**config["theme"], "custom_dir": "own", "font": False}
    config["use_directory_urls"] = True
    config["extra"]["generator"] = False
    sites.put(site / "mkdocs.yml", yaml.safe_dump(config))
    done = sites.run("mkdocs", "build", "--quiet", cwd=site)

    assert done.returncode == 1, done.stderr
    assert "docs/remark.md:1:1: error: the finished page lacks" in done.stderr
