"""Where a sentence or a few are written."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QFocusEvent, QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QPlainTextEdit


class ReasonEdit(QPlainTextEdit):
    """One line high until something is written: the changes above need the room."""

    def __init__(self) -> None:
        super().__init__()
        self._hint = ""
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._fit)
        self._fit()

    def setPlaceholderText(self, text: str) -> None:  # noqa: N802 (Qt)
        """What is asked for here, while nothing is written."""
        self._hint = text
        self.setAccessibleDescription(text)
        self.viewport().update()

    def placeholderText(self) -> str:  # noqa: N802 (Qt)
        return self._hint

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt)
        """Qt's own hint has the colour of the ground once the application has a style sheet, as QGIS has."""
        super().paintEvent(event)
        if self.toPlainText() or not self._hint:
            return
        margin = int(self.document().documentMargin())
        painter = QPainter(self.viewport())
        colour = self.palette().color(QPalette.ColorRole.Text)
        colour.setAlpha(140)
        painter.setPen(colour)
        place = self.viewport().rect().adjusted(margin, margin, -margin, 0)
        lines = self.height() > 2 * self.fontMetrics().lineSpacing()
        flags = int(Qt.AlignmentFlag.AlignTop) | (int(Qt.TextFlag.TextWordWrap) if lines else 0)
        text = self._hint if lines else self.fontMetrics().elidedText(self._hint, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, flags, text)
        painter.end()

    def _fit(self) -> None:
        lines = 3 if self.hasFocus() or self.toPlainText() else 1
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 12)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt)
        super().focusInEvent(event)
        self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt)
        super().focusOutEvent(event)
        self._fit()
