"""The inbox's list without a hub."""

from __future__ import annotations

from typing import Any, Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal

from commune_planning_plugin.session.types import Connection
from commune_planning_plugin.sync.list_calls import ProposalPage, Question


class FakeInboxList(QObject):
    """All of the inbox is here, unless a test gives a ``whole`` that goes on; then it answers what is asked."""

    changed = pyqtSignal()

    def __init__(self, session: Any) -> None:
        super().__init__(session)
        self._session = session
        self.page: Optional[ProposalPage] = None
        self.answer = ProposalPage()
        self.asked: list[Question] = []
        self.asking = False
        self.wishes = 0

    @property
    def whole(self) -> ProposalPage:
        if self.page is not None:
            return self.page
        counts: dict[str, int] = {}
        for each in self._session.inbox:
            counts[each.state.value] = counts.get(each.state.value, 0) + 1
        return ProposalPage(self._session.inbox, None, counts)

    @property
    def all_here(self) -> bool:
        return self.page is None or self.page.cursor is None

    @property
    def here(self) -> bool:
        return self.all_here or self._session.connection is not Connection.ONLINE

    @property
    def known(self) -> tuple[Any, ...]:
        if self.all_here:
            return tuple(self._session.inbox)
        return tuple({each.id: each for each in (*self.answer.proposals, *self._session.inbox)}.values())

    @property
    def has_more(self) -> bool:
        return not self.here and not self.asking and self.answer.cursor is not None

    def ask(self, question: Question) -> None:
        if not self.asked or question != self.asked[-1]:
            self.asked.append(question)
            self.asking = not self.here and question != Question()

    def more(self) -> None:
        self.wishes += 1

    def reply(self, page: ProposalPage) -> None:
        self.answer, self.asking = page, False
        self.changed.emit()
