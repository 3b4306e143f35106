"""Pulls: what the province changed arrives, what I changed stays, what both changed waits for a person."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import sqlite3
from pathlib import Path
from typing import Any, Optional

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commune_planning_plugin.core.changes import ChangeKind, Rows, apply
from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.merge import ConflictKind
from commune_planning_plugin.core.schema import Values
from commune_planning_plugin.store import Checkpoint, LocalState, PullResult, Ref, RemoteChange, Side, WorkingCopy
from commune_planning_plugin.store.sql import connected
from tests.store.conftest import proposed_rows, rows_of
from tests.store.snapshots import LOTS, NEXT, key_of, lot, lots, make_working_copy, square

T = LOTS.table


def news(number: int, kind: str = "update", **new: Any) -> RemoteChange:
    whole = lot(number, **new) if kind == "insert" else dict(new)
    return RemoteChange(LOTS.id, key_of(number), kind, None if kind == "delete" else whole or None)


def pull(
    copy: WorkingCopy, *changes: RemoteChange, target: Optional[Checkpoint] = None, revisions: tuple[Any, ...] = ()
) -> PullResult:
    reached = target or Checkpoint(copy.checkpoint.number + 1, f"id-{copy.checkpoint.number + 1}")
    return copy.apply(copy.stage(changes, revisions, reached))


def edit(copy: WorkingCopy, statement: str) -> None:
    connection = connected(copy.path, 5.0)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute(statement)
    connection.close()


def ref(number: int) -> Ref:
    return Ref(LOTS.id, key_of(number))


def test_news_arrive_with_the_checkpoint(copy: WorkingCopy) -> None:
    moved = square(601_000, 1_400_000)
    result = pull(copy, news(0, kyHieuLoDat="N"), news(1, "delete"), news(50, "insert"), news(2, geom=moved), target=NEXT)
    assert (result.inserted, result.updated, result.deleted, result.conflicts) == (1, 2, 1, 0)
    assert copy.checkpoint == NEXT
    assert copy.changes().changes == ()
    rows = rows_of(copy)
    assert rows[key_of(0)]["kyHieuLoDat"] == "N"
    assert key_of(1) not in rows
    assert rows[key_of(50)] == lot(50)
    assert copy.rows_meeting(LOTS.id, (601_010, 1_400_010, 601_020, 1_400_020)).keys() == {key_of(2)}


def test_edits_on_either_side_merge_by_attribute(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    result = pull(copy, news(0, tenDoiTuong="theirs", tangCao=4))
    assert (result.merged, result.conflicts) == (1, 0)
    row = rows_of(copy)[key_of(0)]
    assert (row["kyHieuLoDat"], row["tenDoiTuong"], row["tangCao"]) == ("mine", "theirs", 4)
    (change,) = copy.changes().changes
    assert (change.old, change.new) == ({"kyHieuLoDat": "L0"}, {"kyHieuLoDat": "mine"})


def test_the_same_edit_on_both_sides_is_none_of_mine_any_more(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'same' WHERE fid = 1")
    pull(copy, news(0, kyHieuLoDat="same"))
    assert copy.status() == ()


def test_a_clash_keeps_my_row_and_waits(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine', tangCao = 1 WHERE fid = 1")
    assert pull(copy, news(0, kyHieuLoDat="theirs", tenDoiTuong="new")).conflicts == 1
    with WorkingCopy.open(copy.path) as reopened:
        (item,) = reopened.status()
        assert (item.state, item.conflict.kind, item.conflict.attributes) == (
            LocalState.CONFLICT,
            ConflictKind.ATTRIBUTES,
            ("kyHieuLoDat",),
        )
        assert item.conflict.remote["kyHieuLoDat"] == "theirs"
        assert item.conflict.base["kyHieuLoDat"] == "L0"
        assert (item.row["kyHieuLoDat"], item.row["tenDoiTuong"], item.row["tangCao"]) == ("mine", "new", 1)


def test_resolved_as_mine_it_is_a_change_against_the_province(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    pull(copy, news(0, kyHieuLoDat="theirs"))
    copy.conflicts.resolve(ref(0), Side.MINE)
    (item,) = copy.status()
    assert (item.state, item.change.old, item.change.new) == (LocalState.LOCAL, {"kyHieuLoDat": "theirs"}, {"kyHieuLoDat": "mine"})


def test_resolved_as_the_provinces_my_other_edits_stay(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine', tangCao = 1 WHERE fid = 1")
    pull(copy, news(0, kyHieuLoDat="theirs"))
    copy.conflicts.resolve(ref(0), Side.PROVINCE)
    (item,) = copy.status()
    assert (item.state, item.change.new) == (LocalState.LOCAL, {"tangCao": 1})
    with pytest.raises(WorkingCopyError, match=r"conflict\.unknown"):
        copy.conflicts.resolve(ref(0), Side.PROVINCE)


@pytest.mark.parametrize("side", Side)
def test_deleted_at_the_province_edited_here(copy: WorkingCopy, side: Side) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    pull(copy, news(0, "delete"))
    (item,) = copy.status()
    assert (item.conflict.kind, item.change.kind, item.row["kyHieuLoDat"]) == (
        ConflictKind.DELETED_AT_PROVINCE,
        ChangeKind.INSERT,
        "mine",
    )
    copy.conflicts.resolve(ref(0), side)
    assert (key_of(0) in rows_of(copy)) == (side is Side.MINE)
    assert [each.state for each in copy.status()] == ([LocalState.LOCAL] if side is Side.MINE else [])


@pytest.mark.parametrize("side", Side)
def test_deleted_here_edited_at_the_province(copy: WorkingCopy, side: Side) -> None:
    edit(copy, f"DELETE FROM {T} WHERE fid = 1")
    pull(copy, news(0, kyHieuLoDat="theirs"))
    (item,) = copy.status()
    assert (item.conflict.kind, item.change.kind, item.change.old["kyHieuLoDat"]) == (
        ConflictKind.DELETED_HERE,
        ChangeKind.DELETE,
        "theirs",
    )
    copy.conflicts.resolve(ref(0), side)
    assert (key_of(0) in rows_of(copy)) == (side is Side.PROVINCE)
    assert [each.state for each in copy.status()] == ([LocalState.LOCAL] if side is Side.MINE else [])


def test_deleted_on_both_sides_is_settled(copy: WorkingCopy) -> None:
    edit(copy, f"DELETE FROM {T} WHERE fid = 1")
    pull(copy, news(0, "delete"))
    assert copy.status() == ()


def test_an_open_conflict_outlives_the_next_pull(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    pull(copy, news(0, kyHieuLoDat="theirs"))
    pull(copy, news(0, tangCao=9), news(1, tangCao=9))
    (item,) = copy.status()
    assert (item.conflict.attributes, item.conflict.base["kyHieuLoDat"]) == (("kyHieuLoDat",), "L0")
    assert (item.conflict.remote["tangCao"], item.row["tangCao"]) == (9, 9)
    pull(copy, news(0, kyHieuLoDat="mine"))
    assert copy.status() == copy.conflicts.open() == ()


def test_codes_of_the_hub_are_taken_and_areas_recomputed(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET maDoiTuong = 'provisional', kyHieuLoDat = 'mine' WHERE fid = 1")
    pull(copy, news(0, maDoiTuong="22504-0001", geom=square(600_000, 1_400_000, 50), dienTich=2500.0))
    row = rows_of(copy)[key_of(0)]
    assert (row["maDoiTuong"], row["kyHieuLoDat"], row["dienTich"]) == ("22504-0001", "mine", 2500.0)


def test_a_row_that_cannot_be_read_is_kept_with_the_news_beside_it(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET tangCao = 'many' WHERE fid = 1")
    pull(copy, news(0, kyHieuLoDat="theirs"))
    (problem,) = copy.changes().problems
    assert (problem.key, problem.code) == (key_of(0), "value.type")
    (conflict,) = copy.conflicts.open()
    assert conflict.attributes == ("kyHieuLoDat",)
    copy.revert([ref(0)])
    assert rows_of(copy)[key_of(0)]["kyHieuLoDat"] == "theirs"
    assert copy.changes().problems == ()


def test_a_feature_that_left_the_area_goes_unless_it_was_edited(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    far = square(900_000, 1_400_000)
    result = pull(copy, news(0, "left_area", geom=far, dienTich=10_000.0), news(1, "left_area"))
    assert (result.left, result.deleted) == (1, 0)
    assert copy.also_keys() == (key_of(0),)
    assert key_of(1) not in rows_of(copy)
    assert rows_of(copy)[key_of(0)]["geom"] == far
    pull(copy, news(0, tangCao=5))
    assert copy.also_keys() == (key_of(0),)
    copy.revert([ref(0)])
    pull(copy)
    assert copy.also_keys() == ()
    assert key_of(0) not in rows_of(copy)


def test_back_in_the_area(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    pull(copy, news(0, "left_area"))
    pull(copy, news(0, "insert", tangCao=2))
    assert copy.also_keys() == ()
    assert [item.change.new for item in copy.status()] == [{"kyHieuLoDat": "mine"}]


def test_an_edit_between_staging_and_applying_is_not_lost(copy: WorkingCopy) -> None:
    staged = copy.stage([news(0, tenDoiTuong="theirs"), news(1, "delete"), news(2, kyHieuLoDat="theirs")], (), NEXT)
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid IN (1, 2, 3)")
    assert copy.apply(staged) == PullResult(merged=1, conflicts=2)
    assert {key: rows_of(copy)[key_of(key)]["kyHieuLoDat"] for key in (0, 1, 2)} == {0: "mine", 1: "mine", 2: "mine"}


def test_a_pull_is_applied_once(copy: WorkingCopy) -> None:
    staged = copy.stage([news(50, "insert")], (), NEXT)
    copy.apply(staged)
    with pytest.raises(WorkingCopyError, match=r"working_copy\.checkpoint_moved"):
        copy.apply(staged)
    assert len(rows_of(copy)) == 11


def test_a_busy_file_says_so_at_once(copy: WorkingCopy) -> None:
    staged = copy.stage([news(50, "insert")], (), NEXT)
    other = sqlite3.connect(copy.path)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(WorkingCopyError, match=r"working_copy\.busy"):
        copy.apply(staged)
    other.rollback()
    other.close()
    assert copy.apply(staged).inserted == 1


def test_news_of_an_unknown_feature_must_be_whole(copy: WorkingCopy) -> None:
    with pytest.raises(WorkingCopyError, match=r"pull\.incomplete"):
        copy.stage([news(77, tangCao=1)], (), NEXT)


def test_fids_used_again_confuse_nothing(copy: WorkingCopy) -> None:
    """Lot 0's rowid is taken by a new lot; the province changes lot 0, then deletes it."""
    edit(copy, f"REPLACE INTO {T} (fid, geom, kyHieuLoDat) SELECT 1, geom, 'new' FROM {T} WHERE fid = 2")
    pull(copy, news(0, tangCao=3))
    assert {item.change.kind for item in copy.status()} == {ChangeKind.INSERT, ChangeKind.DELETE}
    copy.conflicts.resolve(ref(0), Side.PROVINCE)
    assert [item.title for item in copy.status()] == ["new"]
    assert rows_of(copy)[key_of(0)]["tangCao"] == 3
    pull(copy, news(0, "delete"))
    assert [item.title for item in copy.status()] == ["new"]


Edit = st.tuples(
    st.integers(0, 4),
    st.sampled_from(["kyHieuLoDat", "tenDoiTuong", "chucNang1", "geom", "delete", "insert"]),
    st.sampled_from(["a", "b"]),
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(rounds=st.lists(st.tuples(st.lists(Edit, max_size=4), st.lists(Edit, max_size=4)), min_size=1, max_size=3))
def test_my_changes_over_the_provinces_rows_are_always_the_file(tmp_path_factory: Any, rounds: list[Any]) -> None:
    with make_working_copy(tmp_path_factory.mktemp("law")) as copy:
        province: Rows = lots(10)
        for mine, theirs in rounds:
            for number, what, value in mine:
                edit(copy, local_statement(number, what, value))
            after = at_province(province, theirs)
            before_pull = {item.change.key: item for item in copy.status()}
            pull(copy, *net(province, after))
            province = after
            assert apply(province, copy.changes().changes) == proposed_rows(copy, province)
            rows = rows_of(copy)
            for key, item in before_pull.items():
                assert_kept(rows.get(key), item)


def assert_kept(row: Optional[Values], item: Any) -> None:
    """No value that I wrote is gone."""
    if item.row is None:
        assert row is None
        return
    assert row is not None
    names = item.change.touched - {"dienTich", "birth"} if item.change.kind is ChangeKind.UPDATE else {"kyHieuLoDat"}
    changed = {name for name in names if item.change.old is None or item.change.old[name] != item.change.new[name]}
    assert {name: row[name] for name in changed} == {name: item.row[name] for name in changed}


def shape_of(value: str) -> bytes:
    return square(605_000, 1_400_000, 10 if value == "a" else 20)


def local_statement(number: int, what: str, value: str) -> str:
    if what == "delete":
        return f"DELETE FROM {T} WHERE key = '{key_of(number)}'"
    if what == "insert":
        made = f"SELECT {number + 1}, geom, '{key_of(20 + number)}', '{value}' FROM {T} LIMIT 1"
        return f"REPLACE INTO {T} (fid, geom, key, kyHieuLoDat) {made}"
    source = f"(SELECT geom FROM {T} WHERE key = '{key_of(9 if value == 'a' else 8)}')" if what == "geom" else f"'{value}'"
    return f"UPDATE {T} SET {what} = {source} WHERE key = '{key_of(number)}'"


def at_province(rows: Rows, edits: list[tuple[int, str, str]]) -> dict[str, Values]:
    after = dict(rows)
    for number, what, value in edits:
        key = key_of(number)
        if what == "delete":
            after.pop(key, None)
        elif what == "insert":
            after.setdefault(key, lot(number, kyHieuLoDat=value))
            after.setdefault(key_of(20 + number), lot(20 + number, kyHieuLoDat=value))
        elif key in after:
            new = {"geom": shape_of(value), "dienTich": 100.0 if value == "a" else 400.0} if what == "geom" else {what: value}
            after[key] = {**after[key], **new}
    return after


def net(before: Rows, after: Rows) -> list[RemoteChange]:
    found = []
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if new is None:
            found.append(RemoteChange(LOTS.id, key, "delete", None))
        elif old is None:
            found.append(RemoteChange(LOTS.id, key, "insert", new))
        elif old != new:
            found.append(RemoteChange(LOTS.id, key, "update", {n: new[n] for n in new if new[n] != old[n]}))
    return found


def killed_while_applying(path: Path, statements: int) -> bool:
    """Apply in a child process that kills itself before the given statement; whether it was."""
    child = os.fork()
    if child == 0:
        with WorkingCopy.open(path) as copy:
            updates = [news(number, tenDoiTuong="theirs") for number in range(10)]
            staged = copy.stage([*updates, news(50, "insert")], (), NEXT)
            left = iter(range(statements, -1, -1))
            connection = copy._database.connection
            connection.set_trace_callback(lambda _: os.kill(os.getpid(), signal.SIGKILL) if next(left, 1) == 0 else None)
            connection.execute("PRAGMA cache_size=1")  # so that pages reach the file before the end
            copy.apply(staged)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("statements", [3, 10, 30, 50, 70, 90, 100, 10_000])
def test_killed_anywhere_the_file_is_at_a_revision(copy: WorkingCopy, statements: int) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    before = copy.checkpoint
    killed = killed_while_applying(copy.path, statements)
    assert killed == (statements < 10_000)
    rows = rows_of(copy)
    theirs = [row["tenDoiTuong"] == "theirs" for key, row in rows.items() if key != key_of(50)]
    assert (copy.checkpoint, any(theirs), all(theirs), len(rows)) == (
        (before, False, False, 10) if killed else (NEXT, True, True, 11)
    )
    assert [item.change.new for item in copy.status()] == [{"kyHieuLoDat": "mine"}]
    assert copy.damage() == []


def test_revisions_are_read_by_their_names_only(copy: WorkingCopy) -> None:
    @dataclasses.dataclass
    class FromFeed:
        proposal: Optional[str]
        version: Optional[int]

    pull(copy, news(0, tangCao=1), revisions=(FromFeed(None, None), FromFeed("unknown", 3)))
    assert json.dumps(rows_of(copy)[key_of(0)]["tangCao"]) == "1"
