"""Passages: the parts of a copy that its record names, and what it says of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, get_args

from ..datafiles.form import Choice, Field, Form, Number, Own, Span, Text, Texts
from ..datafiles.reader import Reader

Mode = Literal["verbatim", "paraphrase"]
MODES: tuple[Mode, ...] = get_args(Mode)

NOTHING = "nothing"
"""What a record says of a sensitive passage of which no word may be quoted."""

FROM = Text("The first words of it; without them it begins with the paragraph.", "We will build")
TO = Text("The last words of it; without them it ends with the paragraph.", "for anybody.")
PASSAGE: dict[str, Field] = {
    "paragraph": Number("The number of the paragraph that holds it.", 4, required=True),
    "from": FROM,
    "to": TO,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words of one paragraph, named by their first and last; None is the paragraph's own edge."""

    paragraph: int
    first: str | None
    last: str | None
    line: int


def parse_passage(reader: Reader) -> Passage | None:
    """Return the passage that a speech or a sensitive passage is of, or None without paragraph."""
    paragraph = reader.number("paragraph")
    first, last = reader.text("from"), reader.text("to")
    if paragraph is None:
        return None
    return Passage(paragraph=paragraph, first=first, last=last, line=reader.node.line)


FURNITURE = Form(
    about="Lines of the copy that its author did not write there; they cannot be quoted.",
    fields={
        "lines": Span("A line of the copy, or a range, both included.", "21-35", required=True),
        "what": Text("What they are.", "site navigation", required=True),
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Lines of a copy, from *first* to *last*, that its author did not write there."""

    first: int
    last: int
    what: str
    line: int


def parse_lines(reader: Reader) -> Lines | None:
    """Return lines of furniture, or None without a range."""
    span, what = reader.span("lines"), reader.text("what")
    if span is None:
        return None
    return Lines(first=span[0], last=span[1], what=what or "", line=reader.node.line)


SPEECH = Form(
    about="A passage in which somebody other than the author speaks.",
    fields={
        "speaker": Text("Who speaks: an id of people.yml.", "jane-doe", required=True),
        "mode": Choice(
            "In their own words, or told in the author's.", "verbatim", MODES, required=True
        ),
        **PASSAGE,
        "how": Text("How it was said.", "spoken, in an interview"),
        "via": Texts("Through whom it reached the author.", ["a translator not named"]),
        "note": Text("What a maintainer should know of it.", "The first name is misspelt."),
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechRecord:
    """A passage in which somebody other than the source's author speaks."""

    passage: Passage
    speaker: str
    mode: Mode
    how: str | None
    via: tuple[str, ...]
    note: str | None


def parse_speech(reader: Reader) -> SpeechRecord | None:
    """Return a speech, or None without speaker, mode or paragraph."""
    speaker, mode, passage = reader.text("speaker"), reader.choice("mode"), parse_passage(reader)
    how, via, note = reader.text("how"), reader.texts("via"), reader.text("note")
    if speaker is None or mode is None or passage is None:
        return None
    return SpeechRecord(
        passage=passage,
        speaker=speaker,
        mode="verbatim" if mode == "verbatim" else "paraphrase",
        how=how,
        via=via,
        note=note,
    )


SHOWN = Form(
    about="The part of a sensitive passage that may be quoted at most.",
    fields={"from": replace(FROM, required=True), "to": replace(TO, required=True)},
)

SENSITIVE = Form(
    about="A passage that is shown at most as quoted, never as context.",
    fields={
        **PASSAGE,
        "shown": Own(
            f"What of it may be quoted at most: from and to, or {NOTHING}.",
            NOTHING,
            {"if": {"type": "object"}, "then": SHOWN.schema(), "else": {"enum": [NOTHING]}},
        ),
    },
)


class Sensitive(NamedTuple):
    """A passage that is shown at most as quoted; *shown* is what may be quoted of it at most.

    With *limited* and nothing *shown*, none of it is quoted.
    """

    passage: Passage
    shown: Passage | None = None
    limited: bool = False


def parse_sensitive(reader: Reader) -> Sensitive | None:
    """Return a sensitive passage, or None without paragraph."""
    passage, given = parse_passage(reader), reader.get("shown")
    if passage is None:
        return None
    if given is None or given.value == NOTHING:
        return Sensitive(passage=passage, limited=given is not None)
    called = f"'shown', which is from and to, or {NOTHING!r},"
    first, last = reader.read(given, called, SHOWN, lambda r: (r.text("from"), r.text("to")))
    shown = replace(passage, first=first, last=last, line=given.line)
    return Sensitive(passage=passage, shown=shown, limited=True)
