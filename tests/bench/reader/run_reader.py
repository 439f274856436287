"""The reader's benchmark: `python -m tests.bench.reader.run_reader`; prints a table."""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from tests.browser.chromium import INSTALL, find_chromium

from .make_texts import texts, write_furo, write_material

ROOT = Path(__file__).parents[3]
HERE = Path(__file__).parent
PROGRAMS = ROOT / ".venv-reader" / "bin"
SITES = {
    "ours": "this site",
    "material": "Material for MkDocs as it comes, without web fonts",
    "furo": "Sphinx with furo as it comes",
}
PAGES = ("", "remark/", "compare/")
"""The front page, a page to read, and the page that weighs most."""

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
INDEXES = ("search/search_index.json", "searchindex.js")

Load = Mapping[str, Any]
"""What one load gave, as measure.mjs writes it."""


def main() -> int:
    """Build the three sites, measure them in turns, print the table and write it."""
    options = _options()
    chromium = find_chromium()
    if chromium is None:
        print(f"error: no browser; {INSTALL}", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="bench-reader-") as folder:
        sites = _sites(Path(folder), options.programs)
        loads = _measure(chromium, sites, options)
        indexes = {name: _index(site) for name, site in sites.items()}
    table = _report(loads, indexes, options)
    print(table)
    if options.out:
        options.out.write_text(table, "utf-8")
    if options.raw:
        options.raw.write_text(json.dumps(loads, indent=1), "utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.reader.run_reader", description=__doc__
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", default=",".join(PAGES), help="addresses, between commas")
    parser.add_argument("--out", type=Path, help="write the table to this file, too")
    parser.add_argument("--raw", type=Path, help="write every load to this file as JSON")
    parser.add_argument("--modules", type=Path, default=HERE / "node_modules")
    parser.add_argument("--programs", type=lambda path: Path(path).absolute(), default=PROGRAMS)
    return parser.parse_args()


def _sites(folder: Path, programs: Path) -> dict[str, Path]:
    """Build the three sites below *folder*; return where their files are."""
    built = {name: folder / name / "site" for name in SITES}
    _run([Path(sys.executable).parent / "mkdocs", "build", "-q", "-d", built["ours"]], ROOT)
    articles = texts(built["ours"])
    # Read as a tree of lists and words: its tags are for MkDocs.
    root = yaml.compose((ROOT / "mkdocs.yml").read_text("utf-8"), Loader=yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode)
    nav = next(_plain(value) for key, value in root.value if key.value == "nav")
    write_material(folder / "material", articles, nav)
    _run([programs / "mkdocs", "build", "-q", "-d", built["material"]], folder / "material")
    write_furo(folder / "furo" / "text", articles, nav)
    build: list[str | Path] = [
        programs / "sphinx-build",
        "-q",
        "-b",
        "dirhtml",
        "text",
        built["furo"],
    ]
    _run(build, folder / "furo")
    return built


def _plain(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return node.value


def _run(command: Sequence[str | Path], folder: Path) -> None:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"error: {Path(command[0]).name} failed:\n{done.stderr.decode()}")


def _measure(
    chromium: str, sites: Mapping[str, Path], options: argparse.Namespace
) -> list[dict[str, Any]]:
    order = {
        "chromium": chromium,
        "rounds": options.rounds,
        "pages": options.pages.split(","),
        "sites": {name: str(path) for name, path in sites.items()},
    }
    with tempfile.TemporaryDirectory(prefix="bench-node-") as folder:
        # A module finds others only beside it.
        Path(folder, "node_modules").symlink_to(options.modules.absolute())
        shutil.copy(HERE / "measure.mjs", folder)
        done = subprocess.run(
            ["node", "measure.mjs"],
            cwd=folder,
            input=json.dumps(order).encode(),
            stdout=subprocess.PIPE,
            env={**os.environ, "CHROME_PATH": chromium},
            check=False,
        )
    if done.returncode:
        sys.exit("error: the measurement failed")
    return [json.loads(line) for line in done.stdout.splitlines()]


def _index(site: Path) -> int:
    """Return the bytes of the search index of *site*, compressed."""
    found = [site / name for name in INDEXES if (site / name).exists()]
    return len(gzip.compress(found[0].read_bytes(), 9)) if found else 0


def _report(loads: Sequence[Load], indexes: Mapping[str, int], options: argparse.Namespace) -> str:
    grouped: dict[tuple[str, str], list[Load]] = defaultdict(list)
    for load in loads:
        grouped[load["page"], load["site"]].append(load)
    parts = [
        (
            f"{os.cpu_count()} processors; medians of {options.rounds} loads in turns, "
            "the least and the most in brackets."
        ),
        (
            "Slow: Chromium with the processor four times slower and slow 4G (562 ms a request, "
            "1.5 Mbit/s), cold cache, files compressed with gzip. "
            "Lighthouse: its mobile setting; performance, accessibility, best practices, SEO."
        ),
    ]
    head = (
        "| Site | Bytes to first reading, gzip, kB | Requests | Search index, gzip, kB "
        "| of it on arrival, kB | LCP, ms | Blocked, ms | Lighthouse | its LCP, ms |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    )
    for page in options.pages.split(","):
        rows = [_row(about, grouped[page, name], indexes[name]) for name, about in SITES.items()]
        parts.append(f"### /{page}\n\n{head}\n" + "\n".join(rows))
    return "\n\n".join(parts) + "\n"


def _row(about: str, loads: Sequence[Load], index: int) -> str:
    scores = [
        f"{statistics.median(load['lighthouse']['scores'][name] for load in loads):.0f}"
        for name in CATEGORIES
    ]
    cells = [
        about,
        _median(loads, lambda load: load["slow"]["bytes"] / 1000, 1),
        _median(loads, lambda load: load["slow"]["requests"]),
        f"{index / 1000:.1f}",
        _median(loads, lambda load: load["slow"]["index"] / 1000, 1),
        _median(loads, lambda load: load["slow"]["lcp"]),
        _median(loads, lambda load: load["slow"]["blocked"]),
        " / ".join(scores),
        _median(loads, lambda load: load["lighthouse"]["lcp"]),
    ]
    return f"| {' | '.join(cells)} |"


def _median(loads: Sequence[Load], of: Callable[[Load], float], digits: int = 0) -> str:
    values = [of(load) for load in loads]
    middle, least, most = statistics.median(values), min(values), max(values)
    text = f"{middle:.{digits}f}"
    if f"{least:.{digits}f}" == f"{most:.{digits}f}":
        return text
    return f"{text} ({least:.{digits}f}–{most:.{digits}f})"


if __name__ == "__main__":
    sys.exit(main())
