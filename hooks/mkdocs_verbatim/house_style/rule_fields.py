"""Rule fields: the mapping that states one house-style rule, each field read strictly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..datafiles.reader import Reader
from ..datafiles.strict_yaml import Node
from ..problem import Problem, did_you_mean, near_name
from ..quotations.mark import Item, parse_citation
from ..text.quotation_marks import DOUBLE
from .phrases import wrong_phrase

EMPTY = Node({}, 1, 1)


def node_of(value: object, *, listed: bool = False) -> Node:
    """Return *value*, read from YAML, as a node that `Reader` takes: its scalars are texts."""
    if isinstance(value, Mapping):
        inner = {str(key): node_of(item) for key, item in value.items()}
        return Node(inner, 1, 1, dict.fromkeys(inner, (1, 1)))
    if isinstance(value, list):
        return Node([node_of(item, listed=True) for item in value], 1, 1)
    if isinstance(value, bool):
        # YAML reads a bare `no` in a list of words as false: it is refused, as not a text.
        return EMPTY if listed else Node(str(value).lower(), 1, 1)
    return Node(None if value is None else str(value), 1, 1)


class Fields:
    """The mapping of a rule, or one inside it; what is wrong is added to *problems*."""

    def __init__(self, node: Node, name: str, problems: list[Problem]) -> None:
        """Read *node*, called *name* in messages."""
        self._node, self._name, self._problems = node, name, problems
        self.reader = Reader(node, "", name, problems)

    def within(self, key: str) -> Fields:
        """Return the mapping under *key*."""
        node = self.reader.get(key, required=True)
        return Fields(node or EMPTY, f"{key!r} of {self._name}", self._problems)

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of all fields, in order."""
        return tuple(self._node.keys)

    def finish(self) -> None:
        """Add a problem for each field that was not asked for."""
        self.reader.finish()

    def wrong(self, message: str) -> None:
        """Add a problem with *message*."""
        self.reader.wrong(self._node, message)

    def text(self, key: str) -> str:
        """Return a required text, or "" without one; pages show it: one line, no double marks."""
        text = (self.reader.text(key, required=True) or "").strip()
        if DOUBLE.search(text) or "\n" in text:
            self.wrong(f"{key!r} must be one line without double marks")
        return text.removesuffix(".")

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return a list of texts, or () without any; a single text is a list of one."""
        node = self.reader.get(key, required=required)
        if node is None:
            return ()
        if isinstance(node.value, str):
            return tuple(filter(None, [self.reader.text(key)]))
        texts = self.reader.texts(key)
        if required and not texts:
            self.wrong(f"{key!r} names nothing")
        return texts

    def some_of(self, key: str, known: Sequence[str]) -> tuple[str, ...]:
        """Return those of the texts that are *known*; each other one is a problem."""
        given = self.texts(key)
        for text in given:
            if text not in known:
                self.wrong(f"{key!r} cannot be {text!r}{suggestion(text, known)}")
        return tuple(text for text in given if text in known)

    def phrases(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return the texts that are phrases; each other one is a problem."""
        given = self.texts(key, required=required)
        wrong = {phrase: wrong_phrase(phrase) for phrase in given}
        for message in filter(None, wrong.values()):
            self.wrong(f"{key!r}: {message}")
        return tuple(phrase for phrase in given if not wrong[phrase])

    def name(self, key: str) -> str:
        """Return a required phrase, or "" without one."""
        given = self.phrases(key, required=True)
        if len(given) > 1:
            self.wrong(f"{key!r} must be one name")
        return given[0] if given else ""

    def items(self, key: str) -> tuple[Item, ...]:
        """Return sources, or paragraphs of them, written as in a citation."""
        items = [item for text in self.texts(key) for item in parse_citation(f"@{text}").items]
        for item in items:
            if not item.understood or item.lines:
                self.wrong(f"{key!r} must be a source or its paragraphs, as in doe-2024, para. 4")
        return tuple(items)

    def whole(self, key: str) -> int | None:
        """Return a whole number from 1, or None without one."""
        return self.reader.number(key)


def suggestion(given: str, known: Iterable[str]) -> str:
    """Return the end of a message on *given*: the *known* name that it may be, or all of them."""
    listed = list(known)
    return did_you_mean(near_name(given, listed)) or f"; choose of {', '.join(listed)}"
