"""A click on the map tells which feature lies there: of the past that is shown, or of the working copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Optional

from qgis.core import QgsGeometry, QgsVectorLayer
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool, QgsMapToolIdentify
from qgis.PyQt.QtCore import QPoint, Qt, pyqtSignal

Layers = Callable[[], Sequence[tuple[str, QgsVectorLayer]]]


class FeaturePicker(QgsMapToolIdentify):
    """A map tool; ``layers`` gives layer ids and layers that are looked into, the topmost first."""

    picked = pyqtSignal(str, str)
    """Layer id and key."""

    def __init__(self, canvas: QgsMapCanvas, layers: Layers) -> None:
        super().__init__(canvas)
        self._canvas, self._layers = canvas, layers
        self._before: Optional[QgsMapTool] = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def take_up(self) -> None:
        if self._canvas.mapTool() is not self:
            self._before = self._canvas.mapTool()
            self._canvas.setMapTool(self)

    def put_down(self) -> None:
        """The tool that was in hand before is again, unless another one has been taken since."""
        before, self._before = self._before, None
        if self._canvas.mapTool() is self:
            self._canvas.unsetMapTool(self)
            if before is not None:
                self._canvas.setMapTool(before)

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:  # noqa: N802 (Qt)
        self.pick(event.pos().x(), event.pos().y())

    def pick(self, x: int, y: int) -> None:
        """At pixels of the canvas: of what lies there on the topmost layer, the nearest."""
        known = [(name, layer) for name, layer in self._layers() if layer.isSpatial()]
        found = self.identify(x, y, [layer for _name, layer in known], QgsMapToolIdentify.IdentifyMode.TopDownStopAtFirst)
        if not found:
            return
        topmost = found[0].mLayer
        place = QgsGeometry.fromPointXY(self.toLayerCoordinates(topmost, self.toMapCoordinates(QPoint(x, y))))
        nearest = min((each.mFeature for each in found), key=lambda feature: place.distance(feature.geometry()))
        name = next(name for name, layer in known if layer.id() == topmost.id())
        if isinstance(nearest["key"], str):
            self.picked.emit(name, nearest["key"])
