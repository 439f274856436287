"""Whether a document has the form that one of our own JSON schemas describes.

It knows the keywords that those schemas use, and fails on any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Schema = Mapping[str, Any]

TYPES: Mapping[str, type | None] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "null": type(None),
}
SPOKEN = frozenset({"$schema", "$defs", "title", "description"})
"""Keywords that are for readers, or hold what others refer to."""


def fits(value: Any, schema: Schema, root: Schema | None = None) -> bool:
    """Return whether *value*, read from JSON, is as *schema* says, which is part of *root*."""
    whole = schema if root is None else root
    if (reference := schema.get("$ref")) is not None:
        return fits(value, whole["$defs"][reference.removeprefix("#/$defs/")], whole)
    # First the type: what other keywords ask makes sense of one type alone.
    return _has_type(value, schema) and all(
        CHECKS[keyword](value, schema, whole)
        for keyword in schema
        if keyword not in SPOKEN and keyword != "type"
    )


def _has_type(value: Any, schema: Schema) -> bool:
    named = schema.get("type", [*TYPES])
    # A boolean is an integer to Python, and not to JSON.
    return type(value) in [TYPES[name] for name in ([named] if isinstance(named, str) else named)]


def _have_forms(value: Mapping[str, Any], schema: Schema, root: Schema) -> bool:
    forms: Mapping[str, Schema] = schema["properties"]
    return all(fits(inner, forms[name], root) for name, inner in value.items() if name in forms)


def _items_fit(value: Sequence[Any], schema: Schema, root: Schema) -> bool:
    rest = value[len(schema.get("prefixItems", ())) :]
    if schema["items"] is False:
        return not rest
    return all(fits(item, schema["items"], root) for item in rest)


CHECKS: Mapping[str, Callable[[Any, Schema, Schema], bool]] = {
    "const": lambda value, schema, _: bool(value == schema["const"]),
    "pattern": lambda value, schema, _: re.search(schema["pattern"], value) is not None,
    "minimum": lambda value, schema, _: bool(value >= schema["minimum"]),
    "required": lambda value, schema, _: set(schema["required"]) <= value.keys(),
    "additionalProperties": lambda value, schema, _: value.keys() <= schema["properties"].keys(),
    "properties": _have_forms,
    "minItems": lambda value, schema, _: len(value) >= schema["minItems"],
    "prefixItems": lambda value, schema, root: all(
        fits(item, form, root) for item, form in zip(value, schema["prefixItems"], strict=False)
    ),
    "items": _items_fit,
}
