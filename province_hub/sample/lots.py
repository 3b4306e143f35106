"""How finely a unit is cut so that its features come close to a wanted number, and the lots, cells and zones that result."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from province_hub.sample.functions import assigned, characters
from province_hub.sample.merging import joined
from province_hub.sample.plans import Unit
from province_hub.sample.tessellation import Borders, Cut, Density, Floats, Grain, cut, tiles

_FILL = 0.72
_LINES_PER_STREET = 3
_STREETS_PER_CELL = 2
_OTHERS_PER_LOT = 0.12
_WITHOUT_MARKERS = 0.93
_STREET_M = {"industry": 22.0, "urban": 18.0, "ward": 16.0, "tourism": 14.0, "commune": 12.0}
_TRIALS = 6
_NEAR_ENOUGH = 0.04
_EDGE_PIECES = 0.75


@dataclass(frozen=True)
class Ground:
    """A tiled unit. ``zone`` and ``cell`` number the zones and planning cells from 0; ``zones`` and ``cells`` are their shapes."""

    unit: Unit
    cut: Cut
    lots: NDArray[np.object_]
    source: NDArray[np.int64]
    zone: NDArray[np.int64]
    cell: NDArray[np.int64]
    functions: list[str]
    zones: NDArray[np.object_]
    cells: NDArray[np.object_]

    @property
    def street(self) -> NDArray[np.bool_]:
        return self.cut.street[self.source]


def fitted_cut(unit: Unit, features: float) -> Cut:
    """A cut whose lots, with all that belongs to them, come to a little less than ``features``."""
    grain = _grain(unit, features / 2)
    wanted = max(features * _WITHOUT_MARKERS * _share_of_lots(grain), 1.0)
    form = _density(unit)
    factor = wanted / float(unit.ground.area)
    tried: list[tuple[float, Cut]] = []
    while len(tried) < _TRIALS and not any(off < _NEAR_ENOUGH for off, _ in tried):
        made = cut(unit.ground, _scaled(form, factor), grain, unit.seed)
        off = _lots(unit, made) / wanted
        tried.append((abs(math.log(off)), made))
        factor /= min(max(off, 0.4), 2.5)
    return min(tried, key=lambda trial: trial[0])[1]


def ground(unit: Unit, made: Cut, borders: Borders) -> Ground:
    """The lots of the cut, their functions, and the cells and zones that they make up."""
    faces = tiles(unit.ground, made, borders)
    zone = np.unique(made.zone[faces.source], return_inverse=True)[1]
    cell = np.unique(made.cell[faces.source], return_inverse=True)[1]
    points = shapely.get_coordinates(shapely.point_on_surface(faces.shapes))
    cells = _grouped(faces.shapes, cell)
    zone_of_cell = np.zeros(len(cells), dtype=np.int64)
    zone_of_cell[cell] = zone
    zones = _grouped(cells, zone_of_cell)
    usual = np.bincount(zone, made.lot_area[faces.source]) / np.bincount(zone)
    centres = shapely.get_coordinates(shapely.centroid(zones))
    character = characters(unit, centres, usual)
    functions = assigned(character, zone, cell, made.street[faces.source], points, unit.seed)
    return Ground(unit, made, faces.shapes, faces.source, zone, cell, functions, zones, cells)


def _share_of_lots(grain: Grain) -> float:
    """The part of all features that lots and streets are; cells are filled to `_FILL` on average."""
    cells = 1 / (grain.cell * _FILL)
    streets = _STREETS_PER_CELL * cells if grain.street else 0.0
    return (1 + streets) / (1 + streets + _LINES_PER_STREET * streets + cells + _OTHERS_PER_LOT)


def _grain(unit: Unit, lots: float) -> Grain:
    zone = min(max(lots / 5, 16.0), 220.0)
    width = 0.0 if unit.sea or unit.commune == "22736" else _STREET_M[unit.plan.profile]
    return Grain(zone=zone, cell=min(max(zone / 4, 8.0), 12.0), street=width)


def _density(unit: Unit) -> Density:
    """Relative: towns in a commune's middle are finer than its fields and woods; a zoning plan is even."""
    if unit.plan.profile not in ("commune", "ward", "urban"):
        return lambda points: np.ones(len(points))
    largest = max(shapely.get_parts(unit.ground), key=lambda part: float(part.area))
    random = np.random.default_rng(unit.seed)
    reach = math.sqrt(float(largest.area)) * (0.2 if unit.plan.profile == "ward" else 0.12)
    middle = np.array(largest.representative_point().coords[0])
    towns = middle + random.normal(0.0, reach * 1.2, (3, 2))

    def density(points: Floats) -> Floats:
        near = ((points[:, None, :] - towns[None]) ** 2).sum(axis=2) / reach**2
        value: Floats = 0.12 + 2.5 * np.exp(-near).max(axis=1)
        return value

    return density


def _scaled(form: Density, factor: float) -> Density:
    return lambda points: form(points) * factor


def _lots(unit: Unit, made: Cut) -> float:
    """About how many lots the cut will give: of those that the boundary divides, some are slivers."""
    centres = shapely.points(made.corners.mean(axis=1))
    inside = int(shapely.contains(unit.ground, centres).sum())
    return max(inside + _EDGE_PIECES * (len(made) - inside), 1.0)


def _grouped(shapes: NDArray[np.object_], group: NDArray[np.int64]) -> NDArray[np.object_]:
    order = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[order], np.arange(1, int(group.max()) + 1))
    merged = [joined(shapes[members]) for members in np.split(order, starts)]
    result = np.empty(len(merged), dtype=object)
    result[:] = merged
    return result
