"""Maps and timelines: strict data, and a picture and a list that say the same."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from mkdocs_verbatim.verify.site import verify
from tests.support import sites

CASES = Path(__file__).parents[1] / "cases"
GROUND = yaml.safe_load((CASES / "markdown" / "pages.yml").read_text("utf-8"))
PAGE = "Author GROUND writes “Solid ground” [@ground].\n\n<!-- verbatim: {0} data/{0}.yml -->\n"
SVG = "{http://www.w3.org/2000/svg}"
Case = dict[str, Any]


def _cases(name: str) -> list[Any]:
    cases = yaml.safe_load((CASES / "diagrams" / f"data-{name}.yml").read_text("utf-8"))
    ground = cases.pop("ground")["data"]
    found = [pytest.param(name, _changed(ground, {}), {}, id=f"{name}: the ground")]
    for title, case in cases.items():
        data = _changed(ground, case["change"])
        found.append(pytest.param(name, data, case, id=f"{name}: {title}"))
    return found


def _changed(data: str, change: Mapping[str, str]) -> str:
    for old, new in change.items():
        assert data.count(old) >= 1, old
        data = data.replace(old, new)
    return data


ALL = [*_cases("map"), *_cases("timeline")]
RIGHT = [case for case in ALL if not case.values[2].get("problems")]


def small(folder: Path, name: str, data: str | bytes, page: str | None = None) -> Path:
    """Return a site in *folder* whose page shows the map or timeline with *data*."""
    return sites.SmallSite(
        pages={"page.md": page or PAGE.format(name), f"data/{name}.yml": data},
        copies=GROUND["copies"],
        records=GROUND["records"],
        people=GROUND["people"],
    ).write(folder / "site")


def pictures(html: str) -> list[etree.Element]:
    """Return the pictures in *html*, each read as XML."""
    found = re.findall(r'<svg [^>]*class="(?:map|timeline)-picture".*?</svg>', html, re.DOTALL)
    return [etree.fromstring(svg) for svg in found]


@pytest.mark.parametrize(("name", "data", "case"), ALL)
def test_says_what_is_wrong_with_data(name: str, data: str, case: Case, tmp_path: Path) -> None:
    found = sites.problems(small(tmp_path, name, data))
    wanted = case.get("problems", [])

    if case.get("like"):
        assert len(found) == len(wanted), found
        for line, pattern in zip(found, wanted, strict=True):
            assert re.fullmatch(pattern, line), line
    else:
        assert found == wanted


@pytest.mark.parametrize(("name", "data", "case"), RIGHT)
def test_proves_what_data_quote(name: str, data: str, case: Case, tmp_path: Path) -> None:
    del case
    site = small(tmp_path, name, data)
    html = sites.rendered(site, "page.md")
    sites.put(tmp_path / "built" / "page" / "index.html", f"<!doctype html>\n{html}")

    assert verify(tmp_path / "built", site / "sources").problems == []
    assert sites.Outline(html).faults == []
    assert len(pictures(html)) == 1


@pytest.mark.parametrize(("name", "data", "case"), [c for c in ALL if c not in RIGHT])
def test_what_is_wrong_is_shown_at_its_place(
    name: str, data: str, case: Case, tmp_path: Path
) -> None:
    html = sites.rendered(small(tmp_path, name, data), "page.md")
    rules = {re.findall(r"\[?([a-z-]+)\\?\]$", line)[0] for line in case["problems"]}
    warned = {"paragraph-uncited", "words-unmarked", "elision-qualifier"}
    shown = [node.text() for node in LexborHTMLParser(html).css(".verbatim-problem")]

    for rule in rules - warned:
        assert [text for text in shown if f"[{rule}]" in text], (rule, shown)


def test_a_changed_word_of_a_quotation_in_the_picture_is_found(tmp_path: Path) -> None:
    (case,) = [case for case in RIGHT if case.id == "map: a label that quotes"]
    site = small(tmp_path, "map", case.values[1])
    html = sites.rendered(site, "page.md")
    word = re.search(r'(<tspan class="receipt"[^>]*>)wait</tspan>', html)
    assert word is not None
    changed = html.replace(word[0], f"{word[1]}wail</tspan>")
    sites.put(tmp_path / "built" / "page" / "index.html", f"<!doctype html>\n{changed}")

    rules = [problem.rule for problem in verify(tmp_path / "built", site / "sources").problems]
    assert "proof-text" in rules


@pytest.mark.parametrize(
    ("argument", "files", "message"),
    [
        ("data/mpa.yml", {}, "there is no such file; did you mean 'data/map.yml'?"),
        ("data/other.txt", {}, "name a file below the folder of pages, such as data/map.yml"),
        ("../sources/a.yml", {}, "name a file below the folder of pages, such as data/map.yml"),
        ("/etc/hostname.yml", {}, "name a file below the folder of pages, such as data/map.yml"),
        ("", {}, "name a file below the folder of pages, such as data/map.yml"),
        ("data/l.yml", {"data/l.yml": b"\xff"}, "not UTF-8: byte 0xff at offset 0; save .*"),
        ("data/folder.yml", {"data/folder.yml/x": b""}, "not a file; put the text itself there"),
    ],
)
def test_says_why_there_is_no_data(
    argument: str, files: Mapping[str, bytes], message: str, tmp_path: Path
) -> None:
    site = small(
        tmp_path,
        "map",
        "",
        f"Author GROUND: “Solid ground” [@ground].\n\n<!-- verbatim: map {argument} -->\n",
    )
    for name, content in files.items():
        sites.put(site / "docs" / name, content)

    (line,) = sites.problems(site)
    place = "3:20" if argument else "3:1"
    whole = rf"docs/page\.md:{place}: error: no data from 'docs/{re.escape(argument)}': "
    assert re.fullmatch(rf"{whole}(?:{re.escape(message)}|{message}) \[data-unreadable\]", line), (
        line
    )


@pytest.mark.parametrize(("name", "key"), [("map", "b"), ("timeline", "r")])
def test_of_a_broken_record_its_own_problem_alone_tells(
    name: str, key: str, tmp_path: Path
) -> None:
    (data,) = [case.values[1] for case in ALL if case.id == f"{name}: the ground"]
    site = small(tmp_path, name, data)
    sites.put(site / "sources" / f"{key}.yml", "reference: [\n")

    (line,) = sites.problems(site)
    assert line.startswith(f"sources/{key}.yml:")


def test_a_link_out_of_the_pages_is_not_followed(tmp_path: Path) -> None:
    site = small(tmp_path, "map", "")
    (site / "docs" / "data" / "map.yml").unlink()
    (site / "docs" / "data" / "map.yml").symlink_to("/etc/hostname")

    link, line = sites.problems(site)
    assert link.startswith("docs/data/map.yml:1:1: error: links out of docs/, to '/etc/hostname'; ")
    assert line.endswith("links out of docs/; put the file itself there [data-unreadable]")


def test_one_file_is_drawn_once_on_a_page_and_on_several_pages(tmp_path: Path) -> None:
    (data,) = [case.values[1] for case in ALL if case.id == "map: the ground"]
    site = small(tmp_path, "map", data, PAGE.format("map") * 2)
    sites.put(site / "docs" / "other.md", PAGE.format("map"))

    (line,) = sites.problems(site)
    assert line == (
        "docs/page.md:6:20: error: 'data/map.yml', or another file of that name, is drawn on this "
        "page already [data-misfit]"
    )


def test_a_warning_in_the_data_is_accepted_behind_the_directive(tmp_path: Path) -> None:
    (data,) = [case.values[1] for case in ALL if case.id == "map: a label that copies a source"]
    accept = "\n<!-- verbatim: accept words-unmarked: a title -->\n"

    assert sites.problems(small(tmp_path, "map", data, PAGE.format("map") + accept)) == []


def test_what_data_cite_counts_on_the_page_that_shows_them(tmp_path: Path) -> None:
    (data,) = [case.values[1] for case in ALL if case.id == "map: a label that quotes"]
    html = sites.rendered(small(tmp_path, "map", data), "page.md")
    tree = LexborHTMLParser(html)

    assert [node.id for node in tree.css(".footnote > ol > li")] == [
        "fn:q-ground-solid-ground-7b19149034",
        "fn:c-a--p1-1",
        *[node.id for node in tree.css(".footnote > ol > li") if "q-a-" in (node.id or "")],
        "fn:c-b--p2-2",
    ]
    (quotation,) = tree.css("#map-low .quotation")
    assert quotation.text() == "We may wait"


def test_a_citation_in_a_label_is_a_number_and_other_brackets_are_text(tmp_path: Path) -> None:
    shown = []
    for title in ("a bracket that is no citation", "a citation inside a label"):
        (data,) = [case.values[1] for case in ALL if case.id == f"map: {title}"]
        html = sites.rendered(small(tmp_path / title, "map", data), "page.md")
        (picture,) = pictures(html)
        shown.append(_labels(picture, "map-node")["map-low"])

    assert shown == ["Author A Some [as they say] may wait", "Author A Some may wait, others go"]


def _labels(picture: etree.Element, name: str) -> dict[str, str]:
    """Return what each box of a picture says, by the id it leads to."""
    return {
        box.attrib["href"].removeprefix("#"): " ".join("".join(box.itertext()).split())
        for box in picture.iter(f"{SVG}a")
        if name in box.attrib["class"].split()
    }


@pytest.mark.parametrize("page", ["argument-map", "timeline"])
def test_picture_and_list_say_the_same(page: str, built_site: Path) -> None:
    html = (built_site / page / "index.html").read_text("utf-8")
    (picture,) = pictures(html)
    name = "map-node" if page == "argument-map" else "timeline-event"
    entries = {}
    for node in LexborHTMLParser(html).css(".map-entry, .timeline-entry"):
        (block,) = node.css(".entry-label")
        for number in block.css("sup"):
            number.decompose()
        entries[node.id] = " ".join(block.text().replace(":", "", 1).split())

    boxes = _labels(picture, name)
    assert len(boxes) > 20
    assert {id_: words.replace(":", "") for id_, words in boxes.items()} == {
        id_: words.replace(":", "") for id_, words in entries.items()
    }


def test_every_edge_is_drawn_once_and_told_at_both_ends(built_site: Path) -> None:
    html = (built_site / "argument-map" / "index.html").read_text("utf-8")
    data = yaml.safe_load((sites.ROOT / "docs/data/argument-map.yml").read_text("utf-8"))
    wanted = sorted((e["from"], e["to"], e["type"], e["drawn_by"]) for e in data["edges"])
    (picture,) = pictures(html)

    drawn = []
    for wire in picture.iter(f"{SVG}g"):
        classes = wire.attrib.get("class", "").split()
        if "map-wire" in classes:
            kind, by = classes[2].removeprefix("map-"), classes[3].removeprefix("map-by-")
            lines = [line for line in wire if "data-from" in line.attrib]
            drawn += [(p.attrib["data-from"], p.attrib["data-to"], kind, by) for p in lines]
    told: dict[str, list[tuple[str, ...]]] = {"out": [], "in": []}
    for entry in LexborHTMLParser(html).css(".map-entry"):
        own = (entry.id or "").removeprefix("argument-map-")
        for node in entry.css(".map-relation"):
            names, start, end = (
                node.attributes[name] or "" for name in ("class", "data-from", "data-to")
            )
            kind, by = (name.removeprefix("map-") for name in names.split()[2:4])
            told["out" if start == own else "in"].append((start, end, kind, by.removeprefix("by-")))
            other = end if start == own else start
            assert node.css(f'a[href="#argument-map-{other}"]')

    assert sorted(drawn) == wanted
    assert sorted(told["out"]) == sorted(told["in"]) == wanted


def test_who_drew_an_edge_is_said(tmp_path: Path) -> None:
    (data,) = [case.values[1] for case in ALL if "that one of them draws, where" in str(case.id)]
    tree = LexborHTMLParser(sites.rendered(small(tmp_path, "map", data), "page.md"))
    (edge,) = tree.css("#map-far .map-relation")
    assert " ".join(edge.text().split()).startswith(
        "attacks: Author A, All ought to take part (drawn by the text itself) Names it"
    )

    (data,) = [case.values[1] for case in ALL if case.id == "map: the ground"]
    tree = LexborHTMLParser(sites.rendered(small(tmp_path / "2", "map", data), "page.md"))
    texts = [" ".join(node.text().split()) for node in tree.css("#map-top .map-relation")]
    assert texts == [
        "is supported by: Author A, Some may wait",
        "is attacked by: Author B, Pay matters (set side by side by us)",
    ]


def test_computed_dates_are_said_to_be(built_site: Path) -> None:
    tree = LexborHTMLParser((built_site / "timeline" / "index.html").read_text("utf-8"))
    data = yaml.safe_load((sites.ROOT / "docs/data/timeline.yml").read_text("utf-8"))
    computed = {f"timeline-{event['id']}" for event in data["events"] if event.get("computed")}
    said = {n.id for n in tree.css(".timeline-entry") if "(computed):" in n.text()}

    assert computed
    assert said == computed


def test_the_editors_lane_carries_its_label(built_site: Path) -> None:
    tree = LexborHTMLParser((built_site / "timeline" / "index.html").read_text("utf-8"))
    (part,) = tree.css(".timeline-part-editor")

    assert "editor" in (part.attributes["class"] or "").split()
    label = "Added by the editors; not in the sources."
    assert part.css(".timeline-label")[0].text() == label
    assert label in " ".join(tree.css("svg.timeline-picture")[0].text().split())


def test_data_are_not_published(built_site: Path) -> None:
    assert list(built_site.rglob("*.yml")) == []
