"""Forms: the fields of a data file, declared once for the reader of the file and for editors."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import NamedTuple

from ..problem import RuleId

Schema = dict[str, object]
"""JSON Schema, draft 7: the newest that editors of YAML know."""

TEXT: Schema = {"if": {"type": "boolean"}, "else": {"type": ["string", "number"]}}
"""Any text: an editor takes one without quotation marks for a number or a truth value, too.

Not a type among others, because an editor would then offer true and false for every text.
"""

WHOLE = re.compile(r"[1-9][0-9]{0,11}")
SHARE = re.compile(r"0?\.[0-9]{1,6}|[01](?:\.0{1,6})?")
SPAN = re.compile(r"([1-9][0-9]{0,8})(?:\s?[-–]\s?([1-9][0-9]{0,8}))?")
A_WHOLE, A_SHARE = "a whole number from 1", "a number from 0 to 1"
A_SPAN = "a number or a range such as 21-35"

WORDS: Schema = {**TEXT, "pattern": r"\S", "patternErrorMessage": "must be text"}
"""Any text that is not blank."""


class Names(NamedTuple):
    """The rules of one kind of file: for what is wrong in it, and for what is missing."""

    invalid: RuleId
    incomplete: RuleId


RECORD = Names("record-invalid", "record-incomplete")


@dataclass(frozen=True, slots=True)
class Field:
    """A field: what it is *about*, in words for authors, and whether it must be there."""

    about: str
    _: KW_ONLY
    required: bool = False
    needed_if: tuple[str, str] | None = None
    """Another field, and the value of it with which this one must be there, too."""

    def schema(self) -> Schema:
        """Return the schema of this field: its value, or null too if it may be absent."""
        value = self.value()
        return {"description": self.about, **(value if self.required else or_null(value))}

    def value(self) -> Schema:
        """Return the schema of this field's value."""
        raise NotImplementedError

    def example(self) -> object:
        """Return a value that the field may have."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Leaf(Field):
    """A field without fields inside; *such_as* is an example, or None."""

    such_as: object

    def schema(self) -> Schema:
        """Return the schema of this field, with the example."""
        # Not by `super`, which a dataclass with slots cannot find without arguments.
        examples = {} if self.such_as is None else {"examples": [self.such_as]}
        return {**Field.schema(self), **examples}

    def example(self) -> object:
        """Return the example."""
        return self.such_as


@dataclass(frozen=True, slots=True)
class Text(Leaf):
    """A non-blank text that matches *pattern*; editors are given the schema *to_editors*."""

    _: KW_ONLY
    pattern: re.Pattern[str] | None = None
    to_editors: Schema | None = None

    def value(self) -> Schema:
        """Return the schema of a text, written with or without quotation marks."""
        if self.pattern is None:
            return WORDS
        return matching(self.to_editors or TEXT, self.pattern, self.about)


@dataclass(frozen=True, slots=True)
class Choice(Leaf):
    """One of some *choices*, the example among them."""

    choices: tuple[str, ...]

    def value(self) -> Schema:
        """Return the schema of the choices."""
        return {"enum": list(self.choices)}


@dataclass(frozen=True, slots=True)
class Flag(Leaf):
    """True or false; false where it is absent."""

    def value(self) -> Schema:
        """Return the schema of a truth value, written with or without quotation marks."""
        return matching(
            one_of("boolean", "string"), re.compile("true|false"), "must be true or false"
        )


@dataclass(frozen=True, slots=True)
class Number(Leaf):
    """A whole number from 1."""

    def value(self) -> Schema:
        """Return the schema of a number, written with or without quotation marks."""
        return matching(one_of("integer", "string"), WHOLE, f"must be {A_WHOLE}") | {"minimum": 1}


@dataclass(frozen=True, slots=True)
class Share(Leaf):
    """A number from 0 to 1."""

    def value(self) -> Schema:
        """Return the schema of a number, written with or without quotation marks."""
        value = matching(one_of("number", "string"), SHARE, f"must be {A_SHARE}")
        return value | {"minimum": 0, "maximum": 1}


@dataclass(frozen=True, slots=True)
class Span(Leaf):
    """A number from 1, or a range of two."""

    def value(self) -> Schema:
        """Return the schema of a number, or of two with a dash between."""
        return matching(one_of("integer", "string"), SPAN, f"must be {A_SPAN}") | {"minimum": 1}


@dataclass(frozen=True, slots=True)
class Texts(Leaf):
    """A list of texts."""

    def value(self) -> Schema:
        """Return the schema of a list of texts that are not blank."""
        return {"type": "array", "items": WORDS}


@dataclass(frozen=True, slots=True)
class Own(Leaf):
    """A field that its reader parses itself; *given* is the schema of its value."""

    given: Schema

    def value(self) -> Schema:
        """Return the schema that was given."""
        return self.given


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The *fields* of a mapping, what it is *about*, and the *rules* its mistakes are reported by.

    *also* are further schemas that the mapping as a whole must match.
    """

    about: str
    fields: Mapping[str, Field]
    rules: Names = RECORD
    also: Sequence[Schema] = ()

    def schema(self) -> Schema:
        """Return the schema of the mapping; it allows no field that is not in the form."""
        needed = [name for name, each in self.fields.items() if each.required]
        made: Schema = {
            "type": "object",
            "description": self.about,
            "properties": {name: each.schema() for name, each in self.fields.items()},
            "additionalProperties": False,
        }
        if needed:
            made["required"] = needed
        if further := [*self._needed_if(), *self.also]:
            made["allOf"] = further
        return made

    def example(self) -> dict[str, object]:
        """Return a mapping with every field of the form."""
        return {name: each.example() for name, each in self.fields.items()}

    def _needed_if(self) -> list[Schema]:
        return [
            when(each.needed_if[0], {"const": each.needed_if[1]}, there(name))
            for name, each in self.fields.items()
            if each.needed_if
        ]


@dataclass(frozen=True, slots=True)
class Within(Field):
    """A mapping with the fields of *form*; a schema may hold it under definitions as *defined*."""

    form: Form
    _: KW_ONLY
    defined: str | None = None

    def value(self) -> Schema:
        """Return the schema of the form, or a reference to its definition."""
        return defined(self.defined) if self.defined else self.form.schema()

    def example(self) -> object:
        """Return a mapping with every field."""
        return self.form.example()


@dataclass(frozen=True, slots=True)
class Items(Field):
    """A list of mappings, each with the fields of *form*; of no more than *most*."""

    form: Form
    _: KW_ONLY
    most: int | None = None

    def value(self) -> Schema:
        """Return the schema of a list of such mappings."""
        most = {} if self.most is None else {"maxItems": self.most}
        return {"type": "array", **most, "items": self.form.schema()}

    def example(self) -> object:
        """Return a list of one mapping with every field."""
        return [self.form.example()]


def when(name: str, has: Schema, then: Schema, otherwise: Schema | None = None) -> Schema:
    """Return an if/then/else schema: *then* if field *name* matches *has*, else *otherwise*."""
    made: Schema = {"if": {"required": [name], "properties": {name: has}}, "then": then}
    return made if otherwise is None else {**made, "else": otherwise}


def there(name: str) -> Schema:
    """Return a schema that requires the field *name*, and not as null."""
    return {"required": [name], "properties": {name: {"not": {"type": "null"}}}}


def one_of(*types: str) -> Schema:
    """Return the schema of a value of one of *types*."""
    return {"type": list(types)}


def matching(value: Schema, pattern: re.Pattern[str], message: str) -> Schema:
    """Return the schema *value* whose texts match *pattern*; editors show *message* of others."""
    # An editor looks for a pattern anywhere, and shows the pattern itself if it has no message.
    return {**value, "pattern": f"^(?:{pattern.pattern})$", "patternErrorMessage": message}


def defined(name: str) -> Schema:
    """Return a reference to the definition *name* of the schema."""
    return {"$ref": f"#/definitions/{name}"}


def or_null(value: Schema) -> Schema:
    """Return the schema *value*, null allowed; a definition says itself whether it allows null."""
    made = dict(value)
    for name, given in value.items():
        if name == "enum" and isinstance(given, list):
            made[name] = [*given, None]
        elif name == "type":
            made[name] = [*(given if isinstance(given, list) else [given]), "null"]
        elif name in ("then", "else") and isinstance(given, dict):
            made[name] = or_null(given)
    return made
