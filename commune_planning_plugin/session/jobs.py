"""Background work: one job that a person waits for, and quiet ones beside it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Callable, Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal

from commune_planning_plugin.adapters import tasks
from commune_planning_plugin.core.errors import Cancelled, PlanningError
from commune_planning_plugin.session.types import JobState

if TYPE_CHECKING:
    from commune_planning_plugin.sync.feedback import Progress

Work = Callable[[tasks.JobFeedback], Any]
Done = Callable[[Any], None]
Failed = Callable[[PlanningError], None]

NOT_CANCELLABLE = frozenset({"sign_in", "decide", "withdraw", "revert", "resolve", "attach", "submit"})
"""Short jobs, or such whose end can't be taken back once they are on their way."""

ESTIMATE_AFTER_S = 1.0


class Jobs(QObject):
    """Starts work in the background; results and errors come on the main thread. Nothing comes after `stop`."""

    changed = pyqtSignal()
    busy = pyqtSignal(str)
    """A job was refused because the one of this code is running."""
    failed = pyqtSignal(object, str)
    """A PlanningError and the code of the job, where the job didn't say what to do with it."""
    heard = pyqtSignal(object)
    """Any job's PlanningError, for who keeps the connection's state."""
    cancelled = pyqtSignal(str)

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self.state: Optional[JobState] = None
        self._started = 0.0
        self._job: Optional[tasks.Job[Any]] = None
        self._quiet: set[tasks.Job[Any]] = set()
        self.stopped = False

    @property
    def running(self) -> bool:
        """Whether a job is running that a person waits for."""
        return self.state is not None

    def start(self, code: str, work: Work, done: Done, failed: Optional[Failed] = None) -> bool:
        """Run ``work`` as the one job; False, and ``busy``, while another one runs."""
        if self.state is not None:
            self.busy.emit(self.state.code)
            return False
        self._started = time.monotonic()
        self._show(JobState(code, cancellable=code not in NOT_CANCELLABLE))
        self._job = tasks.run(
            work,
            lambda result: self._end(lambda: done(result)),
            lambda error: self._fail(code, error, failed),
            progress=self._progress,
            owner=self,
            title=code,
        )
        return True

    def quiet(self, work: Work, done: Done, failed: Optional[Failed] = None) -> None:
        """Run ``work`` with nobody waiting; without ``failed`` its error is dropped."""
        holder: list[tasks.Job[Any]] = []

        def ended(call: Callable[[], None]) -> None:
            self._quiet.discard(holder[0])
            if not self.stopped:
                call()

        task: tasks.Job[Any] = tasks.run(
            work,
            lambda result: ended(lambda: done(result)),
            lambda error: ended(lambda: failed(error) if failed is not None else None),
            owner=self,
            hidden=True,
        )
        holder.append(task)
        self._quiet.add(task)

    def cancel(self) -> None:
        if self._job is not None and self.state is not None and self.state.cancellable:
            self._job.cancel()

    def stop(self) -> None:
        """Cancel everything; what still ends tells nobody."""
        self.stopped = True
        for task in [*self._quiet, *([self._job] if self._job is not None else [])]:
            task.cancel()
        self._quiet.clear()
        self._job = None

    def _end(self, call: Callable[[], None]) -> None:
        if self.stopped:
            return
        self._job = None
        self._show(None)
        call()

    def _fail(self, code: str, error: PlanningError, failed: Optional[Failed]) -> None:
        def tell() -> None:
            self.heard.emit(error)
            if failed is not None and not isinstance(error, Cancelled):
                failed(error)
            elif isinstance(error, Cancelled):
                self.cancelled.emit(code)
            else:
                self.failed.emit(error, code)

        self._end(tell)

    def _progress(self, progress: Progress) -> None:
        if self.state is None or self.stopped:
            return
        fraction = fraction_of(progress)
        self._show(
            JobState(
                self.state.code,
                progress.stage,
                fraction,
                progress.done_bytes,
                progress.total_bytes,
                progress.done_features,
                progress.total_features,
                self._remaining(fraction) if progress.stage == self.state.stage else None,
                self.state.cancellable and progress.stage != "apply",
            )
        )

    def _remaining(self, fraction: Optional[float]) -> Optional[float]:
        spent = time.monotonic() - self._started
        if not fraction or spent < ESTIMATE_AFTER_S:
            return None
        return spent * (1 - fraction) / fraction

    def _show(self, state: Optional[JobState]) -> None:
        if state is not None and self.state is not None and state.stage != self.state.stage:
            self._started = time.monotonic()
        self.state = state
        self.changed.emit()


def fraction_of(progress: Progress) -> Optional[float]:
    """How much of the stage is done, by bytes where they are known, else by features."""
    for done, total in ((progress.done_bytes, progress.total_bytes), (progress.done_features, progress.total_features)):
        if done is not None and total:
            return min(1.0, done / total)
    return None
