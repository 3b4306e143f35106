"""Cutting an area into zones, planning cells, streets and lots that tile it without gap or overlap.

A rotated rectangle around the area is split again and again into quadrilaterals. Their sides and the area's boundary are then
noded together on the 0.1 mm grid, and the faces of that one network are the lots: neighbours share every vertex, where three
meet too. What a side adds to the boundary becomes a vertex for the area on the other side as well (`Borders`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from commune_planning_plugin.core.geometry import STEPS_PER_METRE
from province_hub.sample.merging import merged_slivers

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Density = Callable[[Floats], Floats]

GRID = 1 / STEPS_PER_METRE
_JITTER = 0.1
_SKEW = 0.03
_UNEVEN = (0.65, 1.35)


@dataclass(frozen=True)
class Grain:
    """How finely an area is cut: lots in a zone and in a planning cell at most, and the streets' width in metres (0: none)."""

    zone: float
    cell: float
    street: float


@dataclass(frozen=True)
class Cut:
    """Quadrilaterals (n, 4, 2) with the zone and planning cell of each, whether it is a street, and the usual lot's m² there."""

    corners: Floats
    zone: Integers
    cell: Integers
    street: NDArray[np.bool_]
    lot_area: Floats

    def __len__(self) -> int:
        return len(self.corners)


@dataclass(frozen=True)
class Tiles:
    """The faces, and for each the quadrilateral of the cut that it comes from."""

    shapes: NDArray[np.object_]
    source: Integers


class Borders:
    """Vertices that the cuts add to the segments of the areas' boundaries, which neighbours have in common."""

    def __init__(self) -> None:
        self._nodes: dict[tuple[float, float, float, float], set[tuple[float, float]]] = defaultdict(set)

    def add(self, area: BaseGeometry, cut: Cut) -> None:
        """Note where the cut's sides meet the boundary of ``area``."""
        segments = _segments(area)
        _, met, nodes = _crossings(_sides(cut), segments)
        for segment, node in zip(segments[met], nodes, strict=True):
            self._nodes[_key(segment)].add((float(node[0]), float(node[1])))

    def lines(self, area: BaseGeometry) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
        """The boundary of ``area``: segments as they are, and those divided by vertices that it or a neighbour adds there."""
        segments = _segments(area)
        met = np.array([_key(segment) in self._nodes for segment in segments], dtype=bool)
        divided = np.empty(int(met.sum()), dtype=object)
        divided[:] = [self._line(segment) for segment in segments[met]]
        return np.asarray(shapely.linestrings(segments[~met])), divided

    def _line(self, segment: Floats) -> BaseGeometry:
        nodes = self._nodes[_key(segment)]
        start, end = segment
        along = sorted({*nodes} - {tuple(start), tuple(end)}, key=lambda node: float(np.dot(np.array(node) - start, end - start)))
        return shapely.LineString(np.array([start, *along, end]))


def cut(area: BaseGeometry, density: Density, grain: Grain, seed: int) -> Cut:
    """``density`` gives lots per m² at points (n, 2). Equal arguments give equal cuts."""
    random = np.random.default_rng(seed)
    shapely.prepare(area)
    zones = _split_until(_frame(area, random), np.arange(1), density, grain.zone, area, random)
    zone = np.arange(len(zones[0]))
    cells, parent = _split_until(zones[0], zone, density, grain.cell, area, random)
    cell = np.arange(len(cells))
    rate = density(cells.mean(axis=1))
    streets, street_cell, blocks = _with_streets(cells, grain.street)
    lots, lot_cell = _split_until(blocks, cell, lambda points: rate, 1.0, area, random, of_parent=True)
    corners = np.concatenate([lots, streets])
    of_cell = np.concatenate([lot_cell, street_cell])
    is_street = np.arange(len(corners)) >= len(lots)
    keep = shapely.intersects(area, shapely.polygons(corners))
    return Cut(corners[keep], parent[of_cell][keep], of_cell[keep], is_street[keep], (1 / rate)[of_cell][keep])


def tiles(area: BaseGeometry, cut: Cut, borders: Borders) -> Tiles:
    """The faces into which ``cut`` divides ``area``; slivers belong to a neighbour."""
    whole, divided = borders.lines(area)
    network = shapely.union_all(np.concatenate([divided, _inner_lines(area, cut)]), grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize(np.concatenate([whole, shapely.get_parts(network)])))
    inside = shapely.point_on_surface(faces)
    within = shapely.intersects(area, inside)
    faces, inside = faces[within], inside[within]
    source = _nearest(np.asarray(shapely.polygons(cut.corners)), inside)
    small = shapely.area(faces) < np.where(cut.street[source], 40.0, 0.12 * cut.lot_area[source])
    kept, which = merged_slivers(faces, small)
    return Tiles(kept, source[which])


def _frame(area: BaseGeometry, random: np.random.Generator) -> Floats:
    """The quadrilateral to start with: a rectangle around ``area``, turned by a random angle, counterclockwise."""
    centre = np.array(shapely.get_coordinates(area.envelope.centroid)[0])
    angle = random.uniform(-0.6, 0.6)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    local = (shapely.get_coordinates(area) - centre) @ turn
    (xmin, ymin), (xmax, ymax) = local.min(axis=0) - 1.0, local.max(axis=0) + 1.0
    corners = np.array([[xmin, ymin], [xmax, ymin], [xmax, ymax], [xmin, ymax]])
    turned: Floats = (corners @ turn.T + centre)[None]
    return turned


def _split_until(
    quads: Floats,
    parents: Integers,
    density: Density,
    lots: float,
    area: BaseGeometry,
    random: np.random.Generator,
    of_parent: bool = False,
) -> tuple[Floats, Integers]:
    """Halve until none holds more than ``lots``; with the parent of each. What lies outside ``area`` is left out."""
    done: list[tuple[Floats, Integers]] = []
    while len(quads):
        rate = density(quads.mean(axis=1))[parents] if of_parent else density(quads.mean(axis=1))
        inside = shapely.intersects(area, shapely.polygons(quads))
        large = inside & (_areas(quads) * rate > lots * random.uniform(*_UNEVEN, len(quads)))
        ready = inside & ~large
        done.append((quads[ready], parents[ready]))
        quads, parents = _halved(quads[large], random), np.repeat(parents[large], 2)
    return np.concatenate([quad for quad, _ in done]), np.concatenate([parent for _, parent in done])


def _halved(quads: Floats, random: np.random.Generator) -> Floats:
    """Each across its longer direction, near the middle, not quite in parallel."""
    sides = np.linalg.norm(np.roll(quads, -1, axis=1) - quads, axis=2)
    upright = sides[:, 1] + sides[:, 3] > sides[:, 0] + sides[:, 2]
    quads = np.where(upright[:, None, None], np.roll(quads, -1, axis=1), quads)
    middle = random.uniform(0.5 - _JITTER, 0.5 + _JITTER, len(quads))
    skew = random.uniform(-_SKEW, _SKEW, len(quads))
    near = _between(quads[:, 0], quads[:, 1], middle + skew)
    far = _between(quads[:, 3], quads[:, 2], middle - skew)
    first = np.stack([quads[:, 0], near, far, quads[:, 3]], axis=1)
    second = np.stack([near, quads[:, 1], quads[:, 2], far], axis=1)
    halves: Floats = np.stack([first, second], axis=1).reshape(-1, 4, 2)
    return halves


def _with_streets(cells: Floats, width: float) -> tuple[Floats, Integers, Floats]:
    """Streets along two sides of each cell that is large enough; with the cell of each street, and what is left of the cells."""
    if width <= 0:
        return np.empty((0, 4, 2)), np.empty(0, dtype=np.int64), cells
    sides = np.linalg.norm(np.roll(cells, -1, axis=1) - cells, axis=2)
    wide = sides.min(axis=1) > 5 * width
    south, rest = _strip(cells, width)
    west, rest = _strip(np.roll(rest, 1, axis=1), width)
    rest = np.roll(rest, -1, axis=1)
    streets = np.concatenate([south[wide], west[wide]])
    return streets, np.tile(np.flatnonzero(wide), 2), np.where(wide[:, None, None], rest, cells)


def _strip(quads: Floats, width: float) -> tuple[Floats, Floats]:
    """A strip along the first side of each, and the rest."""
    right = np.linalg.norm(quads[:, 2] - quads[:, 1], axis=1)
    left = np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)
    near = _between(quads[:, 1], quads[:, 2], np.minimum(width / right, 0.5))
    far = _between(quads[:, 0], quads[:, 3], np.minimum(width / left, 0.5))
    strip = np.stack([quads[:, 0], quads[:, 1], near, far], axis=1)
    return strip, np.stack([far, near, quads[:, 2], quads[:, 3]], axis=1)


def _between(start: Floats, end: Floats, share: Floats) -> Floats:
    between: Floats = start + (end - start) * share[:, None]
    return between


def _areas(quads: Floats) -> Floats:
    following = np.roll(quads, -1, axis=1)
    areas: Floats = 0.5 * np.abs((quads[..., 0] * following[..., 1] - following[..., 0] * quads[..., 1]).sum(axis=1))
    return areas


def _sides(cut: Cut) -> Floats:
    """Every side of the quadrilaterals once, as (n, 2, 2)."""
    both = np.stack([cut.corners, np.roll(cut.corners, -1, axis=1)], axis=2).reshape(-1, 4)
    flip = (both[:, 0] > both[:, 2]) | ((both[:, 0] == both[:, 2]) & (both[:, 1] > both[:, 3]))
    both[flip] = both[flip][:, [2, 3, 0, 1]]
    unique: Floats = np.unique(both, axis=0).reshape(-1, 2, 2)
    return unique


def _segments(area: BaseGeometry) -> Floats:
    """The boundary's segments (n, 2, 2)."""
    rings = shapely.get_rings(shapely.get_parts(area))
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    joined = ring[1:] == ring[:-1]
    segments: Floats = np.stack([coordinates[:-1], coordinates[1:]], axis=1)[joined]
    return segments


def _crossings(sides: Floats, segments: Floats) -> tuple[Integers, Integers, Floats]:
    """Which sides cross which segments, and where, on the grid. Ends that meet and parallels count for nothing."""
    tree = shapely.STRtree(np.asarray(shapely.linestrings(segments)))
    side, segment = tree.query(shapely.linestrings(sides), predicate="intersects")
    run, rise = sides[side, 1] - sides[side, 0], segments[segment, 1] - segments[segment, 0]
    cross = run[:, 0] * rise[:, 1] - run[:, 1] * rise[:, 0]
    offset = segments[segment, 0] - sides[side, 0]
    keep = np.abs(cross) > 1e-9
    share = (offset[keep, 0] * rise[keep, 1] - offset[keep, 1] * rise[keep, 0]) / cross[keep]
    points = sides[side[keep], 0] + run[keep] * share[:, None]
    return side[keep], segment[keep], np.round(points * STEPS_PER_METRE) / STEPS_PER_METRE


def _inner_lines(area: BaseGeometry, cut: Cut) -> NDArray[np.object_]:
    """The cut's sides inside ``area``, each with a vertex where it meets the boundary."""
    sides = _sides(cut)
    side, _, nodes = _crossings(sides, _segments(area))
    met = np.unique(side)
    whole = np.setdiff1d(np.flatnonzero(shapely.intersects(area, shapely.linestrings(sides))), met)
    on: dict[int, list[Floats]] = defaultdict(list)
    for index, node in zip(side, nodes, strict=True):
        on[int(index)].append(node)
    pieces = [piece for index, found in on.items() for piece in _pieces(sides[index], found)]
    lines = np.asarray(shapely.linestrings(np.array(pieces).reshape(-1, 2, 2)))
    lines = lines[shapely.intersects(area, shapely.line_interpolate_point(lines, 0.5, normalized=True))]
    return np.concatenate([np.asarray(shapely.linestrings(sides[whole])), lines])


def _pieces(side: Floats, nodes: Iterable[Floats]) -> list[Floats]:
    start, end = side
    along = sorted(nodes, key=lambda node: float(np.dot(node - start, end - start)))
    points = [start, *along, end]
    return [np.array(pair) for pair in zip(points[:-1], points[1:], strict=True) if not np.array_equal(*pair)]


def _nearest(shapes: NDArray[np.object_], points: NDArray[np.object_]) -> Integers:
    """The shape that each point lies in, or else the one next to it."""
    nearest: Integers = shapely.STRtree(shapes).nearest(points)
    return nearest


def _key(segment: Floats) -> tuple[float, float, float, float]:
    (ax, ay), (bx, by) = segment.tolist()
    return (ax, ay, bx, by) if (ax, ay) <= (bx, by) else (bx, by, ax, ay)
