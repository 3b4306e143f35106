"""The one way into the background: work on a QGIS task, its outcome on the main thread."""

from __future__ import annotations

import gc
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, Optional, TypeVar

from qgis.core import QgsApplication, QgsFeedback, QgsTask, QgsTaskManager
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, pyqtSignal

from commune_planning_plugin.adapters.bindings import settled
from commune_planning_plugin.core.errors import Cancelled, PlanningError
from commune_planning_plugin.sync.feedback import Progress, stop_if_cancelled

T = TypeVar("T")

PROGRESS_S = 0.1
"""At most so often does progress reach the main thread; a new stage and the end always do."""

_BREATH_EVERY_S, _BREATH_S = 0.005, 0.0002

_running: set[Job[Any]] = set()
_working = 0
_collects_afterwards = False
_counting = threading.Lock()


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Python collects no cycles while this lasts, in any thread; it does again once the last worker has ended.

    A collection runs in whatever thread makes the next object. In a worker it would destroy widgets and timers that belong to the
    main thread, and a full one over thousands of rows would keep the interpreter, and with it QGIS's event loop, for tenths of a
    second.
    """
    global _working, _collects_afterwards
    with _counting:
        if not _working:
            _collects_afterwards = gc.isenabled()
            gc.disable()
        _working += 1
    try:
        yield
    finally:
        with _counting:
            _working -= 1
            if not _working and _collects_afterwards:
                gc.enable()


class JobFeedback:
    """The `Feedback` that work is given. ``canceller`` aborts a network request that is under way."""

    def __init__(self, tell: Callable[[Progress], None], asked_to_stop: Callable[[], bool]) -> None:
        self.canceller = settled(QgsFeedback())
        self._tell = tell
        self._asked_to_stop = asked_to_stop
        self._stage = ""
        self._told_at = 0.0
        self._breathed_at = 0.0

    def progress(self, progress: Progress) -> None:
        now = time.monotonic()
        ended = progress.total_bytes is not None and progress.done_bytes == progress.total_bytes
        if progress.stage != self._stage or ended or now - self._told_at >= PROGRESS_S:
            self._stage, self._told_at = progress.stage, now
            self._tell(progress)

    def cancelled(self) -> bool:
        """Asked often, it is also where the worker lets the main thread have the interpreter: short calls of SQLite and GEOS give
        it up and take it back before a waiting thread wakes, and Python then never makes them hand it over."""
        if time.monotonic() - self._breathed_at >= _BREATH_EVERY_S:
            time.sleep(_BREATH_S)
            self._breathed_at = time.monotonic()
        return self._asked_to_stop()


class Job(Generic[T]):
    """A piece of work on its way; ``done`` or ``failed`` is called once, on the main thread, unless its owner is gone by then."""

    def __init__(
        self,
        done: Callable[[T], None],
        failed: Callable[[PlanningError], None],
        progress: Optional[Callable[[Progress], None]],
        owner: Optional[QObject],
    ) -> None:
        self._done, self._failed, self._progress, self._owner = done, failed, progress, owner
        self._stop = threading.Event()
        self._task: Optional[_Task] = None

    def cancel(self) -> None:
        """Ask the work to stop; ``failed`` is called with ``Cancelled`` unless it has ended meanwhile."""
        self._stop.set()
        if self._task is not None and not sip.isdeleted(self._task):
            self._task.feedback.canceller.cancel()

    @property
    def running(self) -> bool:
        return self in _running

    def start(self, task: _Task, manager: QgsTaskManager) -> None:
        self._task = task
        task.told.connect(self._on_progress)
        _running.add(self)
        manager.addTask(task)

    def asked_to_stop(self) -> bool:
        return self._stop.is_set()

    def finish(self, result: Optional[T], error: Optional[PlanningError]) -> None:
        """Deliver the outcome, once."""
        if self not in _running:
            return
        _running.discard(self)
        self._task = None
        if self._owner is not None and sip.isdeleted(self._owner):
            return
        if error is not None:
            self._failed(error)
        else:
            self._done(result)  # type: ignore[arg-type]  # without an error there is a result, even None

    def _on_progress(self, progress: Progress) -> None:
        owner_is_gone = self._owner is not None and sip.isdeleted(self._owner)
        if self._progress is not None and self in _running and not owner_is_gone:
            self._progress(progress)


class _Task(QgsTask):
    """Our docks show what runs. QGIS's own list would too, in a bar that makes its window wider than a small screen, and QGIS would
    ask in a dialog before it quits, though any of our work may be stopped anywhere."""

    told = pyqtSignal(object)

    def __init__(self, job: Job[T], work: Callable[[JobFeedback], T]) -> None:
        flags = QgsTask.Flag.CanCancel | QgsTask.Flag.Silent | QgsTask.Flag.Hidden | QgsTask.Flag.CancelWithoutPrompt
        super().__init__("", flags)
        self._job = job
        self._work = work
        self._result: Optional[T] = None
        self._error: Optional[PlanningError] = None
        self.feedback = JobFeedback(self._tell, lambda: job.asked_to_stop() or self.isCanceled())

    def run(self) -> bool:
        """In the worker. The one place that catches everything: an exception here would reach QGIS from the wrong thread."""
        try:
            stop_if_cancelled(self.feedback)
            with no_garbage_collection():
                self._result = self._work(self.feedback)
        except PlanningError as error:  # an aborted request fails like a broken connection: that a person stopped it is what counts
            self._error = Cancelled() if self.feedback.cancelled() else error
        except Exception as error:  # noqa: BLE001
            self._error = PlanningError("internal", reason=repr(error), trace=traceback.format_exc())
        return self._error is None

    def cancel(self) -> None:
        """Also called by QGIS when it quits."""
        self.feedback.canceller.cancel()
        super().cancel()

    def finished(self, ok: bool) -> None:
        """On the main thread. Not ok without an error: cancelled by QGIS before it began."""
        self._job.finish(self._result, None if ok else self._error or Cancelled())

    def _tell(self, progress: Progress) -> None:
        if progress.total_bytes:
            self.setProgress(100.0 * (progress.done_bytes or 0) / progress.total_bytes)
        self.told.emit(progress)


def run(
    work: Callable[[JobFeedback], T],
    done: Callable[[T], None],
    failed: Callable[[PlanningError], None],
    *,
    progress: Optional[Callable[[Progress], None]] = None,
    owner: Optional[QObject] = None,
    manager: Optional[QgsTaskManager] = None,
) -> Job[T]:
    """Start ``work`` in the background. It takes and returns plain values and touches no QObject of the main thread.

    What it raises reaches ``failed``: a ``PlanningError`` as it is, all else as ``PlanningError('internal')`` with its trace.
    Callbacks are left out once ``owner`` is deleted.
    """
    job: Job[T] = Job(done, failed, progress, owner)
    job.start(_Task(job, work), manager or QgsApplication.taskManager())
    return job
