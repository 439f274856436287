"""Marks: what readers take for somebody's words is proven or refused, and nothing else is.

Each case is a page of one site, with all others that have its language and settings.
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from markdown import Markdown
from mkdocs_verbatim.build.config import read_config
from mkdocs_verbatim.build.opening import open_site
from mkdocs_verbatim.problem import Problem
from mkdocs_verbatim.verify.site import verify
from tests.support import sites

CASES = Path(__file__).parents[1] / "cases" / "markdown"
GROUND: dict[str, Any] = yaml.safe_load((CASES / "marks-ground.yml").read_text("utf-8"))
Case = dict[str, Any]


def _read(name: str) -> dict[str, Case]:
    read: dict[str, Case] = {}
    for title, case in yaml.safe_load((CASES / name).read_text("utf-8")).items():
        whole = case if isinstance(case, dict) else {"page": case}
        read[title] = {**whole, "page": whole["page"].format_map(GROUND["words"])}
    return read


ATTACKS = _read("marks-attacks.yml")
INNOCENT = _read("marks-innocent.yml")
PLAIN = {title: case for title, case in ATTACKS.items() if case.get("seen", False)}
"""Attacks that are found on a finished page, too, whatever wrote it."""


def _settings(case: Case) -> str:
    chosen = {key: case[key] for key in ("language", "punctuation", "verbs") if key in case}
    return json.dumps(chosen, sort_keys=True)


def _groups(cases: dict[str, Case]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for title, case in cases.items():
        groups[_settings(case)].append(title)
    return groups


def _site(folder: Path, settings: str, titles: list[str], cases: dict[str, Case]) -> Path:
    """Put into *folder* a site in which each case is a page, named by its number."""
    chosen = json.loads(settings)
    language = chosen.pop("language", "en")
    site = sites.SmallSite(
        pages={f"p{number}.md": cases[title]["page"] for number, title in enumerate(titles)},
        copies=GROUND["copies"],
        records=GROUND["records"],
        people=GROUND["people"],
        extensions=(*sites.EXTENSIONS, "pymdownx.tabbed"),
        settings={"rules": GROUND["rules"], **chosen},
    ).write(folder / "site")
    with (site / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(f"theme: {{language: {language}}}\n")
    return site


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return a function that returns the problems of each case of some *cases*."""

    @cache
    def found(name: str) -> dict[str, list[str]]:
        cases = {"attacks": ATTACKS, "innocent": INNOCENT}[name]
        by_title: dict[str, list[str]] = {title: [] for title in cases}
        for turn, (settings, titles) in enumerate(_groups(cases).items()):
            site = _site(tmp_path_factory.mktemp(f"{name}{turn}"), settings, titles, cases)
            for line in sites.problems(site):
                page = line.partition(":")[0].removeprefix("docs/p").removesuffix(".md")
                if page.isdigit():
                    by_title[titles[int(page)]].append(line)
        return by_title

    return found


@pytest.fixture(scope="module")
def verified(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return a function that returns what `verify` says of each case, by the rules broken."""

    @cache
    def found(name: str) -> dict[str, list[Problem]]:
        cases = {"plain": PLAIN, "innocent": INNOCENT}[name]
        by_title: dict[str, list[Problem]] = {title: [] for title in cases}
        for turn, (settings, titles) in enumerate(_groups(cases).items()):
            folder = tmp_path_factory.mktemp(f"{name}{turn}")
            site = _site(folder, settings, titles, cases)
            _write(site, folder / "built", len(titles), proven=name == "innocent")
            for problem in verify(folder / "built", site / "sources").problems:
                page = problem.path.removeprefix("built/p").partition("/")[0]
                if page.isdigit() and problem.rule == "proof-mark":
                    by_title[titles[int(page)]].append(problem)
                if page.isdigit() and problem.rule in {"proof-text", "proof-speaker"}:
                    by_title[titles[int(page)]].append(problem)
        return by_title

    return found


def _write(site: Path, built: Path, pages: int, *, proven: bool) -> None:
    """Write the pages of *site* into *built*: as we do, or as one that looks at no mark does."""
    config = read_config(site / "mkdocs.yml")
    made = open_site(config.file, config.docs, config.settings, config.problems)
    for number in range(pages):
        name = f"p{number}.md"
        if proven:
            html = sites.page_of(made, config, name) + made.notes(f"docs/{name}")
        else:
            number_ = '<sup id="fnref:c-a"><a class="footnote-ref" href="#fn:c-a">1</a></sup>'
            text = (config.docs / name).read_text("utf-8")
            html = Markdown(extensions=list(config.extensions)).convert(text)
            html = html.replace(" [@a]", number_).replace("[@a]", number_)
        language = config.language
        page = f'<!doctype html>\n<html lang="{language}"><head></head><body>{html}</body></html>'
        sites.put(built / f"p{number}" / "index.html", page)


@pytest.mark.parametrize("title", ATTACKS)
def test_what_readers_take_for_words_is_proven_or_refused(title: str, checked: Any) -> None:
    found = checked("attacks")[title]
    wanted = ATTACKS[title].get("rule", "quote-not-found")

    assert any(f"[{rule}]" in line for line in found for rule in wanted.split()), found
    if says := ATTACKS[title].get("says"):
        assert any(says in line for line in found), found


@pytest.mark.parametrize("title", INNOCENT)
def test_what_is_no_quotation_stays_quiet(title: str, checked: Any) -> None:
    assert checked("innocent")[title] == []


@pytest.mark.parametrize("title", PLAIN)
def test_verify_finds_the_marks_of_any_page(title: str, verified: Any) -> None:
    assert verified("plain")[title] != []


@pytest.mark.parametrize("title", INNOCENT)
def test_verify_is_quiet_where_the_check_is(title: str, verified: Any) -> None:
    assert [str(problem) for problem in verified("innocent")[title]] == []


def test_there_are_enough_cases() -> None:
    assert len(ATTACKS) >= 120
    assert len(INNOCENT) >= 120
