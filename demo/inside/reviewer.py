"""The province's reviewer sees the proposal on the map and in the table, and approves it."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

from demo.inside.drive import Told, click, dock, part, play, pump, session, settle, wait_for
from demo.inside.steps import open_first_in_inbox, sign_in

FLASHING_MS = 900
"""Until a change that was chosen no longer flashes: `resources/readme/review.png` is a picture of this story."""


def story(told: Told) -> None:
    sign_in(told)
    open_first_in_inbox(told, "11_mo_ho_so")
    panel = dock("planning_review_dock")
    changes = part("review_changes", panel)
    changes.setFocus()
    QTest.keyClick(changes, Qt.Key.Key_Home)
    for number, picture in enumerate(("12_truoc_sau", "13_truoc_sau"), 1):
        QTest.keyClick(changes, Qt.Key.Key_Down)
        settle()
        pump(FLASHING_MS)
        told(f"change {number}: before and after on the map and in the table", picture)
    click(part("approve_button", panel))
    wait_for(lambda: not session().inbox, "the proposal left the inbox", 30)
    settle()
    told("approved", "14_phe_duyet")


play(story)
