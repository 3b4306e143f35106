"""The past on a real map: a feature's history, the way back through the layer, and the commune as of a former day."""

from __future__ import annotations

from datetime import date, timedelta

import psycopg
import pytest
from psycopg.rows import dict_row
from qgis.core import QgsProject

from commune_planning_plugin.adapters.past_view import PAST_GROUP
from commune_planning_plugin.session import PlanningSession
from commune_planning_plugin.store import LocalState, Ref
from commune_planning_plugin.sync.history_calls import PastDay
from tests.hub.edits import run
from tests.hub.tiny import LOTS, lot_key
from tests.plugin.conftest import wait_until
from tests.plugin.hub_fixtures import *  # noqa: F403
from tests.plugin.test_session_with_hub import desk, make, rename, settle  # noqa: F401 (fixtures)

LOT = Ref(LOTS, lot_key("22504", 2, 2))
TODAY = date.today()


@pytest.fixture(name="told_history")
def receive_and_ask(desk: PlanningSession, conninfo: str):  # noqa: F811
    """The province has renamed the lot, and the desk has received it; its history is there."""
    with psycopg.connect(conninfo, row_factory=dict_row) as conn:
        run(conn, 'UPDATE LOTS SET "tenDoiTuong" = %s, "ghiChu" = %s WHERE key = %s', ("Chợ", "mới", LOT.key))
    desk.pull()
    settle(desk)
    desk.history.load(LOT)
    wait_until(lambda: desk.history.revisions.about(LOT) is not None, 20)
    return desk.history.revisions.about(LOT)


def of_layer(desk: PlanningSession, key: str):  # noqa: F811
    layer = desk._context.layers.layer(LOTS)
    return layer, layer.getFeature(desk._context.layers.fid_of(LOTS, key))


def test_a_former_state_comes_back_as_one_edit_that_can_be_undone(desk: PlanningSession, told_history):  # noqa: F811
    newest, first = told_history.revisions
    assert (newest.kind, set(newest.changed)) == ("update", {"tenDoiTuong", "ghiChu"})
    layer, _feature = of_layer(desk, LOT.key)
    desk.history.show(first, newest)
    desk.history.restore(LOT, first, "Trở lại")
    assert layer.isEditable()
    assert layer.undoStack().count() == 1
    assert of_layer(desk, LOT.key)[1]["tenDoiTuong"] == "Lô đất"
    layer.undoStack().undo()
    assert of_layer(desk, LOT.key)[1]["tenDoiTuong"] == "Chợ"
    layer.undoStack().redo()
    assert layer.commitChanges()
    wait_until(lambda: bool(desk.local_changes), 20)
    settle(desk)
    (local,) = desk.local_changes
    assert local.change.new == {"tenDoiTuong": "Lô đất", "ghiChu": None}
    assert desk.new_draft().refs == (LOT,)


def test_it_is_refused_while_there_is_a_conflict(desk: PlanningSession, told_history, conninfo: str):  # noqa: F811
    rename(desk, LOT.key, "Của xã")
    with psycopg.connect(conninfo, row_factory=dict_row) as conn:
        run(conn, 'UPDATE LOTS SET "tenDoiTuong" = %s WHERE key = %s', ("Của tỉnh", LOT.key))
    desk.pull()
    wait_until(lambda: [local.state for local in desk.local_changes] == [LocalState.CONFLICT], 20)
    settle(desk)
    failed = []
    desk.failed.connect(lambda error, _context: failed.append(error.code))
    desk.history.restore(LOT, told_history.revisions[-1], "Trở lại")
    assert failed == ["restore.conflict"]
    assert not desk._context.layers.layer(LOTS).isEditable()


def groups(mark: str):
    found = QgsProject.instance().layerTreeRoot().findGroups(True)
    return [group for group in found if group.customProperty("planning/group") == mark]


def past_lots():
    nodes = [node for group in groups(PAST_GROUP) for node in group.findLayers()]
    return [node.layer() for node in nodes if node.layer().featureCount() > 90]


def test_the_past_is_a_group_of_its_own_and_leaves_no_trace(desk: PlanningSession, told_history):  # noqa: F811
    before = sorted(QgsProject.instance().mapLayers())
    notice = desk._context.view.notice
    QgsProject.instance().setDirty(False)
    desk.history.show_past(PastDay(TODAY, True), "QUÁ KHỨ")
    wait_until(lambda: desk.history.past is not None, 20)
    wait_until(lambda: bool(past_lots()), 20)
    (lots,) = past_lots()
    assert lots.readOnly()
    names = {feature["tenDoiTuong"] for feature in lots.getFeatures()}
    assert "Chợ" in names
    assert not groups("working_copy")[0].itemVisibilityChecked()
    assert desk._context.view.notice == "QUÁ KHỨ"
    desk.history.back_to_today()
    assert sorted(QgsProject.instance().mapLayers()) == before
    assert groups("working_copy")[0].itemVisibilityChecked()
    assert desk._context.view.notice == notice
    assert not QgsProject.instance().isDirty()


def test_before_the_first_load_there_was_nothing(desk: PlanningSession):  # noqa: F811
    desk.history.show_past(PastDay(TODAY - timedelta(days=2), False), "QUÁ KHỨ")
    wait_until(lambda: desk.history.past is not None, 20)
    settle(desk)
    assert [node for group in groups(PAST_GROUP) for node in group.findLayers()] == []
    desk.history.back_to_today()
    assert groups(PAST_GROUP) == []


def remove_at_province(desk: PlanningSession, conninfo: str) -> None:  # noqa: F811
    with psycopg.connect(conninfo, row_factory=dict_row) as conn:
        run(conn, "DELETE FROM LOTS WHERE key = %s", (LOT.key,))
    desk.pull()
    settle(desk)


def test_a_removed_lot_comes_back_as_itself(desk: PlanningSession, told_history, conninfo: str):  # noqa: F811
    renamed, first = told_history.revisions
    remove_at_province(desk, conninfo)
    desk.history.load(LOT)
    wait_until(lambda: desk.history.revisions.about(LOT) is not None, 20)
    assert [entry.kind for entry in desk.history.revisions.about(LOT).revisions] == ["delete", "update", "insert"]
    desk.history.restore(LOT, renamed, "Trở lại")
    layer = desk._context.layers.layer(LOTS)
    assert layer.undoStack().count() == 1
    assert layer.commitChanges()
    wait_until(lambda: bool(desk.local_changes), 20)
    settle(desk)
    (local,) = desk.local_changes
    new = local.change.new or {}
    assert (local.change.key, local.change.old, new["birth"], new["tenDoiTuong"]) == (LOT.key, None, first.row["birth"], "Chợ")
    assert new["geom"] == first.row["geom"]
    assert desk.new_draft().refs == (LOT,)


def test_one_that_isnt_removed_and_isnt_here_stays_away(desk: PlanningSession, told_history):  # noqa: F811
    failed = []
    desk.failed.connect(lambda error, _context: failed.append(error.code))
    layer, feature = of_layer(desk, LOT.key)
    layer.startEditing()
    layer.deleteFeature(feature.id())
    desk.history.restore(LOT, told_history.revisions[-1], "Trở lại")
    assert failed == ["restore.gone"]
    layer.rollBack()


def test_a_click_on_the_past_finds_what_is_on_no_map_any_more(desk: PlanningSession, told_history, conninfo: str):  # noqa: F811
    remove_at_province(desk, conninfo)
    canvas = desk._context.view._canvas
    tool = canvas.mapTool()
    desk.history.show_past(PastDay(TODAY, True, known=TODAY), "QUÁ KHỨ")
    wait_until(lambda: desk.history.past is not None, 20)
    settle(desk)
    assert desk.history.picking
    desk.history.back_to_today()
    assert (canvas.mapTool(), desk.history.picking) == (tool, False)
    desk.history.updates.load()
    wait_until(lambda: desk.history.updates.revisions.value is not None, 20)
    newest, *_older = desk.history.updates.revisions.value.revisions
    desk.history.updates.open(newest.revision)
    wait_until(lambda: desk.history.updates.features.value is not None, 20)
    assert [(each.key, each.kind) for each in desk.history.updates.features.value.features] == [(LOT.key, "delete")]


def test_a_click_on_the_map_selects(desk: PlanningSession):  # noqa: F811
    selected = []
    desk.selected.connect(selected.append)
    _layer, feature = of_layer(desk, LOT.key)
    canvas = desk._context.view._canvas
    canvas.setExtent(feature.geometry().boundingBox())
    desk.history.pick(True)
    place = canvas.getCoordinateTransform().transform(feature.geometry().pointOnSurface().asPoint())
    desk.history._picker.pick(round(place.x()), round(place.y()))
    assert selected[-1] == LOT
    desk.history.pick(False)
