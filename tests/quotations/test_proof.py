"""Editorial marks set against a source; cases/quotations/ has the cases."""

from __future__ import annotations

from typing import Any

import pytest

from mkdocs_verbatim.quotations.cuts import findings
from mkdocs_verbatim.quotations.mark import parse_citation
from mkdocs_verbatim.quotations.proof import Proof
from mkdocs_verbatim.quotations.proving import prove
from mkdocs_verbatim.quotations.qualifiers import QualifierLists
from mkdocs_verbatim.sources.source import Source
from tests.support.records import read_cases, source_of

CASES = [
    case
    for name in ("proof-marks", "proof-meaning", "proof-pulls")
    for case in read_cases(f"{name}.yml")
]

WARNED = [*(case for case in CASES if "'warned'" in str(case)), *read_cases("meaning.yml")]


def _proofs(case: dict[str, Any], source: Source) -> list[Proof]:
    words = case["words"]
    (item,) = parse_citation(f"@a, {case.get('locator', '')}").items
    listed = [words] if isinstance(words, str) else words
    return prove(listed, source, item, inline=case.get("inline") == "true")


def _shown(proof: Proof) -> list[str]:
    return [proof.source.reading[slice(*span)] for span in proof.spans]


def _told(proof: Proof) -> list[str]:
    """Return what is the author's own, and the source's words that it hides."""
    reading = proof.source.reading
    return [
        f"{part.sign.kind} {part.sign.shown} {reading[slice(*part.span)].strip()}".strip()
        for part in proof.changes
        if part.sign
    ]


@pytest.mark.parametrize("case", CASES)
def test_an_editorial_mark_is_read_as_in_print(case: dict[str, Any]) -> None:
    markup = case.get("markup", "plain")
    found = _proofs(case, source_of(case["source"], markup=markup))

    if "shown" not in case:
        assert len(found) == int(case["places"])
        return
    assert [_shown(proof) for proof in found] == [case["shown"]]
    assert _told(found[0]) == case.get("ours", [])


@pytest.mark.parametrize("case", WARNED)
def test_a_cut_that_may_change_what_is_said_is_warned_of(case: dict[str, Any]) -> None:
    (proof,) = _proofs(case, source_of(case["source"]))
    rules = [
        rule
        for rule, _ in findings(
            proof, QualifierLists().of(case.get("language")), block="block" in case
        )
    ]

    assert rules == case["warned"]
