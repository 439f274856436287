"""Settings: what a site says under `extra.verbatim`, and what is wrong there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pathspec import GitIgnoreSpec

from ..house_style.rule_kinds import ContentRule
from ..house_style.rulebook import is_below, read_content, read_content_file
from ..output.owner import LABELS, Owner
from ..problem import Problem, Rule, Severity, did_you_mean, near_name, severities
from ..rules import RULES
from ..text.language_tags import DEFAULT
from .allow import read_allow
from .mkdocs_yaml import wrong_setting

KNOWN = (
    "rules",
    "sources",
    "owner",
    "qualifiers",
    "verbs",
    "punctuation",
    "content",
    "allow",
    "policy",
    "files",
)
"""The keys of `extra.verbatim`."""

PUNCTUATION = ("logical", "american")
"""Where a point or comma of the page's own goes: after the closing mark, or before it."""

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the engine needs of a site's configuration, `extra.verbatim` above all."""

    severities: Mapping[str, Severity]
    sources: str = "sources"
    owner: Owner = field(default_factory=Owner)
    language: str = DEFAULT
    """The language of the site's pages, as far as its theme says so."""
    qualifiers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words whose loss may turn a statement round, by language, where the site has its own."""
    verbs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Verbs of saying that the site adds to those listed, by language."""
    american: bool = False
    """A point or comma before a closing mark may be the page's own."""
    content: tuple[ContentRule, ...] = ()
    """The rules that the site sets for its own voice."""
    content_file: str = ""
    """The file below the site's folder that holds these rules, if the configuration names one."""
    allow: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The hosts that pages may load from, by kind."""
    policy: bool | None = None
    """Whether pages state what browsers may load; None means only where all of it is known."""
    files: tuple[str, ...] = ()
    """Patterns of files beside the pages that are published though nothing proves them."""
    names: tuple[str, ...] = ()
    """What the configuration itself calls the site and its pages."""

    @property
    def base(self) -> str:
        """The site's address with a slash at its end, or nothing while it is not stated."""
        address = self.owner.site_url
        return f"{address.rstrip('/')}/" if address else ""


def read_settings(config: Mapping[str, object], file: Path) -> tuple[Settings, list[Problem]]:
    """Return the settings in *config*, which is of *file*, and what is wrong with ours."""
    extra = config.get("extra")
    ours = extra.get("verbatim") if isinstance(extra, Mapping) else None
    given = _Given(ours if isinstance(ours, Mapping) else {}, file)
    language = site_language(config.get("theme"))
    given.check_place(extra)
    given.check_keys()
    content = given.content()
    settings = Settings(
        severities=given.severities(content),
        sources=given.sources(),
        owner=given.owner(config.get("site_url")),
        language=language,
        qualifiers=given.words("qualifiers", language),
        verbs=given.words("verbs", language),
        american=given.american(),
        content=content,
        content_file=given.content_file,
        allow=given.allow(),
        policy=given.policy(),
        files=given.files(),
        names=tuple(_names(config)) if content else (),
    )
    return settings, given.problems


class _Given:
    """The *values* of `extra.verbatim` in *file*, read one by one into settings or problems."""

    def __init__(self, values: Mapping[object, object], file: Path) -> None:
        self._values, self._file = values, file
        self.problems: list[Problem] = []

    def check_place(self, extra: object) -> None:
        """Enter a problem if our settings are no mapping, or under a name much like ours."""
        names = extra if isinstance(extra, Mapping) else {}
        ours = names.get("verbatim")
        if ours is not None and not isinstance(ours, Mapping):
            self._wrong("'extra.verbatim' must be a mapping of settings")
        for name in map(str, names):
            if name != "verbatim" and near_name(name, ["verbatim"]):
                path, message = self._file, f"unknown key {name!r} in 'extra'"
                hint = did_you_mean("verbatim")
                self.problems.append(wrong_setting(path, f"{message}{hint}", "extra", name))

    def check_keys(self) -> None:
        """Enter a problem for each key that is unknown."""
        for key in self._values:
            if key not in KNOWN:
                hint = did_you_mean(near_name(str(key), KNOWN)) or f"; known are {', '.join(KNOWN)}"
                self._wrong(f"unknown key {key!r} in 'extra.verbatim'{hint}", key)

    def content(self) -> tuple[ContentRule, ...]:
        """Return the site's own rules, listed here or in a file named here."""
        given, taken = self._values.get("content"), tuple(RULES)
        if not isinstance(given, str):
            rules, problems = read_content(given, taken, self._file.name)
        elif self.content_file:
            rules, problems = read_content_file(self._file.parent / given, given, taken)
        else:
            hint = f"name a file below the folder of {self._file.name}, without '..' and links"
            self._wrong(f"'extra.verbatim.content' cannot be {given!r}; {hint}", "content")
            return ()
        self.problems += problems
        return rules

    @cached_property
    def content_file(self) -> str:
        """The name of the file that holds the site's own rules, or ""."""
        given = self._values.get("content")
        return given if isinstance(given, str) and is_below(self._file.parent, given) else ""

    def severities(self, content: Iterable[ContentRule]) -> dict[str, Severity]:
        """Return the severity of each rule, those of the site's own *content* included."""
        known: dict[str, Rule] = {**RULES, **{rule.id: rule.rule for rule in content}}
        chosen, wrong = severities(self._mapping("rules"), known)
        for name, message in wrong:
            self._wrong(message, "rules", name)
        return chosen

    def sources(self) -> str:
        """Return the name of the folder of sources."""
        folder = self._values.get("sources") or "sources"
        if not isinstance(folder, str):
            return self._misfit("sources", "the name of a folder", "sources")
        return folder

    def owner(self, site_url: object) -> Owner:
        """Return what the owner states; the address is MkDocs's own setting."""
        own = self._mapping("owner")
        known = [key for key in LABELS if key != "site_url"]
        for key in own:
            if key not in known:
                named = (
                    did_you_mean(near_name(str(key), known)) or f"; known are {', '.join(known)}"
                )
                self._wrong(f"unknown key {key!r} in 'extra.verbatim.owner'{named}", "owner", key)
        stated = {**own, "site_url": site_url}
        return Owner(**{key: _text(stated.get(key)) for key in LABELS})

    def american(self) -> bool:
        """Return whether a point or comma before a closing mark may be the page's own."""
        given = self._values.get("punctuation", "logical")
        if given not in PUNCTUATION:
            return self._misfit("punctuation", " or ".join(PUNCTUATION), otherwise=False)
        return given == "american"

    def words(self, key: str, site: str) -> dict[str, tuple[str, ...]]:
        """Return the words under *key*, by language; a plain list is in that of the *site*."""
        given = self._values.get(key)
        by_language = given if isinstance(given, Mapping) else {site: given}
        found: dict[str, tuple[str, ...]] = {}
        for language, words in by_language.items() if given is not None else ():
            if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
                return self._misfit(key, "a list of words, or one for each language", {})
            found[str(language)] = tuple(words)
        return found

    def allow(self) -> dict[str, tuple[str, ...]]:
        """Return the hosts that pages may load from, by kind."""
        allowed, problems = read_allow(self._values.get("allow"), self._file.name)
        self.problems += problems
        return allowed

    def policy(self) -> bool | None:
        """Return whether pages have a policy, or None if the file does not say so."""
        # YAML reads "on" and "off" as true and false.
        policy = self._values.get("policy")
        if policy is None or isinstance(policy, bool):
            return policy
        return self._misfit("policy", "on or off", None)

    def files(self) -> tuple[str, ...]:
        """Return the patterns of files that are accepted by name."""
        patterns = self._values.get("files", [])
        if not isinstance(patterns, list) or not all(_is_pattern(each) for each in patterns):
            what = "a list of paths below the folder of pages, such as data/survey.csv or data/*"
            return self._misfit("files", what, ())
        return tuple(patterns)

    def _mapping(self, key: str) -> Mapping[str, object]:
        value = self._values.get(key) or {}
        return value if isinstance(value, Mapping) else self._misfit(key, "a mapping", {})

    def _misfit(self, key: str, what: str, otherwise: T) -> T:
        """Enter that the value of *key* must be *what*; return *otherwise*, what counts then."""
        self._wrong(f"'extra.verbatim.{key}' must be {what}", key)
        return otherwise

    def _wrong(self, message: str, *keys: object) -> None:
        """Enter a problem where *keys* lead in our settings."""
        self.problems.append(wrong_setting(self._file, message, "extra", "verbatim", *keys))


def site_language(theme: object) -> str:
    """Return the language of a site's pages, as far as its *theme* says so."""
    given = theme if isinstance(theme, Mapping) else {}
    return str(given.get("language") or given.get("locale") or DEFAULT)


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


def _is_pattern(value: object) -> bool:
    """Return whether *value* names files, but neither all of them nor what others name."""
    if not isinstance(value, str) or not value.strip("*/. ") or value.startswith(("!", "#")):
        return False
    try:
        GitIgnoreSpec.from_lines([value])
    except (ValueError, re.error):
        return False
    return True


def _text(value: object) -> str | None:
    return str(value) if value else None
