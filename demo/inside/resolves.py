"""The technician reads why version 2 came back, gets the province's data, decides the conflict, and sends version 3."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QWidget

from demo.inside.drive import Told, click, dock, part, play, pump, session, settle, wait_for
from demo.inside.steps import choose_line, pull_again

TITLE = "Điều chỉnh cục bộ"


def story(told: Told) -> None:
    panel = dock("planning_proposal_dock")
    wait_for(lambda: [p for p in session().proposals if p.state.value == "returned"], "the proposal came back", 60)
    choose_line(part("proposals_table", panel), TITLE)
    settle()
    told("returned for a conflict: what clashes, and what to do", "62_bi_tra_vi_xung_dot")
    pull_again(told)
    wait_for(lambda: any(each.conflict is not None for each in session().local_changes), "the conflict is here", 20)
    wait_for(lambda: session().job is None, "the pull is done")
    decide(told)
    send_again(told)


def decide(told: Told) -> None:
    click(part("primary_button", dock("planning_working_copy_dock")))
    panel = dock("planning_conflicts_dock")
    pump(1200)
    settle()
    told("the conflict beside the map: original, the commune's, the province's", "62_chon_gia_tri")
    click(part("ghiChu_mine_radio", panel))
    pump(300)
    click(part("apply_button", panel))
    wait_for(lambda: not any(each.conflict is not None for each in session().local_changes), "decided", 20)
    wait_for(lambda: session().job is None, "nothing runs")
    told("decided by the commune")


def send_again(told: Told) -> None:
    panel: QWidget = dock("planning_proposal_dock")
    choose_line(part("proposals_table", panel), TITLE)
    click(part("edit_button", panel))
    settle()
    told("the proposal as it goes back", "62_gui_ban_3")
    click(part("send_button", panel))
    wait_for(lambda: [p for p in session().proposals if p.state.value == "awaiting_sign_off" and p.version == 3], "sent", 30)
    settle()
    told("version 3 sent")


play(story)
