"""Statements: what a data file says in the site's own words, each with what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ..datafiles.form import Field, Names, Text, one_of
from ..datafiles.reader import Reader
from ..datafiles.strict_yaml import Node, Place, parse_data
from ..problem import Problem, ProblemError, did_you_mean, near_name
from ..quotations.mark import CITATION, cites, parse_citation
from ..sources.people import SLUG
from ..text.quotation_marks import DOUBLE

DATA = Names("data-invalid", "data-incomplete")
MISFIT: Final = "data-misfit"

CITATIONS = re.compile(r"\s*(?:\[[^\[\]]*\]\s*)+")
CITED = re.compile(CITATION)

ID = Text(
    "What the file calls it: small letters, digits and single hyphens.",
    "first-claim",
    required=True,
    pattern=SLUG,
)
NOTE = Text("A remark, with a citation as on a page.", "Said in an interview [@doe-2024, para. 2].")
STATEMENT: dict[str, Field] = {
    "id": ID,
    "label": Text("What is said, in our own words.", "All ought to build", required=True),
    "citation": Text(
        "What it rests on: brackets as on a page.",
        "[@doe-2024, para. 4]",
        required=True,
        pattern=CITATIONS,
        to_editors=one_of("string"),
    ),
    "quotation": Text("Words of the source, in double marks.", "“We will build”"),
    "note": NOTE,
}
"""The fields of every statement; another one leads it."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text of a data file, and from where to where in the file it stands."""

    text: str
    part: tuple[Place, Place]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Something said, by *who* or on which *date*, in our words, and the marks it rests on."""

    id: str
    lead: str
    """Who says it, or when it was."""
    label: str
    citation: str
    """One or more brackets, as on a page."""
    part: tuple[Place, Place]
    """From where to where in the file it goes."""
    quotation: Said | None = None
    note: Said | None = None


def read_data(text: str, path: str) -> Node:
    """Return what the data file *path* with *text* holds, or raise ProblemError."""
    try:
        return parse_data(text, path)
    except ProblemError as error:
        found = error.problem
        raise ProblemError(
            Problem(
                path=path,
                line=found.line,
                column=found.column,
                rule=DATA.invalid,
                message=found.message,
            )
        ) from error


def statement(reader: Reader, node: Node, lead: str) -> Statement | None:
    """Return the statement that *reader* reads from *node*, led by the field *lead*; or None."""
    id_ = slug(reader, node)
    led = title(reader, lead)
    label = reader.text("label")
    citation = reader.text("citation")
    quotation, note = _said(reader, "quotation"), _said(reader, "note")
    if citation is not None and not _is_citation(citation):
        wrong = "'citation' must be brackets as on a page, such as '[@key, para. 4]'"
        reader.wrong(reader.get("citation") or node, wrong)
        citation = None
    if id_ is None or led is None or label is None or citation is None:
        return None
    return Statement(
        id=id_,
        lead=led,
        label=" ".join(label.split()),
        citation=" ".join(citation.split()),
        part=_part(node),
        quotation=quotation,
        note=note,
    )


def slug(reader: Reader, node: Node) -> str | None:
    """Return the id of what *reader* reads from *node*, or None."""
    id_ = reader.text("id")
    if id_ is not None and not SLUG.fullmatch(id_):
        message = f"id {id_!r} must be small letters, digits and single hyphens"
        reader.wrong(reader.get("id") or node, message)
        return None
    return id_


def title(reader: Reader, key: str) -> str | None:
    """Return the text of the field *key*, which stands where nothing can be proven; or None."""
    text = reader.text(key)
    if text is None:
        return None
    node = reader.get(key)
    assert node is not None
    if DOUBLE.search(text) or any(cites(match[1]) for match in CITED.finditer(text)):
        message = f"double marks or a citation in {key!r}; nothing can be proven there"
        reader.wrong(node, message, rule="quote-misplaced")
    return " ".join(text.split())


def chosen(
    reader: Reader, node: Node, key: str, known: Mapping[str, object], what: str
) -> str | None:
    """Return the id in the field *key* that is among those *known*, each that of a *what*."""
    id_ = reader.text(key)
    if id_ is None or id_ in known:
        return id_
    hint = did_you_mean(near_name(id_, known))
    reader.wrong(reader.get(key) or node, f"no {what} {id_!r}{hint}", rule=MISFIT)
    return None


def taken(reader: Reader, node: Node, id_: str, known: Mapping[str, object], what: str) -> bool:
    """Tell whether *id_* is already that of another *what*, and enter so."""
    if id_ in known:
        reader.wrong(reader.get("id") or node, f"id {id_!r} is given to two {what}s")
    return id_ in known


def cited_keys(citation: str) -> list[str]:
    """Return the keys that the brackets of *citation* name, in order."""
    return [
        item.key for match in CITED.finditer(citation) for item in parse_citation(match[1]).items
    ]


def _is_citation(text: str) -> bool:
    whole = CITATIONS.fullmatch(text) is not None
    return whole and all(cites(match[1]) for match in CITED.finditer(text))


def said(node: Node) -> Said:
    """Return the text of the scalar *node*, and where it stands."""
    assert isinstance(node.value, str)
    return Said(" ".join(node.value.split()), ((node.line, node.column), node.end))


def _said(reader: Reader, key: str) -> Said | None:
    node = reader.get(key) if reader.text(key) is not None else None
    return None if node is None else said(node)


def _part(node: Node) -> tuple[Place, Place]:
    return (node.line, node.column), max(_ends(node))


def _ends(node: Node) -> Iterator[Place]:
    yield node.end
    if isinstance(node.value, dict):
        for child in node.value.values():
            yield from _ends(child)
