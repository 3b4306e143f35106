"""What asks for much width in QGIS's window gives way, and has it back afterwards."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDockWidget, QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from commune_planning_plugin.adapters import settings
from commune_planning_plugin.gui import room as room_module
from commune_planning_plugin.gui.room import LAYERS_WIDTH, LEAST_MAP, SETTLED_MS, WIDTH, Room

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


@pytest.fixture(autouse=True)
def _own_settings(own_settings: object) -> None:
    """Not those of the person who runs the tests."""


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


def test_a_wide_screen_gives_the_docks_their_share_and_remembers_the_persons(window: QMainWindow, qtbot, monkeypatch) -> None:
    dock = dock_of(window)
    window.resize(1366, 700)
    window.show()
    room = Room(window, dock)
    room.follow()
    room.give()
    qtbot.waitUntil(lambda: abs(dock.width() - 342) <= 2)
    window.resize(1920, 1000)
    qtbot.waitUntil(lambda: abs(dock.width() - 480) <= 2)
    window.resizeDocks([dock], [300], Qt.Orientation.Horizontal)  # by itself, as when QGIS ends
    qtbot.wait(2 * SETTLED_MS)
    assert settings.dock_share() == 0
    monkeypatch.setattr(room_module, "pressed", lambda: True)
    window.resizeDocks([dock], [576], Qt.Orientation.Horizontal)  # as when its edge is dragged
    qtbot.waitUntil(lambda: settings.dock_share() == pytest.approx(0.3, abs=0.01))
    monkeypatch.setattr(room_module, "pressed", lambda: False)
    window.resize(1366, 700)
    qtbot.waitUntil(lambda: abs(dock.width() - 410) <= 4)
    assert settings.dock_share() == pytest.approx(0.3, abs=0.01)  # the smaller screen isn't the person
    window.resize(SCREEN, 500)
    qtbot.waitUntil(lambda: abs(dock.width() - WIDTH) <= 2)
    room.remove()


def test_qgis_has_its_widths_back(window: QMainWindow) -> None:
    room = Room(window, dock_of(window))
    room.remove()
    assert window.findChild(QStackedWidget).minimumWidth() == 0
    assert window.statusBar().minimumWidth() == 0
