"""What asks for much width in QGIS's window gives way, and has it back afterwards."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDockWidget, QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from commune_planning_plugin.gui.room import LAYERS_WIDTH, LEAST_MAP, Room

SCREEN = 910
"""Pixels of a screen of 1366 at 150 %."""


@pytest.fixture
def window(qtbot) -> QMainWindow:
    """A map, and behind it a page as wide as QGIS's welcome page; a list of layers; a status bar wider than the screen."""
    made = QMainWindow()
    qtbot.addWidget(made)
    central = QWidget()
    pages = QStackedWidget()
    welcome = QLabel()
    welcome.setMinimumWidth(600)
    pages.addWidget(QWidget())
    pages.addWidget(welcome)
    QVBoxLayout(central).addWidget(pages)
    made.setCentralWidget(central)
    layers = QDockWidget("Layers", made)
    layers.setObjectName("Layers")
    made.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, layers)
    wide = QLabel()
    wide.setMinimumWidth(SCREEN + 50)
    made.statusBar().addPermanentWidget(wide)
    return made


def dock_of(window: QMainWindow) -> QDockWidget:
    ours = QDockWidget("ours", window)
    ours.setWidget(QWidget())
    ours.widget().setMinimumWidth(280)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, ours)
    return ours


def test_on_a_small_screen_names_of_layers_can_be_read_beside_our_docks(window: QMainWindow, qtbot) -> None:
    room = Room(window, dock_of(window))
    window.resize(SCREEN, 500)
    window.show()
    room.give()
    qtbot.waitUntil(lambda: window.findChild(QDockWidget, "Layers").width() >= LAYERS_WIDTH)
    assert window.width() == SCREEN
    assert window.findChild(QStackedWidget).width() >= LEAST_MAP


def test_qgis_has_its_widths_back(window: QMainWindow) -> None:
    room = Room(window, dock_of(window))
    room.remove()
    assert window.findChild(QStackedWidget).minimumWidth() == 0
    assert window.statusBar().minimumWidth() == 0
