"""Revisions: one for each transaction that changed a layer, numbered in the order of commits."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from psycopg import IsolationLevel
from psycopg.rows import dict_row

from province_hub.database import Database
from province_hub.revisions import latest
from tests.hub import tiny
from tests.hub.edits import EAST, FIRST, SECOND, Open, log, rename, revisions, run, told

pytestmark = pytest.mark.usefixtures("whole_log")


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

    @pytest.mark.parametrize("forged", ["", "not a uuid", "263937bd-4b21-4f3a-8b3c-01c878d9c445", "the last one"])
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

    def test_who_commits_second_waits_until_the_first_number_is_visible(self, connect: Open) -> None:
        first, second = connect(), connect(options="-c lock_timeout=200ms")
        rename(first, FIRST, "A")
        first.execute("SET CONSTRAINTS ALL IMMEDIATE")  # has its number, and hasn't committed
        rename(second, SECOND, "B")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            second.commit()
        first.commit()
        rename(second, SECOND, "B")
        second.commit()
        assert [told(e)[1] for e in log(second)] == ["A", "B"]

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
