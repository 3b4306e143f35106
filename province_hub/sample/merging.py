"""Joining slivers with a neighbour, and faces into larger ones, without moving a vertex."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Shapes = NDArray[np.object_]


def merged_slivers(shapes: Shapes, small: NDArray[np.bool_]) -> tuple[Shapes, NDArray[np.int64]]:
    """Each small shape becomes part of the neighbour with which it shares the longest border; with the index of each shape's host.

    Small shapes without a larger neighbour stay as they are.
    """
    host = _hosts(shapes, small)
    groups: dict[int, list[int]] = defaultdict(list)
    for index, to in enumerate(host):
        groups[int(to)].append(index)
    which = np.array(sorted(groups), dtype=np.int64)
    merged = np.array([joined(shapes[groups[int(index)]]) for index in which], dtype=object)
    return merged, which


def joined(shapes: Shapes) -> BaseGeometry:
    """One shape of many that share their borders exactly; every vertex on its outline stays."""
    return shapes[0] if len(shapes) == 1 else shapely.coverage_union_all(shapes)


def _hosts(shapes: Shapes, small: NDArray[np.bool_]) -> NDArray[np.int64]:
    host = np.arange(len(shapes))
    if not small.any():
        return host
    near = shapely.STRtree(shapes)
    slivers = np.flatnonzero(small)
    sliver, other = near.query(shapes[slivers], predicate="intersects")
    sliver = slivers[sliver]
    fit = ~small[other]
    sliver, other = sliver[fit], other[fit]
    shared = shapely.length(shapely.intersection(shapely.boundary(shapes[sliver]), shapely.boundary(shapes[other])))
    for index in np.argsort(shared):
        if shared[index] > 0:
            host[sliver[index]] = other[index]
    return host
