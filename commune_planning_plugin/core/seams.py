"""Where merging the features of a tiling one by one would tear it: half of a shared edge moved, the other half not.

A tear is an overlap or a gap that the result has and neither side had. Each feature that was merged per vertex and takes part in
one goes back to my shape, as a conflict; which can show the next tear, so it is done until there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Optional

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from commune_planning_plugin.core.rules.ground import areal, polygons, usable

TEAR = 0.01
"""Square metres: less is what the grid makes of a vertex that lies on a neighbour's edge."""


@dataclass(frozen=True)
class Ground:
    """What a feature covers for its plan, as WKB."""

    plan: str
    shape: bytes


@dataclass(frozen=True)
class Sides:
    """One feature's ground as I have it, as the province has it, and merged; None where it isn't there."""

    mine: Optional[Ground]
    theirs: Optional[Ground]
    result: Optional[Ground]


def torn(features: Mapping[str, Sides], merged: AbstractSet[str], kept: AbstractSet[str]) -> frozenset[str]:
    """Those of ``merged``, by key, that must stay as mine.

    ``features`` are these, those that are ``kept`` as mine because they clash, and all that meet one of them on any side.
    """
    returned: set[str] = set()
    for plan in sorted({side.plan for key in merged for side in _sides(features[key]) if side is not None}):
        tiling = _Tiling(features, plan)
        while True:
            back = tiling.tears(merged | kept) & (merged - returned)
            if not back:
                break
            returned |= back
            tiling.take_back(back)
    return frozenset(returned)


def _sides(feature: Sides) -> tuple[Optional[Ground], Optional[Ground], Optional[Ground]]:
    return feature.mine, feature.theirs, feature.result


class _Tiling:
    """One plan's ground on the three sides."""

    def __init__(self, features: Mapping[str, Sides], plan: str) -> None:
        self._mine, self._theirs, self._result = (
            {key: _shape(_sides(sides)[at], plan) for key, sides in sorted(features.items())} for at in range(3)
        )

    def take_back(self, keys: Iterable[str]) -> None:
        self._result.update({key: self._mine[key] for key in keys})

    def tears(self, suspects: AbstractSet[str]) -> set[str]:
        """The suspects at a tear."""
        return self._overlapping(suspects) | self._at_gaps(suspects)

    def _overlapping(self, suspects: AbstractSet[str]) -> set[str]:
        keys = [key for key, shape in self._result.items() if not shape.is_empty]
        shapes = np.array([self._result[key] for key in keys], dtype=object)
        asked = [at for at, key in enumerate(keys) if key in suspects]
        if not asked:
            return set()
        one, other = shapely.STRtree(shapes).query(shapes[asked], predicate="intersects")
        one = np.array(asked)[one]
        one, other = one[one != other], other[one != other]
        common = shapely.area(shapely.intersection(shapes[one], shapes[other]))
        much = common > TEAR  # the others can't have become worse
        pairs = [(keys[left], keys[right]) for left, right in zip(one[much], other[much])]
        before = np.maximum(_common(self._mine, pairs), _common(self._theirs, pairs))
        return {key for pair, is_worse in zip(pairs, common[much] > before + TEAR) if is_worse for key in pair}

    def _at_gaps(self, suspects: AbstractSet[str]) -> set[str]:
        present = sorted(suspects & self._result.keys())
        mine, theirs, result = ([side[key] for key in present] for side in (self._mine, self._theirs, self._result))
        covered = dict(zip(present, shapely.union(mine, theirs)))
        lost = areal(shapely.union_all(shapely.difference(list(covered.values()), result)))
        gap = areal(shapely.difference(lost, _near(self._result, lost)))
        for side in (self._mine, self._theirs):  # ground that one of them gave up is no gap of the merge
            gap = areal(shapely.intersection(gap, _near(side, gap)))
        gaps = [piece for piece in polygons(gap) if piece.area > TEAR]
        return {key for key in present if any(shapely.intersection(covered[key], piece).area > TEAR for piece in gaps)}


def _common(shapes: Mapping[str, BaseGeometry], pairs: Sequence[tuple[str, str]]) -> Any:
    """Square metres that the two of each pair share."""
    return shapely.area(shapely.intersection([shapes[one] for one, _ in pairs], [shapes[other] for _, other in pairs]))


def _shape(ground: Optional[Ground], plan: str) -> BaseGeometry:
    shape = usable(ground.shape) if ground is not None and ground.plan == plan else None
    return shapely.MultiPolygon() if shape is None else shape


def _near(shapes: Mapping[str, BaseGeometry], place: BaseGeometry) -> Any:
    """The shapes around ``place`` as one."""
    each = list(shapes.values())
    return shapely.union_all([each[at] for at in shapely.STRtree(each).query(place)]) if not place.is_empty else place
