"""The technician edits, composes and sends while the province can't be reached: the proposal waits in the outbox."""

from __future__ import annotations

from qgis.utils import iface

from demo.inside import ground
from demo.inside.drive import Told, click, dock, part, play, session, settle, type_into, wait_for
from demo.inside.steps import choose_ground

REASON = "Cập nhật ký hiệu lô theo bản vẽ đã duyệt; số liệu không đổi."


def story(told: Told) -> None:
    wait_for(lambda: session().checkpoint and session().connection.value == "offline", "the working copy is open, offline", 40)
    layer = ground.lots()
    settle()
    iface.setActiveLayer(layer)
    iface.actionToggleEditing().trigger()
    wait_for(layer.isEditable, "the lots can be edited")
    for feature in ground.some_lots(3):
        layer.changeAttributeValue(feature.id(), layer.fields().lookupField("ghiChu"), "Rà soát tháng 11")
    iface.actionSaveActiveLayerEdits().trigger()
    iface.actionToggleEditing().trigger()
    wait_for(lambda: len(session().local_changes) >= 3, "the local changes are listed", 10)
    told("edited without the province", "16_ngoai_tuyen")
    click(part("primary_button", dock("planning_working_copy_dock")))
    panel = dock("planning_proposal_dock")
    choose_ground(panel, 8)
    type_into(part("reason_edit", panel), REASON)
    click(part("send_button", panel))
    wait_for(lambda: session().unsent == 1, "the proposal waits in the outbox", 20)
    told("sent into the outbox", "17_cho_mang")


play(story)
