"""The change log is right whatever SQL is thrown at a layer table, and by whatever program."""

from __future__ import annotations

import json
import subprocess
import uuid

import psycopg
import pytest
import shapely
from psycopg import IsolationLevel

from province_hub.layer_tables import layers
from province_hub.revisions import latest
from tests.hub import tiny
from tests.hub.edits import FIRST, LOTS, SECOND, Open, insert, log, rename, revisions, run, told

pytestmark = pytest.mark.usefixtures("whole_log")


class TestWhatIsLogged:
    def test_an_insert_is_logged_as_a_whole_row(self, conn) -> None:
        key = insert(conn, "Lô mới")
        conn.commit()
        (entry,) = log(conn)
        assert (str(entry["key"]), entry["layer"], entry["old"], entry["old_geom"]) == (key, tiny.LOTS, None, None)
        assert entry["new"].keys() == {f.name for f in layers(conn)[tiny.LOTS].fields}
        assert entry["new_geom"] == run(conn, "SELECT geom FROM LOTS WHERE key = %s", (key,)).fetchone()["geom"]

    def test_an_update_is_logged_with_both_rows(self, conn) -> None:
        rename(conn, FIRST, "A")
        conn.commit()
        (entry,) = log(conn)
        assert told(entry) == ("Lô đất", "A")
        assert entry["old"]["kyHieuLoDat"] == entry["new"]["kyHieuLoDat"] == "A1"
        assert entry["old_geom"] == entry["new_geom"]

    def test_a_delete_is_logged_as_a_whole_row(self, conn) -> None:
        run(conn, "DELETE FROM LOTS WHERE key = %s", (FIRST,))
        conn.commit()
        (entry,) = log(conn)
        assert told(entry) == ("Lô đất", None)
        assert entry["old_geom"] is not None
        assert entry["new_geom"] is None

    def test_a_statement_over_many_rows_logs_each(self, conn) -> None:
        run(conn, """UPDATE LOTS SET "ghiChu" = "kyHieuLoDat" WHERE "kyHieuLoDat" LIKE 'A%'""")
        conn.commit()
        assert len(log(conn)) == 20
        assert {entry["number"] for entry in log(conn)} == {2}

    @pytest.mark.parametrize(
        "statement",
        [
            'UPDATE LOTS SET "tenDoiTuong" = "tenDoiTuong", geom = geom',
            "UPDATE LOTS SET geom = ST_GeomFromWKB(ST_AsBinary(geom), 9217)",
            "UPDATE LOTS SET visibility = 1 WHERE false",
            "DELETE FROM LOTS WHERE false",
            "INSERT INTO LOTS SELECT * FROM LOTS WHERE false",
            "INSERT INTO LOTS SELECT * FROM LOTS ON CONFLICT DO NOTHING",
        ],
    )
    def test_what_changes_nothing_takes_no_number(self, conn, statement: str) -> None:
        run(conn, statement)
        conn.commit()
        assert revisions(conn) == log(conn) == []
        assert conn.execute("SELECT last_value FROM hub.revision_number").fetchone()["last_value"] == 1

    def test_only_rows_that_differ_are_logged(self, conn) -> None:
        run(conn, """UPDATE LOTS SET "tenDoiTuong" = CASE WHEN key = %s THEN 'A' ELSE "tenDoiTuong" END""", (FIRST,))
        conn.commit()
        assert [told(entry) for entry in log(conn)] == [("Lô đất", "A")]

    def test_null_and_empty_text_differ(self, conn) -> None:
        run(conn, """UPDATE LOTS SET "ghiChu" = '' WHERE key = %s""", (FIRST,))
        conn.commit()
        (entry,) = log(conn)
        assert (entry["old"]["ghiChu"], entry["new"]["ghiChu"]) == (None, "")

    def test_upsert_logs_the_insert_and_the_update(self, conn) -> None:
        new = str(uuid.uuid4())
        run(
            conn,
            """INSERT INTO LOTS (key, plan, "tenDoiTuong", geom)
               SELECT k, plan, 'U', geom FROM LOTS, unnest(ARRAY[%s, %s]::uuid[]) k WHERE key = %s
               ON CONFLICT (key) DO UPDATE SET "tenDoiTuong" = excluded."tenDoiTuong" """,
            (FIRST, new, FIRST),
        )
        conn.commit()
        assert {(str(e["key"]), told(e)) for e in log(conn)} == {(FIRST, ("Lô đất", "U")), (new, (None, "U"))}

    def test_merge_logs_all_three_kinds(self, conn) -> None:
        new = str(uuid.uuid4())
        run(
            conn,
            """MERGE INTO LOTS t USING unnest(ARRAY[%s, %s, %s]::uuid[]) s (key) ON t.key = s.key
               WHEN MATCHED AND t.key = %s THEN DELETE
               WHEN MATCHED THEN UPDATE SET "tenDoiTuong" = 'M'
               WHEN NOT MATCHED THEN INSERT (key, plan, "tenDoiTuong") VALUES (s.key, %s, 'N')""",
            (FIRST, SECOND, new, SECOND, tiny.plan_key("PLAN-22504")),
        )
        conn.commit()
        found = {(str(e["key"]), told(e)) for e in log(conn)}
        assert found == {(FIRST, ("Lô đất", "M")), (SECOND, ("Lô đất", None)), (new, (None, "N"))}
        assert len(revisions(conn)) == 1

    def test_a_changing_with_query_is_logged(self, conn) -> None:
        run(
            conn,
            """WITH gone AS (DELETE FROM LOTS WHERE key = %s RETURNING plan)
               UPDATE LOTS SET "tenDoiTuong" = 'W' FROM gone WHERE key = %s""",
            (FIRST, SECOND),
        )
        conn.commit()
        assert {told(e) for e in log(conn)} == {("Lô đất", None), ("Lô đất", "W")}

    def test_copy_is_logged(self, conn) -> None:
        with conn.cursor().copy(f'COPY {LOTS} (plan, "tenDoiTuong") FROM STDIN') as copy:
            for name in ("C1", "C2"):
                copy.write_row((tiny.plan_key("PLAN-22504"), name))
        conn.commit()
        assert [told(e) for e in log(conn)] == [(None, "C1"), (None, "C2")]

    def test_truncate_is_logged_before_it_happens(self, conn) -> None:
        run(conn, "TRUNCATE LOTS")
        conn.commit()
        assert len(log(conn)) == 200
        assert all(entry["new"] is None and entry["old_geom"] for entry in log(conn))

    def test_truncate_under_an_older_snapshot_is_refused(self, conn, connect: Open) -> None:
        conn.isolation_level = IsolationLevel.REPEATABLE_READ
        latest(conn)
        other = connect()
        insert(other, "unseen")
        other.commit()
        with pytest.raises(psycopg.errors.ActiveSqlTransaction, match="READ COMMITTED"):
            run(conn, "TRUNCATE LOTS")

    def test_writes_of_a_replica_session_are_logged(self, conn) -> None:
        conn.execute("SET session_replication_role = replica")
        rename(conn, FIRST, "R")
        insert(conn, "I")
        run(conn, "DELETE FROM LOTS WHERE key = %s", (SECOND,))
        conn.commit()
        assert [told(e) for e in log(conn)] == [("Lô đất", "R"), (None, "I"), ("Lô đất", None)]
        assert len(revisions(conn)) == 1
        run(conn, "TRUNCATE LOTS")
        conn.commit()
        assert len(revisions(conn)) == 2

    def test_an_added_column_is_logged_too(self, conn) -> None:
        run(conn, """ALTER TABLE LOTS ADD COLUMN "Ghi thêm" text""")
        run(conn, """UPDATE LOTS SET "Ghi thêm" = 'x' WHERE key = %s""", (FIRST,))
        conn.commit()
        (entry,) = log(conn)
        assert (entry["old"]["Ghi thêm"], entry["new"]["Ghi thêm"]) == (None, "x")

    def test_a_dropped_column_is_left_out(self, conn) -> None:
        run(conn, 'ALTER TABLE LOTS DROP COLUMN "danSo"')
        rename(conn, FIRST, "A")
        conn.commit()
        assert "danSo" not in log(conn)[0]["new"]

    def test_values_are_logged_exactly_whatever_the_session_shows(self, conn) -> None:
        conn.execute("SET timezone = 'Asia/Ho_Chi_Minh'; SET extra_float_digits = -5; SET datestyle = 'SQL, DMY'")
        area = 10000.123456789012
        run(conn, 'UPDATE LOTS SET "dienTich" = %s, valid_from = %s WHERE key = %s', (area, "2025-03-04", FIRST))
        conn.execute(
            """INSERT INTO "QuyHoach"."RanhGioiQuyHoach_A" (plan, "ngayQDQH") VALUES (%s, '2025-01-01 00:00:00.123456+07')""",
            (tiny.plan_key("PLAN-22504"),),
        )
        conn.commit()
        lot, boundary = log(conn)
        assert (lot["new"]["dienTich"], lot["new"]["valid_from"]) == (area, "2025-03-04")
        assert boundary["new"]["ngayQDQH"] == "2024-12-31T17:00:00.123456+00:00"

    def test_what_other_programs_append_and_edit_is_logged(self, conninfo: str, conn, tmp_path) -> None:
        """GDAL, as QGIS and scripts use it."""
        lot = shapely.box(600_000, 1_402_000, 600_100, 1_402_100)
        feature = {"type": "Feature", "geometry": shapely.geometry.mapping(lot)}
        feature["properties"] = {"plan": tiny.plan_key("PLAN-22504"), "tenDoiTuong": "GDAL"}
        file = tmp_path / "lots.geojson"
        file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
        target = f"PG:{conninfo}"
        options = ["-append", "-nln", tiny.LOTS, "-nlt", "PROMOTE_TO_MULTI", "-a_srs", "EPSG:9217"]
        subprocess.run(["ogr2ogr", *options, target, str(file)], check=True)
        edit = f"""UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "ghiChu" = 'edited' WHERE key = '{FIRST}'"""
        subprocess.run(["ogrinfo", "-q", target, "-sql", edit], check=True, stdout=subprocess.DEVNULL)
        inserted, edited = log(conn)
        assert told(inserted) == (None, "GDAL")
        assert (edited["old"]["ghiChu"], edited["new"]["ghiChu"]) == (None, "edited")


class TestKeys:
    @pytest.mark.parametrize("column", ["key", "birth"])
    def test_an_update_of_a_key_is_refused(self, conn, column: str) -> None:
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="for ever"):
            run(conn, f"UPDATE LOTS SET {column} = gen_random_uuid() WHERE key = %s", (FIRST,))

    def test_also_in_a_replica_session(self, conn) -> None:
        conn.execute("SET session_replication_role = replica")
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="for ever"):
            run(conn, "UPDATE LOTS SET key = gen_random_uuid() WHERE key = %s", (FIRST,))

    def test_a_trigger_that_changes_keys_behind_ours_is_still_logged_truly(self, conn) -> None:
        conn.execute(
            "CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN NEW.key := 'aaaaaaaa-0000-4000-8000-000000000000'; RETURN NEW; END $$"
        )
        run(conn, "CREATE TRIGGER zzz BEFORE UPDATE ON LOTS FOR EACH ROW EXECUTE FUNCTION meddle()")
        rename(conn, FIRST, "A")
        conn.commit()
        assert {told(e) for e in log(conn)} == {("Lô đất", None), (None, "A")}

    def test_log_and_revisions_are_only_ever_added_to(self, conn) -> None:
        for table in ("change_log", "revision", "transaction", "audit"):
            for statement in (f"DELETE FROM hub.{table}", f"TRUNCATE hub.{table} CASCADE"):
                with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="only ever added"):
                    conn.execute(statement.encode())
                conn.rollback()
