"""What surrounds the work: commune boundaries and plans, to look at only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Optional

from qgis.core import (
    QgsExpression,
    QgsFeatureRequest,
    QgsFillSymbol,
    QgsMapLayer,
    QgsPalLayerSettings,
    QgsProject,
    QgsRectangle,
    QgsSingleSymbolRenderer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QColor

COMMUNES = "planning_ref_commune"
PLANS = "planning_ref_plan"


def prepare_labels() -> None:
    """QGIS's first label settings take it some 80 ms (fonts): to be had at the start, not while a person works."""
    QgsPalLayerSettings()


def reference_layers(path: Path, project: QgsProject) -> Iterator[QgsVectorLayer]:
    """The reference layers that the working copy at ``path`` has, styled and read-only."""
    wanted = (
        (COMMUNES, QCoreApplication.translate("Layers", "Commune boundaries"), "#4d4d4d", "dash dot", 0.5),
        (PLANS, QCoreApplication.translate("Layers", "Plan boundaries"), "#8c510a", "dash", 0.4),
    )
    for table, title, colour, line, width in wanted:
        layer = _opened(path, table, title, project)
        if layer.isValid():
            symbol = QgsFillSymbol.createSimple(
                {"style": "no", "outline_color": colour, "outline_style": line, "outline_width": str(width)}
            )
            layer.setRenderer(QgsSingleSymbolRenderer(symbol))
            if table == COMMUNES:
                _label(layer, colour)
            yield layer


def is_reference(layer: QgsMapLayer) -> bool:
    return layer.customProperty("planning/layer") in (COMMUNES, PLANS)


def commune_bounds(path: Path, code: str) -> Optional[tuple[float, float, float, float]]:
    """xmin, ymin, xmax, ymax of the commune's boundary in metres; None where the working copy doesn't hold it."""
    layer = QgsVectorLayer(f"{path}|layername={COMMUNES}", COMMUNES, "ogr")
    request = QgsFeatureRequest().setFilterExpression(QgsExpression.createFieldEqualityExpression("code", code))
    extent = QgsRectangle()
    for feature in layer.getFeatures(request):
        extent.combineExtentWith(feature.geometry().boundingBox())
    return None if extent.isEmpty() else (extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())


def _opened(path: Path, table: str, title: str, project: QgsProject) -> QgsVectorLayer:
    options = QgsVectorLayer.LayerOptions(project.transformContext())
    options.loadDefaultStyle = False
    layer = QgsVectorLayer(f"{path}|layername={table}", title, "ogr", options)
    layer.setCustomProperty("planning/layer", table)
    layer.setReadOnly(True)
    return layer


def _label(layer: QgsVectorLayer, colour: str) -> None:
    text = QgsTextFormat()
    text.setSize(9)
    text.setColor(QColor(colour))
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(1)
    text.setBuffer(halo)
    settings = QgsPalLayerSettings()
    settings.fieldName = "name"
    settings.setFormat(text)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)
