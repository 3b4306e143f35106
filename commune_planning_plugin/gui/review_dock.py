"""The dock *Duyệt*: for heads and reviewers, the inbox and the proposal under review."""

from __future__ import annotations

from typing import Any, Optional

from qgis.PyQt.QtWidgets import QDockWidget, QStackedWidget, QWidget

from commune_planning_plugin.gui.followed_list import FollowedList
from commune_planning_plugin.gui.inbox_panel import InboxPanel
from commune_planning_plugin.gui.language import translate
from commune_planning_plugin.gui.parts import Scrolled, column
from commune_planning_plugin.gui.review_panel import ReviewPanel
from commune_planning_plugin.gui.waiting_decisions import WaitingDecisions


class ReviewDock(QDockWidget):
    """Two pages: the inbox, and the open review."""

    def __init__(self, session: Any, parent: Optional[QWidget] = None) -> None:
        super().__init__(translate("Review", "Review"), parent)
        self.setObjectName("planning_review_dock")
        self._session = session
        self._inbox = InboxPanel(session)
        self._review = ReviewPanel(session)
        self._pages = QStackedWidget()
        self._waiting = WaitingDecisions(session)
        self._followed = FollowedList(session)
        self._pages.addWidget(Scrolled(column(self._inbox, self._waiting, self._followed)))
        self._pages.addWidget(self._review)
        self.setWidget(self._pages)
        self._listen()
        self.refresh()

    def _listen(self) -> None:
        session = self._session
        session.inbox_changed.connect(self.refresh)
        session.changed.connect(self._inbox.refresh)
        session.inbox_list.changed.connect(self._inbox.refresh)
        session.review_changed.connect(self.refresh)
        session.job_changed.connect(self._inbox.show_job)
        for each in (self._inbox, self._waiting, self._followed):
            each.open_asked.connect(session.open_review)
        session.discussion.unread_changed.connect(self._news)
        self._review.next_asked.connect(self._open_next)

    def refresh(self) -> None:
        self._inbox.refresh()
        self._waiting.refresh()
        self._followed.refresh()
        self._review.refresh()
        self._pages.setCurrentIndex(0 if self._session.review is None else 1)
        self._name()

    def _news(self) -> None:
        self._inbox.refresh()
        self._followed.refresh()
        self._name()

    def _name(self) -> None:
        """With how many have something new: seen on the tab without opening it."""
        name = translate("Review", "Review")
        listing = self._session.inbox_list
        unread = self._session.discussion.unread_of((*listing.known, *self._session.followed))
        self.setWindowTitle(f"{name} ● {unread}{'' if listing.all_here else '+'}" if unread else name)

    def _open_next(self) -> None:
        review = self._session.review
        following = self._inbox.after(review.summary.id if review is not None else "")
        if following is not None:
            self._session.open_review(following)
