"""What tests of docks do alike."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QPushButton, QToolButton, QWidget


def click(dock: QWidget, name: str) -> None:
    """Press a button that can be seen and pressed."""
    button = dock.findChild((QPushButton, QToolButton), name)
    assert button.isVisibleTo(dock), name
    assert button.isEnabled(), name
    button.click()
