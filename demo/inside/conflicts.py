"""The technician of xã Đại Lãnh changed what the province changed too: compares, chooses, draws a shape anew, undoes, sends."""

from __future__ import annotations

import os
import subprocess
from typing import Any

from qgis.core import QgsGeometry
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QAction
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QWidget
from qgis.utils import iface

from demo.inside import ground
from demo.inside.drive import (
    Told,
    choose,
    click,
    dock,
    draw,
    on_map,
    part,
    play,
    pump,
    session,
    settle,
    type_into,
    unsnapped,
    wait_for,
)
from demo.inside.steps import pull_first, sign_in

TABLE = '"QuyHoach"."ChucNangSuDungDat_A"'


def story(told: Told) -> None:
    sign_in(told)
    pull_first(told)
    lot = ground.lot_near_the_neighbour()
    keys = change_three(told, lot)
    province_changes(keys)
    pull_the_clashes(told)
    panel = open_the_first(told)
    decide_values(told, panel)
    draw_anew(told, panel, keys[0])
    apply_undo_apply(told, panel)
    send(told)


def change_three(told: Told, lot: ground.Lot) -> list[str]:
    """Cut one lot and rename it, rename another, delete a third; their keys."""
    ground.look_at(lot.shape)
    click(part("primary_button", dock("planning_working_copy_dock")))
    layer = ground.lots()
    iface.setActiveLayer(layer)
    wait_for(layer.isEditable, "the lots can be edited")
    iface.mainWindow().findChild(QAction, "mActionReshapeFeatures").trigger()
    with unsnapped():
        draw(lot.cut)
    wait_for(lambda: ground.freed(lot), "the lot is reshaped", 10)
    others = [feature for feature in ground.some_lots(3) if feature.id() != lot.fid][:2]
    name, remark = (layer.fields().lookupField(field) for field in ("tenDoiTuong", "ghiChu"))
    layer.changeAttributeValue(lot.fid, name, "Khu dịch vụ du lịch ven biển Đại Lãnh")
    layer.changeAttributeValue(others[0].id(), name, "Nhà văn hóa thôn Tây Bắc")
    layer.changeAttributeValue(
        others[0].id(), remark, "Theo biên bản họp dân ngày 02/11/2026, giữ lối đi chung phía Đông rộng 3,5 m"
    )
    layer.deleteFeature(others[1].id())
    keys = [str(feature["key"]) for feature in (layer.getFeature(lot.fid), *others)]
    iface.actionSaveActiveLayerEdits().trigger()
    wait_for(lambda: not layer.isModified(), "the edits are saved", 10)
    iface.actionToggleEditing().trigger()
    wait_for(lambda: len(session().local_changes) >= 3, "the local changes are listed", 10)
    told("three lots changed: one cut and renamed, one renamed, one deleted")
    return keys


def province_changes(keys: list[str]) -> None:
    """As a person with the rights does it: plain SQL."""
    cut, renamed, deleted = keys
    statements = (
        f"""UPDATE {TABLE} SET geom = ST_Multi(ST_Buffer(geom, -12, 'join=mitre')), "tenDoiTuong" = 'Đất dịch vụ - du lịch DL-07',
            "danSo" = 120 WHERE key = '{cut}'""",
        f"""UPDATE {TABLE} SET "tenDoiTuong" = 'Trạm y tế thôn Tây Bắc', "ghiChu" = 'Đã đo lại' WHERE key = '{renamed}'""",
        f"""UPDATE {TABLE} SET "ghiChu" = 'Đã giao đất đợt 2' WHERE key = '{deleted}'""",
    )
    words = ["psql", "-qX", "-v", "ON_ERROR_STOP=1", os.environ["PLANNING_DEMO_DATABASE"]]
    subprocess.run([*words, *(word for statement in statements for word in ("-c", statement))], check=True)


def pull_the_clashes(told: Told) -> None:
    click(part("pull_button", dock("planning_working_copy_dock")))
    wait_for(lambda: sum(local.conflict is not None for local in session().local_changes) == 3, "three conflicts are here", 60)
    wait_for(lambda: session().job is None, "the pull is done")
    settle()
    told("pulled: three features were changed at the province too", "31_co_xung_dot")


def open_the_first(told: Told) -> QWidget:
    click(part("primary_button", dock("planning_working_copy_dock")))
    panel = dock("planning_conflicts_dock")
    while "geom" not in current(panel).conflict.attributes:
        click(part("next_conflict_button", panel))
    settle()
    pump(1200)
    settle()
    told("the conflict on the map: original, the commune's, the province's", "32_so_sanh")
    return panel


def current(panel: QWidget) -> Any:
    ref = panel.findChild(QWidget, "conflicts_tree").current_handle()
    return next(each for each in session().local_changes if each.change.key == ref.key)


def decide_values(told: Told, panel: QWidget) -> None:
    click(part("tenDoiTuong_province_radio", panel))
    wait_for(lambda: current(panel).conflict.choices, "the choice is kept", 10)
    told("the name: the province's; kept at once", "33_chon_gia_tri")


def draw_anew(told: Told, panel: QWidget, key: str) -> None:
    """With QGIS's vertex tool: click a corner, click where it goes."""
    click(part("redraw_button", panel))
    layer = ground.lots()
    wait_for(layer.isEditable, "the lots can be edited")
    settle()
    fid = layer.selectedFeatureIds()[0]
    before = QgsGeometry(layer.getGeometry(fid))
    centre, corner = before.centroid().asPoint(), max(before.vertices(), key=lambda v: v.x() + v.y())
    target = (corner.x() + (centre.x() - corner.x()) * 0.3, corner.y() + (centre.y() - corner.y()) * 0.3)
    viewport = iface.mapCanvas().viewport()
    for place in ((corner.x(), corner.y()), target):
        for _ in range(3):
            QTest.mouseMove(viewport, on_map(*place))
            pump(150)
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, on_map(*place))
        pump(400)
    wait_for(lambda: not layer.getGeometry(fid).equals(before), "the corner has moved", 10)
    settle()
    told("a corner moved with QGIS's vertex tool", "34_ve_lai")
    click(part("use_drawn_button", panel))
    wait_for(lambda: isinstance(current(panel).conflict.choices.get("geom"), bytes), "the drawn shape is kept", 10)
    settle()
    told("the drawn shape is chosen; mine is as it was", "35_dung_hinh")
    if layer.isEditable():  # the neighbours' corners have moved along
        iface.actionSaveActiveLayerEdits().trigger()
        wait_for(lambda: not layer.isModified(), "the neighbours are saved", 10)
        iface.actionToggleEditing().trigger()
        wait_for(lambda: not session().editing, "nothing is edited any more", 10)
        settle()


def apply_undo_apply(told: Told, panel: QWidget) -> None:
    def left(count: int) -> None:
        wait_for(lambda: sum(each.conflict is not None for each in session().local_changes) == count, f"{count} are left", 20)
        wait_for(lambda: session().job is None, "nothing runs")
        settle()

    click(part("apply_button", panel))
    left(2)
    told("applied; the next one is shown", "36_con_hai")
    click(part("undo_resolve_button", panel))
    left(3)
    told("undone: the conflict is open again, with its choices", "37_hoan_tac")
    tree = panel.findChild(QWidget, "conflicts_tree")
    together = tree.isVisible()  # on a small map the list gives way to the values
    if together:
        tree.setFocus()
        tree.selectAll()
    for count in (0,) if together else (2, 1, 0):
        click(part("all_mine_button", panel))
        told("the commune's in everything", "38_tat_ca_cua_xa" if count in (0, 2) else None)
        click(part("apply_button", panel))
        left(count)
    told("all conflicts decided", "39_het_xung_dot")


def send(told: Told) -> None:
    click(part("primary_button", dock("planning_working_copy_dock")))
    panel = dock("planning_proposal_dock")
    type_into(part("title_edit", panel), "Điều chỉnh sau khi xử lý xung đột")
    choose(part("ground_combo", panel), 5)
    type_into(part("reason_edit", panel), "Đã đối chiếu với dữ liệu hiện hành của tỉnh.")
    click(part("send_button", panel))
    wait_for(lambda: [p for p in session().proposals if p.state.value == "awaiting_sign_off"], "the hub has the proposal", 30)
    told("what was decided is proposed", "40_da_gui")


play(story)
