"""How planning layers look: official colours from the catalogue's code lists, the rest from ``resources/styles/layers.json``."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Optional

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsFeatureRenderer,
    QgsMapLayer,
    QgsMapLayerStyle,
    QgsPalLayerSettings,
    QgsRendererCategory,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsSymbolLayerUtils,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtXml import QDomDocument

from commune_planning_plugin.adapters.language import titled
from commune_planning_plugin.core.schema import Catalogue, Code, Layer

Style = Mapping[str, Any]

LAND_USE_STYLE = "Sử dụng đất (TT 08/2024)"
FUNCTION_STYLE = "Chức năng sử dụng đất (TT 16/2025)"
"""Names of the two official pictures of the same lots; QGIS shows them in the layer's menu *Styles*."""

_FOLDER = Path(__file__).parent.parent / "resources" / "styles"
_LAND_USE = "land_use"


def apply_style(layer: QgsVectorLayer, planning_layer: Layer, catalogue: Catalogue) -> None:
    """Give ``layer`` the symbols, labels and scales of its class; a class without a style of its own gets that of its geometry.

    Lots get a second, named style by land use, to be chosen in QGIS.
    """
    style = _styles().get(planning_layer.name) or _styles()[planning_layer.geometry.value]
    layer.setRenderer(_renderer(layer, style, catalogue))
    _label(layer, planning_layer, style.get("label"))
    scale = style.get("visible_below")
    layer.setScaleBasedVisibility(scale is not None)
    layer.setMinimumScale(scale or 0)
    if style.get("colour_by", {}).get("field") in planning_layer.by_name and catalogue.code_lists.get(_LAND_USE):
        _add_land_use_style(layer, style, catalogue)
    layer.triggerRepaint()


@cache
def _styles() -> Mapping[str, Any]:
    styles: Mapping[str, Any] = json.loads((_FOLDER / "layers.json").read_text(encoding="utf-8"))
    return styles


@cache
def _land_use_of_function() -> Mapping[str, str]:
    with (_FOLDER / "land_use_of_function.csv").open(encoding="utf-8", newline="") as file:
        return {row["function"]: row["land_use"] for row in csv.DictReader(file)}


def _renderer(layer: QgsVectorLayer, style: Style, catalogue: Catalogue) -> QgsFeatureRenderer:
    if "colour_by" in style:
        return _by_colour(layer, style, catalogue)
    if "shape_by" in style:
        return _by_shape(layer, style, catalogue)
    return QgsSingleSymbolRenderer(_symbol(layer, style["symbol"]))


def _by_colour(layer: QgsVectorLayer, style: Style, catalogue: Catalogue) -> QgsCategorizedSymbolRenderer:
    codes = catalogue.code_lists.get(style["colour_by"]["list"], ())
    categories = [_category(layer, style, code.code, code) for code in codes]
    return QgsCategorizedSymbolRenderer(style["colour_by"]["field"], [*categories, _others(layer, style["unknown"])])


def _by_shape(layer: QgsVectorLayer, style: Style, catalogue: Catalogue) -> QgsCategorizedSymbolRenderer:
    categories = []
    for code in catalogue.code_lists.get(style["shape_by"]["list"], ()):
        (kind, properties), *_ = style["symbol"]
        symbol = _symbol(layer, [[kind, {**properties, **style["shapes"].get(code.code, {})}]])
        categories.append(QgsRendererCategory(code.code, symbol, _title(code)))
    return QgsCategorizedSymbolRenderer(style["shape_by"]["field"], [*categories, _others(layer, style["symbol"])])


def _category(layer: QgsVectorLayer, style: Style, value: Any, code: Code, prefix: str = "") -> QgsRendererCategory:
    symbol = _symbol(layer, style["symbol"])
    symbol.symbolLayer(0).setFillColor(QColor(code.colour or "#ffffff"))
    return QgsRendererCategory(value, symbol, prefix + _title(code))


def _others(layer: QgsVectorLayer, parts: Sequence[Any]) -> QgsRendererCategory:
    """What has no code, or one that the list doesn't know: it must be seen, not missing."""
    return QgsRendererCategory(None, _symbol(layer, parts), titled(*_styles()["others"]))


def _title(code: Code) -> str:
    return titled(code.title_vi, code.title_en) or code.code


def _symbol(layer: QgsVectorLayer, parts: Sequence[Any]) -> QgsSymbol:
    """A symbol of the layer's geometry from ``[type, properties, symbol within]``, as QGIS's own style files name them."""
    symbol = QgsSymbol.defaultSymbol(layer.geometryType())
    _fill(symbol, parts)
    return symbol


def _fill(symbol: QgsSymbol, parts: Sequence[Any]) -> None:
    registry = QgsApplication.symbolLayerRegistry()
    for kind, properties, *within in parts:
        part = registry.symbolLayerMetadata(kind).createSymbolLayer(properties)
        if within:
            _fill(part.subSymbol(), within[0])
        symbol.appendSymbolLayer(part)
    symbol.deleteSymbolLayer(0)


def _label(layer: QgsVectorLayer, planning_layer: Layer, label: Optional[Style]) -> None:
    if label is None or label["field"] not in planning_layer.by_name:
        layer.setLabelsEnabled(False)
        return
    settings = QgsPalLayerSettings()
    settings.fieldName = label["field"]
    settings.setFormat(_text(label))
    settings.scaleVisibility = True
    settings.minimumScale = label["scale"]
    settings.maximumScale = 0
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


def _text(label: Style) -> QgsTextFormat:
    text = QgsTextFormat()
    font = text.font()
    font.setBold(label["bold"])
    text.setFont(font)
    text.setSize(label["size"])
    text.setSizeUnit(Qgis.RenderUnit.Points)
    text.setColor(QgsSymbolLayerUtils.decodeColor(label["colour"]))
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.6)
    halo.setColor(QgsSymbolLayerUtils.decodeColor(label["halo"]))
    text.setBuffer(halo)
    return text


def _add_land_use_style(layer: QgsVectorLayer, style: Style, catalogue: Catalogue) -> None:
    """Beside the present style, which stays the current one. It holds symbols only, so that choosing it keeps the layer's form."""
    manager = layer.styleManager()
    for name in manager.styles():
        if name not in (manager.currentStyle(), FUNCTION_STYLE):
            manager.removeStyle(name)
    manager.renameStyle(manager.currentStyle(), FUNCTION_STYLE)
    shown = layer.renderer().clone()
    layer.setRenderer(_by_land_use(layer, style, catalogue))
    document = QDomDocument("qgis")
    layer.exportNamedStyle(document, categories=QgsMapLayer.StyleCategory.Symbology)
    layer.setRenderer(shown)
    manager.addStyle(LAND_USE_STYLE, QgsMapLayerStyle(document.toString()))


def _by_land_use(layer: QgsVectorLayer, style: Style, catalogue: Catalogue) -> QgsCategorizedSymbolRenderer:
    functions: dict[str, list[str]] = {}
    for function, land_use in _land_use_of_function().items():
        functions.setdefault(land_use, []).append(function)
    codes = [code for code in catalogue.code_lists[_LAND_USE] if code.code in functions]
    categories = [_category(layer, style, functions[code.code], code, f"{code.code} – ") for code in codes]
    return QgsCategorizedSymbolRenderer(style["colour_by"]["field"], [*categories, _others(layer, style["unknown"])])
