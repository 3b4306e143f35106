"""Maps for paper: extracts of a proposal's land before and after, at a round scale, drawn with any painter in any thread."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Optional

from qgis.core import (
    Qgis,
    QgsCoordinateTransformContext,
    QgsMapRendererCustomPainterJob,
    QgsMapSettings,
    QgsMapToPixel,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from commune_planning_plugin.adapters.ground_layers import add_rows, ground_layer, ground_rows
from commune_planning_plugin.adapters.map_view import shape
from commune_planning_plugin.adapters.project_setup import province_crs
from commune_planning_plugin.adapters.review_view import bounds_of, signs_of
from commune_planning_plugin.adapters.signs import LOOKS, Sign
from commune_planning_plugin.adapters.styles import apply_style
from commune_planning_plugin.core.schema import Catalogue
from commune_planning_plugin.sync.detail_documents import ProposalDetail, ReviewItem

MM = 25.4
"""Of an inch."""
LEAST_SCALE = 200
_ROUND = (1.0, 2.0, 2.5, 5.0)
_AROUND = 1.35
"""Times the ground itself is what its map shows."""
_BEFORE = frozenset({Sign.BEFORE, Sign.REMOVED, Sign.CONFLICT})
_AFTER = frozenset({Sign.ADDED, Sign.AFTER, Sign.CONFLICT})
_TOUCH = 0.35
"""Millimetres of a pen for each pixel of its width on the screen."""


@dataclass(frozen=True)
class Frame:
    """What a map of a size on paper shows, and at which scale (its denominator)."""

    extent: QgsRectangle
    scale: int


def framed(items: Iterable[ReviewItem], width_mm: float, height_mm: float) -> Optional[Frame]:
    """Around the changes at the next round scale; None where none of them has a place."""
    bounds = bounds_of(items)
    if bounds is None:
        return None
    west, south, east, north = bounds
    needed = _AROUND * 1000 * max((east - west) / width_mm, (north - south) / height_mm)
    scale = round_scale(needed)
    half_width, half_height = (size * scale / 2000 for size in (width_mm, height_mm))
    middle = ((west + east) / 2, (south + north) / 2)
    extent = QgsRectangle(middle[0] - half_width, middle[1] - half_height, middle[0] + half_width, middle[1] + half_height)
    return Frame(extent, scale)


def round_scale(needed: float) -> int:
    """The first of 1, 2, 2.5 or 5 times a power of ten that isn't below."""
    least = max(needed, LEAST_SCALE)
    power = 10.0 ** math.floor(math.log10(least))
    return round(next(power * step for step in (*_ROUND, 10.0) if power * step >= least - 1e-9))


class SheetMap:
    """Belongs to the thread that makes it."""

    def __init__(self, detail: ProposalDetail, catalogue: Catalogue) -> None:
        self._crs = province_crs(catalogue)
        self._sides = {after: self._layers(detail, catalogue, after) for after in (False, True)}

    def _layers(self, detail: ProposalDetail, catalogue: Catalogue, after: bool) -> list[QgsVectorLayer]:
        found = []
        for definition, rows in ground_rows(detail, catalogue, after):
            layer = ground_layer(definition, self._crs, QgsCoordinateTransformContext())
            add_rows(layer, definition, rows)
            layer.updateExtents()
            apply_style(layer, definition, catalogue)
            found.append(layer)
        return found

    def draw(
        self, painter: QPainter, frame: Frame, at: QRectF, after: bool, marked: Sequence[ReviewItem], numbers: Sequence[int] = ()
    ) -> None:
        """One side within ``at`` (device pixels), with the marked changes outlined and, where given, numbered."""
        painter.save()
        painter.setClipRect(at)
        painter.fillRect(at, QColor("white"))
        painter.translate(at.topLeft())
        settings = self._settings(painter, frame, at, after)
        QgsMapRendererCustomPainterJob(settings, painter).renderSynchronously()
        to_pixel = settings.mapToPixel()
        for item in marked:
            self._mark(painter, item, after, to_pixel)
        for item, number in zip(marked, numbers):
            _number(painter, item, number, to_pixel)
        painter.restore()
        painter.setPen(QPen(QColor("#404040"), _mm(painter, 0.2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(at)

    def _settings(self, painter: QPainter, frame: Frame, at: QRectF, after: bool) -> QgsMapSettings:
        settings = QgsMapSettings()
        settings.setLayers(self._sides[after])
        settings.setDestinationCrs(self._crs)
        settings.setOutputDpi(painter.device().logicalDpiX())
        settings.setOutputSize(QSize(round(at.width()), round(at.height())))
        settings.setExtent(frame.extent)
        settings.setBackgroundColor(QColor("white"))
        settings.setFlag(Qgis.MapSettingsFlag.Antialiasing)
        settings.setFlag(Qgis.MapSettingsFlag.UseAdvancedEffects, False)  # they would make pictures of lines
        return settings

    def _mark(self, painter: QPainter, item: ReviewItem, after: bool, to_pixel: QgsMapToPixel) -> None:
        for sign, wkb in signs_of(item):
            if sign in (_AFTER if after else _BEFORE):
                look = LOOKS[sign]
                pen = QPen(look.stroke(), _mm(painter, _TOUCH * look.width), look.line)
                painter.setPen(pen)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawPath(_path(wkb, to_pixel, _mm(painter, 1.5)))


def _path(wkb: bytes, to_pixel: QgsMapToPixel, of_point: float) -> QPainterPath:
    geometry = shape(wkb)
    geometry.mapToPixel(to_pixel)
    if geometry.type() == Qgis.GeometryType.Point:
        path, point = QPainterPath(), geometry.asPoint()
        path.addEllipse(QPointF(point.x(), point.y()), of_point, of_point)
        return path
    return geometry.constGet().asQPainterPath()


def _number(painter: QPainter, item: ReviewItem, number: int, to_pixel: QgsMapToPixel) -> None:
    """In a white disc on the feature."""
    drawn = [wkb for _, wkb in signs_of(item)]
    point = shape(drawn[-1]).pointOnSurface() if drawn else shape(None)
    if point.isNull():
        return
    point.mapToPixel(to_pixel)
    middle, radius = QPointF(point.asPoint().x(), point.asPoint().y()), _mm(painter, 1.9)
    painter.setPen(QPen(QColor("#202020"), _mm(painter, 0.2)))
    painter.setBrush(QColor("white"))
    painter.drawEllipse(middle, radius, radius)
    font = QFont(painter.font())
    font.setPointSizeF(6.0)
    painter.setFont(font)
    box = QRectF(middle.x() - 2 * radius, middle.y() - 2 * radius, 4 * radius, 4 * radius)
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(number))


def _mm(painter: QPainter, millimetres: float) -> float:
    """In the painter's pixels."""
    return millimetres * float(painter.device().logicalDpiX()) / MM
