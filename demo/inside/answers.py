"""The technician reads what was said, answers the agency, corrects what has to be redone and sends version 2."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QWidget

from demo.inside import ground
from demo.inside.drive import Told, choose, click, dock, part, play, pump, session, settle, type_into, wait_for
from demo.inside.steps import choose_line, show_tab

TITLE = "Điều chỉnh cục bộ"


def story(told: Told) -> None:
    panel = dock("planning_proposal_dock")
    wait_for(lambda: [p for p in session().proposals if p.state.value == "returned"], "the proposal came back", 60)
    choose_line(part("proposals_table", panel), TITLE)
    settle()
    told("returned: what is new is badged", "55_co_y_kien_moi")
    click(part("talk_button", panel))
    pump(800)
    told("what has to be redone, and why", "56_phai_lam_lai")
    answer(told, panel)
    correct(told)
    send_again(told, panel)


def answer(told: Told, panel: QWidget) -> None:
    show_tab(panel, "Ý kiến|Opinions", "talk_tabs")
    choose_line(part("opinions_table", panel), "Bộ Chỉ huy")
    click(part("answer_button", panel))
    choose(part("answer_combo", panel), "accepted")
    type_into(part("answer_text", panel), "Tiếp thu: giữ lối đi công cộng rộng 4 m dọc ranh phía Tây, ghi trong quy định quản lý.")
    click(part("answer_send_button", panel))
    wait_for(lambda: not session().discussion.talk(_returned().id).items, "the answer is with the hub", 20)
    settle()
    told("the commune's answer stands in the consolidated table", "57_tiep_thu_giai_trinh")
    click(part("leave_talk_button", panel))


def correct(told: Told) -> None:
    layer = ground.lots()
    lot = next(feature for feature in layer.getFeatures() if feature["kyHieuLoDat"] == "DV-DEMO-01")
    layer.startEditing()
    layer.changeAttributeValue(lot.id(), layer.fields().lookupField("tenDoiTuong"), "Đất dịch vụ - du lịch DV-01")
    layer.commitChanges()
    wait_for(lambda: session().job is None, "the list of changes is read anew", 10)
    pump(800)
    told("corrected as the remark says")


def send_again(told: Told, panel: QWidget) -> None:
    panel = dock("planning_proposal_dock")
    choose_line(part("proposals_table", panel), TITLE)
    click(part("edit_button", panel))
    settle()
    click(part("send_button", panel))
    wait_for(lambda: [p for p in session().proposals if p.state.value == "awaiting_sign_off" and p.version == 2], "sent", 30)
    settle()
    told("version 2 sent", "58_gui_lai")


def _returned() -> object:
    return next(p for p in session().proposals if p.state.value == "returned")


play(story)
