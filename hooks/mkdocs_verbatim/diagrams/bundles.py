"""Nets: edges of a map that run together, and the tracks in which they run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .argument_map import Edge

TRACK = 7.0
"""Pixels between two lines side by side."""


@dataclass(slots=True, eq=False)
class Net:
    """Edges that meet at *hub* and share a trunk in one gutter."""

    edges: list[Edge]
    hub: str
    to_hub: bool
    gutter: int = 0
    legs: list[Leg] = field(default_factory=list)

    def other(self, edge: Edge) -> str:
        """Return the node at the end of *edge* that is not the hub."""
        return edge.start if self.to_hub else edge.end


@dataclass(slots=True, eq=False)
class Leg:
    """The way of one *edge* from its other end: at once, or by a gutter and a channel."""

    edge: Edge
    node: str
    gutter: int
    channel: int | None = None


Spot = tuple[Net, Leg | None]
"""A trunk, or a leg of the net."""


Channels = Mapping[int, Sequence[tuple[Net, int]]]
"""By row, which nets run across above it, and in which track."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A line up and down in a gutter; *on_left* of it stands the box it belongs to."""

    low: float
    high: float
    on_left: bool
    spot: Spot

    def touches(self, other: Stretch) -> bool:
        """Tell whether the two, on one track, would run into each other."""
        return self.low <= other.high + TRACK and other.low <= self.high + TRACK


def nets_of(edges: Sequence[Edge]) -> list[Net]:
    """Return *edges* in as few nets as a greedy choice finds: of one kind, from or to one node."""
    left = list(edges)
    nets: list[Net] = []
    while left:
        groups: dict[tuple[str, bool, str, bool], list[Edge]] = {}
        for edge in left:
            for hub, to_hub in ((edge.end, True), (edge.start, False)):
                groups.setdefault((hub, to_hub, edge.kind, edge.by_editor), []).append(edge)
        # Of groups of one size the first: its edges stand first in the file.
        (hub, to_hub, _, _), most = max(groups.items(), key=lambda group: len(group[1]))
        nets.append(Net(most, hub, to_hub))
        taken = set(most)
        left = [edge for edge in left if edge not in taken]
    return nets


def channels_of(nets: Iterable[Net]) -> dict[int, list[tuple[Net, int]]]:
    """Return which nets run across in which channel between rows, each in a track of its own."""
    wanted: dict[int, list[tuple[int, int, int, Net]]] = {}
    for turn, net in enumerate(nets):
        reach: dict[int, list[int]] = {}
        for leg in net.legs:
            if leg.channel is not None:
                reach.setdefault(leg.channel, [net.gutter]).append(leg.gutter)
        for channel, gutters in reach.items():
            entry = (min(gutters), max(gutters), turn, net)
            wanted.setdefault(channel, []).append(entry)
    found: dict[int, list[tuple[Net, int]]] = {}
    for channel, spans in wanted.items():
        ends: list[int] = []
        for first, last, _, net in sorted(spans, key=lambda span: span[:3]):
            track = next((t for t, end in enumerate(ends) if end < first), len(ends))
            ends[track : track + 1] = [last]
            found.setdefault(channel, []).append((net, track))
    return found


def tracks_of(stretches: Iterable[Stretch]) -> tuple[dict[Spot, int], int]:
    """Return a track for each of *stretches* in a gutter, and how many there are.

    Each runs near its box, short ones nearest; no two on one track touch.
    """
    sides: dict[bool, list[list[Stretch]]] = {True: [], False: []}
    given: list[tuple[Stretch, int]] = []
    for stretch in sorted(stretches, key=lambda s: s.high - s.low):
        tracks = sides[stretch.on_left]
        free = (n for n, taken in enumerate(tracks) if not any(map(stretch.touches, taken)))
        track = next(free, len(tracks))
        tracks[track:] = tracks[track:] or [[]]
        tracks[track].append(stretch)
        given.append((stretch, track))
    size = len(sides[True]) + len(sides[False])
    return {s.spot: track if s.on_left else size - 1 - track for s, track in given}, size
