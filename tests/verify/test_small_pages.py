"""Small pages, as they are written: what is honest is proven, and edits of the rest are found."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from mkdocs_verbatim.verify.site import verify
from tests.support import sites

COPY = (
    "They must tallk first or never at all. Bridges are old and they cost too much to mend. "
    "Nobody asked [the towns](https://example.org/towns)."
)
Records = Mapping[str, Mapping[str, object]]


def _finished(page: str, folder: Path, records: Records | None = None) -> tuple[Path, str]:
    """Return the folder of a site whose page is *page*, and that page as HTML."""
    small = sites.SmallSite(pages={"index.md": page}, copies={"a": COPY}, records=records or {})
    site = small.write(folder / "site")
    sites.finished(site, "index.md", folder / "built")
    return site, (folder / "built" / "page" / "index.html").read_text("utf-8")


def _found(site: Path, html: str) -> list[str]:
    built = site.parent / "built"
    sites.put(built / "page" / "index.html", html)
    return [str(problem) for problem in verify(built, site / "sources").problems]


def _by(**author: str) -> Records:
    return {"a": {"reference": {"type": "book", "title": "A * of b_c", "author": [author]}}}


@pytest.mark.parametrize(
    ("page", "records"),
    [
        pytest.param(
            "Author A wrote “tallk first […] [b]ridges are old” [@a].",
            None,
            id="words left out before a changed letter",
        ),
        pytest.param(
            "Author A wrote “[the towns]{for='They'} must tallk” [@a].",
            None,
            id="the first words replaced",
        ),
        pytest.param(
            "Author A wrote “[M]ust tallk [sic] first or never […] [b]ridges [here] are "
            "[very]{for='old'} and […] cost” [@a].",
            None,
            id="every mark of the editor’s",
        ),
        pytest.param(
            "Author A wrote “must tallk” [@a], then “Bridges are old” and “cost too much” [@a].",
            None,
            id="one citation for two",
        ),
        pytest.param(
            "Author A wrote “must *tallk*” [@a].\n\n> must **tallk** first\n> — Author A [@a]",
            None,
            id="emphasis",
        ),
        pytest.param(
            "Author A wrote “asked [the](../) towns” [@a].", None, id="a link in the site"
        ),
        pytest.param("Author A wrote “must tallk” [@a].", _by(literal="A House"), id="a house"),
        pytest.param(
            "Author A wrote “must tallk” [@a].",
            _by(**{"given": "Ludwig", "dropping-particle": "van", "family": "Doe"}),
            id="a particle that is dropped in lists",
        ),
        pytest.param(
            "Author A wrote “must tallk” [@a].[^1]\n\n[^1]: And “are old” [@a].",
            None,
            id="in a note",
        ),
        pytest.param(
            "| x | y |\n|---|:-:|\n| “must tallk” [@a] | so |\n", None, id="in an aligned cell"
        ),
    ],
)
def test_a_page_as_it_is_written_is_proven(
    page: str, records: Records | None, tmp_path: Path
) -> None:
    settings = {"markup": "markdown", "sha256": sites.sha256(COPY.encode())}
    given = {"a": {"copy": settings, **(records or {}).get("a", {})}}
    site, html = _finished(page, tmp_path, given)

    assert html.count('class="quotation"') == page.count("“") + page.count("\n> must")
    assert _found(site, html) == []


def test_an_address_that_the_copy_has_may_be_on_quoted_words(tmp_path: Path) -> None:
    settings = {"copy": {"markup": "markdown", "sha256": sites.sha256(COPY.encode())}}
    page = "Author A wrote “asked [the towns](https://example.org/towns)” [@a]."
    site, html = _finished(page, tmp_path, {"a": settings})

    assert _found(site, html) == []
    elsewhere = html.replace('href="https://example.org/towns"', 'href="https://example.org/x"')
    (told,) = _found(site, elsewhere)
    assert "words of a quotation lead to 'https://example.org/x'" in told


def test_emphasis_that_a_copy_has_is_not_said_to_be_added(tmp_path: Path) -> None:
    copy = "They *must* tallk first or never."
    settings = {"copy": {"markup": "markdown", "sha256": sites.sha256(copy.encode())}}
    small = sites.SmallSite(
        pages={"index.md": "Author A wrote “They *must* tallk” [@a]."},
        copies={"a": copy},
        records={"a": settings},
    )
    site = small.write(tmp_path / "site")
    sites.finished(site, "index.md", tmp_path / "built")
    html = (tmp_path / "built" / "page" / "index.html").read_text("utf-8")

    assert _found(site, html) == []
    assert _found(site, html.replace("<em>must</em>", "must")) == []
    (told,) = _found(site, html.replace("tallk</span>", "<em>tallk</em></span>"))
    assert "of the editor's changes" in told


def test_a_class_before_a_paragraph_hides_what_a_stylesheet_hides(tmp_path: Path) -> None:
    site, html = _finished("Author A wrote “must tallk” [@a].", tmp_path)

    assert _found(site, html.replace("<p>Author", '<p class="lead">Author')) == []
    assert _found(site, html.replace("<p>Author", '<p class="sr-only">Author')) != []


def test_words_are_read_from_the_right_only_in_languages_that_are(tmp_path: Path) -> None:
    site, html = _finished("Author A wrote “must tallk” [@a].", tmp_path)

    assert _found(site, html.replace("<p>Author", '<p dir="rtl" lang="ar">Author')) == []
    assert _found(site, html.replace("<p>Author", '<p dir="rtl">Author')) != []


@pytest.mark.parametrize(
    ("headers", "meta", "found"),
    [
        pytest.param(
            "/*\n  Content-Security-Policy: {}; frame-ancestors 'none'\n", "{}", 0, id="it"
        ),
        pytest.param("/*\n  Content-Security-Policy: {}\n", "{} *", 1, id="another"),
        pytest.param("/*\n  Content-Security-Policy: {}\n", None, 1, id="none"),
        pytest.param("/*\n  X-Own: 1\n\n/x\n  Content-Security-Policy: {}\n", None, 0, id="own"),
        pytest.param("/*\n  X-Own: 1\n", "{}", 0, id="an author’s own page"),
    ],
)
def test_a_page_has_the_policy_that_the_build_wrote_into_the_headers(
    headers: str, meta: str | None, found: int, tmp_path: Path
) -> None:
    policy = "default-src 'none'; img-src 'self'"
    site, html = _finished("Author A wrote “must tallk” [@a].", tmp_path)
    sites.put(site.parent / "built" / "_headers", headers.format(policy))
    if meta is not None:
        content = meta.format(policy)
        tag = f'<meta http-equiv="Content-Security-Policy" content="{content}">'
        html = html.replace("<head>", f"<head>{tag}")

    assert len(_found(site, html)) == found
