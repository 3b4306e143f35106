"""Lines that go with a unit's streets, and corridors that cross it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from commune_planning_plugin.core.geometry import snapped
from province_hub.sample.plans import Unit
from province_hub.sample.tessellation import Cut, Floats

_SETBACK = 6.0
_SHORTEST = 2.0
_CORRIDOR_WIDTH = 15.0

Shapes = NDArray[np.object_]


@dataclass(frozen=True)
class Streets:
    """Each street's centre line, its two red lines, and the building lines behind them; ``width`` in metres."""

    centres: Shapes
    red_lines: Shapes
    building_lines: Shapes
    width: float


def streets(unit: Unit, cut: Cut) -> Streets:
    """A street is a strip whose first and third side run along it."""
    strips = cut.corners[cut.street]
    if not len(strips):
        none = np.empty(0, dtype=object)
        return Streets(none, none, none, 0.0)
    start, end, far_end, far_start = (strips[:, corner] for corner in range(4))
    across = far_start - start
    width = np.linalg.norm(across, axis=1, keepdims=True)
    back = across / width * _SETBACK
    centres = np.stack([(start + far_start) / 2, (end + far_end) / 2], axis=1)
    return Streets(
        centres=np.asarray(shapely.linestrings(centres)),
        red_lines=_pairs(start, end, far_start, far_end),
        building_lines=_pairs(start - back, end - back, far_start + back, far_end + back),
        width=round(float(np.median(width)), 1),
    )


def corridors(unit: Unit, number: int) -> Shapes:
    """Winding double lines across the unit's ground."""
    random = np.random.default_rng(unit.seed + 3)
    xmin, ymin, xmax, ymax = unit.ground.bounds
    length = 0.4 * math.sqrt(float(unit.ground.area))
    made = np.empty(number, dtype=object)
    for index in range(number):
        start = random.uniform((xmin, ymin), (xmax, ymax))
        headings = random.uniform(0, 2 * np.pi) + np.cumsum(random.normal(0, 0.15, 9))
        steps = np.stack([np.cos(headings), np.sin(headings)], axis=1) * length / 9
        line = shapely.LineString(np.vstack([start, start + np.cumsum(steps, axis=0)]))
        sides = shapely.offset_curve(line, np.array([_CORRIDOR_WIDTH, -_CORRIDOR_WIDTH]), join_style="mitre")
        made[index] = shapely.union_all(sides)
    return made


def lines_within(ground: BaseGeometry, lines: Shapes) -> tuple[Shapes, NDArray[np.int64]]:
    """The part of each line that lies on ``ground``, on the grid, as a multi-part line; with the index of each that has one."""
    shapely.prepare(ground)
    inside = shapely.contains_properly(ground, lines)
    clipped = lines.copy()
    clipped[~inside] = shapely.intersection(ground, lines[~inside])
    made = [_multi(shape) for shape in clipped]
    which = np.array([index for index, shape in enumerate(made) if shape is not None], dtype=np.int64)
    result = np.empty(len(which), dtype=object)
    result[:] = [made[index] for index in which]
    return result, which


def _multi(shape: BaseGeometry) -> BaseGeometry | None:
    parts = shapely.get_parts(shapely.get_parts(snapped(shape)))
    kept = [part for part in parts if part.geom_type == "LineString" and part.length >= _SHORTEST]
    return shapely.MultiLineString(kept) if kept else None


def _pairs(start: Floats, end: Floats, far_start: Floats, far_end: Floats) -> Shapes:
    near = np.asarray(shapely.linestrings(np.stack([start, end], axis=1)))
    far = np.asarray(shapely.linestrings(np.stack([far_start, far_end], axis=1)))
    return np.asarray(shapely.multilinestrings(np.stack([near, far], axis=1)))
