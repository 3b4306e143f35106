"""Runs inside QGIS: mouse, keyboard, waiting and pictures for the scripts beside it. Everything goes through real events."""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import qgis.utils
from qgis.core import QgsApplication, QgsPointXY, QgsProject
from qgis.PyQt.QtCore import QEvent, QEventLoop, QPoint, Qt, QTimer
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QComboBox, QDockWidget, QWidget
from qgis.utils import iface

OUT = Path(os.environ["PLANNING_DEMO_OUT"])
PREFIX = os.environ.get("PLANNING_DEMO_PREFIX", "")


class StuckError(AssertionError):
    """What was waited for didn't come."""


def pump(milliseconds: int) -> None:
    """Let QGIS work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_for(condition: Callable[[], Any], what: str, seconds: float = 30) -> Any:
    """Let QGIS work until ``condition`` gives something true, and give it back."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > end:
            raise StuckError(what)
        pump(40)
    return found


def settle(seconds: float = 20) -> None:
    """Until the map is drawn."""
    pump(80)
    wait_for(lambda: not iface.mapCanvas().isDrawing(), "the map is drawn", seconds)


def dock(name: str) -> QDockWidget:
    found = iface.mainWindow().findChild(QDockWidget, name)
    if found is None:
        raise StuckError(f"dock {name}")
    found.show()
    found.raise_()
    pump(100)
    return found


def part(name: str, inside: QWidget) -> QWidget:
    """The visible widget of that objectName."""

    def visible() -> QWidget | None:
        return next((w for w in inside.findChildren(QWidget, name) if w.isVisible()), None)

    return wait_for(visible, f"{name} is visible", 15)


def click(widget: QWidget) -> None:
    wait_for(widget.isEnabled, f"{widget.objectName()} is enabled", 20)
    reveal(widget)
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    pump(60)


def reveal(widget: QWidget) -> None:
    """Scroll it into view, as a person would."""
    from qgis.PyQt.QtWidgets import QScrollArea

    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
            pump(30)
        parent = parent.parentWidget()


def type_into(widget: QWidget, text: str) -> None:
    """Click, select what is there, type."""
    wait_for(widget.isEnabled, f"{widget.objectName()} is enabled", 20)
    reveal(widget)
    target = widget.viewport() if hasattr(widget, "viewport") else widget
    QTest.mouseClick(target, Qt.MouseButton.LeftButton)
    widget.selectAll()
    keys(widget, text)
    pump(60)


def keys(widget: QWidget, text: str) -> None:
    """Key by key; QTest's own way knows no Vietnamese letter."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def choose(combo: QComboBox, data: Any) -> None:
    """Choose by the keyboard the entry whose data is ``data``."""
    index = combo.findData(data)
    if index < 0:
        raise StuckError(f"{combo.objectName()} offers {data!r}")
    combo.setFocus()
    while combo.currentIndex() != index:
        before = combo.currentIndex()
        QTest.keyClick(combo, Qt.Key.Key_Down if index > before else Qt.Key.Key_Up)
        if combo.currentIndex() == before:
            raise StuckError(f"{combo.objectName()} moves")
    pump(60)


def on_map(x: float, y: float) -> QPoint:
    """Screen place in the canvas of a place on the map (the project's CRS)."""
    place = iface.mapCanvas().getCoordinateTransform().transform(QgsPointXY(x, y))
    return QPoint(round(place.x()), round(place.y()))


def draw(places: list[tuple[float, float]], at_corners: bool = False) -> None:
    """Left click at each place, then right click to end; ``at_corners``: once QGIS shows that it snaps to a corner there."""
    viewport, snapping = iface.mapCanvas().viewport(), iface.mapCanvas().snappingUtils()
    for x, y in places:
        place = on_map(x, y)
        QTest.mouseMove(viewport, place)
        pump(30)
        if at_corners:
            wait_for(lambda place=place: snapping.snapToMap(place).hasVertex(), "QGIS snaps to the corner", 10)
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        pump(60)
    QTest.mouseClick(viewport, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, on_map(*places[-1]))
    pump(100)


@contextmanager
def unsnapped() -> Iterator[None]:
    """As with the key S: on a small map with large letters the end of a line across a lot would snap onto the lot's edge."""
    project = QgsProject.instance()
    config = project.snappingConfig()
    kept = config.enabled()
    config.setEnabled(False)
    project.setSnappingConfig(config)
    yield
    config.setEnabled(kept)
    project.setSnappingConfig(config)


def shot(name: str) -> str:
    """A picture of the whole screen as a person sees it."""
    pump(150)
    OUT.mkdir(parents=True, exist_ok=True)
    file = OUT / f"{PREFIX}{name}.png"
    screen = QApplication.primaryScreen()
    screen.grabWindow(0).save(str(file))
    return file.name


def session() -> Any:
    return qgis.utils.plugins["commune_planning_plugin"].session


class Told:
    """Steps for the transcript: each is written with its time the moment it is done."""

    def __init__(self) -> None:
        self.file = OUT / f"{PREFIX}steps.jsonl"
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.since = time.monotonic()

    def __call__(self, text: str, picture: str | None = None) -> None:
        now = time.monotonic()
        with self.file.open("a", encoding="utf-8") as out:
            line = {"step": text, "seconds": round(now - self.since, 2), "picture": shot(picture) if picture else None}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.since = time.monotonic()


def play(story: Callable[[Told], Iterator[None] | None], stay_open: bool = False) -> None:
    """Run ``story`` once QGIS is up; write how it went; close QGIS unless it is to stay."""
    told = Told()
    crash = (OUT / f"{PREFIX}crash.txt").open("w")
    faulthandler.enable(crash)
    faulthandler.register(signal.SIGUSR1, crash)  # what it is doing, asked from outside when nothing moves any more
    result: dict[str, Any] = {"ok": False}

    def uncaught(kind: Any, value: Any, trace: Any, *_: Any, **__: Any) -> None:
        result["uncaught"] = "".join(traceback.format_exception(kind, value, trace))

    qgis.utils.showException = uncaught

    def hear(error: Any, context: str) -> None:
        result.setdefault("told", []).append(f"{context}: {error!r} {error.details}")
        if error.code in ("internal", "answer.malformed"):
            result["uncaught"] = result["told"][-1]

    def go() -> None:
        try:
            _unlock()
            _arrange()
            story(told)
            result["ok"] = "uncaught" not in result
        except BaseException:
            result["error"] = traceback.format_exc()
            shot("stuck")
        (OUT / f"{PREFIX}result.json").write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")
        if not stay_open or not result["ok"]:
            leave()

    session().failed.connect(hear)
    QTimer.singleShot(0, go)


def _unlock() -> None:
    """A person has set QGIS's master password long ago; a new profile would ask for one in a dialog of QGIS's own."""
    secret = Path(os.environ["PLANNING_DEMO_SECRET"]).read_text(encoding="utf-8")
    QgsApplication.authManager().setMasterPassword(secret, True)


def _arrange() -> None:
    """A whole window with the map and our docks, nothing else."""
    window = iface.mainWindow()
    window.showMaximized()
    last, same = None, 0
    while same < 4:
        pump(100)
        now = (window.geometry().getRect(), iface.mapCanvas().geometry().getRect())
        same, last = (same + 1 if now == last else 0), now
    for name in ("Browser", "Browser2"):
        panel = window.findChild(QDockWidget, name)
        if panel is not None:
            panel.hide()


def leave() -> None:
    project = QgsProject.instance()
    for layer in project.mapLayers().values():
        if hasattr(layer, "isEditable") and layer.isEditable():
            layer.rollBack()
    project.setDirty(False)
    QTimer.singleShot(0, iface.actionExit().trigger)
    QTimer.singleShot(15000, _give_up)


def _give_up() -> None:
    """QGIS doesn't leave: say what it is doing, and end."""
    shot("does_not_leave")
    with (OUT / f"{PREFIX}crash.txt").open("a") as out:
        faulthandler.dump_traceback(out)
    os._exit(9)


if str(Path(__file__).parents[2]) not in sys.path:
    sys.path.insert(0, str(Path(__file__).parents[2]))
