"""Discussions on the map: a numbered bubble at what each thread is about, and the shape of a place or a suggestion."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Optional

from qgis.core import Qgis, QgsCoordinateTransform, QgsCsException, QgsPointXY
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem, QgsRubberBand
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from commune_planning_plugin.adapters.map_view import shape
from commune_planning_plugin.adapters.signs import LOOKS, Sign

if TYPE_CHECKING:
    from commune_planning_plugin.adapters.map_view import MapView

_WIDTH, _HEIGHT, _TAIL = 22.0, 17.0, 7.0
"""Of a bubble, in pixels."""


@dataclass(frozen=True)
class Note:
    """A thread's place (WKB in the province's CRS) and its number; a settled one is drawn hollow."""

    thread: str
    number: int
    wkb: bytes
    settled: bool = False


class DiscussionView:
    """Its own items on the canvas of ``view``; nothing of the project is touched."""

    def __init__(self, canvas: QgsMapCanvas, view: MapView) -> None:
        self._canvas, self._view = canvas, view
        self._bubbles: list[NoteItem] = []
        self._shape: Optional[QgsRubberBand] = None

    def show_notes(self, notes: Iterable[Note]) -> None:
        """Draw these instead of those shown so far."""
        self._drop(self._bubbles)
        for note in notes:
            point = shape(note.wkb).pointOnSurface()
            if not point.isNull():
                self._bubbles.append(NoteItem(self._canvas, self._on_canvas(point.asPoint()), note))

    def show_shape(self, wkb: Optional[bytes], sign: Sign) -> None:
        """A place or a suggestion, in place of the one shown so far; None for none."""
        if self._shape is not None:
            self._canvas.scene().removeItem(self._shape)
            self._shape = None
        geometry = shape(wkb)
        if geometry.isNull():
            return
        look = LOOKS[sign]
        band = QgsRubberBand(self._canvas, geometry.type())
        band.setToGeometry(geometry, self._view.crs)
        band.setStrokeColor(look.stroke())
        band.setSecondaryStrokeColor(QColor(255, 255, 255, 210))
        band.setFillColor(look.filling())
        band.setBrushStyle(look.fill)
        band.setLineStyle(look.line)
        band.setWidth(look.width)
        if geometry.type() == Qgis.GeometryType.Point:
            band.setIcon(QgsRubberBand.IconType.ICON_X)
            band.setIconSize(14)
        self._shape = band

    @property
    def shown(self) -> int:
        """How many bubbles there are."""
        return len(self._bubbles)

    def clear(self) -> None:
        self._drop(self._bubbles)
        self.show_shape(None, Sign.SUGGESTED)

    def _drop(self, items: list[NoteItem]) -> None:
        for item in items:
            self._canvas.scene().removeItem(item)
        items.clear()

    def _on_canvas(self, point: QgsPointXY) -> QgsPointXY:
        target = self._canvas.mapSettings().destinationCrs()
        if not self._view.crs.isValid() or not target.isValid() or target == self._view.crs:
            return point
        try:
            return QgsCoordinateTransform(self._view.crs, target, self._canvas.mapSettings().transformContext()).transform(point)
        except QgsCsException:
            return point


class NoteItem(QgsMapCanvasItem):
    """A speech bubble with a number; filled while its thread is open."""

    def __init__(self, canvas: QgsMapCanvas, point: QgsPointXY, note: Note) -> None:
        super().__init__(canvas)
        self._point, self.note = point, note
        self.setZValue(190)
        self.updatePosition()

    def updatePosition(self) -> None:  # noqa: N802 (QGIS calls it by this name)
        self.setPos(self.toCanvasCoordinates(self._point))

    def boundingRect(self) -> QRectF:  # noqa: N802 (Qt)
        return QRectF(-3, -_HEIGHT - _TAIL - 3, _WIDTH + 6, _HEIGHT + _TAIL + 6)

    def paint(self, painter: QPainter, _option: object = None, _widget: object = None) -> None:
        colour = LOOKS[Sign.SUGGESTED].stroke()
        body = QRectF(0, -_HEIGHT - _TAIL, _WIDTH, _HEIGHT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour if self.note.settled else QColor("white"), 1.4))
        painter.setBrush(QColor("white") if self.note.settled else colour)
        painter.drawPolygon(QPolygonF([QPointF(0, 0), QPointF(3, -_TAIL - 2), QPointF(11, -_TAIL - 1)]))
        painter.drawRoundedRect(body, 5, 5)
        font = QFont(painter.font())
        font.setPixelSize(11)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(colour if self.note.settled else QColor("white"))
        painter.drawText(body, int(Qt.AlignmentFlag.AlignCenter), str(self.note.number))
