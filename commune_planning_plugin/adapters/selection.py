"""One selected feature of a layer, told by its key."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal


class SelectionWatch(QObject):
    """Tells the key whenever exactly one feature is selected."""

    selected = pyqtSignal(str)

    def __init__(self, layer: QgsVectorLayer, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._layer = layer
        layer.selectionChanged.connect(self._tell)

    def _tell(self, *_changes: object) -> None:
        if self._layer.selectedFeatureCount() != 1:
            return
        feature = next(self._layer.getSelectedFeatures(), None)
        key = feature["key"] if feature is not None else None
        if isinstance(key, str):
            self.selected.emit(key)
