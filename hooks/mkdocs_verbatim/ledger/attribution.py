"""Attribution in running text: whether a paragraph names whom it quotes."""

from __future__ import annotations

from ..problem import RuleId
from ..sources.people import People
from .use import Use

LEAST_ATTRIBUTED = 5
"""Words of a quotation inside a sentence whose speaker its paragraph must name."""


def misnamed(use: Use, prose: str, at: int, people: People) -> tuple[RuleId, str] | None:
    """Return the rule and the message if *prose*, a block without what it quotes, misleads.

    The quotation is before prose[at].
    """
    assert use.proof is not None
    if use.proof.source.count(use.spans) < LEAST_ATTRIBUTED:
        return None
    right = {person.id for person in (use.chain.head, *use.chain.reporters)}
    names = list(people.mentioned(prose))
    head = use.chain.head.name
    if not any(person.id in right for _, person in names):
        message = f"its paragraph does not say whose words these are; name {head}"
        return "speaker-unnamed", message
    before = [person for start, person in names if start < at]
    if before and before[-1].id not in right:
        message = f"{before[-1].name} is named last before these words of {head}; name {head} there"
        return "speaker-other", message
    return None
