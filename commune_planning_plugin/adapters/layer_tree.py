"""Where the plugin's layers stand in QGIS's layer tree."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Optional

from qgis.core import QgsLayerTreeGroup, QgsMapLayer, QgsProject

from commune_planning_plugin.adapters.language import titled
from commune_planning_plugin.core.schema import GeometryType, Layer

GROUP_PROPERTY = "planning/group"
"""Marks our groups: a user may rename them."""

GROUPS_FILE = Path(__file__).parent.parent / "resources" / "layer_groups.csv"
_RANKS = {GeometryType.POINT: 0, GeometryType.LINES: 1, GeometryType.POLYGONS: 2}


@cache
def _titles() -> dict[str, tuple[str, str]]:
    with GROUPS_FILE.open(encoding="utf-8", newline="") as file:
        return {row["group"]: (row["title_vi"], row["title_en"]) for row in csv.DictReader(file)}


def group_title(name: str) -> str:
    """The title of a group of Circular 16/2025/TT-BXD, in the interface's language."""
    return titled(*_titles().get(name, (name, name)))


def drawn_order(layers: Iterable[Layer]) -> list[Layer]:
    """Topmost first: groups of points above groups of lines above groups with polygons, the same within a group, and what tiles the
    ground at the very bottom."""
    listed = list(layers)
    weight = {layer.id: (_RANKS[layer.geometry], layer.tiling) for layer in listed}
    heaviest = {layer.group: max(weight[other.id] for other in listed if other.group == layer.group) for layer in listed}
    position = {layer.id: number for number, layer in enumerate(listed)}
    return sorted(listed, key=lambda layer: (heaviest[layer.group], layer.group, weight[layer.id], -position[layer.id]))


class PlanningTree:
    """Our groups in the layer tree of one project."""

    def __init__(self, project: QgsProject) -> None:
        self._project = project

    def group(
        self, mark: str, title: str, parent: Optional[QgsLayerTreeGroup] = None, position: Optional[int] = None
    ) -> QgsLayerTreeGroup:
        """The group marked ``mark``, made at ``position`` (default: last) where it is missing."""
        home = parent if parent is not None else self._project.layerTreeRoot()
        found = next((group for group in home.findGroups(True) if group.customProperty(GROUP_PROPERTY) == mark), None)
        if found is not None:
            return found
        group = home.insertGroup(len(home.children()) if position is None else position, title)
        group.setCustomProperty(GROUP_PROPERTY, mark)
        return group

    def add(self, layer: QgsMapLayer, group: QgsLayerTreeGroup, expanded: bool = False) -> None:
        """Put the layer into the project and at the end of ``group``."""
        self._project.addMapLayer(layer, False)
        node = group.addLayer(layer)
        node.setExpanded(expanded)

    def remove(self, mark: str) -> None:
        """Take the group with its layers out of the project."""
        root = self._project.layerTreeRoot()
        for group in [g for g in root.findGroups(True) if g.customProperty(GROUP_PROPERTY) == mark]:
            self._project.removeMapLayers(group.findLayerIds())
            root.removeChildNode(group)
