"""What the checks must find: each test changes one thing and looks for the rule that names it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SITE = Path(__file__).resolve().parent.parent
VERBATIM = Path(sys.executable).parent / "verbatim"

INLINE = re.compile(r"“(?P<words>[^“”\[\]{}*]{20,})”[^“”\n]*\[@")
"""Quoted words on a page, without editorial marks."""

SPEAKER = re.compile(r"(?m)^> — (?P<name>[^,\[\n]+?) \[@")
"""The last line of a block quotation."""

PERSON = re.compile(r"(?m)^\s*name: (?P<name>.+)$")
PROVEN = re.compile(r'<span class="quotation"[^>]*>(?P<words>[^<]{20,})<')
"""Quoted words in a finished page."""


def verbatim(*arguments: str | Path, cwd: Path = SITE) -> subprocess.CompletedProcess[str]:
    """Run the command in the folder *cwd* and return how it ended, with all that it said."""
    return subprocess.run(
        [VERBATIM, *arguments],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


def first(pattern: re.Pattern[str], folder: Path, files: str) -> tuple[Path, re.Match[str]]:
    """Return the first place where *pattern* fits in *files* below *folder*."""
    for path in sorted(folder.rglob(files)):
        if found := pattern.search(path.read_text("utf-8")):
            return path, found
    raise AssertionError(f"nothing like {pattern.pattern} in {folder}/{files}")


def put(path: Path, place: tuple[int, int], words: str) -> None:
    """Write *words* over *place* in the file *path*."""
    text = path.read_text("utf-8")
    path.write_text(text[: place[0]] + words + text[place[1] :], "utf-8")


def other_letter(words: str) -> str:
    """Return *words* with one letter changed, in the middle of the longest word."""
    longest = max(re.findall(r"[^\W\d_]+", words), key=len)
    at = words.index(longest) + len(longest) // 2
    return words[:at] + ("x" if words[at] != "x" else "y") + words[at + 1 :]


class AChangedSite(unittest.TestCase):
    """A copy of the site, changed in one place."""

    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        for name in ("docs", "sources"):
            shutil.copytree(SITE / name, self.folder / name)
        shutil.copy(SITE / "mkdocs.yml", self.folder)

    def assert_found(self, rule: str) -> None:
        """Check that the copy fails by *rule*."""
        done = verbatim("check", cwd=self.folder)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn(f"[{rule}]", done.stdout)

    def test_unchanged_it_passes(self) -> None:
        done = verbatim("check", "--strict", cwd=self.folder)
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_a_changed_letter_of_a_quotation(self) -> None:
        page, found = first(INLINE, self.folder / "docs", "*.md")
        put(page, found.span("words"), other_letter(found["words"]))
        self.assert_found("quote-not-found")

    def test_a_wrong_speaker(self) -> None:
        page, found = first(SPEAKER, self.folder / "docs", "*.md")
        people = PERSON.findall((self.folder / "sources" / "people.yml").read_text("utf-8"))
        other = next((name for name in people if found["name"] not in name), "Somebody Else")
        put(page, found.span("name"), other)
        self.assert_found("wrong-speaker")

    def test_a_changed_copy(self) -> None:
        copy, found = first(re.compile(r"\w{5,}"), self.folder / "sources", "*.txt")
        put(copy, found.span(), other_letter(found[0]))
        self.assert_found("source-changed")


class TheFinishedSite(unittest.TestCase):
    """What `make build` has put into site/."""

    def test_it_is_proven(self) -> None:
        done = verbatim("verify", "site")
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_a_changed_letter_in_a_page(self) -> None:
        folder = Path(self.enterContext(tempfile.TemporaryDirectory())) / "site"
        shutil.copytree(SITE / "site", folder)
        page, found = first(PROVEN, folder, "*.html")
        put(page, found.span("words"), other_letter(found["words"]))
        done = verbatim("verify", folder)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn(f"{page.relative_to(folder.parent).as_posix()}:", done.stdout)


if __name__ == "__main__":
    unittest.main()
