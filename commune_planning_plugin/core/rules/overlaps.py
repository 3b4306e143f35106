"""tile.overlap: in a tiling layer, no two features of one plan cover the same ground.

Only pairs with a moved feature are judged.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from commune_planning_plugin.core.rules.findings import Case, Finding, Severity
from commune_planning_plugin.core.rules.ground import Tiling, areal, bounds_of, tilings

RULE = "tile.overlap"


def find(case: Case) -> Iterator[Finding]:
    tolerance = case.tolerance("overlap_tolerance_m2")
    for tiling in tilings(case):
        yield from _overlaps(tiling, tolerance)


def _overlaps(tiling: Tiling, tolerance: float) -> Iterator[Finding]:
    keys = [*sorted(tiling.after), *sorted(tiling.unmoved)]
    shapes = np.array([tiling.after.get(key, tiling.unmoved.get(key)) for key in keys], dtype=object)
    moved = len(tiling.after)
    if not moved:
        return
    one, other = shapely.STRtree(shapes).query(shapes[:moved], predicate="intersects")
    first_seen = one < other  # a pair of two moved features is found from both sides
    one, other = one[first_seen], other[first_seen]
    common = shapely.intersection(shapes[one], shapes[other])
    for left, right, ground, area in zip(one, other, common, shapely.area(common)):
        if area > tolerance:
            details = {"other": keys[right], "area_m2": round(float(area), 2)}
            yield Finding(RULE, Severity.ERROR, tiling.layer, keys[left], details, bounds_of(areal(ground)))
