"""The three-way merge: nothing of either side is lost silently."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given, settings

from commune_planning_plugin.core import geometry, vertex_merge
from commune_planning_plugin.core.changes import Change, Rows, diff_row
from commune_planning_plugin.core.merge import ConflictKind, Merged, divided, merge, recomputed
from commune_planning_plugin.core.schema import GEOMETRY, LEGAL_TIME, Derived, Field, FieldType, GeometryType, Layer, Value, Values
from tests.core.strategies import histories
from tests.core.test_changes import same_row

LAYER = Layer(
    "QuyHoach.Thu_A",
    GeometryType.POLYGONS,
    (
        Field("muc1", FieldType.TEXT, group="function"),
        Field("muc2", FieldType.TEXT, group="function"),
        Field("ten", FieldType.TEXT),
        Field("ghiChu", FieldType.TEXT),
        Field("dienTich", FieldType.FLOAT64, derived=Derived.AREA),
        Field("maDoiTuong", FieldType.TEXT, allocated=True),
    ),
)


def box(side: float) -> bytes:
    return geometry.written(shapely.MultiPolygon([shapely.box(0, 0, side, side)]))


def row(**values: Value) -> Values:
    base = {field.name: None for field in LAYER.fields}
    shown = {"muc1": "A", "muc2": "x", "ten": "Lô", "ghiChu": "", "maDoiTuong": "1", "birth": "b", "plan": "p", "geom": box(10)}
    return recomputed(LAYER, {**base, **shown, **values})


BASE = row()


def merged(mine: Values | None, remote: Values | None, base: Values | None = BASE) -> Merged:
    change = diff_row(LAYER, "k", base, mine)
    assert change is not None
    return merge(LAYER, change, remote)


@given(histories(3))
@settings(max_examples=15, deadline=None)
def test_the_laws_of_merging(history: tuple[Layer, tuple[Rows, ...]]):
    layer, (base, mine, theirs) = history
    for key in base.keys() | mine.keys():
        change = diff_row(layer, key, base.get(key), mine.get(key))
        if change is not None:
            an_empty_other_side_gives_mine(layer, change, base.get(key), mine.get(key))
            nothing_of_either_side_is_lost(layer, change, base.get(key), mine.get(key), theirs.get(key))
            conflicts_are_symmetric(layer, key, base.get(key), mine.get(key), theirs.get(key))


def an_empty_other_side_gives_mine(layer: Layer, change: Change, base: Values | None, mine: Values | None) -> None:
    result = merge(layer, change, base)
    assert result.conflict is None
    assert (result.row is None) == (mine is None)
    if mine is not None and base is not None and result.row is not None:
        allocated = {name: base[name] for name in ("maDoiTuong",)}
        assert same_row(result.row, recomputed(layer, {**mine, **allocated}))


def nothing_of_either_side_is_lost(
    layer: Layer, change: Change, base: Values | None, mine: Values | None, theirs: Values | None
) -> None:
    """Without a conflict, each attribute is mine where I changed it and theirs where they did; a shape may be both's."""
    result = merge(layer, change, theirs)
    if result.conflict is not None or result.row is None or base is None or mine is None or theirs is None:
        return
    free = {field.name for field in layer.fields if field.derived or field.allocated}
    for name in base.keys() - free:
        both = all(not same_row({name: base[name]}, {name: side[name]}) for side in (mine, theirs))
        if name == GEOMETRY and both and not same_row({name: mine[name]}, {name: theirs[name]}):
            shapes = [shape for shape in (base[name], mine[name], theirs[name]) if isinstance(shape, bytes)]
            assert len(shapes) == 3
            assert result.row[name] == vertex_merge.merged(layer.geometry, *shapes)
        elif name in LEGAL_TIME and both:
            assert result.row[name] == theirs[name]
        elif not same_row({name: base[name]}, {name: mine[name]}):
            assert same_row({name: mine[name]}, {name: result.row[name]})
        else:
            assert same_row({name: theirs[name]}, {name: result.row[name]})


def conflicts_are_symmetric(layer: Layer, key: str, base: Values | None, mine: Values | None, theirs: Values | None) -> None:
    """Both sides see the same clash, whoever comes first."""
    one, other = diff_row(layer, key, base, mine), diff_row(layer, key, base, theirs)
    if base is None or mine is None or theirs is None or one is None or other is None:
        return
    here, there = merge(layer, one, theirs).conflict, merge(layer, other, mine).conflict
    assert (here is None) == (there is None)
    if here is not None and there is not None:
        assert here.attributes == there.attributes


def test_changes_of_different_attributes_are_both_kept():
    result = merged(row(ten="mới"), row(ghiChu="tỉnh"))
    assert result == Merged(row(ten="mới", ghiChu="tỉnh"), None)


def test_legal_times_never_clash_and_are_the_hubs():
    ours, theirs = row(valid_from="2026-01-01", ten="mới"), row(valid_from="2026-02-01")
    assert merged(ours, theirs) == Merged(row(valid_from="2026-02-01", ten="mới"), None)
    assert merged(None, theirs) == Merged(None, None)
    assert merge(LAYER, Change(LAYER.id, "k", None, BASE), theirs) == Merged(theirs, None)


def test_the_same_change_on_both_sides_is_no_clash():
    assert merged(row(ten="mới"), row(ten="mới", ghiChu="tỉnh")) == Merged(row(ten="mới", ghiChu="tỉnh"), None)


def test_a_clash_keeps_mine_in_the_row_and_both_in_the_conflict():
    result = merged(row(ten="mới", ghiChu="tôi"), row(ten="tỉnh"))
    assert result.row == row(ten="mới", ghiChu="tôi")
    assert result.conflict is not None
    assert (result.conflict.kind, result.conflict.attributes) == (ConflictKind.ATTRIBUTES, ("ten",))
    assert result.conflict.remote == row(ten="tỉnh")


def test_a_group_is_one_value():
    clash = merged(row(muc2="y"), row(muc1="B")).conflict
    assert clash is not None
    assert clash.attributes == ("muc1", "muc2")
    assert merged(row(muc1="B", muc2="y"), row(ten="tỉnh")).row == row(muc1="B", muc2="y", ten="tỉnh")
    assert merged(row(ten="tôi"), row(muc1="B", muc2="y")).row == row(muc1="B", muc2="y", ten="tôi")
    half_the_same = merged(row(muc2="y"), row(muc1="B", muc2="y")).conflict
    assert half_the_same is not None


def test_derived_attributes_never_clash_and_a_reshaped_whole_does():
    result = merged(row(geom=box(20)), row(dienTich=1.0, ten="tỉnh"))
    assert result == Merged(row(geom=box(20), ten="tỉnh"), None)
    assert (result.row or {})["dienTich"] == 400.0
    clash = merged(row(geom=box(20)), row(geom=box(30))).conflict
    assert clash is not None
    assert clash.attributes == ("geom",)


def corners(*places: tuple[float, float]) -> bytes:
    return geometry.written(shapely.MultiPolygon([shapely.Polygon(places)]))


SQUARE = corners((0, 0), (10, 0), (10, 10), (0, 10))
MINE, THEIRS = corners((-1, -1), (10, 0), (10, 10), (0, 10)), corners((0, 0), (10, 0), (12, 12), (0, 10))
BOTH = corners((-1, -1), (10, 0), (12, 12), (0, 10))


def test_vertices_moved_by_each_side_are_both_moved_and_measured():
    result = merged(row(geom=MINE, ten="mới"), row(geom=THEIRS, ghiChu="tỉnh"), row(geom=SQUARE))
    assert (result.conflict, result.reshaped) == (None, True)
    assert same_row(result.row or {}, row(geom=BOTH, ten="mới", ghiChu="tỉnh"))
    clash = merged(row(geom=MINE, ten="mới"), row(geom=THEIRS, ten="tỉnh"), row(geom=SQUARE))
    assert clash.conflict is not None
    assert clash.conflict.attributes == ("ten",)
    assert geometry.same((clash.row or {})["geom"], BOTH)


def test_a_divided_feature_keeps_its_shape_whole_and_asks_about_its_function():
    base, remote = row(geom=SQUARE), row(geom=SQUARE, muc1="B", ten="tỉnh")
    change = diff_row(LAYER, "k", base, row(geom=MINE))
    assert change is not None
    clash = merge(LAYER, change, row(geom=THEIRS), whole=True).conflict
    assert clash is not None
    assert clash.attributes == ("geom",)
    result = divided(LAYER, merge(LAYER, change, remote, whole=True), change, base, remote)
    assert result.conflict is not None
    assert (result.conflict.kind, result.conflict.attributes) == (ConflictKind.ATTRIBUTES, ("muc1", "muc2"))
    assert result.row == row(geom=MINE, ten="tỉnh")
    only_named = row(geom=SQUARE, ten="tỉnh")
    clean = merge(LAYER, change, only_named, whole=True)
    assert divided(LAYER, clean, change, base, only_named) == clean
    assert clean.conflict is None


def test_the_same_shape_written_otherwise_is_no_clash():
    turned = geometry.written(shapely.MultiPolygon([shapely.box(0, 0, 20, 20, ccw=False)]))
    assert turned != box(20)
    assert merged(row(geom=box(20)), row(geom=turned)).conflict is None
    assert merged(row(ten="mới"), row(geom=turned)).conflict is None


def test_codes_are_the_hubs():
    assert merged(row(maDoiTuong="tôi", ten="mới"), row(maDoiTuong="2")) == Merged(row(maDoiTuong="2", ten="mới"), None)


@pytest.mark.parametrize("remote", [row(ten="tỉnh"), row(geom=box(20))])
def test_a_delete_against_an_update_is_a_clash(remote: Values):
    result = merged(None, remote)
    assert result.row is None
    assert result.conflict is not None
    assert (result.conflict.kind, result.conflict.remote) == (ConflictKind.DELETED_HERE, remote)


def test_a_delete_against_new_codes_alone_is_none():
    assert merged(None, row(maDoiTuong="2", dienTich=5.0)) == Merged(None, None)


def test_an_update_against_a_delete_is_a_clash():
    result = merged(row(ten="mới"), None)
    assert result.row is None
    assert result.conflict is not None
    assert (result.conflict.kind, result.conflict.local) == (ConflictKind.DELETED_AT_PROVINCE, {"ten": "mới"})


def test_deleted_on_both_sides_is_deleted():
    assert merged(None, None) == Merged(None, None)


def test_an_insert_that_the_hub_has_already():
    mine = row(ten="mới", maDoiTuong="tạm", dienTich=1.0)
    assert merged(mine, None, base=None) == Merged(row(ten="mới", maDoiTuong="tạm"), None)
    assert merged(mine, row(ten="mới", maDoiTuong="7"), base=None) == Merged(row(ten="mới", maDoiTuong="7"), None)
    result = merged(mine, row(ten="tỉnh", maDoiTuong="7"), base=None)
    assert result.row == row(ten="mới", maDoiTuong="7")
    assert result.conflict is not None
    assert (result.conflict.kind, result.conflict.attributes) == (ConflictKind.INSERTED_TWICE, ("ten",))
