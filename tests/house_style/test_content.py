"""House-style rules: how a list of them is read, and what the rules of this site find."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_verbatim.build.config import read_config
from mkdocs_verbatim.build.reading import check
from mkdocs_verbatim.house_style.phrases import Phrases, SearchedText, wrong_phrase
from mkdocs_verbatim.house_style.rule_kinds import Balance, Length
from mkdocs_verbatim.house_style.rulebook import read_content
from mkdocs_verbatim.problem import SiteRule
from tests.support import sites

OWN = yaml.safe_load((sites.ROOT / "tests/cases/house_style/own-rules.yml").read_text("utf-8"))
WRONG = yaml.safe_load(
    (sites.ROOT / "tests/cases/house_style/content-settings.yml").read_text("utf-8")
)
CONFIG = read_config(sites.ROOT / "mkdocs.yml")
RULES = {rule.id: rule for rule in CONFIG.settings.content}

SECTION = "## {}\n\n{}\n\n!!! editor\n\n    A box.\n\n??? note\n\n    Folded words.\n\n"
COMPARED = ("remark.md", "objections.md", "dialogue.md")


def _broken(rule: str, pages: dict[str, str], folder: Path) -> list[str]:
    """Return what the one *rule* of this site says of *pages*."""
    for name, text in pages.items():
        sites.put(folder / "docs" / name, text)
    settings = replace(
        CONFIG.settings,
        content=(RULES[SiteRule(rule)],),
        severities={**CONFIG.settings.severities, rule: "warning"},
        names=(),
        sources=str(sites.ROOT / "sources"),
    )
    config = replace(CONFIG, file=folder / "mkdocs.yml", docs=folder / "docs", settings=settings)
    sites.put(config.file, "site_name: A Test\n")
    found = check(config).problems
    return [problem.message for problem in found if problem.rule == rule]


@pytest.mark.parametrize("rule", OWN)
def test_each_rule_of_this_site_can_be_broken_and_kept(rule: str, tmp_path: Path) -> None:
    case = OWN[rule]
    page = case.get("page", "page.md")

    assert _broken(rule, {page: case["breaks"]}, tmp_path / "breaks")
    assert _broken(rule, {page: case["keeps"]}, tmp_path / "keeps") == []


def test_every_rule_of_this_site_is_tried() -> None:
    counted = {id_ for id_, rule in RULES.items() if isinstance(rule.kind, Balance)}
    counted |= {i for i, r in RULES.items() if isinstance(r.kind, Length) and r.kind.page}

    assert set(OWN) | counted == set(RULES)
    assert counted == {"equal-parts", "home-length"}


def test_the_home_page_of_this_site_has_its_length(tmp_path: Path) -> None:
    words = "word " * 249

    assert _broken("home-length", {"index.md": f"# A heading\n\n{words}last"}, tmp_path) == []
    assert _broken("home-length", {"index.md": f"# A heading\n\n{words}one more"}, tmp_path) == [
        "251 words on this page, at most 250; fold or link what is more"
    ]


def _compared(last: int, sections: tuple[str, ...]) -> dict[str, str]:
    """Return three pages whose sections have 40 words, the last page's first one *last*."""
    parts = [[SECTION.format(name, "word " * 40) for name in sections] for _ in COMPARED]
    parts[-1][0] = SECTION.format(sections[0], "word " * last)
    return {
        name: f"# A page\n\n{''.join(part)}" for name, part in zip(COMPARED, parts, strict=True)
    }


def test_the_sections_of_this_site_are_of_one_length(tmp_path: Path) -> None:
    kind = RULES[SiteRule("equal-parts")].kind
    assert isinstance(kind, Balance)

    assert _broken("equal-parts", _compared(50, kind.sections), tmp_path / "a") == []
    for last in (51, 31):
        (line,) = _broken("equal-parts", _compared(last, kind.sections), tmp_path / f"{last}")
        assert line == (
            f"section 'Thesis and its limits' is not of one length: {last} on dialogue.md, 40 on "
            "objections.md, 40 on remark.md words; at most 25% more; give each text the same room, "
            "and fold further detail"
        )
    lacking = _compared(40, kind.sections[:-1])
    assert len(_broken("equal-parts", lacking, tmp_path / "b")) == len(COMPARED)


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_each_mistake_in_the_list_is_one_clear_line(case: dict[str, Any]) -> None:
    usual = {"id": "own-rule", "say": "mend it", "because": "taste"}
    given = case.get("list", [{**usual, **case.get("rule", {})}])
    rules, problems = read_content(given, ("quote-not-found",), "mkdocs.yml")

    assert [str(problem) for problem in problems] == [
        f"mkdocs.yml:1:1: error: {line} [settings-invalid]" for line in case.get("says", [])
    ]
    assert len(rules) == case.get("rules", 0)


def _site(folder: Path, *rules: dict[str, object], **config: object) -> Path:
    content = [{"say": "mend it", "because": "taste", **rule} for rule in rules]
    site = sites.SmallSite(
        pages={"index.md": "Author A says “so” [@a].\n", "sub/other.md": "It is so [@a].\n"},
        copies={"a": "It is so.\n"},
        settings={"content": content},
    ).write(folder / "site")
    data = yaml.safe_load((site / "mkdocs.yml").read_text("utf-8"))
    sites.put(site / "mkdocs.yml", yaml.safe_dump({**data, **config}, sort_keys=False))
    return site


def test_a_rule_names_pages_and_paragraphs_that_there_are(tmp_path: Path) -> None:
    site = _site(
        tmp_path,
        {"id": "no-page", "words": ["x"], "only_in": ["indx.md", "sub/*"], "except_in": ["zz"]},
        {"id": "no-source", "never": {"cites": ["b", "a, para. 9"]}},
    )

    assert sites.problems(site) == [
        f"mkdocs.yml:1:1: error: {what} [settings-invalid]"
        for what in (
            "no page 'indx.md'; did you mean 'index.md'?, in content rule 'no-page'",
            "no page 'zz', in content rule 'no-page'",
            "no source 'b', in content rule 'no-source'",
            "para. 9: 'a' has paragraphs 1 to 1 and lines 1 to 2, in content rule 'no-source'",
        )
    ]


# A file of their own


def _with_file(folder: Path, content: str | None, name: str = "rules.yml") -> Path:
    """Return a site whose configuration names *name*, which holds *content*, if anything."""
    site = sites.SmallSite(
        pages={"index.md": "Author A says “so” [@a].\n"},
        copies={"a": "It is so.\n"},
        settings={"content": name},
    ).write(folder / "site")
    if content is not None:
        sites.put(site / name, content)
    return site


RULES_FILE = """\
# Ours.
- id: no-so
  words: [so]
  say: leave it out
  because: taste
- id: no-page
  words: [x, no, 2.50]
  only_in: [indx.md]
  say: mend it
  because: taste
"""


def test_rules_in_a_file_are_those_of_a_list_with_places_of_their_own(tmp_path: Path) -> None:
    site = _with_file(tmp_path, RULES_FILE)
    rules = read_config(site / "mkdocs.yml").settings.content

    assert [(rule.id, rule.path, rule.place) for rule in rules] == [
        ("no-so", "rules.yml", (2, 3)),
        ("no-page", "rules.yml", (6, 3)),
    ]
    # A text here, as in records: no mark is needed round a bare no, or a number.
    assert "titles: `x`, `no`, `2.50`. Only on `indx.md`." in rules[1].means
    (line,) = sites.problems(site)
    assert line == (
        "rules.yml:6:3: error: no page 'indx.md'; did you mean 'index.md'?, in content rule "
        "'no-page' [settings-invalid]"
    )


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param(None, "1:1: error: cannot be read: No such file or directory; "
                     "'extra.verbatim.content' names it", id="missing"),
        pytest.param("- id: [\n", "2:1: error: not YAML: while parsing a flow node did not find "
                     "expected node content", id="not YAML"),
        pytest.param("", "1:1: error: the file is empty", id="empty"),
        pytest.param("# Rules.\na-rule: {words: x}\n", "2:1: error: must be a list of rules",
                     id="a mapping"),
        pytest.param("- &a {id: a-b}\n- *a\n", "1:3: error: anchor '&a'; write the value out",
                     id="anchors"),
        pytest.param("-\n  id: a-rule\n  words: x\n  say: y\n", "2:3: error: missing 'because' in "
                     "content rule 'a-rule'", id="a field missing"),
        pytest.param("- {id: a-b, say: x, because: y,\n   wrods: z}\n", "1:3: error: nothing says "
                     "what it checks; did you mean 'words'?, in content rule 'a-b'", id="misspelt"),
        pytest.param("- {id: a-b, say: x, because: y,\n   words: z, exept: w}\n", "2:14: error: "
                     "unknown key 'exept' in content rule 'a-b'; did you mean 'except'?",
                     id="an unknown field"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_file_has_its_place(
    content: str | None, line: str, tmp_path: Path
) -> None:
    site = _with_file(tmp_path, content)

    assert sites.problems(site) == [f"rules.yml:{line} [settings-invalid]"]


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    site = _with_file(tmp_path, None)
    sites.put(site / "rules.yml", b"- id: caf\xe9\n")

    (line,) = sites.problems(site)
    assert line == (
        "rules.yml:1:1: error: cannot be read: not UTF-8; 'extra.verbatim.content' names it "
        "[settings-invalid]"
    )


@pytest.mark.parametrize(
    "name",
    ["../rules.yml", "docs/../../rules.yml", "/etc/hosts", "", "a\0b", "link.yml", "gone.yml"],
)
def test_a_name_that_leads_out_of_the_site_is_refused_and_not_read(
    name: str, tmp_path: Path
) -> None:
    site = _with_file(tmp_path, None, name)
    sites.put(tmp_path / "rules.yml", "- secret\n")
    (site / "link.yml").symlink_to(tmp_path / "rules.yml")
    (site / "gone.yml").symlink_to("nowhere.yml")
    config = read_config(site / "mkdocs.yml")

    (problem,) = config.problems
    assert str(problem) == (
        f"mkdocs.yml:3:5: error: 'extra.verbatim.content' cannot be {name!r}; name a file below "
        "the folder of mkdocs.yml, without '..' and links [settings-invalid]"
    )
    assert config.content_files == []


def test_a_pipe_or_a_folder_is_no_file_of_rules(tmp_path: Path) -> None:
    site = _with_file(tmp_path, None)
    os.mkfifo(site / "rules.yml")
    (line,) = sites.problems(site)
    folder = _with_file(tmp_path / "b", None, "docs")

    what = "not a file; 'extra.verbatim.content' must name one with a list of rules"
    assert line == f"rules.yml:1:1: error: {what} [settings-invalid]"
    assert sites.problems(folder) == [f"docs:1:1: error: {what} [settings-invalid]"]


def test_rules_may_stand_in_a_folder_below(tmp_path: Path) -> None:
    site = _with_file(tmp_path, RULES_FILE, "house/rules.yml")
    (line,) = sites.problems(site)

    assert line.startswith("house/rules.yml:6:3: error: no page 'indx.md'")


def test_titles_of_the_site_and_of_its_menu_are_titles(tmp_path: Path) -> None:
    site = _site(
        tmp_path,
        {"id": "no-wins", "words": ["wins"], "in": ["titles"]},
        site_name="Who wins",
        nav=[{"It wins": "index.md"}, {"Below": [{"So wins it": "sub/other.md"}]}],
    )
    lines = (site / "mkdocs.yml").read_text("utf-8").splitlines()
    places = {name: n for n, line in enumerate(lines, 1) for name in (line.strip(),)}

    assert sites.problems(site) == sorted(
        f"mkdocs.yml:{places[line]}:{column}: warning: 'wins' in the title {title!r}; mend it "
        f"[no-wins]"
        for line, column, title in (
            ("site_name: Who wins", 12, "Who wins"),
            ("- It wins: index.md", 1, "It wins"),
            ("- So wins it: sub/other.md", 3, "So wins it"),
        )
    )


@pytest.mark.builds
def test_build_and_check_say_the_same_and_the_rules_are_listed(tmp_path: Path) -> None:
    site = sites.real_site(tmp_path / "site")
    page = site / "docs" / "people.md"
    sites.put(page, page.read_text("utf-8") + "\nBritain offered it [@cantey-2018, para. 44].\n")

    checked = sites.verbatim("check", cwd=site)
    built = sites.run("mkdocs", "build", cwd=site)
    (line,) = checked.stderr.splitlines()
    assert line.endswith("[own-offer]")
    assert f"WARNING -  {line}" in built.stderr.splitlines()
    listed = (site / "site" / "rules" / "index.html").read_text("utf-8")
    assert [rule for rule in RULES if f'<h3 id="{rule}">{rule}</h3>' not in listed] == []


@pytest.mark.parametrize("phrase", ["*", "", " ", "a*b", "(", "a **", "x" * 101])
def test_refuses_what_is_no_phrase(phrase: str) -> None:
    assert wrong_phrase(phrase)


@given(st.text(max_size=60), st.sampled_from(["act*", "sit down", "AA", "it's", "u-turn"]))
def test_finds_phrases_at_their_place_in_any_text(text: str, phrase: str) -> None:
    found = list(SearchedText(["before", text]).find(Phrases([phrase])))

    for placed in found:
        assert placed.number == 1
        again = list(SearchedText([text[placed.start : placed.end]]).find(Phrases([phrase])))
        assert [one.words for one in again] == [placed.words]


@given(st.text(max_size=40), st.text(max_size=40))
def test_finds_a_phrase_between_any_words(before: str, after: str) -> None:
    pieces = [f"{before} sit\N{NO-BREAK SPACE}down {after}"]

    assert any(
        placed.start <= len(before) + 1
        for placed in SearchedText(pieces).find(Phrases(["sit down"]))
    )
