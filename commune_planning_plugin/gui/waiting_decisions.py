"""Approved proposals whose decision isn't in force yet, for who records it: below the inbox."""

from __future__ import annotations

from typing import Any, Optional

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QListWidget, QListWidgetItem

from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.authority_text import decision_line
from commune_planning_plugin.gui.icons import icon
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import fill, plain_tip, text_label
from commune_planning_plugin.sync.proposal_documents import ProposalSummary


class WaitingDecisions(QFrame):
    """Hidden where nothing waits. Emits the proposal to open."""

    open_asked = pyqtSignal(str)

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._asked: Optional[object] = None
        self._count = text_label(name="decisions_count", bold=True)
        self._list = QListWidget()
        self._list.setObjectName("decisions_list")
        self._list.setAccessibleName(translate("Decision", "Approved proposals whose decision isn't in force yet"))
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setMinimumHeight(90)
        self._list.setMaximumHeight(180)
        self._list.itemActivated.connect(lambda item: self.open_asked.emit(item.data(Qt.ItemDataRole.UserRole)))
        fill(self, self._count, self._list, margin=6)
        self.hide()
        session.decisions.waiting.changed.connect(self._show)

    def refresh(self) -> None:
        """Asked again when the inbox is another one."""
        account = self._session.account
        asked = (account.id, tuple(summary.id for summary in self._session.inbox)) if account is not None else None
        if asked != self._asked:
            self._asked = asked
            self._session.decisions.load_waiting()

    def _show(self) -> None:
        account = self._session.account
        found = (self._session.decisions.waiting.about(account.id) or ()) if account is not None else ()
        self._list.clear()
        for summary in sorted(found, key=lambda each: each.updated_at):
            item = QListWidgetItem(icon("compose"), _text(summary))
            item.setData(Qt.ItemDataRole.UserRole, summary.id)
            item.setToolTip(plain_tip(summary.title))
            self._list.addItem(item)
        self._count.setText(translate("Decision", "%n approved proposal(s) wait for their decision", None, len(found)))
        self.setVisible(bool(found))


def _text(summary: ProposalSummary) -> str:
    told = translate("Decision", "{title}\n{commune} · approved {age}")
    text = told.format(title=summary.title, commune=summary.commune_name, age=quantities.age(summary.updated_at))
    return "\n".join(filter(None, (text, decision_line(summary))))
