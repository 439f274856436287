"""Ranks: in which rank and row each node of a map stands, so that edges are short and few cross."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .argument_map import ArgumentMap, Edge

MOST_ROWS = 20
"""Nodes one below the other; a column with more has several ranks side by side."""

STARTS = 8
"""Orders from which exchanges begin; the best end is kept."""
STEPS = (1, 2, 3, 5)
"""How far apart two nodes are that may change places."""

ROUNDS = 60
"""Rounds of mending an order; nearly all end by themselves far earlier."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Node ids by rank, from left to right, and row; *columns* says whose rank each is."""

    ranks: tuple[tuple[str | None, ...], ...]
    columns: tuple[str, ...]

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return max((len(rank) for rank in self.ranks), default=0)

    def places(self) -> dict[str, tuple[int, int]]:
        """Return rank and row of each node."""
        return {
            id_: (number, row)
            for number, rank in enumerate(self.ranks)
            for row, id_ in enumerate(rank)
            if id_ is not None
        }


def arrange(map_: ArgumentMap) -> Grid:
    """Return where the nodes of *map_* stand: theses on top, others near those they bear on."""
    ranks: list[list[str | None]] = []
    columns: list[str] = []
    for column in map_.columns:
        own = _ranks(column, map_)
        ranks += [[*rank] for rank in own]
        columns += [column] * len(own)
    rows = max((len(rank) for rank in ranks), default=0)
    ranks = [[*rank, *[None] * (rows - len(rank))] for rank in ranks]
    fixed = {node.id for node in map_.nodes.values() if node.thesis}
    near = _neighbours(map_.edges)
    # Exchanges end where no single one helps: what begins elsewhere ends elsewhere.
    tried = [[_turned(rank, turn / STARTS, fixed) for rank in ranks] for turn in range(STARTS)]
    for found in tried:
        _shorten(found, near, fixed)
    grids = [Grid(tuple(tuple(rank) for rank in found), tuple(columns)) for found in tried]
    return min(grids, key=lambda grid: _length(grid, map_.edges))


def _length(grid: Grid, edges: Iterable[Edge]) -> int:
    """Return over how many rows *edges* go."""
    place = grid.places()
    return sum(abs(place[edge.start][1] - place[edge.end][1]) for edge in edges)


def _turned(rank: Sequence[str | None], share: float, fixed: set[str]) -> list[str | None]:
    """Return *rank* with a *share* of its nodes, less the fixed ones, moved to their end."""
    first = [id_ for id_ in rank if id_ in fixed]
    others = [id_ for id_ in rank if id_ is not None and id_ not in fixed]
    at = int(share * len(others))
    kept = [*first, *others[at:], *others[:at]]
    return [*kept, *[None] * (len(rank) - len(kept))]


def _ranks(column: str, map_: ArgumentMap) -> list[list[str]]:
    """Return the nodes of *column* in as many ranks as it needs, those near the thesis first."""
    ids = [node.id for node in map_.nodes.values() if node.column == column]
    theses = [id_ for id_ in ids if map_.nodes[id_].thesis]
    depth = _depths(ids, theses, map_.edges)
    ids.sort(key=lambda id_: depth[id_])
    number = max(1, -(-len(ids) // MOST_ROWS))
    size = -(-len(ids) // number) or 1
    return [ids[at : at + size] for at in range(0, len(ids), size)] or [[]]


def _depths(ids: Sequence[str], theses: Sequence[str], edges: Iterable[Edge]) -> dict[str, int]:
    """Return how many edges lie between each node and the thesis, or where none leads up."""
    within = [edge for edge in edges if edge.start in ids and edge.end in ids]
    starts = {edge.start for edge in within}
    depth = dict.fromkeys(theses or [id_ for id_ in ids if id_ not in starts], 0)
    level = list(depth)
    while level:
        above, level = level, []
        for edge in within:
            if edge.end in above and edge.start not in depth:
                depth[edge.start] = depth[edge.end] + 1
                level.append(edge.start)
    # What hangs on nothing stands last.
    return {id_: depth.get(id_, len(ids)) for id_ in ids}


def _neighbours(edges: Iterable[Edge]) -> dict[str, list[str]]:
    near: dict[str, list[str]] = {}
    for edge in edges:
        near.setdefault(edge.start, []).append(edge.end)
        near.setdefault(edge.end, []).append(edge.start)
    return near


def _shorten(
    ranks: list[list[str | None]], near: Mapping[str, Sequence[str]], fixed: set[str]
) -> None:
    """Exchange neighbours in each of *ranks* as long as that makes edges shorter."""
    row = {id_: at for rank in ranks for at, id_ in enumerate(rank) if id_ is not None}

    def length(id_: str | None, at: int, but: str | None) -> int:
        return sum(abs(at - row[n]) for n in near.get(id_ or "", ()) if n != but)

    def mends(rank: list[str | None], at: int, to: int) -> bool:
        """Exchange two of *rank* if that makes edges shorter, and tell if it did."""
        one, other = rank[at], rank[to]
        if one == other or fixed & {one, other}:
            return False
        now = length(one, at, other) + length(other, to, one)
        if length(one, to, other) + length(other, at, one) >= now:
            return False
        rank[at], rank[to] = other, one
        row.update({id_: new for id_, new in ((other, at), (one, to)) if id_ is not None})
        return True

    for _ in range(ROUNDS):
        better = [
            mends(rank, at, at + step)
            for step in STEPS
            for rank in ranks
            for at in range(len(rank) - step)
        ]
        if not any(better):
            return
