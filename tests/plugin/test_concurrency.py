"""QGIS, pulls and other programs at one working copy at the same time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from qgis.core import Qgis, QgsFeatureRequest, QgsMapRendererParallelJob, QgsMapSettings, QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

from commune_planning_plugin.adapters.layers import PlanningLayers
from commune_planning_plugin.core.errors import WorkingCopyError
from commune_planning_plugin.store import Lease, RemoteChange, WorkingCopy, held
from commune_planning_plugin.store.model import Checkpoint
from tests.plugin.conftest import wait_until
from tests.plugin.other_qgis import OtherQgis
from tests.plugin.test_layers import source_of
from tests.store import snapshots

LOTS = snapshots.LOTS.id
NAME = "tenDoiTuong"


@pytest.fixture
def project(qgis_new_project: None) -> QgsProject:
    return QgsProject.instance()


@pytest.fixture
def layers(project: QgsProject, copy: WorkingCopy) -> Iterator[PlanningLayers]:
    made = PlanningLayers(project, lambda layer_id: Lease.take(copy.path, layer_id, snapshots.START))
    made.load(source_of(copy))
    wait_until(lambda: made.complete and not made.loading)
    yield made
    for layer_id in made.editing:
        made.layer(layer_id).rollBack()
    made.remove()
    project.setTransactionMode(Qgis.TransactionMode.Disabled)


def rename(layer, fid: int, name: str) -> None:
    assert layer.changeAttributeValue(fid, layer.fields().lookupField(NAME), name)


def names(layer) -> dict[int, str]:
    return {feature.id(): feature[NAME] for feature in layer.getFeatures()}


class Puller(threading.Thread):
    """Pulls again and again, each time deleting a lot and adding one: ten lots at every revision."""

    def __init__(self, path: Path) -> None:
        super().__init__(daemon=True)
        self._path = path
        self.stop = threading.Event()
        self.pulls = 0
        self.error = None

    def run(self) -> None:
        try:
            with WorkingCopy.open(self._path, wait=10.0) as copy:
                while not self.stop.is_set():
                    self._pull(copy)
        except Exception as error:  # noqa: BLE001 (told by the test)
            self.error = error

    def _pull(self, copy: WorkingCopy) -> None:
        number = copy.checkpoint.number + 1
        place = self.pulls % 10
        there = snapshots.lot(place)
        gone, come = (snapshots.key_of(place + 1000 * turn) for turn in (self.pulls // 10, self.pulls // 10 + 1))
        changes = [RemoteChange(LOTS, gone, "delete", None), RemoteChange(LOTS, come, "insert", there)]
        copy.apply(copy.stage(changes, (), Checkpoint(number, f"id-{number}")))
        self.pulls += 1


class TestUnderAnOpenMap:
    def test_no_read_and_no_picture_lacks_a_row_while_pulls_come_in(self, layers: PlanningLayers, copy: WorkingCopy):
        layer = layers.layer(LOTS)
        puller = Puller(copy.path)
        counts, pictures = [], []
        puller.start()
        try:
            end = time.monotonic() + 6
            while time.monotonic() < end and puller.error is None:
                counts += [sum(1 for _ in layer.getFeatures()) for _ in range(5)]
                counts.append(len(list(layer.getFeatures(QgsFeatureRequest(QgsRectangle(6e5, 14e5, 601_000, 1_400_100))))))
                pictures.append(drawn_lots(layer))
                layers.reload()
        finally:
            puller.stop.set()
            puller.join()
        assert puller.error is None
        assert puller.pulls > 20
        assert len(pictures) > 10
        assert set(counts) == {10}
        assert set(pictures) == {10}
        layers.reload()
        assert layer.featureCount() == 10

    def test_the_log_file_stays_small_while_qgis_reads(self, layers: PlanningLayers, copy: WorkingCopy):
        puller = Puller(copy.path)
        puller.start()
        sizes = []
        end = time.monotonic() + 4
        while time.monotonic() < end:
            list(layers.layer(LOTS).getFeatures())
            sizes.append(Path(f"{copy.path}-wal").stat().st_size)
        puller.stop.set()
        puller.join()
        assert puller.error is None
        assert puller.pulls > 20
        assert max(sizes) < 8 << 20


def drawn_lots(layer) -> int:
    """How many of the ten lots are in a picture of the layer."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setOutputSize(QSize(500, 50))
    settings.setExtent(QgsRectangle(600_000, 1_400_000, 601_000, 1_400_100))
    background = QColor(1, 2, 3)
    settings.setBackgroundColor(background)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    return sum(image.pixelColor(25 + 50 * number, 25) != background for number in range(10))


class TestASecondQgis:
    @pytest.fixture
    def other(self, copy: WorkingCopy) -> Iterator[OtherQgis]:
        made = OtherQgis(copy.path)
        yield made
        made.kill()

    def test_that_edits_keeps_a_pull_waiting_until_it_stops_or_dies(self, other: OtherQgis, copy: WorkingCopy):
        staged = copy.stage([RemoteChange(LOTS, snapshots.key_of(1), "update", {NAME: "theirs"})], (), snapshots.NEXT)
        for end in ("stop", "kill"):
            assert other.do("edit") == "True"
            with pytest.raises(WorkingCopyError, match=r"working_copy\.in_edit") as refused:
                copy.apply(staged)
            assert [(holder.layer, holder.here) for holder in refused.value.details["holders"]] == [(LOTS, False)]
            other.do("stop") if end == "stop" else other.kill()
            assert held(copy.path) == []
        assert copy.apply(staged).updated == 1

    def test_that_saves_is_seen_here_and_no_row_is_ever_missing(self, layers: PlanningLayers, other: OtherQgis, copy: WorkingCopy):
        layer, seen = layers.layer(LOTS), set()
        for number in range(8):
            assert other.do("edit") == "True"
            assert other.do(f"rename {number + 1} saved{number}") == "True"
            other.begin("save")
            seen |= {sum(1 for _ in layer.getFeatures()) for _ in range(20)}
            assert other.answer() == "True"
        assert seen == {10}
        assert [names(layer)[number + 1] for number in range(8)] == [f"saved{number}" for number in range(8)]
        assert len(copy.changes().changes) == 8

    def test_that_only_shows_lacks_no_row_while_this_one_saves_and_pulls(
        self, layers: PlanningLayers, other: OtherQgis, copy: WorkingCopy
    ):
        layer = layers.layer(LOTS)
        other.begin("look 4")
        for number in range(12):
            layer.startEditing()
            rename(layer, number % 10 + 1, f"here{number}")
            assert layer.commitChanges()
            stamp = Checkpoint(copy.checkpoint.number + 1, str(number))
            copy.apply(copy.stage([RemoteChange(LOTS, snapshots.key_of(9), "update", {"tangCao": number})], (), stamp))
        assert other.answer() == "10"

    def test_both_edit_and_both_saves_stay(self, layers: PlanningLayers, other: OtherQgis, copy: WorkingCopy):
        layer = layers.layer(LOTS)
        layer.startEditing()
        assert other.do("edit") == "True"
        rename(layer, 1, "mine")
        other.do("rename 2 hers")
        assert other.do("save") == "True"
        assert layer.commitChanges(), layer.commitErrors()
        assert {fid: name for fid, name in names(layer).items() if fid < 3} == {1: "mine", 2: "hers"}
        assert len(copy.changes().changes) == 2

    def test_without_the_plugin_may_edit_too(self, layers: PlanningLayers, copy: WorkingCopy):
        plain = OtherQgis(copy.path, "plain")
        layer, seen = layers.layer(LOTS), set()
        try:
            assert plain.do("edit") == "True"
            assert held(copy.path) == []
            plain.do("rename 3 plain")
            plain.begin("save")
            seen = {sum(1 for _ in layer.getFeatures()) for _ in range(30)}
            assert plain.answer() == "True"
        finally:
            plain.kill()
        assert seen == {10}
        assert [change.new for change in copy.changes().changes] == [{NAME: "plain"}]


class TestTransactionGroups:
    @pytest.mark.parametrize("mode", [Qgis.TransactionMode.AutomaticGroups, Qgis.TransactionMode.BufferedGroups])
    def test_are_switched_off_while_our_layers_are_shown(
        self, layers: PlanningLayers, project: QgsProject, mode, copy: WorkingCopy
    ):
        told = []
        layers.transactions_switched_off.connect(lambda: told.append(1))
        project.setTransactionMode(mode)
        wait_until(lambda: told)
        assert project.transactionMode() == Qgis.TransactionMode.Disabled
        layer = layers.layer(LOTS)
        layer.startEditing()
        rename(layer, 1, "x")
        assert [holder.layer for holder in held(copy.path)] == [LOTS]
        with WorkingCopy.open(copy.path) as background:
            background.set_default_plan(snapshots.OTHER_PLAN)
        assert layer.commitChanges(), layer.commitErrors()
        assert len(copy.changes().changes) == 1
        assert told == [1]

    @pytest.mark.parametrize("mode", [Qgis.TransactionMode.AutomaticGroups, Qgis.TransactionMode.BufferedGroups])
    def test_of_a_project_that_had_them_are_off_before_anything_is_drawn(self, project: QgsProject, copy: WorkingCopy, mode):
        project.setTransactionMode(mode)
        made = PlanningLayers(project, lambda layer_id: Lease.take(copy.path, layer_id, snapshots.START))
        told = []
        made.transactions_switched_off.connect(lambda: told.append(1))
        made.load(source_of(copy))
        wait_until(lambda: made.complete and not made.loading)
        assert (project.transactionMode(), told) == (Qgis.TransactionMode.Disabled, [1])
        made.remove()

    def test_of_a_project_that_is_being_edited_go_when_editing_ends(self, project: QgsProject, copy: WorkingCopy):
        """Opened without the plugin, then the plugin is switched on."""
        from qgis.core import QgsVectorLayer

        project.setTransactionMode(Qgis.TransactionMode.AutomaticGroups)
        first = QgsVectorLayer(f"{copy.path}|layername={snapshots.LOTS.table}", "lots", "ogr")
        first.setCustomProperty("planning/layer", LOTS)
        project.addMapLayer(first)
        first.startEditing()
        made = PlanningLayers(project, lambda layer_id: Lease.take(copy.path, layer_id, snapshots.START))
        made.load(source_of(copy))
        wait_until(lambda: made.complete and not made.loading, 20)
        assert project.transactionMode() == Qgis.TransactionMode.AutomaticGroups
        assert held(copy.path)
        rename(first, 1, "x")
        assert first.commitChanges(), first.commitErrors()
        wait_until(lambda: project.transactionMode() == Qgis.TransactionMode.Disabled)
        assert held(copy.path) == []
        assert [change.new for change in copy.changes().changes] == [{NAME: "x"}]
        made.remove()

    def test_are_the_projects_own_again_without_our_layers(self, layers: PlanningLayers, project: QgsProject):
        layers.remove()
        assert project.setTransactionMode(Qgis.TransactionMode.AutomaticGroups)
        wait_until(lambda: True)
        assert project.transactionMode() == Qgis.TransactionMode.AutomaticGroups
