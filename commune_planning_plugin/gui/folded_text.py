"""A long text that takes one line until it is unfolded."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from commune_planning_plugin.gui.parts import plain_tip, text_label


class FoldedText(QWidget):
    """One line with its end left out, or all of it; the person says which, and that stays."""

    unfolded = pyqtSignal(bool)
    """Whether all of it is shown now."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self._text = self._brief = ""
        self.chosen = False
        """Whether the person has folded or unfolded it."""
        self.label = text_label(name=name)
        self.label.installEventFilter(self)
        self._toggle = QToolButton()
        self._toggle.setObjectName(f"{name}_toggle")
        self._toggle.setCheckable(True)
        self._toggle.setAutoRaise(True)
        self._toggle.setToolTip(title)
        self._toggle.setAccessibleName(title)
        self._toggle.toggled.connect(self._folded)
        self._toggle.clicked.connect(self._choose)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.label, 1)
        self._show()

    def say(self, text: str, brief: str = "") -> None:
        """``brief`` is what stands in the one line, where that isn't how ``text`` begins."""
        self._text, self._brief = text, brief
        self.label.setToolTip(plain_tip(text))
        self._show()

    def fold(self, folded: bool) -> None:
        self._toggle.setChecked(not folded)

    @property
    def whole(self) -> bool:
        """Whether it is unfolded."""
        return self._toggle.isChecked()

    def _choose(self) -> None:
        self.chosen = True

    def _folded(self, whole: bool) -> None:
        self._show()
        self.unfolded.emit(whole)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        super().resizeEvent(event)
        self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt)
        """A click on the text does what the arrow does; marking words of it doesn't."""
        if event.type() == QEvent.Type.MouseButtonRelease and not self.label.hasSelectedText():
            self._toggle.click()
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        whole = self._toggle.isChecked()
        self._toggle.setArrowType(Qt.ArrowType.DownArrow if whole else Qt.ArrowType.RightArrow)
        self.label.setWordWrap(whole)
        self.label.setText(self._text if whole else one_line(self._brief or self._text, self.label))


class OneLineLabel(QWidget):
    """A title in one line, as much of it as there is room for; or all of it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._text, self._whole = "", False
        self.label = text_label(name=name, bold=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.label)

    def say(self, text: str) -> None:
        self._text = text
        self.label.setToolTip(plain_tip(text))
        self._show()

    def unfold(self, whole: bool) -> None:
        self._whole = whole
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt)
        super().resizeEvent(event)
        self._show()

    def _show(self) -> None:
        self.label.setWordWrap(self._whole)
        self.label.setText(self._text if self._whole else one_line(self._text, self.label))


def one_line(text: str, label: QLabel) -> str:
    """As much of the text as the label has room for in a line."""
    line = " · ".join(text.splitlines())
    return str(label.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, max(label.width(), 60)))
