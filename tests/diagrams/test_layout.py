"""Drawings: text in its box, boxes apart, lines past boxes and beside each other, on any map."""

from __future__ import annotations

import random
import re
import xml.etree.ElementTree as etree
from itertools import combinations, pairwise
from pathlib import Path

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from mkdocs_verbatim.diagrams.argument_map import KINDS, ArgumentMap, Column, Edge, MapNode
from mkdocs_verbatim.diagrams.dates import parse_moment
from mkdocs_verbatim.diagrams.line_breaking import Run, plain_words, width, wrapped
from mkdocs_verbatim.diagrams.placement import Grid, arrange
from mkdocs_verbatim.diagrams.routing import WIDTH, Plan, plan
from mkdocs_verbatim.diagrams.statements import Statement
from tests.diagrams.test_maps import SVG, pictures, small
from tests.support import sites
from tests.support.measures import seeds

HOSTILE = [
    "<script>alert(1)</script>",
    "</text></svg><img src=x onerror=alert(1)>",
    "a {onclick=alert(1)} {: #id .class style='color:red' }",
    "[link](javascript:alert(1)) ![x](y) `code` **bold** <https://example.org>",
    "]]> <![CDATA[ <!-- --> &amp; &lt;b&gt; &quot; '",
    "Donaudampfschifffahrtsgesellschaftskapitaensmuetzenabzeichenbehaelter" * 4,
    "שלום עולם ומלואו, אמר האיש",
    "ﷺ ﷽ ⸻⸻⸻ 語" + "漢字" * 60,
    "e" + "\u0301" * 300,
    "👩‍👩‍👧‍👦" * 30,
    "W" * 200,
    "x" + "\u00a0y" * 80,
]


def _map(seed: int) -> ArgumentMap:
    """Return some map: one to four columns, with some theses, and edges of every kind."""
    chance = random.Random(seed)
    columns = {f"c{n}": Column(f"c{n}", f"Text {n}", "a") for n in range(chance.randint(1, 4))}
    made = ArgumentMap(columns=columns)
    part = ((1, 1), (1, 1))
    for n in range(chance.choice([1, 2, 5, 20, 45, 70])):
        column = chance.choice([*columns])
        thesis = (
            all(node.column != column for node in made.nodes.values()) and chance.random() < 0.8
        )
        statement = Statement(id=f"n{n}", lead="", label="", citation="", part=part)
        made.nodes[f"n{n}"] = MapNode(statement=statement, column=column, thesis=thesis)
    for _ in range(chance.choice([0, 3, 30, 100])):
        start, end = chance.choice([*made.nodes]), chance.choice([*made.nodes])
        kind, by_editor = chance.choice(KINDS), chance.random() < 0.3
        if start != end and all((e.start, e.end, e.kind) != (start, end, kind) for e in made.edges):
            made.edges.append(Edge(start=start, end=end, kind=kind, by_editor=by_editor))
    return made


def _drawn(seed: int) -> tuple[ArgumentMap, Grid, Plan]:
    map_ = _map(seed)
    chance = random.Random(seed)
    heights = {id_: chance.choice([28.0, 43.0, 58.0, 103.0]) for id_ in map_.nodes}
    grid = arrange(map_)
    return map_, grid, plan(grid, map_.edges, heights, 30)


def _segments(drawn: Plan) -> list[tuple[int, float, float, float, float]]:
    """Return every straight piece: the number of its wire, then left, top, right and bottom."""
    return [
        (number, min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
        for number, wire in enumerate(drawn.wires)
        for line in wire.lines
        for a, b in pairwise(line.points)
    ]


SEEDS = seeds(60)

measured = pytest.mark.measure


@measured
@pytest.mark.parametrize("seed", SEEDS)
def test_every_node_has_a_box_of_its_own_inside_the_picture(seed: int) -> None:
    map_, _, drawn = _drawn(seed)
    boxes = [drawn.boxes[id_] for id_ in map_.nodes]

    assert len(boxes) == len(map_.nodes) == len(drawn.boxes)
    for box in boxes:
        assert box.left >= 0
        assert box.left + WIDTH <= drawn.width
        assert box.top >= 30
        assert box.top + box.height <= drawn.height
    for one, other in combinations(boxes, 2):
        beside = abs(one.left - other.left) >= WIDTH
        below = one.top + one.height < other.top or other.top + other.height < one.top
        assert beside or below


@measured
@pytest.mark.parametrize("seed", SEEDS)
def test_no_line_runs_through_a_box(seed: int) -> None:
    _, _, drawn = _drawn(seed)

    for _, left, top, right, bottom in _segments(drawn):
        assert left == right or top == bottom, "lines are upright or level"
        for box in drawn.boxes.values():
            inside_x = right > box.left and left < box.left + WIDTH
            inside_y = bottom > box.top and top < box.top + box.height
            assert not (inside_x and inside_y)


@measured
@pytest.mark.parametrize("seed", SEEDS)
def test_lines_of_different_wires_never_run_on_each_other(seed: int) -> None:
    _, _, drawn = _drawn(seed)

    for one, other in combinations(_segments(drawn), 2):
        if one[0] == other[0]:
            continue
        across = min(one[3], other[3]) - max(one[1], other[1])
        along = min(one[4], other[4]) - max(one[2], other[2])
        upright = one[1] == one[3] == other[1] == other[3]
        level = one[2] == one[4] == other[2] == other[4]
        assert not (upright and along > 0), (one, other)
        assert not (level and across > 0), (one, other)


@measured
@pytest.mark.parametrize("seed", SEEDS)
def test_every_edge_has_a_line_from_its_box_to_the_other(seed: int) -> None:
    map_, _, drawn = _drawn(seed)

    def touches(id_: str, point: tuple[float, float]) -> bool:
        box = drawn.boxes[id_]
        sides = (box.left, box.left + WIDTH)
        return point[0] in sides and box.top < point[1] < box.top + box.height

    found = [edge for wire in drawn.wires for edge in wire.edges]
    assert sorted(map(str, found)) == sorted(map(str, map_.edges))
    for wire in drawn.wires:
        assert len({(edge.kind, edge.by_editor) for edge in wire.edges}) == 1
        ends = [point for line in wire.lines for point in (line.points[0], line.points[-1])]
        heads = [line.points[-1] for line in wire.lines if line.head]
        for edge in wire.edges:
            assert any(touches(edge.start, point) for point in ends)
            assert any(touches(edge.end, point) for point in heads)
        assert len(heads) == len({edge.end for edge in wire.edges})


@measured
def test_theses_stand_on_top() -> None:
    for seed in SEEDS:
        map_, grid, _ = _drawn(seed)
        for id_, (_, row) in grid.places().items():
            assert row == 0 or not map_.nodes[id_].thesis


@measured
def test_the_order_makes_edges_shorter_and_is_always_the_same() -> None:
    """Where the file's order were kept, edges would go further."""
    now = before = 0
    for seed in SEEDS:
        map_ = _map(seed)
        row = {id_: at for id_, (_, at) in arrange(map_).places().items()}
        kept: dict[str, int] = {}
        for column in map_.columns:
            own = [node.id for node in map_.nodes.values() if node.column == column]
            kept |= {id_: at % 20 for at, id_ in enumerate(own)}
        now += sum(abs(row[edge.start] - row[edge.end]) for edge in map_.edges)
        before += sum(abs(kept[edge.start] - kept[edge.end]) for edge in map_.edges)
        assert arrange(_map(seed)) == arrange(map_)

    assert now < 0.8 * before


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("most", [3.0, 11.0, 40.0])
def test_lines_fit_and_lose_nothing(text: str, most: float) -> None:
    lines = wrapped(plain_words(text), most)

    in_words = [["".join(run.text for run in word) for word in line] for line in lines]
    assert "".join(map("".join, in_words)).replace(" ", "") == "".join(text.split())
    for words in in_words:
        whole = " ".join(words)
        assert width(whole) <= most + 1e-9 or len(whole) == 1


def test_a_quoted_word_that_is_too_long_is_cut_with_its_place() -> None:
    lines = wrapped([(Run("“"), Run("abcdefghij", ("a", (100, 110))), Run("”"))], 3)
    runs = [run for line in lines for word in line for run in word if run.proof]

    assert "".join(run.text for run in runs) == "abcdefghij"
    assert [run.proof[1] for run in runs if run.proof] == [
        (100 + start, 100 + end)
        for start, end in pairwise([0, *_ends([len(run.text) for run in runs])])
    ]


def _ends(lengths: list[int]) -> list[int]:
    return [sum(lengths[: n + 1]) for n in range(len(lengths))]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["map", "timeline"])
def test_hostile_labels_do_no_harm(name: str, text: str, tmp_path: Path) -> None:
    html = sites.rendered(small(tmp_path, name, _hostile(name, text)), "page.md")
    tree = LexborHTMLParser(html)
    (picture,) = pictures(html)

    assert sites.Outline(html).faults == []
    (board,) = tree.css(f".{name}")
    assert not board.css("script, img, iframe, style, code, b, [style], [onclick], [onerror]")
    assert not [a for a in tree.css("a") if "javascript" in (a.attributes["href"] or "")]
    shown = "".join("".join(picture.itertext()).split())
    assert "".join(text.split()) in shown
    assert "".join(text.split()) in "".join(tree.css("li")[0].text().split())
    _check_text(picture)


def _hostile(name: str, text: str) -> str:
    statement = {"id": "one", "label": text, "citation": "[@a, para. 1]"}
    if name == "map":
        columns = [{"id": "c", "title": text, "source": "a"}]
        nodes = [{**statement, "who": text, "column": "c"}]
        return yaml.safe_dump({"columns": columns, "nodes": nodes}, allow_unicode=True)
    lanes = [{"id": "l", "title": text, "dated": "undated"}]
    events = [{**statement, "date": text, "lane": "l"}]
    return yaml.safe_dump({"lanes": lanes, "events": events}, allow_unicode=True)


def _check_text(picture: etree.Element) -> None:
    """Check that every line of text in a box of *picture* ends inside the box."""
    lines = 0
    for box in picture.iter(f"{SVG}a"):
        frame = box.find(f"{SVG}rect")
        assert frame is not None
        left, top, wide, high = (float(frame.attrib[n]) for n in ("x", "y", "width", "height"))
        for text in box.iter(f"{SVG}text"):
            bold = "picture-lead" in text.attrib["class"]
            for span in text.findall(f"{SVG}tspan"):
                words = "".join(span.itertext()).rstrip(" ")
                em = 10.5 * 1.15 if bold else 12
                lines += 1
                assert float(span.attrib["x"]) >= left + 4
                assert float(span.attrib["x"]) + width(words) * em <= left + wide or len(words) == 1
                assert top + 8 < float(span.attrib["y"]) < top + high - 3
    assert lines


@pytest.mark.parametrize("page", ["argument-map", "timeline"])
def test_all_text_of_the_site_is_in_its_box(page: str, built_site: Path) -> None:
    (picture,) = pictures((built_site / page / "index.html").read_text("utf-8"))

    _check_text(picture)


def test_boxes_of_the_timeline_stand_apart_and_in_order_of_time(built_site: Path) -> None:
    (picture,) = pictures((built_site / "timeline" / "index.html").read_text("utf-8"))
    data = yaml.safe_load((sites.ROOT / "docs/data/timeline.yml").read_text("utf-8"))
    when = {f"#timeline-{e['id']}": parse_moment(str(e.get("when", ""))) for e in data["events"]}
    boxes: list[tuple[str, list[float]]] = []
    for link in picture.iter(f"{SVG}a"):
        frame = link.find(f"{SVG}rect")
        assert frame is not None
        place = [float(frame.attrib[name]) for name in ("x", "y", "width", "height")]
        boxes.append((link.attrib["href"], place))
    for (_, one), (_, other) in combinations(boxes, 2):
        beside = one[0] + one[2] < other[0] or other[0] + other[2] < one[0]
        assert beside or one[1] + one[3] < other[1] or other[1] + other[3] < one[1]
    dated = [(when[href], place[1]) for href, place in boxes if when[href]]
    assert len(dated) > 15
    for (first, one_top), (second, other_top) in combinations(dated, 2):
        assert first is not None
        assert second is not None
        if first.first < second.first:
            assert one_top < other_top


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2014", (2014, 1, 1), (2014, 12, 31)),
        ("2014-02", (2014, 2, 1), (2014, 2, 28)),
        ("2016-02", (2016, 2, 1), (2016, 2, 29)),
        ("2016-02-29", (2016, 2, 29), (2016, 2, 29)),
        ("2010-01/2016-05", (2010, 1, 1), (2016, 5, 31)),
        ("2014/2014-07", (2014, 1, 1), (2014, 7, 31)),
    ],
)
def test_a_moment_goes_from_its_first_day_to_its_last(
    text: str, first: tuple[int, ...], last: tuple[int, ...]
) -> None:
    moment = parse_moment(text)

    assert moment is not None
    assert (moment.first, moment.last) == (first, last)
    assert moment.is_period == ("/" in text)


@pytest.mark.parametrize(
    "text",
    (
        "|14|2014-1|2014-00|2014-02-30|0000|2014/|/2014|2014/2015/2016|2015/2014|"
        "2014-07-05T12:00| 2014|2014-7-5|２０１４|May 2014"
    ).split("|"),
)
def test_what_is_no_date_is_no_moment(text: str) -> None:
    assert parse_moment(text) is None


def test_only_quoted_words_and_plain_ones_stand_in_the_text_of_a_picture(built_site: Path) -> None:
    for page in ("argument-map", "timeline"):
        html = (built_site / page / "index.html").read_text("utf-8")
        (svg,) = re.findall(r'<svg [^>]*class="(?:map|timeline)-picture".*?</svg>', html, re.DOTALL)
        assert not re.search(r"\sstyle=|<style|<script|\son\w+=|url\(", svg)
