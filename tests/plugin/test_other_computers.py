"""Unsent work from elsewhere, handing over, and a lost computer: what is shown and what each button asks of the session."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.PyQt.QtWidgets import QComboBox, QLabel, QListWidget, QPushButton, QWidget

from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.devices_dialog import DevicesDialog
from commune_planning_plugin.gui.news_texts import news_text
from commune_planning_plugin.gui.working_copy_dock import WorkingCopyDock
from commune_planning_plugin.session.types import JobState
from commune_planning_plugin.sync.account_documents import Device
from commune_planning_plugin.sync.contact_documents import CommuneBackups, Offer
from tests.plugin.fake_session import FakeSession, working

OFFER = Offer("i1", "Máy cũ", "dailanh.kt", "Nguyễn Thị Hạnh", "2026-11-20T07:05:00.000000Z", 12, 1)


@pytest.fixture
def shown(qtbot):
    kept = []

    def show(widget: QWidget) -> QWidget:
        kept.append(widget)
        qtbot.addWidget(widget)
        widget.show()
        return widget

    return show


def test_unsent_work_is_offered_and_brought_or_put_off(shown) -> None:
    session = working(offer=OFFER)
    dock = shown(WorkingCopyDock(session))
    notice = dock.findChild(QWidget, "offer_notice")
    assert notice.isVisible()
    assert all(part in notice.accessibleName() for part in ("12", "Máy cũ", "2026"))
    dock.findChild(QPushButton, "restore_button").click()
    dock.findChild(QPushButton, "put_off_button").click()
    assert (session.called("restore"), session.called("put_off")) == ([(OFFER,)], [(OFFER,)])
    assert not notice.isVisible()


def test_a_colleagues_work_says_whose_it_is(shown) -> None:
    session = working(offer=replace(OFFER, account="dailanh.2", full_name="Lê Văn Nam"))
    dock = shown(WorkingCopyDock(session))
    assert "Lê Văn Nam" in dock.findChild(QWidget, "offer_notice").accessibleName()


def test_nothing_is_offered_without_a_working_copy_and_nothing_pressed_during_a_job(shown) -> None:
    session = working(offer=OFFER, job=JobState("pull"))
    dock = shown(WorkingCopyDock(session))
    assert not dock.findChild(QPushButton, "restore_button").isEnabled()
    session.set(has_working_copy=False)
    assert not dock.findChild(QWidget, "offer_notice").isVisible()


def test_a_lost_computer_is_signed_out(shown) -> None:
    devices = (Device("d1", "PC-1", "2026-11-22T01:00:00Z", True), Device("d2", "Laptop", "2026-10-01T01:00:00Z", False))
    session = working(devices=devices)
    dialog = shown(DevicesDialog(session))
    assert session.called("load_devices") == [()]
    assert session.called("load_backups") == []
    listed, button = dialog.findChild(QListWidget, "devices_list"), dialog.findChild(QPushButton, "revoke_button")
    listed.setCurrentRow(0)
    assert not button.isEnabled()
    listed.setCurrentRow(1)
    button.click()
    assert session.called("revoke") == [("d2",)]


def test_where_nothing_waits_the_head_reads_what_would(shown) -> None:
    dialog = shown(DevicesDialog(working(may_assign=True, backups=CommuneBackups((), (("dailanh.kt", "Nguyễn Thị Hạnh"),)))))
    assert dialog.findChild(QLabel, "backups_text").text().startswith("None")
    assert not dialog.findChild(QPushButton, "assign_button").isVisible()


def test_the_head_hands_unsent_work_over(shown) -> None:
    backups = CommuneBackups((OFFER,), (("dailanh.kt", "Nguyễn Thị Hạnh"), ("dailanh.2", "Lê Văn Nam")))
    session: FakeSession = working(may_assign=True, backups=backups)
    dialog = shown(DevicesDialog(session))
    assert not dialog.findChild(QLabel, "backups_text").text().startswith("None")
    session.changed.emit()  # the first question is answered: time for the second
    assert (session.called("load_devices"), session.called("load_backups")) == ([()], [()])
    button = dialog.findChild(QPushButton, "assign_button")
    assert not button.isEnabled()
    dialog.findChild(QListWidget, "backups_list").setCurrentRow(0)
    dialog.findChild(QComboBox, "colleagues_combo").setCurrentIndex(1)
    session.changed.emit()
    button.click()
    assert session.called("assign") == [("i1", "dailanh.2")]


@pytest.mark.parametrize(
    ("code", "details", "expected"),
    [
        ("contact.copy", {"count": 2}, "2"),
        ("contact.requeued", {"count": 1}, "1"),
        ("contact.taken", {"device": "PC-2", "name": "Lê Văn Nam"}, "PC-2"),
        ("restore.done", {"changes": 3, "drafts": 1, "conflicts": 1, "clashes": 2, "device": "PC-1"}, "PC-1"),
        ("assign.done", {"name": "Lê Văn Nam"}, "Lê Văn Nam"),
        ("pull.done", {"sealed": 1}, "1"),
        ("area.changed", {}, "area"),
    ],
)
def test_each_piece_of_news_has_its_sentence(qgis_app, code: str, details: dict, expected: str) -> None:
    assert expected in news_text(code, details, Describer(None))
