"""Rulebook: a site's house-style rules, in its configuration or in a file, read strictly."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from ..datafiles.strict_yaml import Node, Place, parse_data
from ..problem import Problem, ProblemError, SiteRule
from ..quotations.mark import Item
from ..text.fold import fold
from .phrases import Phrases
from .rule_fields import Fields, node_of, suggestion
from .rule_kinds import Balance, Box, ContentRule, Length, Naming, Needs, Never, RuleKind, Words

KEY = "'extra.verbatim.content'"
RULE_ID = re.compile(r"(?=.{1,60}$)[a-z0-9]+(?:-[a-z0-9]+)+")
WHERE_WORDS = {"own": "the site’s own voice", "titles": "titles"}
WHERE_CITATIONS = {"summary": "a summary", "titles": "titles"}

ReadKind = tuple[RuleKind, str]
"""What a rule checks, and that in words, for the page of rules."""


def read_content(
    given: object, taken: Sequence[str], path: str
) -> tuple[tuple[ContentRule, ...], list[Problem]]:
    """Return the rules listed under `extra.verbatim.content`, and what is wrong with them.

    No rule has an id that is *taken*; *path* is that of the configuration.
    """
    if given is not None and not isinstance(given, list):
        message = f"{KEY} must be a list of rules, or the name of a file that holds one"
        return (), [_wrong(path, message)]
    return _listed([node_of(item) for item in given or []], taken, path)


def read_content_file(
    file: Path, name: str, taken: Sequence[str]
) -> tuple[tuple[ContentRule, ...], list[Problem]]:
    """Return the rules in *file*, called *name* in messages, and what is wrong with it or them.

    A rule whose id is *taken*, or that has another problem, is left out. *path* is the
    configuration's in messages.
    """
    try:
        # Opening a pipe that nobody writes to would wait for ever.
        if file.exists() and not file.is_file():
            return (), [_wrong(name, f"not a file; {KEY} must name one with a list of rules")]
        node = parse_data(file.read_text("utf-8-sig"), name)
    except ProblemError as error:
        return (), [replace(error.problem, rule="settings-invalid")]
    except (OSError, ValueError) as error:
        what = getattr(error, "strerror", None) or "not UTF-8"
        return (), [_wrong(name, f"cannot be read: {what}; {KEY} names it")]
    if not isinstance(node.value, list):
        return (), [_wrong(name, "must be a list of rules", (node.line, node.column))]
    return _listed(node.value, taken, name)


def is_below(root: Path, name: str) -> bool:
    """Return whether *name* is that of a path below *root* that no link and no '..' leads away."""
    try:
        real, path = Path(os.path.realpath(root)), Path(os.path.realpath(root / name))
    except ValueError:
        return False
    return path == real / name and real in path.parents


def _wrong(path: str, message: str, place: Place = (1, 1)) -> Problem:
    line, column = place
    return Problem(path=path, line=line, column=column, rule="settings-invalid", message=message)


def _listed(
    nodes: Sequence[Node], taken: Sequence[str], path: str
) -> tuple[tuple[ContentRule, ...], list[Problem]]:
    """Return the rules that *nodes* of the file *path* are, and what is wrong with them."""
    problems: list[Problem] = []
    rules: dict[str, ContentRule] = {}
    for number, node in enumerate(nodes, 1):
        id_ = node.value.get("id") if isinstance(node.value, dict) else None
        known = id_ is not None and isinstance(id_.value, str)
        name = f"content rule {id_.value!r}" if id_ and known else f"content rule {number}"
        found: list[Problem] = []
        fields = Fields(node, name, found)
        rule = None if found else _rule(fields, [*taken, *rules], path, (node.line, node.column))
        if rule is not None and not found:
            rules[rule.id] = rule
        for problem in found:
            message = problem.message
            message = message if name in message else f"{message}, in {name}"
            problems.append(replace(problem, path=path, rule="settings-invalid", message=message))
    return tuple(rules.values()), problems


def _rule(fields: Fields, taken: Sequence[str], path: str, place: Place) -> ContentRule:
    """Return the rule that *fields* state; it counts only if no problem was added."""
    id_ = fields.text("id")
    if id_ in taken:
        fields.wrong(f"there is a rule {id_!r} already; give this one another id")
    elif id_ and not RULE_ID.fullmatch(id_):
        fields.wrong("'id' must be two words or more in small letters, as in own-labels")
    say, because = fields.text("say"), fields.text("because")
    only, besides = fields.texts("only_in"), fields.texts("except_in")
    kinds = [name for name in RULE_KINDS if fields.reader.has(name)]
    if len(kinds) == 1:
        kind, means = RULE_KINDS[kinds[0]](fields)
        fields.finish()
    else:
        kind, means = Box(label=""), ""
        _no_kind(fields, kinds)
    where = f" Only on {_list(only)}" if only else ""
    where += f"{'; not' if where else ' Not'} on {_list(besides)}" if besides else ""
    return ContentRule(
        id=SiteRule(id_),
        say=say,
        because=because,
        only_in=only,
        except_in=besides,
        kind=kind,
        means=f"{means}.{where}{'.' if where else ''}",
        path=path,
        place=place,
    )


def _no_kind(fields: Fields, kinds: Sequence[str]) -> None:
    if kinds:
        fields.wrong(f"it has {' and '.join(kinds)}; make a rule of each")
        return
    odd = [key for key in fields.keys if key not in COMMON_FIELDS]
    fields.wrong(f"nothing says what it checks{suggestion(odd[0] if odd else '', RULE_KINDS)}")


def _words(fields: Fields) -> ReadKind:
    wanted, besides = fields.phrases("words", required=True), fields.phrases("except")
    parts = fields.some_of("in", tuple(WHERE_WORDS)) or tuple(WHERE_WORDS)
    where = fields.reader.choice("where", ("citing", "quoting"))
    under = fields.texts("except_under")
    kind = Words(
        phrases=Phrases(wanted),
        besides=Phrases(besides),
        under=_headings(under),
        own="own" in parts,
        titles="titles" in parts,
        where=where,
    )
    means = f"Never in {' or '.join(WHERE_WORDS[part] for part in parts)}: {_list(wanted)}"
    if where:
        means += f", in a block that {'cites' if where == 'citing' else 'quotes'}"
    return kind, f"{means}{_free(besides, under)}"


def _naming(fields: Fields) -> ReadKind:
    inner = fields.within("naming")
    full, short = inner.name("full"), inner.name("short")
    others, headings = inner.phrases("others"), inner.phrases("headings")
    inner.finish()
    under = fields.texts("except_under")
    kind = Naming(
        full=fold(full).text,
        short=fold(short).text,
        names=Phrases([full, short, *others]),
        others=Phrases(others),
        headings=Phrases(headings),
        under=_headings(under),
    )
    means = f"First in running text, and once a page: {_list([full])}; then {_list([short])}"
    means += f"; never in the site’s own voice: {_list(others)}" if others else ""
    means += f"; but in headings {_list(headings)}" if headings else ""
    return kind, f"{means}{_free((), under)}"


def _needs(fields: Fields) -> ReadKind:
    when, then = fields.within("when"), fields.within("needs")
    only = when.reader.has("cites_only")
    says, cites = when.phrases("says"), when.items("cites_only" if only else "cites")
    then_says, then_cites = then.phrases("says"), then.items("cites")
    when.finish()
    then.finish()
    within = fields.reader.choice("within", ("block", "page")) or "block"
    if not (says or cites):
        fields.wrong("'when' must have says, cites or cites_only")
    if not (then_says or then_cites):
        fields.wrong("'needs' must have says or cites")
    kind = Needs(
        says=Phrases(says),
        cites=cites,
        only=only,
        then_says=Phrases(then_says),
        then_cites=then_cites,
        page=within == "page",
    )
    first = _both(says, "cites only" if only else "cites", cites, " and ")
    second = _both(then_says, "cites", then_cites, " or ")
    return kind, f"Where a block {first}, the {within} also {second}"


def _never(fields: Fields) -> ReadKind:
    inner = fields.within("never")
    cites = inner.items("cites")
    sensitive = inner.reader.choice("sensitive", ("true", "false")) == "true"
    inner.finish()
    parts = fields.some_of("in", tuple(WHERE_CITATIONS))
    if not cites and not sensitive:
        fields.wrong("'never' must have cites or sensitive: true")
    if "titles" in parts and not sensitive:
        fields.wrong("titles cite nothing: 'in: titles' goes with sensitive: true")
    kind = Never(
        cites=cites,
        sensitive=sensitive,
        blocks=not parts,
        summary="summary" in parts,
        titles=sensitive and (not parts or "titles" in parts),
    )
    what = [f"quoted or cited: {_cited(cites)}"] if cites else []
    what += ["quoted: what a record calls sensitive"] if sensitive else []
    place = f", in {' or '.join(WHERE_CITATIONS[part] for part in parts)}" if parts else ""
    return kind, f"Never {'; never '.join(what)}{place}"


def _balance(fields: Fields) -> ReadKind:
    inner = fields.within("balance")
    sections = inner.texts("sections", required=True)
    share = inner.reader.share("share", required=True)
    inner.finish()
    if len(fields.texts("only_in")) < 2:
        fields.wrong("'balance' compares pages: 'only_in' must name two or more")
    means = f"No section is more than {share or 0:.0%} longer than on another page, in words less "
    return Balance(
        sections=tuple(fold(name).text for name in sections), share=share or 0
    ), f"{means}boxes and folded detail: " + (_list(sections))


def _length(fields: Fields) -> ReadKind:
    inner = fields.within("length")
    page, summary, sentences = (inner.whole(key) for key in ("page", "summary", "sentences"))
    inner.finish()
    parts = [f"{page} words in a page"] if page else []
    parts += [f"{summary} words in a summary, which cites or is the editor’s"] if summary else []
    parts += [f"{sentences} sentences in a paragraph"] if sentences else []
    if not parts:
        fields.wrong("'length' must have page, summary or sentences")
    return Length(page=page, summary=summary, sentences=sentences), f"At most {'; '.join(parts)}"


def _box(fields: Fields) -> ReadKind:
    inner = fields.within("box")
    label = inner.reader.text("label", required=True) or ""
    inner.finish()
    means = f"A box of the editor’s has the label {_list([label])}, and cites evidence of its own"
    return Box(label=label), means


RULE_KINDS: dict[str, Callable[[Fields], ReadKind]] = {
    "words": _words,
    "naming": _naming,
    "needs": _needs,
    "never": _never,
    "balance": _balance,
    "length": _length,
    "box": _box,
}
COMMON_FIELDS = ("id", "say", "because", "only_in", "except_in")


def _headings(names: Sequence[str]) -> frozenset[str]:
    return frozenset(fold(name).text for name in names)


def _list(texts: Sequence[str]) -> str:
    return ", ".join(f"`{text}`" for text in texts)


def _cited(items: Sequence[Item]) -> str:
    return _list([f"{item.key}{', ' * bool(item.locator)}{item.locator}" for item in items])


def _free(phrases: Sequence[str], under: Sequence[str]) -> str:
    free = f"; free: {_list(phrases)}" if phrases else ""
    return free + (f"; free under {_list(under)}" if under else "")


def _both(says: Sequence[str], cites: str, items: Sequence[Item], joint: str) -> str:
    parts = [f"says {'one of ' * (len(says) > 1)}{_list(says)}"] if says else []
    parts += [f"{cites} {_cited(items)}"] if items else []
    return joint.join(parts)
