"""How deep a shape's parts lie within each other, told before GEOS reads it: GEOS calls itself for each level, without end."""

from __future__ import annotations

import struct

DEEPEST = 8
"""Levels of collections in collections; what people draw has three."""

_HEADER = 5
_COUNT = 4
_Z, _M, _SRID = 0x80000000, 0x40000000, 0x20000000


def is_shallow(wkb: bytes) -> bool:
    """Whether no part lies deeper than `DEEPEST`; what ends too early isn't shallow either. Linear in the number of parts."""
    try:
        _after(wkb, 0, DEEPEST)
    except (struct.error, _TooDeepError):
        return False
    return True


class _TooDeepError(Exception):
    pass


def _after(wkb: bytes, place: int, levels: int) -> int:
    """Where the shape that starts at ``place`` ends, in ISO or extended WKB of either byte order."""
    if levels == 0:
        raise _TooDeepError
    order, code = struct.unpack_from("<BI" if wkb[place : place + 1] == b"\x01" else ">BI", wkb, place)
    number = "<I" if order else ">I"
    kind, vertex = _kind(code)
    place += _HEADER + (_COUNT if code & _SRID else 0)
    if kind == 1:
        return place + vertex
    (count,) = struct.unpack_from(number, wkb, place)
    place += _COUNT
    if kind == 2:
        return place + int(count) * vertex
    for _ in range(count):
        if kind == 3:
            (length,) = struct.unpack_from(number, wkb, place)
            place += _COUNT + int(length) * vertex
        else:
            place = _after(wkb, place, levels - 1)
    return place


def _kind(code: int) -> tuple[int, int]:
    """The simple type, and the bytes of one vertex."""
    iso, kind = divmod(code & 0x0FFFFFFF, 1000)
    heights = bool(code & _Z) or iso in (1, 3)
    measures = bool(code & _M) or iso in (2, 3)
    return kind, 8 * (2 + heights + measures)
