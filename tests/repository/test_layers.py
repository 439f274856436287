"""Layers: a package of the engine imports only those before it, and no MkDocs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from mkdocs_verbatim.cli.main import COMMANDS
from tests.support.records import ROOT

HOOKS = ROOT / "hooks"
NAME = "mkdocs_verbatim"
ENGINE = HOOKS / NAME
ADAPTER = sorted(HOOKS.glob("verbatim_mkdocs*.py"))

FLOORS = (
    ("problem", "text"),
    ("unforeseen",),
    ("rules", "datafiles"),
    ("sources",),
    ("quotations", "speakers", "verify"),
    ("ledger",),
    ("output",),
    ("markdown",),
    ("diagrams", "house_style"),
    ("authoring", "build"),
    ("cli", "named_extension"),
    ("zensical", "requirements"),
)
"""The packages of the engine, and the modules beside them; each imports those of lower floors."""

FLOOR = {name: number for number, floor in enumerate(FLOORS) for name in floor}
PROOF = {"problem", "text", "sources"}
"""What `verify` may import: none of it writes a page."""

DATA = {"theme", "starter", "styles", "schemas"}
"""Folders beside the packages that hold no code of the engine."""


def modules(engine: Path) -> dict[str, Path]:
    """Return every module of *engine* by its dotted name below it; fail if there is none."""
    found = {
        ".".join(path.relative_to(engine).with_suffix("").parts): path
        for path in sorted(engine.rglob("*.py"))
        if path.relative_to(engine).parts[0] not in DATA
    }
    assert found, f"no module below {engine}"
    return found


MODULES = modules(ENGINE)
CODE = {name: path for name, path in MODULES.items() if not name.endswith("__init__")}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(node: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Import | ast.ImportFrom):
            yield inner


def own(name: str, path: Path) -> set[str]:
    """Return the modules and packages of the engine that the module *name* imports."""
    found: set[str] = set()
    for node in imports(tree(path)):
        if not isinstance(node, ast.ImportFrom) or not node.level:
            continue
        package = name.split(".")[: -node.level]
        base = [*package, *(node.module.split(".") if node.module else [])]
        if node.module:
            found.add(".".join(base))
        else:
            found |= {".".join([*base, alias.name]) for alias in node.names}
        found |= {
            inner for alias in node.names if (inner := ".".join([*base, alias.name])) in MODULES
        }
    return found


def external(path: Path) -> set[str]:
    """Return the packages that the module in *path* imports by their full name."""
    names: set[str] = set()
    for node in imports(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif not node.level and node.module:
            names.add(node.module)
    return {name.partition(".")[0] for name in names}


def package(name: str) -> str:
    return name.partition(".")[0]


def imported() -> dict[str, set[str]]:
    """Return what each package imports of the others."""
    found: dict[str, set[str]] = {name: set() for name in FLOOR}
    for name, path in CODE.items():
        found[package(name)] |= {package(other) for other in own(name, path)} - {package(name)}
    return found


def test_what_is_looked_at_is_all_there_is() -> None:
    packages = {path.parent.name for name, path in MODULES.items() if name.endswith(".__init__")}
    beside = {name for name in CODE if "." not in name}

    assert len(FLOOR) == sum(map(len, FLOORS))
    assert packages | beside == set(FLOOR)
    assert {path.name for path in ENGINE.iterdir() if path.is_dir()} - {"__pycache__"} == (
        packages | DATA
    )
    # A glob that looks one level deep, or in the wrong folder, sees far fewer.
    assert len(CODE) >= 110
    assert sum(len(own(name, path)) for name, path in CODE.items()) >= 500


def test_a_folder_without_modules_fails(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="no module below"):
        modules(tmp_path)


@pytest.mark.parametrize("name", CODE)
def test_a_module_imports_its_own_package_and_lower_floors(name: str) -> None:
    others = {package(other) for other in own(name, CODE[name])} - {package(name)}

    assert [other for other in others if FLOOR[other] >= FLOOR[package(name)]] == []
    # What it names is there: a misspelt name would else count as keeping the order.
    assert own(name, CODE[name]) <= {*MODULES, *(m.removesuffix(".__init__") for m in MODULES)}


@pytest.mark.parametrize("name", [name for name in FLOOR if (ENGINE / name).is_dir()])
def test_the_modules_of_a_package_have_no_circle(name: str) -> None:
    inside = {m: path for m, path in CODE.items() if package(m) == name}
    graph = {m: own(m, path) & inside.keys() - {m} for m, path in inside.items()}

    assert len(inside) >= 2
    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize("name", [name for name in FLOOR if (ENGINE / name).is_dir()])
def test_a_package_says_what_it_is_for_and_has_nothing_else(name: str) -> None:
    body = tree(ENGINE / name / "__init__.py").body

    assert len(body) == 1
    assert "Imports" in (ast.get_docstring(tree(ENGINE / name / "__init__.py")) or "")


def test_a_proof_imports_nothing_that_writes_pages() -> None:
    looked_at = {name for name in CODE if package(name) == "verify"}

    assert looked_at >= {"verify.site", "verify.page", "verify.quotations", "verify.receipts"}
    assert len(looked_at) == len(list((ENGINE / "verify").glob("[!_]*.py")))
    assert imported()["verify"] == PROOF
    # Nor by a name that is put together when it runs.
    assert not [name for name in looked_at if "importlib" in external(CODE[name])]


@pytest.mark.parametrize(
    "line",
    [
        "from ..output import receipt",
        "from ..output.receipt import evidence",
        "from .. import output",
        "def late():\n    from ..output import receipt",
        "try:\n    from ..output import receipt\nexcept ImportError:\n    pass",
    ],
)
def test_an_import_of_any_form_is_seen(line: str, tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(f"from ..problem import Problem\n{line}\n", "utf-8")

    assert {package(name) for name in own("verify.module", module)} == {"problem", "output"}


@pytest.mark.parametrize("name", CODE)
def test_the_engine_imports_no_mkdocs_and_itself_only_by_its_place(name: str) -> None:
    assert not external(CODE[name]) & {"mkdocs", "material", NAME, *(path.stem for path in ADAPTER)}


def test_the_adapter_alone_imports_mkdocs() -> None:
    importing = [path for path in HOOKS.rglob("*.py") if "mkdocs" in external(path)]

    assert HOOKS / "verbatim_mkdocs.py" in importing
    assert set(importing) <= set(ADAPTER)


FILES = [*MODULES.values(), *ADAPTER]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(HOOKS).as_posix())
def test_nothing_is_imported_for_types_alone(path: Path) -> None:
    assert "TYPE_CHECKING" not in path.read_text("utf-8")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(HOOKS).as_posix())
def test_nothing_is_imported_inside_a_function(path: Path) -> None:
    functions = [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    ]

    assert [node.lineno for function in functions for node in imports(function)] == []


LOADING = {
    f"{NAME}/build/mkdocs_yaml.py",  # what `!!python/name:` names
    f"{NAME}/build/reading.py",  # extensions of Markdown, by the names in a configuration
    f"{NAME}/cli/entry.py",  # the command as a whole, so that an interrupt meanwhile is told
    f"{NAME}/cli/last_resort.py",  # what tells of an error that nobody foresaw
    f"{NAME}/cli/main.py",  # the command that is called
    "verbatim_mkdocs_reload.py",
}
"""The modules that load others by name while they run; all else is imported at the top."""


def test_only_these_load_modules_by_name() -> None:
    loading = {
        path.relative_to(HOOKS).as_posix()
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] in {"import_module", "__import__"}
    }

    assert loading == LOADING


def test_the_list_of_commands_needs_none_of_the_engine() -> None:
    main = ENGINE / "cli" / "main.py"

    assert own("cli.main", main) == {"cli.help_text", "cli.last_resort"}
    assert own("cli.help_text", CODE["cli.help_text"]) == set()
    assert own("cli.last_resort", CODE["cli.last_resort"]) == set()
    assert {*COMMANDS} <= {path.stem for path in main.parent.glob("*.py")}


def test_only_the_command_prints() -> None:
    printing = {
        path.relative_to(HOOKS).as_posix()
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"print", "click.echo", "click.secho", "sys.exit"}
    }

    assert printing
    assert all(path.startswith(f"{NAME}/cli/") for path in printing)
