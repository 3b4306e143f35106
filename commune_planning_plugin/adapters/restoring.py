"""A feature brought back to an earlier state through its layer: an edit like any other, in one undo step.

One that is gone comes back as itself, with its key and birth id: to the province it is the same feature, which lives on.
"""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import NULL, QgsExpression, QgsFeature, QgsFeatureRequest, QgsVectorLayer

from commune_planning_plugin.adapters.map_view import shape
from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.core.schema import GEOMETRY, LEGAL_TIME, Field, Layer, Values


def restore(layer: QgsVectorLayer, definition: Layer, key: str, row: Values, name: str, removed: Optional[Values] = None) -> None:
    """Give the feature ``row``'s legal attributes and geometry; ``name`` is the undo step's. What the hub allocates stays.

    ``removed``, of a feature that is gone, are the legal times that the province has of it still: none, where it is gone there too.
    The layer is in edit mode afterwards, with the step unsaved. Raises ``WorkingCopyError``: ``restore.gone`` where the layer
    doesn't have the feature and it isn't ``removed``, ``restore.locked`` where it can't be edited now.
    """
    request = QgsFeatureRequest().setFilterExpression(QgsExpression.createFieldEqualityExpression("key", key))
    feature = next(layer.getFeatures(request), None)
    if feature is None and removed is None:
        raise WorkingCopyError("restore.gone", layer=definition.id, key=key)
    if not layer.isEditable() and not (layer.startEditing() and layer.isEditable()):
        raise WorkingCopyError("restore.locked", layer=definition.id)
    layer.beginEditCommand(name)
    if feature is None:
        _add(layer, definition, key, {**row, **dict.fromkeys(LEGAL_TIME), **(removed or {})})
    else:
        _write(layer, definition, feature, row)
    layer.endEditCommand()
    layer.triggerRepaint()


def _add(layer: QgsVectorLayer, definition: Layer, key: str, row: Values) -> None:
    feature = QgsFeature(layer.fields())
    feature.setGeometry(shape(row.get(GEOMETRY)))
    feature.setAttribute("key", key)
    for field in definition.fields:
        index = layer.fields().lookupField(field.name)
        if index >= 0:
            feature.setAttribute(index, _value(layer, index, field, row))
    layer.addFeature(feature)


def _value(layer: QgsVectorLayer, index: int, field: Field, row: Values) -> Any:
    wanted: Any = row.get(field.name)
    return NULL if wanted is None else layer.fields().at(index).convertCompatible(wanted)


def _write(layer: QgsVectorLayer, definition: Layer, feature: QgsFeature, row: Values) -> None:
    geometry = shape(row.get(GEOMETRY))
    if not geometry.equals(feature.geometry()):
        layer.changeGeometry(feature.id(), geometry)
    for field in definition.legal_fields:
        index = layer.fields().lookupField(field.name)
        if index < 0 or field.allocated:
            continue
        value = _value(layer, index, field, row)
        if feature.attribute(index) != value:
            layer.changeAttributeValue(feature.id(), index, value)
