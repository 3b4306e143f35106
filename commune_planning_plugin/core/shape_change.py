"""What became of a shape, as a surveyor would tell it: corners moved, added, removed, and how far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional

import numpy as np
import shapely

from commune_planning_plugin.core.geometry import STEPS_PER_METRE, read

Corners = np.ndarray[Any, Any]
"""n × 2, in steps of the grid."""

PAIRED_AT_MOST = 250_000
"""Pairs of corners that are compared one by one; beyond it each moved corner is measured to the nearest new one."""


@dataclass(frozen=True)
class ShapeChange:
    """Corners that moved, came and went; ``farthest`` is how far one of them moved, ``shift`` how far the whole shape did where it
    kept its form, ``deviation`` how far a corner that came or went lies off the other line; in metres, None where that isn't so."""

    moved: int = 0
    added: int = 0
    removed: int = 0
    farthest: Optional[float] = None
    shift: Optional[float] = None
    deviation: Optional[float] = None


def shape_change(before: bytes, after: bytes) -> ShapeChange:
    """How ``before`` became ``after``, both WKB of one kind. Raises ``InvalidData('geometry.unreadable')``."""
    old, new = _corners(before), _corners(after)
    shift = _shift(old, new)
    if shift is not None:
        return ShapeChange(moved=len(old), farthest=shift, shift=shift)
    gone, come = _without(old, new), _without(new, old)
    moved = min(len(gone), len(come))
    if moved:
        return ShapeChange(moved, len(come) - moved, len(gone) - moved, farthest=_farthest(gone, come))
    return ShapeChange(0, len(come), len(gone), deviation=_deviation(come, before) if len(come) else _deviation(gone, after))


def _corners(wkb: bytes) -> Corners:
    """Each place once."""
    corners: Corners = np.unique(np.rint(shapely.get_coordinates(read(wkb)) * STEPS_PER_METRE).astype(np.int64), axis=0)
    return corners


def _without(ones: Corners, others: Corners) -> Corners:
    known = {tuple(corner) for corner in others.tolist()}
    return np.array([corner for corner in ones.tolist() if tuple(corner) not in known], dtype=np.int64).reshape(-1, 2)


def _shift(old: Corners, new: Corners) -> Optional[float]:
    """`_corners` are in order, and a shift keeps the order."""
    if len(old) != len(new) or not len(old):
        return None
    steps = new - old
    if (steps != steps[0]).any() or not steps[0].any():
        return None
    return float(np.hypot(*steps[0])) / STEPS_PER_METRE


def _farthest(gone: Corners, come: Corners) -> float:
    """The nearest are taken for one corner that moved, pair by pair."""
    if len(gone) * len(come) > PAIRED_AT_MOST:
        tree = shapely.STRtree([shapely.Point(corner) for corner in come])
        _, distances = tree.query_nearest(shapely.points(gone), return_distance=True, all_matches=False)
        return float(np.max(distances)) / STEPS_PER_METRE
    distances = np.hypot(*(gone[:, None, :] - come[None, :, :]).transpose(2, 0, 1))
    left_over, taken, farthest = set(range(len(gone))), set[int](), 0.0
    for place in np.argsort(distances, axis=None, kind="stable"):
        one, other = divmod(int(place), len(come))
        if one in left_over and other not in taken:
            left_over.remove(one)
            taken.add(other)
            farthest = float(distances[one, other])
            if not left_over or len(taken) == len(come):
                break
    return farthest / STEPS_PER_METRE


def _deviation(corners: Corners, wkb: bytes) -> Optional[float]:
    if not len(corners):
        return None
    shape = read(wkb)
    line = shapely.boundary(shape) if shapely.get_dimensions(shape) == 2 else shape
    shapely.prepare(line)
    return float(np.max(shapely.distance(shapely.points(corners / STEPS_PER_METRE), line)))
