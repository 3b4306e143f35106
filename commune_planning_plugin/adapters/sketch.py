"""A shape drawn for a remark, with QGIS's own tools, in a scratch layer that is gone afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

from qgis.core import Qgis, QgsFeature, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from commune_planning_plugin.adapters.map_view import shape
from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.schema import GeometryType

if TYPE_CHECKING:
    from qgis.core import QgsCoordinateReferenceSystem, QgsMapLayer

    from commune_planning_plugin.adapters.desktop import Desktop


class Sketch(QObject):
    """At most one at a time. A new shape is taken when it is drawn; one that is reshaped when the person says so."""

    taken = pyqtSignal(bytes)
    """The shape, on the grid."""
    refused = pyqtSignal(object)
    """The InvalidData that says why it can't be taken; it can be drawn further."""
    ended = pyqtSignal()

    def __init__(self, project: QgsProject, desktop: Desktop, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._project, self._desktop = project, desktop
        self._layer: Optional[QgsVectorLayer] = None
        self._kind = GeometryType.POLYGONS
        self._dirty = False
        self._former: Optional[QgsMapLayer] = None

    @property
    def drawing(self) -> bool:
        return self._layer is not None

    def draw(self, kind: GeometryType, crs: QgsCoordinateReferenceSystem, title: str) -> None:
        """Let the person draw a new shape, with QGIS's tool for a new feature."""
        layer = self._begin(kind, crs, title)
        self._desktop.draw_in(layer)
        layer.featureAdded.connect(lambda _fid: QTimer.singleShot(0, self.take))

    def reshape(self, kind: GeometryType, crs: QgsCoordinateReferenceSystem, title: str, wkb: bytes) -> None:
        """Let the person change a copy of ``wkb``, with QGIS's vertex tool."""
        layer = self._begin(kind, crs, title)
        feature = QgsFeature(layer.fields())
        feature.setGeometry(shape(wkb))
        layer.dataProvider().addFeatures([feature])
        layer.updateExtents()
        self._desktop.reshape_in(layer, next(int(each.id()) for each in layer.getFeatures()))

    def take(self) -> None:
        """What is drawn by now; told by ``taken``, or ``refused`` where it is nothing to keep."""
        layer = self._layer
        if layer is None:
            return
        try:
            wkb = geometry.normalised(self._drawn(layer), self._kind)
        except InvalidData as error:
            self.refused.emit(error)
            return
        self.cancel()
        self.taken.emit(wkb)

    def _drawn(self, layer: QgsVectorLayer) -> bytes:
        """The last shape that was drawn. Raises ``InvalidData`` where there is none."""
        drawn = [feature.geometry() for feature in layer.getFeatures()]
        if not drawn or drawn[-1].isEmpty():
            raise InvalidData("geometry.empty")
        return bytes(drawn[-1].asWkb())

    def cancel(self) -> None:
        """Nothing is left of it on the map or in the project."""
        layer, self._layer = self._layer, None
        if layer is None:
            return
        if layer.isEditable():
            layer.rollBack()
        self._project.removeMapLayer(layer.id())
        self._project.setDirty(self._dirty)
        self._desktop.go_back_to(self._former)
        self.ended.emit()

    def _begin(self, kind: GeometryType, crs: QgsCoordinateReferenceSystem, title: str) -> QgsVectorLayer:
        self.cancel()
        self._kind, self._dirty, self._former = kind, self._project.isDirty(), self._desktop.current_layer()
        layer = QgsVectorLayer(kind.value, title, "memory")
        layer.setCrs(crs)
        layer.setCustomProperty("skipMemoryLayersCheck", 1)
        form = layer.editFormConfig()
        form.setSuppress(Qgis.AttributeFormSuppression.On)
        layer.setEditFormConfig(form)
        self._project.addMapLayer(layer)
        self._layer = layer
        return layer
