"""The technician of xã Đại Lãnh: sign in, pull, cut a lot, draw a new one on the ground set free, look, propose, send."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

from demo.inside import ground
from demo.inside.drawing import draw_lot, propose, reshape, save, start_drawing
from demo.inside.drive import Told, dock, part, play, settle
from demo.inside.steps import pull_first, sign_in


def story(told: Told) -> None:
    sign_in(told, "01_dang_nhap")
    pull_first(told, "02_lay_du_lieu")
    lot = ground.lot_near_the_neighbour()
    ground.look_at(lot.shape)
    told(f"zoomed to lot {lot.name}", "03_lo_dat")
    start_drawing(told)
    piece = reshape(told, lot)
    draw_lot(told, piece)
    save(told)
    look_at_changes(told)
    propose(told, lot)


def look_at_changes(told: Told) -> None:
    panel = dock("planning_working_copy_dock")
    tree = part("changes_tree", panel)
    tree.setFocus()
    QTest.keyClick(tree, Qt.Key.Key_Home)
    for _ in range(2):
        QTest.keyClick(tree, Qt.Key.Key_Down)
    settle()
    told("looked at the differences", "06_thay_doi")


play(story)
