"""Files that can't be used say why; a file in use is never replaced."""

from __future__ import annotations

import os
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from commune_planning_plugin.core.errors import Cancelled, InvalidData, PlanningError, WorkingCopyError
from commune_planning_plugin.store import WorkingCopy
from commune_planning_plugin.store.places import is_network_share, mounted_as
from tests.store.snapshots import (
    CATALOGUE,
    IDENTITY,
    LOTS,
    START,
    lots,
    make_large_snapshot,
    make_snapshot,
    make_working_copy,
)
from tests.store.test_pulling import edit

NOBODY = 65534


def code_of(path: Path, **expected: str) -> str:
    with pytest.raises(PlanningError) as raised:
        WorkingCopy.open(path, replace(IDENTITY, **expected))
    return raised.value.code


def test_it_opens_as_what_it_is(copy: WorkingCopy) -> None:
    with WorkingCopy.open(copy.path, IDENTITY) as opened:
        assert (opened.identity, opened.checkpoint, opened.catalogue) == (IDENTITY, START, CATALOGUE)
        assert opened.instance == copy.instance
        assert opened.last_pull_at is not None


def test_missing(tmp_path: Path) -> None:
    assert code_of(tmp_path / "none.gpkg") == "working_copy.missing"


def test_of_another_hub_or_commune(copy: WorkingCopy) -> None:
    assert code_of(copy.path, hub_id="other") == "working_copy.other_hub"
    assert code_of(copy.path, commune="22516") == "working_copy.other_commune"


def test_of_a_newer_plugin(copy: WorkingCopy) -> None:
    edit(copy, "UPDATE planning_state SET value = '99' WHERE name = 'format'")
    assert code_of(copy.path) == "working_copy.newer"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a zip", b"SQLite format 3\x00" + b"\x00" * 200])
def test_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.gpkg"
    path.write_bytes(content)
    assert code_of(path) == "working_copy.not_a_working_copy"


def test_a_folder(tmp_path: Path) -> None:
    assert code_of(tmp_path) == "working_copy.not_a_working_copy"


def test_another_geopackage(tmp_path: Path) -> None:
    assert code_of(make_snapshot(tmp_path / "plain.gpkg", {})) == "working_copy.not_a_working_copy"


def test_cut_off(copy: WorkingCopy, tmp_path: Path) -> None:
    path = tmp_path / "cut.gpkg"
    path.write_bytes(copy.path.read_bytes()[: copy.path.stat().st_size // 2])
    assert code_of(path) == "working_copy.damaged"


@pytest.mark.parametrize("what", ["file", "folder"])
def test_read_only(tmp_path: Path, what: str) -> None:
    """Tried as an ordinary user: nothing is read-only for root."""
    folder = tmp_path / "readable"
    folder.mkdir()
    make_working_copy(folder).close()
    path = folder / "22504.gpkg"
    path.chmod(0o444 if what == "file" else 0o666)
    folder.chmod(0o777 if what == "file" else 0o555)
    for parent in tmp_path.parents:
        if parent.stat().st_uid == os.getuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o111)
    tmp_path.chmod(0o755)
    child = os.fork()
    if child == 0:
        if os.getuid() == 0:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        try:
            WorkingCopy.open(path)
        except WorkingCopyError as error:
            os._exit(0 if error.code == "working_copy.read_only" else 1)
        os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_network_shares_are_known_by_their_mounts() -> None:
    mounts = "/dev/sda1 / ext4 rw 0 0\nserver:/x /mnt/so\\040lieu nfs4 rw 0 0\ntmpfs /tmp tmpfs rw 0 0\n"
    assert mounted_as(Path("/mnt/so lieu/a/b.gpkg"), mounts) == "nfs4"
    assert mounted_as(Path("/home/a.gpkg"), mounts) == "ext4"
    assert is_network_share(Path("//server/share/a.gpkg"))
    assert not is_network_share(Path("/tmp/a.gpkg"))


def test_moved_while_open(copy: WorkingCopy, tmp_path: Path) -> None:
    copy.path.rename(tmp_path / "moved.gpkg")
    with pytest.raises(WorkingCopyError, match=r"working_copy\.missing"):
        copy.status()
    (tmp_path / "moved.gpkg").rename(copy.path)
    assert copy.status() == ()


def test_replaced_while_open(copy: WorkingCopy, tmp_path: Path) -> None:
    other = tmp_path / "other.gpkg"
    shutil.copyfile(copy.path, other)
    other.replace(copy.path)
    with pytest.raises(WorkingCopyError, match=r"working_copy\.missing"):
        copy.set_default_plan(None)


def test_edits_in_a_leftover_wal_are_seen(copy: WorkingCopy, tmp_path: Path) -> None:
    """QGIS leaves WAL mode and its files behind when it crashes."""
    writer = sqlite3.connect(copy.path)
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute(f"DELETE FROM {LOTS.table} WHERE fid = 1")
    writer.commit()
    left = tmp_path / "crashed"
    left.mkdir()
    for suffix in ("", "-wal"):
        shutil.copyfile(f"{copy.path}{suffix}", left / f"22504.gpkg{suffix}")
    writer.close()
    with WorkingCopy.open(left / "22504.gpkg") as opened:
        assert len(opened.changes().changes) == 1


def test_a_leftover_wal_of_a_deleted_file_is_not_merged_into_a_new_one(tmp_path: Path) -> None:
    snapshot = make_snapshot(tmp_path / "s.gpkg", {LOTS.id: lots(3)})
    path = tmp_path / "22504.gpkg"
    for suffix in ("-wal", "-shm", "-journal"):
        Path(f"{path}{suffix}").write_bytes(b"left over")
    with WorkingCopy.create(path, snapshot, IDENTITY, CATALOGUE, START) as made:
        assert made.changes().changes == ()
    assert not Path(f"{path}-wal").exists()


def test_an_existing_file_is_never_replaced(copy: WorkingCopy, tmp_path: Path) -> None:
    snapshot = make_snapshot(tmp_path / "s.gpkg", {})
    with pytest.raises(WorkingCopyError, match=r"working_copy\.exists"):
        WorkingCopy.create(copy.path, snapshot, IDENTITY, CATALOGUE, START)


def test_cancelled_it_leaves_nothing(tmp_path: Path) -> None:
    snapshot = make_snapshot(tmp_path / "s.gpkg", {LOTS.id: lots(3)})
    seen: list[float] = []
    folder = tmp_path / "copies"
    with pytest.raises(Cancelled):
        WorkingCopy.create(folder / "a.gpkg", snapshot, IDENTITY, CATALOGUE, START, seen.append, lambda: len(seen) > 1)
    assert list(folder.iterdir()) == []
    assert seen == sorted(seen)


@pytest.mark.parametrize("statement", ["ALTER TABLE {T} DROP COLUMN birth", "ALTER TABLE {T} ADD COLUMN x TEXT", "DROP TABLE {T}"])
def test_a_snapshot_of_other_columns_is_refused(tmp_path: Path, statement: str) -> None:
    snapshot = make_snapshot(tmp_path / "s.gpkg", {})
    with sqlite3.connect(snapshot) as connection:
        connection.execute(statement.format(T=LOTS.table))
    with pytest.raises(InvalidData, match=r"snapshot\.malformed"):
        WorkingCopy.create(tmp_path / "a.gpkg", snapshot, IDENTITY, CATALOGUE, START)
    assert not (tmp_path / "a.gpkg").exists()


def test_a_snapshot_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "s.gpkg").write_bytes(b"<html>" * 100)
    with pytest.raises(WorkingCopyError):
        WorkingCopy.create(tmp_path / "a.gpkg", tmp_path / "s.gpkg", IDENTITY, CATALOGUE, START)
    assert not (tmp_path / "a.gpkg").exists()


def test_the_bulk_index_is_the_one_that_sqlite_would_build(tmp_path: Path) -> None:
    with WorkingCopy.create(
        tmp_path / "a.gpkg", make_large_snapshot(tmp_path / "s.gpkg", 7000), IDENTITY, CATALOGUE, START
    ) as made:
        connection = made._database.connection
        assert connection.execute(f"SELECT rtreecheck('rtree_{LOTS.table}_geom')").fetchone() == ("ok",)
        box = (601_050.0, 1_400_050.0, 602_950.0, 1_400_250.0)
        assert len(made.rows_meeting(LOTS.id, box)) == 20 * 3
        assert connection.execute("SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = ?", (LOTS.table,)).fetchone() == (
            7000,
        )
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_the_file_keeps_no_trace_of_the_building(copy: WorkingCopy) -> None:
    names = {path.name for path in copy.path.parent.iterdir()}
    assert names == {"22504.gpkg", "22504.gpkg.base.gz"}


@pytest.mark.parametrize("fid", ["fid + (1 << 62)", "fid - 1500", "fid * 3000000000000000 - 4500000000000000000"])
def test_the_bulk_index_takes_rowids_of_any_size(tmp_path: Path, fid: str) -> None:
    snapshot = make_large_snapshot(tmp_path / "s.gpkg", 3000)
    with sqlite3.connect(snapshot) as connection:
        connection.execute(f"UPDATE {LOTS.table} SET fid = fid + (1 << 61)")
        connection.execute(f"UPDATE {LOTS.table} SET fid = {fid.replace('fid', '(fid - (1 << 61))')}")
    with WorkingCopy.create(tmp_path / "a.gpkg", snapshot, IDENTITY, CATALOGUE, START) as made:
        connection = made._database.connection
        assert connection.execute(f"SELECT rtreecheck('rtree_{LOTS.table}_geom')").fetchone() == ("ok",)
        rows, places = (
            f"SELECT {column} FROM {table}" for column, table in (("fid", LOTS.table), ("id", f"rtree_{LOTS.table}_geom"))
        )
        assert connection.execute(f"SELECT count(*) FROM ({rows} INTERSECT {places})").fetchone() == (3000,)
        assert len(made.rows_meeting(LOTS.id, (601_050.0, 1_400_050.0, 601_950.0, 1_400_250.0))) == 10 * 3
