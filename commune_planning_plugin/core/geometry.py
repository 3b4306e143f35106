"""Geometry as the product keeps it: ISO WKB, two-dimensional, in the province's CRS (metres), on a grid of 0.1 mm.

The only file besides the rules that calls shapely. A grid coordinate is always the double nearest to k / 10 000, so that equal
places are equal bits in Python, SQLite and PostGIS.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Optional

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import Derived, GeometryType

STEPS_PER_METRE = 10_000
_PARTS = {GeometryType.POINT: 0, GeometryType.LINES: 1, GeometryType.POLYGONS: 3}
_MULTI = {GeometryType.LINES: shapely.MultiLineString, GeometryType.POLYGONS: shapely.MultiPolygon}


def read(wkb: bytes) -> BaseGeometry:
    """Raises ``InvalidData('geometry.unreadable')``; curves end there too, since no exact straight form of them exists."""
    try:
        return shapely.from_wkb(wkb)
    except (shapely.errors.GEOSException, TypeError) as error:
        raise InvalidData("geometry.unreadable") from error


def written(geometry: BaseGeometry) -> bytes:
    """Little-endian ISO WKB in two dimensions."""
    wkb: bytes = shapely.to_wkb(geometry, output_dimension=2, byte_order=1, flavor="iso")
    return wkb


def snapped(geometry: BaseGeometry) -> BaseGeometry:
    """Put each vertex on the grid and drop heights. May turn a valid shape invalid: judge validity afterwards."""
    return shapely.transform(geometry, lambda xy: np.round(xy * STEPS_PER_METRE) / STEPS_PER_METRE + 0.0)


def normalised(wkb: bytes, wanted: GeometryType) -> bytes:
    """The stored form of ``wkb``: on the grid, flat, and of the layer's type (a single part becomes a collection of one).

    Raises ``InvalidData`` with ``geometry.unreadable``, ``geometry.empty``, ``geometry.not_finite`` or ``geometry.type``.
    """
    geometry = read(wkb)
    if geometry.is_empty:
        raise InvalidData("geometry.empty")
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        raise InvalidData("geometry.not_finite")
    return written(snapped(_typed(geometry, wanted)))


def _typed(geometry: BaseGeometry, wanted: GeometryType) -> BaseGeometry:
    if geometry.geom_type == wanted.value:
        return geometry
    parts = [part for part in shapely.get_parts(geometry)]
    if parts and all(shapely.get_type_id(part) == _PARTS[wanted] for part in parts):
        if wanted in _MULTI:
            return _MULTI[wanted](parts)
        if len(parts) == 1:
            return parts[0]
    raise InvalidData("geometry.type", found=geometry.geom_type, wanted=wanted.value)


def canonical(wkb: bytes) -> bytes:
    """Equal for two geometries exactly when they are the same shape.

    Repeated vertices, the start and direction of rings and the order of parts don't count. Collinear vertices do (neighbours
    share them), and so does the direction of a line (water flows along it).
    """
    geometry = shapely.remove_repeated_points(snapped(read(wkb)), 0.0)
    if geometry.geom_type.endswith("LineString"):
        return b"".join(sorted(written(part) for part in shapely.get_parts(geometry)))
    return written(shapely.normalize(geometry))


def same(one: Optional[bytes], other: Optional[bytes]) -> bool:
    """Whether two stored geometries are the same shape."""
    if one == other:
        return True
    if one is None or other is None:
        return False
    return canonical(one) == canonical(other)


def derive(wkb: bytes, kind: Derived) -> float:
    """Area in m² or length in m, to the centimetre (square), in the plane of the province's CRS; or the point's coordinate."""
    geometry = read(wkb)
    if kind is Derived.AREA:
        return round(float(geometry.area), 2)
    if kind is Derived.LENGTH:
        return round(float(geometry.length), 2)
    point = shapely.point_on_surface(geometry) if geometry.geom_type != "Point" else geometry
    return round(float(point.x if kind is Derived.X else point.y), 4)


def bounds(wkb: bytes) -> tuple[float, float, float, float]:
    """xmin, ymin, xmax, ymax in metres."""
    xmin, ymin, xmax, ymax = shapely.bounds(read(wkb))
    return float(xmin), float(ymin), float(xmax), float(ymax)


def union_bounds(shapes: Iterable[bytes]) -> Optional[tuple[float, float, float, float]]:
    """The bounds of all ``shapes`` together; None for none."""
    each = [bounds(wkb) for wkb in shapes]
    if not each:
        return None
    xmin, ymin, xmax, ymax = zip(*each)
    return min(xmin), min(ymin), max(xmax), max(ymax)
