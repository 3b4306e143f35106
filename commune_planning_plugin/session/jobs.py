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

NOT_CANCELLABLE = frozenset({"sign_in", "decide", "withdraw", "revert", "resolve", "undo", "attach", "submit"})
"""Short jobs, or such whose end can't be taken back once they are on their way."""

ESTIMATE_AFTER_S = 1.0


class Shown:
    """What a job shows of itself: its progress, and from it the time that its stage will still take."""

    def __init__(self, code: str, cancellable: bool) -> None:
        self.state = JobState(code, cancellable=cancellable)
        self._cancellable = cancellable
        self._began = self._stage_began()

    @staticmethod
    def _stage_began(done: float = 0.0) -> tuple[float, float]:
        return time.monotonic(), done

    def update(self, progress: Progress) -> JobState:
        fraction = fraction_of(progress)
        same_stage = progress.stage == self.state.stage
        if not same_stage:
            self._began = self._stage_began(fraction or 0.0)
        self.state = JobState(
            self.state.code,
            progress.stage,
            fraction,
            progress.done_bytes,
            progress.total_bytes,
            progress.done_features,
            progress.total_features,
            self._remaining(fraction) if same_stage else None,
            self._cancellable and progress.stage != "apply",
        )
        return self.state

    def _remaining(self, fraction: Optional[float]) -> Optional[float]:
        """Of what was done before, by an earlier try, nothing is known of how long it took."""
        at, before = self._began
        spent = time.monotonic() - at
        if not fraction or fraction <= before or spent < ESTIMATE_AFTER_S:
            return None
        return spent * (1 - fraction) / (fraction - before)


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
        self._shown: Optional[Shown] = None
        self.beside: Optional[JobState] = None
        """A transfer that nobody has to wait for, but may watch and stop."""
        self._transfer: Optional[tasks.Job[Any]] = None
        self._job: Optional[tasks.Job[Any]] = None
        self._quiet: set[tasks.Job[Any]] = set()
        self.stopped = False

    @property
    def state(self) -> Optional[JobState]:
        return self._shown.state if self._shown is not None else None

    @property
    def running(self) -> bool:
        """Whether a job is running that a person waits for."""
        return self.state is not None

    def start(self, code: str, work: Work, done: Done, failed: Optional[Failed] = None) -> bool:
        """Run ``work`` as the one job; False, and ``busy``, while another one runs."""
        if self.state is not None:
            self.busy.emit(self.state.code)
            return False
        self._show(Shown(code, code not in NOT_CANCELLABLE))
        self._job = tasks.run(
            work,
            lambda result: self._end(lambda: done(result)),
            lambda error: self._fail(code, error, failed),
            progress=self._progress,
            owner=self,
        )
        return True

    def transfer(self, code: str, work: Work, done: Done, failed: Failed) -> None:
        """Run ``work`` with nobody waiting; as soon as it tells of progress it is shown `beside`, and may be cancelled."""
        shown = Shown(code, True)

        def progress(told: Progress) -> None:
            if not self.stopped:
                self._show_beside(shown.update(told))

        self._transfer = self.quiet(work, done, failed, progress)

    def cancel_transfer(self) -> None:
        if self._transfer is not None and self.beside is not None:
            self._transfer.cancel()

    def _show_beside(self, state: Optional[JobState]) -> None:
        if state is not self.beside:
            self.beside = state
            self.changed.emit()

    def quiet(
        self, work: Work, done: Done, failed: Optional[Failed] = None, progress: Optional[Callable[[Progress], None]] = None
    ) -> tasks.Job[Any]:
        """Run ``work`` with nobody waiting; without ``failed`` its error is dropped."""
        holder: list[tasks.Job[Any]] = []

        def ended(call: Callable[[], None]) -> None:
            self._quiet.discard(holder[0])
            if self.stopped:
                return
            if holder[0] is self._transfer:
                self._transfer = None
                self._show_beside(None)
            call()

        task: tasks.Job[Any] = tasks.run(
            work,
            lambda result: ended(lambda: done(result)),
            lambda error: ended(lambda: failed(error) if failed is not None else None),
            progress=progress,
            owner=self,
        )
        holder.append(task)
        self._quiet.add(task)
        return task

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
        if self._shown is not None and not self.stopped:
            self._shown.update(progress)
            self.changed.emit()

    def _show(self, shown: Optional[Shown]) -> None:
        self._shown = shown
        self.changed.emit()


def fraction_of(progress: Progress) -> Optional[float]:
    """How much of the stage is done, by bytes where they are known, else by features."""
    for done, total in ((progress.done_bytes, progress.total_bytes), (progress.done_features, progress.total_features)):
        if done is not None and total:
            return min(1.0, done / total)
    return None
