"""Hidden and beside: what no reader sees, what loads, and what files beside pages say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from pathspec import GitIgnoreSpec

from mkdocs_verbatim.build.config import read_config
from mkdocs_verbatim.build.reading import check
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
