"""What a project needs so that drawing in it keeps to the province's CRS and to shared edges."""

from __future__ import annotations

from typing import Optional

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsDatumTransform,
    QgsMapLayer,
    QgsProject,
    QgsSnappingConfig,
    QgsTolerance,
    QgsVectorLayer,
)

from commune_planning_plugin.core.schema import Catalogue

SNAPPING_PIXELS = 12
VN2000_TO_WGS84 = "6960"
"""EPSG code of "VN-2000 to WGS 84 (2)": the parameters of decision 05/2007/QĐ-BTNMT."""


def province_crs(catalogue: Catalogue) -> QgsCoordinateReferenceSystem:
    """By its EPSG code, or by its parameters where this PROJ doesn't know the code."""
    crs = QgsCoordinateReferenceSystem(f"EPSG:{catalogue.crs_epsg}")
    return crs if crs.isValid() else QgsCoordinateReferenceSystem.fromProj(catalogue.crs_proj)


def set_up_project(project: QgsProject, catalogue: Catalogue) -> None:
    """CRS, transformation to WGS 84, snapping and topological editing."""
    crs = province_crs(catalogue)
    project.setCrs(crs)
    pin_transformation(project, crs)
    project.setSnappingConfig(_snapping(project))
    project.setTopologicalEditing(True)


def pin_transformation(project: QgsProject, crs: QgsCoordinateReferenceSystem) -> None:
    """Let nothing but EPSG:6960 lead from ``crs`` to WGS 84: other parameters in use are metres to hundreds of metres off."""
    context = project.transformContext()
    for target in ("EPSG:4326", "EPSG:3857"):
        destination = QgsCoordinateReferenceSystem(target)
        operation = _operation(crs, destination)
        if operation is not None:
            context.addCoordinateOperation(crs, destination, operation, False)
    project.setTransformContext(context)


def _operation(source: QgsCoordinateReferenceSystem, destination: QgsCoordinateReferenceSystem) -> Optional[str]:
    for details in QgsDatumTransform.operations(source, destination):
        if any(part.authority == "EPSG" and part.code == VN2000_TO_WGS84 for part in details.operationDetails):
            return str(details.proj)
    return None


def _snapping(project: QgsProject) -> QgsSnappingConfig:
    config = QgsSnappingConfig(project)
    config.setEnabled(True)
    config.setMode(Qgis.SnappingMode.AllLayers)
    config.setTypeFlag(Qgis.SnappingTypes(Qgis.SnappingType.Vertex | Qgis.SnappingType.Segment))
    config.setTolerance(SNAPPING_PIXELS)
    config.setUnits(QgsTolerance.UnitType.Pixels)
    return config


def keep_from_overlapping(project: QgsProject, layer: Optional[QgsMapLayer], tiling: bool) -> None:
    """While a layer that tiles the ground is current, new polygons in it are cut at their neighbours'.

    Only the current one: layers that tile the ground lie over each other (zones, blocks, lots), and being cut at all of them would
    leave nothing of a new lot.
    """
    if not tiling or not isinstance(layer, QgsVectorLayer):
        project.setAvoidIntersectionsLayers([])
        return
    project.setAvoidIntersectionsMode(Qgis.AvoidIntersectionsMode.AvoidIntersectionsLayers)
    project.setAvoidIntersectionsLayers([layer])
