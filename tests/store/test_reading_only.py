"""Where a file can only be read it is read, nothing is written into or beside it, and a whole copy of it can be worked with."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from commune_planning_plugin.core.errors import Cancelled, WorkingCopyError
from commune_planning_plugin.store import Lease, Ref, WorkingCopy, held, places, relocating
from commune_planning_plugin.store.building import retained_snapshot
from tests.small_disk import fill, free, on_small_disk
from tests.store.snapshots import LOTS, START, key_of, make_working_copy
from tests.store.test_pulling import edit, news, pull

pytestmark = pytest.mark.slow

T = LOTS.table


def go(
    source: Path, target: Path, told: Callable[[float], None] = lambda _part: None, stop: Callable[[], bool] = lambda: False
) -> None:
    relocating.copy_to(source, target, told, stop)


def names(copy: WorkingCopy) -> list[object]:
    return [change.new.get("tenDoiTuong") for change in copy.changes().changes]


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the mount table calls a network share, with a working copy and an edit in it."""
    folder = tmp_path / "share"
    folder.mkdir()
    with make_working_copy(folder) as made:
        edit(made, f"UPDATE {T} SET tenDoiTuong = 'mine' WHERE fid = 3")
    real = places.mounts
    monkeypatch.setattr(places, "mounts", lambda: f"{real()}server:/plans {folder} nfs4 rw 0 0\n")
    return folder


def test_a_share_is_read_and_not_written(share: Path) -> None:
    path = share / "22504.gpkg"
    with pytest.raises(WorkingCopyError, match=r"working_copy\.network_share"):
        WorkingCopy.open(path)
    before = (path.read_bytes(), sorted(share.iterdir()))
    with WorkingCopy.open_to_read(path) as copy:
        assert (copy.checkpoint, names(copy), copy.damage(), copy.drafts.all()) == (START, ["mine"], [], ())
        assert len(copy.status()) == 1
        for write in (
            lambda: copy.set_default_plan(None),
            lambda: copy.revert([Ref(LOTS.id, key_of(2))]),
            lambda: pull(copy, news(1)),
        ):
            with pytest.raises(WorkingCopyError, match=r"working_copy\.read_only"):
                write()
    assert (path.read_bytes(), sorted(share.iterdir())) == before


def test_nothing_is_downloaded_to_a_share(share: Path) -> None:
    with pytest.raises(WorkingCopyError, match=r"working_copy\.network_share"):
        places.prepare_folder(share / "other" / "new.gpkg")


def test_a_copy_has_edits_and_snapshot_and_can_be_worked_with(share: Path, tmp_path: Path) -> None:
    path, target, told = share / "22504.gpkg", tmp_path / "here" / "22504.gpkg", []
    before = path.read_bytes()
    go(path, target, told.append)
    assert told[-1] == 1.0
    assert {each.name for each in target.parent.iterdir()} == {"22504.gpkg", "22504.gpkg.base.gz"}
    assert retained_snapshot(target).read_bytes() == retained_snapshot(path).read_bytes()
    assert path.read_bytes() == before
    with WorkingCopy.open(target) as copy:
        assert names(copy) == ["mine"]
        pull(copy, news(5, tenDoiTuong="theirs"))
        edit(copy, f"DROP TRIGGER planning_after_delete_{T}")
        copy.rearm(LOTS.id)
        assert names(copy) == ["mine"]


def test_what_a_crash_left_in_the_log_is_in_the_copy(share: Path, tmp_path: Path) -> None:
    path = share / "22504.gpkg"
    crashed = tmp_path / "crashed.gpkg"
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute(f"DELETE FROM {T} WHERE fid = 1")
        writer.commit()
        for suffix in ("", "-wal"):
            shutil.copyfile(f"{path}{suffix}", f"{crashed}{suffix}")
    go(crashed, tmp_path / "here" / "a.gpkg")
    assert {each.name for each in (tmp_path / "here").iterdir()} == {"a.gpkg"}
    with WorkingCopy.open(tmp_path / "here" / "a.gpkg") as copy:
        assert {change.kind.value for change in copy.changes().changes} == {"update", "delete"}


def test_an_interrupted_copy_leaves_nothing_and_no_file_is_replaced(share: Path, tmp_path: Path) -> None:
    path, target = share / "22504.gpkg", tmp_path / "here" / "a.gpkg"
    with pytest.raises(Cancelled):
        go(path, target, stop=lambda: True)
    assert list(target.parent.iterdir()) == []
    target.write_bytes(b"other")
    with pytest.raises(WorkingCopyError, match=r"working_copy\.exists"):
        go(path, target)
    assert target.read_bytes() == b"other"


def test_a_file_that_changes_meanwhile_is_not_taken_for_whole(share: Path, tmp_path: Path) -> None:
    path = share / "22504.gpkg"
    with pytest.raises(WorkingCopyError, match=r"working_copy\.busy"):
        go(path, tmp_path / "here" / "a.gpkg", told=lambda _part: os.utime(path))
    assert list((tmp_path / "here").iterdir()) == []


def test_a_damaged_file_is_not_copied_as_if_it_were_sound(share: Path, tmp_path: Path) -> None:
    path = share / "22504.gpkg"
    with path.open("rb+") as file:
        file.seek(3 * 4096)
        file.write(b"\xff" * 8192)
    with pytest.raises(WorkingCopyError, match=r"working_copy\.(damaged|not_a_working_copy)"):
        go(path, tmp_path / "here" / "a.gpkg")
    assert list((tmp_path / "here").iterdir()) == []


def test_while_somebody_edits_there_it_waits(share: Path, tmp_path: Path) -> None:
    lease = Lease.take(share / "22504.gpkg", LOTS.id, START)
    with pytest.raises(WorkingCopyError, match=r"working_copy\.in_edit"):
        go(share / "22504.gpkg", tmp_path / "here" / "a.gpkg")
    lease.release()
    go(share / "22504.gpkg", tmp_path / "here" / "a.gpkg")


def full_target(folder: Path) -> None:
    source = folder / "from"
    source.mkdir()
    make_working_copy(source).close()
    fill(folder)
    with pytest.raises(WorkingCopyError, match=r"working_copy\.disk_full"):
        go(source / "22504.gpkg", folder / "here.gpkg")
    free(folder)
    go(source / "22504.gpkg", folder / "here.gpkg")
    WorkingCopy.open(folder / "here.gpkg").close()


def protected(folder: Path) -> None:
    """A disk that is mounted for reading: a CD, a locked stick, a share without rights. Not even root may write."""
    with make_working_copy(folder) as copy:
        edit(copy, f"UPDATE {T} SET tenDoiTuong = 'mine' WHERE fid = 3")
        path = copy.path
        lease = Lease.take(path, LOTS.id, START)
        left = lease._path.read_bytes()
        lease.release()
        lease._path.write_bytes(left)  # as a computer leaves it that is switched off
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    with pytest.raises(WorkingCopyError, match=r"working_copy\.read_only"):
        WorkingCopy.open(path)
    assert held(path) == []
    with WorkingCopy.open_to_read(path) as copy:
        assert names(copy) == ["mine"]
    with pytest.raises(WorkingCopyError, match=r"working_copy\.read_only"):
        Lease.take(path, LOTS.id, START)
    with pytest.raises(WorkingCopyError, match=r"working_copy\.read_only"):
        places.prepare_folder(folder / "new" / "a.gpkg")
    aside = folder.parent / "aside.gpkg"
    go(path, aside)
    with WorkingCopy.open(aside) as copy:
        assert names(copy) == ["mine"]


@pytest.mark.parametrize("case", [full_target, protected], ids=lambda case: case.__name__)
def test_on_a_disk_of_its_own(case: Callable[[Path], None], tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    on_small_disk(case, folder)


def test_the_protection_of_the_file_is_not_copied(tmp_path: Path) -> None:
    make_working_copy(tmp_path).close()
    (tmp_path / "22504.gpkg").chmod(stat.S_IRUSR)
    go(tmp_path / "22504.gpkg", tmp_path / "here" / "a.gpkg")
    assert os.access(tmp_path / "here" / "a.gpkg", os.W_OK)
    assert (tmp_path / "here" / "a.gpkg").stat().st_mode & stat.S_IWUSR
