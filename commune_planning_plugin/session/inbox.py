"""What waits for the account, as much of it as is looked at: a short list is here as a whole, of a long one the hub is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal

from commune_planning_plugin.core.errors import Cancelled, PlanningError
from commune_planning_plugin.session.context import Context, Debounce, hub
from commune_planning_plugin.session.types import Connection
from commune_planning_plugin.sync.list_calls import ProposalPage, Question, inbox_page, inbox_pages

if TYPE_CHECKING:
    from commune_planning_plugin.adapters.tasks import Job, JobFeedback
    from commune_planning_plugin.sync.client import HubClient
    from commune_planning_plugin.sync.proposal_documents import ProposalSummary

TYPING_MS = 250


class InboxController(QObject):
    """The first page comes with each contact; ``answer`` is to the question that was asked last."""

    changed = pyqtSignal()

    def __init__(self, context: Context, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._context = context
        self._state = context.state
        self.question = Question()
        self.answer = ProposalPage()
        self._answered: Optional[Question] = None
        self._job: Optional[Job[Any]] = None
        self._soon = Debounce(TYPING_MS, self._fetch, self)
        context.signals.inbox_changed.connect(self._renew)

    @property
    def all_here(self) -> bool:
        """Whether everything that waits is in the session's ``inbox``."""
        return self._state.inbox_page.cursor is None

    @property
    def here(self) -> bool:
        """Whether filters and orders are applied to `known`: to all there is, or to what is here while there is no connection."""
        return self.all_here or self._state.connection is not Connection.ONLINE

    @property
    def asking(self) -> bool:
        """Whether ``answer`` is still the one to an earlier question."""
        return not self.here and self._answered != self.question

    @property
    def known(self) -> tuple[ProposalSummary, ...]:
        """What was seen last, of whichever question."""
        first = self._state.inbox_page.proposals
        if self.all_here:
            return first
        return tuple({each.id: each for each in (*self.answer.proposals, *first)}.values())

    @property
    def whole(self) -> ProposalPage:
        """The first page of the whole inbox, with its counts."""
        return self._state.inbox_page

    @property
    def has_more(self) -> bool:
        """Whether lines follow those of ``answer`` that can be asked for now."""
        return not self.here and not self.asking and self._job is None and self.answer.cursor is not None

    def ask(self, question: Question) -> None:
        """Answered in a while, with `changed`; asking the same again asks nothing."""
        if question == self.question:
            return
        self.question = question
        self._drop()
        if question == Question():
            self._take(question, self._state.inbox_page)
        elif not self.here:
            self._soon.start()

    def more(self) -> None:
        """The lines that follow."""
        if not self.has_more:
            return
        question, cursor, shown = self.question, self.answer.cursor, self.answer
        self._run(lambda client: shown.followed_by(inbox_page(client, question, cursor)))

    def _renew(self) -> None:
        """The first page is another one: what else is shown is asked for anew."""
        self._drop()
        if self.all_here:
            self.answer, self._answered = ProposalPage(), None
        elif self._state.connection is not Connection.ONLINE:
            return
        elif self.question == Question() and len(self.answer.proposals) <= len(self._state.inbox_page.proposals):
            self._take(self.question, self._state.inbox_page)
        else:
            self._fetch()

    def _fetch(self) -> None:
        question, count = self.question, 0 if self.asking else len(self.answer.proposals)
        self._run(lambda client: inbox_pages(client, question, count))

    def _drop(self) -> None:
        """What is on its way isn't waited for any more."""
        self._soon.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _run(self, call: Callable[[HubClient], ProposalPage]) -> None:
        url, token, question = self._state.hub_url, self._state.token, self.question
        begun: list[Job[Any]] = []

        def ended(act: Callable[[], None]) -> None:
            if begun and begun[0] is self._job:  # the others were dropped
                self._job = None
                act()

        def work(feedback: JobFeedback) -> ProposalPage:
            return call(hub(url, token, feedback))

        self._job = self._context.jobs.quiet(
            work, lambda page: ended(lambda: self._take(question, page)), lambda error: ended(lambda: self._failed(error))
        )
        begun.append(self._job)

    def _take(self, question: Question, page: ProposalPage) -> None:
        if question == self.question:
            self.answer, self._answered = page, question
            self.changed.emit()

    def _failed(self, error: PlanningError) -> None:
        """What is here is filtered, where the connection is gone."""
        if not isinstance(error, Cancelled):
            self._context.jobs.heard.emit(error)
            if self._state.connection is Connection.ONLINE:
                self._context.signals.failed.emit(error, "contact")
        self.changed.emit()
