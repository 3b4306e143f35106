"""A working copy on a fresh snapshot: as after the pull that would have led there, with everything that was made here."""

from __future__ import annotations

import dataclasses
import errno
import functools
import hashlib
import os
import shutil
import signal
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commune_planning_plugin.core.changes import Rows, apply
from commune_planning_plugin.core.errors import Cancelled, WorkingCopyError
from commune_planning_plugin.core.merge import recomputed
from commune_planning_plugin.core.schema import Field, FieldType
from commune_planning_plugin.store import (
    Checkpoint,
    Fresh,
    Lease,
    LocalState,
    OutboxState,
    PullResult,
    Ref,
    RemoteChange,
    Revision,
    WorkingCopy,
    aside,
    carrying,
)
from commune_planning_plugin.store.model import Standing
from commune_planning_plugin.store.sql import connected
from tests.store.conftest import rows_of
from tests.store.snapshots import CATALOGUE, LOTS, NEXT, PLAN, START, key_of, lot, lots, make_snapshot, make_working_copy
from tests.store.test_merging import draw, lot_shape
from tests.store.test_pulling import Edit, at_province, edit, local_statement, net, pull, ref

pytestmark = pytest.mark.slow

T = LOTS.table


def rebase(copy: WorkingCopy, rows: Rows, checkpoint: Checkpoint = NEXT, **more: Any) -> PullResult:
    snapshot = make_snapshot(copy.path.with_name("fresh.snapshot"), {LOTS.id: rows})
    gone = {ref: RemoteChange(ref.layer, ref.key, "delete", None) for ref in copy.absent_from(snapshot)}
    absent = {**gone, **more.pop("absent", {})}
    try:
        return copy.rebase(Fresh(snapshot, CATALOGUE, checkpoint, absent, **more))
    finally:
        snapshot.unlink()


def fids(copy: WorkingCopy) -> dict[str, int]:
    with sqlite3.connect(copy.path) as connection:
        return dict(connection.execute(f"SELECT key, fid FROM {T}"))


def beside(copy: WorkingCopy) -> set[str]:
    """Other files in the folder, but the retained snapshot and SQLite's own."""
    own = (".base.gz", "-wal", "-shm")
    return {each.name for each in copy.path.parent.iterdir() if each != copy.path and not each.name.endswith(own)}


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(rounds=st.lists(st.tuples(st.lists(Edit, max_size=4), st.lists(Edit, max_size=4)), min_size=1, max_size=2))
def test_a_rebase_is_the_pull_that_would_have_led_there(tmp_path_factory: Any, rounds: list[Any]) -> None:
    folder = tmp_path_factory.mktemp("law")
    with make_working_copy(folder, name="pulled.gpkg") as pulled, make_working_copy(folder, name="rebased.gpkg") as rebased:
        province: Rows = lots(10)
        for mine, theirs in rounds:
            for number, what, value in mine:
                edit(pulled, local_statement(number, what, value))
            _same_writes(pulled, rebased)
            after = at_province(province, theirs)
            before = fids(rebased)
            pull(pulled, *net(province, after))
            rebase(rebased, after, pulled.checkpoint)
            province = after
            assert rows_of(rebased) == rows_of(pulled)
            assert _told(rebased) == _told(pulled)
            assert apply(province, rebased.changes().changes).keys() == rows_of(rebased).keys()
            now = fids(rebased)
            assert {key: now[key] for key in now.keys() & before} == {key: before[key] for key in now.keys() & before}


Corner = st.tuples(
    st.integers(0, 2), st.sampled_from(["lower_left", "lower_right", "upper_right", "upper_left"]), st.sampled_from([-9, 9])
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(mine=st.lists(Corner, min_size=1, max_size=2), theirs=st.lists(Corner, min_size=1, max_size=3))
def test_shapes_and_tilings_are_merged_as_in_a_pull(tmp_path_factory: Any, mine: list[Any], theirs: list[Any]) -> None:
    folder = tmp_path_factory.mktemp("shapes")
    with make_working_copy(folder, name="pulled.gpkg") as pulled, make_working_copy(folder, name="rebased.gpkg") as rebased:
        for copy in (pulled, rebased):
            for number, corner, by in mine:
                draw(copy, number, lot_shape(number, **{corner: (by, by)}))
        province: Rows = lots(10)
        moved = {
            key_of(number): recomputed(LOTS, {**lot(number), "geom": lot_shape(number, **{corner: (by, by)})})
            for number, corner, by in theirs
        }
        after = {**province, **moved}
        pull(pulled, *net(province, after))
        rebase(rebased, after, pulled.checkpoint)
        assert rows_of(rebased) == rows_of(pulled)
        assert _told(rebased) == _told(pulled)


def _same_writes(source: WorkingCopy, target: WorkingCopy) -> None:
    """Fresh keys and births are random: the edits of one file are made in the other."""
    with sqlite3.connect(source.path) as one, sqlite3.connect(target.path) as other:
        facts = other.execute("SELECT name, value FROM planning_state").fetchall()
        one.backup(other)
        other.executemany("INSERT OR REPLACE INTO planning_state VALUES (?, ?)", facts)


def _told(copy: WorkingCopy) -> Any:
    """What a person is shown, but for what the hub gives out."""
    return (
        [(item.change, item.state, item.row) for item in copy.status()],
        [(c.layer, c.key, c.kind, c.attributes, c.remote) for c in copy.conflicts.open()],
        copy.checkpoint,
        copy.damage(),
    )


def test_everything_that_was_made_here_is_there(copy: WorkingCopy, tmp_path: Path) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    edit(copy, f"UPDATE {T} SET tenDoiTuong = 'sent' WHERE fid = 2")
    edit(copy, f"DELETE FROM {T} WHERE fid = 3")
    edit(copy, f"UPDATE {T} SET tangCao = 'many' WHERE fid = 4")
    file = tmp_path / "căn cứ.pdf"
    file.write_bytes(b"%PDF")
    draft = copy.drafts.new([ref(1)], PLAN)
    copy.drafts.attach(draft.proposal, file)
    sent = copy.outbox.freeze(dataclasses.replace(draft, title="x", ground=2, reason="y"))
    other = copy.drafts.new([ref(0)], PLAN)
    instance, before = copy.instance, {item.change.key: item.change for item in copy.status()}
    province = {key: row for key, row in lots(12).items() if key != key_of(9)}
    rebase(copy, province)
    assert copy.checkpoint == NEXT
    assert {item.change.key: item.change for item in copy.status()} == before
    assert [(problem.key, problem.code) for problem in copy.changes().problems] == [(key_of(3), "value.type")]
    assert [(item.proposal, item.body, item.state) for item in copy.outbox.items()] == [
        (sent.proposal, sent.body, OutboxState.QUEUED)
    ]
    assert [each.proposal for each in copy.drafts.all()] == [other.proposal]
    assert copy.drafts.content_of(copy_sha(file)) == b"%PDF"
    assert copy.instance == instance
    assert len(rows_of_table(copy)) == 10
    assert copy.damage() == []
    assert copy.compare_with_snapshot(LOTS.id).changes == copy.changes().changes


def copy_sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def rows_of_table(copy: WorkingCopy) -> list[str]:
    with sqlite3.connect(copy.path) as connection:
        return [key for (key,) in connection.execute(f"SELECT key FROM {T}")]


def test_an_edit_is_recorded_afterwards_and_a_pull_goes_on(copy: WorkingCopy) -> None:
    rebase(copy, lots(11))
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE key = '{key_of(10)}'")
    assert [item.change.new for item in copy.status()] == [{"kyHieuLoDat": "mine"}]
    pull(copy, RemoteChange(LOTS.id, key_of(10), "update", {"tangCao": 3}))
    assert rows_of(copy)[key_of(10)]["tangCao"] == 3
    rebase(copy, lots(11), Checkpoint(9, "other"))
    (item,) = copy.status()
    assert (item.change.new, item.row["tangCao"]) == ({"kyHieuLoDat": "mine"}, None)


def test_what_was_edited_and_lies_outside_is_kept_and_still_told_about(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid IN (1, 2)")
    snapshot = make_snapshot(copy.path.with_name("s"), {LOTS.id: {key: row for key, row in lots(10).items() if key > key_of(0)}})
    asked = copy.absent_from(snapshot)
    assert ref(0) in asked
    assert set(asked) <= {ref(0), ref(1)}
    outside = {each: RemoteChange(LOTS.id, each.key, "left_area", lot([0, 1][each == ref(1)])) for each in asked}
    copy.rebase(Fresh(snapshot, CATALOGUE, NEXT, outside))
    assert copy.also_keys() == tuple(sorted(each.key for each in asked))
    assert {item.change.key: item.change.new for item in copy.status()} == {
        key_of(number): {"kyHieuLoDat": "mine"} for number in (0, 1)
    }
    pull(copy, RemoteChange(LOTS.id, key_of(0), "update", {"kyHieuLoDat": "theirs"}))
    assert [conflict.key for conflict in copy.conflicts.open()] == [key_of(0)]


def test_an_approved_version_is_the_base_of_what_was_edited_on(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'sent' WHERE fid = 1")
    draft = dataclasses.replace(copy.drafts.new([ref(0)], PLAN), title="x", ground=2, reason="y")
    item = copy.outbox.freeze(draft)
    copy.outbox.sent(item.proposal, 1)
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'later' WHERE fid = 1")
    rebase(copy, {**lots(10), key_of(0): lot(0, kyHieuLoDat="sent")}, arrived=((item.proposal, 1),))
    assert [(each.change.old, each.change.new) for each in copy.status()] == [({"kyHieuLoDat": "sent"}, {"kyHieuLoDat": "later"})]
    assert copy.conflicts.open() == ()
    assert [each.pulled for each in copy.outbox.items()] == [True]


@pytest.mark.parametrize("kind", ["update", "insert", "delete"])
def test_what_the_hub_approved_and_lost_is_mine_again(copy: WorkingCopy, kind: str) -> None:
    statement = {
        "update": f"UPDATE {T} SET kyHieuLoDat = 'sent' WHERE fid = 1",
        "insert": f"INSERT INTO {T} (geom, key, kyHieuLoDat) SELECT geom, '{key_of(40)}', 'sent' FROM {T} WHERE fid = 1",
        "delete": f"DELETE FROM {T} WHERE fid = 1",
    }[kind]
    edit(copy, statement)
    (change,) = copy.changes().changes
    draft = dataclasses.replace(copy.drafts.new([Ref(LOTS.id, change.key)], PLAN), title="x", ground=2, reason="y")
    item = copy.outbox.freeze(draft)
    copy.outbox.sent(item.proposal, 1)
    news = {"update": change.new, "insert": change.new, "delete": None}[kind]
    pull(copy, RemoteChange(LOTS.id, change.key, kind, news), revisions=(Revision(8, "id-8", item.proposal, 1),))
    assert copy.status() == ()
    rebase(copy, lots(10), standing=(Standing(item.proposal, 1, None, None),))
    (again,) = copy.status()
    assert (again.change, again.state, again.proposal) == (change, LocalState.IN_PROPOSAL, item.proposal)
    assert [(each.state, each.body, each.pulled) for each in copy.outbox.items()] == [(OutboxState.QUEUED, item.body, False)]


def test_a_version_whose_file_is_gone_is_local_again(copy: WorkingCopy, tmp_path: Path) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'sent' WHERE fid = 1")
    file = tmp_path / "căn cứ.pdf"
    file.write_bytes(b"%PDF")
    draft = copy.drafts.new([ref(0)], PLAN)
    files = (copy.drafts.attach(draft.proposal, file),)
    item = copy.outbox.freeze(dataclasses.replace(draft, title="x", ground=2, reason="y", files=files))
    copy.outbox.sent(item.proposal, 1)
    news = RemoteChange(LOTS.id, key_of(0), "update", {"kyHieuLoDat": "sent"})
    pull(copy, news, revisions=(Revision(8, "id-8", item.proposal, 1),))
    rebase(copy, lots(10), standing=(Standing(item.proposal, 1, None, None),))
    assert [(each.change.new, each.state) for each in copy.status()] == [({"kyHieuLoDat": "sent"}, LocalState.LOCAL)]
    assert [(each.state, each.problem["code"]) for each in copy.outbox.items()] == [(OutboxState.REFUSED, "attachment.missing")]


def test_a_conflict_stays_open(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    pull(copy, RemoteChange(LOTS.id, key_of(0), "update", {"kyHieuLoDat": "theirs"}))
    rebase(copy, {**lots(10), key_of(0): lot(0, kyHieuLoDat="theirs", tangCao=4)})
    (item,) = copy.status()
    assert (item.state, item.conflict.attributes, item.row["tangCao"]) == (LocalState.CONFLICT, ("kyHieuLoDat",), 4)


def test_what_other_programs_keep_in_the_file_stays(copy: WorkingCopy) -> None:
    edit(copy, "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY, styleQML TEXT)")
    edit(copy, "INSERT INTO layer_styles VALUES (1, '<qgis/>')")
    edit(copy, "CREATE TABLE own (fid INTEGER PRIMARY KEY, geom BLOB)")
    edit(copy, "INSERT INTO own VALUES (7, x'00')")
    edit(copy, "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('own', 'features', 'own', 9217)")
    edit(copy, "CREATE VIRTUAL TABLE rtree_own_geom USING rtree(id, minx, maxx, miny, maxy)")
    edit(copy, "INSERT INTO rtree_own_geom VALUES (7, 0, 1, 0, 1)")
    edit(copy, f"CREATE INDEX by_name ON {T} (tenDoiTuong)")
    edit(copy, f"CREATE UNIQUE INDEX by_symbol ON {T} (kyHieuLoDat)")
    rebase(copy, {**lots(10), key_of(1): lot(1, kyHieuLoDat="L0")})
    with sqlite3.connect(copy.path) as connection:
        assert connection.execute("SELECT styleQML FROM layer_styles").fetchall() == [("<qgis/>",)]
        assert connection.execute("SELECT fid, geom FROM own").fetchall() == [(7, b"\0")]
        assert connection.execute("SELECT id FROM rtree_own_geom WHERE minx < 2").fetchall() == [(7,)]
        assert connection.execute("SELECT count(*) FROM gpkg_contents WHERE table_name = 'own'").fetchone() == (1,)
        made = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
        hidden = "SELECT count(*) FROM gpkg_extensions WHERE extension_name = 'gdal_aspatial'"
        assert connection.execute(hidden).fetchone() == (1,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert ("by_name" in made, "by_symbol" in made) == (True, False)
    assert [name for name in beside(copy) if ".kept-" in name] != []
    assert copy.damage() == []


def test_while_a_layer_is_edited_nothing_happens(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    held = Lease.take(copy.path, LOTS.id, START)
    try:
        with pytest.raises(WorkingCopyError, match=r"working_copy\.in_edit"):
            rebase(copy, lots(3))
    finally:
        held.release()
    assert (copy.checkpoint, len(rows_of(copy)), beside(copy)) == (START, 10, set())
    rebase(copy, lots(3))
    assert len(rows_of(copy)) == 3


def test_an_edit_at_the_last_moment_is_carried_too(copy: WorkingCopy, monkeypatch: pytest.MonkeyPatch) -> None:
    take_over, left = aside.take_over, [1]

    def late(part: Path, path: Path, check: Any) -> None:
        if left:
            left.pop()
            edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'late' WHERE fid = 1")
        take_over(part, path, check)

    monkeypatch.setattr(aside, "take_over", late)
    rebase(copy, lots(10))
    assert [item.change.new for item in copy.status()] == [{"kyHieuLoDat": "late"}]


def test_what_cannot_be_verified_changes_nothing(copy: WorkingCopy, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    monkeypatch.setattr(carrying.Carrier, "_placed", lambda _self, decision: dataclasses.replace(decision, mine=decision.province))
    with pytest.raises(WorkingCopyError, match=r"rebase\.unverified") as raised:
        rebase(copy, lots(10))
    assert raised.value.details["keys"] == [key_of(0)]
    assert [item.change.new for item in copy.status()] == [{"kyHieuLoDat": "mine"}]
    assert (copy.checkpoint, beside(copy)) == (START, set())


def test_cancelled_everything_is_as_before(copy: WorkingCopy) -> None:
    snapshot = make_snapshot(copy.path.with_name("fresh"), {LOTS.id: lots(3)})
    with pytest.raises(Cancelled):
        copy.rebase(Fresh(snapshot, CATALOGUE, NEXT), cancelled=lambda: True)
    assert (copy.checkpoint, len(rows_of(copy)), beside(copy)) == (START, 10, {"fresh"})


def test_a_full_disk_is_said_and_changes_nothing(copy: WorkingCopy, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    snapshot = make_snapshot(copy.path.with_name("fresh"), {LOTS.id: lots(3)})
    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(WorkingCopyError, match=r"working_copy\.disk_full"):
        copy.rebase(Fresh(snapshot, CATALOGUE, NEXT))
    assert (copy.checkpoint, len(rows_of(copy)), beside(copy)) == (START, 10, {"fresh"})


def test_a_writer_that_does_not_end_is_said(copy: WorkingCopy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_LOCK_WAIT_S", 0.1)
    other = sqlite3.connect(copy.path)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(WorkingCopyError, match=r"working_copy\.busy"):
        rebase(copy, lots(3))
    other.rollback()
    other.close()
    assert len(rows_of(copy)) == 10


def test_others_that_have_it_open_see_the_new_content(copy: WorkingCopy) -> None:
    reader = connected(copy.path, 5.0)
    reader.execute("PRAGMA journal_mode=WAL")
    assert reader.execute(f"SELECT count(*) FROM {T}").fetchone() == (10,)
    rebase(copy, lots(12))
    assert reader.execute(f"SELECT count(*) FROM {T}").fetchone() == (12,)
    reader.execute(f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE key = ?", (key_of(11),))
    reader.close()
    assert [item.change.new for item in copy.status()] == [{"kyHieuLoDat": "mine"}]


def test_a_new_attribute_and_one_that_is_gone(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    legal = (*(each for each in LOTS.legal_fields if each.name != "heSo"), Field("moi", FieldType.TEXT, length=10))
    layer = dataclasses.replace(LOTS, legal_fields=legal)
    catalogue = dataclasses.replace(CATALOGUE, layers=(layer, *CATALOGUE.layers[1:]))
    rows = {key: {**row, "moi": "x"} for key, row in lots(10).items()}
    snapshot = make_snapshot(copy.path.with_name("s"), {LOTS.id: rows}, catalogue.layers)
    copy.rebase(Fresh(snapshot, catalogue, NEXT))
    (item,) = copy.status()
    assert (item.change.new, item.row["moi"], "heSo" in item.row) == ({"kyHieuLoDat": "mine"}, "x", False)
    assert copy.damage() == []
    assert [name for name in beside(copy) if ".kept-" in name] != []


class Traced:
    """Opens connections that count their statements, and calls ``at_last`` at the n-th of all of them."""

    def __init__(self, left: int, at_last: Callable[[], None]) -> None:
        self.seen, self._left, self._at_last = 0, left, at_last
        self._plain = sqlite3.Connection

    def __call__(self, *arguments: Any, factory: Any = None, **named: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = (factory or self._plain)(*arguments, **named)
        connection.set_trace_callback(self._count)
        return connection

    def _count(self, _statement: str) -> None:
        self.seen += 1
        if self.seen == self._left:
            self._at_last()


@functools.cache
def statements_of_a_rebase() -> int:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        make_working_copy(Path(folder)).close()
        snapshot = make_snapshot(Path(folder) / "fresh", {LOTS.id: lots(3)})
        traced = Traced(0, lambda: None)
        patch.setattr(sqlite3, "connect", traced)
        with WorkingCopy.open(Path(folder) / "22504.gpkg") as copy:
            copy.rebase(Fresh(snapshot, CATALOGUE, NEXT))
    return traced.seen


def killed_while_rebasing(path: Path, snapshot: Path, statement: int) -> bool:
    """Rebase in a child process that kills itself at the n-th SQL statement of any of its connections; whether it was."""
    child = os.fork()
    if child == 0:
        sqlite3.connect = Traced(statement, lambda: os.kill(os.getpid(), signal.SIGKILL))  # type: ignore[assignment]
        with WorkingCopy.open(path) as copy:
            copy.rebase(Fresh(snapshot, CATALOGUE, NEXT))
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("percent", [2, 10, 20, 40, 58, 70, 80, 90, 96, 98, 99, 200])
def test_killed_anywhere_it_is_the_old_file_or_the_new_one(copy: WorkingCopy, percent: int) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    snapshot = make_snapshot(copy.path.with_name("fresh"), {LOTS.id: lots(3)})
    killed = killed_while_rebasing(copy.path, snapshot, statements_of_a_rebase() * percent // 100)
    snapshot.unlink()
    assert killed == (percent < 100)
    with WorkingCopy.open(copy.path) as again:
        assert again.checkpoint in ((START, NEXT) if killed else (NEXT,))
        assert len(rows_of(again)) == (10 if again.checkpoint == START else 3)
        assert [item.change.new for item in again.status()] == [{"kyHieuLoDat": "mine"}]
        assert again.damage() == []
        assert again.compare_with_snapshot(LOTS.id).changes == again.changes().changes
        again.clean_up()
        assert {name for name in beside(again) if ".before-" not in name} == set()


@pytest.mark.parametrize("pages", [0, 1, 2])
def test_killed_while_it_takes_over_it_is_the_old_file(copy: WorkingCopy, pages: int) -> None:
    snapshot = make_snapshot(copy.path.with_name("fresh"), {LOTS.id: lots(3)})
    child = os.fork()
    if child == 0:
        gate = aside._Gate.__call__
        seen = [0]

        def kill(self: Any, status: int, remaining: int, total: int) -> None:
            gate(self, status, remaining, total)
            seen[0] += 1
            if seen[0] > pages:
                os.kill(os.getpid(), signal.SIGKILL)

        aside._Gate.__call__ = kill  # type: ignore[method-assign]
        aside._PAGES_AT_ONCE = 5
        with WorkingCopy.open(copy.path) as own:
            own.rebase(Fresh(snapshot, CATALOGUE, NEXT))
        os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    with WorkingCopy.open(copy.path) as again:
        assert (again.checkpoint, len(rows_of(again)), again.damage()) == (START, 10, [])
        again.rebase(Fresh(snapshot, CATALOGUE, NEXT))
        assert (again.checkpoint, len(rows_of(again))) == (NEXT, 3)


class TestLongApply:
    def test_a_pull_that_takes_long_is_made_aside(self, copy: WorkingCopy, monkeypatch: pytest.MonkeyPatch) -> None:
        edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
        made: list[Path] = []
        take_over = aside.take_over
        monkeypatch.setattr(aside, "take_over", lambda part, path, check: (made.append(part), take_over(part, path, check)))
        monkeypatch.setattr("commune_planning_plugin.store.working_copy.LONGEST_APPLY_S", 0.0)
        result = pull(
            copy, RemoteChange(LOTS.id, key_of(0), "update", {"tangCao": 3}), RemoteChange(LOTS.id, key_of(1), "delete", None)
        )
        assert len(made) == 1
        assert (result.merged, result.deleted, len(rows_of(copy))) == (1, 1, 9)
        assert (rows_of(copy)[key_of(0)]["tangCao"], rows_of(copy)[key_of(0)]["kyHieuLoDat"]) == (3, "mine")
        assert beside(copy) == set()

    def test_an_edit_meanwhile_is_merged(self, copy: WorkingCopy, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("commune_planning_plugin.store.working_copy.LONGEST_APPLY_S", 0.0)
        take_over, left = aside.take_over, [1]

        def late(part: Path, path: Path, check: Any) -> None:
            if left:
                left.pop()
                edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'late' WHERE fid = 1")
            take_over(part, path, check)

        monkeypatch.setattr(aside, "take_over", late)
        pull(copy, RemoteChange(LOTS.id, key_of(0), "update", {"tangCao": 3}))
        assert (rows_of(copy)[key_of(0)]["tangCao"], rows_of(copy)[key_of(0)]["kyHieuLoDat"]) == (3, "late")
        assert [item.change.new for item in copy.status()] == [{"kyHieuLoDat": "late"}]


def test_copies_of_what_was_go_at_the_next_start(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid IN (1, 10)")
    rebase(copy, lots(3))
    (name,) = beside(copy)
    old = copy.path.with_name(name)
    copy.clean_up()
    assert old.exists()
    with sqlite3.connect(old) as connection:
        kept = [fid for (fid,) in connection.execute(f"SELECT fid FROM {T} ORDER BY fid")]
    assert kept == [1, 2, 3, 10]  # what the province still shows, and what was edited
    os.utime(old, (0, 0))
    copy.clean_up()
    assert beside(copy) == set()


def test_nothing_is_cleaned_up_while_somebody_builds(copy: WorkingCopy) -> None:
    with aside.site(copy.path) as part:
        shutil.copyfile(copy.path, part)
        copy.clean_up()
        assert part.exists()
    assert beside(copy) == set()
