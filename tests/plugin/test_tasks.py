"""Work in the background: outcome on the main thread, once, whatever happens."""

from __future__ import annotations

import gc
import hashlib
import random
import threading
import time

import pytest
from qgis.core import QgsApplication
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, QObject, QTimer

from commune_planning_plugin.adapters import tasks
from commune_planning_plugin.core.errors import Cancelled, PlanningError, WorkingCopyError
from commune_planning_plugin.sync.feedback import Progress

pytestmark = pytest.mark.usefixtures("qgis_app")


class Outcome:
    """Collects what the callbacks are given, and in which thread."""

    def __init__(self) -> None:
        self.done: list[object] = []
        self.failed: list[PlanningError] = []
        self.progress: list[Progress] = []
        self.threads: set[int] = set()

    def on_done(self, result: object) -> None:
        self.done.append(result)
        self.threads.add(threading.get_ident())

    def on_failed(self, error: PlanningError) -> None:
        self.failed.append(error)
        self.threads.add(threading.get_ident())

    def on_progress(self, progress: Progress) -> None:
        self.progress.append(progress)
        self.threads.add(threading.get_ident())

    @property
    def ended(self) -> bool:
        return bool(self.done or self.failed)


@pytest.fixture
def outcome() -> Outcome:
    return Outcome()


def start(work, outcome: Outcome, **options) -> tasks.Job:
    return tasks.run(work, outcome.on_done, outcome.on_failed, progress=outcome.on_progress, **options)


def test_the_result_comes_to_the_main_thread(qtbot, outcome: Outcome) -> None:
    job = start(lambda _feedback: threading.get_ident(), outcome)
    qtbot.waitUntil(lambda: outcome.ended)
    assert outcome.done != [threading.get_ident()]
    assert outcome.threads == {threading.get_ident()}
    assert not job.running
    job.cancel()


def test_nothing_is_a_result_too(qtbot, outcome: Outcome) -> None:
    start(lambda _feedback: None, outcome)
    qtbot.waitUntil(lambda: outcome.ended)
    assert outcome.done == [None]


def test_errors_for_people_arrive_as_they_are(qtbot, outcome: Outcome) -> None:
    error = WorkingCopyError("working_copy.missing", path="x")

    def work(_feedback: tasks.JobFeedback) -> None:
        raise error

    start(work, outcome)
    qtbot.waitUntil(lambda: outcome.ended)
    assert outcome.failed == [error]


def test_other_errors_arrive_with_their_trace(qtbot, outcome: Outcome) -> None:
    start(lambda _feedback: 1 / 0, outcome)
    qtbot.waitUntil(lambda: outcome.ended)
    (error,) = outcome.failed
    assert error.code == "internal"
    assert "ZeroDivisionError" in error.details["trace"]


def waiting(feedback: tasks.JobFeedback) -> None:
    while not feedback.cancelled():
        time.sleep(0.01)
    raise Cancelled


def test_cancelling(qtbot, outcome: Outcome) -> None:
    job = start(waiting, outcome)
    qtbot.wait(50)
    job.cancel()
    qtbot.waitUntil(lambda: outcome.ended)
    assert isinstance(outcome.failed[0], Cancelled)


def test_what_an_abort_breaks_counts_as_cancelled(qtbot, outcome: Outcome) -> None:
    def work(feedback: tasks.JobFeedback) -> None:
        while not feedback.canceller.isCanceled():
            time.sleep(0.01)
        raise PlanningError("hub.unreachable")

    job = start(work, outcome)
    qtbot.wait(50)
    job.cancel()
    qtbot.waitUntil(lambda: outcome.ended)
    assert isinstance(outcome.failed[0], Cancelled)


def test_what_runs_ends_when_qgis_quits(qtbot, outcome: Outcome) -> None:
    start(waiting, outcome)
    qtbot.wait(50)
    began = time.monotonic()
    tasks.leave()
    assert time.monotonic() - began < 2
    qtbot.waitUntil(lambda: outcome.ended)
    assert isinstance(outcome.failed[0], Cancelled)


def test_one_that_never_began_is_told_as_cancelled(qtbot, outcome: Outcome) -> None:
    others = [start(waiting, Outcome()) for _ in range(tasks.THREADS + 1)]
    job = start(lambda _feedback: 1, outcome)
    job.cancel()
    for other in others:
        other.cancel()
    qtbot.waitUntil(lambda: outcome.ended and not any(other.running for other in others))
    assert isinstance(outcome.failed[0], Cancelled)
    assert not outcome.done


@pytest.mark.parametrize("seed", range(8))
def test_none_of_many_is_forgotten(qtbot, seed: int) -> None:
    """QGIS's task manager loses about one of five thousand."""
    chance = random.Random(seed)
    ended: list[object] = []
    jobs: list[tasks.Job] = []
    for _ in range(500):
        pause = chance.choice((0, 0, 0.001, 0.003))
        jobs.append(tasks.run(lambda _feedback, pause=pause: time.sleep(pause), ended.append, ended.append))
        if chance.random() < 0.6:
            QCoreApplication.processEvents()
        if chance.random() < 0.3:
            chance.choice(jobs).cancel()
    qtbot.waitUntil(lambda: not any(job.running for job in jobs), timeout=20_000)
    assert len(ended) == len(jobs)


def test_progress_is_throttled_but_stages_and_ends_are_told(qtbot, outcome: Outcome) -> None:
    def work(feedback: tasks.JobFeedback) -> None:
        for number in range(1, 1001):
            feedback.progress(Progress("download", number, 1000))
        feedback.progress(Progress("apply"))

    start(work, outcome)
    qtbot.waitUntil(lambda: outcome.ended)
    stages = [(seen.stage, seen.done_bytes) for seen in outcome.progress]
    assert stages[0] == ("download", 1)
    assert stages[-2:] == [("download", 1000), ("apply", None)]
    assert len(stages) < 20


def test_an_owner_that_is_gone_is_not_called(qtbot, outcome: Outcome) -> None:
    owner = QObject()
    release = threading.Event()
    job = start(lambda _feedback: release.wait(5), outcome, owner=owner)
    sip.delete(owner)
    release.set()
    qtbot.waitUntil(lambda: not job.running)
    assert not outcome.ended


def test_no_cycle_is_collected_in_a_worker_and_again_afterwards(qtbot, outcome: Outcome) -> None:
    """A collection there would destroy Qt objects of the main thread, and a full one would hold the event loop up."""
    qtbot.waitUntil(gc.isenabled)  # a cancelled job of an earlier test may still be on its way
    start(lambda _feedback: gc.isenabled(), outcome)
    qtbot.waitUntil(lambda: outcome.ended)
    assert outcome.done == [False]
    qtbot.waitUntil(gc.isenabled)


def test_the_event_loop_goes_on_beside_busy_work(qtbot, outcome: Outcome) -> None:
    """Work that gives up the interpreter for moments only, as SQLite's calls do."""

    def work(feedback: tasks.JobFeedback) -> None:
        until = time.monotonic() + 0.5
        while time.monotonic() < until and not feedback.cancelled():
            hashlib.sha256(bytes(4096))

    ticks = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start(1)
    start(work, outcome)
    qtbot.waitUntil(lambda: outcome.ended)
    assert len(ticks) > 20


def test_nothing_of_ours_keeps_qgis_from_quitting(qtbot, outcome: Outcome) -> None:
    """QGIS asks before it quits while tasks run that it knows of."""
    job = start(waiting, outcome)
    qtbot.wait(20)
    assert QgsApplication.taskManager().countActiveTasks(False) == 0
    job.cancel()
    qtbot.waitUntil(lambda: outcome.ended)
