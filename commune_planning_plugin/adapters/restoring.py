"""A feature brought back to an earlier state through its layer: an edit like any other, in one undo step."""

from __future__ import annotations

from typing import Any

from qgis.core import NULL, QgsExpression, QgsFeature, QgsFeatureRequest, QgsVectorLayer

from commune_planning_plugin.adapters.map_view import shape
from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.schema import GEOMETRY, Layer, Values


def restore(layer: QgsVectorLayer, definition: Layer, key: str, row: Values, name: str) -> None:
    """Give the feature ``row``'s legal attributes and geometry; ``name`` is the undo step's. What the hub allocates stays.

    The layer is in edit mode afterwards, with the step unsaved. Raises ``WorkingCopyError``: ``restore.gone`` where the layer
    doesn't have the feature, ``restore.locked`` where it can't be edited now.
    """
    request = QgsFeatureRequest().setFilterExpression(QgsExpression.createFieldEqualityExpression("key", key))
    feature = next(layer.getFeatures(request), None)
    if feature is None:
        raise WorkingCopyError("restore.gone", layer=definition.id, key=key)
    if not layer.isEditable() and not (layer.startEditing() and layer.isEditable()):
        raise WorkingCopyError("restore.locked", layer=definition.id)
    layer.beginEditCommand(name)
    _write(layer, definition, feature, row)
    layer.endEditCommand()
    layer.triggerRepaint()


def _write(layer: QgsVectorLayer, definition: Layer, feature: QgsFeature, row: Values) -> None:
    geometry = shape(row.get(GEOMETRY))
    if not geometry.equals(feature.geometry()):
        layer.changeGeometry(feature.id(), geometry)
    for field in definition.legal_fields:
        index = layer.fields().lookupField(field.name)
        if index < 0 or field.allocated:
            continue
        wanted: Any = row.get(field.name)
        value = NULL if wanted is None else layer.fields().at(index).convertCompatible(wanted)
        if feature.attribute(index) != value:
            layer.changeAttributeValue(feature.id(), index, value)
