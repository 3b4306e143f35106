"""State chips: a word in a tinted pill, drawn over the palette in use so that dark themes keep their contrast."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QModelIndex, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QPainter
from qgis.PyQt.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from commune_planning_plugin.gui.labels import Tone

TONE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""Where an item keeps its `Tone`'s value."""

COLOURS = {
    Tone.PLAIN: "#808890",
    Tone.NEWS: "#0072b2",
    Tone.GOOD: "#2e8b57",
    Tone.WARNING: "#c98a00",
    Tone.BAD: "#d55e00",
    Tone.CONFLICT: "#b5338a",
}
_PADDING = 7
_WIDEST = 132


def tint(tone: Tone, alpha: int = 45) -> QColor:
    """A transparent tint: the palette's own text colour stays readable on it."""
    colour = QColor(COLOURS[tone])
    colour.setAlpha(alpha)
    return colour


class ChipDelegate(QStyledItemDelegate):
    """Paints the item's text as a chip in the tone of `TONE_ROLE`."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        tone = _tone(index)
        if tone is None:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        self._paint_chip(painter, option, tone, text)

    def _paint_chip(self, painter: QPainter, option: QStyleOptionViewItem, tone: Tone, text: str) -> None:
        metrics = option.fontMetrics
        height = metrics.height() + 4
        width = min(option.rect.width() - 4, metrics.horizontalAdvance(text) + 2 * _PADDING)
        pill = QRectF(option.rect.x() + 2, option.rect.center().y() - height / 2 + 0.5, width, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(tint(tone, 60))
        painter.setPen(QColor(COLOURS[tone]))
        painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), height / 2, height / 2)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(option.palette.highlightedText().color() if selected else option.palette.text().color())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width) - 2 * _PADDING + 4)
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), shown)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # noqa: N802 (Qt)
        size = super().sizeHint(option, index)
        if _tone(index) is not None:
            text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
            size.setWidth(min(_WIDEST, option.fontMetrics.horizontalAdvance(text) + 2 * _PADDING + 6))
            size.setHeight(max(size.height(), option.fontMetrics.height() + 8))
        return size


def _tone(index: QModelIndex) -> Optional[Tone]:
    value = index.data(TONE_ROLE)
    return Tone(value) if value else None
