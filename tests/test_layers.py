"""Layers: engine modules import only what stands to the left of them, and no MkDocs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from .making import ROOT

HOOKS = ROOT / "hooks"
ENGINE = HOOKS / "verbatim"
ADAPTER = HOOKS / "verbatim_mkdocs.py"

ORDER = (
    "problem",
    "rules",
    "tree",
    "whole",
    "text",
    "decoding",
    "form",
    "data",
    "reader",
    "csl",
    "record_form",
    "record",
    "people",
    "markup",
    "source",
    "library",
    "mark",
    "visible",
    "phrase",
    "content",
    "fields",
    "rulebook",
    "moment",
    "statement",
    "argument",
    "timeline",
    "wrap",
    "rank",
    "net",
    "route",
    "match",
    "editorial",
    "proof",
    "meaning",
    "copies",
    "misread",
    "remedy",
    "speech",
    "page",
    "use",
    "wording",
    "naming",
    "limits",
    "republished",
    "element",
    "cite",
    "fragment",
    "ledger",
    "retired",
    "tally",
    "render",
    "receipt",
    "annotation",
    "metadata",
    "changes",
    "feed",
    "inline",
    "desk",
    "entry",
    "picture",
    "map_figure",
    "timeline_figure",
    "map_board",
    "timeline_board",
    "prose",
    "figure",
    "guard",
    "coverage",
    "unmarked",
    "voice",
    "breach",
    "house",
    "findings",
    "accept",
    "extension",
    "accessible",
    "stylesheet",
    "frame",
    "made",
    "config",
    "strip",
    "excerpts",
    "quotes",
    "export",
    "listing",
    "policy",
    "hosting",
    "pandoc",
    "lock",
    "recall",
    "seek",
    "furniture",
    "guess",
    "repeat",
    "overheard",
    "draft",
    "schema",
    "add",
    "requirements",
    "origin",
    "new",
    "report",
    "site",
    "workers",
    "handover",
    "zensical",
    "sheet",
    "prover",
    "evidence",
    "notes",
    "heads",
    "annotated",
    "elsewhere",
    "verify",
    "options",
    "output",
    "summary",
    "shard",
    "progress",
    "cli",
)
"""Each imports only from those to its left."""

MODULES = sorted(ENGINE.glob("*.py"))
FILES = [*MODULES, ADAPTER]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(node: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Import | ast.ImportFrom):
            yield inner


def own(path: Path) -> set[str]:
    """Return the modules of the engine that the one in *path* imports."""
    names: set[str] = set()
    for node in imports(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.level:
            names |= {node.module} if node.module else {alias.name for alias in node.names}
    return {name.partition(".")[0] for name in names if name}


def absolute(path: Path) -> set[str]:
    """Return the packages that the module in *path* imports by their full name."""
    names: set[str] = set()
    for node in imports(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif not node.level and node.module:
            names.add(node.module)
    return {name.partition(".")[0] for name in names}


def test_the_list_holds_every_module_once() -> None:
    names = {path.stem for path in MODULES} - {"__init__"}

    assert len(ORDER) == len(set(ORDER))
    assert set(ORDER) == names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_imports_only_to_its_left(path: Path) -> None:
    left = ORDER[: ORDER.index(path.stem)] if path.stem in ORDER else ()

    assert own(path) <= set(left)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_the_engine_imports_no_mkdocs_and_itself_only_by_its_place(path: Path) -> None:
    assert not absolute(path) & {"mkdocs", "material", "verbatim", "verbatim_mkdocs"}


def test_the_adapter_alone_imports_mkdocs() -> None:
    assert "mkdocs" in absolute(ADAPTER)
    assert [path for path in HOOKS.rglob("*.py") if "mkdocs" in absolute(path)] == [ADAPTER]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_imported_inside_a_function(path: Path) -> None:
    functions = [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    ]

    assert [node.lineno for function in functions for node in imports(function)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_imported_for_types_alone(path: Path) -> None:
    assert "TYPE_CHECKING" not in path.read_text("utf-8")


def test_only_the_command_prints() -> None:
    printing = [
        path.stem
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"print", "click.echo", "click.secho", "sys.exit"}
    ]

    assert set(printing) <= {"cli"}


def test_a_proof_uses_nothing_that_writes_pages() -> None:
    proof = (
        "sheet",
        "visible",
        "prover",
        "evidence",
        "notes",
        "heads",
        "annotated",
        "elsewhere",
        "verify",
    )
    reads = {"problem", "text", "csl", "record", "people", "source", "library", "mark", "speech"}
    # Of the limits, the number of words around a quotation alone; and what finds copies of sources
    # in files, which a site must not hold, whoever made it.
    others = {"limits", "copies", "republished"}
    imported = {name for stem in proof for name in own(ENGINE / f"{stem}.py")}

    assert imported <= {*proof, *reads, *others}
    assert own(ENGINE / "copies.py") | own(ENGINE / "republished.py") <= {
        *reads,
        *others,
        "decoding",
    }
