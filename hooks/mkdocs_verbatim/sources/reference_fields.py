"""Reference fields: what a record says of its text, and what that rests on beside the copy."""

from __future__ import annotations

from dataclasses import dataclass

from ..datafiles.reader import Reader
from ..datafiles.strict_yaml import Node
from .csl import wrong

Value = str | list["Value"] | dict[str, "Value"] | None


def plain(node: Node) -> Value:
    """Return *node* as strings, lists and dicts."""
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    if isinstance(node.value, dict):
        return {key: plain(item) for key, item in node.value.items()}
    return node.value


def parse_reference(reader: Reader) -> dict[str, Value] | None:
    """Return the fields of a reference as text, or None where it is not a mapping."""
    if not isinstance(reader.node.value, dict):
        return None
    reader.text("type")
    values = {name: plain(node) for name, node in reader.fields().items()}
    for name, node in reader.fields().items():
        if message := wrong(name, values[name]):
            reader.wrong(node, message)
    return values


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A reference's field that the copy does not state, and what it rests on."""

    value: Value
    evidence: str
    accessed: str | None
    confidence: str


def parse_basis(reader: Reader, name: str) -> Basis | None:
    """Return what the field *name* of a reference rests on, or None without value or evidence."""
    value, evidence = reader.get("value"), reader.text("evidence")
    accessed, confidence = reader.text("accessed"), reader.choice("confidence")
    if value is not None and (message := wrong(name, plain(value))):
        reader.wrong(reader.node, message)
    if value is None or evidence is None:
        return None
    return Basis(
        value=plain(value),
        evidence=evidence,
        accessed=accessed,
        confidence=confidence or "not stated",
    )
