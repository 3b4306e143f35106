"""The reviewer looks at a proposal in every way, sees the competing one, writes remarks and asks two agencies for their opinion."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QWidget
from qgis.utils import iface

from demo.inside.drive import Told, click, dock, draw, part, play, pump, session, settle, type_into, wait_for
from demo.inside.steps import choose_line, open_in_inbox, pick_from_menu, show_tab, sign_in

NEW_LOT = "DV-DEMO-01"


def story(told: Told) -> None:
    sign_in(told)
    open_in_inbox(told, "Điều chỉnh cục bộ", "45_mo_ho_so")
    panel = dock("planning_review_dock")
    look(told, panel)
    remark(told, panel)
    ask(told, panel)


def look(told: Told, panel: QWidget) -> None:
    choose_line(part("review_changes", panel), NEW_LOT)
    settle()
    click(part("swipe_mode_button", panel))
    pump(1500)
    told("before and after on either side of a line", "46_vuot")
    click(part("overlay_mode_button", panel))
    show_tab(panel, "Cân bằng|Balance")
    wait_for(lambda: session().job is None, "the balance is here")
    pump(1500)
    told("the land-fund balance, before and after", "47_can_bang_dat")
    show_tab(panel, "Liên quan|Related")
    pump(1500)
    told("the competing proposal and what else touches the ground", "48_lien_quan")


def remark(told: Told, panel: QWidget) -> None:
    show_tab(panel, "Thay đổi|Changes")
    choose_line(part("review_changes", panel), NEW_LOT)
    show_tab(panel, "Trao đổi|Discussion")
    pick_from_menu(part("new_remark_button", panel), "vùng trên bản đồ|area of the map")
    centre = iface.mapCanvas().extent().center()
    draw([(centre.x() + x, centre.y() + y) for x, y in ((-30, -30), (30, -30), (30, 30), (-30, 30))])
    wait_for(lambda: part("send_comment_button", panel).isVisible(), "a remark can be written", 10)
    type_into(part("comment_edit", panel), "Lối vào bãi biển đi qua đây: đề nghị giữ lối đi công cộng rộng tối thiểu 4 m.")
    click(part("send_comment_button", panel))
    wait_for(lambda: _said() == 1, "the remark is with the hub", 20)
    settle()
    told("a remark about a place on the map", "49_nhan_xet_tren_ban_do")


def ask(told: Told, panel: QWidget) -> None:
    show_tab(panel, "Ý kiến|Opinions")
    for number, agency in enumerate(("Công an", "Bộ Chỉ huy"), 1):
        click(part("ask_button", panel))
        combo = part("agency_combo", panel)
        combo.setFocus()
        while not combo.currentText().startswith(agency):
            QTest.keyClick(combo, Qt.Key.Key_Down if combo.currentIndex() < combo.count() - 1 else Qt.Key.Key_Home)
            pump(30)
        type_into(part("ask_text", panel), "Đề nghị cho ý kiến về an ninh, quốc phòng và lối ra biển.")
        click(part("ask_send_button", panel))
        wait_for(lambda number=number: len(_talk().discussion.requests) == number and not _talk().items, "the agency is asked", 20)
    settle()
    told("two agencies are asked for their opinion", "50_lay_y_kien")


def _talk() -> object:
    return session().discussion.talk(session().review.summary.id)


def _said() -> int:
    talk = _talk()
    return len(talk.discussion.threads) - len(talk.items)


play(story)
