"""A picture of the map as it was, over the map as it would be: whole, or up to a line that can be moved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Optional

from qgis.core import QgsMapLayer, QgsMapRendererParallelJob, QgsMapSettings, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem
from qgis.PyQt.QtCore import QPoint, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont, QImage, QPainter

ABOVE_THE_MAP = -9.0
"""QGIS's own picture of the map lies at -10; rubber bands and everything else lie above."""


class BeforeImage(QgsMapCanvasItem):
    """Drawn to the left of ``fraction`` of the canvas's width; 1 is all of it, 0 nothing. Follows the map's extent and layers.

    ``layers`` gives what to draw, topmost first, each time anew; ``before`` and ``after`` are the words for the two sides.
    """

    def __init__(self, canvas: QgsMapCanvas, layers: Callable[[], list[QgsMapLayer]], before: str, after: str) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._words = (before, after)
        self._layers = layers
        self._image = QImage()
        self._extent = QgsRectangle()
        self._job: Optional[QgsMapRendererParallelJob] = None
        self._wanted: Optional[QgsMapSettings] = None
        self.fraction = 1.0
        self.setZValue(ABOVE_THE_MAP)
        canvas.mapCanvasRefreshed.connect(self.render)

    @property
    def ready(self) -> bool:
        """Whether there is a picture of what the canvas shows."""
        return not self._image.isNull() and self._job is None

    def show_up_to(self, fraction: float) -> None:
        self.fraction = min(1.0, max(0.0, fraction))
        self.update()

    def render(self) -> None:
        """Make the picture anew, for what the canvas shows now; the one before stays until it is there."""
        self._stop()
        settings = QgsMapSettings(self._canvas.mapSettings())
        settings.setLayers(self._layers())
        settings.setBackgroundColor(self._canvas.canvasColor())
        self._wanted = settings
        self._job = QgsMapRendererParallelJob(settings)
        self._job.finished.connect(self._rendered)
        self._job.start()

    def _rendered(self) -> None:
        job, settings = self._job, self._wanted
        if job is None or settings is None:
            return
        self._image, self._extent = job.renderedImage(), settings.visibleExtent()
        self._job = None
        job.deleteLater()
        self.updatePosition()
        self.update()

    def _stop(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.finished.disconnect(self._rendered)
            job.cancelWithoutBlocking()
            job.finished.connect(job.deleteLater)

    def remove(self) -> None:
        """Leave nothing on the canvas."""
        self._canvas.mapCanvasRefreshed.disconnect(self.render)
        job, self._job = self._job, None
        if job is not None:
            job.finished.disconnect(self._rendered)
            job.cancel()  # its layers may go at once
            job.deleteLater()
        self._canvas.scene().removeItem(self)

    def updatePosition(self) -> None:  # noqa: N802 (QGIS calls it by this name)
        if not self._extent.isEmpty():
            self.setRect(self._extent, False)

    # --- painting -----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, _option: object = None, _widget: object = None) -> None:
        if self._image.isNull():
            return
        box = self.boundingRect()
        line = self._line()
        painter.save()
        painter.setClipRect(QRectF(box.left(), box.top(), line - box.left(), box.height()))
        painter.drawImage(box, self._image, QRectF(self._image.rect()))
        painter.restore()
        self._name_sides(painter, line)

    def _line(self) -> float:
        """Where the line is, in the item's own coordinates."""
        x = round(self.fraction * self._canvas.width())
        return float(self.mapFromScene(self._canvas.mapToScene(QPoint(x, 0))).x())

    def _name_sides(self, painter: QPainter, line: float) -> None:
        top = self.mapFromScene(self._canvas.mapToScene(QPoint(0, 8))).y()
        font = QFont(painter.font())
        font.setPixelSize(13)
        font.setBold(True)
        painter.setFont(font)
        before, after = self._words
        if self.fraction > 0:
            width = painter.fontMetrics().horizontalAdvance(before) + 16
            left = line - width - 10 if self.fraction < 1 else self._left() + 10
            _label(painter, QRectF(left, top, width, 22), before)
        if self.fraction < 1:
            width = painter.fontMetrics().horizontalAdvance(after) + 16
            _label(painter, QRectF(line + 10, top, width, 22), after)

    def _left(self) -> float:
        return float(self.mapFromScene(self._canvas.mapToScene(QPoint(0, 0))).x())


def _label(painter: QPainter, box: QRectF, text: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(255, 255, 255, 220))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor("#202020"))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
