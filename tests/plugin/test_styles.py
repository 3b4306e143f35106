"""Official colours, legends and labels, on the sample province's own ground around Điệp Sơn."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import shapely
from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
    QgsSettings,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage

from commune_planning_plugin.adapters.styles import FUNCTION_STYLE, LAND_USE_STYLE, apply_style
from commune_planning_plugin.core.schema import Catalogue, Layer
from province_hub import standard
from province_hub.sample.features import batches, plan_outline
from province_hub.sample.load import made_up
from province_hub.sample.lots import fitted_cut, ground
from province_hub.sample.tessellation import Borders
from tests.store import snapshots

LOTS = "QuyHoach.ChucNangSuDungDat_A"
CODES = standard.code_lists()
LAYERS = {layer_id: standard.layer(layer_id) for layer_id in standard.FIRST_LAYERS}
PLACE = (610_700.0, 1_406_600.0, 612_100.0, 1_408_000.0)


def catalogue(**others: object) -> Catalogue:
    given = snapshots.CATALOGUE.to_json()
    made = Catalogue.from_json({**given, "layers": [], "code_lists": {}})
    return Catalogue(**{**vars(made), "layers": tuple(LAYERS.values()), "code_lists": CODES, **others})


@pytest.fixture(autouse=True)
def _vietnamese(qgis_app: object) -> Iterator[None]:
    settings = QgsSettings()
    before = {name: settings.value(name) for name in ("locale/overrideFlag", "locale/userLocale")}
    settings.setValue("locale/overrideFlag", True)
    settings.setValue("locale/userLocale", "vi")
    yield
    for name, value in before.items():
        settings.remove(name) if value is None else settings.setValue(name, value)


@cache
def _rows() -> dict[str, list[tuple[dict[str, object], bytes]]]:
    """The coast of the Điệp Sơn plan and the sea before it."""
    province = made_up()
    units = [unit for unit in province.units if unit.plan.code == "56QPK0000006"]
    borders = Borders()
    cuts = [fitted_cut(unit, 150) for unit in units]
    for unit, cut in zip(units, cuts, strict=True):
        borders.add(unit.ground, cut)
    level1 = {code.code: code.parent or "" for code in CODES["land_function"]}
    titles = {code.code: code.title_vi for code in CODES["land_function"]}
    rows: dict[str, list[tuple[dict[str, object], bytes]]] = {layer_id: [] for layer_id in LAYERS}
    for unit, cut in zip(units, cuts, strict=True):
        for batch in batches(ground(unit, cut, borders), level1, titles, 200):
            rows[batch.layer] += [(row, shapely.to_wkb(shape)) for row, shape in zip(batch.rows, batch.shapes, strict=True)]
    outline = plan_outline(units[0].plan, province.shapes[units[0].plan.code])
    rows[outline.layer] += [(outline.rows[0], shapely.to_wkb(outline.shapes[0]))]
    return rows


def styled(definition: Layer, crs: str = "EPSG:9217", with_rows: bool = True) -> QgsVectorLayer:
    fields = "&".join(f"field={field.name}:string" for field in definition.legal_fields)
    layer = QgsVectorLayer(f"{definition.geometry.value}?crs={crs}&{fields}", definition.title_vi, "memory")
    features = []
    for row, wkb in _rows()[definition.id] if with_rows else ():
        feature = QgsFeature(layer.fields())
        for name, value in row.items():
            if layer.fields().indexOf(name) >= 0:
                feature[name] = value
        geometry = QgsGeometry()
        geometry.fromWkb(wkb)
        feature.setGeometry(geometry)
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()
    apply_style(layer, definition, catalogue())
    return layer


def rendered(layers: list[QgsVectorLayer], place: tuple[float, ...] = PLACE, size: int = 900) -> QImage:
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:9217"))
    settings.setExtent(QgsRectangle(*place))
    settings.setOutputSize(QSize(size, size))
    settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    assert not job.errors()
    return job.renderedImage()


def colours(image: QImage) -> dict[str, int]:
    found: dict[str, int] = {}
    for x in range(0, image.width(), 3):
        for y in range(0, image.height(), 3):
            name = image.pixelColor(x, y).name()
            found[name] = found.get(name, 0) + 1
    return found


def test_lots_have_the_official_colours_and_vietnamese_titles():
    layer = styled(LAYERS[LOTS], with_rows=False)
    renderer = layer.renderer()
    assert isinstance(renderer, QgsCategorizedSymbolRenderer)
    shown = {category.value(): category for category in renderer.categories()}
    for code in CODES["land_function"]:
        assert shown[code.code].symbol().color().name() == code.colour
        assert shown[code.code].label() == code.title_vi
    assert len(shown) == 34


def test_a_lot_is_drawn_in_the_colour_of_its_function():
    layer = styled(LAYERS[LOTS])
    found = colours(rendered([layer]))
    tourism = next(code.colour for code in CODES["land_function"] if code.code == "Dulich")
    assert found.get(tourism, 0) > 500


def test_a_lot_without_a_known_code_is_still_seen():
    layer = styled(LAYERS[LOTS], with_rows=False)
    feature = QgsFeature(layer.fields())
    feature["chucNangSuDungDatMuc2"] = "KhongCo"
    xmin, ymin, xmax, ymax = PLACE
    feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(xmin + 100, ymin + 100, xmax - 100, ymax - 100)))
    layer.dataProvider().addFeatures([feature])
    found = colours(rendered([layer]))
    assert any(QColor(name).hue() in range(310, 340) and QColor(name).saturation() > 100 for name in found)


def test_lots_have_a_second_picture_by_land_use_that_keeps_the_form():
    layer = styled(LAYERS[LOTS], with_rows=False)
    manager = layer.styleManager()
    assert set(manager.styles()) == {FUNCTION_STYLE, LAND_USE_STYLE}
    assert manager.currentStyle() == FUNCTION_STYLE
    layer.setFieldAlias(0, "Mã")
    assert manager.setCurrentStyle(LAND_USE_STYLE)
    labels = [category.label() for category in layer.renderer().categories()]
    assert "TMD – Đất thương mại, dịch vụ" in labels
    assert layer.attributeAlias(0) == "Mã"
    mapped = [value for category in layer.renderer().categories()[:-1] for value in category.value()]
    assert sorted(mapped) == sorted(code.code for code in CODES["land_function"])
    assert manager.setCurrentStyle(FUNCTION_STYLE)
    assert len(layer.renderer().categories()) == 34


def test_styling_again_changes_nothing():
    layer = styled(LAYERS[LOTS], with_rows=False)
    apply_style(layer, LAYERS[LOTS], catalogue())
    assert set(layer.styleManager().styles()) == {FUNCTION_STYLE, LAND_USE_STYLE}


def test_lots_are_labelled_when_one_is_close():
    layer = styled(LAYERS[LOTS], with_rows=False)
    assert layer.labelsEnabled()
    settings = layer.labeling().settings()
    assert settings.fieldName == "kyHieuLoDat"
    assert settings.scaleVisibility
    assert settings.minimumScale == 5000


@pytest.mark.parametrize("layer_id", standard.layer_ids())
def test_every_class_of_the_standard_gets_a_style(layer_id: str):
    definition = standard.layer(layer_id)
    layer = QgsVectorLayer(f"{definition.geometry.value}?crs=EPSG:9217&field=tenDoiTuong:string", layer_id, "memory")
    apply_style(layer, definition, catalogue())
    assert layer.renderer() is not None


def test_a_catalogue_without_code_lists_still_gives_a_picture():
    layer = QgsVectorLayer("MultiPolygon?crs=EPSG:9217&field=chucNangSuDungDatMuc2:string", "lots", "memory")
    apply_style(layer, LAYERS[LOTS], catalogue(code_lists={}))
    assert len(layer.renderer().categories()) == 1
    assert len(layer.styleManager().styles()) == 1


def test_all_layers_together_make_a_readable_map(tmp_path: Path):
    order = ("MocGioi.MocGioiQuyHoach_P", "QuyHoach.ChucNangCongTrinh_P", "QuyHoach.RanhGioiQuyHoach_A")
    order += ("QuyHoach.PhanKhuQuyHoach_A", "QuyHoach.PhanOQuyHoach_A", "QuyHoach.ChiGioiDuongDo_L", "QuyHoach.ChiGioiXayDung_L")
    order += ("QuyHoach.HanhLangAnToan_L", "QuyHoach.MangLuoiGiaoThongDuongBo_L", LOTS)
    layers = [styled(LAYERS[layer_id]) for layer_id in order]
    image = rendered(layers)
    folder = Path(os.environ.get("PLANNING_SHOTS", tmp_path))
    assert image.save(str(folder / "styles.png"))
    assert rendered(layers, (610_400.0, 1_403_500.0, 617_400.0, 1_410_000.0)).save(str(folder / "styles_plan.png"))
    layers[-1].styleManager().setCurrentStyle(LAND_USE_STYLE)
    assert rendered(layers).save(str(folder / "styles_land_use.png"))
    found = colours(image)
    assert found.get("#e10000", 0) > 20
    assert found.get("#e1e1e1", 0) > 20
