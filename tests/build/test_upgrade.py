"""Upgrading: each rule that version 1 did not have says what to write, and the command says it."""

from __future__ import annotations

from pathlib import Path

from mkdocs_verbatim.authoring.new_site import make_site
from mkdocs_verbatim.build.upgrade import NEW, WIDER
from mkdocs_verbatim.rules import RULES
from tests.support import sites

PAGES_OF_VERSION_1 = sites.ROOT / "tests" / "cases" / "build" / "starter-1"
"""The pages of the site that `verbatim new` made in version 1, as far as they have changed."""

VERSION_1 = frozenset(
    "accept-unused author-share bracket-defined changes-invalid citation-stale "
    "citation-unformatted clip-distant clip-qualifier copy-missing copy-outside copy-unreadable "
    "data-incomplete data-invalid data-misfit data-unreadable directive-misplaced "
    "directive-unknown edge-unfounded elision-qualifier excerpt-long file-unfinished key-unknown "
    "locator-unknown mark-unpaired nothing-checked page-unreadable pages-stale pages-unwritten "
    "paragraph-uncited parts-apart policy-stops proof-export proof-mark proof-note proof-speaker "
    "proof-text published-share quotation-gone quotation-short quote-ambiguous quote-misplaced "
    "quote-not-found quote-uncited quoted-share raw-quotation record-incomplete record-invalid "
    "record-misfit reference-misused sensitive-long settings-invalid single-marks site-unmade "
    "source-changed speaker-other speaker-unknown speaker-unnamed voices-mixed words-unmarked "
    "wrong-speaker".split()
)
"""The rules of version 1, as its page of rules lists them."""


def test_each_new_rule_says_what_to_write() -> None:
    assert NEW.keys() == RULES.keys() - VERSION_1


def test_a_rule_that_finds_more_is_one_of_before() -> None:
    assert WIDER.keys() <= VERSION_1 & RULES.keys()


def test_the_command_says_what_is_new_on_a_site(tmp_path: Path) -> None:
    site = sites.SmallSite(
        pages={
            "index.md": "He said “all do [not] agree” [@a].\n\n`five words of the source that`\n"
        },
        copies={"a": "In the end all do agree on five words of the source that he read.\n"},
        settings={"rules": {"speaker-unnamed": "off", "speaker-other": "off"}},
    ).write(tmp_path / "site")
    done = sites.verbatim("check", "--explain-upgrade", cwd=site)

    assert "addition-qualifier (new): Say outside the quotation what" in done.stdout
    assert "\n  docs/index.md:1:9\n" in done.stdout
    assert "quotation-short" not in done.stdout


def test_the_command_says_so_where_nothing_is_new(tmp_path: Path) -> None:
    site = sites.SmallSite(
        pages={"index.md": "The author wrote “all do agree” [@a].\n"},
        copies={"a": "In the end all do agree on it.\n"},
        settings={"rules": {"speaker-unnamed": "off", "speaker-other": "off"}},
    ).write(tmp_path / "site")
    done = sites.verbatim("check", "--explain-upgrade", cwd=site)

    assert done.stdout.startswith("nothing here is new since version 1\n")


def test_a_new_site_of_version_1_is_upgraded_as_the_command_says(tmp_path: Path) -> None:
    make_site(tmp_path / "site", "mkdocs-verbatim==1.0")
    site = tmp_path / "site"
    # All that such a site had in docs/ and sources/ besides these two pages is as it is now.
    for page in sorted(PAGES_OF_VERSION_1.glob("*.md")):
        sites.put(site / "docs" / page.name, page.read_bytes())
    done = sites.verbatim("check", "--strict", "--explain-upgrade", cwd=site)

    assert done.returncode == 1
    (line,) = done.stderr.splitlines()[:-1]
    assert line.startswith("docs/madison.md:49:1: error: no warning 'words-unmarked' at the block")
    assert "accept-unused (finds more): Take the comment out" in done.stdout

    page = site / "docs" / "madison.md"
    lines = page.read_text("utf-8").splitlines(keepends=True)
    sites.put(page, "".join([*lines[:48], *lines[49:]]))
    assert sites.verbatim("check", "--strict", cwd=site).returncode == 0
    sites.build_strictly(site)
    assert sites.verbatim("verify", "site", cwd=site).returncode == 0
