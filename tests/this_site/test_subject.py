"""The subject: nothing below hooks/ knows what this site is about; another site brings its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import textstat

from mkdocs_verbatim.authoring.new_site import STARTER
from mkdocs_verbatim.build.config import read_config
from mkdocs_verbatim.sources.library import read_library
from tests.support.records import ROOT

HOOKS = ROOT / "hooks"
WORD = re.compile(r"[^\W\d_]{2,}")
SMALL = re.compile(r"\b[a-z]{2,}\b")
MARKUP = re.compile(r"\[@[^\]]*\]|\{#[^}]*\}|\]\([^)]*\)|<[^>]*>|`[^`]*`")
"""What on a page is no word of its text: keys and addresses are always small."""

TERM = re.compile(r"(?m)^(?P<terms>\S.*?) \{#[a-z0-9-]+\}$")
"""An entry of the glossary; several terms of one entry are set apart by commas."""

OTHERS = {".png", ".csl"}
"""Pictures, and citation styles, which are others' work and stay as they came."""

EASY = Path(textstat.__file__).parent / "resources" / "en" / "easy_words.txt"
"""Three thousand English words that everybody knows."""


def names() -> Iterator[str]:
    """Yield what the site, its pages, its sources and its people are called."""
    yield from read_config(ROOT / "mkdocs.yml").settings.names
    library, _ = read_library(ROOT / "sources", "sources")
    for record in library.records.values():
        yield from (str(record.reference.get("title") or ""), record.attribution)
    for person in library.people.by_id.values():
        yield from person.names


@cache
def subject() -> tuple[str, ...]:
    """Return patterns of the words that only somebody who knows the subject would write.

    The keys of sources and the terms of the glossary, in any case; and names as they are spelt:
    what the site writes with a capital alone and not everybody knows.
    """
    paths = [*(ROOT / "docs").glob("*.md"), *(ROOT / "sources").glob("*.txt")]
    own = " ".join(MARKUP.sub(" ", path.read_text("utf-8")) for path in paths)
    common = {*SMALL.findall(own), *EASY.read_text("utf-8").split()}
    capitals = {word for name in names() for word in WORD.findall(name) if word[0].isupper()}
    glossary = (ROOT / "docs/glossary.md").read_text("utf-8")
    entries = (entry["terms"].split(",") for entry in TERM.finditer(glossary))
    terms = {term.strip(" *") for entry in entries for term in entry}
    keys = {path.stem for path in (ROOT / "sources").glob("*.yml")} - {"people"}
    spelt = {word for word in {*capitals, *terms} if word.isupper() or word in capitals}
    known = sorted(word for word in spelt if word.lower() not in common or word.isupper())
    cased = [rf"(?<![\w-]){re.escape(word)}(?![\w-])" for word in known]
    return *cased, *(
        rf"(?i:(?<![\w-]){re.escape(word)}(?![\w-]))" for word in sorted(terms - spelt | keys)
    )


def found(text: str) -> list[str]:
    """Return the words of the subject that stand in *text*."""
    return [match[0] for pattern in subject() for match in re.finditer(pattern, text)]


def files() -> list[Path]:
    """Return every file below hooks/ that has words, but for those that a new site begins as."""
    return [
        path
        for path in sorted(HOOKS.rglob("*"))
        if path.is_file()
        and path.suffix not in OTHERS
        and "__pycache__" not in path.parts
        and STARTER not in path.parents
    ]


@pytest.mark.parametrize("path", files(), ids=lambda path: path.relative_to(HOOKS).as_posix())
def test_a_file_of_the_engine_knows_nothing_of_the_subject(path: Path) -> None:
    assert found(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "For Smith the talks may work.",
        'example="[@rt-2016]"',
        "<p>of CANTEY-2018</p>",
        "/* the temporary truce */",
        "IS and ISIL",
    ],
)
def test_a_word_of_the_subject_is_found(text: str) -> None:
    assert found(text)


@pytest.mark.parametrize(
    "text",
    ["this is a page", "a house of its own", "to talk", "rt-2017", "Content-Security-Policy"],
)
def test_common_words_are_no_subject(text: str) -> None:
    assert found(text) == []
