"""Rules: everything that is refused is explained, and everything explained is refused somewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import get_args

import pytest

from mkdocs_verbatim.problem import SEVERITIES, BuiltIn, Rule, severities
from mkdocs_verbatim.rules import RULES
from tests.repository.test_layers import CODE, tree

NEVER_LOWERED = ("quote-not-found", "source-changed", "wrong-speaker", "raw-quotation")
"""Rules whose severity nobody may lower."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_says_what_it_means_with_an_example_and_a_remedy(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.name)
    assert rule.severity in SEVERITIES
    for text in (rule.means, rule.example, rule.remedy):
        assert text == text.strip()
        assert text
    assert rule.means.endswith(".")
    assert rule.remedy.endswith(".")
    assert not rule.fixed or rule.severity == "error"


def test_no_two_rules_say_the_same() -> None:
    assert len({rule.means for rule in RULES.values()}) == len(RULES)
    assert [rule.name for rule in RULES.values()] == list(RULES)


@pytest.mark.parametrize("name", NEVER_LOWERED)
@pytest.mark.parametrize("wanted", ["off", "info", "warning", False])
def test_some_rules_are_never_lowered(name: str, wanted: object) -> None:
    chosen, wrong = severities({name: wanted}, RULES)

    assert chosen[name] == "error"
    assert [named for named, _ in wrong] == [name]


def named(module: ast.Module) -> Iterator[str]:
    """Yield every rule that the *module* names: as keyword, default, or where a call has `rule`."""
    places = dict(parameters(module))
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            yield from constants(
                keyword.value for keyword in node.keywords if keyword.arg == "rule"
            )
            name = ast.unparse(node.func).rpartition(".")[2]
            if name in places and len(node.args) > places[name]:
                yield from constants([node.args[places[name]]])
        elif isinstance(node, Function):
            arguments = node.args.args[::-1], node.args.defaults[::-1]
            pairs = [*zip(*arguments, strict=False)]
            pairs += [
                (a, d)
                for a, d in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
                if d
            ]
            yield from constants(default for argument, default in pairs if argument.arg == "rule")


def parameters(module: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield each function of the *module* that takes a rule, and as which argument of a call."""
    for node in ast.walk(module):
        if isinstance(node, Function):
            names = [argument.arg for argument in node.args.args if argument.arg != "self"]
            if "rule" in names:
                yield node.name, names.index("rule")


def constants(nodes: object) -> Iterator[str]:
    assert isinstance(nodes, Iterator | list)
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize("path", CODE.values(), ids=list(CODE))
def test_every_rule_that_is_named_is_explained(path) -> None:  # type: ignore[no-untyped-def]
    assert set(named(tree(path))) <= set(RULES)


ASKING = re.compile(r"(^|\.)(has|accept|settle_late)$")
"""What only asks about problems that are entered elsewhere."""


def entered(module: ast.Module) -> set[str]:
    """Return every string of the *module* but those that a question names.

    A question looks a rule up, compares it, or calls a function of ASKING.
    """
    found: set[str] = set()
    for parent in ast.walk(module):
        if isinstance(parent, ast.Subscript | ast.Compare):
            continue
        if isinstance(parent, ast.Call) and ASKING.search(ast.unparse(parent.func)):
            continue
        found |= {*constants(list(ast.iter_child_nodes(parent)))}
    return found


def constants_of(module: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the name and the value of each constant of the *module* that is a rule."""
    for node in module.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if node.value.value in RULES and isinstance(target, ast.Name):
                yield target.id, str(node.value.value)


CONSTANTS = {
    (path.stem, name): rule for path in CODE.values() for name, rule in constants_of(tree(path))
}


def taken_over(module: ast.Module) -> set[str]:
    """Return the rules that the *module* imports as a constant of another."""
    return {
        rule
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
        if (rule := CONSTANTS.get((node.module.rpartition(".")[2], alias.name)))
    }


ENTERED = {
    name: (entered(tree(path)) | taken_over(tree(path))) & set(RULES)
    for name, path in CODE.items()
    # The catalogue itself, what explains it, and the command, which shows what others enter.
    if name not in {"rules", "problem", "build.upgrade"} and not name.startswith("cli.")
}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_says_which_modules_enter_it_and_no_other_does(rule: Rule) -> None:
    assert rule.checked_in
    assert list(rule.checked_in) == sorted(n for n, ids in ENTERED.items() if rule.name in ids)


def test_the_command_enters_no_problem() -> None:
    made = {
        name
        for name, path in CODE.items()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Problem"
    }

    assert made
    assert [name for name in made if name.startswith("cli.")] == []


def test_the_ids_that_a_type_checker_knows_are_those_of_all_rules() -> None:
    assert sorted(get_args(BuiltIn)) == sorted(RULES)


def test_the_names_are_found_where_the_code_has_them() -> None:
    module = ast.parse(
        "def _wrong(self, rule, message): ...\n"
        "def enter(node, *, rule='b-c'): ...\n"
        "self._wrong('a-b', 'x')\nProblem(rule='c-d')\nother('e-f')"
    )

    assert sorted(named(module)) == ["a-b", "b-c", "c-d"]


def test_a_question_enters_nothing() -> None:
    module = ast.parse(
        "log.has('a-b')\nseverities['b-c'] == 'off'\nrule != 'c-d'\n"
        "log.enter([], 'd-e', 'x')\nRULE = 'e-f'\nyield 'f-g', text"
    )

    assert entered(module) & {"a-b", "b-c", "c-d", "d-e", "e-f", "f-g"} == {"d-e", "e-f", "f-g"}
