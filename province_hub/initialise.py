"""A hub from nothing: schema, settings, the first layers and the code lists. Doing it again changes nothing."""

from __future__ import annotations

import csv
import uuid
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import DictRow, dict_row
from psycopg.types.json import Jsonb

from commune_planning_plugin.core.errors import InvalidData
from province_hub import migrations, standard
from province_hub.database import HubConnection
from province_hub.layer_tables import create_layer

_PROVINCES = Path(__file__).parent / "data" / "province_ktt_2025.csv"
_TRANSFORMATION = "-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278"

RULE_PACK = {"version": "2025.1", "overlap_tolerance_m2": 0.5, "gap_tolerance_m2": 0.5}


def initialise(conninfo: str, province: str = "56") -> None:
    """``province`` is the national two-digit code (56: Khánh Hòa); it settles the coordinate system, once and for all.

    Raises ``InvalidData``: ``province.unknown``, ``province.another`` where the database is another province's.
    """
    chosen = _province(province)
    migrations.upgrade(conninfo, int(chosen["epsg"]))
    with psycopg.connect(conninfo, row_factory=dict_row) as conn:
        _settings(conn, chosen)
        _code_lists(conn)
        for layer_id in standard.FIRST_LAYERS:
            create_layer(conn, standard.layer(layer_id))


def bring_up_to_date(conninfo: str) -> None:
    """Take the steps of the schema that a database from an older version lacks.

    Raises ``psycopg.errors.UndefinedTable`` where there is no hub.
    """
    with psycopg.connect(conninfo, row_factory=dict_row) as conn:
        row = conn.execute("SELECT (value #>> '{}')::int AS epsg FROM hub.setting WHERE name = 'crs_epsg'").fetchone()
    if row is not None:
        migrations.upgrade(conninfo, row["epsg"])


def _province(code: str) -> dict[str, str]:
    with _PROVINCES.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["province_code"] == code:
                return row
    raise InvalidData("province.unknown", province=code)


def _settings(conn: psycopg.Connection[DictRow], province: dict[str, str]) -> None:
    values: dict[str, Any] = {
        "hub_id": str(uuid.uuid4()),
        "province": province["name"],
        "province_code": province["province_code"],
        "crs_epsg": int(province["epsg"]),
        "crs_proj": f"+proj=tmerc +lat_0=0 +lon_0={float(province['lon_0']):g} +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84"
        f" +towgs84={_TRANSFORMATION} +units=m +no_defs",
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
    kept = conn.execute("SELECT value FROM hub.setting WHERE name = 'province_code'").fetchone()
    if kept is None or kept["value"] != province["province_code"]:
        raise InvalidData("province.another", province=kept and kept["value"])


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
