"""One value or shape of a working copy's feature: as it stands in QGIS, saved or not, and set as one undoable edit."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import QgsFeature, QgsFeatureRequest, QgsField, QgsVectorLayer
from qgis.PyQt.QtCore import QDate, QDateTime, QMetaType, Qt, QVariant

from commune_planning_plugin.adapters.map_view import shape
from commune_planning_plugin.core import geometry
from commune_planning_plugin.core.schema import GEOMETRY, Layer, Value, canonical_value


def standing_value(layer: QgsVectorLayer, fid: int, definition: Layer, name: str) -> Value:
    """In canonical form. Raises ``InvalidData`` where it has none."""
    feature = _feature(layer, fid)
    if name == GEOMETRY:
        drawn = feature.geometry()
        return None if drawn.isNull() or drawn.isEmpty() else geometry.normalised(bytes(drawn.asWkb()), definition.geometry)
    return canonical_value(definition.by_name[name], _plain(feature.attribute(name)))


def set_value(layer: QgsVectorLayer, fid: int, name: str, value: Value, title: str) -> bool:
    """As one step of the layer's undo stack, named ``title``; the layer is put into edit mode where it isn't."""
    if not layer.isEditable() and not layer.startEditing():
        return False
    layer.beginEditCommand(title)
    if name == GEOMETRY:
        done = layer.changeGeometry(fid, shape(value))
    else:
        at = layer.fields().lookupField(name)
        done = layer.changeAttributeValue(fid, at, _stored(layer.fields().at(at), value))
    if done:
        layer.endEditCommand()
    else:
        layer.destroyEditCommand()
    layer.triggerRepaint()
    return bool(done)


def _feature(layer: QgsVectorLayer, fid: int) -> QgsFeature:
    return next(iter(layer.getFeatures(QgsFeatureRequest(fid))))


def _stored(field: QgsField, value: Value) -> Any:
    """As the field keeps it: days and times aren't text there."""
    if value is not None and field.type() == QMetaType.Type.QDate:
        return QDate.fromString(str(value), Qt.DateFormat.ISODate)
    if value is not None and field.type() == QMetaType.Type.QDateTime:
        return QDateTime.fromString(str(value), Qt.DateFormat.ISODateWithMs)
    return value


def _plain(value: Any) -> Optional[Any]:
    if isinstance(value, QVariant):
        return None if value.isNull() else value.value()
    if isinstance(value, QDate):
        return value.toString(Qt.DateFormat.ISODate) if value.isValid() else None
    if isinstance(value, QDateTime):
        return value.toUTC().toString(Qt.DateFormat.ISODateWithMs) if value.isValid() else None
    return value
