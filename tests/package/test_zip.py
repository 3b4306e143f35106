"""The zip that people get: opened, installed into an empty profile by unpacking, loaded by a real QGIS."""

from __future__ import annotations

import configparser
import zipfile
from pathlib import Path

import pytest

from scripts.package import PLUGIN, ROOT, contents, package, version


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return package(tmp_path_factory.mktemp("zip") / "plugin.zip")


def test_names_lie_in_one_folder_and_nothing_foreign_is_packed(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        names = opened.namelist()
        assert opened.testzip() is None
    assert all(name.startswith(PLUGIN + "/") for name in names)
    assert not [name for name in names if "test" in name.lower() or "__pycache__" in name]
    assert {f"{PLUGIN}/{n}" for n in ("__init__.py", "plugin.py", "metadata.txt", "LICENSE", "i18n/commune_planning_vi.qm")} <= set(
        names
    )


def test_metadata_promises_what_the_plugin_is_made_for() -> None:
    metadata = configparser.ConfigParser()
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    general = metadata["general"]
    assert general["qgisMinimumVersion"] == "3.40"
    assert general["qgisMaximumVersion"] == "4.99"
    assert general["supportsQt6"].lower() in ("true", "yes")
    assert (ROOT / PLUGIN / general["icon"]).is_file()
    assert all(general[name] for name in ("name", "description", "about", "version", "author"))
    assert "example" not in (ROOT / "metadata.txt").read_text(encoding="utf-8")


def test_packing_twice_gives_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    assert package(tmp_path / "again.zip").read_bytes() == archive.read_bytes()
    assert len(contents()) > 30


def test_an_empty_profile_with_the_unpacked_zip_loads_and_unloads_the_plugin(archive: Path, tmp_path: Path) -> None:
    """QGIS itself, on a virtual screen, finds, starts, shows and stops the plugin; nothing of the tree is on its path."""
    from demo.window import Person, Screen, close_gently, open_qgis

    unpacked = tmp_path / "unpacked"
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(unpacked)
    person = Person("newcomer", local=tmp_path)
    person.prepare(plugin=unpacked / PLUGIN)
    script = tmp_path / "look.py"
    script.write_text(LOOK, encoding="utf-8")
    result = tmp_path / "seen.txt"
    with Screen(virtual=True) as screen:
        process = open_qgis(person, screen, script, {"SEEN": str(result), "PYTHONPATH": str(ROOT / ".local" / "python")})
        status = close_gently(process, 60)
    log = (person.home / "qgis.log").read_text(errors="replace")
    assert result.exists(), log
    assert result.read_text(encoding="utf-8") == f"{version()} Quy hoạch xã 5 docks, gone", log
    assert status == 0, log


LOOK = """
import os
import qgis.utils
from pathlib import Path
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QDockWidget
from qgis.utils import iface

NAME = "commune_planning_plugin"

def docks():
    return [d for d in iface.mainWindow().findChildren(QDockWidget) if d.objectName().startswith("planning_")]

def look():
    try:
        version = qgis.utils.pluginMetadata(NAME, "version")
        menus = [a.text().replace("&", "") for a in iface.mainWindow().menuBar().actions()]
        menu = next(text for text in menus if text == "Quy hoạch xã")
        count = len(docks())
        assert str(Path(qgis.utils.plugins[NAME].__class__.__module__)), "loaded"
        assert qgis.utils.unloadPlugin(NAME)
        QTimer.singleShot(200, lambda: tell(f"{version} {menu} {count} docks, " + ("still there" if docks() else "gone")))
    except Exception as error:
        tell(repr(error) + repr(menus))

def tell(text):
    Path(os.environ["SEEN"]).write_text(text, encoding="utf-8")
    iface.actionExit().trigger()

QTimer.singleShot(500, look)
"""
