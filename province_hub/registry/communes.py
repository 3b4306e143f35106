"""Communes from a vector file: names and boundaries, brought up to date as often as they change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Optional

import numpy as np
import shapely

from commune_planning_plugin.core.geometry import written
from province_hub.database import HubConnection
from province_hub.registry import areas
from province_hub.registry.faults import Fault, FileRefused
from province_hub.registry.systems import ProvinceSystem
from province_hub.registry.vector_files import Polygon, Source, read_polygons

KINDS = ("phường", "xã", "đặc khu")
_CODE = re.compile("[0-9]{5}")
_NOTEWORTHY_M2 = 10_000.0
_NOISE_M = 0.02
"""How far a vertex goes when a file is written in degrees and read again: that is no other boundary."""

_THERE = "SELECT code, name, kind, ST_AsBinary(geom) AS shape FROM hub.commune"
_ADD = """
INSERT INTO hub.commune (code, name, kind, geom, area, area_epoch)
SELECT %(code)s, %(name)s, %(kind)s, shape, shape, 0 FROM ST_GeomFromWKB(%(shape)s, %(srid)s) shape
"""
_RENAME = "UPDATE hub.commune SET name = %(name)s, kind = %(kind)s WHERE code = %(code)s"
_MOVE = "UPDATE hub.commune SET geom = ST_GeomFromWKB(%(shape)s, %(srid)s) WHERE code = %(code)s"


@dataclass(frozen=True)
class Fields:
    """The names of a file's fields; without ``kind`` it stands at the beginning of the name, as in "Xã Đại Lãnh"."""

    code: str
    name: str
    kind: Optional[str] = None

    def wanted(self) -> dict[str, str]:
        named = {"code": self.code, "name": self.name, "kind": self.kind}
        return {option: field for option, field in named.items() if field is not None}


@dataclass(frozen=True)
class CommuneRow:
    """A commune of the file; ``name`` without its kind, ``shape`` as WKB."""

    code: str
    name: str
    kind: str
    shape: bytes


@dataclass(frozen=True)
class Outcome:
    """Codes of communes. ``moved`` have another boundary, ``renamed`` another name or kind, ``kept`` aren't in the file.

    ``reloading``: their desks need a whole new state. ``overlaps``: pairs and their common ground in hectares.
    """

    added: list[str]
    moved: list[str]
    renamed: list[str]
    unchanged: list[str]
    kept: list[str]
    reloading: list[str]
    overlaps: list[tuple[str, str, float]]


def import_communes(conn: HubConnection, source: Source, fields: Fields) -> Outcome:
    """Add and change communes in the caller's transaction; none is ever removed. Raises `FileRefused`."""
    system = ProvinceSystem.of(conn)
    rows = _rows(read_polygons(source, system, fields.wanted()))
    conn.execute("LOCK TABLE hub.commune IN SHARE ROW EXCLUSIVE MODE")
    there = {row["code"]: CommuneRow(row["code"], row["name"], row["kind"], bytes(row["shape"])) for row in conn.execute(_THERE)}
    added = [row.code for row in rows if row.code not in there]
    moved = [row.code for row in rows if row.code in there and _moved(there[row.code].shape, row.shape)]
    renamed = [row.code for row in rows if row.code in there and row != replace(there[row.code], shape=row.shape)]
    for row in rows:
        values = {"code": row.code, "name": row.name, "kind": row.kind, "shape": row.shape, "srid": system.epsg}
        if row.code in added:
            conn.execute(_ADD, values)
        if row.code in renamed:
            conn.execute(_RENAME, values)
        if row.code in moved:
            conn.execute(_MOVE, values)
    reloading = areas.renew(conn, [*added, *moved], moved)
    codes = {row.code for row in rows}
    return Outcome(
        added,
        moved,
        renamed,
        unchanged=sorted(codes.difference(added, moved, renamed)),
        kept=sorted(there.keys() - codes),
        reloading=[code for code in reloading if code in there],
        overlaps=_overlaps(rows),
    )


def _rows(polygons: Sequence[Polygon]) -> list[CommuneRow]:
    faults: list[Fault] = []
    rows = [_row(polygon, faults) for polygon in polygons]
    uses = Counter(row.code for row in rows)
    for polygon, row in zip(polygons, rows, strict=True):
        if uses[row.code] > 1 and _CODE.fullmatch(row.code):
            faults.append(Fault("commune.twice", polygon.place, {"value": row.code}))
    if faults:
        raise FileRefused(*faults)
    return sorted(rows, key=lambda row: row.code)


def _row(polygon: Polygon, faults: list[Fault]) -> CommuneRow:
    code = str(polygon.values["code"])
    code = code.zfill(5) if code.isdecimal() else code  # a column of numbers loses its zeros
    if not _CODE.fullmatch(code):
        faults.append(Fault("commune.code", polygon.place, {"value": code}))
    name, kind = _name_and_kind(str(polygon.values["name"]), str(polygon.values.get("kind", "")).lower())
    if not name:
        faults.append(Fault("commune.name", polygon.place))
    elif kind not in KINDS:
        faults.append(Fault("commune.kind", polygon.place, {"value": kind or name}))
    return CommuneRow(code, name, kind, written(polygon.shape))


def _name_and_kind(name: str, kind: str) -> tuple[str, str]:
    """The kind leaves the name where it stands before it."""
    for known in KINDS:
        if name.lower().startswith(known + " ") and kind in ("", known):
            return name[len(known) :].strip(), known
    return name, kind


def _moved(before: bytes, now: bytes) -> bool:
    one, other = (shapely.normalize(shapely.from_wkb(shape)) for shape in (before, now))
    return before != now and not bool(shapely.equals_exact(one, other, _NOISE_M))


def _overlaps(rows: Sequence[CommuneRow]) -> list[tuple[str, str, float]]:
    """Communes that share more ground than boundaries drawn apart would."""
    shapes = np.array([shapely.from_wkb(row.shape) for row in rows])
    pairs = shapely.STRtree(shapes).query(shapes, predicate="intersects").T
    found = []
    for one, other in pairs[pairs[:, 0] < pairs[:, 1]]:
        common = float(shapely.area(shapely.intersection(shapes[one], shapes[other])))
        if common > _NOTEWORTHY_M2:
            found.append((rows[one].code, rows[other].code, round(common / 10_000, 1)))
    return found
