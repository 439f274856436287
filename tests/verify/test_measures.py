"""Measures: what the check takes for one on a page, `verify` takes for one when it is finished."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from markdown import Markdown
from mkdocs_verbatim.verify.site import verify
from tests.support import sites

CASES: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "markdown" / "pages-measures.yml").read_text("utf-8")
)
NUMBER = '<sup><a class="footnote-ref" href="#fn:1">1</a></sup>'
FAKE = [title for title, case in CASES.items() if "mark-unpaired" in str(case)]
# Plain Markdown writes no quotation that is proven; test_pages.py has these.
QUOTING = [title for title, case in CASES.items() if re.search(r"“|\W\"[a-z]", case["page"])]
HONEST = [title for title in CASES if title not in {*FAKE, *QUOTING}]

Page = tuple[str, Path]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """Return a finished page, proven, and the folder of its sources; built once."""
    folder = tmp_path_factory.mktemp("measures")
    site = sites.SmallSite(
        pages={"page.md": "It costs “132 or 3.5” [@a].\n\nHere.\n"},
        copies={"a": "A pipe costs 132 or 3.5 percent."},
        settings={"rules": {"paragraph-uncited": "off", "speaker-unnamed": "off"}},
    ).write(folder / "site")
    sites.finished(site, "page.md", folder / "built")
    html = (folder / "built" / "page" / "index.html").read_text("utf-8")
    assert "<p>Here.</p>" in html
    return html, site / "sources"


def _found(page: Page, paragraph: str, folder: Path) -> list[str]:
    """Return the rules that *page* breaks with the HTML *paragraph* in the place of one of its."""
    html, sources = page
    sites.put(folder / "built" / "index.html", html.replace("<p>Here.</p>", paragraph))
    return [problem.rule for problem in verify(folder / "built", sources).problems]


def _rendered(markdown: str) -> str:
    """Return the HTML of *markdown* as a build would write it that looks at no mark."""
    html = Markdown(extensions=list(sites.EXTENSIONS)).convert(markdown)
    return re.sub(r"\s*\[@a\](\.?)", rf"\1{NUMBER}", html)


def test_there_are_enough_cases() -> None:
    assert len(FAKE) >= 12
    assert len(HONEST) >= 12


@pytest.mark.parametrize("title", FAKE)
def test_what_is_no_measure_is_found_on_the_finished_page(
    title: str, page: Page, tmp_path: Path
) -> None:
    found = _found(page, _rendered(CASES[title]["page"]), tmp_path)

    # A footnote put in by hand moves the numbers of our notes, too.
    assert set(found) - {"proof-note"} == {"proof-mark"}


@pytest.mark.parametrize("title", HONEST)
def test_a_measure_is_quiet_on_the_finished_page(title: str, page: Page, tmp_path: Path) -> None:
    assert _found(page, _rendered(CASES[title]["page"]), tmp_path) == []


@pytest.mark.parametrize(
    "paragraph",
    [
        pytest.param('<p>so <em hidden>1</em>" F</p>', id="a hidden digit"),
        pytest.param('<p>so <em style="font-size:0">1</em>" F</p>', id="a digit without size"),
        pytest.param('<p>so <em inert>1</em>" F</p>', id="an inert digit"),
        pytest.param('<p>so <em popover>1</em>" F</p>', id="a digit in a popover"),
        pytest.param('<p>so <em aria-label="x">1</em>" F</p>', id="a digit with another name"),
        pytest.param('<p>so <em><b class="x">1</b></em>" F</p>', id="a class deeper inside"),
        pytest.param('<p>so <sub>1</sub>" F</p>', id="a lowered digit"),
        pytest.param('<p>so <sup>1</sup>" F</p>', id="a raised digit"),
        pytest.param('<p>so <script>1</script>" F</p>', id="a digit in a script"),
        pytest.param('<p>so <template>1</template>" F</p>', id="a digit in a template"),
        pytest.param('<p>so <x-y>1</x-y>" F</p>', id="a digit in an element of no name"),
        pytest.param('<p>so 201<x-y></x-y>6" F</p>', id="an element of no name in a year"),
        pytest.param('<p>so 201<wbr>6" F</p>', id="a place for a line's end in a year"),
        pytest.param('<p>so <b>201</b><i>6</i>" F</p>', id="a year in two elements"),
        pytest.param('<p>so <code>1</code>" F</p>', id="a digit in code"),
        pytest.param('<p>so 5"<code>F</code></p>', id="before code"),
        pytest.param('<p>so 5"<b>F</b></p>', id="before a letter in another element"),
        pytest.param('<p>so 5</p><p>" F</p>', id="a digit of another paragraph"),
        pytest.param('<p>so <b>so 5"</b>F</p>', id="a letter after an element"),
        pytest.param('<p>1<span class="term">"x"</span>" F</p>', id="after a term"),
        pytest.param("<p>in 2016&quot; F</p>", id="a mark as an entity"),
    ],
)
def test_a_digit_that_a_reader_may_not_see_measures_nothing(
    paragraph: str, page: Page, tmp_path: Path
) -> None:
    # What hides may be a problem of its own.
    assert set(_found(page, paragraph, tmp_path)) - {"proof-hidden"} == {"proof-mark"}


@pytest.mark.parametrize(
    "paragraph",
    [
        pytest.param('<p>a <b>5</b>" pipe</p>', id="a digit in bold"),
        pytest.param('<p>a <b>5"</b><i class="x"></i> pipe</p>', id="an element after the mark"),
        pytest.param('<p class="lead">a 5" pipe</p>', id="a class of the paragraph"),
        pytest.param('<p>a 5"<sup><a href="#x">1</a></sup> pipe</p>', id="a note's number after"),
        pytest.param('<h2>a 5"<a class="headerlink" href="#x">¶</a></h2>', id="a heading's link"),
        pytest.param("<p>a 5&quot; pipe</p>", id="a mark as an entity"),
        pytest.param('<p>201</p><p>6" pipe</p>', id="a digit of another paragraph"),
        pytest.param('<svg><text>5"</text><text>pipe</text></svg>', id="labels of a picture"),
    ],
)
def test_a_digit_that_a_reader_sees_measures(paragraph: str, page: Page, tmp_path: Path) -> None:
    assert _found(page, paragraph, tmp_path) == []


@pytest.mark.parametrize("after", ['" so 5" pipe', '" costs nothing at all, or 132"'])
def test_after_a_quotation_that_may_end_in_a_measure_none_is_sure(
    after: str, page: Page, tmp_path: Path
) -> None:
    html, sources = page
    straight = html.replace("It costs “", 'It costs "').replace("</span>”", f"</span>{after}")

    assert straight != html
    assert _found((straight, sources), "<p>Here.</p>", tmp_path) == ["proof-mark"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param('a 19" rack and one of 19"1 too', [], id="also before a note's number"),
        pytest.param('so in 2016" F', ["proof-mark"], id="a year"),
        pytest.param('so E=mc²" F', ["proof-mark"], id="a raised digit"),
    ],
)
def test_the_search_has_measures_too(
    text: str, found: list[str], page: Page, tmp_path: Path
) -> None:
    index = {"docs": [{"location": "x/", "title": "x", "text": text}]}
    sites.put(tmp_path / "built" / "search" / "search_index.json", json.dumps(index))
    rules = _found(page, "<p>Here.</p>", tmp_path)

    # The entry is of no page, besides.
    assert [rule for rule in rules if rule == "proof-mark"] == found
