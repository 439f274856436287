"""The whole site, built once strictly: what a reader's browser gets."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from mkdocs_verbatim.build.config import read_config
from mkdocs_verbatim.build.reading import check
from mkdocs_verbatim.ledger.closed_ledger import words_by_speaker
from mkdocs_verbatim.text.words import capital
from tests.support import sites

PAGES = (
    *("index", "remark/index", "objections/index", "dialogue/index", "compare/index"),
    *("argument-map/index", "timeline/index"),
    *("people/index", "glossary/index", "context/index"),
)
"""The pages that rest on something, and therefore have notes."""

OWN = ("method/index", "corrections/index")
"""The pages about the site itself."""

KEYS = ("cantey-2018", "opinion-2016", "rt-2016")
REFERENCES = (
    *("afp-2019", "ap-2014", "ap-2016", "bbc-2016", "bbc-2022", "cityam-2024", "guardian-2014"),
    *("kshb-2014", "labourlist-2016", "newser-2014", "org-vision", "reuters-2019"),
    *("reuters-2022", "saferworld-2020"),
)
"""What the editor alone cites: records without a copy."""

# Marks of emphasis and links in the copy that is Markdown; it has no other markup.
MARKUP = re.compile(r"\*+|\[([^\]]*)\]\(#\)")
SPEAKERS = {
    "get round the table": "owen-smith",
    "appears to be backtracking": "rt-report",
    "No, they are not": "jeremy-corbyn",
    "hasty and": "corbyn-team",
    "They legitimise": "opinion-author",
    "we insisted": "abu-mohammed-al-adnani",
    "Whereas al Qaeda rarely": "seth-cantey",
    "we would stop fighting": "islamic-state",
    "I say we do not": "osama-bin-laden",
}


@pytest.fixture(scope="module")
def site(built: Path) -> Path:
    return built


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, LexborHTMLParser]:
    folder = site / "site"
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.html")}
    return {name: LexborHTMLParser(path.read_text("utf-8")) for name, path in found.items()}


def _quotations(pages: dict[str, LexborHTMLParser]) -> list[tuple[str, LexborNode]]:
    found = [(name, node) for name, tree in pages.items() for node in tree.css(".quotation")]
    assert len(found) >= 20
    return found


def _uses(pages: dict[str, LexborHTMLParser]) -> list[tuple[str, LexborNode]]:
    """Return the quotations but those of the list of all, which is no use of a source."""
    return [(name, node) for name, node in _quotations(pages) if name != "quotes/index.html"]


def _copy(site: Path, node: LexborNode) -> str:
    path = site / "sources" / f"{node.attributes['data-source']}.txt"
    return path.read_bytes().decode("utf-8")


def _even(text: str) -> str:
    return " ".join(text.split())


def _words(node: LexborNode) -> str:
    """Return the words of a quotation, less what in it is the editor's."""
    tree = LexborHTMLParser(node.html or "")
    for added in tree.css("ins.editor"):
        added.decompose()
    assert tree.body is not None
    return _even(tree.body.text(deep=True))


def test_the_pages_of_the_site_are_there(pages: dict[str, LexborHTMLParser]) -> None:
    keys = (*KEYS, *REFERENCES)
    of_sources = {f"sources/{key}/index.html" for key in keys}
    made = {"sources/index.html", "quotes/index.html", "rules/index.html", *of_sources}

    assert {*(f"{name}.html" for name in (*PAGES, *OWN)), *made, "404.html"} == set(pages)


def test_a_quotation_is_what_its_spans_have_in_the_copy(
    site: Path, pages: dict[str, LexborHTMLParser]
) -> None:
    for page, node in _quotations(pages):
        spans = [span.split("-") for span in (node.attributes["data-spans"] or "").split(" ")]
        copy = _copy(site, node)
        parts = " ".join(copy[int(start) : int(end)] for start, end in spans)

        shown = _words(node)
        assert shown == _even(MARKUP.sub(r"\1", parts)), (page, node.attributes)


def test_a_quotation_says_where_it_stands(site: Path, pages: dict[str, LexborHTMLParser]) -> None:
    for _, node in _quotations(pages):
        says = node.attributes
        spans = [int(n) for n in re.findall(r"\d+", says["data-spans"] or "")]
        starts = [m.start() for m in re.finditer(r"(?m)(?<![^\n]\n)^(?=.*\S)", _copy(site, node))]
        numbers = [str(sum(start <= at for start in starts)) for at in spans[::2]]
        words = re.findall(r"[a-z0-9]+", re.sub(r"[‘’']", "", _words(node).lower()))
        name = f"q-{says['data-source']}-{words[0]}"

        assert set(says) - {"cite"} == {
            *("class", "id", "data-source", "data-spans", "data-paragraphs", "data-speaker")
        }
        assert says["data-paragraphs"] == " ".join(dict.fromkeys(numbers))
        assert re.fullmatch(rf"{name}(-[a-z0-9]+){{,4}}-[0-9a-f]{{10}}(--\d+)?", says["id"] or "")


def test_a_quotation_names_its_speaker(pages: dict[str, LexborHTMLParser]) -> None:
    found = {_words(node): node for _, node in _quotations(pages)}
    for words, speaker in SPEAKERS.items():
        nodes = [node for text, node in found.items() if text.startswith(words)]

        assert [node.attributes["data-speaker"] for node in nodes] == [speaker], words


def test_a_block_quotation_stands_in_a_figure_with_its_caption(
    pages: dict[str, LexborHTMLParser],
) -> None:
    blocks = [(name, node) for name, node in _quotations(pages) if node.tag == "blockquote"]
    assert len(blocks) >= 6
    for page, node in blocks:
        figure = node.parent
        assert figure is not None
        assert (figure.tag, figure.attributes["class"]) == ("figure", "quotation-figure")
        assert [child.tag for child in figure.iter()] == ["blockquote", "figcaption"]
        (caption,) = figure.css("figcaption")
        assert caption.text().lstrip().startswith("— ")
        assert caption.css_matches("sup a.footnote-ref")
        address = urljoin(f"/{page}", node.attributes["cite"])
        number = (node.attributes["data-paragraphs"] or "").split(" ")[0]
        assert address == f"/sources/{node.attributes['data-source']}/#p{number}"


def test_an_inline_quotation_stands_between_its_marks(pages: dict[str, LexborHTMLParser]) -> None:
    inline = [node for _, node in _quotations(pages) if node.tag != "blockquote"]
    assert len(inline) >= 12
    for node in inline:
        before, after = node.prev, node.next
        assert before is not None
        assert after is not None
        assert node.tag == "span"
        assert before.text(deep=False).endswith("“")
        assert after.text(deep=False).startswith("”")


def test_every_link_and_anchor_leads_somewhere(site: Path) -> None:
    folder = site / "site"
    outlines = {
        f"/{path.relative_to(folder).as_posix()}": sites.Outline(path.read_text("utf-8"))
        for path in folder.rglob("*.html")
    }
    for page, outline in outlines.items():
        for link in outline.links:
            to = urlsplit(urljoin(page, link))
            if to.scheme:
                continue
            path = unquote(to.path) + ("index.html" if to.path.endswith("/") else "")
            assert (folder / path[1:]).is_file(), (page, link)
            if to.fragment:
                assert unquote(to.fragment) in outlines[path].ids, (page, link)


def test_no_id_stands_twice_on_a_page(site: Path) -> None:
    for name in (*PAGES, *OWN, *(f"sources/{key}/index" for key in (*KEYS, *REFERENCES))):
        outline = sites.Outline((site / "site" / f"{name}.html").read_text("utf-8"))

        assert [fault for fault in outline.faults if fault.startswith(("two ids", "no id"))] == []


def test_numbers_notes_and_ways_back_agree(pages: dict[str, LexborHTMLParser]) -> None:
    for name in PAGES:
        tree = pages[f"{name}.html"]
        notes = tree.css("article .footnote > ol > li")
        assert notes
        asked: dict[str, list[str]] = {}
        for number in tree.css("article sup > a.footnote-ref"):
            to = (number.attributes["href"] or "").removeprefix("#")
            assert number.parent is not None
            asked.setdefault(to, []).append(f"#{number.parent.id}")
            assert notes[int(number.text()) - 1].id == to
        # Numbers count up in the order in which a reader first meets them.
        assert [note.id for note in notes] == list(asked)
        for note in notes:
            back = [a.attributes["href"] for a in note.css("a.footnote-backref")]
            assert back == asked[note.id or ""]


def test_each_quotation_stands_on_its_sources_page_and_leads_back(
    pages: dict[str, LexborHTMLParser],
) -> None:
    for page, node in _uses(pages):
        key, passage = node.attributes["data-source"], re.sub(r"--\d+$", "", node.id or "")
        source = f"sources/{key}/index.html"
        found = pages[source].css(f'[id="{passage}"]')
        links = [urljoin(f"/{source}", a.attributes["href"]) for a in pages[source].css("a[href]")]

        assert len(found) == 1
        lit = _even(found[0].css("mark")[0].text(deep=True))
        assert _words(node).startswith(lit)
        assert f"/{page.removesuffix('index.html')}#{node.id}" in links


def test_every_quotation_is_listed_once_and_leads_to_its_page_and_its_source(
    pages: dict[str, LexborHTMLParser],
) -> None:
    listed = {node.id: node for node in pages["quotes/index.html"].css(".quotation")}
    places: dict[str, set[str]] = {}
    texts: dict[str, str] = {}
    for page, node in _uses(pages):
        passage = (
            re.sub(r"--\d+$", "", node.id or "") if (node.id or "").count("--") > 1 else node.id
        )
        places.setdefault(passage or "", set()).add(f"/{page.removesuffix('index.html')}#{node.id}")
        texts.setdefault(passage or "", _words(node))
    assert set(listed) == set(places)
    for passage, node in listed.items():
        entry = node.parent.parent if node.parent else None
        assert entry is not None
        links = {urljoin("/quotes/", a.attributes["href"]) for a in entry.css("a")}
        source = f"/sources/{node.attributes['data-source']}/#{passage}"

        # One link a note: the first use of a passage under a heading.
        assert source in links
        assert links - {source} <= places[passage or ""]
        assert {link.split("#")[0] for link in links - {source}} == {
            link.split("#")[0] for link in places[passage or ""]
        }
        assert _words(node) == texts[passage or ""]


def test_to_list_quotations_is_no_use_of_them(site: Path) -> None:
    ledger = check(read_config(site / "mkdocs.yml"))

    assert not [use for use in ledger.uses if use.page.path == "docs/quotes.md"]
    assert len(
        LexborHTMLParser((site / "site/quotes/index.html").read_text("utf-8")).css(".quotes > li")
    ) == len({use.passage for use in ledger.quotations()})


def test_a_link_back_names_page_and_heading(pages: dict[str, LexborHTMLParser]) -> None:
    excerpt = pages["sources/rt-2016/index.html"].css(
        "[id='q-rt-2016-there-can-be-absolutely-no-becc592e80']"
    )[0]
    uses = excerpt.next
    assert uses is not None

    assert uses.text().endswith("Quoted: The remark: What it says note 11.")


def test_the_way_back_to_paraphrases_is_folded_and_counted(
    pages: dict[str, LexborHTMLParser],
) -> None:
    page = pages["sources/rt-2016/index.html"]
    folded = page.css("details.source-told")

    assert len(page.css("details.source-told[id]")) == len(page.css(".source-strip .cited")) > 0
    for part in folded:
        (summary,) = part.css("summary")
        count = len(part.css("p > a"))
        assert count
        assert summary.text().endswith(f" {count}\N{NO-BREAK SPACE}place{'s' * (count != 1)}")


def test_the_note_of_a_reference_leads_to_its_record(pages: dict[str, LexborHTMLParser]) -> None:
    (note,) = pages["context/index.html"].css("[id='fn:c-afp-2019']")
    link = note.css("a")[0]

    assert (link.text(), link.attributes["href"]) == ("Its record", "../sources/afp-2019/")


def test_a_word_that_a_rule_speaks_of_is_stressed(pages: dict[str, LexborHTMLParser]) -> None:
    page = pages["rules/index.html"]
    article = page.css("article")[0]
    said = [part for part in article.css("p") if "such as not or unless:" in part.text()]

    assert [word.text() for word in said[0].css("em")][1:] == ["not", "unless"]
    assert not re.search(r"\*\w+\*", article.text())


def test_only_words_that_may_be_handed_on_are_offered_for_copying(
    pages: dict[str, LexborHTMLParser], site: Path
) -> None:
    ledger = check(read_config(site / "mkdocs.yml"))
    wanted = {use.note for use in ledger.quotations() if use.sensitive}
    notes = {
        note.id for tree in pages.values() for note in tree.css(".footnote li[data-sensitive]")
    }
    listed = {
        node.css("span.quotation")[0].attributes["data-speaker"]
        for node in pages["quotes/index.html"].css(".quotes > .sensitive")
    }

    assert notes == wanted
    assert listed == {use.chain.head.id for use in ledger.quotations() if use.sensitive}
    assert "osama-bin-laden" in listed


def test_a_sources_page_has_an_anchor_for_every_paragraph(
    site: Path, pages: dict[str, LexborHTMLParser]
) -> None:
    for key in KEYS:
        copy = (site / "sources" / f"{key}.txt").read_text("utf-8")
        blocks = [block for block in re.split(r"\n\s*\n", copy.strip()) if block]
        wanted = [f"p{number}" for number in range(1, len(blocks) + 1)]
        ids = [n.id for n in pages[f"sources/{key}/index.html"].css("[id]") if n.id in wanted]

        assert sorted(ids, key=wanted.index) == wanted


def test_no_page_asks_another_host(site: Path, pages: dict[str, LexborHTMLParser]) -> None:
    for page, tree in pages.items():
        for node in tree.css("link, script, img, iframe, source, video, audio, object, embed"):
            for attribute in ("href", "src", "srcset", "data"):
                address = node.attributes.get(attribute) or ""
                assert not re.match(r"(?:https?:)?//", address), (page, node.html)
    for path in (site / "site").rglob("*.css"):
        assert not re.search(r"@import|url\(\s*['\"]?(?:https?:)?//", path.read_text("utf-8")), path


def test_no_style_stands_in_an_attribute(pages: dict[str, LexborHTMLParser]) -> None:
    for name, tree in pages.items():
        assert [node.html for node in tree.css("article [style]")] == [], name


@pytest.mark.builds
def test_another_build_elsewhere_gives_the_same_bytes(tmp_path: Path) -> None:
    folders = []
    for name, locale, seed, zone, mask in (
        ("one", "C.UTF-8", "1", "UTC", 0o022),
        ("elsewhere/two", "C", "2", "Asia/Tokyo", 0o077),
        ("elsewhere/three", "tr_TR.UTF-8", "3", "America/St_Johns", 0o002),
    ):
        before = os.umask(mask)
        site = sites.real_site(tmp_path / name)
        if mask != 0o022:
            turned(site / "docs")
            turned(site / "sources")
        result = sites.run(
            *("mkdocs", "build", "--quiet", "--strict"),
            cwd=site,
            LC_ALL=locale,
            PYTHONHASHSEED=seed,
            TZ=zone,
            SOURCE_DATE_EPOCH="1790000000",
        )
        os.umask(before)
        assert (result.returncode, result.stderr) == (0, "")
        folders.append(sites.tree(site / "site"))

    assert folders[0] == folders[1] == folders[2]
    assert "sitemap.xml.gz" in folders[0]


def turned(folder: Path) -> None:
    """Write the files of *folder* anew in the other order, in which some file systems list them."""
    for path in sorted(folder.iterdir(), reverse=True):
        if path.is_file():
            content = path.read_bytes()
            path.unlink()
            sites.put(path, content)


def test_check_and_build_fill_the_same_ledger(
    site: Path, pages: dict[str, LexborHTMLParser]
) -> None:
    ledger = check(read_config(site / "mkdocs.yml"))
    entered: dict[str, list[tuple[str, ...]]] = {}
    for use in ledger.uses:
        name = use.page.path.removeprefix("docs/").removesuffix(".md")
        file = "index.html" if name == "index" else f"{name}/index.html"
        speaker = use.chain.head.id if use.proof else ""
        entered.setdefault(file, []).append((use.reference, use.note, str(use.number), speaker))
    for file, uses in entered.items():
        tree = pages[file]
        built = []
        for number in tree.css("sup[id^='fnref:']"):
            (link,) = number.css("a")
            quoted = tree.css(f"[id='{(number.id or '').removeprefix('fnref:')}']")
            speaker = (quoted[0].attributes["data-speaker"] or "") if quoted else ""
            built.append((number.id, (link.attributes["href"] or "")[1:], link.text(), speaker))

        assert sorted(built) == sorted(uses), file
    assert set(entered) == {f"{name}.html" for name in PAGES}


@pytest.mark.parametrize("name", ["sources/index.html", "method/index.html"])
def test_pages_made_and_written_say_whose_words_are_quoted(
    site: Path, pages: dict[str, LexborHTMLParser], name: str
) -> None:
    (table,) = pages[name].css('[aria-label="Words by speaker"] table')
    rows = [[cell.text() for cell in row.css("th, td")] for row in table.css("tbody tr")]
    words = words_by_speaker(check(read_config(site / "mkdocs.yml")).uses)

    assert rows == [[capital(name), str(count)] for name, count in words.items()]
    assert table.css("caption")
    bars = [bar.attributes["width"] for bar in table.css("td rect")]
    assert bars == [f"{count / max(words.values()):.1%}" for count in words.values()]


def test_what_the_editor_alone_cites_says_when_it_was_read(
    pages: dict[str, LexborHTMLParser],
) -> None:
    notes = pages["context/index.html"].css("article .footnote > ol > li")
    assert len(notes) == len(REFERENCES)
    for note in notes:
        assert "ccessed" in note.text(), note.text()
    listed = [node.id or "" for node in pages["sources/index.html"].css(".bibliography > li")]
    assert sorted(listed[: len(KEYS)]) == [f"source-{key}" for key in KEYS]
    assert sorted(listed[len(KEYS) :]) == [f"source-{key}" for key in REFERENCES]
