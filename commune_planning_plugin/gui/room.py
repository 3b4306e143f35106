"""Room for QGIS's list of layers, the map and our docks side by side, on small screens with large letters and on wide ones."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QEvent, QObject, Qt, QTimer
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QMainWindow, QStackedWidget, QWidget

from commune_planning_plugin.adapters import settings

SHARE, WIDTH, WIDEST = 0.25, 340, 640
"""Of the window's width that our docks take until the person says otherwise; in pixels at least, and at most by themselves."""
LAYERS_SHARE, LAYERS_WIDTH = 0.17, 230
"""The same for QGIS's own list of layers, so that the docks don't squeeze it."""
SQUEEZED = 150
"""Pixels below which the list of layers shows no names."""
LEAST_MAP = 200
"""Pixels that the map keeps."""
SETTLED_MS = 400
"""After which a window has its size on the screen: until then QGIS gives docks their least width."""
_SIDES = (Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea)


class Room(QObject):
    """Widths in QGIS's window. Our docks keep their share of it on another screen; the share that the person drags them to is
    remembered. `remove` gives back what was changed of QGIS's own."""

    def __init__(self, window: QMainWindow, dock: QDockWidget) -> None:
        super().__init__(window)
        self._window, self._dock = window, dock
        self._eased = _ease(window)
        self._for_window, self._anew = 0, False
        self._settled = self._timer(self._follow_window)
        self._dragged = self._timer(self._remember)

    def _timer(self, act: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(SETTLED_MS)
        timer.timeout.connect(act)
        return timer

    def follow(self, *docks: QDockWidget, anew: bool = False) -> None:
        """From now on, once the window has its size: keep the share. ``docks`` are tabbed with ours; ``anew`` gives QGIS's list
        of layers its room as well, for once."""
        self._anew = anew
        for widget in (self._window, self._dock, *docks):
            widget.installEventFilter(self)
        self._settled.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt)
        if event.type() == QEvent.Type.Resize:
            if watched is self._window:
                self._settled.start()
            elif pressed() and self._window.width() == self._for_window and not self._settled.isActive():
                self._dragged.start()
        return False

    def give(self) -> None:
        """So that names of layers and our dock can be read."""
        wanted = {self._layers(): max(LAYERS_WIDTH, round(LAYERS_SHARE * self._window.width())), self._dock: self._wanted()}
        docks = [dock for dock in wanted if dock is not None]
        self._window.resizeDocks(docks, [wanted[dock] for dock in docks], Qt.Orientation.Horizontal)

    def _wanted(self) -> int:
        """Pixels for our docks."""
        share = settings.dock_share()
        width = round((share or SHARE) * self._window.width())
        return max(WIDTH, width if share else min(width, WIDEST))

    def _follow_window(self) -> None:
        """QGIS remembers where docks stand, but lays them out before its window has its size: the list of layers then keeps its
        least width, and no name in it can be read. And it remembers pixels, on whatever screen."""
        layers = self._layers()
        shown = layers is not None and layers.isVisible() and not layers.isFloating()
        if shown and (self._anew or layers.width() < SQUEEZED):
            self.give()
        elif self._window.width() != self._for_window and self._stands():
            self._window.resizeDocks([self._dock], [self._wanted()], Qt.Orientation.Horizontal)
        self._for_window, self._anew = self._window.width(), False
        self._dragged.stop()

    def _remember(self) -> None:
        """The person has dragged the edge."""
        width = self._width()
        if width and self._window.width() == self._for_window and abs(width - self._wanted()) > 2:
            settings.set_dock_share(width / self._window.width())

    def _stands(self) -> bool:
        return not self._dock.isFloating() and self._window.dockWidgetArea(self._dock) in _SIDES

    def _width(self) -> int:
        """Of our docks as they stand at a side; 0 where none does."""
        shown = [dock for dock in (self._dock, *self._window.tabifiedDockWidgets(self._dock)) if dock.isVisible()]
        return shown[0].width() if shown and self._stands() else 0

    def _layers(self) -> Optional[QDockWidget]:
        return self._window.findChild(QDockWidget, "Layers")

    def remove(self) -> None:
        self._settled.stop()
        self._dragged.stop()
        for widget in self._eased:
            widget.setMinimumWidth(0)
        self.deleteLater()


def pressed() -> bool:
    """Docks also change their width by themselves, as when QGIS starts or ends: an edge is dragged with the mouse."""
    return bool(QApplication.mouseButtons() & Qt.MouseButton.LeftButton)


def _ease(window: QMainWindow) -> list[QWidget]:
    """QGIS's welcome page (also behind a map) and its status bar ask for more than half of a small screen, which would squeeze the
    list of layers and push the window over the screen's edge: they may be narrower."""
    central = window.centralWidget()
    pages = central.findChild(QStackedWidget) if central is not None else None
    eased = [(pages, LEAST_MAP), (window.statusBar(), 1)]
    wanted = [(widget, width) for widget, width in eased if widget is not None and not widget.minimumWidth()]
    for widget, width in wanted:
        widget.setMinimumWidth(width)
    return [widget for widget, _ in wanted]
