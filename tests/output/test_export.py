"""Exports: what other programs read of the finished site, read by programs of others."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin
from urllib.robotparser import RobotFileParser

import bibtexparser
import feedparser
import jsonschema
import pytest
from pyld import jsonld
from selectolax.lexbor import LexborHTMLParser

from mkdocs_verbatim.build.config import read_config
from mkdocs_verbatim.build.reading import check
from mkdocs_verbatim.output.text_fragment import encoded, text_fragment
from tests.support import sites
from tests.verify import tampering

DATA = Path(__file__).parents[1] / "data"
ADDRESS = "https://example.org/talks/"
SCHEMA = "https://schema.org/"
ANNO = "http://www.w3.org/ns/anno.jsonld"

Json = dict[str, Any]


@pytest.fixture(scope="module")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site with an address and two changes, built strictly."""
    site = sites.real_site(tmp_path_factory.mktemp("addressed"))
    config = (site / "mkdocs.yml").read_text("utf-8")
    sites.put(site / "mkdocs.yml", f"site_url: {ADDRESS}\n{config}")
    tampering.write_log(site / "docs")
    done = sites.run("mkdocs", "build", "--quiet", cwd=site)
    assert (done.returncode, done.stderr) == (0, "")
    return site


def _context(url: str, options: object) -> Json:
    """Return the one context that a program would fetch."""
    del options
    assert url == ANNO
    document = json.loads((DATA / "anno.jsonld").read_text("utf-8"))
    return {"contextUrl": None, "documentUrl": url, "document": document}


def _expanded(data: Json, base: str) -> list[Json]:
    options = {"base": base, "documentLoader": _context}
    found: list[Json] = jsonld.expand(data, options)
    return found


def _quotes(site: Path) -> Json:
    page: Json = json.loads((site / "quotes.json").read_text("utf-8"))
    return page


def _targets(page: Json) -> Iterator[tuple[Json, Json]]:
    for item in page["items"]:
        for target in item["target"]:
            yield item, target


def _plain(text: str) -> str:
    """Return *text* without the markup of a copy that is Markdown, and its white space folded."""
    return " ".join(re.sub(r"\*|\[|\]\(#\)", "", text).split())


# Web Annotations


@pytest.mark.builds
def test_the_quotations_are_valid_web_annotations(built_site: Path, addressed: Path) -> None:
    schema = json.loads((DATA / "annotation-page.json").read_text("utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    for site in (built_site, addressed / "site"):
        jsonschema.validate(_quotes(site), schema)


def test_each_quotation_has_the_words_of_its_copy(built_site: Path) -> None:
    sources = built_site.parent / "sources"
    targets = list(_targets(_quotes(built_site)))
    assert len(targets) >= 30
    for item, target in targets:
        quote, position = target["selector"]
        content = (sources / f"{target['source']['key']}.txt").read_bytes()
        copy = content.decode("utf-8")
        there = copy[position["start"] : position["end"]]
        digest = hashlib.sha256(content)
        name = base64.urlsafe_b64encode(digest.digest()).decode().rstrip("=")

        assert _plain(there) == _plain(quote["exact"]), item["id"]
        if "\n\n" not in there:
            assert re.sub(r"\*|\[|\]\(#\)", "", there) == quote["exact"], item["id"]
        assert _plain(copy[: position["start"]]).endswith(_plain(quote["prefix"]))
        assert target["state"]["sha256"] == digest.hexdigest()
        assert target["state"]["cached"] == f"ni:///sha-256;{name}"


@pytest.mark.builds
def test_ids_are_the_addresses_of_the_quotations(built_site: Path, addressed: Path) -> None:
    for site, base in ((built_site, "https://elsewhere.example/"), (addressed / "site", ADDRESS)):
        items = _quotes(site)["items"]
        ids = [urljoin(f"{base}quotes.json", item["id"]) for item in items]
        assert len(set(ids)) == len(ids) >= 30
        for id_ in ids:
            page, _, anchor = id_.removeprefix(base).partition("#")
            html = (site / page / "index.html").read_text("utf-8")
            assert html.count(f' id="{anchor}"') == 1, id_


@pytest.mark.builds
def test_a_program_reads_the_annotations_as_meant(addressed: Path) -> None:
    (page,) = _expanded(_quotes(addressed / "site"), f"{ADDRESS}quotes.json")
    oa, terms = "http://www.w3.org/ns/oa#", "http://purl.org/dc/terms/"
    (items,) = page["https://www.w3.org/ns/activitystreams#items".replace("https", "http")]
    first = items["@list"][0]
    (target,) = first[f"{oa}hasTarget"]
    (state,) = target[f"{oa}hasState"]
    kinds = {kind for one in target[f"{oa}hasSelector"] for kind in one["@type"]}

    assert first["@id"].startswith(ADDRESS)
    assert first["@type"] == [f"{oa}Annotation"]
    assert first[f"{oa}motivatedBy"] == [{"@id": f"{oa}linking"}]
    assert kinds == {f"{oa}TextQuoteSelector", f"{oa}TextPositionSelector"}
    assert set(state) == {"@type", f"{oa}cachedSource", "http://schema.org/sha256"}
    assert set(target) == {
        *("@type", f"{oa}hasSource", f"{oa}hasSelector", f"{oa}hasState"),
        *(f"{terms}creator", f"{terms}provenance"),
    }
    (chain,) = target[f"{terms}provenance"]
    assert len(chain["@list"]) >= 2


@pytest.mark.builds
def test_nothing_is_published_in_the_quotations_that_the_limits_do_not_count(
    addressed: Path,
) -> None:
    ledger = check(read_config(addressed / "mkdocs.yml"))
    shown: dict[str, set[int]] = {}
    sensitive: dict[str, set[int]] = {}
    for use in ledger.quotations():
        assert use.source is not None
        places = shown.setdefault(use.item.key, set())
        for wider, _ in ledger.context(use):
            places.update(range(*wider))
        for span in ledger.voices[use.item.key].sensitive:
            sensitive.setdefault(use.item.key, set()).update(range(*span))
    empty = 0
    for item, target in _targets(_quotes(addressed / "site")):
        quote, position = target["selector"]
        key = target["source"]["key"]
        source = ledger.library.sources[key]
        start, end = source.index(position["start"]), source.index(position["end"] - 1) + 1
        around = range(start - len(quote["prefix"]), end + len(quote["suffix"]))
        if sensitive.get(key, set()).intersection(range(start, end)):
            assert (quote["prefix"], quote["suffix"]) == ("", ""), item["id"]
            empty += 1

        assert set(around) <= shown[key], item["id"]
    assert empty >= 1


@pytest.mark.builds
@pytest.mark.parametrize("form", ["", "use_directory_urls: false\n"])
def test_all_of_it_is_proven_whatever_the_addresses_are(
    form: str, addressed: Path, tmp_path: Path
) -> None:
    site = shutil.copytree(addressed, tmp_path / "site", ignore=shutil.ignore_patterns("site"))
    config = (site / "mkdocs.yml").read_text("utf-8").replace("use_directory_urls: true\n", form)
    sites.put(site / "mkdocs.yml", config)
    done = sites.run("mkdocs", "build", "--quiet", cwd=site)
    proof = sites.verbatim("verify", "site", cwd=site)

    assert (done.returncode, done.stderr) == (0, "")
    assert (proof.returncode, proof.stderr) == (0, "")
    assert proof.stdout.endswith(" and 5 exports proven, 0 problems\n")
    where = "corrections.html" if form else "corrections/index.html"
    html = (site / "site" / where).read_text("utf-8")
    (link,) = re.findall(r'id="change-marks".*?href="([^"]*)"', html)
    assert (site / "site" / where).parent.joinpath(link, "" if form else "index.html").is_file()


# Heads


def _heads(site: Path) -> Iterator[tuple[str, Json, dict[str, str]]]:
    for path in sorted(site.rglob("*.html")):
        tree = LexborHTMLParser(path.read_text("utf-8"))
        scripts = tree.css('script[type="application/ld+json"]')
        metas = tree.css('meta[property^="og:"]')
        graph = {m.attributes["property"] or "": m.attributes["content"] or "" for m in metas}
        name = path.relative_to(site).as_posix()
        if name == "404.html":
            assert (scripts, graph) == ([], {})
            continue
        (script,) = scripts
        text = script.text()
        assert not set("<>&") & set(text)
        yield name.removesuffix("index.html"), json.loads(text), graph


def test_a_program_reads_of_each_page_what_is_quoted_and_cited(built_site: Path) -> None:
    quoted = 0
    for name, data, _ in _heads(built_site):
        (page,) = _expanded(data, f"{ADDRESS}{name}")
        kind = "WebPage" if name.startswith(("sources/", "rules/", "quotes/")) else "Article"
        assert page["@type"] == [f"{SCHEMA}{kind}"]
        assert not [key for key in page if not key.startswith(("@", SCHEMA))]
        cited = {work["@id"] for work in page.get(f"{SCHEMA}citation", [])}
        for part in page.get(f"{SCHEMA}hasPart", []):
            quoted += 1
            assert part["@type"] == [f"{SCHEMA}Quotation"]
            assert part["@id"].startswith(f"{ADDRESS}{name}#q-")
            assert part[f"{SCHEMA}isBasedOn"][0]["@id"] in cited
            assert part[f"{SCHEMA}creator"][0][f"{SCHEMA}name"][0]["@value"]
    assert quoted == _quotes(built_site)["partOf"]["total"]


@pytest.mark.builds
def test_other_sites_are_told_title_description_and_kind(built_site: Path, addressed: Path) -> None:
    for site, base in ((built_site, ""), (addressed / "site", ADDRESS)):
        for name, data, graph in _heads(site):
            assert graph["og:type"] == ("article" if name else "website")
            assert graph["og:title"] == data["headline"]
            assert graph.get("og:description") == data.get("description")
            assert graph.get("og:url") == data.get("url") == (f"{base}{name}" if base else None)
            assert ("og:image" in graph) == bool(base)


def test_what_could_end_a_script_is_escaped(tmp_path: Path) -> None:
    site = sites.SmallSite(
        pages={"page.md": "He said “&lt;/script&gt; &amp; &lt;b&gt;” [@a].\n"},
        copies={"a": "It ends </script> & <b> here."},
        settings={"rules": {"paragraph-uncited": False}},
    ).write(tmp_path / "site")
    sites.finished(site, "page.md", tmp_path / "built")
    tree = LexborHTMLParser((tmp_path / "built" / "page" / "index.html").read_text("utf-8"))
    (script,) = tree.css("script")

    assert json.loads(script.text())["hasPart"][0]["text"] == "</script> & <b>"
    assert "\\u003c/script\\u003e \\u0026" in script.text()


# Links to the words


@pytest.mark.parametrize(
    ("passages", "directions"),
    [
        (["a few words"], "text=a%20few%20words"),
        (["so-called, R&D"], "text=so%2Dcalled%2C%20R%26D"),
        (["one two three four five six seven eight nine"], None),
        (["one", "two"], "text=one&text=two"),
        (["“ça va…”\nnow"], "text=%E2%80%9C%C3%A7a%20va%E2%80%A6%E2%80%9D%20now"),
    ],
)
def test_a_link_leads_to_the_words(passages: list[str], directions: str | None) -> None:
    wanted = directions or "text=one%20two%20three%20four,six%20seven%20eight%20nine"

    assert text_fragment("https://example.org/", passages) == f"https://example.org/#:~:{wanted}"
    assert text_fragment("https://example.org/#a", passages) == (
        f"https://example.org/#a:~:{wanted}"
    )


def test_a_link_names_nothing_that_would_mean_something_else() -> None:
    signs = "a-b, c & d # e % f = g"

    assert not set("-,&#=") & set(encoded(signs))
    assert unquote(encoded(signs)) == signs


def test_a_source_is_linked_where_its_record_gives_a_whole_address(built_site: Path) -> None:
    links = {}
    for key in ("cantey-2018", "opinion-2016", "rt-2016"):
        tree = LexborHTMLParser((built_site / f"sources/{key}/index.html").read_text("utf-8"))
        links[key] = [link.attributes["href"] or "" for link in tree.css("a.source-out")]

    assert links["rt-2016"] == [], "its address is a plain reference, without https"
    assert links["opinion-2016"] == [], "its address is not known"
    assert len(links["cantey-2018"]) >= 5
    for link in links["cantey-2018"]:
        assert re.fullmatch(r"https://www\.oxfordresearchgroup\.org\.uk/[^#]+#:~:text=\S+", link)


# References


def test_references_json_is_valid_csl_json(built_site: Path) -> None:
    items = json.loads((built_site / "references.json").read_text("utf-8"))
    jsonschema.validate(items, json.loads((DATA / "csl-data.json").read_text("utf-8")))

    found = {item["id"]: item for item in items}
    assert list(found) == sorted(found)
    assert {"cantey-2018", "opinion-2016", "rt-2016"} <= set(found)
    assert found["cantey-2018"]["issued"] == {"date-parts": [[2018, 7, 16]]}
    assert "title" not in found["opinion-2016"]


def test_references_bib_is_read_back(built_site: Path) -> None:
    found = bibtexparser.loads((built_site / "references.bib").read_text("utf-8")).entries_dict

    assert set(found) >= {"cantey-2018", "opinion-2016", "rt-2016"}
    assert found["cantey-2018"]["author"] == "Cantey, Seth"
    assert found["cantey-2018"]["year"] == "2018"


def test_the_sources_page_links_the_exports(built_site: Path) -> None:
    page = (built_site / "sources" / "index.html").read_text("utf-8")

    for name in ("references.json", "references.bib", "quotes.json"):
        assert f'href="../{name}"' in page


# Feed


@pytest.mark.builds
def test_a_feed_reader_reads_the_changes(addressed: Path) -> None:
    feed = feedparser.parse((addressed / "site" / "feed.xml").read_bytes())

    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    assert [entry.title.partition(":")[0] for entry in feed.entries] == [
        "23 November 2026",
        "22 November 2026",
    ]
    last = feed.entries[-1]
    assert last.link == f"{ADDRESS}corrections/#change-wrong-table"
    assert last.tags[0].term == "correction"
    assert last.content[0].value.splitlines() == [
        "Stood there: The page had another verb in the fragment.",
        "Stands there now: It has “get round the table”.",
        "Why: A slip of the keyboard.",
    ]
    assert time.strftime("%F", last.updated_parsed) == "2026-11-22"
    assert len({feed.feed.id, *(entry.id for entry in feed.entries)}) == 3
    assert {link.rel for link in feed.feed.links} == {"self", "alternate"}


@pytest.mark.builds
def test_a_feed_without_address_is_valid_and_keeps_its_ids(
    built_site: Path, addressed: Path
) -> None:
    here, there = (
        feedparser.parse((site / "feed.xml").read_bytes())
        for site in (built_site, addressed / "site")
    )

    assert not here.bozo
    assert here.feed.id == there.feed.id
    assert here.feed.id.startswith("urn:uuid:")
    assert (here.feed.updated, here.entries) == ("2026-11-21T00:00:00Z", [])
    assert {link.rel for link in here.feed.links} == {"alternate"}


def test_every_page_names_the_feed(built_site: Path) -> None:
    for name, at in (("index.html", "feed.xml"), ("sources/rt-2016/index.html", "../../feed.xml")):
        tree = LexborHTMLParser((built_site / name).read_text("utf-8"))
        (link,) = tree.css('link[type="application/atom+xml"]')

        assert link.attributes["href"] == at


# Search engines


@pytest.mark.builds
def test_robots_name_the_map_of_a_site_with_an_address(built_site: Path, addressed: Path) -> None:
    for site, maps in ((built_site, None), (addressed / "site", [f"{ADDRESS}sitemap.xml"])):
        robots = RobotFileParser()
        robots.parse((site / "robots.txt").read_text("utf-8").splitlines())

        assert robots.can_fetch("any", "/quotes.json")
        assert robots.site_maps() == maps
        assert ("<loc>" in (site / "sitemap.xml").read_text("utf-8")) == bool(maps)


@pytest.mark.builds
def test_the_map_has_the_days_on_which_pages_changed(addressed: Path) -> None:
    text = (addressed / "site" / "sitemap.xml").read_text("utf-8")
    found = dict(re.findall(r"<loc>(\S+?)</loc>\s*(?:<lastmod>(\S+)</lastmod>)?", text))

    assert found[f"{ADDRESS}remark/"] == "2026-11-21"
    assert found[f"{ADDRESS}sources/rt-2016/"] == ""


def test_files_of_data_are_no_part_of_the_site(built_site: Path) -> None:
    assert not (built_site / "data").exists()


@pytest.mark.builds
def test_builds_with_an_address_are_the_same_everywhere(addressed: Path, tmp_path: Path) -> None:
    """Folder, locale, zone, seed, and the day leave no trace."""
    found = []
    for name, locale, seed, zone, day in (
        ("a", "C", "1", "UTC", "1600000000"),
        ("b/c", "C.UTF-8", "7", "Pacific/Kiritimati", "1790000000"),
    ):
        site = sites.real_site(tmp_path / name)
        for part in ("mkdocs.yml", "docs/data/changes.yml"):
            sites.put(site / part, (addressed / part).read_bytes())
        done = sites.run(
            *("mkdocs", "build", "--quiet"),
            cwd=site,
            LC_ALL=locale,
            PYTHONHASHSEED=seed,
            TZ=zone,
            SOURCE_DATE_EPOCH=day,
        )
        assert (done.returncode, done.stderr) == (0, "")
        found.append(sites.tree(site / "site"))

    assert found[0] == found[1]


# What an outsider does with them


def test_the_example_in_the_manual_does_what_it_says(built_site: Path, tmp_path: Path) -> None:
    text = (sites.ROOT / "manual/docs/files.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(.*?quotes\.json.*?)```", text, re.DOTALL)
    sites.put(tmp_path / "example.py", example)
    for name in ("quotes.json",):
        sites.put(tmp_path / name, (built_site / name).read_bytes())
    copy = (built_site.parent / "sources" / "rt-2016.txt").read_bytes()
    sites.put(tmp_path / "my-copy.txt", copy)
    done = sites.run("python", "example.py", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) >= 10
    assert all(line.startswith("stands there: ") for line in lines)
    sites.put(tmp_path / "my-copy.txt", copy.replace(b"renounce violence", b"renounce silence!"))
    assert "not there: " in sites.run("python", "example.py", cwd=tmp_path).stdout
