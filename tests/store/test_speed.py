"""What must not grow with the number of features."""

from __future__ import annotations

import time
from pathlib import Path

from commune_planning_plugin.store import WorkingCopy
from tests.store.snapshots import CATALOGUE, IDENTITY, LOTS, START, make_large_snapshot
from tests.store.test_pulling import edit


def built(folder: Path, count: int) -> tuple[WorkingCopy, float]:
    snapshot = make_large_snapshot(folder / f"s{count}", count)
    begun = time.perf_counter()
    copy = WorkingCopy.create(folder / f"{count}.gpkg", snapshot, IDENTITY, CATALOGUE, START)
    took = time.perf_counter() - begun
    for fid in range(1, 11):
        edit(copy, f"UPDATE {LOTS.table} SET kyHieuLoDat = 'mine' WHERE fid = {fid * count // 10}")
    return copy, took


def fastest(copy: WorkingCopy) -> float:
    times = []
    for _ in range(7):
        begun = time.perf_counter()
        assert len(copy.status()) == 10
        times.append(time.perf_counter() - begun)
    return min(times)


def test_status_takes_time_by_edits_and_building_is_fast(tmp_path: Path) -> None:
    small, _ = built(tmp_path, 1_000)
    large, took = built(tmp_path, 10_000)
    with small, large:
        assert fastest(large) < 3 * fastest(small) + 0.005
    assert took < 3.0
