"""Tally: how many words of each speaker are quoted."""

from __future__ import annotations

from .ledger import Ledger
from .limits import Counter


def words_by_speaker(ledger: Ledger) -> dict[str, int]:
    """Return how many words of each speaker are quoted, those quoted twice once; the most first."""
    counters: dict[tuple[str, str], Counter] = {}
    for use in ledger.quotations():
        assert use.source is not None, "a quotation has a source"
        place = (use.chain.head.name, use.item.key)
        counter = counters.setdefault(place, Counter(use.source.reading))
        for span in use.spans:
            counter.add(span)
    words: dict[str, int] = {}
    for (name, _), counter in counters.items():
        words[name] = words.get(name, 0) + counter.count
    return dict(sorted(words.items(), key=lambda item: (-item[1], item[0])))
