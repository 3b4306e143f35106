"""The change log and the revisions: right whatever SQL is thrown at a layer table, and whoever throws it."""

from __future__ import annotations

import random
import subprocess
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Optional

import psycopg
import pytest
import shapely
from psycopg import IsolationLevel, sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import dict_row

from commune_planning_plugin.core import geometry
from province_hub.database import Database
from province_hub.layer_tables import layers, read_rows
from province_hub.revisions import latest
from province_hub.verify import verify
from tests.hub import tiny

LOTS = sql.SQL('"QuyHoach"."ChucNangSuDungDat_A"')
FIRST = tiny.lot_key("22504", 0, 0)
SECOND = tiny.lot_key("22504", 1, 0)
EAST = tiny.lot_key("22516", 0, 0)

Open = Callable[..., psycopg.Connection[dict[str, Any]]]


@pytest.fixture
def connect(conninfo: str) -> Iterator[Open]:
    opened = []

    def open_one(autocommit: bool = False, **parameters: Any) -> psycopg.Connection[dict[str, Any]]:
        conn = psycopg.connect(make_conninfo(conninfo, **parameters), autocommit=autocommit, row_factory=dict_row)
        opened.append(conn)
        return conn

    yield open_one
    for conn in opened:
        conn.close()


def run(conn: psycopg.Connection[dict[str, Any]], statement: str, params: Any = ()) -> psycopg.Cursor[dict[str, Any]]:
    """``statement`` with ``LOTS`` standing for the land-use layer's table."""
    return conn.execute(sql.SQL(statement.replace("LOTS", "{lots}")).format(lots=LOTS), params or None)


def rename(conn: psycopg.Connection[dict[str, Any]], key: str, name: str) -> None:
    run(conn, 'UPDATE LOTS SET "tenDoiTuong" = %s WHERE key = %s', (name, key))


def insert(conn: psycopg.Connection[dict[str, Any]], name: str, west: float = 600_000, key: Optional[str] = None) -> str:
    key = key or str(uuid.uuid4())
    run(
        conn,
        'INSERT INTO LOTS (key, plan, "tenDoiTuong", geom) VALUES (%s, %s, %s, ST_GeomFromWKB(%s, 9217))',
        (key, tiny.plan_key("PLAN-22504"), name, tiny.square(west, 1_402_000)),
    )
    return key


def revisions(conn: psycopg.Connection[dict[str, Any]]) -> list[dict[str, Any]]:
    """What came after the tiny province was loaded, in order."""
    return conn.execute("SELECT * FROM hub.revision WHERE number > 1 ORDER BY number").fetchall()


def log(conn: psycopg.Connection[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries after the tiny province was loaded, in the order of revisions."""
    return conn.execute(
        "SELECT r.number, c.* FROM hub.change_log c JOIN hub.revision r USING (transaction)"
        " WHERE r.number > 1 ORDER BY r.number, c.id"
    ).fetchall()


def told(entry: dict[str, Any]) -> tuple[Optional[str], Optional[str]]:
    """The feature's name before and after an entry."""
    return tuple(entry[side] and entry[side]["tenDoiTuong"] for side in ("old", "new"))  # type: ignore[return-value]


@pytest.fixture
def conn(connect: Open) -> psycopg.Connection[dict[str, Any]]:
    return connect()


@pytest.fixture(autouse=True)
def _log_stays_whole(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test does, afterwards the log must lead to the tables."""
    conninfo = request.getfixturevalue("conninfo")
    yield
    with psycopg.connect(conninfo, row_factory=dict_row) as conn:
        assert verify(conn) == []


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
        with conn.cursor().copy(sql.SQL('COPY {} (plan, "tenDoiTuong") FROM STDIN').format(LOTS)) as copy:
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


class TestRevisions:
    def test_one_for_each_transaction_with_who_did_it(self, database: Database) -> None:
        proposal = str(uuid.uuid4())
        with database.writing("dailanh.kt", proposal, 3) as conn:
            rename(conn, FIRST, "A")
            rename(conn, SECOND, "B")
        with database.writing("soxd.duyet") as conn:
            rename(conn, FIRST, "C")
        with database.reading() as conn:
            first, second = revisions(conn)
            assert (first["actor"], str(first["proposal"]), first["version"]) == ("dailanh.kt", proposal, 3)
            assert (second["actor"], second["proposal"], second["version"]) == ("soxd.duyet", None, None)
            assert first["database_user"] == second["database_user"] == conn.info.user
            assert [entry["number"] for entry in log(conn)] == [2, 2, 3]

    def test_a_pooled_connection_forgets_who_it_worked_for(self, conninfo: str) -> None:
        database = Database(conninfo, size=1)
        with database.writing("dailanh.kt", str(uuid.uuid4()), 1):
            pass
        with database._pool.connection() as conn:
            rename(conn, FIRST, "A")
        with database.reading() as conn:
            assert revisions(conn)[0]["actor"] == conn.info.user
        database.close()

    def test_an_aborted_transaction_leaves_nothing(self, conn) -> None:
        rename(conn, FIRST, "A")
        conn.rollback()
        assert revisions(conn) == log(conn) == conn.execute("SELECT FROM hub.transaction OFFSET 1").fetchall() == []

    def test_savepoints_that_are_rolled_back_leave_nothing(self, conn) -> None:
        conn.execute("SAVEPOINT s")
        rename(conn, FIRST, "lost")
        conn.execute("ROLLBACK TO SAVEPOINT s")
        rename(conn, SECOND, "kept")
        conn.execute("RELEASE SAVEPOINT s; SAVEPOINT s")
        rename(conn, FIRST, "lost too")
        conn.execute("ROLLBACK TO SAVEPOINT s")
        rename(conn, EAST, "kept too")
        conn.commit()
        assert [told(e)[1] for e in log(conn)] == ["kept", "kept too"]
        assert len(revisions(conn)) == 1

    def test_nothing_but_a_rolled_back_savepoint_takes_no_number(self, conn) -> None:
        conn.execute("SAVEPOINT s")
        rename(conn, FIRST, "lost")
        conn.execute("ROLLBACK TO SAVEPOINT s")
        conn.commit()
        assert revisions(conn) == []

    def test_the_first_savepoint_that_is_kept_opens_the_revision(self, conn) -> None:
        conn.execute("SAVEPOINT outer_one")
        conn.execute("SAVEPOINT inner_one")
        rename(conn, FIRST, "A")
        conn.execute("RELEASE SAVEPOINT inner_one")
        conn.execute("ROLLBACK TO SAVEPOINT outer_one")
        rename(conn, FIRST, "B")
        conn.commit()
        assert [told(e)[1] for e in log(conn)] == ["B"]

    def test_constraints_set_immediate_still_give_one_revision(self, conn) -> None:
        rename(conn, FIRST, "A")
        conn.execute("SET CONSTRAINTS ALL IMMEDIATE")
        rename(conn, SECOND, "B")
        conn.commit()
        assert [e["number"] for e in log(conn)] == [2, 2]

    @pytest.mark.parametrize("forged", ["", "not a uuid", str(uuid.uuid4()), "the last one"])
    def test_no_setting_can_join_a_change_to_another_transaction(self, conn, forged: str) -> None:
        rename(conn, FIRST, "A")
        conn.commit()
        if forged == "the last one":
            forged = str(log(conn)[0]["transaction"])
        conn.execute("SELECT set_config('hub.transaction', %s, false)", (forged,))
        rename(conn, FIRST, "B")
        conn.execute("SELECT set_config('hub.transaction', %s, true)", (forged,))
        rename(conn, SECOND, "C")
        conn.commit()
        assert [(e["number"], told(e)[1]) for e in log(conn)] == [(2, "A"), (3, "B"), (3, "C")]

    def test_an_old_transaction_of_the_same_xid_is_not_joined(self, conn) -> None:
        """As after a dump and restore, where xids begin anew."""
        conn.execute(
            "INSERT INTO hub.transaction (xid, started_at)"
            " SELECT (x::text::bigint + n)::text::xid8, now() - interval '1 year'"
            " FROM pg_current_xact_id() x, generate_series(1, 50) n"
        )
        conn.commit()
        rename(conn, FIRST, "A")
        conn.commit()
        number = log(conn)[0]["number"]
        assert number == max(r["number"] for r in revisions(conn))
        assert [told(e)[1] for e in log(conn)] == ["A"]


class TestConcurrency:
    def test_numbers_follow_commits_not_beginnings(self, connect: Open) -> None:
        slow, quick = connect(), connect()
        rename(slow, FIRST, "slow")
        rename(quick, SECOND, "quick")
        quick.commit()
        with quick.transaction():
            assert latest(quick)[0] == 2
        slow.commit()
        assert [(e["number"], told(e)[1]) for e in log(quick)] == [(2, "quick"), (3, "slow")]

    def test_a_long_transaction_holds_nobody_up(self, connect: Open) -> None:
        slow, quick = connect(), connect(options="-c lock_timeout=2s")
        rename(slow, FIRST, "slow")
        for turn in range(5):
            rename(quick, SECOND, f"quick {turn}")
            quick.commit()
        slow.commit()
        assert [told(e)[1] for e in log(quick)][-1] == "slow"

    @pytest.mark.parametrize("level", [IsolationLevel.REPEATABLE_READ, IsolationLevel.SERIALIZABLE])
    def test_writers_with_an_old_snapshot_get_the_next_number(self, connect: Open, level: IsolationLevel) -> None:
        old, other = connect(), connect()
        old.isolation_level = level
        run(old, "SELECT count(*) FROM LOTS WHERE key = %s", (FIRST,))
        for turn in range(3):
            rename(other, SECOND, f"B{turn}")
            other.commit()
        rename(old, FIRST, "A")
        old.commit()
        assert [(e["number"], told(e)[1]) for e in log(other)] == [(2, "B0"), (3, "B1"), (4, "B2"), (5, "A")]

    def test_no_number_is_ever_seen_before_a_lower_one(self, conninfo: str, connect: Open) -> None:
        """Writers in parallel, and a reader that remembers what it saw."""
        keys = [[tiny.lot_key(commune, column, 9) for column in range(5)] for commune in tiny.COMMUNES]
        writers = [threading.Thread(target=_write_many, args=(conninfo, mine, 60)) for mine in keys]
        with _watching(connect(autocommit=True)) as seen:
            for writer in writers:
                writer.start()
            for writer in writers:
                writer.join()
        assert len(seen[-1]) == 2 + 120
        for before, after in zip(seen, seen[1:]):
            assert before == [number for number in after if number <= max(before)]


def _write_many(conninfo: str, keys: list[str], times: int) -> None:
    with psycopg.connect(conninfo, row_factory=dict_row) as conn:
        for turn in range(times):
            rename(conn, keys[turn % len(keys)], f"turn {turn}")
            conn.commit()


@contextmanager
def _watching(conn: psycopg.Connection[dict[str, Any]]) -> Iterator[list[list[int]]]:
    seen: list[list[int]] = []
    stop = threading.Event()

    def look() -> None:
        while True:
            last = stop.is_set()
            rows = conn.execute("SELECT number FROM hub.revision ORDER BY number").fetchall()
            seen.append([row["number"] for row in rows])
            if last:
                return

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        stop.set()
        watcher.join()


class TestRights:
    @pytest.fixture
    def editor(self, conninfo: str, connect: Open) -> Iterator[psycopg.Connection[dict[str, Any]]]:
        """Somebody who may edit one layer and nothing else."""
        name = f"editor_{uuid.uuid4().hex[:8]}"
        role = sql.Identifier(name)
        with psycopg.connect(conninfo) as owner:
            owner.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
            owner.execute(sql.SQL('GRANT USAGE ON SCHEMA "QuyHoach" TO {}').format(role))
            owner.execute(sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON {} TO {}").format(LOTS, role))
        conn = connect(user=name)
        yield conn
        conn.close()
        with psycopg.connect(conninfo) as owner:
            owner.execute(sql.SQL("DROP OWNED BY {}").format(role))
            owner.execute(sql.SQL("DROP ROLE {}").format(role))

    def test_rights_on_a_layer_are_enough_to_edit_it(self, editor, conn) -> None:
        rename(editor, FIRST, "E\u0301")
        insert(editor, "I", west=600_000.00001)
        run(editor, "DELETE FROM LOTS WHERE key = %s", (SECOND,))
        editor.commit()
        (revision,) = revisions(conn)
        assert revision["actor"] == revision["database_user"] == editor.info.user
        assert [told(e) for e in log(conn)] == [("Lô đất", "É"), (None, "I"), ("Lô đất", None)]
        conn.commit()
        run(editor, "TRUNCATE LOTS")
        editor.commit()
        assert len(revisions(conn)) == 2

    def test_an_editor_can_not_pose_as_somebody_else(self, editor, conn) -> None:
        editor.execute("SELECT set_config('hub.actor', 'soxd.duyet', false), set_config('hub.proposal', %s, false)", (FIRST,))
        rename(editor, FIRST, "A")
        editor.commit()
        (revision,) = revisions(conn)
        assert (revision["actor"], revision["proposal"]) == (editor.info.user, None)

    @pytest.mark.parametrize(
        "statement",
        [
            "SELECT FROM hub.change_log",
            "INSERT INTO hub.revision (number, transaction, actor, database_user) VALUES (9, gen_random_uuid(), 'x', 'x')",
            "SELECT nextval('hub.revision_number')",
            "SELECT hub.open_transaction()",
        ],
    )
    def test_an_editor_has_no_way_to_the_log(self, editor, statement: str) -> None:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            editor.execute(statement.encode())

    def test_a_temporary_object_of_an_editor_is_not_used(self, editor, conn) -> None:
        editor.execute("CREATE TEMPORARY TABLE change_log (x int); CREATE TEMPORARY TABLE transaction (x int)")
        editor.execute("CREATE FUNCTION pg_temp.hashtextextended(text, bigint) RETURNS bigint LANGUAGE sql AS $$ SELECT 1 / 0 $$")
        editor.execute("SET search_path = pg_temp, public")
        rename(editor, FIRST, "A")
        editor.commit()
        assert [told(e) for e in log(conn)] == [("Lô đất", "A")]


class TestRestore:
    def test_after_dump_and_restore_numbers_go_on_and_old_checkpoints_hold(self, conninfo: str, conn, tmp_path) -> None:
        rename(conn, FIRST, "before")
        conn.commit()
        before = conn.execute("SELECT number, id FROM hub.revision ORDER BY number").fetchall()
        conn.close()
        with restored(conninfo, tmp_path) as there, psycopg.connect(there, row_factory=dict_row) as copy:
            assert copy.execute("SELECT number, id FROM hub.revision ORDER BY number").fetchall() == before
            rename(copy, FIRST, "after")
            insert(copy, "new")
            copy.commit()
            assert [(e["number"], told(e)[1]) for e in log(copy)] == [(2, "before"), (3, "after"), (3, "new")]
            assert verify(copy) == []

    def test_what_was_lost_by_a_restore_is_recognised(self, conninfo: str, conn, tmp_path) -> None:
        conn.commit()
        with restored(conninfo, tmp_path) as there, psycopg.connect(there, row_factory=dict_row) as copy:
            rename(conn, FIRST, "lost with the old server")
            conn.commit()
            rename(copy, FIRST, "done on the new one")
            copy.commit()
            assert latest(conn)[0] == latest(copy)[0] == 2
            assert latest(conn)[1] != latest(copy)[1]


@contextmanager
def restored(conninfo: str, folder: Any) -> Iterator[str]:
    """A copy of the database that went through pg_dump and pg_restore."""
    name = f"hub_restored_{uuid.uuid4().hex[:8]}"
    source, file = str(conninfo_to_dict(conninfo)["dbname"]), str(folder / "hub.dump")
    subprocess.run(["pg_dump", "-Fc", "-f", file, source], check=True)
    subprocess.run(["createdb", name], check=True)
    try:
        subprocess.run(["pg_restore", "--exit-on-error", "-d", name, file], check=True)
        yield make_conninfo(dbname=name)
    finally:
        subprocess.run(["dropdb", "--force", name], check=True)


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
