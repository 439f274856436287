"""The policy comes first in every page, and the headers earn the best grade."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from mkdocs_verbatim.build.csp import Policy
from mkdocs_verbatim.build.headers import HEADERS, headers, protect, with_policy
from tests.browser.header_grade import grade
from tests.support import sites
from tests.support.records import ROOT
from tests.support.static_hosts import headers_of, read_headers

META = '<meta http-equiv="Content-Security-Policy" content="{}">'
HERE = META.format("x")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<!doctype html><html><head>", "<title>x</title>"),
        ('<!DOCTYPE html>\n<html lang="en">\n <head>\n <meta charset="utf-8">', "<script>"),
        ('\ufeff<!-- a --><!doctype html><!-- b --><html><head><meta charset="utf-8">', ""),
        ("<!doctype html>", "<title>x</title>"),
        ("", "<p>x</p>"),
        ("", "plain text"),
        ("<!doctype html><html>", "<header>x</header>"),
    ],
)
def test_the_policy_stands_before_all_that_it_rules(before: str, after: str) -> None:
    made = with_policy(before + after, "x")

    assert made == before + HERE + after
    assert with_policy(made, "y") == before + META.format("y") + after


def test_a_browser_finds_it_in_the_head() -> None:
    tree = LexborHTMLParser(with_policy("<!doctype html><title>x</title><p>y", "x"))

    assert [node.tag for node in tree.css("head > *")] == ["meta", "title"]


def _site(folder: Path, **pages: str) -> Path:
    for name, html in pages.items():
        sites.put(folder / "site" / f"{name}.html", f"<!doctype html><body>{html}")
    return folder / "site"


PLAIN = Policy({})


def test_all_pages_and_the_headers_get_one_policy(tmp_path: Path) -> None:
    site = _site(tmp_path, one="<p>x</p>", two="<p>y</p>")
    sites.put(site / "deep" / "404.html", "<p>z</p>")
    allowed = Policy({"media": ("https://a.example",)})

    assert protect(site, tmp_path / "none", "", allowed) == []
    policies = {
        re.findall(r'content="([^"]*)"', path.read_text("utf-8"))[0]
        for path in site.rglob("*.html")
    }
    assert policies == {str(allowed)}
    sent = headers_of("/one.html", read_headers((site / "_headers").read_text("utf-8")))
    assert sent["Content-Security-Policy"] == f"{allowed}; frame-ancestors 'none'"


def test_without_a_policy_no_page_is_changed_or_checked(tmp_path: Path) -> None:
    site = _site(tmp_path, one='<img src="https://a.example/x.png" onerror="go()">')
    sites.put(site / "two.html", b"<p>\xff")
    before = sites.tree(site)

    assert protect(site, tmp_path / "none", "", None) == []
    headers_text = (site / "_headers").read_text("utf-8")
    (site / "_headers").unlink()
    assert sites.tree(site) == before
    assert "Content-Security-Policy" not in headers_text
    assert "X-Content-Type-Options: nosniff" in headers_text


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    site = _site(tmp_path, one="<p>x</p>")
    protect(site, tmp_path / "none", "", PLAIN)
    before = sites.tree(site)
    protect(site, tmp_path / "none", "", PLAIN)

    assert sites.tree(site) == before


def test_what_is_stopped_is_a_problem_at_its_place(tmp_path: Path) -> None:
    site = _site(tmp_path, one='\n<p>x\n <img src="https://a.example/x.png">')

    (problem,) = protect(site, tmp_path / "none", "", PLAIN)

    assert str(problem) == (
        "site/one.html:3:12: error: browsers are told not to follow 'https://a.example/x.png' "
        "(img-src); keep the file in docs/, or add 'img: [https://a.example]' to "
        "'extra.verbatim.allow' [policy-stops]"
    )


@pytest.mark.parametrize(
    ("html", "remedy"),
    [
        (
            '<iframe src="//v.example:8443/a?b">',
            "or add 'frame: [https://v.example:8443]' to 'extra.verbatim.allow'",
        ),
        ('<iframe src="map.html">', "add 'frame: [self]' to 'extra.verbatim.allow'"),
        ("<p onclick=go()>", "put scripts and styles into files of their own"),
        ("<script>go()</script>", "put scripts and styles into files of their own"),
        ('<object data="a.svg">', "leave it out; no site can allow it"),
    ],
)
def test_what_is_stopped_comes_with_what_to_do(html: str, remedy: str, tmp_path: Path) -> None:
    (problem,) = protect(_site(tmp_path, one=html), tmp_path / "none", "", PLAIN)

    assert problem.message.endswith(f" {remedy}")


@pytest.mark.parametrize("host", ["https://v.example:8443", "self"])
def test_the_line_that_it_says_to_add_is_enough(host: str, tmp_path: Path) -> None:
    address = "//v.example:8443/a?b" if host != "self" else "map.html"
    site = _site(tmp_path, one=f'<iframe src="{address}"></iframe>')

    assert protect(site, tmp_path / "none", "", Policy({"frame": (host,)})) == []


def test_a_page_that_is_not_utf8_is_a_problem_and_stays_as_it_is(tmp_path: Path) -> None:
    site = _site(tmp_path, one="x")
    sites.put(site / "two.html", b"<p>\xff")
    found = [str(problem) for problem in protect(site, tmp_path / "none", "", PLAIN)]

    assert found == [
        "site/two.html:1:1: error: cannot be read: not UTF-8; save it as UTF-8 [page-unreadable]"
    ]
    assert (site / "two.html").read_bytes() == b"<p>\xff"


def test_an_authors_own_headers_stand_behind_ours(tmp_path: Path) -> None:
    site = _site(tmp_path, one="x")
    own = "/feed.xml\n  Content-Type: application/atom+xml\n"
    sites.put(tmp_path / "docs" / "_headers", own)
    sites.put(site / "_headers", own)
    protect(site, tmp_path / "docs" / "_headers", "", PLAIN)
    text = (site / "_headers").read_text("utf-8")

    assert text.startswith("/*\n  Content-Security-Policy: ")
    assert text.endswith(f"\n\n{own}")
    assert text.count("feed.xml") == 1


@pytest.mark.parametrize(
    ("name", "forever"),
    [
        ("assets/javascripts/bundle.a5f9d56c.min.js", True),
        ("assets/stylesheets/main.57a0d79d.min.css.map", True),
        ("assets/site.0123abcd.css", True),
        ("assets/receipts.js", False),
        ("search/search_index.json", False),
        ("photo.20160801.jpg", False),
        ("deadbeef/index.html", False),
        ("index.html", False),
    ],
)
def test_only_what_has_a_hash_in_its_name_is_kept_for_long(name: str, *, forever: bool) -> None:
    sent = headers_of(f"/{name}", read_headers(headers(PLAIN, [name], "")))

    assert sent.get("Cache-Control") == ("public, max-age=31536000, immutable" if forever else None)


@pytest.fixture(scope="module")
def said(built_site: Path) -> tuple[dict[str, str], str]:
    """What a host that reads `_headers` says with the first page, and the page."""
    rules = read_headers((built_site / "_headers").read_text("utf-8"))
    return headers_of("/", rules), (built_site / "index.html").read_text("utf-8")


def test_every_page_of_the_site_has_the_one_policy(built_site: Path) -> None:
    found = {
        path: re.findall(r"<(?:meta http-equiv|script|link|style)[^>]*>", path.read_text("utf-8"))
        for path in built_site.rglob("*.html")
    }
    assert len(found) > 20
    assert len({tags[0] for tags in found.values()}) == 1
    for path, tags in found.items():
        assert tags[0].startswith('<meta http-equiv="Content-Security-Policy" content="default-src')
        assert b"charset" in path.read_bytes()[:1024]
    for loose in ("unsafe-inline", "unsafe-eval"):
        assert loose not in next(iter(found.values()))[0]


def test_no_line_of_the_headers_is_longer_than_hosts_read(built_site: Path) -> None:
    text = (built_site / "_headers").read_text("utf-8")

    # Of Cloudflare Pages: https://developers.cloudflare.com/pages/configuration/headers/
    assert max(map(len, text.splitlines())) <= 2000
    assert len(read_headers(text)) <= 100


def test_the_grade_is_the_best(said: tuple[dict[str, str], str]) -> None:
    assert grade(*said) == (130, "A+")


def test_so_it_is_where_a_host_adds_the_headers_but_pages_alone_have_the_policy(
    said: tuple[dict[str, str], str],
) -> None:
    sent = {**HEADERS, "Content-Security-Policy": "frame-ancestors 'none'"}

    assert grade(sent, said[1]) == (130, "A+")


def test_the_example_for_nginx_says_the_same() -> None:
    text = (ROOT / "manual/docs/hosting.md").read_text("utf-8")
    found = dict(re.findall(r'add_header (\S+) "([^"]*)" always;', text))

    assert found.pop("Content-Security-Policy") == "frame-ancestors 'none'"
    assert found == HEADERS


@pytest.mark.parametrize(
    ("without", "score"),
    [
        ("Strict-Transport-Security", 80),
        ("X-Content-Type-Options", 125),
        ("Referrer-Policy", 125),
        ("Cross-Origin-Resource-Policy", 120),
    ],
)
def test_each_header_counts(without: str, score: int, said: tuple[dict[str, str], str]) -> None:
    sent = {name: value for name, value in said[0].items() if name != without}

    assert grade(sent, said[1])[0] == score


def test_without_policy_and_headers_the_grade_is_poor(said: tuple[dict[str, str], str]) -> None:
    bare = re.sub(r"<meta http-equiv[^>]*>", "", said[1])

    assert grade({}, bare) == (30, "D")
    # What a host that sends no headers of ours, but holds to HTTPS, gets by the pages alone.
    assert grade({"Strict-Transport-Security": "max-age=31556952"}, said[1]) == (75, "B")


@pytest.mark.builds
def test_a_build_says_what_is_stopped_and_ends_if_it_is_strict(tmp_path: Path) -> None:
    site = sites.real_site(tmp_path / "site")
    page = site / "docs" / "method.md"
    sites.put(page, page.read_text("utf-8") + '\n<p style="color: red">Go</p>\n')
    loose = sites.run("mkdocs", "build", cwd=site)
    strict = sites.run("mkdocs", "build", "--strict", "--quiet", cwd=site)

    assert loose.returncode == 0
    assert "site/method/index.html:" in loose.stderr
    assert "warning: browsers are told not to follow 'style=\"color: red'" in loose.stderr
    assert strict.returncode == 1
    assert "1 error in what pages ask of browsers" in strict.stderr


def test_hosts_and_the_policy_itself_are_the_sites_to_choose(tmp_path: Path) -> None:
    small = sites.SmallSite(
        pages={"index.md": 'He said “ends” [@a].\n\n<iframe src="https://v.example/"></iframe>\n'},
        copies={"a": "Of ends."},
        settings={"rules": {"speaker-unnamed": "off", "citation-unformatted": "off"}},
    )
    site = small.write(tmp_path / "site")
    shutil.copytree(sites.ROOT / "hooks", site / "hooks")
    config = yaml.safe_load((site / "mkdocs.yml").read_text("utf-8"))
    config |= {"hooks": ["hooks/site_hook.py"], "theme": {"name": "material", "font": False}}
    settings = config["extra"]["verbatim"]
    for more, status in (
        ({}, 1),
        ({"allow": {"frame": ["https://v.example"]}}, 0),
        ({"allow": {"frame": ["https://v.example"]}, "policy": False}, 0),
        ({"policy": False}, 1),
        ({"policy": "of"}, 1),
        ({"allow": {"frame": ["*"]}}, 1),
    ):
        config["extra"]["verbatim"] = {**settings, **more}
        sites.put(site / "mkdocs.yml", yaml.safe_dump(config))
        done = sites.run("mkdocs", "build", "--strict", "--quiet", cwd=site)
        html = (site / "site/index.html").read_text("utf-8") if status == 0 else ""

        assert (done.returncode, "Traceback" in done.stderr) == (status, False), done.stderr
        has_policy = status == 0 and "policy" not in more
        assert ("frame-src https://v.example;" in html) == has_policy
        assert ("Content-Security-Policy" in html) == has_policy
