"""Other programs at the same file: what they do to rows is recorded, what they do to the file is noticed, nothing is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from commune_planning_plugin.core.changes import ChangeKind
from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.store import Ref, WorkingCopy
from commune_planning_plugin.store.building import retained_snapshot
from tests.store.conftest import rows_of
from tests.store.snapshots import LOTS, NEXT, key_of, lots, make_working_copy, square
from tests.store.test_pulling import edit, news, pull

pytestmark = pytest.mark.slow

T = LOTS.table


def run(*command: object) -> str:
    return subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True, timeout=60).stdout


def mine(copy: WorkingCopy) -> list[tuple[str, str]]:
    return sorted((change.kind.value, change.key) for change in copy.changes().changes)


@pytest.fixture
def edited(copy: WorkingCopy) -> WorkingCopy:
    """An update, a delete and an insert, tracked."""
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    edit(copy, f"DELETE FROM {T} WHERE fid = 2")
    edit(copy, f"INSERT INTO {T} (geom, plan, kyHieuLoDat) SELECT geom, plan, 'drawn' FROM {T} WHERE fid = 3")
    return copy


@pytest.fixture
def layer_file(copy: WorkingCopy, tmp_path: Path) -> Path:
    """A GeoPackage of somebody else's, with two lots that know nothing of keys."""
    path = tmp_path / "survey.gpkg"
    run("ogr2ogr", "-f", "GPKG", path, copy.path, "-nln", T, "-sql", f"SELECT geom, kyHieuLoDat FROM {T} WHERE fid <= 2")
    return path


class TestOgr2ogr:
    def test_what_it_appends_are_new_features(self, copy: WorkingCopy, layer_file: Path) -> None:
        run("ogr2ogr", "-append", "-update", copy.path, layer_file, "-nln", T)
        found = copy.changes()
        assert (found.damage, found.problems) == ((), ())
        assert [change.kind for change in found.changes] == [ChangeKind.INSERT] * 2
        assert len({change.key for change in found.changes} - lots(10).keys()) == 2

    def test_appending_the_layer_to_itself_makes_copies_with_keys_of_their_own(self, copy: WorkingCopy, tmp_path: Path) -> None:
        aside = tmp_path / "aside.gpkg"
        run("ogr2ogr", "-f", "GPKG", aside, copy.path, T, "-nln", T)
        run("ogr2ogr", "-append", "-update", "-unsetFid", copy.path, aside, "-nln", T)
        assert len(rows_of(copy)) == 20
        assert [change.kind for change in copy.changes().changes] == [ChangeKind.INSERT] * 10

    def test_what_it_overwrites_is_noticed_and_compared_in_full(self, edited: WorkingCopy, tmp_path: Path) -> None:
        before = mine(edited)
        aside = tmp_path / "aside.gpkg"
        run("ogr2ogr", "-f", "GPKG", aside, edited.path, T, "-nln", T)
        run("ogr2ogr", "-overwrite", "-update", edited.path, aside, "-nln", T)
        assert [damage.layer for damage in edited.damage()] == [LOTS.id]
        edited.rearm(LOTS.id)
        assert mine(edited) == before

    def test_an_update_by_sql_is_recorded(self, copy: WorkingCopy) -> None:
        run("ogrinfo", copy.path, "-sql", f"UPDATE {T} SET kyHieuLoDat = 'by ogrinfo' WHERE fid = 4")
        assert mine(copy) == [("update", key_of(3))]


class TestSqlite3:
    def test_what_it_deletes_is_recorded(self, copy: WorkingCopy) -> None:
        run("sqlite3", copy.path, f"DELETE FROM {T} WHERE fid IN (1, 2)")
        assert mine(copy) == sorted([("delete", key_of(0)), ("delete", key_of(1))])

    def test_what_it_can_not_write_it_does_not_write_by_half(self, copy: WorkingCopy) -> None:
        """The spatial index needs functions that it doesn't have."""
        done = subprocess.run(["sqlite3", copy.path, f"UPDATE {T} SET kyHieuLoDat = 'x'"], capture_output=True, text=True)
        assert "no such function" in done.stderr
        assert mine(copy) == []

    def test_a_delete_without_a_condition_is_a_delete_of_each(self, copy: WorkingCopy) -> None:
        run("sqlite3", copy.path, f"DELETE FROM {T}")
        assert len(copy.changes().changes) == 10

    @pytest.mark.parametrize("mode", ["DELETE", "WAL"])
    def test_vacuum_keeps_every_row_where_it_was(self, edited: WorkingCopy, mode: str) -> None:
        """Row numbers are kept, since ``fid`` is the integer primary key; the record of edits is by them."""
        before, rows = mine(edited), rows_of(edited)
        run("sqlite3", edited.path, f"PRAGMA journal_mode={mode}; VACUUM; PRAGMA journal_mode=DELETE")
        assert (mine(edited), rows_of(edited), edited.damage()) == (before, rows, [])
        edited.revert([Ref(LOTS.id, key) for _, key in before])
        assert rows_of(edited) == lots(10)

    def test_vacuum_into_another_file_is_a_whole_copy(self, edited: WorkingCopy, tmp_path: Path) -> None:
        run("sqlite3", edited.path, f"VACUUM INTO '{tmp_path / 'v.gpkg'}'")
        with WorkingCopy.open(tmp_path / "v.gpkg") as other:
            assert (mine(other), other.damage()) == (mine(edited), [])

    def test_a_dump_that_is_read_back_is_the_same_working_copy(self, edited: WorkingCopy, tmp_path: Path) -> None:
        before, rows = mine(edited), rows_of(edited)
        script = run("sqlite3", edited.path, ".dump")
        restored = tmp_path / "restored.gpkg"
        with closing(sqlite3.connect(restored)) as connection:
            connection.executescript(script)
        shutil.copyfile(retained_snapshot(edited.path), retained_snapshot(restored))
        with WorkingCopy.open(restored) as other:
            assert (mine(other), rows_of(other), other.damage()) == (before, rows, [])
            pull(other, news(4, tenDoiTuong="theirs"))
            assert mine(other) == before


FIELD_APP = """
import sys
from osgeo import ogr
ogr.UseExceptions()
source = ogr.Open(sys.argv[1], 1)
layer = source.GetLayerByName(sys.argv[2])
layer.StartTransaction()
for feature in [layer.GetFeature(2), layer.GetFeature(3)]:
    feature.SetField("kyHieuLoDat", "field %d" % feature.GetFID())
    layer.SetFeature(feature)
made = ogr.Feature(layer.GetLayerDefn())
made.SetGeometry(ogr.CreateGeometryFromWkt("MULTIPOLYGON(((0 0,1 0,1 1,0 0)))"))
layer.CreateFeature(made)
layer.DeleteFeature(9)
layer.CommitTransaction()
"""


def test_a_field_application_that_knows_nothing_of_us(copy: WorkingCopy) -> None:
    run(sys.executable, "-c", FIELD_APP, copy.path, T)
    kinds = sorted(change.kind.value for change in copy.changes().changes)
    assert kinds == ["delete", "insert", "update", "update"]
    assert rows_of(copy)[key_of(1)]["kyHieuLoDat"] == "field 2"


class TestRowNumbers:
    @pytest.mark.parametrize("fid", [2**31, 2**32 + 4, 2**53 + 1, 2**63 - 1, -1, -(2**63)])
    def test_of_any_size_are_only_names(self, copy: WorkingCopy, fid: int) -> None:
        edit(copy, f"UPDATE {T} SET fid = {fid}, kyHieuLoDat = 'moved' WHERE fid = 1")
        assert mine(copy) == [("update", key_of(0))]
        pull(copy, news(0, tangCao=5), news(1, "delete"))
        assert (rows_of(copy)[key_of(0)]["kyHieuLoDat"], rows_of(copy)[key_of(0)]["tangCao"]) == ("moved", 5)
        copy.revert([Ref(LOTS.id, key_of(0))])
        assert mine(copy) == []

    def test_taken_by_another_row_are_no_trouble(self, copy: WorkingCopy) -> None:
        """Two rows change places."""
        for statement in ("fid = -7 WHERE fid = 1", "fid = 1 WHERE fid = 2", "fid = 2 WHERE fid = -7"):
            edit(copy, f"UPDATE {T} SET {statement}")
        assert mine(copy) == []
        pull(copy, news(0, tangCao=5))
        assert rows_of(copy)[key_of(0)]["tangCao"] == 5


LOCK = """
import sqlite3, sys, time
other = sqlite3.connect(sys.argv[1], isolation_level=None)
other.execute("PRAGMA locking_mode=EXCLUSIVE")
other.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
time.sleep(float(sys.argv[2]))
"""


class TestLocks:
    """Virus scanners and backup programs hold a file for seconds."""

    def test_a_lock_of_three_seconds_is_waited_for_in_the_background(self, copy: WorkingCopy) -> None:
        with WorkingCopy.open(copy.path, wait=10.0) as ours:
            with locked(copy.path, 3.0):
                began = time.monotonic()
                pull(ours, news(1, kyHieuLoDat="N"))
                assert 1.5 < time.monotonic() - began < 9.0
            assert ours.checkpoint.number == 8

    def test_the_main_thread_is_told_at_once_instead(self, copy: WorkingCopy) -> None:
        with locked(copy.path, 3.0):
            began = time.perf_counter()
            with pytest.raises(WorkingCopyError, match=r"working_copy\.busy"):
                copy.status()
            with pytest.raises(WorkingCopyError, match=r"working_copy\.busy"):
                copy.set_default_plan(None)
            assert time.perf_counter() - began < 0.05
        assert copy.status() == ()


class locked:  # noqa: N801 (a context manager)
    """Another process has the file for itself, for so many seconds at most."""

    def __init__(self, path: Path, seconds: float) -> None:
        command = [sys.executable, "-c", LOCK, str(path), str(seconds)]
        self._other = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._other.stdout is not None
        assert self._other.stdout.readline() == "locked\n"

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_raised: object) -> None:
        self._other.kill()
        self._other.communicate()


class TestTheFileItself:
    def test_renamed_while_a_pull_is_staged_nothing_is_written_anywhere(self, edited: WorkingCopy, tmp_path: Path) -> None:
        before = mine(edited)
        staged = edited.stage([news(5, kyHieuLoDat="N")], (), NEXT)
        elsewhere = tmp_path / "renamed.gpkg"
        edited.path.rename(elsewhere)
        with pytest.raises(WorkingCopyError, match=r"working_copy\.missing"):
            edited.apply(staged)
        assert not edited.path.exists()
        with WorkingCopy.open(elsewhere) as moved:
            assert (moved.checkpoint.number, mine(moved), moved.instance) == (7, before, moved.instance)
        elsewhere.rename(edited.path)
        assert edited.apply(staged).updated == 1

    def test_deleted_it_is_missing_and_not_made_anew(self, copy: WorkingCopy) -> None:
        copy.path.unlink()
        for step in (copy.status, lambda: copy.set_default_plan(None), copy.damage):
            with pytest.raises(WorkingCopyError, match=r"working_copy\.missing"):
                step()
        assert not copy.path.exists()

    def test_opening_and_looking_leaves_its_time_alone(self, edited: WorkingCopy) -> None:
        os.utime(edited.path, (1_700_000_000, 1_700_000_000))
        before = edited.path.stat().st_mtime_ns
        with WorkingCopy.open(edited.path) as other:
            other.status(), other.changes(), other.damage(), other.conflicts.open(), other.outbox.items()
        assert edited.path.stat().st_mtime_ns == before

    def test_touching_it_is_no_change(self, copy: WorkingCopy) -> None:
        os.utime(copy.path)
        assert mine(copy) == []


def test_a_clock_set_back_decides_nothing(copy: WorkingCopy, monkeypatch: pytest.MonkeyPatch) -> None:
    """Order is the hub's revision; this computer's times are only shown."""
    from commune_planning_plugin.store import building, drafts, pulling

    early = "1999-01-01T00:00:00Z"
    pull(copy, news(1, kyHieuLoDat="N1"))
    edit(copy, f"UPDATE {T} SET tenDoiTuong = 'mine' WHERE fid = 2")
    for module in (building, drafts, pulling):
        if hasattr(module, "now"):
            monkeypatch.setattr(module, "now", lambda: early)
    pull(copy, news(1, kyHieuLoDat="N2"))
    assert (copy.checkpoint.number, copy.last_pull_at) == (9, early)
    assert rows_of(copy)[key_of(1)]["kyHieuLoDat"] == "N2"
    first = copy.drafts.new([Ref(LOTS.id, key_of(1))])
    assert copy.drafts.all() == (first,)
    assert mine(copy) == [("update", key_of(1))]


class TestJournals:
    def test_a_crash_in_the_middle_of_a_write_is_rolled_back_on_opening(self, copy: WorkingCopy, tmp_path: Path) -> None:
        """The other program was killed with its changes half in the file; its journal has what was there before."""
        crashed = tmp_path / "crashed"
        crashed.mkdir()
        with closing(sqlite3.connect(copy.path, isolation_level=None)) as other:
            other.execute("PRAGMA cache_size=1")
            other.execute("PRAGMA cache_spill=1")
            other.execute("BEGIN IMMEDIATE")
            other.execute(f"DELETE FROM {T}")
            other.execute(
                "CREATE TABLE big AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<2000)"
                " SELECT i, hex(randomblob(200)) FROM n"
            )
            assert Path(f"{copy.path}-journal").stat().st_size > 512
            for suffix in ("", "-journal"):
                shutil.copyfile(f"{copy.path}{suffix}", crashed / f"22504.gpkg{suffix}")
            other.execute("ROLLBACK")
        assert (crashed / "22504.gpkg").read_bytes() != copy.path.read_bytes()
        with WorkingCopy.open(crashed / "22504.gpkg") as opened:
            assert mine(opened) == []
            assert len(rows_of(opened)) == 10
        assert not (crashed / "22504.gpkg-journal").exists()

    @pytest.mark.parametrize("mode", ["DELETE", "TRUNCATE", "PERSIST", "WAL"])
    def test_the_cycle_is_the_same_in_each_mode(self, copy: WorkingCopy, mode: str) -> None:
        with closing(sqlite3.connect(copy.path)) as other:
            assert other.execute(f"PRAGMA journal_mode={mode}").fetchone() == (mode.lower(),)
            edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
            pull(copy, news(1, tangCao=4))
            assert mine(copy) == [("update", key_of(0))]
            copy.revert([Ref(LOTS.id, key_of(0))])
            assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert mine(copy) == []

    def test_the_log_does_not_grow_without_end_under_readers(self, copy: WorkingCopy) -> None:
        """As QGIS renders: readers come and go, one is nearly always there. Each checkpoint writes back what none of them needs."""
        shape, sizes = square(0, 0), []
        with closing(sqlite3.connect(copy.path)) as keeper:
            keeper.execute("PRAGMA journal_mode=WAL")
            keeper.execute("SELECT 1 FROM planning_state").fetchall()
            stop = threading.Event()
            readers = [threading.Thread(target=_read_on, args=(copy.path, stop)) for _ in range(2)]
            for reader in readers:
                reader.start()
            for round_ in range(60):
                pull(copy, *(news(n, "insert", geom=shape) for n in range(100 + 20 * round_, 120 + 20 * round_)))
                sizes.append(Path(f"{copy.path}-wal").stat().st_size)
            stop.set()
            for reader in readers:
                reader.join()
            pull(copy, news(1, tangCao=4))
        assert max(sizes) < 16 << 20, sizes
        assert len(rows_of(copy)) == 1210


def _read_on(path: Path, stop: threading.Event) -> None:
    with closing(sqlite3.connect(path)) as connection:
        while not stop.is_set():
            cursor = connection.execute(f"SELECT * FROM {T}")
            while cursor.fetchmany(50):
                time.sleep(0.001)


def test_many_programs_at_once_lose_no_edit(tmp_path: Path) -> None:
    """Four processes write, each its own rows, while this one pulls."""
    with make_working_copy(tmp_path, {LOTS.id: lots(40)}) as copy:
        code = (
            "import sys\nfrom osgeo import ogr\nogr.UseExceptions()\n"
            f"for n in range(5):\n  source = ogr.Open(sys.argv[1], 1); layer = source.GetLayerByName('{T}')\n"
            "  feature = layer.GetFeature(int(sys.argv[2]) + n); feature.SetField('kyHieuLoDat', 'p' + sys.argv[2])\n"
            "  layer.SetFeature(feature); del layer, source\n"
        )
        others = [subprocess.Popen([sys.executable, "-c", code, str(copy.path), str(1 + 5 * n)]) for n in range(4)]
        with WorkingCopy.open(copy.path, wait=20.0) as ours:
            while any(other.poll() is None for other in others):
                pull(ours, news(35, tangCao=ours.checkpoint.number))
        assert [other.returncode for other in others] == [0] * 4
        assert len(copy.changes().changes) == 20
