"""The technician reads why the proposal was returned, corrects it and sends version 2."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

from demo.inside.drive import Told, click, dock, part, play, session, settle, type_into, wait_for


def story(told: Told) -> None:
    panel = dock("planning_proposal_dock")
    wait_for(lambda: [p for p in session().proposals if p.state.value == "returned"], "the proposal came back", 60)
    table = part("proposals_table", panel)
    place = table.visualItemRect(table.item(0, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    settle()
    told("the reason of the return is shown", "22_bi_tra_lai")
    click(part("edit_button", panel))
    type_into(part("reason_edit", panel), "Theo Quyết định 1992/QĐ-UBND ngày 10/11/2025.")
    settle()
    told("corrected", "23_sua_lai")
    click(part("send_button", panel))
    wait_for(
        lambda: [p for p in session().proposals if p.state.value == "awaiting_sign_off" and p.version == 2],
        "version 2 is there",
        30,
    )
    told("version 2 sent", "24_gui_lai")


play(story)
