"""Measures how many seeded changes of quotations, copies and finished pages are found.

    python tests/bench/measure_mutations.py [--count 500] [--builds 20] [--site 25] [--kind 10]
                                            [--seed 1]

*count* changes each of pages and copies by check, *builds* of each through the real build, *site*
of each place of the finished site by verify, *kind* edits of each kind by verify; prints found of
tried for each kind, with how it was found: worked out anew, or by the checksums alone; and every
miss in full, and ends with 1 if there is one.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from mkdocs_verbatim.build.config import read_config
from mkdocs_verbatim.build.reading import check
from mkdocs_verbatim.verify.checksums import read_checksums
from mkdocs_verbatim.verify.site import verify
from tests.support import sites
from tests.verify import list_edits, page_edits, tampering
from tests.verify.proven_lists import ProvenLists, build_lists_site, differing

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Quotations as our pages hold them: curly marks, and blocks that end in a dash.
INLINE = re.compile(r"“([^“”]+)”(?=[^“”]*\[@)")
BLOCK = re.compile(r"(?m)^((?:> ?[^—\n].*\n|>\n)+)> — .*\[@")
Span = tuple[int, int]
Change = tuple[Path, str, str]
"""A file, what it holds instead, and how that differs."""


@dataclass
class Tally:
    """What was tried of one kind."""

    name: str
    tried: int = 0
    true: int = 0
    misses: list[str] = field(default_factory=list)

    def enter(self, change: str, *, found: bool) -> None:
        self.tried += 1
        self.misses += [] if found else [change]

    def show(self) -> None:
        found = self.tried - len(self.misses)
        left_out = f"; {self.true} more gave another true quotation" if self.true else ""
        print(f"{self.name}: {found} of {self.tried} found{left_out}")
        for miss in self.misses:
            print(f"  MISSED {miss}")


Changes = Callable[[Path, random.Random, Tally], Iterator[Change]]
Found = Callable[[Path], bool]


def mutate(text: str, place: Span, chance: random.Random) -> tuple[str, str]:
    """Return *text* with one letter or one word between the ends of *place* changed, and how."""
    words = [m for m in WORD.finditer(text, *place) if not _is_tag(text, m.start())]
    at = chance.randrange(len(words))
    word = words[at]
    if chance.random() < 0.5:
        new, how = _other_letter(word[0], chance), "letter"
    else:
        new, how = _other_word(word[0], words[at - 1][0], chance), "word"
    changed = text[: word.start()] + new + text[word.end() :]
    if not new:
        changed = changed[: word.start()].rstrip(" ") + " " + changed[word.start() :].lstrip(" ")
    near = " ".join(text[max(place[0], word.start() - 25) : word.end() + 25].split())
    return changed, f"{how} {word[0]!r} -> {new!r} in '…{near}…'"


def _is_tag(text: str, at: int) -> bool:
    # Or an entity.
    return text.rfind("<", 0, at) > text.rfind(">", 0, at) or text[at - 1] == "&"


def _other_letter(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    other = chance.choice([c for c in LETTERS if c != word[at].lower()])
    ways = (word[at].swapcase(), other, word[at] + other, word[at] * 2, "")
    new = word[:at] + chance.choice(ways) + word[at + 1 :]
    return new if new and new != word else word + other


def _other_word(word: str, neighbour: str, chance: random.Random) -> str:
    ways = ("", f"{word} {word}", f"not {word}", neighbour, "perhaps", f"{word} never")
    new = chance.choice(ways)
    return new if new != word else f"not {word}"


def _even(text: str) -> str:
    """Return *text* in one form where forms count as equal, less the markup of pages and copies."""
    text = re.sub(r"(?m)^> ?", "", text)
    text = re.sub(r"\*+|\[([^\]]*)\]\([^)]*\)", r"\1", text)
    for alike in ('“”"', "‘’'", "–—-"):
        text = re.sub(f"[{alike}]", alike[-1], text)
    return " ".join(text.split())


def stands(words: str, text: str) -> bool:
    """Tell whether *words* stand whole in *text*, as a plain search has it."""
    even = _even(words)
    pattern = rf"(?<![\w'-])(?=\w){re.escape(even)}(?![\w-])|(?=\W){re.escape(even)}(?![\w-])"
    return bool(even) and re.search(pattern, _even(text)) is not None


def copies(site: Path) -> dict[str, str]:
    """Return every copy as its reader reads it, as far as a search needs it."""
    found: dict[str, str] = {}
    for path in (site / "sources").glob("*.txt"):
        lines = path.read_text("utf-8").split("\n")
        for first, last in ((21, 35), (47, 59)) if path.stem.startswith("cantey") else ():
            lines[first - 1 : last] = [""] * (last - first + 1)
        found[path.stem] = "\n".join(lines)
    return found


def quotations(text: str) -> Iterator[Span]:
    """Yield where the words of each quotation stand in the Markdown *text*."""
    for match in BLOCK.finditer(text):
        yield match.span(1)
    for match in INLINE.finditer(text):
        if not text[text.rfind("\n", 0, match.start()) + 1 :].startswith(">"):
            yield match.span(1)


def page_changes(site: Path, chance: random.Random, tally: Tally) -> Iterator[Change]:
    """Yield pages with one change in a quotation, such as are no true quotation by chance."""
    texts = copies(site).values()
    places = [
        (path, span)
        for path in sorted((site / "docs").glob("*.md"))
        for span in quotations(path.read_text("utf-8"))
    ]
    while True:
        path, span = chance.choice(places)
        text = path.read_text("utf-8")
        changed, how = mutate(text, span, chance)
        end = span[1] + len(changed) - len(text)
        if any(stands(changed[span[0] : end], copy) for copy in texts):
            tally.true += 1
            continue
        yield path, changed, f"{path.name}: {how}"


def copy_changes(site: Path, chance: random.Random, tally: Tally) -> Iterator[Change]:
    """Yield copies with one change in a quoted passage, such as make the quotation false."""
    uses = check(read_config(site / "mkdocs.yml")).quotations()
    while True:
        use = chance.choice(uses)
        assert use.source is not None
        assert use.span is not None
        path = site / "sources" / f"{use.item.key}.txt"
        text = path.read_bytes().decode("utf-8")
        span = chance.choice(use.source.text_spans(use.span))
        changed, how = mutate(text, span, chance)
        sites.put(path, changed)
        still = all(stands(words, copies(site)[use.item.key]) for words in use.mark.words)
        sites.put(path, text)
        if still:
            tally.true += 1
            continue
        yield path, changed, f"{path.name}: {how}"


def tried(site: Path, changes: Changes, found: Found, count: int, chance: random.Random) -> Tally:
    """Make *count* of the *changes*, one at a time, and ask *found* of each."""
    tally = Tally(f"{changes.__name__.replace('_', ' ')}, {found.__name__.replace('_', ' ')}")
    source = changes(site, chance, tally)
    for _ in range(count):
        path, changed, how = next(source)
        record = path.with_suffix(".yml")
        kept = {file: file.read_bytes() for file in (path, record) if file.exists()}
        sites.put(path, changed)
        if path.suffix == ".txt":
            sites.renew_hash(site, path.stem)
        tally.enter(how, found=found(site))
        for file, content in kept.items():
            sites.put(file, content)
    return tally


def by_check(site: Path) -> bool:
    """Tell whether check finds something wrong with a page."""
    problems = check(read_config(site / "mkdocs.yml")).problems
    return any(p.severity == "error" and p.path.startswith("docs/") for p in problems)


def by_build(site: Path) -> bool:
    """Tell whether the real build ends with a failure that names a page."""
    result = sites.run("mkdocs", "build", "--quiet", "-d", "../built", cwd=site)
    return result.returncode == 1 and bool(re.search(r"docs/\w+\.md:\d+:\d+: ", result.stderr))


def site_changes(site: Path, count: int, chance: random.Random) -> Iterator[Tally]:
    """Make *count* edits of each place of the finished site, one at a time, and ask verify."""
    assert verify(site / "site", site / "sources").problems == []
    for place in (*tampering.PAGES, *tampering.EXPORTS):
        tally = Tally(f"finished site, {place}, by verify")
        for edit in tampering.edits(site / "site", place, count, chance):
            kept = edit.path.read_bytes()
            sites.put(edit.path, edit.text)
            tally.enter(edit.how, found=bool(verify(site / "site", site / "sources").problems))
            sites.put(edit.path, kept)
        yield tally


def page_edits_by_kind(site: Path, count: int, chance: random.Random) -> Iterator[Tally]:
    """Make *count* edits of each kind, one at a time, and ask what works a page out anew."""
    proven = tampering.ProvenSite(site / "site", site / "sources")
    for kind, change in page_edits.FOUND.items():
        tally = Tally(f"finished site, {kind}, worked out anew")
        for name, html in proven.edits(change, count, chance):
            how = f"{name}: {tampering.place(proven.pages[name], html)}"
            tally.enter(how, found=bool(proven.problems(name, html)))
        yield tally
    listed = read_checksums(site / "site" / "site.sha256", "site.sha256").files
    for kind, (change, reason) in page_edits.HASH_ONLY.items():
        tally = Tally(f"finished site, {kind}, by the checksums alone ({reason})")
        for name, html in proven.edits(change, count, chance):
            how = f"{name}: {tampering.place(proven.pages[name], html)}"
            tally.enter(how, found=listed[name] != hashlib.sha256(html.encode()).hexdigest())
        yield tally


def list_edits_by_kind(folder: Path, count: int, chance: random.Random) -> Iterator[Tally]:
    """Make *count* edits of each kind of what the build makes, and ask what works it out anew."""
    site = build_lists_site(folder)
    proven = ProvenLists(site / "site", site / "sources")
    listed = read_checksums(site / "site" / "site.sha256", "site.sha256").files
    for kind, (where, change) in list_edits.FOUND.items():
        tally = Tally(f"finished site, {kind}, worked out anew")
        for name, text in proven.edits(where, change, count, chance):
            how = f"{name}: {differing(proven.texts[name], text)}"
            tally.enter(how, found=bool(proven.problems(name, text)))
        yield tally
    for kind, ((where, change), reason) in list_edits.HASH_ONLY.items():
        tally = Tally(f"finished site, {kind}, by the checksums alone ({reason})")
        for name, text in proven.edits(where, change, count, chance):
            how = f"{name}: {differing(proven.texts[name], text)}"
            tally.enter(how, found=listed[name] != hashlib.sha256(text.encode()).hexdigest())
        yield tally


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("count", 500), ("builds", 20), ("site", 25), ("kind", 10), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        site = sites.build_real(Path(folder) / "site")
        tallies = [
            tried(site, changes, found, count, chance)
            for changes in (page_changes, copy_changes)
            for found, count in ((by_check, options.count), (by_build, options.builds))
        ]
        log_site = tampering.build_log_site(Path(folder) / "log-site")
        tallies += site_changes(log_site, options.site, chance)
        tallies += page_edits_by_kind(log_site, options.kind, chance)
        tallies += list_edits_by_kind(Path(folder) / "lists-site", options.kind, chance)
        for tally in tallies:
            tally.show()
        for how in ("by verify", "worked out anew", "by the checksums alone"):
            of_kind = [t for t in tallies if t.name.startswith("finished site") and how in t.name]
            tried, missed = sum(t.tried for t in of_kind), sum(len(t.misses) for t in of_kind)
            print(f"finished site, {how}: {tried - missed} of {tried}, {len(of_kind)} kinds")
        print(f"verbatim check from the shell, median of 10: {_seconds(site):.2f} s")
    return 1 if any(tally.misses for tally in tallies) else 0


def _seconds(site: Path) -> float:
    times = [time.perf_counter()]
    for _ in range(10):
        assert sites.run("verbatim", "check", cwd=site).returncode == 0
        times.append(time.perf_counter())
    return statistics.median(b - a for a, b in itertools.pairwise(times))


if __name__ == "__main__":
    sys.exit(main())
