"""All of a tab widget's titles at once, in as many lines as a narrow dock needs: none is out of sight."""

from __future__ import annotations

from functools import partial

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QButtonGroup, QSizePolicy, QTabWidget, QToolButton, QWidget

from commune_planning_plugin.gui.flow_layout import FlowLayout


class TabFlow(QWidget):
    """Stands in for the tab bar of ``tabs``, whose order doesn't change any more. `refresh` after a title has."""

    def __init__(self, tabs: QTabWidget) -> None:
        super().__init__()
        self._tabs = tabs
        self._buttons = QButtonGroup(self)
        layout = FlowLayout(self, spacing=2)
        for number in range(tabs.count()):
            made = QToolButton(self)
            made.setObjectName(f"{tabs.objectName()}_{number}")
            made.setCheckable(True)
            made.setAutoRaise(True)
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            made.clicked.connect(partial(tabs.setCurrentIndex, number))
            self._buttons.addButton(made, number)
            layout.addWidget(made)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        tabs.tabBar().hide()
        tabs.currentChanged.connect(self._show_current)
        self.refresh()

    def refresh(self) -> None:
        """Titles, icons and which tabs there are, as the tab widget has them."""
        for number, made in enumerate(self._buttons.buttons()):
            made.setText(self._tabs.tabText(number))
            made.setIcon(self._tabs.tabIcon(number))
            made.setToolTip(self._tabs.tabToolTip(number))
            made.setAccessibleName(self._tabs.tabText(number))
            made.setVisible(self._tabs.isTabVisible(number))
        self._show_current(self._tabs.currentIndex())
        self.updateGeometry()

    def _show_current(self, number: int) -> None:
        current = self._buttons.button(number)
        if current is not None:
            current.setChecked(True)
