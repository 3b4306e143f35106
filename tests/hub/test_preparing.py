"""What the hub makes of a row before it is stored: shapes on the grid, text in one form, nothing that no desk could hold."""

from __future__ import annotations

import random

import psycopg
import pytest
import shapely
from psycopg import sql

from commune_planning_plugin.core import geometry
from province_hub.layer_tables import layers, read_rows
from tests.hub import tiny
from tests.hub.edits import FIRST, insert, log, run

pytestmark = pytest.mark.usefixtures("whole_log")


class TestPreparing:
    def test_the_grid_is_the_same_in_sql_and_in_python(self, conn) -> None:
        dice = random.Random(2025)
        points = [(dice.uniform(-1e6, 1e6), dice.uniform(-2e6, 2e6)) for _ in range(3_000)]
        points += [(dice.randint(-(10**10), 10**10) / 1e4 + half, half) for half in (0.0, 0.00005, -0.00005) for _ in range(1_000)]
        points += [(-0.0, 0.0), (-0.00001, -1e-300), (0.00005, -0.00015), (600000.00005, 1400000.12345), (1e9 + 0.1, -1e-12)]
        row = conn.execute(
            "SELECT ST_AsBinary(hub.snap(ST_GeomFromWKB(%s, 9217)), 'NDR') AS wkb", (shapely.to_wkb(shapely.MultiPoint(points)),)
        ).fetchone()
        ours = shapely.get_coordinates(geometry.snapped(shapely.MultiPoint(points)))
        assert shapely.get_coordinates(shapely.from_wkb(row["wkb"])).tobytes() == ours.tobytes()

    def test_what_is_on_the_grid_stays_as_it_is(self, conn) -> None:
        dice = random.Random(7)
        points = [(dice.randint(5 * 10**9, 7 * 10**9) / 1e4, dice.randint(10**10, 2 * 10**10) / 1e4) for _ in range(2_000)]
        wkb = geometry.written(shapely.MultiPoint(points))
        row = conn.execute("SELECT ST_AsBinary(hub.snap(ST_GeomFromWKB(%s, 9217)), 'NDR') AS wkb", (wkb,)).fetchone()
        assert row["wkb"] == wkb

    def test_inserted_and_updated_shapes_land_on_the_grid(self, conn) -> None:
        key = insert(conn, "I", west=600_000.000049)
        run(conn, "UPDATE LOTS SET geom = ST_Translate(geom, 0.33333333, 0) WHERE key = %s", (FIRST,))
        conn.commit()
        rows = read_rows(conn, layers(conn)[tiny.LOTS], sql.SQL("l.key = ANY(%s::uuid[])"), ([key, FIRST],))
        assert geometry.bounds(rows[key]["geom"])[0] == 600_000.0
        assert geometry.bounds(rows[FIRST]["geom"])[0] == 600_000.3333

    def test_a_shift_below_the_grid_is_no_change(self, conn) -> None:
        run(conn, "UPDATE LOTS SET geom = ST_Translate(geom, 0.00001, 0) WHERE key = %s", (FIRST,))
        conn.commit()
        assert log(conn) == []

    def test_a_program_that_writes_null_for_what_it_does_not_know_gets_the_defaults(self, conn) -> None:
        run(conn, "INSERT INTO LOTS (key, birth, visibility, plan) VALUES (NULL, NULL, NULL, %s)", (tiny.plan_key("PLAN-22504"),))
        conn.commit()
        (entry,) = log(conn)
        assert entry["key"]
        assert entry["new"]["birth"]
        assert entry["new"]["visibility"] == 0

    def test_text_is_kept_in_one_form(self, conn) -> None:
        run(conn, 'UPDATE LOTS SET "tenDoiTuong" = %s, "ghiChu" = %s WHERE key = %s', ("Đa\u0323i La\u0303nh", "plain", FIRST))
        conn.commit()
        row = run(conn, "SELECT * FROM LOTS WHERE key = %s", (FIRST,)).fetchone()
        assert (row["tenDoiTuong"], row["ghiChu"], row["kyHieuLoDat"]) == ("Đại Lãnh", "plain", "A1")
        assert row["geom"] == log(conn)[0]["old_geom"]

    @pytest.mark.parametrize(
        ("statement", "error"),
        [
            ("UPDATE LOTS SET geom = 'SRID=9217;POLYGON EMPTY'::geometry", psycopg.DataError),
            ("UPDATE LOTS SET geom = 'SRID=9217;MULTIPOLYGON EMPTY'::geometry", psycopg.errors.CheckViolation),
            ("UPDATE LOTS SET geom = ST_SetSRID(geom, 4326)", psycopg.DataError),
            ("UPDATE LOTS SET geom = ST_Force3D(geom)", psycopg.DataError),
            ("""UPDATE LOTS SET "maHoSoQH" = repeat('x', 16)""", psycopg.errors.CheckViolation),
            ("""UPDATE LOTS SET "dienTich" = 'NaN'""", psycopg.errors.CheckViolation),
            ("""UPDATE LOTS SET "dienTich" = '-Infinity'""", psycopg.errors.CheckViolation),
            ("UPDATE LOTS SET valid_from = 'infinity'", psycopg.errors.CheckViolation),
            ("UPDATE LOTS SET valid_from = '2025-02-01', valid_to = '2025-01-01'", psycopg.errors.CheckViolation),
            ("UPDATE LOTS SET plan = gen_random_uuid()", psycopg.errors.ForeignKeyViolation),
            ("UPDATE LOTS SET visibility = 3", psycopg.errors.CheckViolation),
        ],
    )
    def test_what_no_desk_could_hold_is_refused(self, conn, statement: str, error: type[Exception]) -> None:
        with pytest.raises(error):
            run(conn, statement)
