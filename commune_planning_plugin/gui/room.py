"""Room for QGIS's list of layers, the map and our docks side by side, also on a small screen with large letters."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDockWidget, QMainWindow, QStackedWidget, QWidget

WIDTH = 340
"""Pixels that the docks take at first."""
LAYERS_WIDTH = 230
"""Pixels for QGIS's own list of layers, so that the docks don't squeeze it."""
SQUEEZED = 150
"""Pixels below which the list of layers shows no names."""
LEAST_MAP = 200
"""Pixels that the map keeps."""


class Room:
    """Widths in QGIS's window. `remove` gives back what was changed of QGIS's own."""

    def __init__(self, window: QMainWindow, dock: QDockWidget) -> None:
        self._window = window
        self._dock = dock
        self._eased = _ease(window)

    def give(self) -> None:
        """So that names of layers and our dock can be read."""
        layers = self._layers()
        docks, widths = ([layers, self._dock], [LAYERS_WIDTH, WIDTH]) if layers is not None else ([self._dock], [WIDTH])
        self._window.resizeDocks(docks, widths, Qt.Orientation.Horizontal)

    def give_to_squeezed(self) -> None:
        """QGIS remembers where docks stand, but lays them out before its window has its size: the list of layers then keeps its
        least width, and no name in it can be read."""
        layers = self._layers()
        if layers is not None and layers.isVisible() and not layers.isFloating() and layers.width() < SQUEEZED:
            self.give()

    def _layers(self) -> Optional[QDockWidget]:
        return self._window.findChild(QDockWidget, "Layers")

    def remove(self) -> None:
        for widget in self._eased:
            widget.setMinimumWidth(0)


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
