"""Shows changes on the map: rubber bands that say what happened, zoom and flash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Optional

from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsGeometry, QgsPointXY, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsMapCanvasItem, QgsRubberBand
from qgis.PyQt.QtCore import QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont, QPainter

from commune_planning_plugin.adapters.signs import LOOKS, Sign

Bounds = tuple[float, float, float, float]
MARGIN = 0.4
"""Of the larger side, around what is zoomed to."""
LEAST_EXTENT_M = 60.0
"""So that zooming to a point still shows its surroundings."""

FLASH_ALPHA, FLASHES, FLASH_MS = 150, 2, 350
"""A flash lets the land's colours and codes be read through it, and is soon over."""


def shape(wkb: object) -> QgsGeometry:
    """A stored geometry as QGIS's; a null geometry where there is none."""
    geometry = QgsGeometry()
    if isinstance(wkb, bytes):
        geometry.fromWkb(wkb)
    return geometry


class MapView:
    """Our items on one canvas; coordinates are in ``crs``."""

    def __init__(self, canvas: QgsMapCanvas, crs: Optional[QgsCoordinateReferenceSystem] = None) -> None:
        self._canvas = canvas
        self.crs = crs if crs is not None else QgsCoordinateReferenceSystem()
        self._items: list[QgsMapCanvasItem] = []
        self._changes_shown = True
        self._notice: Optional[NoticeItem] = None

    def show_change(self, before: Optional[bytes], after: Optional[bytes], conflict: bool = False) -> None:
        """Draw one change in place of the one shown so far; moved or new vertices get dots."""
        self.clear()
        old, new = shape(before), shape(after)
        if conflict:
            self._band(new if not new.isNull() else old, Sign.CONFLICT)
        elif old.isNull():
            self._band(new, Sign.ADDED)
        elif new.isNull():
            self._band(old, Sign.REMOVED)
        elif old.equals(new):
            self._band(new, Sign.AFTER)
        else:
            self._band(old, Sign.BEFORE)
            self._band(new, Sign.AFTER)
            self._dots(moved_vertices(old, new))

    def show_changes(self, sides: Iterable[tuple[Optional[bytes], Optional[bytes]]]) -> None:
        """Draw several changes' outlines in place of what is drawn so far."""
        self.clear()
        for before, after in sides:
            for wkb, sign in (
                (before, Sign.REMOVED if after is None else Sign.BEFORE),
                (after, Sign.AFTER if before else Sign.ADDED),
            ):
                geometry = shape(wkb)
                if not geometry.isNull():
                    self._band(geometry, sign)

    def set_changes_visible(self, shown: bool) -> None:
        """Whether changes are drawn at all, those that come later too."""
        self._changes_shown = shown
        for item in self._items:
            item.setVisible(shown)

    def show_conflict(self, base: Optional[bytes], sides: Mapping[Sign, Sequence[Optional[bytes]]]) -> None:
        """Draw what both started from and what each made of it: outlines, moved vertices as dots, and where the sides differ."""
        self.clear()
        old = shape(base)
        drawn = {sign: [each for each in map(shape, found) if not each.isNull()] for sign, found in sides.items()}
        for part in _differing(*(drawn.get(sign, []) for sign in (Sign.AFTER, Sign.PROVINCE))):
            self._band(part, Sign.CONFLICT, outlined=False)
        if not old.isNull():
            self._band(old, Sign.BEFORE)
        for sign, shapes in drawn.items():
            for each in shapes:
                self._band(each, sign)
                if not old.isNull() and sign is not Sign.DRAWN:
                    self._dots(moved_vertices(old, each), sign)

    def clear(self) -> None:
        for item in self._items:
            self._canvas.scene().removeItem(item)
        self._items.clear()

    def zoom_to(self, bounds: Optional[Bounds]) -> None:
        if bounds is None:
            return
        extent = QgsRectangle(*bounds)
        margin = max(extent.width(), extent.height()) * MARGIN
        extent.grow(max(margin, (LEAST_EXTENT_M - min(extent.width(), extent.height())) / 2))
        self._canvas.setReferencedExtent(referenced(extent, self.crs)) if self.crs.isValid() else self._canvas.setExtent(extent)
        self._canvas.refresh()

    def flash(self, shapes: Iterable[Optional[bytes]]) -> None:
        geometries = [geometry for geometry in map(shape, shapes) if not geometry.isNull()]
        if geometries:
            start, end = LOOKS[Sign.AFTER].stroke(), LOOKS[Sign.AFTER].stroke()
            start.setAlpha(FLASH_ALPHA)
            end.setAlpha(0)
            self._canvas.flashGeometries(geometries, self.crs, start, end, FLASHES, FLASH_MS)

    def set_notice(self, text: str) -> None:
        """A line at the map's lower edge that stays (sample data, no official boundary); an empty text takes it away."""
        if self._notice is not None:
            self._canvas.scene().removeItem(self._notice)
            self._notice = None
        if text:
            self._notice = NoticeItem(self._canvas, text)

    @property
    def notice(self) -> str:
        """The line that `set_notice` shows; empty for none."""
        return self._notice.text if self._notice is not None else ""

    def close(self) -> None:
        """Leave nothing on the canvas."""
        self.clear()
        self.set_notice("")

    def _band(self, geometry: QgsGeometry, sign: Sign, outlined: bool = True) -> None:
        look = LOOKS[sign]
        band = QgsRubberBand(self._canvas, geometry.type())
        band.setToGeometry(geometry, self.crs)
        band.setStrokeColor(look.stroke() if outlined else QColor(0, 0, 0, 0))
        band.setFillColor(look.filling())
        band.setBrushStyle(look.fill)
        band.setLineStyle(look.line)
        band.setWidth(look.width)
        if geometry.type() == Qgis.GeometryType.Point:
            band.setIcon(QgsRubberBand.IconType.ICON_FULL_DIAMOND if sign is Sign.REMOVED else QgsRubberBand.IconType.ICON_CIRCLE)
            band.setIconSize(14)
        self._keep(band)

    def _dots(self, points: Iterable[QgsPointXY], sign: Sign = Sign.AFTER) -> None:
        band = QgsRubberBand(self._canvas, Qgis.GeometryType.Point)
        band.setIcon(QgsRubberBand.IconType.ICON_BOX if sign is Sign.PROVINCE else QgsRubberBand.IconType.ICON_CIRCLE)
        band.setIconSize(9 if sign is Sign.PROVINCE else 7)
        band.setColor(LOOKS[sign].stroke())
        band.setToGeometry(QgsGeometry.fromMultiPointXY(list(points)), self.crs)
        self._keep(band)

    def _keep(self, item: QgsMapCanvasItem) -> None:
        item.setVisible(self._changes_shown)
        self._items.append(item)


def _differing(mine: Sequence[QgsGeometry], theirs: Sequence[QgsGeometry]) -> list[QgsGeometry]:
    """Where two sides differ: ground or stretches that only one of them has, in pieces; for points, and where one side has
    nothing, what there is."""
    if not mine or not theirs or mine[0].type() == Qgis.GeometryType.Point:
        return [*mine, *theirs] if not mine or not theirs else []
    difference = QgsGeometry.unaryUnion(list(mine)).symDifference(QgsGeometry.unaryUnion(list(theirs)))
    return [part for part in difference.asGeometryCollection() if part.type() == mine[0].type()]


def referenced(extent: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> object:
    from qgis.core import QgsReferencedRectangle

    return QgsReferencedRectangle(extent, crs)


def moved_vertices(old: QgsGeometry, new: QgsGeometry) -> list[QgsPointXY]:
    """Vertices of ``new`` that ``old`` doesn't have."""
    known = {(round(vertex.x(), 4), round(vertex.y(), 4)) for vertex in old.vertices()}
    return [QgsPointXY(v) for v in new.vertices() if (round(v.x(), 4), round(v.y(), 4)) not in known]


class NoticeItem(QgsMapCanvasItem):
    """A line of text over the map, at the bottom, wherever the map is moved to."""

    def __init__(self, canvas: QgsMapCanvas, text: str) -> None:
        super().__init__(canvas)
        self.text = text
        self._canvas = canvas
        self.setZValue(200)
        self.updatePosition()

    def updatePosition(self) -> None:  # noqa: N802 (QGIS calls it by this name)
        self.setRect(self._canvas.extent())

    def paint(self, painter: QPainter, _option: object = None, _widget: object = None) -> None:
        font = QFont(painter.font())
        font.setPixelSize(12)
        painter.setFont(font)
        width, height = self._canvas.width(), self._canvas.height()
        box = QRectF(0, height - 22, width, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(255, 255, 255, 190))
        wanted = painter.fontMetrics().horizontalAdvance(self.text) + 16
        painter.drawRoundedRect(QRectF((width - wanted) / 2, box.top(), wanted, box.height()), 4, 4)
        painter.setPen(QColor("#7a1f00"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self.text)
