"""Record forms: which fields a source's record has, with a copy and without."""

from __future__ import annotations

import re
from dataclasses import replace

from ..datafiles.form import (
    Choice,
    Field,
    Form,
    Items,
    Leaf,
    Number,
    Own,
    Schema,
    Share,
    Span,
    Text,
    Texts,
    Within,
    defined,
    matching,
    one_of,
    or_null,
    there,
    when,
)
from .citation_styles import CITED
from .csl import FIELD_KINDS, FIELDS, describe, kind_of
from .passages import FURNITURE, SENSITIVE, SPEECH

KEY = re.compile(r"(?=.{1,100}$)[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
"""A source's key: the stem of its two files, and a word in addresses and ids."""

SHA256 = re.compile(r"[0-9a-f]{64}")
NUMBER = re.compile(r"[1-9][0-9]{0,8}")

COPY = Form(
    about="What the bytes of the copy must be.",
    fields={
        "sha256": Text(
            "The SHA-256 of the copy, as sha256sum prints it.",
            "0" * 64,
            required=True,
            pattern=SHA256,
            to_editors=one_of("string"),
        ),
        "bytes": Number("How many bytes the copy has.", 13404),
        "markup": Choice("What the copy is written in.", "plain", ("plain", "markdown")),
    },
)

LONGER = Form(
    about="Paragraphs of which one excerpt may be longer than others.",
    fields={
        "paragraphs": Span("A paragraph, or a range, both included.", "9-11", required=True),
        "words": Number("The most words of an excerpt there.", 90, required=True),
        "why": Text("Why it may be longer.", "one sentence, not to be cut", required=True),
    },
)

LIMITS = Form(
    about="How much may be shown of the copy.",
    fields={
        "excerpt_words": Number("The most words of one excerpt.", 60),
        "quoted_share": Share("How much of the copy's words may be quoted.", 0.18),
        "published_share": Share("How much may be published in any way.", 0.3),
        "author_share": Share("How much of what the author alone says may be quoted.", 0.15),
        "longer": Items("Where an excerpt may be longer.", LONGER),
    },
)

BASIS = Form(
    about="A field of the reference that the copy does not state, and what it rests on.",
    fields={
        "value": replace(FIELD_KINDS["text"], about="What the field says.", required=True),
        "evidence": Text("What it rests on.", "The page at the address.", required=True),
        "accessed": Text("The day on which that was looked at.", "2024-05-17"),
        "confidence": Choice("How sure it is.", "high", ("high", "medium", "low")),
    },
)

ITEM = Form(
    about="The reference: an item of the Citation Style Language, CSL.",
    fields={
        # A title may be null, but it must be said to be.
        name: Own(*describe(name), defined(kind_of(name)), required=name == "title")
        for name in FIELDS
    }
    | {"type": replace(FIELD_KINDS["type"], about=describe("type")[0], required=True)},
)

_OLD_KEY = matching(
    # To an editor a key such as 1984 is a number.
    {**one_of("string", "integer", "boolean"), "minimum": 0},
    KEY,
    "letters, digits, single hyphens",
)

COMMON: dict[str, Field] = {
    "kind": Choice(
        "A text with a copy, or a reference: without a copy, and never quoted.",
        "text",
        ("text", "reference"),
    ),
    "reference": Within(
        "What the text is, as a list of references says it.",
        ITEM,
        required=True,
        defined="reference",
    ),
    "description": Text("What the text is, where no title is known.", "a leaflet on bridges"),
    "attribution": Text(
        "How the author is named, or what is said instead.", "Jane Doe", required=True
    ),
    "accessed": Text("The day on which it was read.", "2024-05-17"),
    "was": Own(
        "Keys that the source had before, whose addresses lead on to it.",
        ["doe-2023"],
        {"type": "array", "items": _OLD_KEY},
    ),
    "basis": Own(
        "Fields of the reference that the copy itself does not state.",
        {"publisher": BASIS.example()},
        defined("basis"),
    ),
    "read": Choice(
        "Whether a person has read the record over; one that verbatim add drafted says no.",
        "yes",
        ("yes", "no"),
    ),
    "notes": Texts("What readers should know of our copy.", ["The copy has no headings."]),
    "cited": Within(
        "The formatted reference, written by verbatim cite alone.", CITED, defined="cited"
    ),
}

UNTITLED = when(
    "reference",
    {"type": "object", "required": ["title"], "properties": {"title": {"type": "null"}}},
    there("description"),
)
"""A text without title must have a description."""

WITH_COPY = Form(
    about="The record of a source: what is kept beside its copy.",
    fields={
        **COMMON,
        "copy": Within("What the copy must be.", COPY, required=True),
        "furniture": Items("Lines that the author did not write there.", FURNITURE),
        "joins": Own(
            "Pairs of paragraphs that are one, split by furniture or the end of a page.",
            [[20, 28]],
            {
                "type": "array",
                "items": {
                    "type": "array",
                    "minItems": 2,
                    "maxItems": 2,
                    "items": Number("", 20).value(),
                },
            },
        ),
        "speech": Items("Who says what; everything else is the author's.", SPEECH),
        "sensitive": Items("Passages that are shown at most as quoted.", SENSITIVE),
        "publish": Choice(
            "Excerpts, or the full text where it is free to republish.",
            "excerpts",
            ("excerpts", "full"),
        ),
        "limits": Within("How much may be shown of the copy.", LIMITS),
    },
    also=(UNTITLED,),
)

REFERENCE = Form(
    about="The record of a reference: it has no copy, and is never quoted.",
    fields={**COMMON, "accessed": replace(COMMON["accessed"], required=True)},
    also=(UNTITLED,),
)


def record_schema() -> Schema:
    """Return the schema of a record, of either kind."""
    kinds = when("kind", {"const": "reference"}, REFERENCE.schema(), WITH_COPY.schema())
    definitions = {
        "reference": ITEM.schema(),
        "basis": or_null(_basis()),
        "cited": or_null(CITED.schema()),
        **{kind: or_null(field.value()) for kind, field in FIELD_KINDS.items()},
        **{f"basis-{kind}": _basis_of(field) for kind, field in FIELD_KINDS.items()},
    }
    return {**kinds, "definitions": definitions}


def _basis() -> Schema:
    """Return the schema of `basis`: any field of a reference, with its evidence."""
    fields = {
        name: {"description": describe(name)[0], **defined(f"basis-{kind_of(name)}")}
        for name in FIELDS
    }
    return {"type": "object", "properties": fields, "additionalProperties": False}


def _basis_of(field: Leaf) -> Schema:
    """Return the schema of the basis of a field of that kind."""
    value = replace(field, about="What the field says.", required=True)
    return replace(BASIS, fields={**BASIS.fields, "value": value}).schema()
