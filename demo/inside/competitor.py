"""The technician of xã Vạn Thắng wants something else of the same lot, which lies in xã Đại Lãnh: a competing proposal."""

from __future__ import annotations

from qgis.utils import iface

from demo.inside import ground
from demo.inside.drawing import send, start_drawing
from demo.inside.drive import Told, choose, click, dock, part, play, session, settle, type_into, wait_for
from demo.inside.steps import pull_first, sign_in


def story(told: Told) -> None:
    sign_in(told)
    pull_first(told)
    lot = ground.lot_near_the_neighbour()
    ground.look_at(lot.shape)
    start_drawing(told)
    layer = ground.lots()
    layer.changeAttributeValue(lot.fid, layer.fields().lookupField("ghiChu"), "Dành cho bãi đỗ xe liên xã")
    iface.actionSaveActiveLayerEdits().trigger()
    iface.actionToggleEditing().trigger()
    wait_for(lambda: session().local_changes, "the local change is listed", 10)
    click(part("primary_button", dock("planning_working_copy_dock")))
    panel = dock("planning_proposal_dock")
    type_into(part("title_edit", panel), f"Bãi đỗ xe liên xã tại lô {lot.name}")
    choose(part("ground_combo", panel), 5)
    type_into(part("reason_edit", panel), "Hai xã cùng cần chỗ đỗ xe cho khách du lịch.")
    settle()
    send(told, "41_ho_so_cung_cho")


play(story)
