"""Citation styles: which there are, and a reference as it was formatted once in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..datafiles.form import TEXT, Form, Own, Schema, Text, Within
from ..datafiles.reader import Reader


@dataclass(frozen=True, slots=True)
class CitationStyle:
    """A style in which every reference is formatted, shown and copied.

    *name* is its key in records and in pages, *label* what readers see, *file* its rules in the
    Citation Style Language, below `styles/`.
    """

    name: str
    label: str
    file: str


CITATION_STYLES = {
    style.name: style
    for style in (
        CitationStyle("chicago", "Chicago", "chicago-notes-bibliography.csl"),
        CitationStyle("apa", "APA", "apa.csl"),
        CitationStyle("mla", "MLA", "modern-language-association.csl"),
    )
}
"""All styles by name, in the order in which readers are offered them."""

DEFAULT_STYLE = "chicago"
"""The style of notes and lists, in which pages cite."""

BIBTEX = CitationStyle("bibtex", "BibTeX", "")
"""What is offered beside the styles: an entry for programs, made without rules of its own."""

NOTES: Schema = {"type": "object", "additionalProperties": TEXT}

STYLE = Form(
    about="The reference in one style.",
    fields={
        "bibliography": Text("As lists have it.", "Doe, Jane. *Bridges*. 2024."),
        "note": Own(
            "As notes have it, by what they point at.", {"plain": "Doe, *Bridges*."}, NOTES
        ),
        "short": Own("When it was named before.", {"plain": "Doe, *Bridges*."}, NOTES),
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A reference in one style: in a list, in a note or in text, and when named before.

    Notes are by what they point at: plain, paragraph, paragraphs, line, lines; `{}` is where the
    numbers go, and *...* is emphasis.
    """

    bibliography: str
    note: Mapping[str, str]
    short: Mapping[str, str]

    @property
    def in_notes(self) -> bool:
        """Whether a note in this style says all, and need not lead to a list of references."""
        return bool(self.short)


def parse_style(reader: Reader) -> Style:
    """Return the reference in one style."""
    return Style(
        bibliography=reader.text("bibliography") or "",
        note=_notes(reader, "note"),
        short=_notes(reader, "short"),
    )


def _notes(reader: Reader, name: str) -> dict[str, str]:
    notes: dict[str, str] = {}
    for key, node in reader.mapping(name).items():
        if isinstance(node.value, str):
            notes[key] = node.value
        else:
            reader.wrong(node, f"{key!r} of {name!r} must be text")
    return notes


CITED = Form(
    about="The formatted reference; verbatim cite writes it, and nobody by hand.",
    fields={
        "of": Text("The digest of the reference that was formatted.", "0" * 64, required=True),
        "pandoc": Text("The version of pandoc that formatted it.", "3.9"),
        **{name: Within(f"In the style {name}.", STYLE) for name in CITATION_STYLES},
        "bibtex": Text("As BibTeX.", "@misc{doe-2024, title={Bridges}}"),
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What `verbatim cite` locked: *of* is the digest of the item that was formatted."""

    of: str
    styles: Mapping[str, Style]
    bibtex: str
    line: int


def parse_cited(reader: Reader) -> Cited:
    """Return the locked citations of a record."""
    reader.text("pandoc")
    given = {name: reader.get(name) for name in CITATION_STYLES}
    return Cited(
        of=reader.text("of") or "",
        styles={
            name: reader.read(node, f"'cited' in {name!r}", STYLE, parse_style)
            for name, node in given.items()
            if node is not None
        },
        bibtex=reader.text("bibtex") or "",
        line=reader.node.line,
    )
