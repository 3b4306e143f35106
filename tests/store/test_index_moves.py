"""The spatial index after a pull is the one that the triggers would have made."""

from __future__ import annotations

import random
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from commune_planning_plugin.core.errors import Cancelled
from commune_planning_plugin.store import Checkpoint, RemoteChange, WorkingCopy, gpkg
from commune_planning_plugin.store.sql import connected
from tests.store.snapshots import CATALOGUE, IDENTITY, LOTS, START, lot, make_large_snapshot, square
from tests.store.test_pulling import edit, pull

pytestmark = pytest.mark.slow

COUNT = 6_000
"""Enough for three levels."""
T = LOTS.table
RTREE = f"rtree_{T}_geom"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    WorkingCopy.create(folder / "a.gpkg", make_large_snapshot(folder / "s", COUNT), IDENTITY, CATALOGUE, START).close()
    return folder / "a.gpkg"


@pytest.fixture
def many(original: Path, tmp_path: Path) -> Iterator[WorkingCopy]:
    for name in ("a.gpkg", "a.gpkg.base.gz"):
        (tmp_path / name).write_bytes(original.with_name(name).read_bytes())
    with WorkingCopy.open(tmp_path / "a.gpkg") as copy:
        yield copy


def key(number: int) -> str:
    return str(uuid.UUID(int=number))


def moved(number: int, by: float) -> RemoteChange:
    shape = square(600_000.0 + 100.0 * (number % 1000) + by, 1_400_000.0 + 100.0 * (number // 1000) + by / 2)
    return RemoteChange(LOTS.id, key(number), "update", {"geom": shape})


def new(number: int) -> RemoteChange:
    return RemoteChange(LOTS.id, key(number), "insert", lot(number % 1000))


def assert_index_is_right(path: Path) -> None:
    with closing(connected(path, 5.0)) as connection:
        assert connection.execute(f"SELECT rtreecheck('{RTREE}')").fetchone() == ("ok",)
        found = connection.execute(f"SELECT id, minx, miny, maxx, maxy FROM {RTREE}").fetchall()
        lying = {fid: gpkg.envelope(blob) for fid, blob in connection.execute(f"SELECT fid, geom FROM {T}")}
        counted = connection.execute("SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = ?", (T,)).fetchone()
    assert counted == (len(lying),)
    boxes = {fid: box for fid, *box in found}
    assert boxes.keys() == {fid for fid, box in lying.items() if box is not None}
    fids = list(boxes)
    index, exact = (np.array([each[fid] for fid in fids]) for each in (boxes, lying))
    grown = np.concatenate([exact[:, :2] - index[:, :2], index[:, 2:] - exact[:, 2:]])
    assert grown.min() >= 0
    assert grown.max() <= 0.5  # some steps of 32 bits


@pytest.mark.parametrize("seed", range(4))
def test_moved_near_and_far_new_and_gone(many: WorkingCopy, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(3):
        numbers = chance.sample(range(COUNT), 900)
        news = [moved(number, chance.choice([0.1, -0.3, 7.5, -60.0, 150.0, 40_000.0])) for number in numbers[:700]]
        news += [RemoteChange(LOTS.id, key(number), "delete", None) for number in numbers[700:800]]
        news += [new(COUNT + chance.randrange(10**6)) for _ in range(50)]
        present = {found for (found,) in sqlite3.connect(many.path).execute(f"SELECT key FROM {T}")}
        pull(many, *[each for each in news if (each.key in present) == (each.kind != "insert")])
        assert_index_is_right(many.path)


def test_all_of_it_moves_a_little(many: WorkingCopy) -> None:
    for step in range(1, 4):
        pull(many, *[moved(number, 0.7 * step) for number in range(COUNT)])
        assert_index_is_right(many.path)


def test_a_feature_that_had_no_place_and_one_that_loses_it(many: WorkingCopy) -> None:
    edit(many, f"UPDATE {T} SET geom = NULL WHERE fid IN (1, 2)")
    assert_index_is_right(many.path)
    pull(many, *[moved(number, 3.0) for number in range(5)])
    assert_index_is_right(many.path)
    edit(many, f"UPDATE {T} SET kyHieuLoDat = 'x' WHERE fid = 9")
    assert_index_is_right(many.path)


def test_after_a_pull_and_after_a_cancelled_one_the_triggers_keep_the_index(many: WorkingCopy) -> None:
    asked = iter([False] * 40)
    staged = many.stage([moved(number, 5.0) for number in range(60)], (), Checkpoint(2, "two"))
    with pytest.raises(Cancelled):
        many.apply(staged, cancelled=lambda: next(asked, True))
    assert_index_is_right(many.path)
    connection = many._database.connection
    connection.execute(f"UPDATE {T} SET geom = (SELECT geom FROM {T} WHERE fid = 5000) WHERE fid = 3")
    assert_index_is_right(many.path)
    pull(many, moved(7, 5.0))
    connection.execute(f"UPDATE {T} SET geom = (SELECT geom FROM {T} WHERE fid = 5000) WHERE fid = 8")
    assert_index_is_right(many.path)
