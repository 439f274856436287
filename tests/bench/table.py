"""Tables: medians, the interval in which the middle half lies, and ratios, as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import median, quantiles

from .make_sites import VARIANTS
from .measure import Cost, Output

MEGABYTE = 1_000_000
HEAD = (
    "Built by",
    "Wall, s",
    "CPU, s",
    "Peak, MB",
    "Pages",
    "Output, MB",
    "HTML, gzip, MB",
    "Ours ÷ it, wall",
    "Ours ÷ it, CPU",
)


def middle(values: Sequence[float], digits: int = 2) -> str:
    """Return the median of *values* and, of several, the quartiles: `1.20 (1.15–1.26)`."""
    shown = f"{median(values):.{digits}f}"
    if len(values) < 2:
        return shown
    low, _, high = quantiles(values, n=4, method="inclusive")
    return f"{shown} ({low:.{digits}f}–{high:.{digits}f})"


def size_table(
    costs: Mapping[str, Sequence[Cost]],
    outputs: Mapping[str, Output],
    failures: Mapping[str, str],
) -> str:
    """Return a table of the variants of one size: the built ones, then those that were not."""
    rows = [_row(name, costs, outputs[name]) for name in costs if name in outputs]
    lines = [_line(HEAD), _line(["---"] + ["---:"] * (len(HEAD) - 1)), *rows]
    lines += [
        _line([f"{name}: not built, {reason.replace('|', ' ')}", *[""] * (len(HEAD) - 1)])
        for name, reason in failures.items()
    ]
    both = costs.get("ours-zensical", ()), costs.get("zensical", ())
    if all(both):
        wall = _ratio(*both, lambda cost: cost.wall)
        lines += ["", f"ours-zensical ÷ zensical: wall {wall}, CPU {_ratio(*both, _cpu)}."]
    return "\n".join(lines)


def _cpu(cost: Cost) -> float:
    return cost.cpu


def edit_line(taken: Mapping[str, Sequence[float]]) -> str:
    """Return what a writer waits for an edited page, and the median of the ratios of each turn."""
    ours, plain = taken["ours"], taken["plain"]
    ratio = middle([our / other for our, other in zip(ours, plain, strict=True)])
    return (
        f"From a saved page to the served one, {len(ours)} edits in turns: ours {middle(ours)} s, "
        f"plain {middle(plain)} s; ours ÷ plain {ratio}."
    )


def _row(name: str, costs: Mapping[str, Sequence[Cost]], output: Output) -> str:
    mine, ours = costs[name], costs.get("ours", ())
    cells = [
        f"{name}: {VARIANTS[name].about}",
        middle([cost.wall for cost in mine]),
        middle([cost.cpu for cost in mine]),
        middle([cost.peak / MEGABYTE for cost in mine], 0),
        str(output.pages),
        f"{output.size / MEGABYTE:.2f}",
        f"{output.compressed / MEGABYTE:.3f}",
        _ratio(ours, mine, lambda cost: cost.wall),
        _ratio(ours, mine, _cpu),
    ]
    return _line(cells)


def _ratio(ours: Sequence[Cost], mine: Sequence[Cost], of: Callable[[Cost], float]) -> str:
    """Return the median of the rounds' ratios: the two builds of a round meet the same load."""
    pairs = list(zip(ours, mine, strict=False))
    if ours is mine or not pairs:
        return ""
    return middle([of(our) / of(other) for our, other in pairs])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def micro_table(rows: Sequence[tuple[str, Sequence[float], str]]) -> str:
    """Return a table of timings in process: what, seconds of each repeat, and the unit."""
    scale = {"ms": 1e3, "µs": 1e6}
    lines = [_line(["In process", "Time", "Unit"]), _line(["---", "---:", "---"])]
    for what, seconds, unit in rows:
        factor = scale[unit.split()[0]]
        lines.append(_line([what, middle([value * factor for value in seconds]), unit]))
    return "\n".join(lines)
