"""Configuration: what `mkdocs.yml` says, read without MkDocs."""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml
from pathspec import GitIgnoreSpec

from ..datafiles.tree import Layout, read_tree, stray_problem, strayed
from ..house_style.rule_kinds import ContentRule
from ..house_style.rulebook import is_below, read_content, read_content_file
from ..output.owner import LABELS, Owner
from ..problem import (
    Problem,
    ProblemError,
    Rule,
    Severity,
    did_you_mean,
    near_name,
    page_order,
    severities,
)
from ..quotations.qualifiers import QUALIFIERS
from ..rules import RULES
from ..sources.text_file import read_text_file
from .allow import read_allow
from .handover import kept

MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkdn", ".mkd"})
BUILT_IN = ("toc", "tables", "fenced_code")
"""The Markdown extensions that MkDocs always has."""

ZENSICAL = "zensical.yml"
"""What configures the same site for Zensical, beside the file for MkDocs."""

HIDDEN = (".*", "/templates/")
"""What MkDocs leaves out of a site unless told otherwise."""

NAME = "verbatim"
PACKAGE = f"{__name__.partition('.')[0]}."
"""How our Markdown extension is named in a configuration: so, or by a module of this package."""


DEEPEST = 10
"""Configurations, each of which inherits the next; more are a circle."""

KNOWN = ("rules", "sources", "owner", "qualifiers", "content", "allow", "policy")
"""The keys of `extra.verbatim`."""


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


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the engine needs of a site's configuration, `extra.verbatim` above all."""

    severities: Mapping[str, Severity]
    sources: str = "sources"
    owner: Owner = field(default_factory=Owner)
    qualifiers: tuple[str, ...] = QUALIFIERS
    """Words whose loss may turn a statement round."""
    content: tuple[ContentRule, ...] = ()
    """The rules that the site sets for its own voice."""
    content_file: str = ""
    """The file below the site's folder that holds these rules, if the configuration names one."""
    allow: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The hosts that pages may load from, by kind."""
    policy: bool | None = None
    """Whether pages state what browsers may load; None means only where all of it is known."""
    names: tuple[str, ...] = ()
    """What the configuration itself calls the site and its pages."""

    @property
    def base(self) -> str:
        """The site's address with a slash at its end, or nothing while it is not stated."""
        address = self.owner.site_url
        return f"{address.rstrip('/')}/" if address else ""


def read_settings(config: Mapping[str, object], file: Path) -> tuple[Settings, list[Problem]]:
    """Return the settings in *config*, which is of *file*, and what is wrong with ours."""
    path = file.name
    extra = config.get("extra")
    given = extra.get("verbatim", {}) if isinstance(extra, Mapping) else {}
    values: Mapping[object, object] = given if isinstance(given, Mapping) else {}
    problems: list[Problem] = []
    for key in values:
        if key not in KNOWN:
            hint = did_you_mean(near_name(str(key), KNOWN)) or f"; known are {', '.join(KNOWN)}"
            message = f"unknown key {key!r} in 'extra.verbatim'{hint}"
            problems.append(Problem(path=path, rule="settings-invalid", message=message))
    content, found = _content(values.get("content"), file)
    problems += found
    rules = values.get("rules") or {}
    known: dict[str, Rule] = {**RULES, **{rule.id: rule.rule for rule in content}}
    chosen, wrong = severities(rules if isinstance(rules, Mapping) else {}, known, path)
    owner = values.get("owner") or {}
    owned = dict(owner) if isinstance(owner, Mapping) else {}
    owned["site_url"] = config.get("site_url")
    words = values.get("qualifiers", [*QUALIFIERS])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        problems.append(_misfit(path, "qualifiers", "a list of words"))
        words = [*QUALIFIERS]
    folder = values.get("sources") or "sources"
    if not isinstance(folder, str):
        problems.append(_misfit(path, "sources", "the name of a folder"))
        folder = "sources"
    problems += [
        _misfit(path, key, "a mapping")
        for key, value in (("rules", rules), ("owner", owner))
        if not isinstance(value, Mapping)
    ]
    allow, refused = read_allow(values.get("allow"), path)
    problems += refused
    # YAML reads "on" and "off" as true and false.
    policy = values.get("policy")
    if not (policy is None or isinstance(policy, bool)):
        problems.append(_misfit(path, "policy", "on or off"))
        policy = None
    settings = Settings(
        severities=chosen,
        allow=allow,
        policy=policy,
        content=content,
        content_file=_content_file(values.get("content"), file),
        names=tuple(_names(config)) if content else (),
        qualifiers=tuple(words),
        sources=folder,
        owner=Owner(**{key: _text(owned.get(key)) for key in LABELS}),
    )
    return settings, [*problems, *wrong]


def _content(given: object, file: Path) -> tuple[tuple[ContentRule, ...], list[Problem]]:
    """Return the site's own rules, *given* in the configuration *file* or in a file named there."""
    taken = tuple(RULES)
    if not isinstance(given, str):
        return read_content(given, taken, file.name)
    if _content_file(given, file):
        return read_content_file(file.parent / given, given, taken)
    hint = f"name a file below the folder of {file.name}, without '..' and links"
    message = f"'extra.verbatim.content' cannot be {given!r}; {hint}"
    return (), [Problem(path=file.name, rule="settings-invalid", message=message)]


def _content_file(given: object, file: Path) -> str:
    """Return the name of the file of rules that is *given* in *file*, or nothing."""
    return given if isinstance(given, str) and is_below(file.parent, given) else ""


def _misfit(path: str, key: str, what: str) -> Problem:
    message = f"'extra.verbatim.{key}' must be {what}"
    return Problem(path=path, rule="settings-invalid", message=message)


def _names(config: Mapping[str, object]) -> Iterator[str]:
    """Yield what *config* calls the site, and the titles of its navigation."""
    for key in ("site_name", "site_description"):
        if isinstance(name := config.get(key), str):
            yield name
    waiting = [config.get("nav")]
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting[:0] = item
        elif isinstance(item, Mapping):
            for title, inner in item.items():
                yield str(title)
                waiting.insert(0, inner)


def _text(value: object) -> str | None:
    return str(value) if value else None


@dataclass(frozen=True, kw_only=True)
class Config:
    """A site's configuration as far as its pages' words depend on it."""

    file: Path
    layout: Layout
    docs: Path
    extensions: list[str]
    extension_configs: dict[str, dict[str, object]]
    excluded: GitIgnoreSpec
    settings: Settings
    problems: tuple[Problem, ...]
    name: str
    """What the site is called."""
    language: str
    """The language of its pages, as far as its theme says so."""
    titles: Mapping[str, str]
    """What the navigation calls pages, by path below the folder of pages."""
    directory_urls: bool
    given: Mapping[str, object]
    """All that the file says, with what it inherits."""

    def address(self, key: str) -> str:
        """Return the address, from the site's root, of the page of the source *key*."""
        return f"sources/{key}{'/' if self.directory_urls else '.html'}"

    @property
    def root(self) -> Path:
        """The folder of the site."""
        return self.file.parent

    @property
    def sources(self) -> Path:
        """The folder of sources."""
        return self.root / self.settings.sources

    @property
    def content_files(self) -> list[Path]:
        """The file of the site's own rules, if it has one."""
        name = self.settings.content_file
        return [self.root / name] if name else []

    @property
    def shown(self) -> str:
        """What the folder of pages is called in messages: its path from the site's root."""
        inside = self.docs.is_relative_to(self.root)
        return self.docs.relative_to(self.root).as_posix() if inside else self.docs.name

    def files(self) -> dict[str, Path]:
        """Return the files that are no pages and are published as they are, by path below docs."""
        others = [path for path in read_tree(self.docs).files if path.suffix not in MARKDOWN]
        found = {path.relative_to(self.docs).as_posix(): path for path in others}
        for name in kept(self.docs):
            found.pop(name, None)
        return {name: path for name, path in found.items() if not self.excluded.match_file(name)}

    def pages(self) -> list[Path]:
        """Return the Markdown files that authors wrote, in the order of the site's pages."""
        made = {self.docs / name for name in kept(self.docs)}
        files = read_tree(self.docs).files
        found = [path for path in files if path.suffix in MARKDOWN and path not in made]
        names = {path.relative_to(self.docs).as_posix(): path for path in found}
        shown = [
            name
            for name in names
            if not self.excluded.match_file(name)
            and not (name.endswith("README.md") and f"{name[:-9]}index.md" in names)
        ]
        return [names[name] for name in sorted(shown, key=page_order)]


def read_layout(layout: Layout, given: Mapping[str, object]) -> Layout:
    """Return *layout* with the hooks that are *given*.

    Raises ProblemError if a link leads one of its folders or files elsewhere.
    """
    hooks = given.get("hooks")
    names = [str(name) for name in hooks] if isinstance(hooks, list | Mapping) else []
    files = (*layout.files, *(layout.root / name for name in (*names, ZENSICAL)))
    layout = replace(layout, files=files)
    if (problem := layout.misplaced()) is not None:
        raise ProblemError(problem)
    return layout


def read_config(path: Path) -> Config:
    """Return the configuration in the file *path*, or raise ProblemError."""
    data = _load(path, path.parent)
    docs = path.parent / str(data.get("docs_dir") or "docs")
    extensions: dict[str, dict[str, object]] = {name: {} for name in BUILT_IN}
    for name, options in _named(data.get("markdown_extensions")):
        if not is_ours(name):
            extensions[name] = options or extensions.get(name, {})
    settings, problems = read_settings(data, path)
    theme = _theme(data, path.parent)
    if "\0" in f"{docs}{settings.sources}{theme}":
        raise ProblemError(_wrong(path, "U+0000 in the name of a folder; take it out"))
    sources = path.parent / settings.sources
    layout = Layout(root=path.parent, docs=docs, sources=sources, theme=theme)
    return Config(
        file=path,
        layout=read_layout(layout, data),
        docs=docs,
        extensions=list(extensions),
        extension_configs={name: options for name, options in extensions.items() if options},
        excluded=_excluded(data, path),
        settings=settings,
        problems=tuple(problems),
        name=str(data.get("site_name") or ""),
        language=_language(data.get("theme")),
        titles=dict(_titled(data.get("nav"))),
        directory_urls=data.get("use_directory_urls") is not False,
        given=data,
    )


def _theme(data: Mapping[str, object], root: Path) -> Path | None:
    theme = data.get("theme")
    folder = theme.get("custom_dir") if isinstance(theme, Mapping) else None
    return root / str(folder) if folder else None


def is_ours(extension: object) -> bool:
    """Return whether a configuration means our Markdown extension by the name *extension*."""
    return extension == NAME or (isinstance(extension, str) and extension.startswith(PACKAGE))


def _language(theme: object) -> str:
    given = theme if isinstance(theme, Mapping) else {}
    return str(given.get("language") or given.get("locale") or "en")


def _titled(nav: object) -> Iterator[tuple[str, str]]:
    """Yield the path and the title of each page that the navigation *nav* gives one."""
    for item in nav if isinstance(nav, list) else []:
        for title, inner in item.items() if isinstance(item, dict) else ():
            if isinstance(inner, str):
                yield inner, str(title)
            else:
                yield from _titled(inner)


def _excluded(data: Mapping[str, object], path: Path) -> GitIgnoreSpec:
    """Return the patterns of files that are not pages of the site, or raise ProblemError."""
    patterns = [*HIDDEN]
    for key in ("exclude_docs", "draft_docs"):
        patterns += str(data.get(key) or "").splitlines()
    try:
        return GitIgnoreSpec.from_lines(patterns)
    except (ValueError, re.error) as error:
        message = f"a pattern under 'exclude_docs' or 'draft_docs' cannot be read: {error}"
        raise ProblemError(_wrong(path, message)) from error


def _named(listed: object) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the name and options of each extension, listed in any way that MkDocs allows."""
    if isinstance(listed, dict):
        listed = [{name: options} for name, options in listed.items()]
    for item in listed if isinstance(listed, list) else []:
        pairs = item.items() if isinstance(item, dict) else [(item, None)]
        for name, options in pairs:
            yield str(name), options if isinstance(options, dict) else {}


def inherited(path: Path) -> tuple[Path, ...]:
    """Return the configuration in the file *path* and those that it inherits, as far as readable.

    Values are not constructed: some tags only MkDocs can read.
    """
    found: list[Path] = []
    parent: Path | None = path
    while parent is not None and len(found) <= DEEPEST:
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


def _load(path: Path, root: Path, depth: int = 0) -> dict[str, object]:
    if (refused := strayed(path, root)) is not None:
        raise ProblemError(stray_problem(path, root, refused))
    text = read_text_file(path, shown=path.name, rule="settings-invalid").removeprefix("\ufeff")
    try:
        data = yaml.load(text, Loader=_Loader)  # noqa: S506 - built on a safe loader
    except (yaml.YAMLError, *UNREADABLE) as error:
        raise ProblemError(_wrong(path, " ".join(str(error).split()))) from error
    if not isinstance(data, dict):
        raise ProblemError(_wrong(path, "must be a mapping of settings"))
    parent = data.pop("INHERIT", None)
    if isinstance(parent, str) and depth < DEEPEST:
        data = _merged(_load(path.parent / parent, root, depth + 1), data)
    return {str(key): value for key, value in data.items()}


def _wrong(path: Path, message: str) -> Problem:
    return Problem(path=path.name, rule="settings-invalid", message=message)


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
