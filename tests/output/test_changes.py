"""The log of changes and the list of published addresses: what they hold a site to."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from mkdocs_verbatim.build.config import read_config
from mkdocs_verbatim.build.opening import open_site
from mkdocs_verbatim.output.changelog import FIELDS, Change, Log, plain
from mkdocs_verbatim.output.feed import feed_xml
from tests.support import sites

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "output" / "changes.yml").read_text("utf-8")
)
PAGE = "---\ntitle: A page\n---\n\nHe said “no talks” [@a].\n\n<!-- verbatim: changes -->\n"
COPY = "There can be no talks, not now. All actors should be involved."
RULES = {"paragraph-uncited": False, "speaker-unnamed": False}

ATOM = "{http://www.w3.org/2005/Atom}"

Case = Mapping[str, Any]


def _site(folder: Path, page: str = PAGE) -> Path:
    return sites.SmallSite(
        pages={"page.md": page}, copies={"a": COPY}, settings={"rules": RULES}
    ).write(folder / "site")


def _with_log(case: Case, folder: Path) -> Path:
    site = _site(folder, case.get("page", PAGE))
    content = bytes.fromhex(case["bytes"]) if "bytes" in case else case["log"]
    sites.put(site / "docs" / "data" / "changes.yml", content)
    return site


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_says_what_is_wrong_with_a_log(case: Case, tmp_path: Path) -> None:
    found = sites.problems(_with_log(case, tmp_path))

    patterns = case.get("like") or [re.escape(line) for line in case.get("problems", [])]
    assert len(found) == len(patterns), found
    for line, pattern in zip(found, patterns, strict=True):
        assert re.fullmatch(pattern, line), line


@pytest.mark.parametrize(
    "case",
    [pytest.param(c, id=name) for name, c in CASES.items() if not c.keys() & {"problems", "like"}],
)
def test_shows_a_log_that_is_right(case: Case, tmp_path: Path) -> None:
    config = read_config(_with_log(case, tmp_path) / "mkdocs.yml")
    made = open_site(config.file, config.docs, config.settings)
    html = sites.page_of(made, config, "page.md") + made.notes("docs/page.md")

    for part in case.get("html", ()):
        assert part in html
    ids = re.findall(r'class="change" id="([^"]*)"', html)
    assert ids == case.get("order", ids)


def test_without_a_log_the_page_says_so(tmp_path: Path) -> None:
    site = _site(tmp_path)

    assert sites.problems(site) == []
    assert "This site keeps no log of changes." in sites.rendered(site, "page.md")


def test_a_feed_has_what_is_seen_and_no_numbers() -> None:
    html = (
        '<p>It has “a<sup id="x"><a href="#y">1</a></sup>” &amp; '
        '<ins><span class="for-screen-readers">editor: <b>so</b></span>[sic]</ins> b</p>'
    )

    assert plain(html) == "It has “a” & [sic] b"


def test_a_feed_changed_last_on_the_day_of_its_latest_change() -> None:
    change = Change(
        id="a",
        date="2026-11-20",
        kind="change",
        page="page.md",
        title="A page",
        texts=dict.fromkeys(FIELDS, "So."),
        line=1,
    )
    begun = Log(path="changes.yml", text="", begun="2026-11-21", changes=(), url="page/")
    log = replace(begun, changes=(change,), shown={"a": change.texts})

    assert _updated(begun) == "2026-11-21T00:00:00Z"
    # A log may be begun with a change of before.
    assert _updated(log) == "2026-11-20T00:00:00Z"


def _updated(log: Log) -> str | None:
    return etree.fromstring(feed_xml(log, "", "T", "T", "en")).findtext(f"{ATOM}updated")


# Published addresses

ID = "page.md#q-a-no-talks-4ecb17d633"


def _publish(site: Path) -> str:
    done = sites.run("verbatim", "publish", cwd=site)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_site_that_was_never_published_may_change_freely(tmp_path: Path) -> None:
    site = _site(tmp_path)
    sites.put(site / "docs" / "page.md", "He said “not now” [@a].\n")

    assert sites.problems(site) == []


def test_addresses_are_listed_once_and_none_is_taken_out(tmp_path: Path) -> None:
    site = _site(tmp_path)
    listed = site / "docs" / "data" / "published.txt"

    assert _publish(site) == "docs/data/published.txt: 1 quotation, 1 new\n"
    sites.put(site / "docs" / "other.md", "He said “not now” [@a].\n")
    assert _publish(site) == "docs/data/published.txt: 2 quotations, 1 new\n"
    assert _publish(site) == "docs/data/published.txt: 2 quotations, 0 new\n"
    head, *lines = listed.read_text("utf-8").splitlines()
    assert head.startswith("# Written by `verbatim publish`")
    assert lines == ["other.md#q-a-not-now-9564398481", ID]


def test_a_published_quotation_is_missed(tmp_path: Path) -> None:
    site = _site(tmp_path)
    _publish(site)
    sites.put(site / "docs" / "page.md", PAGE.replace("no talks", "no talks, not now"))

    (line,) = sites.problems(site)
    assert line == (
        f"docs/data/published.txt:2:1: error: published quotation '{ID}' is gone (most like it is "
        "'page.md#q-a-no-talks-not-now-7dcb12f5c9'); restore it, or list it in "
        "docs/data/retired.yml with the day and the reason [quotation-gone]"
    )
    done = sites.verbatim("publish", cwd=site)
    assert (done.returncode, done.stdout) == (1, "")
    assert "[quotation-gone]" in done.stderr


RETIRED = f'- {{id: "{ID}", date: 2026-12-03, why: It is told in our words.}}\n'


def test_a_retired_quotation_is_not_missed(tmp_path: Path) -> None:
    site = _site(tmp_path)
    _publish(site)
    sites.put(site / "docs" / "page.md", PAGE.replace("no talks", "not now"))
    sites.put(site / "docs" / "data" / "retired.yml", RETIRED)

    assert sites.problems(site) == []
    assert _publish(site) == "docs/data/published.txt: 2 quotations, 1 new\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(RETIRED, f"1:1: error: '{ID}' is retired, but still on its page", id="there"),
        pytest.param(
            RETIRED.replace("page.md", "no.md"),
            "1:1: error: 'no.md#q-a-no-talks-4ecb17d633' was never published",
            id="never",
        ),
        pytest.param(
            RETIRED.replace(", why: It is told in our words.", ""),
            "1:3: error: missing 'why' in a retired quotation",
            id="no reason",
        ),
        pytest.param("id: x\n", "1:1: error: must be a list of retired quotations", id="no list"),
        pytest.param("- [\n", "2:1: error: not YAML", id="no YAML"),
    ],
)
def test_the_list_of_retired_quotations_is_checked(text: str, line: str, tmp_path: Path) -> None:
    site = _site(tmp_path)
    _publish(site)
    sites.put(site / "docs" / "data" / "retired.yml", text)
    found = [p for p in sites.problems(site) if p.startswith("docs/data/retired.yml")]

    assert [p for p in found if p.startswith(f"docs/data/retired.yml:{line}")]
    assert all(p.endswith("[quotation-gone]") for p in found)


def test_nothing_is_published_of_a_site_with_errors(tmp_path: Path) -> None:
    site = _site(tmp_path, "He said “no walks” [@a].\n")
    done = sites.verbatim("publish", cwd=site)

    assert (done.returncode, done.stdout) == (1, "")
    assert "[quote-not-found]" in done.stderr
    assert not (site / "docs" / "data").exists()


def test_the_examples_in_the_manual_are_right(tmp_path: Path) -> None:
    manual = (sites.ROOT / "manual/docs/hosting.md").read_text("utf-8")
    (log,) = re.findall(r"```yaml\n(begun: .*?)```", manual, re.DOTALL)
    (retired,) = re.findall(r"```yaml\n(- id: .*?)```", manual, re.DOTALL)
    site = sites.real_site(tmp_path / "site")
    _publish(site)
    page = site / "docs" / "remark.md"
    words = "“No, they are not going to be round the table, no” [@rt-2016, para. 18]"
    sites.put(
        page, page.read_text("utf-8").replace(words, "that they are not [@rt-2016, para. 18]")
    )
    sites.put(site / "docs" / "data" / "changes.yml", log)
    (line,) = sites.problems(site)
    assert line.endswith("[quotation-gone]")
    sites.put(site / "docs" / "data" / "retired.yml", retired)

    assert sites.problems(site) == []
