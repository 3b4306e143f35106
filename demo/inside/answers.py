"""The technician reads what was said, answers the agency, takes a drawn suggestion over, corrects what has to be redone and sends
version 2."""

from __future__ import annotations

from qgis.core import QgsFeature
from qgis.PyQt.QtWidgets import QWidget

from demo.inside import ground
from demo.inside.drive import Told, choose, click, dock, part, play, pump, session, settle, type_into, wait_for
from demo.inside.steps import choose_line, click_link, show_tab

TITLE = "Điều chỉnh cục bộ"
NEW_LOT, OLD_LOT = "DV-DEMO-01", "DVDL-V01.23"


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
    take_over(told, panel)
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


def take_over(told: Told, panel: QWidget) -> None:
    """The drawn shapes, each with one click; then they are saved like any edit."""
    show_tab(panel, "Trao đổi|Discussion", "talk_tabs")
    for lot, name in ((NEW_LOT, None), (OLD_LOT, "57_lay_goi_y")):
        choose_line(part("thread_list", panel), lot)
        pump(1200)
        settle()
        before = _lot(lot).geometry()
        told("the drawn suggestion on the map", None if name else "56_hinh_goi_y")
        click_link(part("conversation", panel), "lấy theo gợi ý|take it over")
        wait_for(lambda lot=lot, before=before: not _lot(lot).geometry().equals(before), "the shape is the suggested one", 10)
        pump(1200)
        settle()
        told(f"lot {lot}: the suggested shape taken over with one click", name)
    click(part("leave_talk_button", panel))
    primary = part("primary_button", dock("planning_working_copy_dock"))
    click(primary)
    wait_for(lambda: not ground.lots().isModified(), "what was taken over is saved", 10)


def correct(told: Told) -> None:
    """The name as the remark says, and what was promised to the military command."""
    layer = ground.lots()
    layer.changeAttributeValue(_lot(NEW_LOT).id(), layer.fields().lookupField("tenDoiTuong"), "Đất dịch vụ - du lịch DV-01")
    layer.changeAttributeValue(_lot(OLD_LOT).id(), layer.fields().lookupField("ghiChu"), "Giữ lối đi công cộng 4 m phía Tây")
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


def _lot(sign: str) -> QgsFeature:
    return next(feature for feature in ground.lots().getFeatures() if feature["kyHieuLoDat"] == sign)


def _returned() -> object:
    return next(p for p in session().proposals if p.state.value == "returned")


play(story)
