"""A hub from nothing: schema, settings, the first layers and the code lists. Doing it again changes nothing."""

from __future__ import annotations

import csv
import json
import uuid
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import DictRow, dict_row
from psycopg.types.json import Jsonb

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.text import readable
from province_hub import application_role, authority, clocks, migrations, standard
from province_hub.database import HubConnection
from province_hub.layer_tables import create_layer

_DATA = Path(__file__).parent / "data"
_PROVINCES = _DATA / "province_ktt_2025.csv"
_SYSTEMS = _DATA / "vn2000_systems.csv"
_TRANSFORMATION = "-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278"

RULE_PACK = {
    "version": "2025.1",
    "overlap_tolerance_m2": 0.5,
    "gap_tolerance_m2": 0.5,
    "balance_tolerance_m2": 1.0,
    "balance_norms": json.loads((_DATA / "balance_norms.json").read_text(encoding="utf-8")),
}


@dataclass(frozen=True)
class Province:
    """``code`` is the national two-digit code; ``epsg`` and ``proj`` the coordinate system of all its data."""

    code: str
    name: str
    epsg: int
    proj: str


def initialise(
    conninfo: str, code: str | None = None, name: str | None = None, epsg: int | None = None, application: str | None = None
) -> Province:
    """``conninfo`` is the owner's; ``application`` what the hub will serve under, where that is another role.

    What isn't given is what the hub has already; for a new one Khánh Hòa, its own name, and the system laid down for it.

    Code and system settle once and for all. Raises ``InvalidData``: ``province.unknown``, ``province.another``,
    ``system.unknown``, ``system.another``, ``application.no_role``.
    """
    there = _existing(conninfo)
    province = _chosen(there, code, name, epsg)
    migrations.upgrade(conninfo, province.epsg)
    with psycopg.connect(conninfo, row_factory=dict_row) as conn:
        _settings(conn, province)
        if name is not None:
            conn.execute("UPDATE hub.setting SET value = %s WHERE name = 'province'", (Jsonb(province.name),))
        _code_lists(conn)
        authority.begin(conn)
        clocks.begin(conn)
        for layer_id in standard.FIRST_LAYERS:
            create_layer(conn, standard.layer(layer_id))
        application_role.follow(conn)
        if application is not None:
            application_role.settle(conn, application)
    return province


def _existing(conninfo: str) -> Province | None:
    with psycopg.connect(conninfo, row_factory=dict_row) as conn:
        if conn.execute("SELECT to_regclass('hub.setting')::text AS there").fetchall() == [{"there": None}]:
            return None
        setting = {row["name"]: row["value"] for row in conn.execute("SELECT name, value FROM hub.setting")}
    if "province_code" not in setting:
        return None
    return Province(setting["province_code"], setting["province"], setting["crs_epsg"], setting["crs_proj"])


def _chosen(there: Province | None, code: str | None, name: str | None, epsg: int | None) -> Province:
    if there is not None:
        if code not in (None, there.code):
            raise InvalidData("province.another", province=there.code)
        if epsg not in (None, there.epsg):
            raise InvalidData("system.another", epsg=there.epsg)
        return replace(there, name=readable(name)) if name else there
    known = _row(_PROVINCES, "province_code", code or "56")
    if known is None:
        raise InvalidData("province.unknown", province=code)
    system = _row(_SYSTEMS, "epsg", str(epsg or known["epsg"]))
    if system is None:
        raise InvalidData("system.unknown", epsg=epsg, choices=", ".join(row["epsg"] for row in _rows(_SYSTEMS)))
    proj = (
        f"+proj=tmerc +lat_0=0 +lon_0={float(system['lon_0']):g} +k={system['k']} +x_0=500000 +y_0=0 +ellps=WGS84"
        f" +towgs84={_TRANSFORMATION} +units=m +no_defs"
    )
    return Province(known["province_code"], readable(name or known["name"]), int(system["epsg"]), proj)


def bring_up_to_date(conninfo: str) -> None:
    """Take the steps of the schema that a database from an older version lacks; where there are any, ``conninfo`` is the owner's.

    Raises ``psycopg.errors.UndefinedTable`` where there is no hub, ``InsufficientPrivilege`` to who isn't the owner.
    """
    with psycopg.connect(conninfo, row_factory=dict_row) as conn:
        row = conn.execute("SELECT (value #>> '{}')::int AS epsg FROM hub.setting WHERE name = 'crs_epsg'").fetchone()
        version = conn.execute("SELECT version_num FROM hub.schema_version").fetchone()
    if row is None or version == {"version_num": migrations.newest()}:
        return
    migrations.upgrade(conninfo, row["epsg"])
    with psycopg.connect(conninfo, row_factory=dict_row) as conn:
        application_role.follow(conn)


def _rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _row(table: Path, column: str, value: str) -> dict[str, str] | None:
    return next((row for row in _rows(table) if row[column] == value), None)


def _settings(conn: psycopg.Connection[DictRow], province: Province) -> None:
    values: dict[str, Any] = {
        "hub_id": str(uuid.uuid4()),
        "province": province.name,
        "province_code": province.code,
        "crs_epsg": province.epsg,
        "crs_proj": province.proj,
        "notice_vi": "",
        "notice_en": "",
        "rule_pack": RULE_PACK,
        "area_margin_m": 200,
    }
    with conn.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO hub.setting (name, value) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [(name, Jsonb(value)) for name, value in values.items()],
        )


def _code_lists(conn: HubConnection) -> None:
    """What the province has edited stays as it is; only codes that it lacks are added."""
    rows = [
        (name, code.code, position, code.title_vi, code.title_en, code.colour, code.parent)
        for name, codes in standard.code_lists().items()
        for position, code in enumerate(codes)
    ]
    with conn.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO hub.code (list, code, position, title_vi, title_en, colour, parent)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            rows,
        )
