"""The policy: the same for every page of a site, and what of a page it would stop."""

from __future__ import annotations

import pytest

from mkdocs_verbatim.build.allow import read_allow
from mkdocs_verbatim.build.csp import ALIGNED, BASE, HOST_KINDS, Policy, demands, hash_of

PLAIN = Policy({})


def _stopped(html: str, home: str = "", policy: Policy = PLAIN) -> list[tuple[str, str]]:
    return [(d.directive, d.what) for d in demands(html, home) if not policy.allows(d)]


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
        '<article><table><tr><td style="text-align: right;">1</table></article>',
        '<video src="../a.mp4" poster="a.png"></video><link rel="manifest" href="/a.json">',
    ],
)
def test_what_every_page_may_do_is_not_stopped(html: str) -> None:
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
        ("<script>go()</script>", ("script-src", "go()")),
        ("<style>p { color: red }</style>", ("style-src", "p { color: red }")),
        (
            '<table><tr><td style="text-align: right; x: y">',
            ("style-src-attr", 'style="text-align: right; x: y'),
        ),
        ('<img src="https://[x/">', ("img-src", "https://[x/")),
        ('<img src="https://x:99999/">', ("img-src", "https://x:99999/")),
        ('<form action="./find/"></form>', ("form-action", "./find/")),
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
def test_what_no_page_may_do_is_stopped(html: str, stopped: tuple[str, str]) -> None:
    assert _stopped(html) == [stopped]


def test_a_sites_own_address_is_its_own() -> None:
    html = '<img src="https://site.example/x.png">'

    assert _stopped(html, "https://site.example/") == []
    assert _stopped(html, "https://other.example/") == [("img-src", "https://site.example/x.png")]


# What a site allows

FRAME = '<iframe src="{}"></iframe>'


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("https://a.example", "https://a.example/x?y#z"),
        ("https://a.example", "https://A.EXAMPLE:443/x"),
        ("a.example", "https://a.example/"),
        ("a.example", "//a.example/"),
        ("http://a.example", "https://a.example/"),
        ("*.a.example", "https://b.a.example/"),
        ("*.a.example", "https://c.b.a.example/"),
        ("https://a.example:8443", "https://a.example:8443/"),
        ("https://a.example/embed/", "https://a.example/embed/1"),
        ("https://a.example/one", "https://a.example/one"),
    ],
)
def test_an_allowed_host_is_not_stopped(host: str, address: str) -> None:
    policy = Policy({"frame": (host,)})

    assert _stopped(FRAME.format(address), policy=policy) == []
    assert f"frame-src {host};" in str(policy)
    # It is allowed for frames alone.
    script = f'<script src="{address}"></script>'
    assert _stopped(script, policy=policy) == [("script-src", address)]


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("https://a.example", "http://a.example/"),
        ("https://a.example", "https://b.a.example/"),
        ("https://a.example", "https://a.example.b/"),
        ("https://a.example", "https://a.example@b.example/"),
        ("*.a.example", "https://a.example/"),
        ("*.a.example", "https://ba.example/"),
        ("https://a.example", "https://a.example:8443/"),
        ("https://a.example/embed/", "https://a.example/other"),
        ("https://a.example/one", "https://a.example/one/two"),
    ],
)
def test_another_host_is_stopped(host: str, address: str) -> None:
    policy = Policy({"frame": (host,)})

    assert _stopped(FRAME.format(address), policy=policy) == [("frame-src", address)]


def test_the_sites_own_pages_are_framed_if_it_says_so() -> None:
    policy = Policy({"frame": ("self",)})

    assert _stopped(FRAME.format("map.html"), policy=policy) == []
    assert "frame-src 'self';" in str(policy)


def test_no_host_makes_what_is_written_out_in_a_page_run() -> None:
    policy = Policy(dict.fromkeys(HOST_KINDS, ("https://a.example", "self")))
    html = "<script>go()</script><style>p{}</style><p onclick=go() style=x><object data=x>"

    assert len(_stopped(html, policy=policy)) == 5


def test_a_policy_is_the_same_whatever_order_hosts_are_named_in() -> None:
    one = Policy({"img": ("b.example", "a.example"), "frame": ("self",)})
    other = Policy({"frame": ("self",), "img": ("a.example", "b.example")})

    assert str(one) == str(other)
    assert "img-src 'self' a.example b.example data:;" in str(one)


def test_the_policy_without_hosts_is_one_and_never_unsafe() -> None:
    assert str(PLAIN).startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
    assert "unsafe-inline" not in str(PLAIN)
    assert "unsafe-eval" not in str(PLAIN)
    assert set(HOST_KINDS.values()) <= BASE.keys()
    # The one thing that may be written out: how Markdown aligns a column.
    assert BASE["style-src-attr"] == ("'unsafe-hashes'", *map(hash_of, ALIGNED))
    assert hash_of("x") == "'sha256-LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE='"


# How it says so


@pytest.mark.parametrize(
    "host",
    [
        "https://a.example",
        "http://a.example:8080",
        "wss://a.example",
        "a.example",
        "*.a.example",
        "localhost",
        "127.0.0.1:8000",
        "https://a.example/embed/",
        "self",
    ],
)
def test_a_host_may_be_allowed(host: str) -> None:
    assert read_allow({"frame": [host]}, "mkdocs.yml") == ({"frame": (host,)}, [])


@pytest.mark.parametrize(
    "host",
    [
        *("*", "*.example", "https://*", "https:", "data:", "blob:", "'unsafe-inline'", ""),
        *("'unsafe-eval'", "unsafe-inline", "'self'", "'none'", "'sha256-AA=='", "a.example;x"),
        *("a.example b.example", "a.example, b.example", "https://a.example\n", "ftp://a.example"),
        *("javascript:go()", "https://a.example/?x", "-a.example", "a..example", "ä.example"),
        *(1, None, True, ["a.example"], {"a.example": 1}),
    ],
)
def test_what_is_not_a_host_is_refused(host: object) -> None:
    allowed, problems = read_allow({"frame": ["https://a.example", host]}, "mkdocs.yml")

    assert allowed == {}
    (problem,) = problems
    assert str(problem) == (
        f"mkdocs.yml:1:1: error: 'extra.verbatim.allow' has {host!r} for 'frame', which is not a "
        "host; name each host, as in https://example.org or *.example.org, or self for the site's "
        "own files [settings-invalid]"
    )


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([], "must be a mapping of kinds to lists of hosts"),
        ("https://a.example", "must be a mapping of kinds to lists of hosts"),
        ({"fram": []}, "has an unknown kind 'fram'; did you mean 'frame'?"),
        (
            {"zzz": []},
            "has an unknown kind 'zzz'; known are connect, font, form, frame, img, media,",
        ),
        ({1: []}, "has an unknown kind 1; known are connect,"),
        (
            {"img": "https://a.example"},
            "must have a list of hosts for 'img', as in img: [https://example.org]",
        ),
        ({"img": None}, "must have a list of hosts for 'img'"),
    ],
)
def test_what_is_not_a_list_of_hosts_by_kind_is_refused(given: object, message: str) -> None:
    allowed, (problem,) = read_allow(given, "mkdocs.yml")

    assert allowed == {}
    assert problem.message.startswith(f"'extra.verbatim.allow' {message}")


def test_nothing_allowed_is_no_problem() -> None:
    assert read_allow(None, "x") == read_allow({}, "x") == read_allow({"img": []}, "x") == ({}, [])
