"""Verify finds every way in which log and tables can come apart; doctor finds what lets them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from province_hub import doctor
from province_hub.database import HubConnection
from province_hub.verify import verify
from tests.hub import tiny

LOTS = '"QuyHoach"."ChucNangSuDungDat_A"'
KEY = tiny.lot_key("22504", 2, 3)


@pytest.fixture
def conn(conninfo: str) -> Iterator[HubConnection]:
    with psycopg.connect(conninfo, row_factory=dict_row) as conn:
        yield conn


@pytest.fixture
def run(conn: HubConnection) -> Callable[..., None]:
    def execute(statement: str, **values: Any) -> None:
        conn.execute(statement.replace("LOTS", LOTS).encode(), values or None)
        conn.commit()

    return execute


@pytest.fixture
def unseen(run: Callable[..., None]) -> None:
    """Writes that the log doesn't see, as by somebody who switched it off."""
    run("ALTER TABLE LOTS DISABLE TRIGGER USER")


def test_a_new_province_is_whole(conn: HubConnection) -> None:
    assert verify(conn) == []
    assert doctor.examine(conn) == []


def test_edits_of_all_kinds_leave_it_whole(conn: HubConnection, run: Callable[..., None]) -> None:
    run("""UPDATE LOTS SET "ghiChu" = 'x', geom = ST_Translate(geom, 1, 0) WHERE "kyHieuLoDat" LIKE 'A%'""")
    run("""DELETE FROM LOTS WHERE "kyHieuLoDat" = 'B2'""")
    run("INSERT INTO LOTS (key, plan) SELECT %(key)s, key FROM hub.plan LIMIT 1", key=uuid.uuid4())
    run("""UPDATE LOTS SET "ghiChu" = 'a'; UPDATE LOTS SET "ghiChu" = 'b'; DELETE FROM LOTS WHERE "kyHieuLoDat" = 'C3'""")
    assert verify(conn) == []


@pytest.mark.usefixtures("unseen")
@pytest.mark.parametrize(
    "statement",
    [
        """UPDATE LOTS SET "tenDoiTuong" = 'unseen' WHERE key = %(key)s""",
        "UPDATE LOTS SET valid_from = '2025-01-01' WHERE key = %(key)s",
        "UPDATE LOTS SET geom = ST_Translate(geom, 0.0001, 0) WHERE key = %(key)s",
        "UPDATE LOTS SET geom = NULL WHERE key = %(key)s",
        "DELETE FROM LOTS WHERE key = %(key)s",
    ],
)
def test_an_unseen_change_of_a_row_is_found(conn: HubConnection, run: Callable[..., None], statement: str) -> None:
    run(statement, key=KEY)
    assert verify(conn) == [f"{tiny.LOTS} {KEY}: the table differs from what the log says last"]


@pytest.mark.usefixtures("unseen")
def test_an_unseen_insert_is_found(conn: HubConnection, run: Callable[..., None]) -> None:
    key = uuid.uuid4()
    run("INSERT INTO LOTS (key, plan) SELECT %(key)s, key FROM hub.plan LIMIT 1", key=key)
    assert verify(conn) == [f"{tiny.LOTS} {key}: the table differs from what the log says last"]


def test_an_unseen_change_under_a_seen_one_is_found(conn: HubConnection, run: Callable[..., None]) -> None:
    run("ALTER TABLE LOTS DISABLE TRIGGER zz_log_update")
    run("""UPDATE LOTS SET "ghiChu" = 'unseen' WHERE key = %(key)s""", key=KEY)
    run("ALTER TABLE LOTS ENABLE ALWAYS TRIGGER zz_log_update")
    run("""UPDATE LOTS SET "tenDoiTuong" = 'seen' WHERE key = %(key)s""", key=KEY)
    assert verify(conn) == [f"{tiny.LOTS} {KEY}: the entry of revision 2 doesn't follow from the one before"]


def test_a_tampered_log_is_found(conn: HubConnection, run: Callable[..., None]) -> None:
    run("ALTER TABLE hub.change_log DISABLE TRIGGER USER")
    run("UPDATE hub.change_log SET new = jsonb_set(new, '{tenDoiTuong}', '\"forged\"') WHERE key = %(key)s", key=KEY)
    assert len(verify(conn)) == 1
    run("DELETE FROM hub.change_log WHERE key = %(key)s", key=KEY)
    assert len(verify(conn)) == 1


def test_a_lost_revision_is_found(conn: HubConnection, run: Callable[..., None]) -> None:
    run("""UPDATE LOTS SET "ghiChu" = 'x' WHERE key = %(key)s""", key=KEY)
    run("ALTER TABLE hub.revision DISABLE TRIGGER USER")
    run("DELETE FROM hub.revision WHERE number = 2")
    assert "1 transactions of the log have no revision" in verify(conn)


def test_a_sequence_that_was_set_back_is_found(conn: HubConnection, run: Callable[..., None]) -> None:
    run("""UPDATE LOTS SET "ghiChu" = 'x' WHERE key = %(key)s""", key=KEY)
    run("ALTER SEQUENCE hub.revision_number RESTART WITH 1")
    assert verify(conn) == ["revision 2 lies above the last number issued, 1"]


def test_columns_that_come_and_go_are_no_change_of_a_feature(conn: HubConnection, run: Callable[..., None]) -> None:
    run("""UPDATE LOTS SET "danSo" = 5 WHERE key = %(key)s""", key=KEY)
    run("""ALTER TABLE LOTS ADD COLUMN "moi" text DEFAULT 'x'; ALTER TABLE LOTS DROP COLUMN "danSo" """)
    run("""UPDATE LOTS SET "moi" = 'y' WHERE key = %(key)s""", key=KEY)
    assert verify(conn) == []


@pytest.mark.usefixtures("unseen")
def test_many_differences_are_told_in_few_lines(conn: HubConnection, run: Callable[..., None]) -> None:
    run("""UPDATE LOTS SET "ghiChu" = 'unseen'""")
    problems = verify(conn)
    assert len(problems) == 21
    assert problems[-1] == "… and 180 more like the last"


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        ("ALTER TABLE LOTS ENABLE TRIGGER zz_log_update", "zz_log_update is missing or not ENABLE ALWAYS"),
        ("ALTER TABLE LOTS DISABLE TRIGGER zz_prepare", "zz_prepare is missing or not ENABLE ALWAYS"),
        ("DROP TRIGGER zz_log_truncate ON LOTS", "zz_log_truncate is missing or not ENABLE ALWAYS"),
        ("ALTER TABLE hub.transaction ENABLE TRIGGER number_revision", "number_revision on hub.transaction"),
        ("DROP TRIGGER number_revision ON hub.transaction", "number_revision on hub.transaction"),
        ("ALTER SEQUENCE hub.revision_number CACHE 10", "must have CACHE 1"),
        ("""ALTER TABLE LOTS ADD CONSTRAINT late UNIQUE ("ghiChu") DEFERRABLE INITIALLY DEFERRED""", "late is deferrable"),
        ('ALTER TABLE LOTS DROP COLUMN "danSo"', "the column danSo is missing"),
        ("DROP TABLE LOTS", "its table is missing"),
        ("CREATE TABLE child () INHERITS (LOTS)", "a table inherits from it"),
    ],
)
def test_the_doctor_finds(conn: HubConnection, run: Callable[..., None], statement: str, complaint: str) -> None:
    run(statement)
    problems = doctor.examine(conn)
    assert len(problems) == 1
    assert complaint in problems[0]
