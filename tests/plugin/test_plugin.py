"""The plugin in QGIS's window: what it adds, that it takes all of it away, and that QGIS starts no slower."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAction, QDockWidget, QMenu, QToolBar

from commune_planning_plugin import classFactory, requirements
from tests.plugin.conftest import StrictIface, flush

ROOT = Path(__file__).parents[2]
DOCKS = {f"planning_{name}_dock" for name in ("working_copy", "proposal", "review", "history", "conflicts")}


def names(iface: StrictIface, kind: type) -> set[str]:
    return {found.objectName() for found in iface.window.findChildren(kind) if found.objectName().startswith("planning_")}


@pytest.mark.parametrize(("locale", "title"), [("vi", "Quy hoạch xã"), ("en_GB", "Commune planning")])
def test_menu_and_toolbar_speak_qgiss_language(iface: StrictIface, own_settings: Path, monkeypatch, locale: str, title: str):
    monkeypatch.setattr("commune_planning_plugin.adapters.language.locale_name", lambda: locale)
    plugin = classFactory(iface)
    plugin.initGui()
    assert iface.window.findChild(QMenu, "planning_menu").title() == title
    assert iface.window.findChild(QToolBar, "planning_toolbar").windowTitle() == title
    plugin.unload()
    flush()


def test_it_adds_docks_toolbar_and_menu_and_takes_them_away(iface: StrictIface, own_settings: Path):
    plugin = classFactory(iface)
    plugin.initGui()
    assert names(iface, QDockWidget) == DOCKS
    assert names(iface, QToolBar) == {"planning_toolbar"}
    menu = iface.window.findChild(QMenu, "planning_menu")
    assert len(menu.actions()) == 8
    assert not iface.window.findChild(QAction, "planning_delegate_action").isVisible()  # only heads delegate
    children = len(iface.canvas.scene().items())
    plugin.unload()
    flush()
    assert names(iface, QDockWidget) == set()
    assert names(iface, QToolBar) == set()
    assert names(iface, QMenu) == set()
    assert len(iface.canvas.scene().items()) <= children
    assert QgsProject.instance().mapLayers() == {}


def test_it_can_be_loaded_again_and_again(iface: StrictIface, own_settings: Path):
    for _ in range(3):
        plugin = classFactory(iface)
        plugin.initGui()
        plugin.unload()
        flush()
    assert names(iface, QDockWidget) == set()


@pytest.mark.parametrize("version", ["1.8.5", "–"])
def test_without_shapely_2_it_says_in_both_languages_what_to_install(
    iface: StrictIface, own_settings: Path, monkeypatch: pytest.MonkeyPatch, version: str
):
    monkeypatch.setattr(requirements, "_shapely_version", lambda: version)
    plugin = classFactory(iface)
    plugin.initGui()
    said = iface.bar.currentItem().text()
    assert "shapely>=2" in said
    assert "cần" in said
    assert "needs" in said
    assert version in said
    assert names(iface, QDockWidget) == set()
    plugin.unload()


@pytest.mark.parametrize("version", ["2.0.7", "2.1", "3.0rc1"])
def test_shapely_2_and_newer_will_do(monkeypatch: pytest.MonkeyPatch, version: str):
    monkeypatch.setattr(requirements, "_shapely_version", lambda: version)
    assert requirements.missing_requirement() is None


def test_importing_it_imports_nothing_heavy():
    code = """
import sys, time
import qgis.core
before, start = set(sys.modules), time.perf_counter()
import commune_planning_plugin.plugin
spent = (time.perf_counter() - start) * 1000
heavy = {"numpy", "shapely", "requests", "sqlite3", "commune_planning_plugin.session"} & (set(sys.modules) - before)
print(round(spent, 1), *heavy)
"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout.split()
    assert said[1:] == []
    assert float(said[0]) < 100


def test_docks_are_tabbed_together_the_first_time_and_left_alone_afterwards(iface: StrictIface, own_settings: Path):
    plugin = classFactory(iface)
    plugin.initGui()
    copy, proposals, review, history = plugin.window.docks
    assert iface.window.tabifiedDockWidgets(copy) == []
    iface.initializationCompleted.emit()
    assert set(iface.window.tabifiedDockWidgets(copy)) == {proposals, review, history}
    iface.window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, review)
    iface.initializationCompleted.emit()
    assert review not in iface.window.tabifiedDockWidgets(copy)
    plugin.unload()
