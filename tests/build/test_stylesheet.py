"""The stylesheet holds what a page can use, and nothing of it changes."""

from __future__ import annotations

import pytest

from mkdocs_verbatim.build.stylesheet import Seen, bundled

PAGE = '<html dir="ltr"><p class="card wide" data-open="yes"></p></html>'


def made(css: str, script: str = "") -> str:
    seen = Seen()
    seen.page(PAGE)
    seen.script(script)
    return bundled([css], seen).rstrip("\n")


@pytest.mark.parametrize(
    "css",
    [
        "p{margin:0}",
        ".card{margin:0}",
        ".card.wide>p{margin:0}",
        ".card:not(.absent){margin:0}",
        ".card:is(.absent,.wide){margin:0}",
        ":is(.absent,.other){margin:0}",
        "[dir=ltr] p{margin:0}",
        "[data-open=yes]{margin:0}",
        "[data-open]{margin:0}",
        "#any{margin:0}",
        ".card{background:url('data:x;{.absent}')}",
        "@media print{.card{margin:0}}",
        "@supports (display:grid){@media print{.card{margin:0}}}",
        "@font-face{font-family:x;src:url(x)}",
        "@keyframes turn{from{top:0}to{top:1px}}",
        ":root{--a:1px}p{margin:var(--a)}",
        ":root{--a:var(--b);--b:1px}p{margin:var(--a)}",
        ".card{background:url(data:image/png;base64,AA==)}",
        "a[href^='http']::after{content:' (' attr(href) ')'}",
    ],
)
def test_what_a_page_can_use_is_kept(css: str) -> None:
    assert made(css) == css


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".absent{margin:0}", ""),
        (".card .absent{margin:0}", ""),
        (".absent,.card{margin:0}", ".card{margin:0}"),
        ("[dir=rtl] p{margin:0}", ""),
        ("[data-open=no]{margin:0}", ""),
        ("[data-absent]{margin:0}", ""),
        ("@media print{.absent{margin:0}}", ""),
        ("@media print{.absent{margin:0}.card{margin:0}}", "@media print{.card{margin:0}}"),
        (":root{--a:1px;--b:2px}p{margin:var(--a)}", ":root{--a:1px}p{margin:var(--a)}"),
        (":root{--a:var(--b);--b:2px}p{margin:0}", "p{margin:0}"),
        (":root{--icon:url('data:;var')}p{margin:0}", "p{margin:0}"),
        ("/* of { } */ p { margin : 0 ; color : red }", "p{margin:0;color:red}"),
        ("p{}", ""),
        ("@charset 'utf-8';p{margin:0}", "p{margin:0}"),
    ],
)
def test_what_no_page_can_use_is_left_out(css: str, kept: str) -> None:
    assert made(css) == kept


@pytest.mark.parametrize("name", ["absent", "is-absent"])
def test_what_a_script_names_is_kept(name: str) -> None:
    css = f".{name}{{margin:0}}"

    assert made(css, f"element.classList.add('{name}')") == css


def test_an_attribute_that_a_script_sets_is_kept() -> None:
    css = '[data-md-color-scheme="slate"] p{color:red}'
    script = "root.setAttribute('data-md-color-scheme', 'slate')"
    dark = ":root:not([data-md-color-scheme]) p{color:red}"

    assert made(css, script) == f"{css}@media (prefers-color-scheme:dark){{{dark}}}"
