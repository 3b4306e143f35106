"""Plain snapshots as the hub sends them, made without a hub, and a small catalogue for them."""

from __future__ import annotations

import atexit
import functools
import shutil
import sqlite3
import struct
import tempfile
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Optional

import numpy as np
import shapely

from commune_planning_plugin.core.changes import Rows
from commune_planning_plugin.core.merge import recomputed
from commune_planning_plugin.core.schema import (
    Catalogue,
    Commune,
    Derived,
    Field,
    FieldType,
    GeometryType,
    Layer,
    Plan,
    Value,
    Values,
)
from commune_planning_plugin.store import Checkpoint, Identity, WorkingCopy
from commune_planning_plugin.store.building import retained_snapshot
from commune_planning_plugin.store.gpkg import blob_of

SRS = 9217
PLAN = str(uuid.uuid5(uuid.NAMESPACE_URL, "plan:A"))
OTHER_PLAN = str(uuid.uuid5(uuid.NAMESPACE_URL, "plan:B"))
START = Checkpoint(7, str(uuid.uuid5(uuid.NAMESPACE_URL, "revision:7")))
NEXT = Checkpoint(8, str(uuid.uuid5(uuid.NAMESPACE_URL, "revision:8")))
IDENTITY = Identity("hub-1", "https://hub.example", "22504", "dailanh.kt")

LOTS = Layer(
    "QuyHoach.ChucNangSuDungDat_A",
    GeometryType.POLYGONS,
    (
        Field("maDoiTuong", FieldType.TEXT, length=100, allocated=True),
        Field("tenDoiTuong", FieldType.TEXT, length=100),
        Field("kyHieuLoDat", FieldType.TEXT, length=20),
        Field("chucNang1", FieldType.TEXT, length=50, group="function"),
        Field("chucNang2", FieldType.TEXT, length=50, group="function"),
        Field("tangCao", FieldType.INT32),
        Field("heSo", FieldType.FLOAT64),
        Field("soLon", FieldType.INT64),
        Field("daXay", FieldType.BOOLEAN),
        Field("ngayKy", FieldType.DATE),
        Field("capNhat", FieldType.DATETIME),
        Field("dienTich", FieldType.FLOAT64, derived=Derived.AREA),
    ),
    tiling=True,
)
LINES = Layer(
    "QuyHoach.ChiGioiDuongDo_L",
    GeometryType.LINES,
    (Field("maDoiTuong", FieldType.TEXT, length=100), Field("tenDoiTuong", FieldType.TEXT, length=100)),
)
MARKS = Layer(
    "MocGioi.MocGioiQuyHoach_P",
    GeometryType.POINT,
    (
        Field("maDoiTuong", FieldType.TEXT, length=100),
        Field("toaDoX", FieldType.FLOAT64, derived=Derived.Y),
        Field("toaDoY", FieldType.FLOAT64, derived=Derived.X),
    ),
)
LAYERS = (LOTS, LINES, MARKS)

CATALOGUE = Catalogue(
    hub_id=IDENTITY.hub_id,
    province="Khánh Hòa",
    crs_epsg=SRS,
    crs_proj="+proj=tmerc +lat_0=0 +lon_0=108.25 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84 +units=m",
    notice_vi="",
    notice_en="",
    layers=LAYERS,
    code_lists={},
    communes=(Commune("22504", "Đại Lãnh", "xã"), Commune("22516", "Vạn Thắng", "xã")),
    plans=(
        Plan(PLAN, "A", "Quy hoạch A", "commune", "general", "approved", communes=("22504",)),
        Plan(OTHER_PLAN, "B", "Quy hoạch B", "commune", "general", "approved", communes=("22516",)),
    ),
    rule_pack={},
)

_TYPES = {
    FieldType.INT16: "SMALLINT",
    FieldType.INT32: "MEDIUMINT",
    FieldType.INT64: "INTEGER",
    FieldType.FLOAT32: "REAL",
    FieldType.FLOAT64: "REAL",
    FieldType.BOOLEAN: "BOOLEAN",
    FieldType.DATE: "DATE",
    FieldType.DATETIME: "DATETIME",
}
_BASE = """
PRAGMA application_id = 0x47504B47;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT,
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, min_y DOUBLE, max_x DOUBLE,
    max_y DOUBLE, srs_id INTEGER);
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));
INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined Cartesian', -1, 'NONE', -1, 'undefined', NULL),
    ('Undefined geographic', 0, 'NONE', 0, 'undefined', NULL),
    ('VN-2000 / Khanh Hoa', 9217, 'EPSG', 9217, 'PROJCS["VN-2000 / TM-3 108-15",GEOGCS["VN-2000",DATUM["Vietnam_2000",
SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],
PROJECTION["Transverse_Mercator"],
PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",108.25],PARAMETER["scale_factor",0.9999],
PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1],AUTHORITY["EPSG","9217"]]', NULL);
"""


def key_of(number: int) -> str:
    """The key of the lot number ``number``: always the same."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"feature:{number}"))


def square(x: float, y: float, size: float = 100.0) -> bytes:
    """A stored multipolygon."""
    return bytes(shapely.to_wkb(shapely.MultiPolygon([shapely.box(x, y, x + size, y + size)]), output_dimension=2, byte_order=1))


def lot(number: int, **values: Value) -> Values:
    """A whole row of `LOTS`: lot ``number`` of a grid of 100 m squares, 100 in a row."""
    shape = square(600_000.0 + 100.0 * (number % 100), 1_400_000.0 + 100.0 * (number // 100))
    return recomputed(LOTS, {**dict.fromkeys(LOTS.by_name), **system(number), "geom": shape, "kyHieuLoDat": f"L{number}", **values})


def system(number: int) -> dict[str, Value]:
    birth = str(uuid.uuid5(uuid.NAMESPACE_URL, f"birth:{number}"))
    return {"birth": birth, "plan": PLAN, "visibility": 0}


def lots(count: int) -> dict[str, Values]:
    return {key: dict(row) for key, row in _lots(count).items()}


@functools.cache
def _lots(count: int) -> Rows:
    return {key_of(number): lot(number) for number in range(count)}


def line(number: int, **values: Value) -> Values:
    shape = shapely.to_wkb(shapely.MultiLineString([[(600_000, 1_400_000 + number), (600_500, 1_400_000 + number)]]), byte_order=1)
    return {**dict.fromkeys(LINES.by_name), **system(number), "geom": bytes(shape), "maDoiTuong": f"D{number}", **values}


def mark(number: int, **values: Value) -> Values:
    shape = bytes(shapely.to_wkb(shapely.Point(600_000.0 + number, 1_400_000.5), byte_order=1))
    return recomputed(MARKS, {**dict.fromkeys(MARKS.by_name), **system(number), "geom": shape, **values})


def make_snapshot(path: Path, rows: Mapping[str, Rows], layers: Iterable[Layer] = LAYERS) -> Path:
    """A plain GeoPackage with ``rows`` by layer id: no R-tree, no triggers."""
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA synchronous=OFF;" + _BASE)
    for layer in layers:
        make_table(connection, layer)
        names = ["geom", "key", *(field.name for field in layer.fields)]
        marks = ", ".join("?" * len(names))
        quoted = ", ".join(f'"{name}"' for name in names)
        of_layer = rows.get(layer.id, {})
        values = ([blob_of(row["geom"], SRS), key, *(row[name] for name in names[2:])] for key, row in of_layer.items())
        connection.executemany(f'INSERT INTO "{layer.table}" ({quoted}) VALUES ({marks})', values)
    make_communes(connection)
    connection.commit()
    connection.close()
    return path


def make_table(connection: sqlite3.Connection, layer: Layer) -> None:
    columns = ", ".join(f'"{f.name}" {_TYPES.get(f.type) or (f"TEXT({f.length})" if f.length else "TEXT")}' for f in layer.fields)
    kind = layer.geometry.value.upper()
    connection.execute(
        f'CREATE TABLE "{layer.table}" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {kind}, key TEXT, {columns})'
    )
    register(connection, layer.table, kind)


def register(connection: sqlite3.Connection, table: str, kind: str) -> None:
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES (?, 'features', ?, ?)", (table, table, SRS)
    )
    connection.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)", (table, kind, SRS))


def make_communes(connection: sqlite3.Connection) -> None:
    """22504 from 600 000 to 610 000 east, 22516 east of it."""
    connection.execute(
        "CREATE TABLE planning_ref_commune (fid INTEGER PRIMARY KEY, geom MULTIPOLYGON, code TEXT, name TEXT, kind TEXT)"
    )
    register(connection, "planning_ref_commune", "MULTIPOLYGON")
    for code, name, x in (("22504", "Đại Lãnh", 600_000), ("22516", "Vạn Thắng", 610_000)):
        shape = bytes(shapely.to_wkb(shapely.MultiPolygon([shapely.box(x, 1_400_000, x + 10_000, 1_500_000)]), byte_order=1))
        connection.execute(
            "INSERT INTO planning_ref_commune (geom, code, name, kind) VALUES (?, ?, ?, 'xã')", (blob_of(shape, SRS), code, name)
        )


def make_large_snapshot(path: Path, count: int) -> Path:
    """``count`` lots, made fast."""
    make_snapshot(path, {})
    number = np.arange(count)
    x, y = 600_000.0 + 100.0 * (number % 1000), 1_400_000.0 + 100.0 * (number // 1000)
    shapes = shapely.to_wkb(shapely.multipolygons(shapely.box(x, y, x + 100, y + 100)[:, None]), byte_order=1)
    heads = zip(x.tolist(), y.tolist(), shapes)
    rows = (
        (
            struct.pack("<2sBBi4d", b"GP", 0, 3, SRS, a, a + 100, b, b + 100) + shape,
            str(uuid.UUID(int=n)),
            str(uuid.UUID(int=n)),
            PLAN,
            f"L{n}",
            10_000.0,
        )
        for n, (a, b, shape) in enumerate(heads)
    )
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous=OFF")
    columns = "geom, key, birth, plan, kyHieuLoDat, dienTich"
    connection.executemany(f'INSERT INTO "{LOTS.table}" ({columns}) VALUES (?, ?, ?, ?, ?, ?)', rows)
    connection.commit()
    connection.close()
    return path


def make_working_copy(folder: Path, rows: Optional[Mapping[str, Rows]] = None, name: str = "22504.gpkg") -> WorkingCopy:
    """A working copy of ten lots, or of ``rows``, at `START`."""
    if rows is None:
        for made in (_ten_lots(), retained_snapshot(_ten_lots())):
            shutil.copyfile(made, folder / made.name.replace("22504.gpkg", name))
        return hasty(WorkingCopy.open(folder / name))
    return _created(folder, rows, name)


@functools.cache
def _ten_lots() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="planning-"))
    atexit.register(shutil.rmtree, folder)
    _created(folder, {LOTS.id: lots(10)}, "22504.gpkg").close()
    return folder / "22504.gpkg"


def _created(folder: Path, rows: Mapping[str, Rows], name: str) -> WorkingCopy:
    snapshot = make_snapshot(folder / f"{name}.snapshot", rows)
    made = WorkingCopy.create(folder / name, snapshot, IDENTITY, CATALOGUE, START)
    snapshot.unlink()
    return hasty(made)


def hasty(copy: WorkingCopy) -> WorkingCopy:
    """Nobody pulls the plug in a test; a killed process loses nothing by it."""
    copy._database.connection.execute("PRAGMA synchronous=OFF")
    return copy
