"""Geometry as the product keeps it: ISO WKB, two-dimensional, in the province's CRS (metres), on a grid of 0.1 mm.

The only file besides the rules that calls shapely. A grid coordinate is always the double nearest to k / 10 000, so that equal
places are equal bits in Python, SQLite and PostGIS.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, Optional

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.nesting import is_shallow
from commune_planning_plugin.core.schema import Derived, GeometryType
from commune_planning_plugin.core.stored_form import is_stored_form, stored_bounds

Steps = np.ndarray[Any, Any]

STEPS_PER_METRE = 10_000
LARGEST = 1e9
"""No coordinate of the province is farther out (metres); beyond it the grid would lose its exactness."""

_FEW = 64
"""Vertices."""
_FLAT = frozenset(struct.pack("<I", code) for code in range(1, 7))
_PARTS = {GeometryType.POINT: 0, GeometryType.LINES: 1, GeometryType.POLYGONS: 3}
_MULTI: dict[GeometryType, Callable[..., BaseGeometry]] = {
    GeometryType.LINES: shapely.multilinestrings,
    GeometryType.POLYGONS: shapely.multipolygons,
}


def read(wkb: bytes) -> BaseGeometry:
    """Raises ``InvalidData('geometry.unreadable')``; curves end there too, since no exact straight form of them exists."""
    if not (_straight(wkb) and is_shallow(wkb)):
        raise InvalidData("geometry.unreadable")
    try:
        return shapely.from_wkb(wkb)
    except (shapely.errors.GEOSException, TypeError, NotImplementedError) as error:
        raise InvalidData("geometry.unreadable") from error


def read_many(wkbs: Sequence[bytes]) -> np.ndarray[Any, Any]:
    """As `read`, of many at once; None where that would raise."""
    safe = [wkb if _straight(wkb) and is_shallow(wkb) else None for wkb in wkbs]
    try:
        found: np.ndarray[Any, Any] = shapely.from_wkb(np.array(safe, dtype=object), on_invalid="ignore")
    except (shapely.errors.GEOSException, TypeError, NotImplementedError):
        return np.array([_read_or_none(wkb) for wkb in wkbs], dtype=object)
    return found


def _read_or_none(wkb: bytes) -> Optional[BaseGeometry]:
    try:
        return read(wkb)
    except InvalidData:
        return None


def _straight(wkb: bytes) -> bool:
    """Whether the header names one of the seven simple types; newer GEOS reads curves that shapely can't hold."""
    if len(wkb) < 5 or wkb[0] not in (0, 1):
        return False
    (code,) = struct.unpack_from("<I" if wkb[0] else ">I", wkb, 1)
    return 1 <= (int(code) & 0x0FFFFFFF) % 1000 <= 7


def written(geometry: BaseGeometry) -> bytes:
    """Little-endian ISO WKB in two dimensions."""
    wkb: bytes = shapely.to_wkb(geometry, output_dimension=2, byte_order=1)
    return wkb


def snapped(geometry: BaseGeometry) -> BaseGeometry:
    """Put each vertex on the grid and drop heights. May turn a valid shape invalid: judge validity afterwards."""
    return shapely.transform(geometry, lambda xy: np.round(xy * STEPS_PER_METRE) / STEPS_PER_METRE + 0.0)


def normalised(wkb: bytes, wanted: GeometryType) -> bytes:
    """The stored form of ``wkb``: on the grid, flat, and of the layer's type (a single part becomes a collection of one).

    Raises ``InvalidData`` with ``geometry.unreadable``, ``geometry.empty``, ``geometry.not_finite`` or ``geometry.type``.
    """
    if is_stored_form(wkb, wanted, STEPS_PER_METRE, LARGEST):
        return wkb
    return written(snapped(_checked(wkb, wanted)))


def exact(wkb: bytes, wanted: GeometryType) -> bytes:
    """``wkb`` itself, where it is already in its stored form: what was hashed may not change on the way.

    Raises as `normalised`, and ``InvalidData('geometry.off_grid')`` where the stored form would be another.
    """
    if normalised(wkb, wanted) != wkb:
        raise InvalidData("geometry.off_grid")
    return wkb


def _checked(wkb: bytes, wanted: GeometryType) -> BaseGeometry:
    geometry = read(wkb)
    if geometry.is_empty:
        raise InvalidData("geometry.empty")
    xy = shapely.get_coordinates(geometry)
    if not np.isfinite(xy).all() or np.abs(xy).max() > LARGEST:
        raise InvalidData("geometry.not_finite")
    return _typed(geometry, wanted)


def _typed(geometry: BaseGeometry, wanted: GeometryType) -> BaseGeometry:
    every = shapely.get_parts(geometry)
    if geometry.geom_type == wanted.value and not shapely.is_empty(every).any():
        return geometry
    parts: Any = [part for part in every if not part.is_empty]
    if any(shapely.get_type_id(part) != _PARTS[wanted] for part in parts):
        raise InvalidData("geometry.type", found=geometry.geom_type, wanted=wanted.value)
    if wanted in _MULTI:
        return _MULTI[wanted](parts)
    if len(parts) != 1:
        raise InvalidData("geometry.type", found=geometry.geom_type, wanted=wanted.value)
    only: BaseGeometry = parts[0]
    return only


@lru_cache(maxsize=16)  # a merge compares each of its few shapes several times
def canonical(wkb: bytes) -> bytes:
    """Equal for two geometries exactly when they are the same shape.

    Repeated vertices, the start and direction of rings and the order of parts don't count. Collinear vertices do (neighbours
    share them), and so does the direction of a line (water flows along it).
    """
    plain = wkb if wkb[:1] == b"\x01" and wkb[1:5] in _FLAT else written(read(wkb))
    try:
        parts, _ = _canonical_parts(plain, 0)
    except (struct.error, ValueError, OverflowError, RecursionError) as error:
        raise InvalidData("geometry.unreadable") from error
    return _framed(sorted(parts))


def _canonical_parts(wkb: bytes, place: int) -> tuple[list[bytes], int]:
    """The single parts of the shape whose flat little-endian WKB starts at ``place``, and where it ends.

    Read without GEOS: building its objects takes longer than all the rest for the many small shapes that are compared.
    """
    code, place = _number(wkb, place + 1)
    if code == 1:
        return [_steps(wkb, place, 1).tobytes()], place + 16
    count, place = _number(wkb, place)
    if code == 2:
        return [_without_repeats(_steps(wkb, place, count)).tobytes()], place + 16 * count
    pieces: list[bytes] = []
    for _ in range(count):
        if code == 3:
            length, place = _number(wkb, place)
            small = _small_ring(wkb, place, length) if length <= _FEW else None
            pieces.append(small if small is not None else _ring(_steps(wkb, place, length)))
            place += 16 * length
        else:
            inner, place = _canonical_parts(wkb, place)
            pieces.extend(inner)
    return ([_framed([*pieces[:1], *sorted(pieces[1:])])] if code == 3 else pieces), place


def _number(wkb: bytes, place: int) -> tuple[int, int]:
    (number,) = struct.unpack_from("<I", wkb, place)
    return int(number), place + 4


def _framed(pieces: Sequence[bytes]) -> bytes:
    return b"".join(struct.pack("<Q", len(piece)) + piece for piece in pieces)


def unframed(framed: bytes) -> list[bytes]:
    """The pieces of a canonical form: its parts; of a polygon's part, outer ring and holes; of these, 16 bytes for each vertex."""
    pieces, place = [], 0
    while place < len(framed):
        (size,) = struct.unpack_from("<Q", framed, place)
        pieces.append(framed[place + 8 : place + 8 + size])
        place += 8 + size
    return pieces


def _steps(wkb: bytes, place: int, count: int) -> Steps:
    """Coordinates as whole steps of the grid."""
    steps: Steps = np.round(np.frombuffer(wkb, "<f8", 2 * count, place) * STEPS_PER_METRE).astype(np.int64).reshape(-1, 2)
    return steps


def _without_repeats(xy: Steps) -> Steps:
    kept = np.ones(len(xy), dtype=bool)
    kept[1:] = (xy[1:] != xy[:-1]).any(axis=1)
    left: Steps = xy[kept]
    return left


def _ring(closed: Steps) -> bytes:
    """The ring from its least vertex on, in the direction whose bytes come first."""
    xy = _without_repeats(closed)
    if len(xy) > 1:
        xy = xy[:-1]  # the vertex that closes it
    vertices = xy.tolist()
    least = min(vertices)
    if vertices.count(least) > 1:
        return min(_rotated(way, _least_rotation([tuple(vertex) for vertex in way.tolist()])) for way in (xy, xy[::-1]))
    start = vertices.index(least)
    return min(_rotated(xy, start), _rotated(xy[::-1], len(xy) - 1 - start))


def _small_ring(wkb: bytes, place: int, count: int) -> Optional[bytes]:
    """As `_ring`, where numpy's calls take longer than Python's arithmetic; None where it passes its least vertex twice."""
    steps = [round(number * STEPS_PER_METRE) for number in struct.unpack_from(f"<{2 * count}d", wkb, place)]
    closed = list(zip(steps[::2], steps[1::2]))
    vertices = [vertex for vertex, before in zip(closed, [None, *closed]) if vertex != before]
    if len(vertices) > 1:
        vertices.pop()
    least = min(vertices)
    if vertices.count(least) > 1:
        return None
    at = vertices.index(least)
    ways = ([*vertices[at:], *vertices[:at]], [*vertices[at::-1], *vertices[:at:-1]])
    return min(struct.pack(f"<{2 * len(way)}q", *chain.from_iterable(way)) for way in ways)


def _rotated(xy: Steps, start: int) -> bytes:
    return xy[start:].tobytes() + xy[:start].tobytes()


def _least_rotation(items: list[tuple[int, ...]]) -> int:
    """Where the lexicographically least rotation of ``items`` starts, in linear time (a ring may pass its least vertex often)."""
    count, one, other, run = len(items), 0, 1, 0
    while one < count and other < count and run < count:
        left, right = items[(one + run) % count], items[(other + run) % count]
        if left == right:
            run += 1
            continue
        if left > right:
            one += run + 1
        else:
            other += run + 1
        other += one == other
        run = 0
    return min(one, other)


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
    return round(float(shapely.get_x(point) if kind is Derived.X else shapely.get_y(point)), 4)


def bounds(wkb: bytes) -> tuple[float, float, float, float]:
    """xmin, ymin, xmax, ymax in metres."""
    known = stored_bounds(wkb)
    if known is not None:
        return known
    xmin, ymin, xmax, ymax = shapely.bounds(read(wkb))
    return float(xmin), float(ymin), float(xmax), float(ymax)


def union_bounds(shapes: Iterable[bytes]) -> Optional[tuple[float, float, float, float]]:
    """The bounds of all ``shapes`` together; None for none."""
    each = [bounds(wkb) for wkb in shapes]
    if not each:
        return None
    xmin, ymin, xmax, ymax = zip(*each)
    return min(xmin), min(ymin), max(xmax), max(ymax)


def overlap(one: bytes, other: bytes) -> float:
    """How much of ``one`` lies in ``other``: m² of an area, m of a line, 1 for a point. What is invalid is mended for it."""
    return Ground(other).share(one)


def areas(shapes: Sequence[bytes]) -> list[float]:
    """Square metres of many shapes at once, mended where they cross themselves; nothing for what can't be read."""
    return [float(area) for area in np.nan_to_num(shapely.area(_all_mended(shapes)))]


def measures(shapes: Sequence[bytes]) -> list[float]:
    """As `areas`; of lines the length in m, of points nothing."""
    found = _all_mended(shapes)
    sizes = np.where(shapely.get_dimensions(found) == 1, shapely.length(found), shapely.area(found))
    return [float(size) for size in np.nan_to_num(sizes)]


def _all_mended(shapes: Sequence[bytes]) -> Any:
    if not shapes:
        return np.array([], dtype=object)
    read_ = shapely.from_wkb([wkb if _straight(wkb) and is_shallow(wkb) else b"" for wkb in shapes], on_invalid="ignore")
    crossed = ~(shapely.is_valid(read_) | shapely.is_missing(read_))
    read_[crossed] = shapely.make_valid(read_[crossed])
    return read_


class Ground:
    """A shape that many others are compared with: read, mended and indexed once. Raises as `read`."""

    def __init__(self, wkb: bytes) -> None:
        self._shape = _mended(wkb)
        shapely.prepare(self._shape)

    def share(self, wkb: bytes) -> float:
        """As `overlap`: how much of ``wkb`` lies in it."""
        mine = _mended(wkb)
        return _size(mine, shapely.intersection(mine, self._shape)) if self._shape.intersects(mine) else 0.0


def _mended(wkb: bytes) -> BaseGeometry:
    shape = read(wkb)
    return shape if shape.is_valid else shapely.make_valid(shape)


def _size(mine: BaseGeometry, shared: BaseGeometry) -> float:
    dimension = shapely.get_dimensions(mine)
    return float((0.0 if shared.is_empty else 1.0, shared.length, shared.area)[max(0, int(dimension))])


def near_pairs(ones: Sequence[bytes], others: Sequence[bytes]) -> list[tuple[int, int]]:
    """Which of ``ones`` and of ``others``, by number, have boxes that meet."""
    mine, theirs = (shapely.from_wkb(list(shapes), on_invalid="ignore") for shapes in (ones, others))
    found = shapely.STRtree(mine).query(theirs)
    return sorted((int(one), int(other)) for other, one in found.T)


def any_meet(ones: Iterable[bytes], others: Iterable[bytes]) -> bool:
    """Whether any of the shapes touches or overlaps any of the others."""
    mine, theirs = ([shapely.make_valid(read(wkb)) for wkb in shapes] for shapes in (ones, others))
    return bool(mine and theirs and shapely.STRtree(mine).query(theirs, predicate="intersects").size)
