"""Measures of what passes between desk and hub: bytes on the wire, a pull of 1,000 changes, a merge of 1,000 against 1,000."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pygeodiff

from benchmarks.rig import ACCOUNT, COMMUNE, TABLE, Hub, timed
from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.store import WorkingCopy
from commune_planning_plugin.store.model import RemoteChange
from commune_planning_plugin.store.sql import connected
from commune_planning_plugin.sync import engine
from commune_planning_plugin.sync.feedback import Progress, Silent

EDITS = 1_000
_COLUMNS = "geom, ghiChu, dienTich"


class Watch(Silent):
    """Notes how many bytes a download has, and when its last one came."""

    def __init__(self) -> None:
        self.bytes = 0
        self.downloaded_at = 0.0

    def progress(self, progress: Progress) -> None:
        if progress.stage == "download":
            self.bytes, self.downloaded_at = progress.total_bytes or 0, time.perf_counter()


def wire(hub: Hub, folder: Path) -> tuple[int, float]:
    """Bytes on the wire of a cached snapshot, and seconds from its last byte to a working copy that can be edited."""
    client = hub.client()
    ready, size = [], 0
    for attempt in range(3):
        watch = Watch()
        engine.first_pull(client, folder / f"wire_{attempt}.gpkg", COMMUNE, ACCOUNT, watch).close()
        ready.append(time.perf_counter() - watch.downloaded_at)
        size = watch.bytes
    return size, min(ready)


def pull_s(hub: Hub, working_copy: Path) -> tuple[float, float]:
    """Seconds of a pull of 1,000 changes over loopback, and of plain SQLite that writes the same rows into the same file, R-tree
    and all."""
    pulls, writes = [], []
    client = hub.client()
    client.catalogue()
    for attempt in range(4):
        remark = hub.touch(EDITS, move=True)
        before = working_copy.with_name(f"before_{attempt}.gpkg")
        shutil.copyfile(working_copy, before)
        with closing(WorkingCopy.open(working_copy, wait=5.0)) as copy:
            result: list[engine.PullResult] = []
            pulls.append(timed(lambda copy=copy, result=result: result.append(engine.pull(copy, client))))
            assert result[0].updated == EDITS, result
        writes.append(_plain_writes(before, _rows(working_copy, remark)))
    return min(pulls), min(writes)


def _rows(path: Path, remark: str) -> list[tuple[object, ...]]:
    """The rows that the last pull brought, as they lie in the file."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT {_COLUMNS}, key FROM {TABLE} WHERE ghiChu = ?", (remark,)).fetchall()


def _plain_writes(path: Path, rows: list[tuple[object, ...]]) -> float:
    assert len(rows) == EDITS
    assigned = ", ".join(f"{name.strip()} = ?" for name in _COLUMNS.split(","))
    with closing(connected(path, 5.0)) as connection:
        untrack(connection)

        def write() -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(f"UPDATE {TABLE} SET {assigned} WHERE key = ?", rows)
            connection.execute("COMMIT")

        return timed(write)


def untrack(connection: sqlite3.Connection) -> None:
    """Drop the triggers that record edits; the R-tree's stay."""
    names = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%planning\\_%' ESCAPE '\\'"
    found = [name for (name,) in connection.execute(names) if not name.startswith("rtree_")]
    assert found
    for name in found:
        connection.execute(f'DROP TRIGGER "{name}"')


def merge_s(working_copy: Path, folder: Path) -> tuple[float, float]:
    """Seconds from two edited files to the merged one, 1,000 edits against 1,000, half of them of the same features: ours, and
    pygeodiff's on the same files."""
    ours, rivals = [], []
    for attempt in range(2):
        sides = [folder / f"{side}_{attempt}.gpkg" for side in ("base", "theirs", "mine")]
        for side in sides:
            shutil.copyfile(working_copy, side)
        _edit(sides[1], 0, "tenCongTrinhTrenDat", "'tỉnh'")
        _edit(sides[2], EDITS // 2, "ghiChu", "'xã'")
        rival = [folder / f"rival_{side.name}" for side in sides]
        for side, copied in zip(sides, rival, strict=True):
            shutil.copyfile(side, copied)
        ours.append(timed(lambda sides=sides: _merge(sides[1], sides[2])))
        rivals.append(timed(lambda rival=rival: _rebase(*rival)))
    return min(ours), min(rivals)


def _edit(path: Path, start: int, field: str, value: str) -> None:
    with closing(connected(path, 5.0)) as connection:
        chosen = f"SELECT fid FROM {TABLE} ORDER BY fid LIMIT {EDITS} OFFSET {start}"
        connection.execute(f"UPDATE {TABLE} SET {field} = {value} WHERE fid IN ({chosen})")


def _merge(theirs: Path, mine: Path) -> None:
    with closing(WorkingCopy.open(theirs, wait=5.0)) as copy:
        news = [_news(change) for change in copy.changes().changes]
    with closing(WorkingCopy.open(mine, wait=5.0)) as copy:
        result = copy.apply(copy.stage(news, (), copy.checkpoint))
        assert result.conflicts == 0
        assert result.merged + result.updated == EDITS, result


def _news(change: Change) -> RemoteChange:
    return RemoteChange(change.layer, change.key, change.kind.value, change.new)


def _rebase(base: Path, theirs: Path, mine: Path) -> None:
    differ = pygeodiff.GeoDiff()
    differ.set_tables_to_skip(list(_own_tables(base)))
    differ.rebase(str(base), str(theirs), str(mine), str(mine.with_suffix(".conflict")))


def _own_tables(path: Path) -> Iterator[str]:
    with closing(sqlite3.connect(path)) as connection:
        yield from (
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'") if "planning" in name
        )


def geodiff_status_s(base: Path, edited: Path) -> float:
    """Seconds that pygeodiff takes to find what was edited, by comparing the whole file with the one it came from."""
    differ = pygeodiff.GeoDiff()
    differ.set_tables_to_skip(list(_own_tables(base)))
    changes = edited.with_suffix(".changes")
    return timed(lambda: differ.create_changeset(str(base), str(edited), str(changes)))
