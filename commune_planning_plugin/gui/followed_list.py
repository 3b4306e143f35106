"""How others' proposals stand that one has signed, reviewed or spoken about; what is new is marked without being asked for."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QListWidget, QListWidgetItem, QSizePolicy

from commune_planning_plugin.gui import quantities
from commune_planning_plugin.gui.authority_text import shown_state
from commune_planning_plugin.gui.discussion_words import unread_title
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import bold_font, fill, text_label
from commune_planning_plugin.sync.proposal_documents import ProposalSummary


class FollowedList(QFrame):
    """Hidden where there is none. What has news comes first."""

    open_asked = pyqtSignal(str)
    """The proposal to look at."""

    def __init__(self, session: Any) -> None:
        super().__init__()
        self._session = session
        self._count = text_label(name="followed_count", bold=True)
        self._list = QListWidget()
        self._list.setObjectName("followed_list")
        self._list.setAccessibleName(translate("Review", "Proposals that you had a part in"))
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAlternatingRowColors(True)
        self._list.setMinimumHeight(70)
        self._list.setMaximumHeight(180)
        self._list.itemActivated.connect(lambda item: self.open_asked.emit(item.data(Qt.ItemDataRole.UserRole)))
        fill(self, self._count, self._list, margin=6)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def refresh(self) -> None:
        discussion, followed = self._session.discussion, self._session.followed
        self._list.clear()
        for summary in sorted(followed, key=lambda each: not discussion.unread(each)):
            self._list.addItem(_item(summary, discussion.unread(summary)))
        count = translate("Review", "%n proposal(s) that you had a part in", None, len(followed))
        self._count.setText(unread_title(count, discussion.unread_of(followed)))
        self.setVisible(bool(followed))


def _item(summary: ProposalSummary, unread: int) -> QListWidgetItem:
    state = shown_state(summary)[0]
    below = f"{summary.commune_name} · {state} · {quantities.age(summary.updated_at)}"
    made = QListWidgetItem(f"{unread_title(summary.title, unread)}\n{below}")
    made.setData(Qt.ItemDataRole.UserRole, summary.id)
    made.setToolTip(f"{summary.title}\n{summary.plan_name}\n{state}")
    if unread:
        made.setFont(bold_font(made.font()))
    return made
