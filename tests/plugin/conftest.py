"""QGIS for tests: a window that refuses what QGIS's doesn't have, real working copies, and a clean end."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Callable

import pytest
from qgis.core import QgsApplication, QgsMapLayer, QgsProject, QgsSettings
from qgis.gui import QgisInterface, QgsLayerTreeMapCanvasBridge, QgsLayerTreeView, QgsMapCanvas, QgsMessageBar
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAction, QDockWidget, QMainWindow, QMenu, QToolBar

from commune_planning_plugin.adapters import settings
from commune_planning_plugin.adapters.bindings import settled
from commune_planning_plugin.store import WorkingCopy
from tests.store import snapshots


@pytest.fixture(scope="session", autouse=True)
def _settle_application(qgis_app: QgsApplication) -> None:
    """QGIS itself makes its own without Python; this one belongs to the bindings, and every request listens to it."""
    settled(qgis_app)


@pytest.fixture(scope="session", autouse=True)
def _release_layers(qgis_app: QgsApplication) -> Iterator[None]:
    """A layer of the ogr provider that is still held when QGIS ends takes the process down."""
    yield
    QgsProject.instance().clear()
    for found in gc.get_objects():
        if isinstance(found, QgsMapLayer) and not sip.isdeleted(found):
            sip.delete(found)


class StrictIface(QObject):
    """The part of QgisInterface that the plugin may use, by names that QGIS has; anything else is an AttributeError."""

    currentLayerChanged = pyqtSignal(object)  # noqa: N815 (QGIS calls it by this name)
    initializationCompleted = pyqtSignal()  # noqa: N815

    def __init__(self) -> None:
        super().__init__()
        self.window = QMainWindow()
        self.window.resize(1366, 768)
        self.canvas = QgsMapCanvas(self.window)
        self.window.setCentralWidget(self.canvas)
        self.canvas.resize(QSize(600, 400))
        self.bar = QgsMessageBar(self.window)
        self.tree = QgsLayerTreeView(self.window)
        self.bridge = QgsLayerTreeMapCanvasBridge(QgsProject.instance().layerTreeRoot(), self.canvas, self.window)
        self.add_feature = QAction(self.window)
        self.drawn: list[Any] = []
        self.add_feature.triggered.connect(lambda: self.drawn.append(self.active))
        self.vertex_tool = QAction(self.window)
        self.pan = QAction(self.window)
        self.active: Any = None
        self.help_menu = self.window.menuBar().addMenu("Help")
        for name in [name for name in vars(StrictIface) if not name.startswith("_")]:
            assert hasattr(QgisInterface, name), f"QGIS's iface has no {name}"

    def mainWindow(self) -> QMainWindow:
        return self.window

    def mapCanvas(self) -> QgsMapCanvas:
        return self.canvas

    def messageBar(self) -> QgsMessageBar:
        return self.bar

    def layerTreeView(self) -> QgsLayerTreeView:
        return self.tree

    def activeLayer(self) -> Any:
        return self.active

    def setActiveLayer(self, layer: Any) -> bool:
        self.active = layer
        self.currentLayerChanged.emit(layer)
        return True

    def actionAddFeature(self) -> QAction:
        return self.add_feature

    def actionVertexToolActiveLayer(self) -> QAction:
        return self.vertex_tool

    def actionPan(self) -> QAction:
        return self.pan

    def addToolBar(self, name: str) -> QToolBar:
        return self.window.addToolBar(name)

    def addDockWidget(self, area: Qt.DockWidgetArea, dock: QDockWidget) -> None:
        self.window.addDockWidget(area, dock)

    def firstRightStandardMenu(self) -> QMenu:
        return self.help_menu

    def removeDockWidget(self, dock: QDockWidget) -> None:
        self.window.removeDockWidget(dock)


@pytest.fixture
def iface(qgis_app: QgsApplication) -> Iterator[StrictIface]:
    made = StrictIface()
    yield made
    QgsProject.instance().clear()
    flush()
    made.window.deleteLater()
    flush()


@pytest.fixture
def own_settings(tmp_path: Path) -> Iterator[Path]:
    """The plugin's settings, empty, with a working folder of the test's own."""
    folder = tmp_path / "QuyHoachXa"
    folder.mkdir()
    settings.set_working_folder(folder)
    for clear in (settings.set_hub_url, settings.set_account_name, settings.set_commune):
        clear("")
    yield folder
    QgsSettings().remove("plugins/commune_planning")


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[WorkingCopy]:
    """A working copy of ten lots in a row, a line and a mark."""
    rows = {
        snapshots.LOTS.id: snapshots.lots(10),
        snapshots.LINES.id: {snapshots.key_of(100): snapshots.line(100)},
        snapshots.MARKS.id: {snapshots.key_of(200): snapshots.mark(200)},
    }
    made = snapshots.make_working_copy(tmp_path, rows)
    yield made
    made.close()


@pytest.fixture
def keep_dock(qtbot: Any) -> Iterator[Callable[..., QDockWidget]]:
    """Shows a dock as narrow as it may be. It is kept: qtbot holds weak references, and a dock collected while it paints takes the
    process along."""
    kept: list[QDockWidget] = []

    def shown(dock: QDockWidget, width: int) -> QDockWidget:
        kept.append(dock)
        qtbot.addWidget(dock)
        dock.resize(width, 600)
        dock.show()
        return dock

    yield shown
    kept.clear()


def flush() -> None:
    """Let deferred deletions happen."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


def wait_until(seen: Callable[[], object], seconds: float = 10.0) -> None:
    """Run the event loop until ``seen``; fail when it takes longer."""
    end = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < end, "waited in vain"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.002)
