"""tile.gap: a change leaves no ground of a plan's tiling uncovered.

Two kinds: ground that the tiling covered before and doesn't after, and new holes that the changed features enclose between
themselves and their neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import shapely
from shapely.geometry.base import BaseGeometry

from commune_planning_plugin.core.rules.findings import Case, Finding, Severity
from commune_planning_plugin.core.rules.ground import Tiling, bounds_of, polygons, tilings

RULE = "tile.gap"
_REACH = 0.001
"""Metres: a hole nearer than this to a moved feature is one that it encloses."""


def find(case: Case) -> Iterator[Finding]:
    tolerance = case.tolerance("gap_tolerance_m2")
    for tiling in tilings(case):
        for gap in sorted(_gaps(tiling, tolerance), key=bounds_of):
            details = {"area_m2": round(float(gap.area), 2)}
            yield Finding(RULE, Severity.ERROR, tiling.layer, _feature_at(tiling, gap), details, bounds_of(gap))


def _gaps(tiling: Tiling, tolerance: float) -> list[BaseGeometry]:
    unmoved, moved_before = list(tiling.unmoved.values()), list(tiling.before.values())
    after = shapely.union_all([*unmoved, *tiling.after.values()])
    lost = shapely.difference(shapely.union_all(moved_before), after)  # what didn't move is covered as before
    enclosed = _enclosed(after, tiling.after.values())
    if not enclosed.is_empty:
        enclosed = shapely.difference(enclosed, _enclosed(shapely.union_all([*unmoved, *moved_before]), ()))
    gaps = polygons(shapely.union(lost, enclosed))
    return [gap for gap in gaps if gap.area > tolerance]


def _enclosed(covered: BaseGeometry, near: Iterable[BaseGeometry]) -> BaseGeometry:
    """The uncovered ground inside ``covered``; where ``near`` has shapes, only next to one of them."""
    rings = [ring for part in polygons(covered) for ring in shapely.get_rings(part)[1:]]
    holes = shapely.difference(shapely.union_all(shapely.polygons(rings)), covered) if rings else shapely.MultiPolygon()
    shapes = list(near)
    if not shapes or holes.is_empty:
        return holes
    parts = polygons(holes)
    hit = set(shapely.STRtree(shapes).query(parts, predicate="dwithin", distance=_REACH)[0].tolist())
    return shapely.union_all([part for index, part in enumerate(parts) if index in hit])


def _feature_at(tiling: Tiling, gap: BaseGeometry) -> str:
    """Whose gap it is: the moved feature that covered most of it, else the one nearest to it."""
    covered = {key: float(shapely.intersection(shape, gap).area) for key, shape in tiling.before.items() if shape.intersects(gap)}
    best = max(sorted(covered), key=lambda key: covered[key], default=None)
    if best is not None and covered[best] > 0:
        return best
    return min(sorted(tiling.after or tiling.before), key=lambda key: {**tiling.before, **tiling.after}[key].distance(gap))
