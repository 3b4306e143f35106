"""GeoPackage geometry: a small header before the WKB (OGC 12-128r19, 2.1.3)."""

from __future__ import annotations

import struct
from typing import Any, Callable, Optional

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.errors import InvalidData

Bounds = tuple[float, float, float, float]
"""xmin, ymin, xmax, ymax in metres."""

_ENVELOPE_DOUBLES = {0: 0, 1: 4, 2: 6, 3: 6, 4: 8}
_EMPTY_FLAG = 0x10
_CURVES = frozenset(range(8, 15))
_FLAT_POINTS = (1, 1001, 2001, 3001, 0x80000001)


def blob_of(wkb: bytes, srs_id: int) -> bytes:
    """A little-endian blob with an envelope in two dimensions, as GDAL writes it."""
    xmin, ymin, xmax, ymax = geometry.bounds(wkb)
    return struct.pack("<2sBBi4d", b"GP", 0, 0x03, srs_id, xmin, xmax, ymin, ymax) + wkb


def holds(blob: Any, wkb: bytes) -> bool:
    """Whether ``blob`` is one of ``wkb``, bit by bit."""
    return isinstance(blob, bytes) and blob.endswith(wkb) and _header_size(blob) == len(blob) - len(wkb)


def wkb_of(blob: Any) -> bytes:
    """The WKB in a blob. Raises ``InvalidData``: ``geometry.unreadable``, ``geometry.empty`` or ``geometry.curved``."""
    wkb = bytes(blob[_header_size(blob) :])
    if blob[3] & _EMPTY_FLAG:
        raise InvalidData("geometry.empty")
    if _wkb_type(wkb) % 1000 in _CURVES:
        raise InvalidData("geometry.curved")
    return wkb


def envelope(blob: Any) -> Optional[Bounds]:
    """From the header, else from the WKB; None for an empty or unreadable geometry, or one that lies nowhere on earth."""
    try:
        size = _header_size(blob)
        if blob[3] & _EMPTY_FLAG:
            return None
        found = _header_envelope(blob) if size > 8 else _wkb_bounds(bytes(blob[size:]))
    except (InvalidData, struct.error):
        return None
    return found if all(abs(each) <= geometry.LARGEST for each in found) else None


def _header_size(blob: Any) -> int:
    if not isinstance(blob, (bytes, memoryview)) or len(blob) < 8 or bytes(blob[:2]) != b"GP":
        raise InvalidData("geometry.unreadable")
    doubles = _ENVELOPE_DOUBLES.get((blob[3] >> 1) & 0x07)
    if doubles is None or len(blob) < 8 + 8 * doubles + 5:
        raise InvalidData("geometry.unreadable")
    return 8 + 8 * doubles


def _header_envelope(blob: Any) -> Bounds:
    xmin, xmax, ymin, ymax = struct.unpack_from("<4d" if blob[3] & 1 else ">4d", blob, 8)
    return xmin, ymin, xmax, ymax


def _wkb_type(wkb: bytes) -> int:
    found: int = struct.unpack_from("<I" if wkb[0] else ">I", wkb, 1)[0]
    return found & 0x0FFFFFFF  # without the flags of EWKB


def _wkb_bounds(wkb: bytes) -> Bounds:
    order = "<" if wkb[0] else ">"
    if struct.unpack_from(order + "I", wkb, 1)[0] in _FLAT_POINTS:
        x, y = struct.unpack_from(order + "2d", wkb, 5)
        return x, y, x, y
    return geometry.bounds(wkb)


def _coordinate(position: int) -> Callable[[Any], Optional[float]]:
    def read(blob: Any) -> Optional[float]:
        found = envelope(blob)
        return found[position] if found is not None else None

    return read


def is_empty(blob: Any) -> Optional[int]:
    """As SQL has it: 1, 0 or NULL."""
    return None if blob is None else int(envelope(blob) is None)


SQL_FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "ST_IsEmpty": is_empty,
    "ST_MinX": _coordinate(0),
    "ST_MinY": _coordinate(1),
    "ST_MaxX": _coordinate(2),
    "ST_MaxY": _coordinate(3),
}
"""What the R-tree triggers of a GeoPackage call."""
