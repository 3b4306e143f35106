"""The land of a proposal, before or after, as layers that no project has, in the official colours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext, QgsFeature, QgsVectorLayer

from commune_planning_plugin.adapters.language import titled
from commune_planning_plugin.adapters.layer_tree import drawn_order
from commune_planning_plugin.adapters.map_view import shape
from commune_planning_plugin.core.schema import GEOMETRY, Catalogue, Field, FieldType, GeometryType, Layer, Values
from commune_planning_plugin.sync.detail_documents import ProposalDetail

_FIELD_TYPES = {
    FieldType.INT16: "integer",
    FieldType.INT32: "integer",
    FieldType.INT64: "int8",
    FieldType.FLOAT32: "double",
    FieldType.FLOAT64: "double",
}


def field_list(fields: Iterable[Field]) -> str:
    """As a memory layer's address names them."""
    return "&".join(f"field={field.name}:{_FIELD_TYPES.get(field.type, 'string')}" for field in fields)


def ground_rows(detail: ProposalDetail, catalogue: Catalogue, after: bool) -> Iterator[tuple[Layer, list[Values]]]:
    """One side and its surroundings, by layer, topmost first."""
    rows: dict[str, list[Values]] = {}
    for item in detail.review:
        row = item.after if after else item.before
        if row is not None:
            rows.setdefault(item.layer, []).append(row)
    for near in detail.context:
        rows.setdefault(near.layer, []).append(near.row)
    for definition in drawn_order(catalogue.layers):
        if definition.id in rows:
            yield definition, rows[definition.id]


def memory_layer(
    kind: GeometryType, title: str, fields: str, crs: QgsCoordinateReferenceSystem, context: QgsCoordinateTransformContext
) -> QgsVectorLayer:
    """Empty; ``fields`` as the memory provider's address names them."""
    layer = QgsVectorLayer(f"{kind.value}?index=yes&{fields}", title, "memory", QgsVectorLayer.LayerOptions(context))
    layer.setCrs(crs)
    layer.setCustomProperty("skipMemoryLayersCheck", 1)
    return layer


def ground_layer(definition: Layer, crs: QgsCoordinateReferenceSystem, context: QgsCoordinateTransformContext) -> QgsVectorLayer:
    """Of the definition's legal attributes, without features and without colours yet."""
    title = titled(definition.title_vi, definition.title_en) or definition.name
    return memory_layer(definition.geometry, title, field_list(definition.legal_fields), crs, context)


def add_rows(layer: QgsVectorLayer, definition: Layer, rows: Iterable[Values]) -> None:
    layer.dataProvider().addFeatures([_feature(layer, definition, row) for row in rows])


def _feature(layer: QgsVectorLayer, definition: Layer, row: Values) -> QgsFeature:
    feature = QgsFeature(layer.fields())
    feature.setAttributes([row.get(field.name) for field in definition.legal_fields])
    feature.setGeometry(shape(row.get(GEOMETRY)))
    return feature
