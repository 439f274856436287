"""The benchmark: `python -m tests.bench.run_bench`; builds in turns, and prints tables."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .corpus import BLOCK, INLINE, SOURCES
from .edit import edits
from .make_sites import ROOT, VARIANTS
from .measure import BuildError, Cost, Output, build, compile_hooks, hand_over, output, versions
from .micro import micro
from .table import edit_line, micro_table, size_table

PROGRAMS = ROOT / ".venv-bench" / "bin"
EDITED = ("ours", "plain")
"""The variants of which one page is edited while they are served."""

MOST_EDITS = 9

PACKAGES = (
    "mkdocs mkdocs-material markdown pymdown-extensions pyyaml rapidfuzz "
    "mkdocs-bibtex pypandoc-binary mkdocs-macros-plugin sphinx furo myst-parser "
    "sphinxcontrib-bibtex zensical"
).split()


@dataclass(kw_only=True)
class Round:
    """The builds of one size so far."""

    folder: Path
    programs: Path
    costs: dict[str, list[Cost]] = field(default_factory=dict)
    outputs: dict[str, Output] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)


def main() -> int:
    """Measure what the arguments ask for, print it, and write it where they say."""
    options = _options()
    sizes, rounds = _numbers(options.sizes), _numbers(options.rounds)
    names = options.variants.split(",")
    known = set(sizes) <= set(SOURCES) and set(names) <= set(VARIANTS)
    if not known or len(sizes) != len(rounds):
        print(f"sizes are {[*SOURCES]}, a number of rounds for each; variants are {[*VARIANTS]}")
        return 2
    parts = [_facts(options.programs)]
    print(parts[0])
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for size, times in zip(sizes, rounds, strict=True):
            place = Path(folder, str(size))
            parts.append(_size(size, times, names, place, options.programs))
            print(f"\n{parts[-1]}", flush=True)
    if not options.no_micro:
        parts.append(f"### Folding and finding\n\n{micro_table(micro())}")
        print(f"\n{parts[-1]}")
    if options.out:
        options.out.write_text("\n\n".join(parts) + "\n", "utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.run_bench", description=__doc__)
    parser.add_argument("--sizes", default="10,100,1000")
    parser.add_argument("--rounds", default="15,15,3")
    parser.add_argument("--variants", default=",".join(VARIANTS))
    parser.add_argument("--out", type=Path, help="write the tables to this file, too")
    parser.add_argument("--no-micro", action="store_true", help="builds alone")
    # Absolute: builds run in folders of their own.
    parser.add_argument("--programs", type=lambda path: Path(path).absolute(), default=_programs())
    return parser.parse_args()


def _programs() -> Path:
    """Return where mkdocs and the other tools stand; without the others, our own folder."""
    return PROGRAMS if PROGRAMS.is_dir() else Path(sys.executable).parent


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _facts(programs: Path) -> str:
    return f"{os.cpu_count()} processors; {', '.join(versions(programs, PACKAGES))}."


def _size(size: int, times: int, names: Sequence[str], folder: Path, programs: Path) -> str:
    """Build every variant of a *size* so many *times* in turns; return the table."""
    done = Round(folder=folder, programs=programs)
    for name in names:
        _prepare(name, size, done)
    for turn in range(times):
        # Another begins each round, so that none is always built after the same other.
        first = turn % len(names)
        for name in [*names[first:], *names[:first]]:
            if name not in done.failures:
                _once(name, done, last=turn == times - 1)
        print(f"{size} pages, round {turn + 1} of {times}", file=sys.stderr, flush=True)
    quotations = size * (INLINE + BLOCK)
    head = f"### {size} pages, {SOURCES[size]} sources, {quotations} quotations; {times} round"
    head += "s" * (times > 1)
    costs = {name: done.costs[name] for name in names if name in done.costs}
    tables = [head, size_table(costs, done.outputs, done.failures)]
    edited = {name: folder / name for name in EDITED if name in done.outputs}
    if len(edited) == len(EDITED):
        tables.append(edit_line(edits(done.programs, edited, min(times, MOST_EDITS))))
    return "\n\n".join(tables)


def _prepare(name: str, size: int, done: Round) -> None:
    """Write the site; in a process of its own, whose memory no build inherits as its peak."""
    site = done.folder / name
    command = [sys.executable, "-m", "tests.bench.make_sites", str(site), name, str(size)]
    subprocess.run(command, cwd=ROOT, check=True)
    if VARIANTS[name].handed:
        hand_over(done.programs, site)
    compile_hooks(done.programs, site)
    done.costs[name] = []
    if not (done.programs / VARIANTS[name].program).exists():
        done.failures[name] = "not installed"


def _once(name: str, done: Round, *, last: bool) -> None:
    site = done.folder / name
    try:
        done.costs[name].append(build(VARIANTS[name].program, done.programs, site))
    except BuildError as error:
        done.failures[name] = str(error)
        return
    if last:
        done.outputs[name] = output(site)


if __name__ == "__main__":
    sys.exit(main())
