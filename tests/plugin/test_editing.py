"""Edit sessions: leases, locked saves, and keys that the file gives."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator

import pytest
from qgis.core import QgsFeature, QgsProject, QgsVectorLayer

from commune_planning_plugin.adapters.editing import EditWatch
from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.store import Lease, WorkingCopy, held
from tests.plugin.conftest import wait_until
from tests.store import snapshots

LOTS = snapshots.LOTS

pytestmark = pytest.mark.usefixtures("qgis_app")


@pytest.fixture
def lot_layer(copy: WorkingCopy) -> Iterator[QgsVectorLayer]:
    layer = QgsVectorLayer(f"{copy.path}|layername={LOTS.table}", "lots", "ogr")
    QgsProject.instance().addMapLayer(layer)
    layer.dataProvider().enterUpdateMode()
    yield layer
    layer.rollBack()
    QgsProject.instance().removeMapLayer(layer.id())


@pytest.fixture
def watch(lot_layer: QgsVectorLayer, copy: WorkingCopy) -> Iterator[EditWatch]:
    made = EditWatch(lot_layer, lambda: Lease.take(copy.path, LOTS.id, snapshots.START))
    yield made
    made.release()
    made.deleteLater()


def test_editing_holds_a_lease_until_it_ends(watch: EditWatch, lot_layer: QgsVectorLayer, copy: WorkingCopy):
    assert held(copy.path) == []
    lot_layer.startEditing()
    assert [holder.layer for holder in held(copy.path)] == [LOTS.id]
    assert watch.editing
    lot_layer.rollBack()
    assert held(copy.path) == []
    assert not watch.editing


def test_a_save_that_goes_on_editing_keeps_the_lease(watch: EditWatch, lot_layer: QgsVectorLayer, copy: WorkingCopy):
    saved = []
    watch.saved.connect(lambda: saved.append(1))
    lot_layer.startEditing()
    rename(lot_layer, "x")
    assert lot_layer.commitChanges(False)
    assert saved == [1]
    assert held(copy.path)


def test_a_layer_already_in_edit_mode_gets_its_lease_at_once(lot_layer: QgsVectorLayer, copy: WorkingCopy):
    lot_layer.startEditing()
    late = EditWatch(lot_layer, lambda: Lease.take(copy.path, LOTS.id, snapshots.START))
    assert held(copy.path)
    late.release()


def test_a_pull_is_refused_while_another_process_edits(copy: WorkingCopy):
    staged = copy.stage([], [], snapshots.NEXT)
    code = (
        "import sys; from pathlib import Path; from commune_planning_plugin.store import Lease, Checkpoint\n"
        "lease = Lease.take(Path(sys.argv[1]), 'QuyHoach.ChucNangSuDungDat_A', Checkpoint(7, 'x'))\n"
        "print('held', flush=True); input()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(copy.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="."
    )
    assert other.stdout.readline().strip() == "held"
    with pytest.raises(WorkingCopyError) as refused:
        copy.apply(staged)
    assert refused.value.code == "working_copy.in_edit"
    assert not refused.value.details["holders"][0].here
    other.kill()
    other.communicate()
    copy.apply(staged)
    assert copy.checkpoint == snapshots.NEXT


def test_editing_is_ended_again_where_no_lease_can_be_had(lot_layer: QgsVectorLayer):
    seen = []

    def refuse() -> Lease:
        raise WorkingCopyError("working_copy.unreadable", path="x")

    watch = EditWatch(lot_layer, refuse)
    watch.lease_refused.connect(seen.append)
    lot_layer.startEditing()
    wait_until(lambda: not lot_layer.isEditable())
    assert seen[0].code == "working_copy.unreadable"
    watch.deleteLater()


def test_a_save_that_finds_the_file_locked_is_tried_again(watch: EditWatch, lot_layer: QgsVectorLayer, copy: WorkingCopy):
    retried, saved = [], []
    watch.save_retried.connect(retried.append)
    watch.saved.connect(lambda: saved.append(1))
    blocker = sqlite3.connect(copy.path)
    blocker.execute("BEGIN IMMEDIATE")
    lot_layer.startEditing()
    rename(lot_layer, "retried")
    assert not lot_layer.commitChanges()
    wait_until(lambda: retried)
    blocker.rollback()
    blocker.close()
    wait_until(lambda: saved)
    assert not lot_layer.isEditable()
    assert [change.change.new["tenDoiTuong"] for change in copy.status()] == ["retried"]


def test_pasted_and_split_features_get_keys_of_their_own(watch: EditWatch, lot_layer: QgsVectorLayer, copy: WorkingCopy):
    original = next(lot_layer.getFeatures())
    pasted = QgsFeature(original)
    pasted["fid"] = None
    lot_layer.startEditing()
    lot_layer.addFeature(pasted)
    assert lot_layer.commitChanges()
    lot_layer.reload()
    keys = [feature["key"] for feature in lot_layer.getFeatures()]
    births = [feature["birth"] for feature in lot_layer.getFeatures()]
    assert len(set(keys)) == len(keys) == 11
    assert len(set(births)) == 11
    assert original["key"] in keys


def rename(layer: QgsVectorLayer, name: str) -> None:
    first = next(layer.getFeatures())
    layer.changeAttributeValue(first.id(), layer.fields().lookupField("tenDoiTuong"), name)
