"""MkDocs's YAML: a configuration file with its tags, and the files that it inherits."""

from __future__ import annotations

import importlib
import os
from dataclasses import replace
from pathlib import Path

import yaml

from ..datafiles.tree import stray_problem, strayed
from ..problem import Problem, ProblemError
from ..sources.text_file import read_text_file

MOST_INHERITED = 10
"""Configurations, each of which inherits the next; more are a circle."""

UNREADABLE = (
    ArithmeticError,
    AttributeError,
    ImportError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What PyYAML raises, besides its own errors, for malformed tags, dates and numbers."""


def inherited(path: Path) -> tuple[Path, ...]:
    """Return the configuration in the file *path* and those that it inherits, as far as readable.

    Values are not constructed: some tags only MkDocs can read.
    """
    found: list[Path] = []
    parent: Path | None = path
    while parent is not None and len(found) <= MOST_INHERITED:
        found.append(parent)
        parent = None if strayed(parent, path.parent) else _parent(parent)
    return tuple(found)


def _parent(path: Path) -> Path | None:
    try:
        node = yaml.compose(path.read_text("utf-8-sig"), Loader=_Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    names = [value.value for key, value in pairs if key.value == "INHERIT"]
    return path.parent / str(names[-1]) if names else None


def load_config(path: Path, root: Path, depth: int = 0) -> dict[str, object]:
    """Return what the file *path* and those that it inherits say, all below *root*.

    Raises ProblemError if one of them cannot be read.
    """
    if (refused := strayed(path, root)) is not None:
        raise ProblemError(stray_problem(path, root, refused))
    text = read_text_file(path, shown=path.name, rule="settings-invalid").removeprefix("\ufeff")
    try:
        data = yaml.load(text, Loader=_Loader)  # noqa: S506 - built on a safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(f"not YAML: {error.context or ''} {error.problem or ''}".split())
        wrong = wrong_setting(path, what)
        if mark is not None:
            wrong = replace(wrong, line=mark.line + 1, column=mark.column + 1)
        raise ProblemError(wrong) from error
    except (yaml.YAMLError, *UNREADABLE) as error:
        raise ProblemError(wrong_setting(path, " ".join(str(error).split()))) from error
    if not isinstance(data, dict):
        raise ProblemError(wrong_setting(path, "must be a mapping of settings"))
    parent = data.pop("INHERIT", None)
    if isinstance(parent, str) and depth < MOST_INHERITED:
        data = _merged(load_config(path.parent / parent, root, depth + 1), data)
    return {str(key): value for key, value in data.items()}


def wrong_setting(path: Path, message: str, *keys: object) -> Problem:
    """Return the problem *message* of the configuration in the file *path*, where *keys* lead.

    Each of *keys* is that of a mapping in the one before, or an item of a list.
    """
    line, column = place_of_setting(path, *keys) if keys else (1, 1)
    return Problem(
        path=path.name, line=line, column=column, rule="settings-invalid", message=message
    )


def place_of_setting(path: Path, *keys: object) -> tuple[int, int]:
    """Return line and column, in the file *path*, of what *keys* lead to, or of the last found."""
    try:
        node = yaml.compose(path.read_text("utf-8-sig"), Loader=_Loader)
    except (OSError, yaml.YAMLError, *UNREADABLE):
        return 1, 1
    place = (1, 1)
    for key in keys:
        found = _inner(node, str(key))
        if found is None:
            break
        at, node = found
        place = (at.start_mark.line + 1, at.start_mark.column + 1)
    return place


def _inner(node: yaml.Node | None, key: str) -> tuple[yaml.Node, yaml.Node] | None:
    """Return where *key* is in a mapping or list, and its value; or None if it is not there."""
    if isinstance(node, yaml.MappingNode):
        pairs = [(name, value) for name, value in node.value if name.value == key]
        return pairs[0] if pairs else None
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            if isinstance(item, yaml.ScalarNode) and item.value == key:
                return item, item
            if (found := _inner(item, key)) is not None:
                return found
    return None


def _merged(base: dict[str, object], over: dict[str, object]) -> dict[str, object]:
    """Return *base* with *over* on top, mappings merged, as MkDocs's INHERIT does."""
    merged = dict(base)
    for key, value in over.items():
        below = merged.get(key)
        both = isinstance(below, dict) and isinstance(value, dict)
        merged[key] = _merged(below, value) if both else value  # type: ignore[arg-type]
    return merged


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads the tags that MkDocs allows in its configuration, which is the maintainer's own."""


def _name(loader: yaml.Loader, suffix: str, node: yaml.Node) -> object:
    del loader, node
    module, _, name = suffix.rpartition(".")
    return getattr(importlib.import_module(module), name)


def _environment(loader: yaml.Loader, node: yaml.Node) -> object:
    if isinstance(node, yaml.ScalarNode):
        return os.environ.get(str(loader.construct_scalar(node)))
    names = loader.construct_sequence(node) if isinstance(node, yaml.SequenceNode) else []
    values = [os.environ[name] for name in names[:-1] if name in os.environ]
    return values[0] if values else (names[-1] if names else None)


def _other(loader: yaml.Loader, suffix: str, node: yaml.Node) -> object:
    del loader, suffix
    return node.value if isinstance(node, yaml.ScalarNode) else None


_Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", _name)
_Loader.add_constructor("!ENV", _environment)
_Loader.add_multi_constructor("!", _other)
