"""Where a sentence or a few are written."""

from __future__ import annotations

from qgis.PyQt.QtGui import QFocusEvent
from qgis.PyQt.QtWidgets import QPlainTextEdit


class ReasonEdit(QPlainTextEdit):
    """One line high until something is written: the changes above need the room."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        lines = 3 if self.hasFocus() or self.toPlainText() else 1
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 12)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt)
        super().focusInEvent(event)
        self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt)
        super().focusOutEvent(event)
        self._fit()
