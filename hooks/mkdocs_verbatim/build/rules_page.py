"""The page of all rules, made from the catalogue of rules and the site's own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..house_style.rule_kinds import ContentRule
from ..output.directives import Directive
from ..output.html import join, make
from ..output.made_pages import title_head
from ..problem import Rule
from ..text.words import capital
from .settings import Settings

# In what is said of a rule. "insist*" has a star of its own.
SPOKEN_OF = re.compile(r"`(?P<code>[^`]*)`|(?<!\w)\*(?P<word>\w+)\*(?!\w)")


def rules_page(rules: Mapping[str, Rule], content: Sequence[ContentRule]) -> str:
    """Return the page of all *rules*, and of the site's own, as Markdown."""
    intro = (
        "The build checks every page and every source by these rules.\n"
        "An error stops the build; a warning stops it when warnings are made errors.\n"
        "A rule marked *fixed* cannot be switched off.\n"
    )
    names = [f"## {name}\n\n<!-- verbatim: rule {name} -->" for name in rules]
    # One directive for all of them: a site may have many, and Markdown's way takes its time.
    own = ["## Rules of this site’s own voice\n\n<!-- verbatim: content -->"] if content else []
    return (
        "\n\n".join([title_head("Rules of the build", searched=False), intro, *names, *own]) + "\n"
    )


def rule_directives(rules: Mapping[str, Rule], settings: Settings) -> list[Directive]:
    """Return the directives that show one of *rules*, and all those of the site itself."""
    return [
        Directive("rule", lambda name, _: join(_rule(rules.get(name), settings))),
        Directive("content", lambda *_: join(_content(settings))),
    ]


def _rule(rule: Rule | None, settings: Settings) -> list[str]:
    if rule is None:
        return []
    severity = make(
        "em", None, f"{settings.severities[rule.name]}{', fixed' if rule.fixed else ''}."
    )
    return [
        make("p", None, severity, " ", *_coded(rule.means)),
        make("pre", None, make("code", None, rule.example)),
        make("p", None, make("strong", None, "Remedy."), " ", *_coded(rule.remedy)),
    ]


def _content(settings: Settings) -> list[str]:
    """Return the rules that the site sets for its own voice."""
    parts: list[str] = []
    for rule in settings.content:
        severity = make("em", None, f"{settings.severities[rule.id]}.")
        remedy, rests = make("strong", None, "Remedy."), make("strong", None, "Rests on.")
        parts += [
            make("h3", {"id": rule.id}, rule.id),
            make("p", None, severity, " ", *_coded(rule.means)),
            make("p", None, remedy, " ", *_coded(f"{capital(rule.say)}.")),
            make("p", None, rests, " ", *_coded(f"{capital(rule.because)}.")),
        ]
    return parts


def _coded(text: str) -> list[str]:
    """Return *text* with what is between backticks as code, and a word in stars stressed."""
    parts: list[str] = []
    done = 0
    for match in SPOKEN_OF.finditer(text):
        parts.append(text[done : match.start()])
        code = match["code"]
        parts.append(make("em", None, match["word"]) if code is None else make("code", None, code))
        done = match.end()
    return [*parts, text[done:]]
