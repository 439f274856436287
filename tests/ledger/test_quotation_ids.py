"""Ids of quotations: made from the words, the same in whatever the rest of the copy becomes."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from mkdocs_verbatim.ledger.quotation_ids import QuotationIds
from mkdocs_verbatim.sources.library import Library
from mkdocs_verbatim.sources.people import People
from mkdocs_verbatim.sources.reading import make_source
from mkdocs_verbatim.sources.source import Source, Span
from mkdocs_verbatim.text.fold import PARAGRAPH
from mkdocs_verbatim.text.permanent import permanent
from mkdocs_verbatim.verify.quotation_ids import QuotationIds as IdsAnew
from tests.support.records import AUTHOR, REAL_KEYS, real_source, source_of

CASES: Mapping[str, Mapping[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "ledger" / "quotation-ids.yml").read_text("utf-8")
)


def _library(source: Source) -> Library:
    return Library(
        sources={source.key: source}, references={}, people=People([AUTHOR]), broken=frozenset()
    )


def _id(source: Source, spans: Sequence[Span]) -> str:
    """Return the id of a quotation, which `verify` makes in its own way from the same spans."""
    id_ = QuotationIds(_library(source)).of(source.key, spans)
    assert IdsAnew().of(source, spans) == f"q-{id_}"
    return id_


def _spans(quoted: Sequence[Any], source: Source) -> list[Span]:
    """Return where in the reading the parts are that a case quotes."""
    spans: list[Span] = []
    for part in quoted:
        words, offset = part if isinstance(part, list) else (part, None)
        start = source.reading.find(words) if offset is None else source.index(offset)
        assert source.reading.startswith(words, start), (words, source.reading)
        assert offset is not None or source.reading.count(words) == 1
        spans.append((start, start + len(words)))
    return spans


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_an_id_says_the_words(case: Mapping[str, Any]) -> None:
    fields, markup = case.get("record", {}), case.get("markup", "plain")
    source = source_of(case["copy"], markup=markup, fields=fields)
    digest = hashlib.sha256(case["hashed"].encode()).hexdigest()[:10]

    parts = [source.key, case["says"], digest]
    assert _id(source, _spans(case["quoted"], source)) == "-".join(part for part in parts if part)


WORD = re.compile(r"[^\W\d_]{2,}")


def _edited(text: str, kept: Span, chance: random.Random) -> str:
    """Return *text* with one word outside *kept* mended, taken out, or joined by another."""
    words = [m for m in WORD.finditer(text) if m.end() < kept[0] - 60 or m.start() > kept[1] + 60]
    word = chance.choice(words)
    new = chance.choice([word[0].upper() + "x", "", f"{word[0]} zq{chance.randrange(999)}"])
    return f"{text[: word.start()]}{new}{text[word.end() :]}"


@pytest.mark.parametrize("key", REAL_KEYS)
@pytest.mark.parametrize("seed", range(20))
def test_an_edit_elsewhere_leaves_an_id_alone(key: str, seed: int) -> None:
    chance = random.Random(f"{key} {seed}")
    whole = real_source(key)
    text = whole.text
    for _ in range(5):
        words = list(WORD.finditer(text))
        at = chance.randrange(len(words) - 8)
        kept = (words[at].start(), words[at + 7].end())
        if permanent(text).count(permanent(text[slice(*kept)])) > 1:
            # The title is there again: what comes before each tells them apart.
            continue
        edited = _edited(text, kept, chance)
        moved = edited.index(text[slice(*kept)])

        assert _id_at(text, kept[0], kept, key) == _id_at(edited, moved, kept, key)


def _id_at(text: str, start: int, kept: Span, key: str) -> str:
    """Return the id of words as long as *kept* that begin at *start* of a copy of *text*."""
    source = source_of(text, key=key)
    first = source.index(start)
    return _id(source, [(first, first + kept[1] - kept[0])])


@pytest.mark.parametrize("key", REAL_KEYS)
def test_other_furniture_leaves_ids_alone(key: str) -> None:
    source = real_source(key)
    assert source.record.furniture
    bare, _ = make_source(key, replace(source.record, furniture=(), joins=()), source.text, "")
    chance = random.Random(key)
    words = list(WORD.finditer(source.reading))
    for _ in range(200):
        at = chance.randrange(len(words) - 3)
        span = (words[at].start(), words[at + chance.randrange(3)].end())
        if PARAGRAPH in source.reading[slice(*span)] or "\n" in source.reading[slice(*span)]:
            continue
        there = bare.index(source.offset(span[0]))
        if bare.reading[there : there + span[1] - span[0]] != source.reading[slice(*span)]:
            continue

        assert _id(source, [span]) == _id(bare, [(there, there + span[1] - span[0])])


@pytest.mark.parametrize("seed", range(40))
def test_quotations_of_other_words_or_places_have_other_ids(seed: int) -> None:
    chance = random.Random(seed)
    # Few words, so that nearly all are there again and again.
    source = source_of("".join(f"{chance.choice('a b c no'.split())} " for _ in range(60)) + "z.")
    words = list(re.finditer(r"\w+", source.reading))
    seen: dict[str, tuple[Span, ...]] = {}
    for first in range(len(words)):
        for last in range(first, min(first + 4, len(words))):
            span = (words[first].start(), words[last].end())
            assert seen.setdefault(_id(source, [span]), (span,)) == (span,)


def test_the_same_words_of_two_texts_have_two_ids() -> None:
    ids = {_id(source_of("b c d", key=key), [(0, 5)]) for key in ("a", "a-b", "a-b-c")}

    assert len(ids) == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(("a", "b c"), ("a-b", "c"), id="a key that goes on as the words"),
        pytest.param(("a", "c\nb"), ("a", "c b"), id="words before that are quoted elsewhere"),
    ],
)
def test_no_words_pass_for_others(one: tuple[str, str], other: tuple[str, str]) -> None:
    first, second = (
        _id(source_of(f"{words} end", key=key), [(0, len(words))]) for key, words in (one, other)
    )

    assert (first == second) is (permanent(one[1]) == permanent(other[1]) and one[0] == other[0])


def test_parts_cut_in_two_ways_are_told() -> None:
    ids = QuotationIds(_library(source_of("A b is here, as b c is.")))
    text = "A b is here, as b c is."
    one = [(0, 3), (text.index("c is"), text.index("c is") + 1)]
    other = [(0, 1), (text.index("b c"), text.index("b c") + 3)]

    assert ids.of("a", one) == ids.of("a", other)
