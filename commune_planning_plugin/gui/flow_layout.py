"""A layout that puts widgets in lines, as words are put in a text: for rows of buttons in a narrow dock."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QPoint, QRect, QSize, Qt
from qgis.PyQt.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Widgets keep their preferred width, fill each line evenly, and go to the next line where they don't fit."""

    def __init__(self, parent: Optional[QWidget] = None, spacing: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 (Qt)
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> Optional[QLayoutItem]:  # noqa: N802 (Qt)
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> Optional[QLayoutItem]:  # noqa: N802 (Qt)
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 (Qt)
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:  # noqa: N802 (Qt)
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 (Qt)
        lines = self._lines(width)
        return sum(_height(line) for line in lines) + self.spacing() * max(0, len(lines) - 1)

    def lines(self, width: int) -> int:
        """How many there are at this width."""
        return len(self._lines(width))

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt)
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802 (Qt)
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 (Qt)
        super().setGeometry(rect)
        y = rect.y()
        for line in self._lines(rect.width()):
            self._place(line, rect.x(), y, rect.width())
            y += _height(line) + self.spacing()

    def _place(self, line: list[QLayoutItem], x: int, y: int, width: int) -> None:
        spare = width - sum(_width(item) for item in line) - self.spacing() * (len(line) - 1)
        for index, item in enumerate(line):
            more = spare // (len(line) - index)
            spare -= more
            size = QSize(min(width, item.maximumSize().width(), _width(item) + max(0, more)), _height(line))
            item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self.spacing()

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._shown():
            needed = _width(item) + (self.spacing() if used else 0)
            if not lines or used + needed > width:
                lines.append([])
                used, needed = 0, _width(item)
            lines[-1].append(item)
            used += needed
        return lines

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]


def _width(item: QLayoutItem) -> int:
    return item.sizeHint().expandedTo(item.minimumSize()).width()


def _height(line: list[QLayoutItem]) -> int:
    return max(item.sizeHint().height() for item in line)
