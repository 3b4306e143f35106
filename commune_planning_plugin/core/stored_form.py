"""Whether WKB is in its stored form already, told without GEOS: nearly all that is read is, and building GEOS's objects to find
that out takes ten times longer.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator, Sequence
from typing import Optional

import numpy as np

from commune_planning_plugin.core.schema import GeometryType

_HEADS = {
    GeometryType.POINT: b"\x01\x01\x00\x00\x00",
    GeometryType.LINES: b"\x01\x05\x00\x00\x00",
    GeometryType.POLYGONS: b"\x01\x06\x00\x00\x00",
}
_OF_HEAD = {head: kind for kind, head in _HEADS.items()}
_LINE, _POLYGON = b"\x01\x02\x00\x00\x00", b"\x01\x03\x00\x00\x00"
_COUNT = struct.Struct("<I")
_ONE_RING = _HEADS[GeometryType.POLYGONS] + _COUNT.pack(1) + _POLYGON + _COUNT.pack(1)
_HEAD_SIZE, _COUNT_SIZE, _VERTEX = 5, 4, 16
_FEW = 32 * _VERTEX
"""Bytes up to which numpy's calls take longer than Python's arithmetic."""


def is_stored_form(wkb: bytes, wanted: GeometryType, steps_per_metre: int, largest: float) -> bool:
    """True only for flat little-endian ISO WKB of the type ``wanted``, nothing in it empty or unclosed, nothing after it, each
    coordinate the double nearest to its step and none beyond ``largest``. False says nothing: then GEOS is to be asked.
    """
    try:
        vertices = _vertices(wkb, wanted)
    except (struct.error, _OtherFormError):
        return False
    if len(vertices) <= _FEW:
        numbers = struct.unpack(f"<{len(vertices) // 8}d", vertices)
        if 0.0 not in numbers:  # which may be the negative one
            return _all_stored(numbers, steps_per_metre, largest)
    xy = np.frombuffer(vertices, "<f8")
    nearest = np.round(xy * steps_per_metre) / steps_per_metre + 0.0
    return bool(np.abs(xy).max() <= largest and nearest.tobytes() == xy.tobytes())


def _all_stored(numbers: Sequence[float], steps_per_metre: int, largest: float) -> bool:
    """As above, of numbers other than zero."""
    try:
        return max(map(abs, numbers)) <= largest and all(round(n * steps_per_metre) / steps_per_metre == n for n in numbers)
    except (ValueError, OverflowError):  # not finite
        return False


def stored_bounds(wkb: bytes) -> Optional[tuple[float, float, float, float]]:
    """xmin, ymin, xmax, ymax of all vertices of a shape in stored form; None says nothing, as above."""
    wanted = _OF_HEAD.get(wkb[:_HEAD_SIZE])
    if wanted is None:
        return None
    try:
        vertices = _vertices(wkb, wanted)
    except (struct.error, _OtherFormError):
        return None
    if len(vertices) <= _FEW:
        numbers = struct.unpack(f"<{len(vertices) // 8}d", vertices)
        xs, ys = numbers[::2], numbers[1::2]
        xmin, ymin, xmax, ymax = min(xs), min(ys), max(xs), max(ys)
        return (xmin, ymin, xmax, ymax) if all(map(math.isfinite, numbers)) else None
    xy = np.frombuffer(vertices, "<f8").reshape(-1, 2)
    (xmin, ymin), (xmax, ymax) = xy.min(axis=0).tolist(), xy.max(axis=0).tolist()
    return (xmin, ymin, xmax, ymax) if math.isfinite(xmin + ymin + xmax + ymax) else None


class _OtherFormError(Exception):
    pass


def _vertices(wkb: bytes, wanted: GeometryType) -> bytes:
    if wanted is GeometryType.POLYGONS and wkb.startswith(_ONE_RING):  # nearly all that is drawn
        run, end = _run(wkb, len(_ONE_RING), 4)
        _need(end == len(wkb) and run[:_VERTEX] == run[-_VERTEX:])
        return run
    return b"".join(_runs(wkb, wanted))


def _runs(wkb: bytes, wanted: GeometryType) -> Iterator[bytes]:
    """The vertices, run by run."""
    _need(wkb.startswith(_HEADS[wanted]))
    place = _HEAD_SIZE
    if wanted is GeometryType.POINT:
        _need(len(wkb) == place + _VERTEX)
        yield wkb[place:]
        return
    parts, place = _count(wkb, place)
    for _ in range(parts):
        _need(wkb.startswith(_LINE if wanted is GeometryType.LINES else _POLYGON, place))
        place += _HEAD_SIZE
        if wanted is GeometryType.LINES:
            run, place = _run(wkb, place, 2)
            yield run
            continue
        rings, place = _count(wkb, place)
        for _ in range(rings):
            run, place = _run(wkb, place, 4)
            _need(run[:_VERTEX] == run[-_VERTEX:])
            yield run
    _need(place == len(wkb))


def _count(wkb: bytes, place: int) -> tuple[int, int]:
    (count,) = _COUNT.unpack_from(wkb, place)
    _need(count > 0)
    return count, place + _COUNT_SIZE


def _run(wkb: bytes, place: int, fewest: int) -> tuple[bytes, int]:
    (count,) = _COUNT.unpack_from(wkb, place)
    start, end = place + _COUNT_SIZE, place + _COUNT_SIZE + count * _VERTEX
    _need(count >= fewest and end <= len(wkb))
    return wkb[start:end], end


def _need(holds: bool) -> None:
    if not holds:
        raise _OtherFormError
