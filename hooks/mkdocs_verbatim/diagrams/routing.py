"""Routes: where a map's boxes stand and which way its edges take, past every box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .argument_map import Edge
from .bundles import TRACK, Channels, Leg, Net, Spot, Stretch, channels_of, nets_of, tracks_of
from .placement import Grid

WIDTH = 160.0
"""Pixels of a box from side to side."""
PORT = 9.0
"""Pixels between two edges at the side of a box."""
SNAP = 6.0
"""Pixels of the grid on which edges meet boxes; less than PORT, so that none meet at one point."""
EDGE = 17.0
"""Pixels between a box and the next line: an arrowhead has room there."""
GAP = 16.0
"""Pixels between two rows of boxes."""

Point = tuple[float, float]
Port = tuple[str, bool]
"""A node, and whether it is its right side."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where a node stands."""

    left: float
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Way:
    """A way along *points*; of one edge, or of several where they run together.

    *head* is the direction, 1 to the right, in which an arrowhead stands at the last point.
    """

    points: tuple[Point, ...]
    edge: Edge | None = None
    head: int = 0


@dataclass(frozen=True, slots=True)
class Wire:
    """Edges of one kind from or to one node: *lines*, and *dots* where they join."""

    edges: tuple[Edge, ...]
    lines: tuple[Way, ...]
    dots: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole picture: boxes by node, wires, the left and right edge of each rank, and its size."""

    boxes: Mapping[str, Box]
    wires: tuple[Wire, ...]
    ranks: tuple[tuple[float, float], ...]
    width: float
    height: float


def plan(grid: Grid, edges: Sequence[Edge], heights: Mapping[str, float], top: float) -> Plan:
    """Return the picture of *edges* between the nodes of *grid*, each at least *heights* high.

    The first row begins *top* pixels from above.
    """
    return _Router(grid, heights, top).route(edges)


class _Router:
    def __init__(self, grid: Grid, heights: Mapping[str, float], top: float) -> None:
        self._grid, self._heights, self._top = grid, heights, top
        self._place = grid.places()
        self._ports: dict[Port, list[tuple[float, int, Net, Leg | None]]] = {}
        self._boxes: dict[str, Box] = {}
        self._firsts: list[float] = []
        self._at: dict[Spot, float] = {}
        self._level: dict[tuple[Net, int], float] = {}
        self._lane: dict[Spot, tuple[int, int]] = {}

    def route(self, edges: Sequence[Edge]) -> Plan:
        nets = [self._settled(net) for net in nets_of(edges)]
        for turn, net in enumerate(nets):
            self._take_ports(net, turn)
        channels = channels_of(nets)
        tops, bottom = self._rows(channels)
        self._meet_boxes(tops)
        ranks, width = self._across(self._lanes(nets))
        for id_, (rank, row) in self._place.items():
            self._boxes[id_] = Box(ranks[rank][0], tops[row], self._box_height(id_))
        wires = tuple(self._wire(net) for net in nets)
        return Plan(self._boxes, wires, tuple(ranks), width, bottom)

    def _settled(self, net: Net) -> Net:
        """Choose the gutter in which the trunk of *net* runs, and the way of each edge to it."""
        rank, row = self._place[net.hub]
        others = [self._place[net.other(edge)] for edge in net.edges]
        direct = [sum(r in {g - 1, g} for r, _ in others) for g in (rank, rank + 1)]
        mean = sum(r for r, _ in others) / len(others)
        right = direct[1] > direct[0] or (direct[0] == direct[1] and mean >= rank)
        net.gutter = rank + 1 if right else rank
        for edge in net.edges:
            node = net.other(edge)
            there, at = self._place[node]
            if there in {net.gutter - 1, net.gutter}:
                net.legs.append(Leg(edge, node, net.gutter))
            else:
                gutter = there if there > net.gutter else there + 1
                net.legs.append(Leg(edge, node, gutter, at + 1 if row > at else at))
        return net

    def _take_ports(self, net: Net, turn: int) -> None:
        row = self._place[net.hub][1]
        rows = [self._place[leg.node][1] for leg in net.legs]
        side = (net.hub, net.gutter == self._place[net.hub][0] + 1)
        entry = (sum(rows) / len(rows) - row, turn, net, None)
        self._ports.setdefault(side, []).append(entry)
        for leg, at in zip(net.legs, rows, strict=True):
            side = (leg.node, leg.gutter == self._place[leg.node][0] + 1)
            self._ports.setdefault(side, []).append((row - at, turn, net, leg))

    def _box_height(self, id_: str) -> float:
        ports = max(len(self._ports.get((id_, side), ())) for side in (False, True))
        return max(self._heights[id_], PORT * (ports + 1))

    def _row_heights(self) -> list[float]:
        heights = [0.0] * self._grid.rows
        for id_, (_, row) in self._place.items():
            heights[row] = max(heights[row], self._box_height(id_))
        return heights

    def _rows(self, channels: Channels) -> tuple[list[float], float]:
        """Return where each row begins and where all ends; set how high each channel runs."""
        heights = self._row_heights()
        tops: list[float] = []
        at = self._top
        for row in range(len(heights) + 1):
            tracks = 0
            for net, track in channels.get(row, ()):
                self._level[net, row] = at + GAP / 2 + TRACK * track
                tracks = max(tracks, track)
            at += GAP + TRACK * tracks
            if row < len(heights):
                tops.append(at)
                at += heights[row]
        return tops, at

    def _meet_boxes(self, tops: Sequence[float]) -> None:
        """Set how high each net, and each leg of it, meets its box."""
        for (id_, on_right), entries in self._ports.items():
            step = self._box_height(id_) / (len(entries) + 1)
            for turn, (_, _, net, leg) in enumerate(sorted(entries, key=lambda e: e[:2]), 1):
                at = tops[self._place[id_][1]] + step * turn
                # What comes from the left and what from the right never run on one line.
                self._at[net, leg] = at // SNAP * SNAP + (SNAP / 2 if on_right else 0)

    def _meets(self, net: Net) -> list[float]:
        """Return how high the trunk of *net* meets its hub, then each leg."""
        legs = (
            self._at[net, leg] if leg.channel is None else self._level[net, leg.channel]
            for leg in net.legs
        )
        return [self._at[net, None], *legs]

    def _lanes(self, nets: Sequence[Net]) -> list[int]:
        """Set the track of every trunk and leg; return how many tracks each gutter has."""
        wanted: list[list[Stretch]] = [[] for _ in range(len(self._grid.ranks) + 1)]
        for net in nets:
            meets = self._meets(net)
            on_left = self._place[net.hub][0] == net.gutter - 1
            wanted[net.gutter].append(Stretch(min(meets), max(meets), on_left, (net, None)))
            for leg in net.legs:
                if leg.channel is not None:
                    low, high = sorted((self._at[net, leg], self._level[net, leg.channel]))
                    on_left = self._place[leg.node][0] == leg.gutter - 1
                    wanted[leg.gutter].append(Stretch(low, high, on_left, (net, leg)))
        sizes: list[int] = []
        for gutter, stretches in enumerate(wanted):
            tracks, size = tracks_of(stretches)
            self._lane |= {spot: (gutter, track) for spot, track in tracks.items()}
            sizes.append(size)
        return sizes

    def _across(self, sizes: Sequence[int]) -> tuple[list[tuple[float, float]], float]:
        """Return from where to where each rank goes, and the whole width; set the gutters."""
        ranks: list[tuple[float, float]] = []
        at = 0.0
        for gutter, size in enumerate(sizes):
            outer = gutter in {0, len(sizes) - 1}
            wide = (EDGE * (1 if outer else 2) + TRACK * max(0, size - 1)) if size else 6.0
            if not outer:
                wide = max(wide, 2 * EDGE)
            first = at + (EDGE if gutter else 4.0)
            self._firsts.append(first)
            at += wide + (4.0 if outer and size else 0.0)
            if gutter < len(sizes) - 1:
                ranks.append((at, at + WIDTH))
                at += WIDTH
        return ranks, at

    def _x(self, net: Net, leg: Leg | None) -> float:
        gutter, track = self._lane[net, leg]
        return self._firsts[gutter] + TRACK * track

    def _side(self, node: str, gutter: int) -> float:
        """Return where a box meets *gutter*."""
        left = self._boxes[node].left
        return left if self._place[node][0] == gutter else left + WIDTH

    def _wire(self, net: Net) -> Wire:
        trunk = self._x(net, None)
        hub_y, *meets = self._meets(net)
        hub = (self._side(net.hub, net.gutter), hub_y)
        ways = [self._way(net, leg, (trunk, y)) for leg, y in zip(net.legs, meets, strict=True)]
        heads = [self._points(leg.node, leg.gutter) for leg in net.legs]
        at_hub = self._points(net.hub, net.gutter)
        if len(ways) == 1:
            points = [hub, (trunk, hub_y), *ways[0]]
            if net.to_hub:
                points.reverse()
            head = at_hub if net.to_hub else heads[0]
            return Wire((net.edges[0],), (Way(_bends(points), net.edges[0], head),), ())
        low, high = min(hub_y, *meets), max(hub_y, *meets)
        lines = [Way(((trunk, low), (trunk, high)))]
        lines.append(Way(((trunk, hub_y), hub), None, at_hub if net.to_hub else 0))
        for leg, way, head in zip(net.legs, ways, heads, strict=True):
            lines.append(Way(_bends(way), leg.edge, 0 if net.to_hub else head))
        dots = tuple((trunk, y) for y in sorted({hub_y, *meets}) if low < y < high)
        return Wire(tuple(net.edges), tuple(lines), dots)

    def _way(self, net: Net, leg: Leg, start: Point) -> list[Point]:
        """Return the way of *leg* from *start*, on the trunk, to its box."""
        port = self._at[net, leg]
        end = (self._side(leg.node, leg.gutter), port)
        if leg.channel is None:
            return [start, end]
        x = self._x(net, leg)
        return [start, (x, start[1]), (x, port), end]

    def _points(self, node: str, gutter: int) -> int:
        """Return 1 if what comes from *gutter* into the box of *node* runs to the right, or -1."""
        return 1 if self._place[node][0] == gutter else -1


def _bends(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return *points* less those at which nothing turns."""
    kept: list[Point] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and (
            kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]
        ):
            kept.pop()
        kept.append(point)
    return tuple(kept)
