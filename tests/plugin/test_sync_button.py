"""The badge says what waits both ways, to eyes and to screen readers; its menu sets when data is got."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtWidgets import QAction

from commune_planning_plugin.gui.sync_button import SyncButton, badge_text
from commune_planning_plugin.gui.working_copy_dock import WorkingCopyDock
from commune_planning_plugin.session.types import Connection, PullMode, Waiting
from tests.plugin import sample
from tests.plugin.fake_session import FakeSession, downloading, working

pytestmark = pytest.mark.usefixtures("qgis_app")


def action(button: SyncButton, text: str) -> QAction:
    (found,) = [each for each in button.menu().actions() if text in each.text().replace("&", "")]
    return found


@pytest.mark.parametrize(
    ("waiting", "text"), [(Waiting(2, 1, 12), "↑3 ↓12"), (Waiting(0, 0, 4), "↓4"), (Waiting(5, 0, 0), "↑5"), (Waiting(0, 0, 0), "")]
)
def test_the_badge(waiting: Waiting, text: str) -> None:
    assert badge_text(waiting) == text


def test_it_follows_the_session(qtbot) -> None:
    session = working(outbox=(sample.unsent("p-9"),), news=12)
    button = SyncButton(session)
    qtbot.addWidget(button)
    here = session.waiting.here
    assert button.text() == f"↑{here} ↓12"
    assert (str(here) in button.accessibleName(), "12" in button.accessibleName()) == (True, True)
    assert "↓ 12 new" in button.toolTip()
    session.set(news=0, outbox=(), local_changes=())
    assert button.text() == ""
    session.set(job=downloading())
    assert not button.isEnabled()
    session.set(job=None, connection=Connection.SIGNED_OUT)
    assert not button.isEnabled()


def test_pressed_it_gets_the_data_and_looks_where_there_is_none(qtbot) -> None:
    session = working()
    button = SyncButton(session)
    qtbot.addWidget(button)
    button.click()
    assert session.called("pull") == [()]
    session.set(has_working_copy=False)
    button.click()
    assert session.called("refresh") == [()]


def test_the_menu_sets_when_data_is_got(qtbot) -> None:
    session = working()
    button = SyncButton(session)
    qtbot.addWidget(button)
    assert action(button, "Only when I press").isChecked()
    action(button, "something new").trigger()
    assert session.called("set_pull_mode") == [(PullMode.NEWS,)]
    assert action(button, "something new").isChecked()
    assert not action(button, "Only when I press").isChecked()
    action(button, "Look now").trigger()
    assert session.called("refresh") == [()]


def test_what_is_sent_is_shown_beside_and_can_be_stopped(qtbot) -> None:
    session: FakeSession = working(sending=downloading())
    dock = WorkingCopyDock(session)
    qtbot.addWidget(dock)
    dock._show_job()
    assert not dock._progress.isHidden()
    assert dock._primary.isEnabled()
    dock._progress._cancel.click()
    assert session.called("cancel") == [()]
