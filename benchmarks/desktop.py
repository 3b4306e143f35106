"""Measures inside QGIS: saving, the event loop during a pull, importing the plugin."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from qgis.core import QgsApplication, QgsVectorLayer
from qgis.PyQt.QtCore import QEventLoop, Qt, QTimer
from qgis.PyQt.QtWidgets import QLineEdit

from benchmarks.exchange import untrack
from benchmarks.rig import ACCOUNT, COMMUNE, TABLE, Hub, timed
from commune_planning_plugin.adapters import tasks
from commune_planning_plugin.adapters.network import hub_session
from commune_planning_plugin.core.errors import PlanningError
from commune_planning_plugin.store import WorkingCopy
from commune_planning_plugin.store.sql import connected
from commune_planning_plugin.sync import engine

EDITS = 1000
TICK_MS = 1


def save_s(working_copy: Path, folder: Path) -> tuple[float, float]:
    """Seconds that QGIS takes to save 1,000 edited features: with tracking, and in the same file without."""
    tracked, plain = [], []
    for attempt in range(4):
        tracked.append(_save(_copied(working_copy, folder / f"tracked_{attempt}.gpkg")))
        plain.append(_save(_untracked(_copied(working_copy, folder / f"plain_{attempt}.gpkg"))))
    return min(tracked), min(plain)


def _copied(source: Path, target: Path) -> Path:
    shutil.copyfile(source, target)
    return target


def _untracked(path: Path) -> Path:
    with closing(connected(path, 5.0)) as connection:
        untrack(connection)
    return path


def _save(path: Path) -> float:
    layer = QgsVectorLayer(f"{path}|layername={TABLE}", "lots", "ogr")
    assert layer.isValid()
    assert layer.startEditing()
    field = layer.fields().indexOf("ghiChu")
    for number, feature in enumerate(layer.getFeatures()):
        if number == EDITS:
            break
        layer.changeAttributeValue(feature.id(), field, f"sửa {number}")
        shape = feature.geometry()
        shape.translate(0.1, 0.1)
        layer.changeGeometry(feature.id(), shape)
    saved: list[bool] = []
    seconds = timed(lambda: saved.append(layer.commitChanges()))
    assert saved == [True], layer.commitErrors()
    return seconds


def loop_gap_ms(hub: Hub, folder: Path, changes: int) -> dict[str, float]:
    """The longest time for which QGIS's event loop stood still: during a first pull, and during a pull of ``changes``; of three
    of each the quietest, as the other measures are."""
    tries = [_gaps(hub, folder / f"loop_{attempt}.gpkg", changes) for attempt in range(3)]
    return {name: min(gaps[name] for gaps in tries) for name in tries[0]}


def _gaps(hub: Hub, path: Path, changes: int) -> dict[str, float]:
    client = hub.client(hub_session())

    def first(feedback: tasks.JobFeedback) -> None:
        engine.first_pull(client, path, COMMUNE, ACCOUNT, feedback).close()

    def next_one(feedback: tasks.JobFeedback) -> None:
        with closing(WorkingCopy.open(path, wait=5.0)) as copy:
            assert engine.pull(copy, client, feedback).updated == changes

    gaps = {"first pull": _longest_gap_ms(first)}
    hub.touch(changes)
    gaps["next pull"] = _longest_gap_ms(next_one)
    return gaps


def _longest_gap_ms(work: object) -> float:
    loop, failures = QEventLoop(), []
    ticks = [time.perf_counter()]
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))

    def failed(error: PlanningError) -> None:
        failures.append(error)
        loop.quit()

    timer.start(TICK_MS)
    tasks.run(work, lambda _done: loop.quit(), failed, progress=lambda _progress: None)
    loop.exec()
    timer.stop()
    if failures:
        raise failures[0]
    return 1000 * max(later - earlier for earlier, later in zip(ticks, ticks[1:]))


_IMPORT = """
import sys, time
sys.path.insert(0, sys.argv[1])
from qgis.core import QgsApplication
from qgis import gui, utils
from qgis.PyQt import QtCore, QtGui, QtNetwork, QtWidgets
application = QgsApplication([], True)
application.initQgis()
began = time.perf_counter()
import commune_planning_plugin.plugin
if sys.argv[2] == "all":
    import commune_planning_plugin.gui.window, commune_planning_plugin.session
print(1000 * (time.perf_counter() - began))
"""


def import_ms(part: str) -> float:
    """In a fresh process with QGIS up. ``part``: ``plugin``, what QGIS imports at its start, or ``all``, docks and session too."""
    root = str(Path(__file__).parent.parent)
    command = [sys.executable, "-c", _IMPORT, root, part]
    runs = [subprocess.run(command, check=True, capture_output=True, text=True).stdout for _ in range(3)]
    return min(float(run.strip().splitlines()[-1]) for run in runs)


def start_qgis() -> QgsApplication:
    """Without a window."""
    application = QgsApplication([], True)
    application.initQgis()
    return application


def inbox_filter_ms(count: int) -> tuple[float, float]:
    """Milliseconds from a key in the inbox's search to the table: of ``count`` lines that are all here, and of one page that is
    here of so many."""
    from commune_planning_plugin.gui.inbox_panel import InboxPanel
    from commune_planning_plugin.session.types import Connection
    from commune_planning_plugin.sync.list_calls import PAGE, ProposalPage
    from tests.plugin import sample
    from tests.plugin.fake_session import working

    def typed(shown: int, page: bool) -> float:
        lines = sample.inbox(shown)
        session = working(account=sample.REVIEWER, inbox=lines, connection=Connection.ONLINE, catalogue=sample.CATALOGUE)
        if page:
            session.inbox_list.page = session.inbox_list.answer = ProposalPage(lines, "more", {"submitted": count})
        panel = InboxPanel(session)
        panel.resize(400, 700)
        panel.show()
        panel.refresh()
        search = panel.findChild(QLineEdit, "inbox_search")

        def key(text: str) -> None:
            search.setText(text)
            panel.grab()

        return 1e3 * min(timed(lambda text=text: key(text)) for text in ("v", "va", "van", "van t"))  # type: ignore[misc]

    return typed(count, False), typed(PAGE, True)
