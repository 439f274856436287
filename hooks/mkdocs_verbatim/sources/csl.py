"""CSL: a source's reference as an item of the Citation Style Language, version 1.0.2."""

from __future__ import annotations

import calendar
import hashlib
import json
import re
from collections.abc import Mapping
from difflib import get_close_matches

from ..datafiles.form import TEXT, Choice, Leaf, Own, one_of

TYPES = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast "
    "chapter classic collection dataset document entry entry-dictionary "
    "entry-encyclopedia figure graphic hearing interview legal_case legislation manuscript map "
    "motion_picture musical_score pamphlet paper-conference patent performance periodical "
    "personal_communication post post-weblog regulation report review review-book "
    "software song speech standard thesis treaty webpage".split()
)
NAMES = frozenset(
    "author chair collection-editor compiler composer container-author contributor "
    "curator director editor editorial-director executive-producer interviewer "
    "illustrator organizer original-author performer producer recipient reviewed-author "
    "translator".split()
)
DATES = frozenset(
    ["accessed", "available-date", "event-date", "issued", "original-date", "submitted"]
)
TEXTS = frozenset(
    "language journalAbbreviation shortTitle abstract annote archive archive_collection "
    "archive_location archive-place authority call-number chapter-number "
    "collection-number collection-title container-title container-title-short dimensions division "
    "DOI edition event event-place genre ISAN ISBN ISCI ISMN ISRC ISSN ISWC issue "
    "jurisdiction keyword medium note number number-of-pages number-of-volumes "
    "original-publisher original-publisher-place original-title page page-first part part-title "
    "PMCID PMID printing publisher publisher-place references reviewed-title scale "
    "section source status supplement title title-short translated-title "
    "translated-title-short URL version volume".split()
)
NAME_PARTS = frozenset(
    ["family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal"]
)
ISO = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")

Item = dict[str, object]


# With http or https, or without a scheme, as people write it; never with another scheme.
ADDRESS = re.compile(r'(?:https?://)?[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?(?:[/?#][^\s"<>]*)?')
CONTROL = re.compile(r"[\0-\x1f\x7f-\x9f]")

MUST_BE_ADDRESS = "must be an address on the web, such as https://example.org/"
MUST_BE_DATE = "must be 2018-07-16, 2018-07 or 2018"

FIELD_KINDS: dict[str, Leaf] = {
    "type": Choice("", "webpage", tuple(sorted(TYPES))),
    "text": Own("", "Some words", TEXT),
    "address": Own(
        "",
        "https://example.org/bridges",
        {
            **TEXT,
            # To an editor `\w` is ASCII.
            "pattern": f"^(?:{ADDRESS.pattern})?$".replace(r"\w", r"\w\u0080-\uffff"),
            "patternErrorMessage": MUST_BE_ADDRESS,
        },
    ),
    "date": Own(
        "",
        "2024-05-17",
        {
            **one_of("string", "integer", "object"),
            "pattern": f"^{ISO.pattern}(?:/{ISO.pattern})?$",
            "patternErrorMessage": MUST_BE_DATE,
            "minimum": 0,
            "maximum": 9999,
            "required": ["date-parts"],
            "properties": {
                "date-parts": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": 2,
                    "items": {"type": "array", "items": one_of("integer", "string")},
                }
            },
            "additionalProperties": False,
        },
    ),
    "names": Own(
        "",
        [{"family": "Doe", "given": "Jane"}],
        {
            "type": "array",
            "items": {
                "type": "object",
                "minProperties": 1,
                "properties": dict.fromkeys(sorted(NAME_PARTS), TEXT),
                "additionalProperties": False,
            },
        },
    ),
}
"""The forms of the fields of a reference, by the kind of field."""

USUAL: dict[str, tuple[str, object]] = {
    "type": ("What kind of text it is.", "webpage"),
    "title": ("The title, or null where none is known.", "Bridges and Tolls"),
    "author": (
        "Who wrote it: family and given name, or the literal name of an organisation.",
        [{"family": "Doe", "given": "Jane"}],
    ),
    "issued": ("When it came out: a day, a month or a year.", "2024-05-17"),
    "publisher": ("Who published it.", "A House of Books"),
    "container-title": ("What it came out in: a newspaper, a journal, a site.", "The Example"),
    "title-short": ("The title, shortened, for where it is named again.", "Bridges"),
    "URL": ("Its address on the web.", "https://example.org/bridges"),
    "accessed": ("The day on which it was read.", "2024-05-18"),
    "event-date": ("The day of what it is about, such as an opening.", "2024-05-16"),
    "translator": ("Who translated it.", [{"literal": "Example Translations"}]),
    "editor": ("Who edited it.", [{"family": "Roe", "given": "Richard"}]),
    "volume": ("The volume of a journal.", 12),
    "issue": ("The issue of a journal.", 3),
    "page": ("The pages it is on.", "12-18"),
    "genre": ("What it is, where the type does not say so.", "white paper"),
    "number": ("Its number in a series.", "HL 42"),
    "DOI": ("Its Digital Object Identifier, with no address before it.", "10.1000/182"),
    "ISBN": ("Its International Standard Book Number.", "978-0-00-000000-2"),
    "language": ("The code of the language it is in.", "en"),
    "note": ("What a reader of the reference should know besides.", "Read in a stored copy."),
}
"""The fields that most references have: what each is, and an example."""

FIELDS = [*USUAL, *sorted((TEXTS | DATES | NAMES) - set(USUAL))]
"""All fields of a reference, the usual ones first."""


def describe(name: str) -> tuple[str, object]:
    """Return a description of the field *name*, and an example, or None of a rare field."""
    return USUAL.get(name, (f"{name} of the Citation Style Language 1.0.2.", None))


def kind_of(name: str) -> str:
    """Return the kind of the field *name*: a key of `FIELD_KINDS`."""
    if name in DATES or name in NAMES:
        return "date" if name in DATES else "names"
    return {"type": "type", "URL": "address"}.get(name, "text")


def wrong(name: str, value: object) -> str | None:
    """Return what is wrong with the *value* of a reference's field *name*, or None."""
    if name == "type":
        known = isinstance(value, str) and value in TYPES
        return None if known else _wrong_type(value)
    if name in TEXTS:
        return _wrong_text(name, value)
    if name in DATES:
        return None if value is None or date_parts(value) else _wrong_date(name, value)
    if name in NAMES:
        return _wrong_names(name, value)
    return f"unknown field {name!r}; a reference has the fields of CSL"


def _wrong_type(value: object) -> str:
    """Return that *value* is no type, with the one that is most like it, or all."""
    near = [name for name in sorted(TYPES) if isinstance(value, str) and value in name]
    guess = next(iter(get_close_matches(str(value), sorted(TYPES), n=1)), None)
    named = ", ".join(near) or guess
    hint = f"; did you mean {named}?" if named else f"; known are {', '.join(sorted(TYPES))}"
    return f"type {value!r} is not one of CSL's{hint}"


def _wrong_date(name: str, value: object) -> str:
    written = isinstance(value, str) and all(map(ISO.fullmatch, value.split("/")))
    there = f"; there is no {value!r} in the calendar" if written else ""
    return f"{name!r} {MUST_BE_DATE}{there}"


def _wrong_text(name: str, value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        return f"{name!r} must be text"
    # A browser drops control characters before it looks at an address.
    if name == "URL" and value and not ADDRESS.fullmatch(CONTROL.sub("", value)):
        return f"'URL' {MUST_BE_ADDRESS}, not {value[:60]!r}"
    return None


def _wrong_names(name: str, value: object) -> str | None:
    if value is None or (isinstance(value, list) and all(_is_name(part) for part in value)):
        return None
    return f"{name!r} must be a list such as [{{family: Doe, given: Jane}}]"


def _is_name(value: object) -> bool:
    if not isinstance(value, dict) or not value:
        return False
    return all(key in NAME_PARTS and isinstance(part, str) for key, part in value.items())


def date_parts(value: object) -> list[list[int]]:
    """Return the parts of an ISO or CSL date, or of both ends of a range; [] if malformed."""
    if isinstance(value, dict) and set(value) == {"date-parts"}:
        parts = value["date-parts"]
        rows = parts if isinstance(parts, list) else []
        value = "/".join(_iso(row) for row in rows)
    if not isinstance(value, str):
        return []
    dates = [ISO.fullmatch(part) for part in value.split("/")]
    if not 1 <= len(dates) <= 2:
        return []
    found = [[int(n) for n in match.groups() if n] for match in dates if match]
    return found if len(found) == len(dates) and all(map(_is_in_calendar, found)) else []


def _is_in_calendar(parts: list[int]) -> bool:
    """Return whether there is the year, the month or the day of which these are the *parts*."""
    year, month, day = (*parts, 1, 1)[:3]
    if not 1 <= month <= 12:
        return False
    # The calendar of the library has no year 0.
    return 1 <= day <= calendar.monthrange(year or 4, month)[1]


def _iso(row: object) -> str:
    parts = [str(part) for part in row] if isinstance(row, list) else []
    return "-".join(part.zfill(2) for part in parts)


def item(key: str, fields: Mapping[str, object]) -> Item:
    """Return the CSL-JSON item of those *fields* that are not None, with *key* as its id."""
    made: Item = {"id": key}
    for name, value in fields.items():
        if value is None:
            continue
        made[name] = {"date-parts": date_parts(value)} if name in DATES else value
    return made


def digest(made: Item) -> str:
    """Return the SHA-256 of an item, by which a lock shows whether the item has changed."""
    text = json.dumps(made, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
