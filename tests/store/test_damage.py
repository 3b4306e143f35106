"""Tracking that other programs broke is noticed by layer, and nothing is lost by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from osgeo import gdal, ogr

from commune_planning_plugin.core.changes import ChangeKind
from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.store import Draft, Ref, RemoteChange, WorkingCopy
from commune_planning_plugin.store.building import retained_snapshot
from tests.store.conftest import rows_of
from tests.store.snapshots import LINES, LOTS, MARKS, NEXT, PLAN, key_of, line, lot, lots, make_working_copy, mark
from tests.store.test_pulling import edit, news, pull

pytestmark = pytest.mark.slow

T = LOTS.table
ogr.UseExceptions()
gdal.UseExceptions()


@pytest.fixture
def copy(tmp_path: Path):
    rows = {LOTS.id: lots(10), LINES.id: {key_of(100 + n): line(n) for n in range(3)}, MARKS.id: {key_of(200): mark(1)}}
    with make_working_copy(tmp_path, rows) as made:
        yield made


def gdal_count(path: Path) -> int:
    source = ogr.Open(str(path))
    return len([feature for feature in source.GetLayerByName(T) if feature.GetField("key")])


def overwrite(copy: WorkingCopy, *options: str) -> None:
    """What "save as", overwriting the layer, and `ogr2ogr -overwrite` do."""
    aside = str(copy.path.with_name("aside.gpkg"))
    gdal.VectorTranslate(aside, str(copy.path), layers=[T], options=["-f", "GPKG", *options])
    gdal.VectorTranslate(str(copy.path), aside, options=["-update", "-overwrite", "-nln", T])


def alter(copy: WorkingCopy, add: bool) -> None:
    source = ogr.Open(str(copy.path), 1)
    layer = source.GetLayerByName(T)
    if add:
        layer.CreateField(ogr.FieldDefn("them", ogr.OFTString))
    else:
        edit(copy, f"DROP TRIGGER planning_first_update_{T}")
        edit(copy, f"DROP TRIGGER planning_after_update_{T}")
        edit(copy, f"DROP TRIGGER planning_after_delete_{T}")
        edit(copy, f"DROP TRIGGER planning_before_insert_{T}")
        edit(copy, f"DROP TRIGGER planning_before_update_{T}")
        edit(copy, f"DROP TRIGGER planning_after_insert_{T}")
        edit(copy, f"ALTER TABLE {T} DROP COLUMN tangCao")


DAMAGES = {
    "overwritten": overwrite,
    "added field": lambda copy: alter(copy, True),
    "dropped field": lambda copy: alter(copy, False),
    "dropped trigger": lambda copy: edit(copy, f"DROP TRIGGER planning_after_delete_{T}"),
    "dropped shadow": lambda copy: edit(copy, f"DROP TABLE planning_base_{T}"),
    "dropped index": lambda copy: edit(copy, f"DROP TABLE rtree_{T}_geom"),
    "unregistered": lambda copy: edit(copy, f"DELETE FROM gpkg_geometry_columns WHERE table_name = '{T}'"),
}


def test_a_sound_file_is_sound(copy: WorkingCopy) -> None:
    assert copy.damage() == []


def test_gdal_lists_only_the_feature_tables(copy: WorkingCopy) -> None:
    source = ogr.Open(str(copy.path))
    names = {source.GetLayer(i).GetName() for i in range(source.GetLayerCount())}
    assert names == {LOTS.table, LINES.table, MARKS.table, "planning_ref_commune"}
    layer = source.GetLayerByName(T)
    assert layer.TestCapability(ogr.OLCFastSpatialFilter)
    layer.SetSpatialFilterRect(600_010, 1_400_010, 600_020, 1_400_020)
    assert layer.GetFeatureCount() == 1


@pytest.mark.parametrize("kind", DAMAGES)
def test_damage_is_noticed_by_name_and_stops_pull_and_submit(copy: WorkingCopy, kind: str) -> None:
    edit(copy, f"UPDATE {LINES.table} SET tenDoiTuong = 'mine' WHERE fid = 1")
    DAMAGES[kind](copy)
    assert [item.layer for item in copy.damage()] == [LOTS.id]
    found = copy.changes()
    assert [change.layer for change in found.changes] == [LINES.id]
    assert [item.layer for item in found.damage] == [LOTS.id]
    with pytest.raises(WorkingCopyError, match=r"tracking\.lost") as raised:
        copy.stage([], (), NEXT)
    assert raised.value.details["layers"] == [LOTS.id]
    draft = Draft("p", 1, PLAN, "t", 1, "r", (Ref(LINES.id, found.changes[0].key),))
    with pytest.raises(WorkingCopyError, match=r"tracking\.lost"):
        copy.outbox.freeze(draft)


@pytest.mark.parametrize("kind", DAMAGES)
def test_after_a_full_comparison_the_layer_is_tracked_again(copy: WorkingCopy, kind: str) -> None:
    pull(copy, news(4, tenDoiTuong="pulled"), news(5, "delete"), news(60, "insert"))
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    edit(copy, f"DELETE FROM {T} WHERE fid = 2")
    edit(copy, f"INSERT INTO {T} (geom, plan, kyHieuLoDat) SELECT geom, plan, 'drawn' FROM {T} WHERE fid = 3")
    before = {(change.key, change.kind) for change in copy.changes().changes}
    DAMAGES[kind](copy)
    found = copy.compare_with_snapshot(LOTS.id)
    assert {(change.key, change.kind) for change in found.changes} == before
    copy.rearm(LOTS.id)
    assert copy.damage() == []
    assert {(change.key, change.kind) for change in copy.changes().changes} == before
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'later' WHERE fid = 4")
    assert len(copy.changes().changes) == 4
    copy.revert([Ref(change.layer, change.key) for change in copy.changes().changes])
    assert rows_of(copy)[key_of(4)]["tenDoiTuong"] == "pulled"
    assert rows_of(copy).keys() == {key_of(n) for n in (*range(10), 60)} - {key_of(5)}
    assert gdal_count(copy.path) == 10


def test_rows_written_while_untracked_are_edits_after_rearming(copy: WorkingCopy) -> None:
    overwrite(copy, "-where", "fid <> 3")
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'untracked' WHERE fid = 1")
    edit(copy, f"INSERT INTO {T} (geom) SELECT geom FROM {T} WHERE fid = 4")
    copy.rearm(LOTS.id)
    kinds = sorted(change.kind.value for change in copy.changes().changes)
    assert kinds == [ChangeKind.DELETE.value, ChangeKind.INSERT.value, ChangeKind.UPDATE.value]


def test_without_the_snapshot_the_rows_can_still_be_taken_out(copy: WorkingCopy, tmp_path: Path) -> None:
    overwrite(copy)
    retained_snapshot(copy.path).unlink()
    with pytest.raises(WorkingCopyError, match=r"working_copy\.no_snapshot"):
        copy.rearm(LOTS.id)
    assert copy.export_edits(LOTS.id, tmp_path / "out.gpkg") == 10
    assert gdal_count(tmp_path / "out.gpkg") == 10
    with pytest.raises(WorkingCopyError, match=r"working_copy\.exists"):
        copy.export_edits(LOTS.id, tmp_path / "out.gpkg")


def test_a_deleted_layer_is_named(copy: WorkingCopy) -> None:
    source = ogr.Open(str(copy.path), 1)
    source.ExecuteSQL(f"DELLAYER:{T}")
    del source
    assert [(item.layer, item.code) for item in copy.damage()] == [(LOTS.id, "layer.missing")]
    with pytest.raises(WorkingCopyError, match=r"layer\.missing"):
        copy.rearm(LOTS.id)


def test_damage_between_staging_and_applying_stops_the_pull(copy: WorkingCopy) -> None:
    staged = copy.stage([RemoteChange(LOTS.id, key_of(70), "insert", lot(70))], (), NEXT)
    overwrite(copy)
    with pytest.raises(WorkingCopyError, match=r"tracking\.lost"):
        copy.apply(staged)
    assert copy.checkpoint.number == 7
