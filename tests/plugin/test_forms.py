"""Attribute forms: words, lists, defaults; what nobody types is hidden."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from qgis.core import QgsFeature, QgsFieldConstraints, QgsGeometry, QgsProject, QgsSettings, QgsVectorLayer, QgsVectorLayerUtils

from commune_planning_plugin.adapters import forms
from commune_planning_plugin.adapters.forms import FormContext
from commune_planning_plugin.core.schema import Code, Derived, Field, FieldType, GeometryType, Layer
from tests.store import snapshots

pytestmark = pytest.mark.usefixtures("qgis_app")

LOT = Layer(
    "QuyHoach.ChucNangSuDungDat_A",
    GeometryType.POLYGONS,
    (
        Field("maHoSoQH", FieldType.TEXT, "Mã hồ sơ quy hoạch", "Plan file code", length=15, required=True),
        Field("maDoiTuong", FieldType.TEXT, "Mã đối tượng", "Object code", length=100, required=True, allocated=True),
        Field("tenDoiTuong", FieldType.TEXT, "Tên đối tượng", "Name", length=100, required=True),
        Field("phanLoai", FieldType.TEXT, "Phân loại", "Class", length=250, required=True),
        Field("ghiChu", FieldType.TEXT, "Ghi chú", "Note", length=250),
        Field(
            "chucNangSuDungDatMuc2", FieldType.TEXT, "Chức năng (mức 2)", "Function", code_list="land_function", group="function"
        ),
        Field("dienTich", FieldType.FLOAT64, "Diện tích", "Area", derived=Derived.AREA),
    ),
    title_vi="Chức năng sử dụng đất",
    title_en="Land-use function",
    tiling=True,
)
CODES = (Code("ODT", "Đất ở tại đô thị", "Urban housing"), Code("CayxanhCC", "Cây xanh công cộng", "Public green"))
CATALOGUE = replace(snapshots.CATALOGUE, layers=(LOT,), code_lists={"land_function": CODES})


@pytest.fixture(params=["vi", "en"])
def language(request: pytest.FixtureRequest):
    stored = QgsSettings()
    stored.setValue("locale/overrideFlag", True)
    stored.setValue("locale/userLocale", request.param)
    yield request.param
    stored.remove("locale/overrideFlag")
    stored.remove("locale/userLocale")


@pytest.fixture
def lot_layer(tmp_path: Path, language: str) -> QgsVectorLayer:
    snapshots.make_snapshot(tmp_path / "plain.gpkg", {}, (LOT,))
    layer = QgsVectorLayer(f"{tmp_path / 'plain.gpkg'}|layername={LOT.table}", "lots", "ogr")
    context = FormContext(CATALOGUE, "22504", snapshots.PLAN, {snapshots.PLAN: {"maHoSoQH": "56QHC0010001"}})
    forms.set_form(layer, LOT, context)
    QgsProject.instance().addMapLayer(layer)
    yield layer
    layer.rollBack()
    QgsProject.instance().removeMapLayer(layer.id())


def setup_of(layer: QgsVectorLayer, name: str):
    return layer.editorWidgetSetup(layer.fields().lookupField(name))


def test_fields_have_words_in_the_language_of_the_interface(lot_layer: QgsVectorLayer, language: str):
    alias = lot_layer.attributeAlias(lot_layer.fields().lookupField("tenDoiTuong"))
    assert alias == {"vi": "Tên đối tượng", "en": "Name"}[language]


def test_codes_are_a_list_of_titles(lot_layer: QgsVectorLayer, language: str):
    setup = setup_of(lot_layer, "chucNangSuDungDatMuc2")
    assert setup.type() == "ValueMap"
    titles = {code: title for item in setup.config()["map"] for title, code in item.items()}
    assert titles["CayxanhCC"] == {"vi": "Cây xanh công cộng", "en": "Public green"}[language]
    assert titles["ODT"].startswith("ODT – ")
    assert forms.NO_CHOICE in titles


def test_the_plan_is_chosen_by_name_among_the_commune_s_own(lot_layer: QgsVectorLayer):
    setup = setup_of(lot_layer, "plan")
    assert [next(iter(item.values())) for item in setup.config()["map"]] == [snapshots.PLAN]
    assert next(iter(setup.config()["map"][0])) == "Quy hoạch A (A)"


def test_what_nobody_types_is_hidden_in_form_and_table(lot_layer: QgsVectorLayer):
    for name in ("key", "birth", "visibility", "predecessors", "valid_from", "valid_to"):
        assert setup_of(lot_layer, name).type() == "Hidden"
    hidden = {column.name for column in lot_layer.attributeTableConfig().columns() if column.hidden}
    assert {"fid", "key", "birth"} <= hidden
    assert "tenDoiTuong" not in hidden


def test_required_fields_ask_softly(lot_layer: QgsVectorLayer):
    constraints = lot_layer.fields().field("tenDoiTuong").constraints()
    strength = constraints.constraintStrength(QgsFieldConstraints.Constraint.ConstraintNotNull)
    assert strength == QgsFieldConstraints.ConstraintStrength.ConstraintStrengthSoft
    assert not lot_layer.fields().field("ghiChu").constraints().constraints()


def test_derived_fields_are_read_only_and_follow_the_shape(lot_layer: QgsVectorLayer):
    index = lot_layer.fields().lookupField("dienTich")
    assert lot_layer.editFormConfig().readOnly(index)
    lot_layer.startEditing()
    made = new_feature(lot_layer)
    assert made["dienTich"] == 10_000.0
    lot_layer.addFeature(made)
    lot_layer.changeGeometry(made.id(), QgsGeometry.fromWkt("MultiPolygon(((0 0, 200 0, 200 100, 0 100, 0 0)))"))
    assert lot_layer.getFeature(made.id())["dienTich"] == 20_000.0


def test_a_new_feature_belongs_to_the_current_plan_and_has_its_codes(lot_layer: QgsVectorLayer):
    made = new_feature(lot_layer)
    assert made["plan"] == snapshots.PLAN
    assert made["maHoSoQH"] == "56QHC0010001"
    assert made["maDoiTuong"].startswith("56QHC0010001-ChucNangSuDungDat_A-T")
    assert made["phanLoai"] == "Chức năng sử dụng đất"


def test_provisional_codes_differ(lot_layer: QgsVectorLayer):
    assert new_feature(lot_layer)["maDoiTuong"] != new_feature(lot_layer)["maDoiTuong"]


def test_another_plan_can_become_the_current_one(lot_layer: QgsVectorLayer):
    forms.set_plan(lot_layer, snapshots.OTHER_PLAN)
    assert new_feature(lot_layer)["plan"] == snapshots.OTHER_PLAN


def new_feature(layer: QgsVectorLayer) -> QgsFeature:
    shape = QgsGeometry.fromWkt("MultiPolygon(((0 0, 100 0, 100 100, 0 100, 0 0)))")
    return QgsVectorLayerUtils.createFeature(layer, shape)
