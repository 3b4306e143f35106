"""The commune's layers as of a former day: a read-only group of its own over the map, and afterwards no trace of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Optional

from qgis.core import QgsFeature, QgsLayerTreeNode, QgsProject, QgsVectorLayer
from qgis.PyQt import sip

from commune_planning_plugin.adapters.ground_layers import field_list, memory_layer
from commune_planning_plugin.adapters.language import titled
from commune_planning_plugin.adapters.layer_tree import GROUP_PROPERTY, PlanningTree, drawn_order
from commune_planning_plugin.adapters.layers import WORKING_COPY_GROUP
from commune_planning_plugin.adapters.map_view import MapView, shape
from commune_planning_plugin.adapters.steps import Steps
from commune_planning_plugin.adapters.styles import apply_style
from commune_planning_plugin.core.schema import GEOMETRY, Catalogue, Layer, Values

PAST_GROUP = "past"
ROWS_A_STEP = 500
LayerRows = Mapping[str, Sequence[Values]]
"""Rows by layer id."""


@dataclass(frozen=True)
class _Before:
    """What showing the past changes."""

    hidden: tuple[QgsLayerTreeNode, ...]
    dirty: bool
    notice: str


class PastView:
    """At most one former day on the map."""

    def __init__(self, project: QgsProject, view: MapView) -> None:
        self._project = project
        self._view = view
        self._tree = PlanningTree(project)
        self._before: Optional[_Before] = None
        self._building: Optional[Steps] = None
        self._layers: dict[str, QgsVectorLayer] = {}

    @property
    def shown(self) -> bool:
        return self._before is not None

    @property
    def layers(self) -> list[tuple[str, QgsVectorLayer]]:
        """Those that are shown, by layer id, the topmost first."""
        return [(layer_id, layer) for layer_id, layer in self._layers.items() if not sip.isdeleted(layer)]

    def show(self, rows: LayerRows, catalogue: Catalogue, title: str) -> None:
        """Show ``rows`` in the official styles instead of the layers of today; ``title`` names the group and stands on the map."""
        self.close()
        dirty, notice = self._project.isDirty(), self._view.notice
        self._before = _Before(tuple(self._hide_today()), dirty, notice)
        self._view.set_notice(title)
        self._building = Steps(self._build(rows, catalogue, title), lambda: self._project.setDirty(dirty))

    def close(self) -> None:
        """Layers, visibility, notice and the project's "changed" mark are as before `show`."""
        before, self._before = self._before, None
        if before is None:
            return
        if self._building is not None:
            self._building.stop()
            self._building = None
        self._layers = {}
        self._tree.remove(PAST_GROUP)
        living = {id(node) for node in self._project.layerTreeRoot().findGroups(True)}
        for node in before.hidden:
            if id(node) in living:
                node.setItemVisibilityChecked(True)
        self._view.set_notice(before.notice)
        self._project.setDirty(before.dirty)

    def _hide_today(self) -> Iterator[QgsLayerTreeNode]:
        for group in self._project.layerTreeRoot().findGroups(True):
            if group.customProperty(GROUP_PROPERTY) == WORKING_COPY_GROUP and group.itemVisibilityChecked():
                group.setItemVisibilityChecked(False)
                yield group

    def _build(self, rows: LayerRows, catalogue: Catalogue, title: str) -> Iterator[None]:
        home = self._tree.group(PAST_GROUP, title, position=0)
        for definition in drawn_order(catalogue.layers):
            found = rows.get(definition.id, ())
            if found:
                layer = self._memory(definition)
                for start in range(0, len(found), ROWS_A_STEP):
                    layer.dataProvider().addFeatures(
                        [_feature(layer, definition, row) for row in found[start : start + ROWS_A_STEP]]
                    )
                    yield
                layer.updateExtents()
                apply_style(layer, definition, catalogue)
                layer.setReadOnly(True)
                self._tree.add(layer, home)
                self._layers[definition.id] = layer
                yield

    def _memory(self, definition: Layer) -> QgsVectorLayer:
        title = titled(definition.title_vi, definition.title_en) or definition.name
        fields = field_list(definition.fields)
        return memory_layer(definition.geometry, title, fields, self._view.crs, self._project.transformContext())


def _feature(layer: QgsVectorLayer, definition: Layer, row: Values) -> QgsFeature:
    feature = QgsFeature(layer.fields())
    feature.setAttributes([row.get(field.name) for field in definition.fields])
    feature.setGeometry(shape(row.get(GEOMETRY)))
    return feature
