"""What is looked up when somebody looks at it: asked in the background, kept while it is about the same thing."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal

from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.session.context import Context, hub

if TYPE_CHECKING:
    from commune_planning_plugin.adapters.tasks import JobFeedback
    from commune_planning_plugin.sync.review_calls import ReviewCalls

Work = Callable[["JobFeedback"], Any]


class Lookup(QObject):
    """One answer at a time: ``value`` about ``subject``, or the ``error`` why there is none; neither while it is on its way."""

    changed = pyqtSignal()

    def __init__(self, context: Context, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._context = context
        self.subject: Optional[Hashable] = None
        self.value: Any = None
        self.error: Optional[PlanningError] = None
        self._growing: Any = None

    def about(self, subject: Hashable) -> Any:
        """The answer, where it is about ``subject``."""
        return self.value if subject == self.subject else None

    def failure(self, subject: Hashable) -> Optional[PlanningError]:
        """Why there is no answer about ``subject``; None where there is, or while it is on its way."""
        return self.error if subject == self.subject else None

    def ask_hub(self, subject: Hashable, call: Callable[[ReviewCalls], Any]) -> None:
        """``call`` the hub; an answer that comes after another question isn't heard."""
        url, token = self._context.state.hub_url, self._context.state.token

        def work(feedback: JobFeedback) -> Any:
            from commune_planning_plugin.sync.review_calls import ReviewCalls

            return call(ReviewCalls(hub(url, token, feedback)))

        self.ask(subject, work)

    def ask(self, subject: Hashable, work: Work) -> None:
        """As `ask_hub`, of anything that ``work`` finds out in the background."""
        self.subject, self.value, self.error = subject, None, None
        self.changed.emit()
        self._context.jobs.quiet(work, lambda value: self._take(subject, value, None), lambda e: self._take(subject, None, e))

    def grow(self, work: Work, joined: Callable[[Any, Any], Any]) -> None:
        """More of what is known: ``joined`` makes one value of it and what ``work`` finds. A failure is told, no more."""
        known = self.value
        if self._growing is known:
            return
        self._growing = known

        def done(more: Any) -> None:
            if self.value is known:
                self.give(self.subject, joined(known, more))

        def failed(error: PlanningError) -> None:
            self._growing = None
            self._context.signals.failed.emit(error, "history")

        self._context.jobs.quiet(work, done, failed)

    def give(self, subject: Hashable, value: Any) -> None:
        """The answer is known already: something was done to ``subject``."""
        self.subject, self.value, self.error = subject, value, None
        self.changed.emit()

    def forget(self) -> None:
        """There is nothing to know any more."""
        if self.subject is not None:
            self.subject = self.value = self.error = None
            self.changed.emit()

    def _take(self, subject: Hashable, value: Any, error: Optional[PlanningError]) -> None:
        if subject == self.subject:
            self.value, self.error = value, error
            self.changed.emit()
