"""The commune's tasks in the dock Proposals: what is due, what is overdue, what was done."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QLabel, QListWidget, QPlainTextEdit, QPushButton

from commune_planning_plugin.gui.proposal_dock import ProposalDock
from commune_planning_plugin.gui.tasks_panel import TasksPanel, due_text, task_text
from tests.plugin.docks import click
from tests.plugin.fake_decisions import TODAY, task, tasks
from tests.plugin.fake_session import working


@pytest.fixture
def panel(keep_dock):
    def show(found):
        session = working()
        session.decisions.next_tasks = found
        dock = keep_dock(ProposalDock(session), 330)
        shown = dock.findChild(TasksPanel)
        shown._today = TODAY
        session.decisions.load_tasks()
        return shown, session

    return show


def texts(panel):
    found = panel.findChild(QListWidget, "tasks_list")
    return [found.item(row).text() for row in range(found.count())]


def test_what_is_overdue_comes_first_and_what_is_done_last(panel):
    shown, _session = panel(tasks())
    assert texts(shown) == [
        "Publish the plan\n1992/QĐ-UBND · OVERDUE by 2 day(s) (08/03/2026)",
        "Publish the plan\n2046/QĐ-UBND · until 12/03/2026, 2 day(s) left",
        "Make the implementation plan\n1992/QĐ-UBND · no fixed day",
        "Review lower plans against this one\n1992/QĐ-UBND · no fixed day",
        texts(shown)[4],
    ]
    assert "done by Nguyễn Thị Hạnh" in texts(shown)[4]
    assert shown.findChild(QLabel, "tasks_title").text() == "4 task(s) after decisions"
    about = shown.findChild(QLabel, "task_about").text()
    assert "Content of defence, security and state secrets is not published." in about


def test_nothing_to_do_takes_no_room(panel):
    shown, _session = panel(())
    assert not shown.isVisibleTo(shown.parentWidget())


def test_lower_plans_are_named(panel):
    shown, _session = panel(tasks())
    shown.findChild(QListWidget, "tasks_list").setCurrentRow(3)
    assert "Lower plans: Quy hoạch chi tiết trung tâm xã Đại Lãnh" in shown.findChild(QLabel, "task_about").text()


def test_a_task_is_done_with_a_note_and_evidence(panel, tmp_path: Path):
    shown, session = panel(tasks())
    assert not shown.findChild(QPushButton, "task_done_button").isEnabled()
    shown.findChild(QPlainTextEdit, "task_note").setPlainText("Niêm yết tại trụ sở UBND xã")
    shown.choose_file(tmp_path / "ảnh.jpg")
    click(shown, "task_done_button")
    ((name, task, note, path),) = session.decisions.calls
    assert (name, task.kind, note, path) == ("mark_done", "publish", "Niêm yết tại trụ sở UBND xã", tmp_path / "ảnh.jpg")


def test_what_is_done_or_anothers_is_only_read(panel):
    shown, _session = panel(tasks())
    shown.findChild(QListWidget, "tasks_list").setCurrentRow(4)
    assert not shown.findChild(QPushButton, "task_done_button").isVisibleTo(shown)
    item = shown.findChild(QListWidget, "tasks_list").item(4)
    assert item.data(Qt.ItemDataRole.UserRole).note in shown.findChild(QLabel, "task_about").text()


def test_days_in_words():
    assert due_text(TODAY, TODAY) == "due today"
    assert due_text(TODAY + timedelta(days=5), TODAY) == "until 15/03/2026, 5 day(s) left"
    assert due_text(None, TODAY) == "no fixed day"


def test_a_day_that_is_not_official_yet_says_so():
    found = task("publish", due=TODAY, due_provisional=True)
    assert task_text(found, TODAY).endswith("due today (provisional)")
    assert task_text(replace(found, due_provisional=False), TODAY).endswith("due today")
