"""Pages: what an author writes, what becomes of it, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser, LexborNode

from mkdocs_verbatim.verify.site import verify
from tests.support import sites

CASES = Path(__file__).parents[1] / "cases" / "markdown"
GROUND = yaml.safe_load((CASES / "pages.yml").read_text("utf-8"))
Case = dict[str, Any]

SPAN = re.compile(
    r'<(span|blockquote)(?: cite="[^"]*")? class="quotation"[^>]*data-source="(\S+)".*?>'
)
NUMBER = re.compile(
    r'<sup[^>]*><a class="footnote-ref" href="#fn:[cq]-[^"]*" aria-label="note (\d+)">\1</a></sup>'
)


def _cases(wanted: Callable[[Case], object]) -> list[Any]:
    return [
        pytest.param(_ruled(case, path.stem), id=f"{path.stem.removeprefix('pages-')}: {title}")
        for path in sorted(CASES.glob("pages-*.yml"))
        for title, case in yaml.safe_load(path.read_text("utf-8")).items()
        if wanted(case)
    ]


def _ruled(case: Case, file: str) -> Case:
    """Return *case* with the severities of its *file*, unless it has its own."""
    return {"rules": GROUND["rules"].get(file, GROUND["rules"]["others"]), **case}


def _is_right(case: Case) -> bool:
    return not case.keys() & {"problems", "like", "no problem"}


def _site(case: Case, folder: Path) -> Path:
    records = dict(GROUND["records"])
    for key, record in case.get("records", {}).items():
        records[key] = {**records.get(key, {}), **record}
    return sites.SmallSite(
        pages={
            "page.md": case["page"],
            "zz.md": "Author GROUND writes “Solid ground” [@ground].\n",
        },
        copies={**GROUND["copies"], **case.get("copies", {})},
        records=records,
        people=GROUND["people"],
        extensions=(*sites.EXTENSIONS, *case.get("extensions", ())),
        settings={"rules": case.get("rules", {}), "content": case.get("content", [])},
    ).write(folder / "site")


def _short(html: str) -> str:
    """Return *html* with of a quotation's attributes only its source, and numbers in brackets."""
    return NUMBER.sub(r"(\1)", SPAN.sub(r"<\1 \2>", html))


@pytest.mark.parametrize("case", _cases(lambda case: "like" not in case))
def test_says_what_is_wrong_with_a_page(case: Case, tmp_path: Path) -> None:
    assert sites.problems(_site(case, tmp_path)) == case.get("problems", [])


@pytest.mark.parametrize("case", _cases(lambda case: "like" in case))
def test_says_in_some_words_what_is_wrong_with_a_page(case: Case, tmp_path: Path) -> None:
    found = sites.problems(_site(case, tmp_path))

    assert len(found) == len(case["like"]), found
    for line, pattern in zip(found, case["like"], strict=True):
        assert re.fullmatch(pattern, line), line
        assert not [part for part in case.get("no problem", ()) if part in line]


@pytest.mark.parametrize("case", _cases(_is_right))
def test_shows_what_the_sources_say(case: Case, tmp_path: Path) -> None:
    html = _short(sites.rendered(_site(case, tmp_path), "page.md"))

    assert [part for part in case.get("html", ()) if part not in html] == [], html
    assert [part for part in case.get("no html", ()) if part in html] == [], html


@pytest.mark.parametrize("case", _cases(_is_right))
def test_proves_after_rendering_what_it_let_through(case: Case, tmp_path: Path) -> None:
    site = _site(case, tmp_path)
    sites.finished(site, "page.md", tmp_path / "built")

    found = verify(tmp_path / "built", site / "sources").problems
    assert [str(problem) for problem in found if problem.rule != "nothing-checked"] == []
    html = (tmp_path / "built" / "page" / "index.html").read_text("utf-8")
    assert sites.Outline(html.partition("</head>")[2]).faults == []


@pytest.mark.parametrize("case", _cases(_is_right))
def test_lists_quotations_as_they_stand_on_the_page(case: Case, tmp_path: Path) -> None:
    site = _site(case, tmp_path)
    html, listed = sites.rendered_and_listed(site, "page.md")
    sites.put(tmp_path / "built" / "quotes" / "index.html", f"<!doctype html>\n{listed}")
    # The page that quotes, called as the list calls one without a title.
    page = f"<!doctype html>\n<title>docs/page.md</title>\n{html}"
    sites.put(tmp_path / "built" / "page" / "index.html", page)

    there: dict[str, str] = {}
    for node in LexborHTMLParser(html).css(".quotation"):
        there.setdefault(re.sub(r"--\d+$", "", node.id or ""), _seen(node))
    here = {node.id: _seen(node) for node in LexborHTMLParser(listed).css(".quotation")}
    assert here == there
    found = verify(tmp_path / "built", site / "sources").problems
    assert [str(problem) for problem in found if problem.rule != "nothing-checked"] == []
    assert sites.Outline(listed).faults == []


def _seen(node: LexborNode) -> str:
    return " ".join(node.text(deep=True).split())


def _shown(page: str, folder: Path) -> str:
    extensions = (*sites.EXTENSIONS, {"toc": {"permalink": True}})
    small = sites.SmallSite(pages={"page.md": page}, copies={"a": "A.\n"}, extensions=extensions)
    return sites.rendered(small.write(folder / "site"), "page.md")


def test_a_preview_keeps_what_a_block_quotation_holds_beside_a_problem(tmp_path: Path) -> None:
    html = _shown("> - One\n> - Two\n>\n> # Three\n>\n>     Four\n>\n> > Five\n", tmp_path)

    assert html.count("verbatim-problem") == 4
    assert [word for word in ("One", "Two", "Three", "Four", "Five") if word not in html] == []


def test_the_text_of_a_problem_is_in_no_id_and_no_entry_of_a_table_of_contents(
    tmp_path: Path,
) -> None:
    html = _shown('# So "now" it is\n\n[TOC]\n', tmp_path)

    assert '<h1 id="so-now-it-is">' in html
    assert '<li><a href="#so-now-it-is">So "now" it is</a></li>' in html
    assert html.count("verbatim-problem") == 1


def test_every_case_has_a_title_of_its_own() -> None:
    for path in CASES.glob("pages-*.yml"):
        text = path.read_text("utf-8")
        titles = [line for line in text.splitlines() if re.match(r"[^\s#].*:$", line)]
        assert len(titles) == len(yaml.safe_load(text)), path.name
