"""Readers: take the fields of a mapping one by one, and collect what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ..problem import Problem, RuleId, did_you_mean, near_name
from .form import A_SHARE, A_SPAN, A_WHOLE, RECORD, SHARE, SPAN, WHOLE, Choice, Form, Items, Within
from .strict_yaml import Node, Place

Made = TypeVar("Made")


class Reader:
    """Takes the fields of a mapping one by one, and collects what is wrong with them."""

    def __init__(
        self,
        node: Node,
        path: str,
        name: str,
        problems: list[Problem],
        form: Form | None = None,
    ) -> None:
        """Read *node*, called *name* in messages; what is wrong goes into *problems*.

        With a *form*, that says which fields there are, and which of them are required.
        """
        self.node = node
        """The mapping that is read, for a problem of it as a whole."""
        self._path, self._name, self._problems = path, name, problems
        self._form, self._rules = form, form.rules if form else RECORD
        self._known: set[str] = set()
        if not isinstance(node.value, dict):
            self.wrong(node, f"{name} must be a mapping of fields")
        self._values = node.value if isinstance(node.value, dict) else {}

    def get(self, key: str, *, required: bool = False) -> Node | None:
        """Return the node of *key*, or None if it is absent or null."""
        self._known.add(key)
        node = self._values.get(key)
        if node is not None and node.value is not None:
            return node
        if (required or self._requires(key)) and isinstance(self.node.value, dict):
            message = f"missing {key!r} in {self._name}"
            self.wrong(node or self.node, message, rule=self._rules.incomplete)
        return None

    def _requires(self, key: str) -> bool:
        """Return whether the form says that *key* must be there."""
        if self._form is None:
            return False
        field = self._form.fields[key]
        other, value = field.needed_if or ("", "")
        given = self._values.get(other)
        return field.required or (given is not None and given.value == value)

    def has(self, key: str) -> bool:
        """Return whether *key* is there, even if null."""
        self._known.add(key)
        return key in self._values

    def fields(self) -> dict[str, Node]:
        """Return the nodes of all fields, null or not, all of which then count as known."""
        self._known.update(self._values)
        return self._values

    def text(self, key: str, *, required: bool = False) -> str | None:
        """Return a string that is not blank, or None."""
        node = self.get(key, required=required)
        if node is None:
            return None
        if isinstance(node.value, str) and node.value.strip():
            return node.value
        self.wrong(node, f"{key!r} must be text")
        return None

    def choice(self, key: str, choices: tuple[str, ...] = ()) -> str | None:
        """Return one of *choices*, or of those that the form has for *key*; or None."""
        choices = choices or self._choices(key)
        value = self.text(key)
        if value is None or value in choices:
            return value
        node = self._values[key]
        self.wrong(node, f"{key!r} cannot be {value!r}; choose one of {', '.join(choices)}")
        return None

    def _choices(self, key: str) -> tuple[str, ...]:
        field = self._form.fields[key] if self._form else None
        assert isinstance(field, Choice), f"{key!r} has no choices"
        return field.choices

    def flag(self, key: str) -> bool:
        """Return whether *key* is true; False if it is absent."""
        return self.choice(key, ("true", "false")) == "true"

    def number(self, key: str) -> int | None:
        """Return a whole number from 1, or None."""
        node = self.get(key)
        if node is None:
            return None
        if isinstance(node.value, str) and WHOLE.fullmatch(node.value):
            return int(node.value)
        self.wrong(node, f"{key!r} must be {A_WHOLE}")
        return None

    def share(self, key: str, *, required: bool = False) -> float | None:
        """Return a number from 0 to 1, or None."""
        node = self.get(key, required=required)
        if node is None:
            return None
        if isinstance(node.value, str) and SHARE.fullmatch(node.value):
            return float(node.value)
        self.wrong(node, f"{key!r} must be {A_SHARE}")
        return None

    def span(self, key: str) -> tuple[int, int] | None:
        """Return the numbers N and M of `N-M`, or N twice of `N`; or None."""
        node = self.get(key)
        if node is None:
            return None
        match = isinstance(node.value, str) and SPAN.fullmatch(node.value)
        if match:
            first, last = int(match[1]), int(match[2] or match[1])
            if first <= last:
                return first, last
        self.wrong(node, f"{key!r} must be {A_SPAN}")
        return None

    def items(self, key: str) -> list[Node]:
        """Return the nodes of a list, or an empty one if it is absent."""
        node = self.get(key)
        if node is None:
            return []
        if isinstance(node.value, list):
            return node.value
        self.wrong(node, f"{key!r} must be a list")
        return []

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the strings of a list, or () if it is absent."""
        texts: list[str] = []
        for node in self.items(key):
            if isinstance(node.value, str) and node.value.strip():
                texts.append(node.value)
            else:
                self.wrong(node, f"{key!r} must be a list of texts")
        return tuple(texts)

    def mapping(self, key: str) -> dict[str, Node]:
        """Return the fields of a mapping, or an empty one if it is absent."""
        node = self.get(key)
        if node is None:
            return {}
        if isinstance(node.value, dict):
            return node.value
        self.wrong(node, f"{key!r} must be a mapping of fields")
        return {}

    def within(self, key: str, parse: Callable[[Reader], Made]) -> Made | None:
        """Return what *parse* makes of the mapping under *key*, or None if it is absent."""
        node = self.get(key)
        return None if node is None else self.read(node, f"{key!r}", self._inner(key), parse)

    def each(self, key: str, parse: Callable[[Reader], Made | None]) -> tuple[Made, ...]:
        """Return what *parse* makes of each mapping of a list, without those that it refuses."""
        form = self._inner(key)
        read = [self.read(node, f"{key!r}", form, parse) for node in self.items(key)]
        return tuple(made for made in read if made is not None)

    def read(self, node: Node, name: str, form: Form, parse: Callable[[Reader], Made]) -> Made:
        """Return what *parse* makes of the mapping *node*, which has *form* and is called *name*.

        A field that *parse* did not ask for is unknown.
        """
        inner = Reader(node, self._path, name, self._problems, form)
        made = parse(inner)
        inner.finish()
        return made

    def _inner(self, key: str) -> Form:
        field = self._form.fields[key] if self._form else None
        assert isinstance(field, Within | Items), f"{key!r} has no fields"
        return field.form

    def wrong(self, node: Node, message: str, *, rule: RuleId | None = None) -> None:
        """Enter a problem at *node*."""
        self._enter((node.line, node.column), message, rule or self._rules.invalid)

    def finish(self) -> None:
        """Enter a problem for each field that was never asked for: it is unknown."""
        for key, place in self.node.keys.items():
            if key not in self._known:
                hint = did_you_mean(near_name(key, sorted(self._known)))
                known = hint or f"; known are {', '.join(sorted(self._known))}"
                message = f"unknown key {key!r} in {self._name}{known}"
                self._enter(place, message, self._rules.invalid)

    def _enter(self, place: Place, message: str, rule: RuleId) -> None:
        line, column = place
        self._problems.append(
            Problem(path=self._path, line=line, column=column, rule=rule, message=message)
        )
