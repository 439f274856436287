"""Measures how often and how fast the nearest passage of a large copy is found.

    python tests/bench/measure_nearest.py [--characters 1000000] [--count 50] [--seed 1]

Quotes *count* passages of a copy of random words, one word of each changed, and prints for how
many the remedy names the right paragraph, and how long it took; ends with 1 if one is wrong.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from mkdocs_verbatim.quotations.hints import missing
from mkdocs_verbatim.quotations.mark import Item
from tests.support.records import source_of

LETTERS = "etaoinshrdlu"
"""Few, so that words resemble each other as those of a language do."""

WORDS = 3000
"""Different words of a copy."""


def words_of(chance: random.Random) -> list[str]:
    """Return the words that a copy is made of."""
    return ["".join(chance.choices(LETTERS, k=chance.randint(2, 10))) for _ in range(WORDS)]


def copy_of(words: list[str], characters: int, chance: random.Random) -> list[str]:
    """Return paragraphs of forty to two hundred *words*, of so many *characters* in all."""
    paragraphs: list[str] = []
    while characters > 0:
        paragraph = " ".join(chance.choices(words, k=chance.randint(40, 200)))
        paragraphs.append(paragraph)
        characters -= len(paragraph) + 2
    return paragraphs


def changed(
    paragraphs: list[str], words: list[str], count: int, chance: random.Random
) -> Iterator[tuple[int, str]]:
    """Yield *count* passages of eight to forty words with one other word, and their paragraph."""
    for _ in range(count):
        at = chance.randrange(len(paragraphs))
        theirs = paragraphs[at].split()
        length = chance.randint(8, 40)
        first = chance.randrange(len(theirs) - length + 1)
        ours = theirs[first : first + length]
        turn = chance.randrange(length)
        ours[turn] = chance.choice([word for word in words if word != ours[turn]])
        yield at + 1, " ".join(ours)


def measure(characters: int, count: int, seed: int) -> tuple[list[str], list[float]]:
    """Return the messages that do not name the right paragraph, and the milliseconds of each."""
    chance = random.Random(seed)
    words = words_of(chance)
    paragraphs = copy_of(words, characters, chance)
    source = source_of("\n\n".join(paragraphs))
    assert source.folded.text
    wrong: list[str] = []
    times: list[float] = []
    for number, quotation in changed(paragraphs, words, count, chance):
        start = time.perf_counter()
        message = missing([quotation], [Item("a")], {"a": source}, inline=False)
        times.append((time.perf_counter() - start) * 1000)
        if f"nearest, para. {number}:" not in message:
            wrong.append(f"para. {number}: {message}")
    return wrong, times


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("characters", 1_000_000), ("count", 50), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    options = parser.parse_args()
    wrong, times = measure(options.characters, options.count, options.seed)
    print(f"right paragraph: {len(times) - len(wrong)} of {len(times)}")
    print(f"median {statistics.median(times):.1f} ms, longest {max(times):.1f} ms")
    for message in wrong:
        print(f"  WRONG {message}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
