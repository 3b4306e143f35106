"""The land-fund balance as bars, before above after: a pattern tells them apart where colours don't."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

from qgis.PyQt.QtCore import QEvent, QRectF, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QBrush, QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from qgis.PyQt.QtWidgets import QSizePolicy, QToolTip, QWidget

from commune_planning_plugin.gui.balance_rows import BalanceRow, hundredths, signed
from commune_planning_plugin.gui.language import translate

GAP = 4


class BalanceChart(QWidget):
    """Before is hatched, after solid, both in the function's official colour with an outline and their hectares beside."""

    chosen = pyqtSignal(str)
    """The land function whose bars were clicked."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("balance_chart")
        self.setAccessibleName(translate("Balance", "Land functions before and after, as bars"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._rows: tuple[BalanceRow, ...] = ()

    def show_rows(self, rows: Sequence[BalanceRow]) -> None:
        self._rows = tuple(rows)
        told = (f"{row.title}: {hundredths(row.before)} → {hundredths(row.after)} ha" for row in rows)
        self.setAccessibleDescription("; ".join(told))
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt)
        return QSize(240, self._legend_height() + self._row_height() * max(1, len(self._rows)))

    def _line(self) -> int:
        return int(self.fontMetrics().height())

    def _legend_height(self) -> int:
        return self._line() + 2 * GAP

    def _row_height(self) -> int:
        return 3 * self._line() + 2 * GAP

    def _row_at(self, y: float) -> Optional[BalanceRow]:
        index = int((y - self._legend_height()) // self._row_height())
        return self._rows[index] if y >= self._legend_height() and 0 <= index < len(self._rows) else None

    # --- painting -----------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 (Qt)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_legend(painter)
        widest = max((max(row.before, row.after) for row in self._rows), default=0)
        for index, row in enumerate(self._rows):
            self._paint_row(painter, row, self._legend_height() + index * self._row_height(), widest)
        painter.end()

    def _paint_legend(self, painter: QPainter) -> None:
        x = float(GAP)
        for text, before in ((translate("Balance", "before"), True), (translate("Balance", "after"), False)):
            box = QRectF(x, GAP + 2, 2.0 * self._line(), self._line() - 4)
            self._paint_bar(painter, box, QColor("#909090"), before)
            painter.setPen(self.palette().text().color())
            width = self.fontMetrics().horizontalAdvance(text)
            painter.drawText(QRectF(box.right() + GAP, GAP, width + 2, self._line()), int(Qt.AlignmentFlag.AlignVCenter), text)
            x = box.right() + width + 5 * GAP

    def _paint_row(self, painter: QPainter, row: BalanceRow, top: int, widest: int) -> None:
        painter.setPen(self.palette().text().color())
        title = self.fontMetrics().elidedText(row.title, Qt.TextElideMode.ElideRight, self.width() - 2 * GAP)
        painter.drawText(QRectF(GAP, top, self.width() - 2 * GAP, self._line()), int(Qt.AlignmentFlag.AlignVCenter), title)
        figures = (hundredths(row.before), f"{hundredths(row.after)} ({signed(row.difference)})")
        room = self.width() - 3 * GAP - max(self.fontMetrics().horizontalAdvance(f"{text} ha") for text in figures)
        for side, (value, text) in enumerate(zip((row.before, row.after), figures)):
            y = top + (1 + side) * self._line()
            box = QRectF(GAP, y + 2, max(1.0, room * value / widest) if value and widest else 0.0, self._line() - 4)
            self._paint_bar(painter, box, QColor(row.colour), not side)
            painter.setPen(self.palette().text().color())
            beside = QRectF(box.right() + GAP, y, self.width(), self._line())
            painter.drawText(beside, int(Qt.AlignmentFlag.AlignVCenter), f"{text} ha")

    def _paint_bar(self, painter: QPainter, box: QRectF, colour: QColor, before: bool) -> None:
        if not box.width():
            return
        painter.setPen(QPen(self.palette().text().color(), 1))
        if before:
            painter.setBrush(self.palette().base())
            painter.drawRect(box)
        painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern if before else Qt.BrushStyle.SolidPattern))
        painter.drawRect(box)

    # --- mouse --------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 (Qt)
        row = self._row_at(event.pos().y())
        if row is not None:
            self.chosen.emit(row.function)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self._row_at(event.pos().y())
            QToolTip.showText(event.globalPos(), tip_of(row) if row is not None else "", self)
            return True
        return bool(super().event(event))


def tip_of(row: BalanceRow) -> str:
    """All figures of one land function."""
    before, after, difference, share, share_after, points = row.cells
    text = translate(
        "Balance", "{title}\n{before} ha → {after} ha ({difference} ha)\n{share} % → {share_after} % ({points} percentage points)"
    )
    told = text.format(
        title=row.title,
        before=before,
        after=after,
        difference=difference,
        share=share,
        share_after=share_after,
        points=points,
    )
    if row.line is None:
        return told
    plots = translate("Balance", "{before} → {after} plots")
    return told + "\n" + plots.format(before=row.line.before.plots, after=row.line.after.plots)
