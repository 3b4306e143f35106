"""Random writes by Python and by GDAL: the recorded changes always lead from the province's rows to the present ones."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from osgeo import gdal, ogr

from commune_planning_plugin.core.changes import apply
from commune_planning_plugin.store import WorkingCopy
from commune_planning_plugin.store.sql import connected
from tests.store.conftest import proposed_rows
from tests.store.snapshots import LOTS, key_of, lots, make_working_copy, square

pytestmark = pytest.mark.slow

T = LOTS.table
FIDS = [1, 2, 3, 5, 8, 10, 11, 12, -1, -2, 2**31, 2**32 + 4]
ogr.UseExceptions()
gdal.SetConfigOption("OGR_SQLITE_SYNCHRONOUS", "OFF")


def by_sql(connection: sqlite3.Connection, dice: random.Random) -> None:
    fid, other, word = dice.choice(FIDS), dice.choice(FIDS), f"w{dice.randrange(4)}"
    key = dice.choice([key_of(dice.randrange(10)), None])
    connection.execute(
        dice.choice(
            [
                f"UPDATE {T} SET kyHieuLoDat = :word WHERE fid = :fid",
                f"UPDATE OR REPLACE {T} SET fid = :other WHERE fid = :fid",
                f"UPDATE OR IGNORE {T} SET fid = :other, tenDoiTuong = :word WHERE fid = :fid",
                f"UPDATE {T} SET key = :key WHERE fid = :fid",
                f"UPDATE {T} SET geom = (SELECT geom FROM {T} WHERE fid = :other) WHERE fid = :fid"
                f" AND EXISTS (SELECT 1 FROM {T} WHERE fid = :other)",
                f"DELETE FROM {T} WHERE fid = :fid",
                f"DELETE FROM {T} WHERE fid > :fid AND fid < :other",
                f"REPLACE INTO {T} (fid, geom, key, kyHieuLoDat) SELECT :other, geom, :key, :word FROM {T} WHERE fid = :fid",
                f"INSERT OR IGNORE INTO {T} (fid, geom, key) SELECT :other, geom, key FROM {T} WHERE fid = :fid",
                f"INSERT INTO {T} (geom, key, birth) SELECT geom, key, birth FROM {T} WHERE fid IN (:fid, :other)",
                f"INSERT INTO {T} (fid, geom, key) SELECT :other, geom, :key FROM {T} WHERE fid = :fid"
                " ON CONFLICT (fid) DO UPDATE SET key = excluded.key, tenDoiTuong = :word",
            ]
        ),
        {"fid": fid, "other": other, "word": word, "key": key},
    )


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("seed", range(4))
def test_sql(tmp_path: Path, recursive: str, seed: int) -> None:
    with make_working_copy(tmp_path) as copy:
        connection = connected(copy.path, 5.0)
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(f"PRAGMA recursive_triggers={recursive}")
        check(copy, random.Random(seed), lambda dice: by_sql(connection, dice))
        connection.close()


@pytest.mark.parametrize("seed", range(3))
def test_gdal(tmp_path: Path, seed: int) -> None:
    with make_working_copy(tmp_path) as copy:

        def write(dice: random.Random) -> None:
            source = ogr.Open(str(copy.path), 1)
            for _ in range(4):
                by_gdal(source, dice)

        check(copy, random.Random(seed), write, rounds=6)


def by_gdal(source: ogr.DataSource, dice: random.Random) -> None:
    layer, fid = source.GetLayerByName(T), dice.choice(FIDS)
    found = layer.GetFeature(fid) if fid in [feature.GetFID() for feature in layer] else None
    action = dice.randrange(5)
    if action == 0 and found is not None:
        found.SetField("kyHieuLoDat", f"w{dice.randrange(4)}")
        layer.SetFeature(found)
    elif action == 1 and found is not None:
        layer.DeleteFeature(fid)
    elif action == 2:
        made = ogr.Feature(layer.GetLayerDefn())
        made.SetFID(fid if found is None else -1)
        made.SetField("key", key_of(dice.randrange(10)))
        made.SetGeometry(ogr.CreateGeometryFromWkb(square(600_000 + dice.randrange(9), 1_400_000)))
        layer.CreateFeature(made)
    elif action == 3 and found is not None:
        found.SetGeometry(ogr.CreateGeometryFromWkb(square(600_000 + dice.randrange(9), 1_400_000)))
        layer.SetFeature(found)
    else:
        source.ExecuteSQL(f"UPDATE {T} SET tangCao = {dice.randrange(3)} WHERE fid = {fid}")


def check(copy: WorkingCopy, dice: random.Random, write: Callable[[random.Random], None], rounds: int = 20) -> None:
    province = lots(10)
    for _ in range(rounds):
        write(dice)
        found = copy.changes()
        assert apply(province, found.changes) == proposed_rows(copy, province)
        assert found.problems == ()
