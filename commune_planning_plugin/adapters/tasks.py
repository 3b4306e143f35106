"""The one way into the background: work in a thread of Qt's, its outcome on the main thread.

The threads are a pool of our own. QGIS's task manager now and then forgets a task that waits for a thread: it takes a finished
task's runnable out of the queue by an address where a waiting one's may lie by then. Such work would never begin nor end.
"""

from __future__ import annotations

import gc
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, Optional, TypeVar

from qgis.core import QgsFeedback
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, QObject, Qt, QThreadPool, pyqtSignal

from commune_planning_plugin.adapters.bindings import settled
from commune_planning_plugin.core.errors import Cancelled, PlanningError
from commune_planning_plugin.sync.feedback import Progress, stop_if_cancelled

T = TypeVar("T")

PROGRESS_S = 0.1
"""At most so often does progress reach the main thread; a new stage and the end always do."""

_BREATH_EVERY_S, _BREATH_S = 0.005, 0.0002

THREADS = 4
"""Most of the work waits for the hub or the disk."""

_LEAVE_MS = 5_000
"""How long QGIS's end waits for work that was asked to stop."""

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


class _Reports(QObject):
    """Takes what a thread says to the main thread, where it was made."""

    told = pyqtSignal(object)
    ended = pyqtSignal()


class Job(Generic[T]):
    """A piece of work on its way; ``done`` or ``failed`` is called once, on the main thread, unless its owner is gone by then."""

    def __init__(
        self,
        work: Callable[[JobFeedback], T],
        done: Callable[[T], None],
        failed: Callable[[PlanningError], None],
        progress: Optional[Callable[[Progress], None]],
        owner: Optional[QObject],
    ) -> None:
        self._work, self._done, self._failed, self._progress, self._owner = work, done, failed, progress, owner
        self._stop = threading.Event()
        self._result: Optional[T] = None
        self._error: Optional[PlanningError] = None
        self._reports = settled(_Reports())
        self._reports.told.connect(self._on_progress, Qt.ConnectionType.QueuedConnection)
        self._reports.ended.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._feedback = JobFeedback(self._reports.told.emit, self._stop.is_set)

    @property
    def running(self) -> bool:
        return self in _running

    def start(self, pool: QThreadPool) -> None:
        _running.add(self)
        pool.start(self._carry_out)

    def cancel(self) -> None:
        """Ask the work to stop; ``failed`` is called with ``Cancelled`` unless it has ended meanwhile."""
        self._stop.set()
        self._feedback.canceller.cancel()

    def _carry_out(self) -> None:
        """In the worker. The one place that catches everything: nobody is there to hear of an exception."""
        try:
            stop_if_cancelled(self._feedback)
            with no_garbage_collection():
                self._result = self._work(self._feedback)
        except PlanningError as error:  # an aborted request fails like a broken connection: that a person stopped it is what counts
            self._error = Cancelled() if self._feedback.cancelled() else error
        except Exception as error:  # noqa: BLE001
            self._error = PlanningError("internal", reason=repr(error), trace=traceback.format_exc())
        self._reports.ended.emit()

    def _finish(self) -> None:
        """Deliver the outcome, once."""
        _running.discard(self)
        if self._owner is not None and sip.isdeleted(self._owner):
            return
        if self._error is not None:
            self._failed(self._error)
        else:
            self._done(self._result)  # type: ignore[arg-type]  # without an error there is a result, even None

    def _on_progress(self, progress: Progress) -> None:
        owner_is_gone = self._owner is not None and sip.isdeleted(self._owner)
        if self._progress is not None and self in _running and not owner_is_gone:
            self._progress(progress)


def _threads() -> QThreadPool:
    """They end with the application, whose last act is to ask all work to stop: any of it may be stopped anywhere."""
    application = QCoreApplication.instance()
    pool = application.findChild(QThreadPool, __name__)
    if pool is None:
        pool = QThreadPool(application)
        pool.setObjectName(__name__)
        pool.setMaxThreadCount(THREADS)
        application.aboutToQuit.connect(leave)
    return pool


def leave() -> None:
    """QGIS quits: ask all work to stop, and wait a little for it."""
    for job in tuple(_running):
        job.cancel()
    _threads().waitForDone(_LEAVE_MS)


def run(
    work: Callable[[JobFeedback], T],
    done: Callable[[T], None],
    failed: Callable[[PlanningError], None],
    *,
    progress: Optional[Callable[[Progress], None]] = None,
    owner: Optional[QObject] = None,
) -> Job[T]:
    """Start ``work`` in the background. It takes and returns plain values and touches no QObject of the main thread.

    What it raises reaches ``failed``: a ``PlanningError`` as it is, all else as ``PlanningError('internal')`` with its trace.
    Callbacks are left out once ``owner`` is deleted.
    """
    job: Job[T] = Job(work, done, failed, progress, owner)
    job.start(_threads())
    return job
