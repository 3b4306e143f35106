"""The reviewer reads the opinions, suggests a drawn shape, marks one change to be redone, and returns the version."""

from __future__ import annotations

from qgis.core import QgsGeometry, QgsPointXY
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QWidget
from qgis.utils import iface

from demo.inside import ground
from demo.inside.drive import Told, click, dock, on_map, part, play, pump, session, settle, type_into, unsnapped, wait_for
from demo.inside.steps import choose_line, open_in_inbox, pick_from_menu, show_tab

NEW_LOT, OLD_LOT = "DV-DEMO-01", "DVDL-V01.23"


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
    choose_line(part("review_changes", panel), NEW_LOT)
    click(part("redo_button", panel))
    type_into(part("verdict_reason", panel), "Tên lô chưa theo quy ước của đồ án; ranh với lô bên cạnh xem hình gợi ý.")
    click(part("keep_verdict_button", panel))
    wait_for(lambda: not _talk().items, "the verdict is with the hub", 20)
    settle()
    told("one change marked to be redone", "53_can_lam_lai")
    click(part("return_button", panel))
    wait_for(lambda: session().review is None or session().review.summary.state.value == "returned", "returned", 20)
    settle()
    told("returned with what has to be redone", "54_tra_lai")


def suggest(told: Told, panel: QWidget) -> None:
    """The edge that both lots share is bent: a drawn shape for each, so that neither gap nor overlap comes of it."""
    bent = ground.bend(_shape(NEW_LOT), _shape(OLD_LOT))
    both = _shape(NEW_LOT).combine(_shape(OLD_LOT))
    for lot, words, name in (
        (NEW_LOT, "Đề nghị nắn ranh giữa hai lô theo hình vẽ, bám theo kè hiện trạng.", "53_ve_goi_y"),
        (OLD_LOT, "Ranh phía Tây nắn theo cùng đường đó.", None),
    ):
        show_tab(panel, "Thay đổi|Changes")
        choose_line(part("review_changes", panel), lot)
        show_tab(panel, "Trao đổi|Discussion")
        pick_from_menu(part("new_remark_button", panel), lot)
        click(part("sketch_button", panel))
        ground.look_at(both)
        drag_edge(*bent)
        told(f"lot {lot} is drawn as it is suggested", name)
        click(part("use_sketch_button", panel))
        type_into(part("comment_edit", panel), words)
        told("a remark with a drawn suggestion", "53_gop_y" if name else None)
        click(part("send_comment_button", panel))
        wait_for(lambda: not _talk().items, "the remark is with the hub", 20)


def drag_edge(middle: QgsPointXY, target: QgsPointXY) -> None:
    """With QGIS's vertex tool: click the sign at the middle of an edge, click where the new corner goes."""
    viewport = iface.mapCanvas().viewport()
    with unsnapped():
        for place in (middle, target):
            for _ in range(3):
                QTest.mouseMove(viewport, on_map(place.x(), place.y()))
                pump(150)
            QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, on_map(place.x(), place.y()))
            pump(400)
    settle()


def _shape(lot: str) -> QgsGeometry:
    """As the proposal asks for it."""
    row = next(item.after for item in session().review.review if (item.after or {}).get("kyHieuLoDat") == lot)
    shape = QgsGeometry()
    shape.fromWkb(row["geom"])
    return shape


def _talk() -> object:
    return session().discussion.talk(session().review.summary.id)


play(story)
