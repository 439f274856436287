"""Hostile input: large, repetitive or full of brackets, yet read to its end within a minute."""

from __future__ import annotations

import random
import re
import time
from pathlib import Path

from . import sites

TIMEOUT = 60
"""Seconds within which a check must end: no measure, only a guard against one that hangs."""

NOBODY = "citation-unused"
PLACED = re.compile(r"(docs/\S+?):(\d+):\d+: \w+: .* \[([a-z-]+)\]")


def rules_of(folder: Path, page: str, copy: str) -> list[tuple[int, str]]:
    """Return the lines of *page* with the rules that they break, as a check by itself tells."""
    site = sites.SmallSite(pages={"index.md": page}, copies={"a": copy}).write(folder)
    result = sites.run("verbatim", "check", cwd=site, timeout=TIMEOUT)
    print(result.stdout, result.stderr)
    assert "Traceback" not in result.stdout + result.stderr
    assert result.returncode == 1
    return [(int(line), rule) for _, line, rule in PLACED.findall(result.stderr)]


def test_a_copy_of_ten_megabytes(tmp_path: Path) -> None:
    chance = random.Random(1)
    words = ["".join(chance.choices("etaoinshrdlu", k=chance.randint(2, 9))) for _ in range(3000)]
    paragraphs = [" ".join(chance.choices(words, k=150)) for _ in range(10_300)]
    copy = "\n\n".join(paragraphs)
    good = " ".join(paragraphs[-1].split()[20:35])
    bad = good.replace(" ", " never ", 1)
    page = f"Author A: “{good}” [@a].\n\nAuthor A: “{bad}” [@a].\n"

    t=time.time()
    r= rules_of(tmp_path, page, copy)
    print(len(copy), time.time()-t)
    assert r == [(3, "quote-not-found")]
def test_near(tmp_path: Path) -> None:
    copy = "\n\n".join(f"We will not talk to group {n} until it stops." for n in range(10000))
    page="Author A: “We will not talk to group” [@a].\n\nAuthor A: “We will […] talk to group […] until it stops.” [@a].\n\nAuthor A: “We will talk to group” [@a].\n"
    t=time.time()
    r= rules_of(tmp_path, page, copy)
    print(len(copy), time.time()-t)
    assert not r
def test_brackets(tmp_path: Path) -> None:
    copy = "We will talk. [a] [b] "
    page="Author A: “We will [a] talk " + "[b] "*400+"” [@a].\n\nAuthor A: “We will [a] talk " + "[…] "*400+"” [@a].\n"
    t=time.time()
    r= rules_of(tmp_path, page, copy)
    print(len(copy), time.time()-t)
    assert not r
def test_page(tmp_path: Path) -> None:
    copy = "We will talk. [a] [b] "
    page="Words " + "["*3000+" here.\n\nAuthor A: “We will walk.” [@a].\n\n"
    t=time.time()
    r= rules_of(tmp_path, page, copy)
    print(len(copy), time.time()-t)
    assert not r
