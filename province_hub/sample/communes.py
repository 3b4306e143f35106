"""The 65 commune-level units of Khánh Hòa, read from the GeoPackage in ``data/`` (source and licence: ``data/SOURCES.md``)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from commune_planning_plugin.core.geometry import snapped

_FILE = Path(__file__).parents[1] / "data" / "khanh_hoa_communes_9217.gpkg"
EPSG = 9217
_KINDS = ("Phường", "Xã", "Đặc khu")
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
_HEADER_BYTES = 8


@dataclass(frozen=True)
class CommuneShape:
    """``name`` without its kind; ``boundary`` on the grid, EPSG:9217; ``official_km2`` as the province states it."""

    code: str
    name: str
    kind: str
    boundary: BaseGeometry
    official_km2: float


def communes() -> list[CommuneShape]:
    """All units, ordered by code."""
    with closing(sqlite3.connect(f"file:{_FILE}?mode=ro", uri=True)) as database:
        rows = database.execute("SELECT code, name, geom, area_km2_official FROM commune ORDER BY code").fetchall()
    return [_commune(*row) for row in rows]


def _commune(code: str, full_name: str, blob: bytes, official_km2: float) -> CommuneShape:
    kind = next(kind for kind in _KINDS if full_name.startswith(kind))
    return CommuneShape(code, full_name[len(kind) :].strip(), kind.lower(), snapped(_geometry(blob)), official_km2)


def _geometry(blob: bytes) -> BaseGeometry:
    """The shape in a GeoPackage's binary: a header, an envelope of a size that the header's flags tell, then WKB."""
    envelope = _ENVELOPE_BYTES[(blob[3] >> 1) & 7]
    return shapely.from_wkb(blob[_HEADER_BYTES + envelope :])
