"""A site's own stylesheets: which rules could hide, move or alter quotations, or show words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..text.quotation_marks import DOUBLE
from ..text.stylesheets import Compound, Effect, StylesheetError, effects

OURS = frozenset(
    "editor excerpt footnote footnotes footnote-ref note-card quotation quotation-figure receipt "
    "receipt-chain receipt-context receipt-foot reference term verbatim-problem".split()
)
"""Classes of what the build makes of a mark."""

OUR_DATA = frozenset({"[data-source]", "[data-spans]", "[data-voice]", "[data-speaker]", "[cite]"})

OUR_ID = re.compile(r"#(?:q|fn|fnref:q|fnref:c)[-:]")
"""How the ids of quotations, of their numbers and notes begin."""

APART = frozenset(
    "audio button canvas caption code footer form h1 h2 h3 h4 h5 h6 head header hr iframe img "
    "input kbd label meter nav object option path picture pre progress samp select source summary "
    "svg textarea thead title track video".split()
)
"""Elements in which no quotation is, and which are in none but as code."""

BOXES = frozenset(
    "article aside body details dl div fieldset html main ol section table tbody tr ul".split()
)
"""Elements that are only round quotations: to move them as a whole reorders no words."""


def style_problems(css: str) -> Iterator[tuple[int, int, str]]:
    """Yield line, column and message of each rule of the author's stylesheet *css* that is refused.

    Rules for classes and ids of the author's own are not: pages may not have them near quotations.
    """
    try:
        found = effects(css)
    except StylesheetError as error:
        yield 1, 1, f"{error}; nobody can tell what it hides"
        return
    for effect in found:
        if message := _refused(effect):
            yield effect.line, effect.column, message


def _refused(effect: Effect) -> str | None:
    what = f"{effect.selector or 'a counter style'!r} with {effect.declaration!r}"
    if effect.kind == "adds":
        if DOUBLE.search(effect.words):
            return f"{what} shows words in double marks, which nothing proves; quote on a page"
        # A variable shows its words where it is used.
        is_variable = effect.declaration.startswith("--")
        if is_variable or not effect.compounds or not _has_words(effect) or not _reaches(effect):
            return None
        return f"{what} shows words beside or in quotations; write them on the page"
    if effect.kind == "covers" and effect.compounds:
        return f"{what} covers the page; leave room for what is below, as with position: sticky"
    if not effect.compounds or not _reaches(effect) or _is_harmless(effect):
        return None
    does = {"hides": "hides", "moves": "reorders or covers", "alters": "alters"}
    return (
        f"{what} {does.get(effect.kind, 'moves')} quotations or what is in them; name classes of "
        "your own, away from quotations"
    )


def _has_words(effect: Effect) -> bool:
    return any(character.isalnum() for character in effect.words)


def _is_harmless(effect: Effect) -> bool:
    """Return whether *effect* on all elements of a kind, none of ours, leaves words as they are."""
    subject = effect.compounds[-1]
    if effect.pseudo in {"marker", "selection", "placeholder", "before", "after", "backdrop"}:
        # Of an empty box: what it shows is an effect of its own.
        return not _is_ours(subject)
    if effect.declaration.startswith("--"):
        # Of variables only those of the theme are used for quotations.
        return not effect.declaration.startswith(("--md-", "--quotation"))
    if _is_ours(subject):
        return False
    return effect.kind == "shifts" or (effect.kind == "moves" and subject.tag in BOXES)


def _reaches(effect: Effect) -> bool:
    """Return whether a quotation, or what is in or round it, may be what *effect* is on."""
    subject = effect.compounds[-1]
    if _is_ours(subject):
        return True
    return subject.tag not in APART and not _is_authors(effect.compounds)


def _is_ours(part: Compound) -> bool:
    return any(
        name[1:] in OURS or name in OUR_DATA or OUR_ID.match(name) is not None
        for name in part.names
    )


def _is_authors(parts: Iterable[Compound]) -> bool:
    """Return whether classes or ids of the author's own limit a selector to what is inside them."""
    limited = False
    for part in parts:
        if part.combinator in {"+", "~"}:
            # Beside an element of the author's anything may be.
            limited = False
        limited = limited or any(_is_own(name) for name in part.names)
    return limited


def _is_own(name: str) -> bool:
    is_themes = name[1:].startswith("md-") or name[1:] in OURS or OUR_ID.match(name)
    return name[0] in ".#" and not is_themes


def hiding_names(css: str) -> dict[str, str]:
    """Return the author's classes and ids by which *css* hides, moves or alters, and how."""
    try:
        found = effects(css)
    except StylesheetError:
        return {}
    return {
        name: effect.declaration
        for effect in found
        if effect.kind in {"hides", "moves", "alters"} or _has_words(effect)
        for part in effect.compounds
        for name in part.names
        if _is_own(name)
    }
