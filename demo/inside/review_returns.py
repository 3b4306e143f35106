"""The reviewer reads the opinions, marks one change to be redone with a suggested value, and returns the version."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QWidget

from demo.inside.drive import Told, click, dock, part, play, pump, session, settle, type_into, wait_for
from demo.inside.steps import choose_line, open_in_inbox, pick_from_menu, show_tab

NEW_LOT = "DV-DEMO-01"


def story(told: Told) -> None:
    wait_for(lambda: session().account and session().inbox, "signed in from last time", 40)
    open_in_inbox(told, "Điều chỉnh cục bộ")
    panel = dock("planning_review_dock")
    show_tab(panel, "Ý kiến|Opinions")
    pump(800)
    told("the opinions of both agencies", "52_bang_y_kien")
    show_tab(panel, "Thay đổi|Changes")
    choose_line(part("review_changes", panel), NEW_LOT)
    settle()
    suggest(told, panel)
    show_tab(panel, "Thay đổi|Changes")
    click(part("redo_button", panel))
    type_into(part("verdict_reason", panel), "Ký hiệu lô chưa theo quy ước của đồ án; xem gợi ý.")
    click(part("keep_verdict_button", panel))
    wait_for(lambda: not _talk().items, "the verdict is with the hub", 20)
    settle()
    told("one change marked to be redone", "53_can_lam_lai")
    click(part("return_button", panel))
    wait_for(lambda: session().review is None or session().review.summary.state.value == "returned", "returned", 20)
    settle()
    told("returned with what has to be redone", "54_tra_lai")


def suggest(told: Told, panel: QWidget) -> None:
    show_tab(panel, "Trao đổi|Discussion")
    menu = part("new_remark_button", panel)
    pick_from_menu(menu, NEW_LOT)
    session_composer = part("comment_edit", panel)
    type_into(session_composer, "Đề nghị đặt tên lô theo quy ước của đồ án.")
    told("a remark about one change", "53_gop_y")
    click(part("send_comment_button", panel))
    wait_for(lambda: not _talk().items, "the remark is with the hub", 20)


def _talk() -> object:
    return session().discussion.talk(session().review.summary.id)


play(story)
