"""Every way to write a row is tracked, with the row as it was at the last pull."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Mapping

import pytest

from commune_planning_plugin.core.changes import ChangeKind, apply
from commune_planning_plugin.core.schema import Values
from commune_planning_plugin.store import WorkingCopy
from tests.store.conftest import proposed_rows, rows_of
from tests.store.snapshots import LOTS, PLAN, key_of, lots

T = LOTS.table
COPIED = f"SELECT geom, birth, plan, 'copied' FROM {T} WHERE fid = 1"
FORMS = {
    "update": f"UPDATE {T} SET kyHieuLoDat = 'A' WHERE fid = 1",
    "update of nothing": f"UPDATE {T} SET kyHieuLoDat = kyHieuLoDat",
    "update of all": f"UPDATE {T} SET tangCao = 3",
    "update or replace": f"UPDATE OR REPLACE {T} SET fid = 2, kyHieuLoDat = 'moved' WHERE fid = 1",
    "update or ignore": f"UPDATE OR IGNORE {T} SET fid = 2, kyHieuLoDat = 'moved' WHERE fid = 1",
    "update of fid": f"UPDATE {T} SET fid = 4294967300 WHERE fid = 1",
    "update of all fids": f"UPDATE {T} SET fid = fid + 100",
    "negative fid": f"UPDATE {T} SET fid = -5 WHERE fid = 1",
    "update from": f"UPDATE {T} SET tenDoiTuong = o.kyHieuLoDat FROM (SELECT * FROM {T}) AS o WHERE o.fid = {T}.fid + 1",
    "insert": f"INSERT INTO {T} (geom, birth, plan, kyHieuLoDat) {COPIED}",
    "insert many": f"INSERT INTO {T} (geom, kyHieuLoDat) VALUES ((SELECT geom FROM {T} WHERE fid = 1), 'a'), "
    f"((SELECT geom FROM {T} WHERE fid = 2), 'b')",
    "insert select all": f"INSERT INTO {T} (geom, key, birth, plan) SELECT geom, key, birth, plan FROM {T}",
    "insert with large fid": f"INSERT INTO {T} (fid, geom) SELECT 2147483648, geom FROM {T} WHERE fid = 1",
    "insert with negative fid": f"INSERT INTO {T} (fid, geom) SELECT -1, geom FROM {T} WHERE fid = 1",
    "insert or replace": f"INSERT OR REPLACE INTO {T} (fid, geom, kyHieuLoDat) SELECT 2, geom, 'r' FROM {T} WHERE fid = 1",
    "replace with same key": f"REPLACE INTO {T} SELECT * FROM {T} WHERE fid = 1",
    "replace with another geometry": f"REPLACE INTO {T} (fid, geom, key) SELECT 1, geom, '{key_of(0)}' FROM {T} WHERE fid = 2",
    "replace all": f"REPLACE INTO {T} (fid, geom, key) SELECT fid + 1, geom, key FROM {T}",
    "insert or ignore": f"INSERT OR IGNORE INTO {T} (fid, geom, kyHieuLoDat) SELECT 2, geom, 'r' FROM {T} WHERE fid = 1",
    "upsert": f"INSERT INTO {T} (fid, geom) SELECT 1, geom FROM {T} WHERE fid = 2"
    " ON CONFLICT (fid) DO UPDATE SET geom = excluded.geom",
    "upsert nothing": f"INSERT INTO {T} (fid, geom) SELECT 1, geom FROM {T} WHERE fid = 2 ON CONFLICT DO NOTHING",
    "delete": f"DELETE FROM {T} WHERE fid = 1",
    "delete all": f"DELETE FROM {T}",
}
UNCHANGED = {
    "update of nothing",
    "update or ignore",
    "insert or ignore",
    "upsert nothing",
    "update of fid",
    "update of all fids",
    "negative fid",
    "replace with same key",
}


@pytest.fixture
def province() -> Mapping[str, Values]:
    return lots(10)


@pytest.mark.parametrize("form", FORMS)
def test_each_statement_is_tracked(
    copy: WorkingCopy, writer: sqlite3.Connection, form: str, province: Mapping[str, Values]
) -> None:
    writer.execute(FORMS[form])
    assert apply(province, copy.changes().changes) == proposed_rows(copy, province)
    assert bool(copy.changes().changes) == (form not in UNCHANGED)


@pytest.mark.parametrize("first", FORMS)
@pytest.mark.parametrize("second", ["replace all"])
def test_statements_in_a_row_keep_the_first_original(
    copy: WorkingCopy, writer: sqlite3.Connection, first: str, second: str, province: Mapping[str, Values]
) -> None:
    writer.execute(FORMS[first])
    writer.execute(FORMS[second])
    assert apply(province, copy.changes().changes) == proposed_rows(copy, province)


def test_a_rolled_back_edit_leaves_no_change(copy: WorkingCopy, writer: sqlite3.Connection) -> None:
    writer.execute("BEGIN")
    writer.execute(FORMS["update of all"])
    writer.execute(FORMS["delete"])
    writer.execute("ROLLBACK")
    assert copy.changes().changes == ()


def test_an_edit_taken_back_by_hand_is_no_change(copy: WorkingCopy, writer: sqlite3.Connection) -> None:
    writer.execute(f"UPDATE {T} SET kyHieuLoDat = 'A' WHERE fid = 1")
    writer.execute(f"UPDATE {T} SET kyHieuLoDat = 'L0' WHERE fid = 1")
    assert copy.changes().changes == ()


def test_a_feature_cut_and_pasted_back_keeps_its_identity(copy: WorkingCopy, writer: sqlite3.Connection) -> None:
    writer.execute(f"CREATE TEMP TABLE clip AS SELECT geom, key, birth, plan, kyHieuLoDat FROM {T} WHERE fid = 1")
    writer.execute(f"DELETE FROM {T} WHERE fid = 1")
    writer.execute(f"INSERT INTO {T} (geom, key, birth, plan, kyHieuLoDat) SELECT geom, key, birth, plan, 'P' FROM clip")
    (change,) = copy.changes().changes
    assert (change.kind, change.key, change.touched) == (
        ChangeKind.UPDATE,
        key_of(0),
        {"kyHieuLoDat"},
    )


def test_a_copied_feature_gets_a_key_and_birth_of_its_own(copy: WorkingCopy, writer: sqlite3.Connection) -> None:
    writer.execute(f"UPDATE {T} SET predecessors = '{key_of(99)}' WHERE fid = 1")
    writer.execute(
        f"INSERT INTO {T} (geom, key, birth, plan, predecessors) SELECT geom, key, birth, plan, predecessors FROM {T} WHERE fid = 1"
    )
    made = [change for change in copy.changes().changes if change.kind is ChangeKind.INSERT]
    assert len(made) == 1
    assert made[0].key not in lots(10)
    assert made[0].new["birth"] not in {row["birth"] for row in lots(10).values()}
    assert made[0].new["predecessors"] is None
    assert uuid.UUID(made[0].key).version == uuid.UUID(made[0].new["birth"]).version == 4


@pytest.mark.parametrize("key", [None, "", "abc", "4BD4556A-19E5-50E8-96FE-1B9473A6B684", "{4bd4556a-19e5-50e8-96fe-1b9473a6b684}"])
def test_a_feature_without_a_usable_key_gets_one_and_the_plan(copy: WorkingCopy, writer: sqlite3.Connection, key: object) -> None:
    writer.execute(f"INSERT INTO {T} (geom, key) SELECT geom, ? FROM {T} WHERE fid = 1", (key,))
    (change,) = copy.changes().changes
    assert str(uuid.UUID(change.key)) == change.key
    assert change.new["plan"] == PLAN
    assert change.new["visibility"] == 0


@pytest.mark.parametrize("value", ["NULL", "''", "'abc'", "(SELECT key FROM {T} WHERE fid = 2)"])
def test_a_key_is_for_ever(copy: WorkingCopy, writer: sqlite3.Connection, value: str) -> None:
    writer.execute(f"UPDATE {T} SET key = {value.format(T=T)}, birth = NULL, kyHieuLoDat = 'K' WHERE fid = 1")
    (change,) = copy.changes().changes
    assert (change.key, change.touched) == (key_of(0), {"kyHieuLoDat"})


def test_keys_given_to_all_rows_at_once_stay_apart(copy: WorkingCopy, writer: sqlite3.Connection) -> None:
    writer.execute(f"UPDATE {T} SET key = '{key_of(500)}'")
    assert len(rows_of(copy)) == 10


def test_index_and_count_follow_every_write(copy: WorkingCopy, writer: sqlite3.Connection) -> None:
    for form in ("insert", "delete", "update of all fids", "insert select all", "negative fid"):
        writer.execute(FORMS[form])
    fids = {fid for (fid,) in writer.execute(f"SELECT fid FROM {T}")}
    assert {fid for (fid,) in writer.execute(f"SELECT id FROM rtree_{T}_geom")} == fids
    assert writer.execute(f"SELECT rtreecheck('rtree_{T}_geom')").fetchone() == ("ok",)
    assert writer.execute("SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = ?", (T,)).fetchone() == (len(fids),)


def test_a_time_that_another_program_rounds_is_no_change(tmp_path, request: pytest.FixtureRequest) -> None:
    from tests.store.snapshots import lot, make_working_copy

    exact = "2026-01-02T03:04:05.123456Z"
    with make_working_copy(tmp_path, {LOTS.id: {key_of(0): lot(0, capNhat=exact)}}) as copy:
        copy._database.connection.execute(f"UPDATE {T} SET capNhat = '2026-01-02T03:04:05.123Z', kyHieuLoDat = 'n'")
        (change,) = copy.changes().changes
        assert change.touched == {"kyHieuLoDat"}
