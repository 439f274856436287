"""The policy: what pages ask for is allowed as narrowly as can be, and all else is stopped."""

from __future__ import annotations

import base64
import hashlib

import pytest

from mkdocs_verbatim.build.csp import BASE, Demand, demands, hash_of, policy

SCRIPT = "go()"
STYLE = "p { color: red }"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _directives(html: str, home: str = "") -> dict[str, set[str]]:
    """Return what the policy of a site that is the page *html* alone has beyond every site's."""
    rules = policy(demands(html, home))
    parts = {part.split()[0]: set(part.split()[1:]) for part in rules.split("; ")}
    return {
        name: more
        for name, sources in parts.items()
        if (more := sources - BASE.get(name, frozenset()))
    }


def _stopped(html: str, home: str = "") -> list[tuple[str, str]]:
    return [(d.directive, d.what) for d in demands(html, home) if d.source is None]


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        pytest.param(f"<script>{SCRIPT}</script>", {"script-src": {_hash(SCRIPT)}}, id="script"),
        pytest.param(
            f'<script type="module">{SCRIPT}</script>', {"script-src": {_hash(SCRIPT)}}, id="module"
        ),
        pytest.param(
            "<script>a\r\nb\rc</script>", {"script-src": {_hash("a\nb\nc")}}, id="line ends"
        ),
        pytest.param("<script>é&amp;</script>", {"script-src": {_hash("é&amp;")}}, id="as it is"),
        pytest.param(
            f"<svg><script>{SCRIPT}</script></svg>",
            {"script-src": {_hash(SCRIPT)}},
            id="in a drawing",
        ),
        pytest.param(f"<style>{STYLE}</style>", {"style-src": {_hash(STYLE)}}, id="style"),
        pytest.param(
            '<article><table><tr><td style="text-align: right;">1</table></article>',
            {"style-src-attr": {"'unsafe-hashes'", _hash("text-align: right;")}},
            id="an aligned column of Markdown's",
        ),
        pytest.param('<video src="../a.mp4"></video>', {"media-src": {"'self'"}}, id="video"),
        pytest.param(
            '<link rel="manifest" href="/a.json">', {"manifest-src": {"'self'"}}, id="manifest"
        ),
        pytest.param('<form action="./find/"></form>', {"form-action": {"'self'"}}, id="form"),
    ],
)
def test_what_a_page_asks_for_is_allowed(html: str, wanted: dict[str, set[str]]) -> None:
    assert _directives(f"<!doctype html><body>{html}") == wanted
    assert _stopped(html) == []


@pytest.mark.parametrize(
    "html",
    [
        '<script src="assets/a.js"></script>',
        '<script type="application/json">{}</script>',
        '<article><script type="application/json">{}</script></article>',
        '<script type="application/ld+json">{}</script>',
        "<!-- <script>go()</script> -->",
        "<p>&lt;script&gt;go()&lt;/script&gt; and onclick=go()</p>",
        "<pre><code>&lt;p style=x&gt;</code></pre>",
        '<img src="data:image/png;base64,AA==">',
        '<img src="a.png" srcset="b.png 2x">',
        '<link rel="stylesheet" href="a.css"><link rel="icon" href="a.svg">',
        '<a href="https://example.org/">x</a><link rel="canonical" href="https://example.org/">',
        "<form><input></form>",
        '<p data-one="once" class="on">',
    ],
)
def test_for_what_every_page_may_do_nothing_is_added(html: str) -> None:
    assert _directives(html) == {}
    assert _stopped(html) == []


@pytest.mark.parametrize(
    ("html", "stopped"),
    [
        ('<img src="https://a.example/x.png">', ("img-src", "https://a.example/x.png")),
        ('<img src="//a.example/x.png">', ("img-src", "//a.example/x.png")),
        ('<img src=" \n//a.example/x.png">', ("img-src", " \n//a.example/x.png")),
        ('<img srcset="https://a.example/x.png 2x">', ("img-src", "https://a.example/x.png 2x")),
        (
            '<script src="HTTPS://a.example/x.js"></script>',
            ("script-src", "HTTPS://a.example/x.js"),
        ),
        ('<script src="data:,go()"></script>', ("script-src", "data:,go()")),
        ('<link rel="stylesheet" href="//a.example/x">', ("style-src", "//a.example/x")),
        ('<iframe src="map.html"></iframe>', ("frame-src", "map.html")),
        ('<iframe src="https://a.example/"></iframe>', ("frame-src", "https://a.example/")),
        ('<form action="https://a.example/"></form>', ("form-action", "https://a.example/")),
        ('<object data="a.svg"></object>', ("object-src", "a.svg")),
        ('<embed src="a.svg">', ("object-src", "a.svg")),
        ('<base href="/x/">', ("base-uri", "/x/")),
        ('<p onclick="go()">', ("script-src-attr", "onclick=")),
        ('<svg/onload="go()">', ("script-src-attr", "onload=")),
        ("<article><p><script>go()</script></article>", ("script-src", "go()")),
        ('<div role="main"><script type="module">go()</script></div>', ("script-src", "go()")),
        ("<article><svg><script>go()</script></svg></article>", ("script-src", "go()")),
        ("<article><style>p { color: red }</style></article>", ("style-src", "p { color: red }")),
        ('<article><p style="x: y">a</p></article>', ("style-src-attr", 'style="x: y')),
        (
            '<article><p style="text-align: right;">a</p></article>',
            ("style-src-attr", 'style="text-align: right;'),
        ),
        (
            '<article><table><tr><td style="text-align: right; x: y">1</table></article>',
            ("style-src-attr", 'style="text-align: right; x: y'),
        ),
        ('<a href="javascript:go()">', ("script-src", "javascript:go()")),
        ('<a href="JavaScript:go()">', ("script-src", "JavaScript:go()")),
    ],
)
def test_what_no_page_may_do_is_stopped_and_not_allowed(
    html: str, stopped: tuple[str, str]
) -> None:
    assert _stopped(html) == [stopped]
    assert _directives(html) == {}


def test_a_sites_own_address_is_its_own() -> None:
    html = '<img src="https://site.example/x.png">'

    assert _stopped(html, "https://site.example/") == []
    assert _stopped(html, "https://other.example/") == [("img-src", "https://site.example/x.png")]


def test_what_a_theme_runs_is_not_run_in_the_content() -> None:
    html = "<body><script>a()</script><article><script>b()</script></article><script>c()</script>"

    assert _directives(html) == {"script-src": {_hash("a()"), _hash("c()")}}
    assert _stopped(html) == [("script-src", "b()")]


def test_a_policy_is_the_same_in_whatever_order_pages_ask() -> None:
    asked = [Demand("script-src", hash_of(str(n))) for n in range(20)]
    asked += [Demand(f"{kind}-src", "'self'") for kind in ("media", "manifest", "font")]

    assert policy(asked) == policy(reversed(asked)) == policy([*asked, *asked])


def test_none_stands_alone() -> None:
    rules = policy([Demand("form-action", "'self'")])

    assert "form-action 'self'" in rules
    assert "base-uri 'none'" in rules


def test_nothing_is_ever_unsafe() -> None:
    html = "<script>go()</script><style>p{}</style><p onclick=go() style=x><object data=x>"
    rules = policy(demands(html, ""))

    assert "unsafe-inline" not in rules
    assert "unsafe-eval" not in rules
    assert rules.startswith("default-src 'none'; ")
