"""The working copy's layers in a project: where they stand, how they are bound, and that they read right while others write."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsField,
    QgsLayerNotesUtils,
    QgsLayerTreeGroup,
    QgsPointXY,
    QgsProject,
)
from qgis.PyQt.QtCore import QMetaType

from commune_planning_plugin.adapters.forms import FormContext
from commune_planning_plugin.adapters.layers import LAYER_PROPERTY, PlanningLayers, Source
from commune_planning_plugin.adapters.reference_layers import commune_bounds
from commune_planning_plugin.core.schema import Commune, Field, FieldType, GeometryType, Layer
from commune_planning_plugin.store import Lease, Ref, RemoteChange, WorkingCopy, held
from tests.plugin.conftest import wait_until
from tests.store import snapshots

LOTS = snapshots.LOTS.id


def source_of(copy: WorkingCopy) -> Source:
    return Source(copy.path, Commune("22504", "Đại Lãnh", "xã"), FormContext(copy.catalogue, "22504", snapshots.PLAN))


@pytest.fixture
def project(qgis_new_project: None) -> QgsProject:
    return QgsProject.instance()


@pytest.fixture
def layers(project: QgsProject, copy: WorkingCopy) -> Iterator[PlanningLayers]:
    made = PlanningLayers(project, lambda layer_id: Lease.take(copy.path, layer_id, snapshots.START))
    yield made
    for layer_id in made.editing:
        made.layer(layer_id).rollBack()
    made.remove()


@pytest.fixture
def loaded(layers: PlanningLayers, copy: WorkingCopy) -> PlanningLayers:
    layers.load(source_of(copy))
    wait_until(lambda: layers.complete and not layers.loading)
    return layers


def test_each_layer_of_the_working_copy_is_there_and_bound_by_its_id(loaded: PlanningLayers, project: QgsProject):
    bound = {layer.customProperty(LAYER_PROPERTY) for layer in project.mapLayers().values()}
    assert {layer.id for layer in snapshots.LAYERS} <= bound
    assert loaded.layer(LOTS).featureCount() == 10
    assert loaded.id_of(loaded.layer(LOTS)) == LOTS


def test_points_stand_above_lines_above_polygons(loaded: PlanningLayers, project: QgsProject):
    order = [layer.customProperty(LAYER_PROPERTY) for layer in project.layerTreeRoot().layerOrder()]
    assert [name for name in order if "." in name] == [snapshots.MARKS.id, snapshots.LINES.id, LOTS]


def test_the_group_is_named_after_the_commune(loaded: PlanningLayers, project: QgsProject):
    first = project.layerTreeRoot().children()[0]
    assert isinstance(first, QgsLayerTreeGroup)
    assert first.name().startswith("Xã Đại Lãnh – ")


def test_loading_again_adds_nothing(loaded: PlanningLayers, copy: WorkingCopy, project: QgsProject):
    before = set(project.mapLayers())
    loaded.load(source_of(copy))
    wait_until(lambda: not loaded.loading)
    assert set(project.mapLayers()) == before


def test_a_layer_that_a_person_removed_comes_back(loaded: PlanningLayers, copy: WorkingCopy, project: QgsProject):
    project.removeMapLayer(loaded.layer(LOTS).id())
    assert loaded.layer(LOTS) is None
    loaded.load(source_of(copy))
    wait_until(lambda: loaded.complete and not loaded.loading)
    assert loaded.layer(LOTS).featureCount() == 10


def test_a_saved_project_is_bound_again(loaded: PlanningLayers, copy: WorkingCopy, project: QgsProject, tmp_path: Path):
    file = str(tmp_path / "project.qgz")
    assert project.write(file)
    project.clear()
    assert loaded.layer(LOTS) is None
    assert project.read(file)
    loaded.load(source_of(copy))
    wait_until(lambda: loaded.complete and not loaded.loading)
    each = [layer for layer in project.mapLayers().values() if layer.customProperty(LAYER_PROPERTY) == LOTS]
    assert each == [loaded.layer(LOTS)]


def test_a_moved_file_is_said(layers: PlanningLayers, copy: WorkingCopy, tmp_path: Path):
    seen = []
    layers.load_failed.connect(seen.append)
    layers.load(Source(tmp_path / "gone.gpkg", Commune("22504", "Đại Lãnh", "xã"), FormContext(copy.catalogue, "22504")))
    wait_until(lambda: seen)
    assert seen[0].code == "working_copy.missing"


class TestProject:
    def test_it_has_the_province_crs_and_snaps(self, loaded: PlanningLayers, project: QgsProject):
        assert project.crs().authid() == "EPSG:9217"
        assert project.topologicalEditing()
        config = project.snappingConfig()
        assert config.enabled()
        assert config.mode() == Qgis.SnappingMode.AllLayers
        assert config.tolerance() == 12
        assert int(config.typeFlag()) == int(Qgis.SnappingType.Vertex) | int(Qgis.SnappingType.Segment)

    def test_the_control_point_in_nha_trang_is_where_the_decision_puts_it(self, loaded: PlanningLayers, project: QgsProject):
        transform = QgsCoordinateTransform(
            QgsCoordinateReferenceSystem("EPSG:4326"), QgsCoordinateReferenceSystem("EPSG:9217"), project.transformContext()
        )
        point = transform.transform(QgsPointXY(109.1967, 12.2388))
        assert (point.x(), point.y()) == pytest.approx((602805.660, 1353660.028), abs=0.002)
        assert "+rx=-0.00928836" in transform.instantiatedCoordinateOperationDetails().proj

    def test_the_transformation_is_pinned(self, loaded: PlanningLayers, project: QgsProject):
        context = project.transformContext()
        assert context.hasTransform(QgsCoordinateReferenceSystem("EPSG:9217"), QgsCoordinateReferenceSystem("EPSG:4326"))


class TestWriters:
    def test_reads_are_whole_while_another_thread_writes(self, loaded: PlanningLayers, copy: WorkingCopy):
        layer = loaded.layer(LOTS)
        stop = threading.Event()
        path = copy.path

        def write() -> None:
            with WorkingCopy.open(path, wait=5.0) as other:
                while not stop.is_set():
                    for plan in (snapshots.PLAN, snapshots.OTHER_PLAN):
                        other.set_default_plan(plan)

        writer = threading.Thread(target=write)
        writer.start()
        try:
            counts = {sum(1 for _ in layer.getFeatures()) for _ in range(60)}
        finally:
            stop.set()
            writer.join()
        assert counts == {10}

    def test_counts_are_right_after_a_reload(self, loaded: PlanningLayers, copy: WorkingCopy):
        layer = loaded.layer(LOTS)
        layer.startEditing()
        layer.deleteFeature(loaded.fid_of(LOTS, snapshots.key_of(3)))
        assert layer.commitChanges()
        assert layer.featureCount() == 9
        with WorkingCopy.open(copy.path, wait=5.0) as other:
            other.revert([Ref(LOTS, snapshots.key_of(3))])
        loaded.reload()
        assert layer.featureCount() == 10


class TestColumns:
    def test_a_new_field_is_taken_back(self, loaded: PlanningLayers):
        layer, refused = loaded.layer(LOTS), []
        loaded.schema_refused.connect(refused.append)
        layer.startEditing()
        layer.addAttribute(QgsField("mine", QMetaType.Type.QString))
        wait_until(lambda: refused)
        assert layer.fields().lookupField("mine") < 0
        assert layer.commitChanges()
        assert refused == [LOTS]

    def test_a_deleted_field_comes_back_even_when_saved_at_once(self, loaded: PlanningLayers, copy: WorkingCopy):
        layer, refused = loaded.layer(LOTS), []
        loaded.schema_refused.connect(refused.append)
        layer.startEditing()
        layer.deleteAttribute(layer.fields().lookupField("heSo"))
        layer.commitChanges()
        assert refused == [LOTS]
        assert layer.fields().lookupField("heSo") >= 0
        assert copy.damage() == []


def test_a_feature_is_found_by_its_key_and_told_when_selected(loaded: PlanningLayers):
    seen = []
    loaded.feature_selected.connect(lambda layer, key: seen.append((layer, key)))
    loaded.select(LOTS, snapshots.key_of(4))
    assert loaded.layer(LOTS).selectedFeatureCount() == 1
    assert seen == [(LOTS, snapshots.key_of(4))]
    assert loaded.fid_of(LOTS, "no such key") is None


def test_letting_go_leaves_ordinary_layers(loaded: PlanningLayers, copy: WorkingCopy, project: QgsProject):
    layer = loaded.layer(LOTS)
    layer.startEditing()
    loaded.let_go()
    assert held(copy.path) == []
    assert layer.id() in project.mapLayers()
    layer.rollBack()


def test_the_commune_is_what_one_looks_at_first(tmp_path: Path):
    made = snapshots.make_working_copy(tmp_path, {snapshots.LOTS.id: snapshots.lots(3)})
    try:
        home = commune_bounds(made.path, made.identity.commune)
        assert home is not None
        assert home[0] < home[2]
        assert commune_bounds(made.path, "00000") is None
    finally:
        made.close()


def test_what_a_pull_adds_to_the_file_is_shown_while_it_is_open(loaded: PlanningLayers, copy: WorkingCopy, project: QgsProject):
    priority = Field("mucDo", FieldType.TEXT, "Mức độ", "Priority", length=20, default="vừa")
    trees = Layer("QuyHoach.CayXanh_P", GeometryType.POINT, (), "Cây xanh", "Trees", group="Cây")
    lots = replace(snapshots.LOTS, legal_fields=(*snapshots.LOTS.legal_fields, priority), title_en="Lots")
    catalogue = replace(snapshots.CATALOGUE, layers=(lots, snapshots.LINES, snapshots.MARKS, trees))
    qgis_ids = {layer_id: loaded.layer(layer_id).id() for layer_id in (LOTS, snapshots.LINES.id)}
    changes = [RemoteChange(LOTS, snapshots.key_of(n), "update", {"mucDo": "vừa"}) for n in range(10)]
    copy.apply(copy.stage(changes, (), snapshots.NEXT, catalogue=catalogue))
    loaded.reload()
    loaded.load(source_of(copy))
    wait_until(lambda: loaded.complete and not loaded.loading)
    layer = loaded.layer(LOTS)
    assert {layer_id: loaded.layer(layer_id).id() for layer_id in qgis_ids} == qgis_ids
    index = layer.fields().lookupField("mucDo")
    assert (layer.fields().at(index).length(), layer.attributeAlias(index)) in [(20, "Priority"), (20, "Mức độ")]
    assert {feature["mucDo"] for feature in layer.getFeatures()} == {"vừa"}
    assert layer.defaultValueDefinition(index).expression() == "'vừa'"
    shown = loaded.layer(trees.id)
    assert shown.customProperty(LAYER_PROPERTY) == trees.id
    assert (shown.featureCount(), shown.renderer().type()) == (0, "singleSymbol")
    group = project.layerTreeRoot().findLayer(shown.id()).parent()
    assert group.parent().name().startswith("Xã Đại Lãnh – ")
    layer.startEditing()
    layer.changeAttributeValue(1, index, "cao")
    assert layer.commitChanges(), layer.commitErrors()
    assert [change.new for change in copy.changes().changes] == [{"mucDo": "cao"}]


def test_what_a_layer_is_stands_beside_the_mouse_and_covers_no_name(loaded: PlanningLayers):
    layer = loaded.layer(LOTS)
    assert LOTS in layer.serverProperties().abstract()
    assert not QgsLayerNotesUtils.layerHasNotes(layer)
