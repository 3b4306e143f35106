"""What the commune has to do once a decision is recorded: due when, overdue or done by whom."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QFileDialog, QFrame, QListWidget, QListWidgetItem, QPlainTextEdit

from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.chips import tint
from commune_planning_plugin.gui.decision_words import day
from commune_planning_plugin.gui.describe import Describer
from commune_planning_plugin.gui.icons import icon
from commune_planning_plugin.gui.labels import Tone
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Notice, button, button_row, fill, plain_tip, text_label
from commune_planning_plugin.gui.present_error import present
from commune_planning_plugin.sync.decision_calls import FollowUpTask

SOON = 3
"""Days before its last day on which a task is shown as urgent."""


class TasksPanel(QFrame):
    """Hidden where there is nothing to do and nothing was done."""

    def __init__(self, session: Any, today: Optional[date] = None) -> None:
        super().__init__()
        self._session = session
        self._today = today
        self._asked: Optional[object] = None
        self._tasks: tuple[FollowUpTask, ...] = ()
        self._document: Optional[Path] = None
        self._dialog: Optional[QFileDialog] = None
        self._title = text_label(name="tasks_title", bold=True)
        self._list = QListWidget()
        self._about = text_label(name="task_about")
        self._failure = Notice(Tone.WARNING, "task_failure")
        self._note = QPlainTextEdit()
        self._file = button(translate("Tasks", "Add &evidence…"), "task_file_button", "file", act=self._ask_file)
        self._done = button(translate("Tasks", "Mark as &done"), "task_done_button", "check", act=self._mark)
        self._lay_out()
        session.decisions.tasks.changed.connect(self._show)
        session.decisions.refused.connect(self._show_failure)
        session.proposals_changed.connect(self._session.decisions.load_tasks)
        self._show()

    def _lay_out(self) -> None:
        self._list.setObjectName("tasks_list")
        self._list.setAccessibleName(translate("Tasks", "What has to be done after decisions"))
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMinimumHeight(120)
        self._list.currentItemChanged.connect(lambda *_items: self._show_chosen())
        self._note.setObjectName("task_note")
        self._note.setFixedHeight(48)
        self._note.setPlaceholderText(translate("Tasks", "What was done, where and when"))
        self._note.setAccessibleName(translate("Tasks", "What was done, where and when"))
        self._note.textChanged.connect(self._show_actions)
        self._session.job_changed.connect(self._show_actions)
        row = button_row(self._done, self._file)
        fill(self, self._title, self._list, self._about, self._failure, self._note, row, margin=6)

    # --- showing ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Asked for once for each account and commune."""
        account, commune = self._session.account, self._session.commune
        asked = (account.id, commune.code) if account is not None and commune is not None else None
        if asked != self._asked:
            self._asked = asked
            self._session.decisions.load_tasks()

    def _show(self) -> None:
        commune = self._session.commune
        found = self._session.decisions.tasks.about(commune.code) if commune is not None else None
        if found is None and self._session.decisions.tasks.subject is not None:
            return  # on its way: what was known stays meanwhile
        today = self._today or date.today()
        self._tasks = tuple(sorted(found or (), key=lambda task: (task.done, task.due is None, task.due or today)))
        chosen = self._chosen()
        self._list.clear()
        for task in self._tasks:
            self._list.addItem(_item(task, today))
        open_ = sum(not task.done for task in self._tasks)
        self._title.setText(translate("Tasks", "%n task(s) after decisions", None, open_))
        self.setVisible(bool(self._tasks))
        same = [
            n for n, t in enumerate(self._tasks) if chosen is not None and (t.proposal, t.kind) == (chosen.proposal, chosen.kind)
        ]
        self._list.setCurrentRow(same[0] if same else 0)
        self._show_chosen()

    def _chosen(self) -> Optional[FollowUpTask]:
        item = self._list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item is not None else None

    def _show_chosen(self) -> None:
        task = self._chosen()
        self._about.setText(_about(task) if task is not None else "")
        self._about.setVisible(task is not None)
        for widget in (self._note, self._file, self._done):
            widget.setVisible(task is not None and task.can)
        self._failure.say("")
        self._show_actions()

    def _show_actions(self) -> None:
        written = bool(self._note.toPlainText().strip())
        self._done.setEnabled(written and self._session.job is None)
        self._done.setToolTip("" if written else translate("Tasks", "Write down first what was done"))
        name = self._document.name if self._document is not None else translate("Tasks", "Add &evidence…")
        self._file.setText(name)

    def _show_failure(self, error: Any) -> None:
        if self.isVisible():
            self._failure.say(present(error, "decide", Describer(self._session.catalogue)).text)

    # --- doing --------------------------------------------------------------------------------------------------------

    def _ask_file(self) -> None:
        self._dialog = QFileDialog(self, translate("Tasks", "A file that shows what was done"))
        self._dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._dialog.fileSelected.connect(lambda name: self.choose_file(Path(name)))
        self._dialog.open()

    def choose_file(self, path: Path) -> None:
        self._document = path
        self._show_actions()

    def _mark(self) -> None:
        task = self._chosen()
        if task is not None:
            self._failure.say("")
            self._session.decisions.mark_done(task, self._note.toPlainText().strip(), self._document)
            self._note.clear()
            self._document = None


def kind_title(kind: str) -> str:
    titles = {
        "publish": translate("Tasks", "Publish the plan"),
        "archive": translate("Tasks", "Archive the dossier"),
        "implement": translate("Tasks", "Make the implementation plan"),
        "review_lower": translate("Tasks", "Review lower plans against this one"),
    }
    return titles.get(kind, kind)


def due_text(due: Optional[date], today: date) -> str:
    """Until when, and how far that is."""
    if due is None:
        return translate("Tasks", "no fixed day")
    left = (due - today).days
    if left < 0:
        return translate("Tasks", "OVERDUE by %n day(s)", None, -left) + f" ({day(due)})"
    if left == 0:
        return translate("Tasks", "due today")
    return translate("Tasks", "until {day}").format(day=day(due)) + ", " + translate("Tasks", "%n day(s) left", None, left)


def _due(task: FollowUpTask, today: date) -> str:
    told = due_text(task.due, today)
    return translate("Review", "{day} (provisional)").format(day=told) if task.due_provisional else told


def task_text(task: FollowUpTask, today: date) -> str:
    """What, and how far it is."""
    return f"{kind_title(task.kind)}: {_done_text(task) if task.done else _due(task, today)}"


def _item(task: FollowUpTask, today: date) -> QListWidgetItem:
    tone, picture = Tone.PLAIN, "info"
    if task.done:
        tone, picture = Tone.GOOD, "ok"
    elif task.due is not None and task.due < today:
        tone, picture = Tone.BAD, "error"
    elif task.due is not None and (task.due - today).days <= SOON:
        tone, picture = Tone.WARNING, "warning"
    told = _done_text(task) if task.done else _due(task, today)
    item = QListWidgetItem(icon(picture), f"{kind_title(task.kind)}\n{task.decision} · {told}")
    item.setData(Qt.ItemDataRole.UserRole, task)
    item.setToolTip(plain_tip(task.title))
    if tone is not Tone.PLAIN:
        item.setBackground(tint(tone))
    return item


def _done_text(task: FollowUpTask) -> str:
    at = quantities.day_and_time(task.done_at or "")
    return translate("Tasks", "done by {name}, {time}").format(name=task.done_by or "", time=at)


def _about(task: FollowUpTask) -> str:
    lines = [f"{task.title} · {task.plan_name}"]
    if task.kind == "publish":
        lines.append(translate("Tasks", "Content of defence, security and state secrets is not published."))
        count = task.excluded
        if count:
            lines.append(translate("Tasks", "%n feature(s) of defence or security are left out.", None, count))
    if task.plans:
        lines.append(translate("Tasks", "Lower plans: {names}").format(names=", ".join(task.plans)))
    elif task.kind == "review_lower":
        lines.append(translate("Tasks", "No lower plan is registered."))
    if task.done:
        lines.append(task.note + (f" · {task.file_name}" if task.file_name else ""))
    return "\n".join(lines)
