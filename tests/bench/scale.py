"""Scale: what `verbatim check` costs on sites of 100 to 10,000 pages; run by `make bench-scale`.

`python -m tests.bench.scale` prints tables, and with --out writes them to a file.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

from .corpus import BLOCK, INLINE, SOURCES
from .make_sites import ROOT
from .measure import RSS_UNIT, Cost, environment, versions
from .micro import entering
from .table import MEGABYTE, middle

PROGRAMS = Path(sys.executable).parent
PACKAGES = ("mkdocs", "mkdocs-material", "markdown", "click", "pyyaml", "rapidfuzz")
SAMPLE = 0.2
"""Seconds between two looks at the memory of all processes together."""

PSS = re.compile(rb"^Pss:\s+(\d+) kB", re.MULTILINE)
SHARDS = 4


@dataclass(frozen=True, slots=True)
class Way:
    """A way to check: its name, and the arguments behind `verbatim`."""

    name: str
    arguments: Sequence[str]


ONE = Way("one process", ["check", "--jobs", "1"])
ALL = Way("all processors", ["check"])


def main() -> int:
    """Measure what the arguments ask for, print it, and write it where they say."""
    options = _options()
    sizes = [int(size) for size in options.sizes.split(",")]
    rounds = [int(number) for number in options.rounds.split(",")]
    builds = [int(size) for size in options.builds.split(",") if size]
    if not {*sizes, *builds} <= {*SOURCES} or len(rounds) != len(sizes):
        print(f"sizes are {[*SOURCES]}, with a number of rounds for each")
        return 2
    parts: list[str] = []
    with tempfile.TemporaryDirectory(prefix="scale-") as folder:
        for part in _parts(Path(folder), dict(zip(sizes, rounds, strict=True)), builds):
            parts.append(part)
            print(f"{part}\n", flush=True)
    if options.out:
        options.out.write_text("\n\n".join(parts) + "\n", "utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scale", description=__doc__)
    parser.add_argument("--sizes", default="100,1000,10000", help="pages of the sites to check")
    parser.add_argument("--rounds", default="9,5,3", help="how often each is checked, in turns")
    parser.add_argument("--builds", default="100,1000", help="pages of the sites to build, once")
    parser.add_argument("--out", type=Path, help="write the tables to this file, too")
    return parser.parse_args()


def _parts(folder: Path, rounds: dict[int, int], builds: Sequence[int]) -> Iterator[str]:
    """Yield the tables, as Markdown."""
    yield f"{os.cpu_count()} processors; {', '.join(versions(PROGRAMS, PACKAGES))}."
    for size in {*rounds, *builds}:
        # In a process of its own, whose memory no check inherits as its peak.
        command = [sys.executable, "-m", "tests.bench.make_sites", str(folder / str(size))]
        subprocess.run([*command, "ours", str(size)], cwd=ROOT, check=True)
    costs = _in_turns(folder, rounds)
    yield f"### Checking\n\n{_check_table(costs)}"
    if len(rounds) > 1:
        yield f"### Ten times as much\n\n{_growth_table(costs, sorted(rounds))}"
    yield f"### {SHARDS} shards\n\n{_shard_table(folder / str(max(rounds)), max(rounds))}"
    yield f"### Finding and entering\n\n{_entering_table()}"
    for size in builds:
        yield f"### Bytes, {size} pages\n\n{_bytes_table(folder / str(size))}"


def _in_turns(folder: Path, rounds: dict[int, int]) -> dict[tuple[int, str], list[Cost]]:
    """Return what each size cost in each way, in rounds in which all sizes have their turn."""
    costs: dict[tuple[int, str], list[Cost]] = {}
    for turn in range(max(rounds.values())):
        for size in [size for size, times in rounds.items() if turn < times]:
            for way in (ONE, ALL):
                cost = _run(way.arguments, folder / str(size))
                costs.setdefault((size, way.name), []).append(cost)
        print(f"round {turn + 1} of {max(rounds.values())}", file=sys.stderr, flush=True)
    return costs


def _run(arguments: Sequence[str], site: Path) -> Cost:
    """Return what a command on *site* costs, the processes that it starts included."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [PROGRAMS / "verbatim", *arguments],
        cwd=site,
        env=environment(PROGRAMS, site),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    peak = 0
    while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
        peak = max(peak, sum(map(_memory, _family(process.pid))))
        time.sleep(SAMPLE)
    _, status, used = ended
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, arguments
    peak = max(peak, used.ru_maxrss * RSS_UNIT)
    return Cost(wall, used.ru_utime + used.ru_stime, peak)


def _family(pid: int) -> Iterator[int]:
    """Yield a process and those that it has started, as far as the system tells."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _memory(pid: int) -> int:
    """Return the bytes of a process, its part of what it shares with others; 0 if unknown."""
    try:
        found = PSS.search(Path(f"/proc/{pid}/smaps_rollup").read_bytes())
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


def _check_table(costs: dict[tuple[int, str], list[Cost]]) -> str:
    head = ["Pages", "Sources", "Quotations", "By", "Rounds", "Wall, s", "CPU, s", "Peak, MB"]
    rows = [
        [
            f"{size:,}",
            f"{SOURCES[size]:,}",
            f"{size * (INLINE + BLOCK):,}",
            name,
            str(len(own)),
            middle([cost.wall for cost in own]),
            middle([cost.cpu for cost in own]),
            middle([cost.peak / MEGABYTE for cost in own], 0),
        ]
        for (size, name), own in costs.items()
    ]
    return _table(head, rows, left=4)


def _growth_table(costs: dict[tuple[int, str], list[Cost]], sizes: Sequence[int]) -> str:
    """Return how many times the CPU of a size the next one takes, round by round."""
    rows = []
    for small, large in pairwise(sizes):
        for way in (ONE, ALL):
            pairs = zip(costs[small, way.name], costs[large, way.name], strict=False)
            ratios = [big.cpu / little.cpu for little, big in pairs]
            rows.append([f"{small:,} to {large:,}", way.name, middle(ratios)])
    return _table(["Pages", "By", "CPU, times"], rows, left=2)


def _shard_table(site: Path, size: int) -> str:
    reports = [f"../part-{number}.json" for number in range(1, SHARDS + 1)]
    costs = [
        _run(["check", "--shard", f"{number}/{SHARDS}", "--out", report], site)
        for number, report in enumerate(reports, 1)
    ]
    written = sum((site / report).stat().st_size for report in reports)
    merged = _run(["merge", *reports], site)
    rows = [
        [what, f"{cost.wall:.2f}", f"{cost.cpu:.2f}", f"{cost.peak / MEGABYTE:.0f}"]
        for what, cost in (("the longest shard", max(costs, key=_wall)), ("the merge", merged))
    ]
    table = _table([f"{size:,} pages", "Wall, s", "CPU, s", "Peak, MB"], rows, left=1)
    return f"{table}\n\nThe {SHARDS} reports have {written / MEGABYTE:.1f} MB together."


def _wall(cost: Cost) -> float:
    return cost.wall


def _entering_table() -> str:
    rows = [[what, middle([value * 1e6 for value in seconds])] for what, seconds, _ in entering()]
    return _table(["In process", "µs a quotation"], rows, left=1)


def _bytes_table(site: Path) -> str:
    """Build *site*, and return what its pages weigh when compressed."""
    command = [str(PROGRAMS / "mkdocs"), "build", "--quiet"]
    subprocess.run(command, cwd=site, env=environment(PROGRAMS, site), check=True)
    built = site / "site"
    groups = {
        "a page, HTML": list(built.glob("part-*/*/index.html")),
        "a source’s page, HTML": list(built.glob("sources/*/index.html")),
        "the list of sources, HTML": [built / "sources/index.html"],
        "the list of quotations, HTML": [built / "quotes/index.html"],
        "search index": [built / "search/search_index.json"],
        "quotes.json": [built / "quotes.json"],
    }
    rows = [
        [what, f"{median(sizes) / 1000:.1f}", f"{max(sizes) / 1000:.1f}"]
        for what, files in groups.items()
        if (sizes := [*_compressed(files)])
    ]
    every = [path for path in built.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in every)
    table = _table(["File, gzip", "Median, kB", "Largest, kB"], rows, left=1)
    return f"{table}\n\n{len(every):,} files, {size / MEGABYTE:.0f} MB uncompressed."


def _compressed(files: Iterable[Path]) -> Iterator[int]:
    return (len(gzip.compress(path.read_bytes(), 6)) for path in files if path.is_file())


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], *, left: int) -> str:
    """Return a Markdown table whose first columns, as many as *left*, hold text."""
    rule = ["---"] * left + ["---:"] * (len(head) - left)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *rows))


if __name__ == "__main__":
    sys.exit(main())
