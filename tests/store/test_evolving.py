"""The hub's layers change while edits wait here: what can be taken over is, within the pull, and no edit or base row is lost."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Optional

import pytest
from osgeo import ogr

from commune_planning_plugin.core.changes import Change, apply
from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.schema import Catalogue, Field, FieldType, GeometryType, Layer, Values
from commune_planning_plugin.store import Checkpoint, LocalState, Ref, RemoteChange, Side, WorkingCopy
from commune_planning_plugin.store.rows import Table
from commune_planning_plugin.store.sql import connected
from tests.store.conftest import rows_of
from tests.store.snapshots import CATALOGUE, LINES, LOTS, MARKS, key_of, lot, lots, make_working_copy
from tests.store.test_pulling import edit, ref
from tests.store.test_tracking_random import by_sql

pytestmark = pytest.mark.slow

T = LOTS.table
WORD = Field("mucDo", FieldType.TEXT, "Mức độ", length=20)
FIELDS = (WORD, Field("uuTien", FieldType.INT32, default=3))
TREES = Layer("QuyHoach.CayXanh_P", GeometryType.POINT, (Field("tenDoiTuong", FieldType.TEXT, length=100), WORD))
ogr.UseExceptions()


def wider(layer: Layer, *fields: Field) -> Layer:
    return replace(layer, legal_fields=(*layer.legal_fields, *fields))


def changed(layer: Layer, name: str, **new: Any) -> Layer:
    return replace(layer, legal_fields=tuple(replace(f, **new) if f.name == name else f for f in layer.legal_fields))


def without(layer: Layer, name: str) -> Layer:
    return replace(layer, legal_fields=tuple(field for field in layer.legal_fields if field.name != name))


def with_layers(*layers: Layer) -> Catalogue:
    return replace(CATALOGUE, layers=layers)


WIDER = with_layers(wider(LOTS, *FIELDS), LINES, MARKS)


def pull(copy: WorkingCopy, catalogue: Catalogue, changes: Sequence[RemoteChange] = ()) -> Any:
    number = copy.checkpoint.number + 1
    return copy.apply(copy.stage(changes, (), Checkpoint(number, f"id-{number}"), catalogue=catalogue))


def told(province: dict[str, Values], **more: Any) -> list[RemoteChange]:
    """What the hub's own edit of all features, to the default, looks like here."""
    return [RemoteChange(LOTS.id, key, "update", {"uuTien": 3, **more}) for key in province]


def test_an_attribute_comes_with_its_values(copy: WorkingCopy) -> None:
    pull(copy, WIDER, [*told(lots(9)), RemoteChange(LOTS.id, key_of(9), "update", {"mucDo": "cao", "uuTien": 9})])
    rows = rows_of(copy, WIDER.layers[0])
    assert {key: row["uuTien"] for key, row in rows.items()} == {**dict.fromkeys(lots(9), 3), key_of(9): 9}
    assert {row["mucDo"] for key, row in rows.items()} == {None, "cao"}
    assert (copy.damage(), copy.changes().changes) == ([], ())
    assert copy.catalogue == WIDER
    edit(copy, f"UPDATE {T} SET mucDo = 'thấp' WHERE fid = 1")
    (change,) = copy.changes().changes
    assert (change.old, change.new) == ({"mucDo": None}, {"mucDo": "thấp"})


def test_edits_stay_and_a_default_is_no_edit_and_no_clash(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    edit(copy, f"DELETE FROM {T} WHERE fid = 2")
    edit(copy, f"INSERT INTO {T} (geom, plan, kyHieuLoDat) SELECT geom, plan, 'drawn' FROM {T} WHERE fid = 3")
    draft = copy.drafts.save(replace(copy.drafts.new([ref(0)]), title="Đang viết"))
    before = copy.changes().changes
    result = pull(copy, WIDER, told(lots(10)))
    assert (result.conflicts, copy.damage()) == (0, [])
    assert [without_new(change) for change in copy.changes().changes] == list(before)
    (drawn,) = [change for change in copy.changes().changes if change.old is None]
    assert drawn.new is not None
    assert (drawn.new["uuTien"], drawn.new["mucDo"]) == (3, None)
    assert copy.drafts.all() == (draft,)
    copy.revert([Ref(change.layer, change.key) for change in copy.changes().changes])
    rows = rows_of(copy, WIDER.layers[0])
    assert rows == {key: {**row, "mucDo": None, "uuTien": 3} for key, row in lots(10).items()}


def without_new(change: Change) -> Change:
    new = {field.name for field in FIELDS}
    old, after = ({n: v for n, v in side.items() if n not in new} if side else None for side in (change.old, change.new))
    return Change(change.layer, change.key, old, after)


def test_what_the_province_gave_the_attribute_clashes_with_a_deletion(copy: WorkingCopy) -> None:
    edit(copy, f"DELETE FROM {T} WHERE fid IN (1, 2)")
    result = pull(copy, WIDER, [*told(lots(1)), RemoteChange(LOTS.id, key_of(1), "update", {"uuTien": 9})])
    assert result.conflicts == 1
    assert {local.change.key: local.state for local in copy.status()} == {
        key_of(0): LocalState.LOCAL,
        key_of(1): LocalState.CONFLICT,
    }


def test_a_new_layer_comes_with_its_features(copy: WorkingCopy) -> None:
    feature = {**dict.fromkeys(TREES.by_name), "birth": key_of(1), "plan": None, "geom": point(600_010), "mucDo": "cao"}
    pull(copy, with_layers(*CATALOGUE.layers, TREES), [RemoteChange(TREES.id, key_of(70), "insert", feature)])
    assert (copy.damage(), copy.changes().changes) == ([], ())
    assert rows_of(copy, TREES) == {key_of(70): feature}
    assert copy.rows_meeting(TREES.id, (600_000, 1_400_000, 600_020, 1_400_010)).keys() == {key_of(70)}
    source = ogr.Open(str(copy.path), 1)
    layer = source.GetLayerByName(TREES.table)
    assert (layer.GetFeatureCount(), layer.GetSpatialRef().GetAuthorityCode(None)) == (1, "9217")
    made = ogr.Feature(layer.GetLayerDefn())
    made.SetGeometry(ogr.CreateGeometryFromWkt("POINT (600020 1400000)"))
    layer.CreateFeature(made)
    del layer, source
    (change,) = copy.changes().changes
    assert (change.layer, change.old) == (TREES.id, None)


def test_a_new_layer_may_tile_the_ground(copy: WorkingCopy) -> None:
    zones = replace(LOTS, id="QuyHoach.PhanKhuQuyHoach_A")
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    arriving = [RemoteChange(zones.id, key, "insert", row) for key, row in lots(30).items()]
    result = pull(copy, with_layers(*WIDER.layers, zones), [*told(lots(10)), *arriving])
    assert (result.inserted, result.conflicts, copy.damage()) == (30, 0, [])
    assert copy.rows_meeting(zones.id, (600_010, 1_400_010, 600_020, 1_400_020)).keys() == {key_of(0)}


def point(x: float) -> bytes:
    import shapely

    return bytes(shapely.to_wkb(shapely.Point(x, 1_400_000.5), byte_order=1))


def test_titles_lists_groups_and_what_is_required_are_taken_over(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    changes, schema = copy.changes(), tables(copy.path)
    news = {"title_vi": "Khác", "code_list": "codes", "group": "g", "required": True}
    catalogue = with_layers(changed(LOTS, "kyHieuLoDat", **news), replace(LINES, title_vi="Đường"), MARKS)
    pull(copy, catalogue)
    assert (copy.catalogue, copy.changes(), tables(copy.path)) == (catalogue, changes, schema)


def tables(path: Path) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


@pytest.mark.parametrize("length", [300, None])
def test_a_text_may_be_longer(copy: WorkingCopy, length: Optional[int]) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    catalogue = with_layers(changed(LOTS, "kyHieuLoDat", length=length), LINES, MARKS)
    pull(copy, catalogue, [RemoteChange(LOTS.id, key_of(1), "update", {"kyHieuLoDat": "x" * 250})])
    assert (copy.damage(), len(copy.changes().changes)) == ([], 1)
    with closing(connected(copy.path, 1.0)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    source = ogr.Open(str(copy.path))
    layer = source.GetLayerByName(T)
    definition = layer.GetLayerDefn()
    assert definition.GetFieldDefn(definition.GetFieldIndex("kyHieuLoDat")).GetWidth() == (length or 0)
    assert len(layer.GetFeature(2).GetField("kyHieuLoDat")) == 250
    edit(copy, f"DROP TABLE planning_base_{T}")  # what is made anew is of the new length too
    copy.rearm(LOTS.id)
    assert copy.damage() == []


@pytest.mark.parametrize(
    ("layers", "wanted"),
    [
        ((LOTS, LINES), [("layer.removed", MARKS.id, None)]),
        ((without(LOTS, "tangCao"), LINES, MARKS), [("field.removed", LOTS.id, "tangCao")]),
        ((changed(LOTS, "tangCao", type=FieldType.TEXT), LINES, MARKS), [("field.type", LOTS.id, "tangCao")]),
        ((changed(LOTS, "kyHieuLoDat", length=19), LINES, MARKS), [("field.length", LOTS.id, "kyHieuLoDat")]),
        ((LOTS, replace(LINES, geometry=GeometryType.POINT), MARKS), [("layer.geometry", LINES.id, None)]),
        ((wider(LOTS, WORD), LINES, MARKS, TREES), []),
    ],
)
def test_what_would_leave_edits_without_a_place_is_named(copy: WorkingCopy, layers: Any, wanted: list[Any]) -> None:
    found = copy.evolution(with_layers(*layers)).obstacles
    assert [(obstacle.code, obstacle.layer, obstacle.field) for obstacle in found] == wanted


@pytest.mark.parametrize("seed", range(12))
def test_random_edits_survive_a_new_attribute(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    with make_working_copy(tmp_path) as copy, closing(connected(copy.path, 5.0)) as writer:
        writer.execute(f"PRAGMA recursive_triggers={dice.choice(['ON', 'OFF'])}")
        for _ in range(dice.randrange(12)):
            by_sql(writer, dice)
        before, shadow = copy.changes(), base_rows(writer)
        pull(copy, WIDER)
        after = copy.changes()
        assert [without_new(change) for change in after.changes] == list(before.changes)
        assert (after.problems, after.damage, copy.conflicts.open()) == (before.problems, (), ())
        assert base_rows(writer) == shadow
        for change in after.changes:
            for side in (change.old, change.new):
                assert side is None or side.get("uuTien", 3) == 3
        pull(copy, WIDER, told(lots(10)))
        assert ([without_new(change) for change in copy.changes().changes], copy.conflicts.open()) == (list(before.changes), ())
        by_sql(writer, dice)
        province = {key: {**row, "mucDo": None, "uuTien": 3} for key, row in lots(10).items()}
        mine = {each.key: each.row for each in Table(writer, WIDER.layers[0]).everything()}
        assert apply(province, copy.changes().changes).keys() == mine.keys()


def base_rows(connection: sqlite3.Connection) -> list[Any]:
    names = ", ".join(f'"{name}"' for name in ("fid", "planning_inserted", "key", "geom", *LOTS.by_name))
    return connection.execute(f"SELECT {names} FROM planning_base_{T} ORDER BY fid").fetchall()


def test_somebody_who_has_the_file_open_meanwhile_reads_the_new_layers(copy: WorkingCopy) -> None:
    with WorkingCopy.open(copy.path) as other:
        pull(copy, WIDER)
        assert (other.damage(), other.changes().damage) == ([], ())
        assert other.catalogue == WIDER


def test_two_that_evolve_the_file_at_once(copy: WorkingCopy) -> None:
    with WorkingCopy.open(copy.path) as other:
        mine, theirs = (each.stage([], (), copy.checkpoint, catalogue=WIDER) for each in (copy, other))
        copy.apply(mine)
        other.apply(theirs)
    assert (copy.damage(), copy.catalogue) == ([], WIDER)


def test_staging_writes_nothing(copy: WorkingCopy) -> None:
    before = copy.path.read_bytes()
    copy.stage(told(lots(10)), (), copy.checkpoint, catalogue=with_layers(*WIDER.layers, TREES))
    assert copy.path.read_bytes() == before
    assert copy.changes().changes == ()


def test_killed_while_it_applies_the_file_is_as_before(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    before = copy.changes()
    child = os.fork()
    if child == 0:
        with WorkingCopy.open(copy.path) as mine:
            staged = mine.stage(told(lots(10)), (), Checkpoint(8, "x"), catalogue=with_layers(*WIDER.layers, TREES))
            mine.apply(staged, cancelled=lambda: os.kill(os.getpid(), signal.SIGKILL) is None)
    os.waitpid(child, 0)
    with WorkingCopy.open(copy.path) as again:
        assert (again.damage(), again.changes(), again.catalogue) == ([], before, CATALOGUE)


@pytest.mark.parametrize("broken", ["added", "dropped"])
def test_a_column_that_another_program_changes_is_damage_as_ever(copy: WorkingCopy, broken: str) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'mine' WHERE fid = 1")
    pull(copy, with_layers(*WIDER.layers, TREES), told(lots(10)))
    before = copy.changes().changes
    if broken == "added":
        edit(copy, f"ALTER TABLE {T} ADD COLUMN them TEXT")
    else:
        for moment in ("before_insert", "after_insert", "before_update", "first_update", "after_update", "after_delete"):
            edit(copy, f"DROP TRIGGER planning_{moment}_{T}")
        edit(copy, f"ALTER TABLE {T} DROP COLUMN uuTien")
    assert [item.layer for item in copy.damage()] == [LOTS.id]
    with pytest.raises(WorkingCopyError, match=r"tracking\.lost"):
        copy.stage([], (), copy.checkpoint, catalogue=WIDER)
    copy.rearm(LOTS.id)
    assert (copy.damage(), copy.changes().changes) == ([], before)


def test_a_layer_that_came_later_is_compared_without_a_snapshot_of_it(copy: WorkingCopy) -> None:
    feature = {**dict.fromkeys(TREES.by_name), "birth": key_of(1), "plan": None, "geom": point(600_010)}
    pull(copy, with_layers(*CATALOGUE.layers, TREES), [RemoteChange(TREES.id, key_of(70), "insert", feature)])
    edit(copy, f"UPDATE {TREES.table} SET mucDo = 'mine'")
    edit(copy, f"DROP TABLE planning_base_{TREES.table}")
    (change,) = copy.compare_with_snapshot(TREES.id).changes
    assert (change.old, change.new) == ({"mucDo": None}, {"mucDo": "mine"})


def test_all_edits_are_saved_beside_the_file(copy: WorkingCopy) -> None:
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'của tôi' WHERE fid = 1")
    edit(copy, f"DELETE FROM {T} WHERE fid = 2")
    edit(copy, f"INSERT INTO {T} (geom, plan, kyHieuLoDat) SELECT geom, plan, 'vẽ' FROM {T} WHERE fid = 3")
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = kyHieuLoDat WHERE fid = 4")
    edit(copy, f"UPDATE {T} SET geom = NULL WHERE fid = 5")
    saved = copy.save_edits()
    assert (saved.count, saved.path.parent) == (4, copy.path.parent)
    source = ogr.Open(str(saved.path))
    assert [source.GetLayer(i).GetName() for i in range(source.GetLayerCount())] == [T]
    layer = source.GetLayerByName(T)
    assert layer.GetSpatialRef().GetAuthorityCode(None) == "9217"
    found = {feature.GetField("key"): (feature.GetField("planning_change"), feature.GetField("kyHieuLoDat")) for feature in layer}
    assert {key_of(0): ("update", "của tôi"), key_of(1): ("delete", "L1"), key_of(4): ("update", "L4")}.items() <= found.items()
    assert ("insert", "vẽ") in found.values()
    assert copy.save_edits() == saved
    edit(copy, f"UPDATE {T} SET kyHieuLoDat = 'khác' WHERE fid = 1")
    assert copy.save_edits().path != saved.path


def test_nothing_edited_gives_a_file_with_nothing_in_it(copy: WorkingCopy) -> None:
    saved = copy.save_edits()
    assert saved.count == 0
    assert lot(0)["kyHieuLoDat"] == "L0"


@pytest.fixture(autouse=True)
def _no_leftovers(tmp_path: Path) -> Iterator[None]:
    yield
    assert list(tmp_path.glob("*.part")) == []


def test_a_resolution_from_before_a_new_attribute_is_not_undone(copy: WorkingCopy) -> None:
    """What was kept for that knows nothing of the attribute."""
    edit(copy, f"DELETE FROM {T} WHERE fid = 1")
    pull(copy, CATALOGUE, [RemoteChange(LOTS.id, key_of(0), "update", {"kyHieuLoDat": "theirs"})])
    copy.conflicts.resolve(ref(0), Side.MINE)
    assert len(copy.conflicts.resolutions()) == 1
    pull(copy, WIDER)
    assert copy.conflicts.resolutions() == ()
