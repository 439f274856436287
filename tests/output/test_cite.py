"""Citations: what a record locks is what pandoc says, whatever the kind and the locator."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from mkdocs_verbatim.authoring.pandoc import STYLES, find_pandoc, formatted
from mkdocs_verbatim.authoring.reference_lock import with_lock
from mkdocs_verbatim.output.citation import listed, note
from mkdocs_verbatim.output.html import join
from mkdocs_verbatim.sources.citation_styles import CITATION_STYLES
from mkdocs_verbatim.sources.csl import DATES, NAME_PARTS, NAMES, TEXTS, TYPES
from mkdocs_verbatim.sources.record import Record, parse_record
from mkdocs_verbatim.sources.reference import check_lock, cited_item
from tests.support.sites import ROOT, SmallSite, run, verbatim

CASES = Path(__file__).parents[1] / "cases" / "output" / "references.yml"
REFERENCES: dict[str, dict[str, Any]] = yaml.load(CASES.read_text("utf-8"), yaml.BaseLoader)
FOLDER = ROOT / "hooks" / "mkdocs_verbatim" / "styles"
HASH = "0" * 64


def record_text(reference: dict[str, Any]) -> str:
    data = {"reference": reference, "attribution": "somebody", "copy": {"sha256": HASH}}
    return yaml.safe_dump(data, allow_unicode=True)


def parsed(text: str) -> Record:
    record, problems = parse_record(text, "a.yml")
    assert problems == []
    assert record is not None
    return record


def locked(reference: dict[str, Any]) -> Record:
    """Return the record with its citations formatted and locked."""
    text = record_text(reference)
    item = cited_item("a", parsed(text))
    return parsed(with_lock(text, {"of": "-", **formatted(find_pandoc(), item)}))


def pandoc_says(folder: Path, reference: dict[str, Any], style: str, page: str) -> str:
    """Return what pandoc prints for *page*, whose citations are of *reference*."""
    items = folder / "items.json"
    items.write_text(json.dumps([cited_item("a", parsed(record_text(reference)))]), "utf-8")
    command = [find_pandoc(), "-f", "markdown", "-t", "plain", "--wrap=none", "--citeproc"]
    command += ["--csl", str(STYLES / CITATION_STYLES[style].file), "--bibliography", str(items)]
    done = subprocess.run(command, input=page, capture_output=True, encoding="utf-8", check=True)
    return done.stdout


def shown(children: Sequence[Any]) -> str:
    text = re.sub(r"<[^>]+>", "", join(children))
    return text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")


LOCATORS: dict[str, tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]] = {
    "": ((), ()),
    ", para. 7": (((7, 7),), ()),
    ", paras. 9-11": (((9, 11),), ()),
    ", line 12": ((), ((12, 12),)),
    ", lines 3-4": ((), ((3, 4),)),
}


@pytest.mark.parametrize("kind", REFERENCES)
def test_citations_of_every_kind_are_pandocs_locators_included(kind: str, tmp_path: Path) -> None:
    reference = REFERENCES[kind]
    record = locked(reference)
    for style in ("apa", "mla"):
        page = "\n\n".join(f"[@a{locator}]" for locator in LOCATORS)
        lines = pandoc_says(tmp_path, reference, style, page).split("\n\n")
        for line, (paragraphs, where) in zip(lines, LOCATORS.values(), strict=False):
            assert shown(note(record, paragraphs, where, first=True, style=style)) == line.strip()
        # A style that leaves the kind out of its list has its citation there.
        entry = "".join(lines[len(LOCATORS) :]).strip() or lines[0].strip()
        assert shown(listed(record, style)) == entry
    for locator in ("", ", paras. 9-11"):
        printed = pandoc_says(tmp_path, reference, "chicago", f"See.[@a{locator}]")
        found = printed.partition("[1] ")[2].strip()
        paragraphs, where = LOCATORS[locator]

        assert shown(note(record, paragraphs, where, first=True)) == found


def test_a_source_named_before_is_cited_in_short(tmp_path: Path) -> None:
    reference = REFERENCES["journal article"]
    printed = pandoc_says(tmp_path, reference, "chicago", "One.[@a]\n\nTwo.[@a, para. 7]")

    found = printed.partition("[2] ")[2].strip()
    assert shown(note(locked(reference), ((7, 7),), (), first=False)) == found
    assert found.startswith("Poe, ")


def test_a_title_keeps_the_capitals_of_its_record() -> None:
    for kind in ("blog post", "book", "unsigned article"):
        for style in CITATION_STYLES:
            title = REFERENCES[kind]["title"]

            assert title in shown(listed(locked(REFERENCES[kind]), style)), (kind, style)


def test_a_text_without_title_or_certain_date_is_cited_as_such() -> None:
    text = yaml.safe_dump(
        {
            "reference": {"type": "webpage", "title": None},
            "description": "article on doors",
            "attribution": "the author",
            "basis": {"issued": {"value": "2016-08", "evidence": "a guess", "confidence": "low"}},
            "copy": {"sha256": HASH},
        }
    )
    record = parsed(text)
    cited = {"of": "-", **formatted(find_pandoc(), cited_item("a", record))}
    record = parsed(with_lock(text, cited))

    assert shown(listed(record)) == "Article on doors. [August 2016?]."
    assert shown(listed(record, "apa")) == "[Article on doors]. (ca. 2016, August)."


def test_several_ranges_are_in_the_plural() -> None:
    said = shown(note(locked(REFERENCES["book"]), ((3, 3), (9, 11)), (), first=False))

    assert said.endswith("paras. 3, 9–11.")


def test_a_changed_reference_is_stale_and_fails_the_build(tmp_path: Path) -> None:
    site = SmallSite(pages={"index.md": "He “went” [@a]."}, copies={"a": "He went."})
    folder = site.write(tmp_path / "site")
    path = folder / "sources" / "a.yml"
    before = path.read_text("utf-8")
    assert run("verbatim", "cite", cwd=folder).returncode == 0
    assert verbatim("check", cwd=folder).returncode == 0
    once = path.read_text("utf-8")
    assert once.startswith(before.rstrip())
    assert verbatim("cite", cwd=folder).stdout == "0 references formatted: none\n"
    assert path.read_text("utf-8") == once

    path.write_text(once.replace("Text A", "Text B", 1), "utf-8")
    done = verbatim("check", cwd=folder)
    assert done.returncode == 1
    assert "the reference has changed since its citations were formatted" in done.stderr
    assert verbatim("cite", "a", cwd=folder).returncode == 0
    assert verbatim("check", cwd=folder).returncode == 0
    assert sorted(p.name for p in (folder / "sources").iterdir()) == ["a.txt", "a.yml"]


def test_without_pandoc_the_command_says_what_to_install(tmp_path: Path) -> None:
    site = SmallSite(pages={"index.md": "He “went” [@a]."}, copies={"a": "He went."})
    folder = site.write(tmp_path / "site")
    before = (folder / "sources" / "a.yml").read_bytes()
    done = verbatim("cite", cwd=folder, PANDOC=str(tmp_path / "none"))

    assert done.returncode == 1
    assert done.stderr.startswith("error: cannot run ")
    assert "Traceback" not in done.stderr
    assert (folder / "sources" / "a.yml").read_bytes() == before


def test_every_record_of_this_site_is_locked() -> None:
    for path in sorted((ROOT / "sources").glob("*-*.yml")):
        record, problems = parse_record(path.read_text("utf-8"), path.name)

        assert problems == []
        assert record is not None
        assert check_lock(path.stem, record) is None


def test_what_a_reference_may_have_is_what_csl_has() -> None:
    schema = json.loads((Path(__file__).parents[1] / "data" / "csl-data.json").read_text("utf-8"))
    fields = schema["items"]["properties"]
    kinds = {name: value.get("items", value).get("$ref", "") for name, value in fields.items()}
    names = schema["definitions"]["name-variable"]["anyOf"][0]["properties"]
    # "container" is a date in the schema by mistake; the rest is set by programs alone.
    ours = {"id", "categories", "custom", "container", "citation-number", "citation-label"}
    ours |= {"first-reference-note-number", "locator", "year-suffix", "type", "PMID"} - {"PMID"}

    assert set(fields["type"]["enum"]) == TYPES
    assert {n for n, k in kinds.items() if k.endswith("name-variable")} == NAMES
    assert {n for n, k in kinds.items() if k.endswith("date-variable")} - ours == DATES
    assert set(fields) - NAMES - DATES - ours == TEXTS
    assert set(names) >= NAME_PARTS
