"""What people and other programs do to a working copy's layers in QGIS: told by name, with its place, and nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from qgis.core import (
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
    QgsLineString,
    QgsPoint,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsVectorLayerUtils,
)

from commune_planning_plugin.adapters import settings
from commune_planning_plugin.adapters.desktop import Desktop
from commune_planning_plugin.core.changes import ChangeKind
from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.session import PlanningSession
from commune_planning_plugin.session.contents import open_contents
from commune_planning_plugin.store import Draft, WorkingCopy
from tests.plugin.conftest import StrictIface, flush, wait_until
from tests.plugin.test_session import Told, lot_layer, rename
from tests.store import snapshots

LOTS = snapshots.LOTS


def start(iface: StrictIface) -> PlanningSession:
    made = PlanningSession(QgsProject.instance(), Desktop(iface))
    made.start()
    return made


@pytest.fixture
def file(own_settings: Path) -> Path:
    rows = {LOTS.id: snapshots.lots(10), snapshots.LINES.id: {}, snapshots.MARKS.id: {}}
    snapshots.make_working_copy(own_settings, rows, "22504_aabbccdd.gpkg").close()
    settings.set_commune("22504")
    return own_settings / "22504_aabbccdd.gpkg"


@pytest.fixture
def session(iface: StrictIface, file: Path) -> Iterator[PlanningSession]:
    made = start(iface)
    wait_until(lambda: made.has_working_copy and made._context.layers.complete and not made._context.layers.loading)
    yield made
    for layer_id in made._context.layers.editing:
        made._context.layers.layer(layer_id).rollBack()
    made.stop()
    made.deleteLater()
    flush()


@pytest.fixture
def told(session: PlanningSession) -> Told:
    return Told(session)


def saved(session: PlanningSession, layer: QgsVectorLayer, changes: int) -> None:
    assert layer.commitChanges(), layer.commitErrors()
    wait_until(lambda: len(session.local_changes) + len(session.problems) == changes)


def lot_of(session: PlanningSession, number: int) -> QgsFeature:
    return lot_layer(session).getFeature(session._context.layers.fid_of(LOTS.id, snapshots.key_of(number)))


def middle(feature: QgsFeature) -> QgsLineString:
    """A line across the feature, from below to above."""
    box = feature.geometry().boundingBox()
    x = box.center().x()
    return QgsLineString([QgsPoint(x, box.yMinimum() - 1), QgsPoint(x, box.yMaximum() + 1)])


def test_the_split_tool_keeps_one_key_and_gives_the_other_part_its_own(session: PlanningSession):
    layer, original = lot_layer(session), lot_of(session, 3)
    layer.startEditing()
    layer.selectByIds([original.id()])
    layer.splitFeatures(middle(original), False, False)
    saved(session, layer, 2)
    kinds = {local.change.kind: local.change for local in session.local_changes}
    assert set(kinds) == {ChangeKind.UPDATE, ChangeKind.INSERT}
    kept, made = kinds[ChangeKind.UPDATE], kinds[ChangeKind.INSERT]
    assert kept.key == original["key"] != made.key
    assert made.new["birth"] != original["birth"]
    assert (kept.new["dienTich"], made.new["dienTich"]) == (5000.0, 5000.0)
    assert made.new["plan"] == original["plan"]
    with WorkingCopy.open(session._state.path) as copy:
        assert copy.proposed_lineage([kept, made]) == {made.key: (original["key"],)}


def test_split_twice_before_saving(session: PlanningSession):
    layer, original = lot_layer(session), lot_of(session, 3)
    box = original.geometry().boundingBox()
    layer.startEditing()
    layer.selectByIds([original.id()])
    layer.splitFeatures(middle(original), False, False)
    layer.selectByRect(box.buffered(-1))
    y = box.center().y()
    across = QgsLineString([QgsPoint(box.xMinimum() - 1, y), QgsPoint(box.xMaximum() + 1, y)])
    layer.splitFeatures(across, False, False)
    saved(session, layer, 4)
    keys = [local.change.key for local in session.local_changes]
    assert len(set(keys)) == len(keys)
    assert original["key"] in keys
    assert [local.change.new["dienTich"] for local in session.local_changes] == [2500.0] * 4


def test_pasted_lots_get_keys_of_their_own(session: PlanningSession):
    """As QGIS pastes: the attributes as they were copied, the rowid left to the file."""
    layer = lot_layer(session)
    copied = [lot_of(session, number) for number in (1, 2)]
    context = layer.createExpressionContext()
    layer.startEditing()
    for feature in (*copied, *copied):
        attributes = {i: value for i, value in enumerate(feature.attributes()) if layer.fields()[i].name() != "fid"}
        layer.addFeature(QgsVectorLayerUtils.createFeature(layer, feature.geometry(), attributes, context))
    saved(session, layer, 4)
    keys = {local.change.key for local in session.local_changes}
    births = {local.change.new["birth"] for local in session.local_changes}
    assert all(local.change.kind is ChangeKind.INSERT for local in session.local_changes)
    assert len(keys) == len(births) == 4
    assert not keys & {feature["key"] for feature in copied}


def test_cut_pasted_and_undone_is_no_change(session: PlanningSession):
    layer, original = lot_layer(session), lot_of(session, 4)
    layer.startEditing()
    layer.deleteFeature(original.id())
    layer.undoStack().undo()
    layer.changeAttributeValue(original.id(), layer.fields().lookupField("tenDoiTuong"), "x")
    saved(session, layer, 1)
    layer.startEditing()
    layer.changeAttributeValue(original.id(), layer.fields().lookupField("tenDoiTuong"), original["tenDoiTuong"])
    saved(session, layer, 0)


SHAPES = {
    "POLYGON ((600000 1400000, 600100 1400100, 600100 1400000, 600000 1400100, 600000 1400000))": "geometry.invalid",
    "MULTIPOLYGON EMPTY": "geometry.empty",
    "POLYGON Z ((600000 1400000 5, 600090 1400000 5, 600090 1400100 5, 600000 1400000 5))": None,
    "CURVEPOLYGON (CIRCULARSTRING (600000 1400000, 600050 1400050, 600000 1400000))": None,
}


@pytest.mark.parametrize("text", SHAPES)
def test_shapes_given_by_scripts_and_tools_are_mended_or_listed_with_their_place(session: PlanningSession, text: str):
    """QGIS itself turns a curve into segments where the table has none."""
    layer, original = lot_layer(session), lot_of(session, 0)
    layer.startEditing()
    layer.changeGeometry(original.id(), QgsGeometry.fromWkt(text))
    assert layer.commitChanges()
    code = SHAPES[text]
    wait_until(lambda: session.problems if code else session.local_changes)
    assert [problem.code for problem in session.problems] == ([code] if code else [])
    if code is None:
        (local,) = session.local_changes
        assert local.change.new["geom"][1:5] == b"\x06\x00\x00\x00"  # flat
        return
    assert session.problems[0].place is not None
    assert session.problems[0].key == original["key"]


def test_saving_another_layer_over_one_is_noticed_and_repaired(session: PlanningSession, told: Told, file: Path):
    """QGIS's "save as", overwriting the layer, makes the table anew without what records edits."""
    ref = rename(session, 5, "Trước khi ghi đè")
    memory = lot_layer(session).materialize(QgsFeatureRequest())
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    options.layerName = LOTS.table
    options.actionOnExistingFile = QgsVectorFileWriter.ActionOnExistingFile.CreateOrOverwriteLayer
    options.attributes = [i for i, field in enumerate(memory.fields()) if field.name() != "fid"]
    transform = QgsProject.instance().transformContext()
    error = QgsVectorFileWriter.writeAsVectorFormatV3(memory, str(file), transform, options)
    assert error[0] == QgsVectorFileWriter.WriterError.NoError, error
    wait_until(lambda: session.damage)
    assert {damage.layer for damage in session.damage} == {LOTS.id}
    wait_until(lambda: told.failures)
    with WorkingCopy.open(file) as copy:
        with pytest.raises(WorkingCopyError, match=r"tracking\.lost"):
            copy.apply(copy.stage([], [], snapshots.NEXT))
        with pytest.raises(WorkingCopyError, match=r"tracking\.lost"):
            copy.outbox.freeze(Draft(ref.key, 1, None, "Ghi đè", 2, "Vì", (ref,)))
        assert copy.checkpoint == snapshots.START
    session.repair()
    wait_until(lambda: not session.damage, 20)
    wait_until(lambda: [local.change.key for local in session.local_changes] == [ref.key])
    assert session.local_changes[0].change.new["tenDoiTuong"] == "Trước khi ghi đè"


def test_a_file_of_another_commune_is_not_shown_as_this_ones(iface: StrictIface, file: Path):
    settings.set_commune("22516")
    other = file.with_name("22516_aabbccdd.gpkg")
    file.rename(other)
    session = PlanningSession(QgsProject.instance(), Desktop(iface))
    told = Told(session)
    session.start()
    wait_until(lambda: told.failures)
    assert told.failures == [("working_copy.other_commune", "open")]
    assert not session.has_working_copy
    assert QgsProject.instance().mapLayers() == {}
    session.stop()
    session.deleteLater()
    flush()


def test_a_file_of_another_hub_is_refused_by_name(file: Path):
    assert open_contents(file, "22504", "").identity.commune == "22504"
    assert open_contents(file, "22504", snapshots.IDENTITY.hub_id).identity == snapshots.IDENTITY
    with pytest.raises(WorkingCopyError, match=r"working_copy\.other_hub"):
        open_contents(file, "22504", "of another province")


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00" + b"\x00" * 200])
def test_a_file_that_is_none_is_said_and_left_alone(iface: StrictIface, file: Path, content: bytes):
    file.write_bytes(content)
    session = PlanningSession(QgsProject.instance(), Desktop(iface))
    told = Told(session)
    session.start()
    wait_until(lambda: told.failures)
    assert told.failures[0][0] in ("working_copy.not_a_working_copy", "working_copy.missing")
    assert not session.has_working_copy
    assert file.read_bytes() == content
    session.stop()
    session.deleteLater()
    flush()
