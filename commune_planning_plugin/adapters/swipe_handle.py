"""The line between before and after: a widget of its own, so that the map tool in hand goes on working on both sides of it."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QEvent, QObject, QPointF, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from qgis.PyQt.QtWidgets import QWidget

WIDTH = 15
STEP = 0.02
"""Of the map's width, by an arrow key."""


class SwipeHandle(QWidget):
    """Lies over its parent's whole height; dragged with the mouse or moved with the arrow keys."""

    moved = pyqtSignal(float)
    """The fraction of the parent's width to the left of the line."""

    def __init__(self, parent: QWidget, told: str) -> None:
        super().__init__(parent)
        self._fraction = 0.5
        self._held: Optional[float] = None
        self.setObjectName("swipe_handle")
        self.setAccessibleName(told)
        self.setToolTip(told)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        parent.installEventFilter(self)
        self._place()

    @property
    def fraction(self) -> float:
        return self._fraction

    def move_to(self, fraction: float) -> None:
        self._fraction = min(0.98, max(0.02, fraction))
        self._place()
        self.moved.emit(self._fraction)

    def _place(self) -> None:
        parent = self.parentWidget()
        self.setGeometry(round(self._fraction * parent.width()) - WIDTH // 2, 0, WIDTH, parent.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt)
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt)
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = event.pos().x() - WIDTH / 2

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt)
        if self._held is not None:
            self.move_to((self.x() + event.pos().x() - self._held) / max(1, self.parentWidget().width()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 (Qt)
        self._held = None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt)
        by = {Qt.Key.Key_Left: -STEP, Qt.Key.Key_Right: STEP}.get(event.key())
        if by is None:
            super().keyPressEvent(event)
        else:
            self.move_to(self._fraction + by)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, self.height() / 2)
        for colour, width in (("#ffffff", 5), ("#202020", 2)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLine(QPointF(middle.x(), 0), QPointF(middle.x(), self.height()))
        painter.setPen(QPen(QColor("#202020"), 1.5))
        painter.setBrush(QColor("#ffffff"))
        painter.drawEllipse(middle, 6.5, 6.5)
        for side in (-2, 2):
            painter.drawLine(QPointF(middle.x() + side, middle.y() - 3), QPointF(middle.x() + side, middle.y() + 3))
        painter.end()
