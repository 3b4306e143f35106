"""What tests of docks do alike."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QPushButton, QTabWidget, QToolButton, QWidget


def click(dock: QWidget, name: str) -> None:
    """Press a button that can be seen and pressed."""
    button = dock.findChild((QPushButton, QToolButton), name)
    assert button.isVisibleTo(dock), name
    assert button.isEnabled(), name
    button.click()


def tab_title(dock: QWidget, tab: QWidget, tabs: str = "review_tabs") -> tuple[str, str, bool]:
    """What stands on the tab: its words with its number, what more is said of it, and whether it has an icon."""
    shown = dock.findChild(QTabWidget, tabs)
    number = shown.indexOf(tab)
    made = dock.findChild(QToolButton, f"{tabs}_{number}")
    return made.accessibleName(), made.accessibleDescription(), not made.icon().isNull()
