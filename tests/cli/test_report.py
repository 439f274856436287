"""Reports: what is used of each source, by whom the words are, and what each page rests on."""

from __future__ import annotations

from pathlib import Path

import pytest

from mkdocs_verbatim.build.config import read_config
from mkdocs_verbatim.build.reading import check
from mkdocs_verbatim.cli.report_data import PageReport, SiteReport, make_report
from mkdocs_verbatim.cli.report_text import report_lines
from mkdocs_verbatim.cli.terminal import plain
from tests.cli.test_formats import validated
from tests.support import sites

COPY = """\
Menu

“We will talk and talk again,” Ann said.

They wait for a word of hers.

Nobody knows when she will come.

It rains.
And it pours.
"""
RECORD = {
    "furniture": [{"lines": "1", "what": "menu"}],
    "speech": [
        {"speaker": "ann", "mode": "verbatim", "paragraph": 2, "from": "We", "to": "talk again,"}
    ],
    "limits": {"quoted_share": 0.9},
}
PEOPLE: list[dict[str, object]] = [{"id": "ann", "name": "Ann"}]


def reported(pages: dict[str, str], folder: Path, **records: dict[str, object]) -> SiteReport:
    site = sites.SmallSite(
        pages={**pages},
        copies={"a": COPY},
        records={"a": RECORD, **records},
        people=PEOPLE,
    ).write(folder / "site")
    return make_report(check(read_config(site / "mkdocs.yml")), [f"docs/{name}" for name in pages])


@pytest.mark.parametrize(
    ("page", "quoted", "told", "unused"),
    [
        pytest.param("“We will talk” [@a]", (2,), (), (3, 4, 5), id="quoted"),
        pytest.param("They wait [@a, para. 3].", (), (3,), (2, 4, 5), id="told"),
        pytest.param("They wait [@a, paras. 2–4].", (), (2, 3, 4), (5,), id="a range"),
        pytest.param("It pours [@a, line 10].", (), (5,), (2, 3, 4), id="told by its second line"),
        pytest.param("A menu [@a, para. 1].", (), (), (2, 3, 4, 5), id="furniture is not told"),
        pytest.param(
            "“We will talk” [@a], and again [@a, para. 2].", (2,), (), (3, 4, 5), id="both"
        ),
        pytest.param("All of it [@a].", (), (), (2, 3, 4, 5), id="cited as a whole"),
        pytest.param(
            "“We […] talk again” [@a] and “It rains. […] pours” [@a].",
            (2, 5),
            (),
            (3, 4),
            id="words left out",
        ),
    ],
)
def test_each_paragraph_is_in_one_list(
    page: str,
    quoted: tuple[int, ...],
    told: tuple[int, ...],
    unused: tuple[int, ...],
    tmp_path: Path,
) -> None:
    (source,) = reported({"index.md": page}, tmp_path).sources

    assert (source.quoted, source.told, source.unused) == (quoted, told, unused)
    assert source.furniture == (1,)


def test_words_are_counted_once_by_who_says_them(tmp_path: Path) -> None:
    page = "“We will talk and” [@a], “talk and talk” [@a].\n\n“It rains. And” [@a, para. 5].\n"
    report = reported({"index.md": page}, tmp_path)

    # We will talk and talk; It rains. And
    assert report.words == {"Ann": 5, "Author A": 3}
    assert list(report.words) == ["Ann", "Author A"]
    assert report.sources[0].shares.quoted == 8
    assert report.sources[0].limits.quoted_share == 0.9


def test_pages_are_listed_with_what_they_rest_on(tmp_path: Path) -> None:
    pages = {
        "index.md": "“It rains” [@a], it pours [@a, para. 5].\n\nNothing is said of this here.\n",
        "other.md": "# Nothing\n",
    }
    report = reported(pages, tmp_path)

    assert report.pages == (
        PageReport(path="docs/index.md", quotations=1, citations=1, uncited=(3,)),
        PageReport(path="docs/other.md", quotations=0, citations=0, uncited=()),
    )


def test_accepted_warnings_come_with_their_reason(tmp_path: Path) -> None:
    page = (
        "“It rains” [@a].\n\nNothing is said of this here.\n\n"
        "<!-- verbatim: accept paragraph-uncited: the editor's own -->\n"
    )
    report = reported({"index.md": page}, tmp_path)
    (warning,) = report.accepted

    assert (warning.path, warning.line, warning.rule) == ("docs/index.md", 3, "paragraph-uncited")
    assert warning.reason == "the editor's own"
    assert report.pages[0].uncited == ()
    assert any("the editor's own" in line for line in report_lines(report, plain))


def test_records_without_a_copy_are_counted(tmp_path: Path) -> None:
    reference: dict[str, object] = {"kind": "reference", "accessed": "2026-01-02"}
    page = "“It rains” [@a].\n\nIt did then [@b].\n{.editor}\n"
    report = reported({"index.md": page}, tmp_path, b=reference)

    assert report.references == {"b": 1}
    assert "b: no copy, 1 citation" in list(report_lines(report, plain))


def test_a_site_that_uses_nothing_is_reported_too(tmp_path: Path) -> None:
    report = reported({"index.md": "# Nothing\n"}, tmp_path)

    assert report.words == {}
    assert list(report_lines(report, plain))[:7] == [
        "Sources",
        "a: 0.0% (limit 90%) quoted, 0.0% published, of 26 words",
        "  never used: paras. 2–5",
        "  furniture: para. 1",
        "",
        "Pages",
        "docs/index.md: 0 quotations, 0 citations",
    ]


# The command


def test_the_command_reports_the_real_site(tmp_path: Path) -> None:
    site = sites.real_site(tmp_path / "site")
    before = sites.tree(site)
    done = sites.run("verbatim", "report", cwd=site)
    document = validated(sites.verbatim("report", "--format", "json", cwd=site).stdout, "report")

    assert (done.returncode, done.stderr) == (0, "")
    for heading in ("Sources", "Words by speaker", "Pages"):
        assert heading in done.stdout.splitlines()
    assert [source["key"] for source in document["sources"]] == [
        "cantey-2018",
        "opinion-2016",
        "rt-2016",
    ]
    for source in document["sources"]:
        lists = [number for numbers in source["paragraphs"].values() for number in numbers]
        assert sorted(lists) == list(range(1, len(lists) + 1))
        assert source["quoted"]["words"] <= source["published"]["words"] <= source["words"]
    assert {page["path"] for page in document["pages"]} >= {"docs/index.md", "docs/remark.md"}
    assert "Owen Smith" in {speaker["name"] for speaker in document["speakers"]}
    assert sites.tree(site) == before


def test_a_report_of_a_site_with_problems_is_one_too(tmp_path: Path) -> None:
    site = sites.SmallSite(pages={"index.md": "“No” [@b].\n"}, copies={"a": "Yes."})
    site.write(tmp_path / "site")
    done = sites.verbatim("report", cwd=tmp_path / "site")

    assert done.returncode == 0
    assert "docs/index.md: 0 quotations, 0 citations" in done.stdout


def test_a_configuration_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    sites.put(tmp_path / "mkdocs.yml", "a: [\n")
    done = sites.verbatim("report", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith("[settings-invalid]\n")
