"""A long text that takes one line until it is unfolded."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QHBoxLayout, QToolButton, QWidget

from commune_planning_plugin.gui.parts import text_label


class FoldedText(QWidget):
    """One line with its end left out, or all of it; the person says which, and that stays."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self._text = ""
        self.chosen = False
        """Whether the person has folded or unfolded it."""
        self.label = text_label(name=name)
        self._toggle = QToolButton()
        self._toggle.setObjectName(f"{name}_toggle")
        self._toggle.setCheckable(True)
        self._toggle.setAutoRaise(True)
        self._toggle.setToolTip(title)
        self._toggle.setAccessibleName(title)
        self._toggle.toggled.connect(lambda _on: self._show())
        self._toggle.clicked.connect(self._choose)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.label, 1)
        self._show()

    def say(self, text: str) -> None:
        self._text = text
        self.label.setToolTip(text)
        self._show()

    def fold(self, folded: bool) -> None:
        self._toggle.setChecked(not folded)

    def _choose(self) -> None:
        self.chosen = True

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        super().resizeEvent(event)
        self._show()

    def _show(self) -> None:
        whole = self._toggle.isChecked()
        self._toggle.setArrowType(Qt.ArrowType.DownArrow if whole else Qt.ArrowType.RightArrow)
        line = " · ".join(self._text.splitlines())
        shown = self.label.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, max(self.label.width(), 60))
        self.label.setWordWrap(whole)
        self.label.setText(self._text if whole else shown)
