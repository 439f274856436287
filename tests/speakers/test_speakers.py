"""Speakers: what a sentence says of who speaks, held against who does."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml

from tests.support import sites

CASES = Path(__file__).parents[1] / "cases" / "speakers"
GROUND = yaml.safe_load((CASES / "ground.yml").read_text("utf-8"))
LANGUAGES = {"english": "en", "german": "de", "french": "fr", "attributions": "en"}
RULES = ("wrong-speaker", "speaker-other", "speaker-unnamed", "attribution-extra")
OFF = {"paragraph-uncited": "off", "words-unmarked": "off", "citation-unformatted": "off"}
OFF |= {"clip-qualifier": "off", "clip-distant": "off", "quoted-share": "off"}

Case = tuple[str, str, str]
"""Language, the rule that the sentence breaks or "right", and the sentence."""


@cache
def _cases() -> list[Case]:
    return [
        (language, rule, sentence)
        for language in LANGUAGES
        for rule, listed in _read(language).items()
        for sentence in listed
    ]


def _read(language: str) -> dict[str, list[str]]:
    cases: dict[str, list[str]] = yaml.safe_load((CASES / f"{language}.yml").read_text("utf-8"))
    return cases


def _page(sentence: str, language: str) -> str:
    """Return a page of *sentence*, with the words that stand in brackets in it.

    An attribution stands below a block of words.
    """
    if language == "attributions":
        words, key = GROUND["words"]["S"]
        return f"> {words}\n> — {sentence} [@{key}]\n\n[^1]: It was a small crowd.\n"

    def quoted(match: re.Match[str]) -> str:
        words, key = GROUND["words"][match["name"]]
        return f"{match['open']}{words}{match['close']} [@{key}]"

    marked = r"(?P<open>[“„«]\s?)<(?P<name>\w+)>(?P<close>\s?[”“»])"
    text = re.sub(marked, quoted, sentence).replace("\\|", "\0").replace("|", "\n")
    # To MkDocs a first line with a colon is no text.
    return "\n" + text.replace("\0", "|") + "\n"


@cache
def _found(language: str) -> dict[str, list[str]]:
    """Return the problems of each page of cases in *language*."""
    own = [sentence for of, _, sentence in _cases() if of == language]
    with TemporaryDirectory() as folder:
        site = sites.SmallSite(
            pages={
                f"p{number}.md": _page(sentence, language) for number, sentence in enumerate(own)
            },
            copies=GROUND["copies"],
            records=GROUND["records"],
            people=GROUND["people"],
            settings={"rules": OFF},
        ).write(Path(folder) / "site")
        config = yaml.safe_load((site / "mkdocs.yml").read_text("utf-8"))
        config["theme"] = {"name": "material", "language": LANGUAGES[language]}
        sites.put(site / "mkdocs.yml", yaml.safe_dump(config))
        found: dict[str, list[str]] = {sentence: [] for sentence in own}
        for line in sites.problems(site):
            match = re.match(r"docs/p(\d+)\.md:", line)
            assert match, line
            found[own[int(match[1])]].append(line)
    return found


@pytest.mark.parametrize("case", _cases(), ids=lambda case: f"{case[0]}: {case[2]}")
def test_a_speaker_is_who_a_sentence_says(case: Case) -> None:
    language, rule, sentence = case
    found = _found(language)[sentence]
    # A sentence may quote twice.
    rules = sorted({match[1] for line in found if (match := re.search(r"\[([\w-]+)\]$", line))})

    assert rules == ([rule] if rule in RULES else []), found


def test_many_attacks_and_as_many_innocent_sentences_are_tried() -> None:
    kinds: dict[str, int] = {}
    for _, rule, _ in _cases():
        kinds[rule] = kinds.get(rule, 0) + 1
    attacks: Any = sum(kinds[rule] for rule in RULES)

    assert attacks >= 100
    assert kinds["right"] >= 100
