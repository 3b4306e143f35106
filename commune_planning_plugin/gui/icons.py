"""The plugin's own icons; legible on light and dark palettes, each shape meaning one thing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.PyQt.QtGui import QIcon

from commune_planning_plugin.gui.labels import plain

FOLDER = Path(__file__).parents[1] / "resources" / "icons"


def icon(name: str) -> QIcon:
    return QIcon(str(FOLDER / f"{name}.svg"))


def change_icon(kind: Any, conflict: bool = False) -> QIcon:
    """Plus, minus or wave in its colour; a triangle for a conflict."""
    return icon("change_conflict" if conflict else f"change_{plain(kind)}")
