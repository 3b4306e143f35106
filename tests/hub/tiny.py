"""A province of two square communes, small enough to know by heart.

22504 is the square from (600000, 1400000) to (601000, 1401000), 22516 the one to its east. Each has a plan of its own, over it and
the sea to its north, and 10 × 10 land-use lots of 100 m; the plan ``crossing`` lies over the common border and has one road in it.
Keys are computed from names.
"""

from __future__ import annotations

import uuid

import shapely
from psycopg.conninfo import make_conninfo

from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.core.merge import recomputed
from commune_planning_plugin.core.schema import GEOMETRY, Layer, Value, Values
from commune_planning_plugin.core.workflow import Role
from province_hub import accounts
from province_hub.database import HubConnection
from province_hub.layer_tables import layers, write_rows

LOTS = "QuyHoach.ChucNangSuDungDat_A"
ROADS = "QuyHoach.MangLuoiGiaoThongDuongBo_L"
WORKS = "QuyHoach.ChucNangCongTrinh_P"
COMMUNES = {"22504": ("Đại Lãnh", 600_000), "22516": ("Vạn Thắng", 601_000)}
SOUTH, SIDE, LOT = 1_400_000, 1_000, 100
PASSWORD = "Quy-hoach-2026"
ACCOUNTS = (
    ("dailanh.kt", "Nguyễn Thị Hạnh", ((Role.TECHNICIAN, "22504"),), False),
    ("dailanh.ct", "Trần Văn Bình", ((Role.HEAD, "22504"),), False),
    ("vanthang.kt", "Lê Minh Tâm", ((Role.TECHNICIAN, "22516"),), False),
    ("vanthang.ct", "Đỗ Thị Lan", ((Role.HEAD, "22516"),), False),
    ("soxd.tham", "Phạm Thu Thủy", ((Role.REVIEWER, None),), True),
    ("soxd.duyet", "Võ Quốc Hưng", ((Role.APPROVER, None), (Role.REVIEWER, None)), True),
    ("quantri", "Hồ Đức Anh", ((Role.ADMINISTRATOR, None),), False),
    ("giamsat", "Mai Thị Ngọc", ((Role.OBSERVER, None),), False),
)


def as_application(conninfo: str) -> str:
    """``conninfo`` with the role that the hub serves under in tests."""
    return make_conninfo(conninfo, user="hub_in_tests")


def plan_key(code: str) -> str:
    """Of ``PLAN-22504``, ``PLAN-22516`` and ``PLAN-CROSSING``."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"plan:{code}"))


def lot_key(commune: str, column: int, row: int) -> str:
    """Columns count from the west, rows from the south, from 0 to 9."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"lot:{commune}:{column}:{row}"))


def square(west: float, south: float, side: float = LOT) -> bytes:
    box = shapely.box(west, south, west + side, south + side)
    return geometry.written(shapely.MultiPolygon([box]))


def with_sea(west: float) -> bytes:
    """A commune's square and 3 km of sea to the north of it: where a plan has room for new lots."""
    return geometry.written(shapely.MultiPolygon([shapely.box(west, SOUTH, west + SIDE, SOUTH + 4 * SIDE)]))


def row_of(layer: Layer, commune: str, key: str, shape: bytes, **values: Value) -> Values:
    """A whole row of ``layer``, derived attributes computed."""
    row: dict[str, Value] = {field.name: None for field in layer.fields}
    row |= {
        "birth": str(uuid.uuid5(uuid.NAMESPACE_URL, f"birth:{key}")),
        "plan": plan_key(f"PLAN-{commune}"),
        "visibility": 0,
        "maThongTinQH": "562512012345",
        "maHoSoQH": f"56QHC{commune}",
        "maDoiTuong": f"56QHC{commune}-{layer.name}-{key[:8]}",
        "tenDoiTuong": "Lô đất",
        "phanLoai": "Quy hoạch",
        GEOMETRY: shape,
    }
    return recomputed(layer, {**row, **values})


def lot(layer: Layer, commune: str, column: int, row: int) -> Values:
    """The lot as it is loaded."""
    shape = square(COMMUNES[commune][1] + column * LOT, SOUTH + row * LOT)
    function = ("O_Nhomnhao", "CayxanhCC", "NN_Nongnghiep")[(column + row) % 3]
    return row_of(
        layer,
        commune,
        lot_key(commune, column, row),
        shape,
        chucNangSuDungDatMuc1="Khac" if function.startswith("NN") else "DanDung",
        chucNangSuDungDatMuc2=function,
        kyHieuLoDat=f"{chr(65 + column)}{row + 1}",
        trangThaiQuyHoach="QHDH",
    )


def load(conn: HubConnection) -> None:
    """Communes, plans, lots, a road and the accounts, in the caller's transaction."""
    for code, (name, west) in COMMUNES.items():
        _commune(conn, code, name, west)
        _plan(conn, f"PLAN-{code}", f"Quy hoạch chung xã {name}", with_sea(west), (code,))
    _plan(conn, "PLAN-CROSSING", "Quy hoạch phân khu giáp ranh", square(600_900, SOUTH + 400, 200), tuple(COMMUNES))
    schema = layers(conn)
    lots = schema[LOTS]
    for code in COMMUNES:
        places = [(column, row) for column in range(10) for row in range(10)]
        write_rows(conn, lots, [Change(LOTS, lot_key(code, c, r), None, lot(lots, code, c, r)) for c, r in places])
    _road(conn, schema[ROADS])
    for name, full_name, roles, cleared in ACCOUNTS:
        accounts.add(conn, name, full_name, PASSWORD, roles, cleared)


def _commune(conn: HubConnection, code: str, name: str, west: int) -> None:
    conn.execute(
        "INSERT INTO hub.commune (code, name, kind, geom, area, area_km2_official)"
        " SELECT %s, %s, 'xã', shape, ST_Multi(ST_Buffer(shape, 200, 'join=mitre')), 1"
        " FROM ST_GeomFromWKB(%s, 9217) shape",
        (code, name, square(west, SOUTH, SIDE)),
    )
    conn.execute(
        "INSERT INTO hub.commune_part SELECT code, (ST_Dump(ST_Subdivide(area))).geom FROM hub.commune WHERE code = %s", (code,)
    )


def _plan(conn: HubConnection, code: str, name: str, shape: bytes, communes: tuple[str, ...]) -> None:
    conn.execute(
        "INSERT INTO hub.plan (key, code, name, level, kind, status, decision, decision_date, geom)"
        " VALUES (%s, %s, %s, '1', '2', 'approved', '01/QĐ-UBND', '2025-01-01', ST_GeomFromWKB(%s, 9217))",
        (plan_key(code), code, name, shape),
    )
    for commune in communes:
        conn.execute("INSERT INTO hub.plan_commune VALUES (%s, %s)", (plan_key(code), commune))


def _road(conn: HubConnection, layer: Layer) -> None:
    key = str(uuid.uuid5(uuid.NAMESPACE_URL, "road:crossing"))
    shape = geometry.written(shapely.MultiLineString([[(600_900, 1_400_500), (601_100, 1_400_500)]]))
    row = row_of(layer, "CROSSING", key, shape, maHoSoQH="56QPK0010001", tenDoiTuong="Đường liên xã", tenDuong="Đường số 1")
    write_rows(conn, layer, [Change(layer.id, key, None, row)])
