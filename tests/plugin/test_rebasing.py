"""A working copy that goes on from a fresh snapshot, with its layers open in QGIS."""

from __future__ import annotations

import time
from pathlib import Path

import psycopg
import pytest
from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication, QTimer

from commune_planning_plugin.adapters.layers import PlanningLayers
from commune_planning_plugin.adapters.reference_layers import COMMUNES
from commune_planning_plugin.session import PlanningSession
from commune_planning_plugin.store import Checkpoint, Fresh, LocalState, WorkingCopy
from tests.hub.tiny import LOTS, SOUTH, lot_key, square
from tests.plugin.conftest import wait_until
from tests.plugin.hub_fixtures import *  # noqa: F403
from tests.plugin.test_layers import layers, loaded, project  # noqa: F401 (fixtures)
from tests.plugin.test_session import Told
from tests.plugin.test_session_with_hub import LOT, desk, make, rename, settle  # noqa: F401 (fixtures)
from tests.store import snapshots

WEST, EAST = lot_key("22504", 0, 0), lot_key("22516", 6, 6)


def move_area(conninfo: str) -> None:
    """To the east by some lots."""
    with psycopg.connect(conninfo) as connection:
        connection.execute(
            "UPDATE hub.commune SET area = ST_Multi(ST_GeomFromWKB(%s, 9217)), area_epoch = area_epoch + 1 WHERE code = '22504'",
            (square(600_250, SOUTH - 200, 1_400),),
        )
        connection.execute("DELETE FROM hub.commune_part WHERE commune = '22504'")
        connection.execute(
            "INSERT INTO hub.commune_part SELECT code, (ST_Dump(ST_Subdivide(area))).geom FROM hub.commune WHERE code = '22504'"
        )


def names(layer: QgsVectorLayer) -> dict[str, object]:
    return {feature["key"]: feature["tenDoiTuong"] for feature in layer.getFeatures()}


def test_open_layers_show_the_new_content_and_write_into_it(loaded: PlanningLayers, copy: WorkingCopy, tmp_path: Path):  # noqa: F811
    layer = loaded.layer(snapshots.LOTS.id)
    layer.startEditing()
    layer.changeAttributeValue(3, layer.fields().lookupField("tenDoiTuong"), "mine")
    assert layer.commitChanges()
    shown = layer.getFeature(5)["key"]
    rows = {snapshots.LOTS.id: {**snapshots.lots(14), snapshots.key_of(1): snapshots.lot(1, tenDoiTuong="theirs")}}
    snapshot = snapshots.make_snapshot(tmp_path / "fresh", rows)
    with WorkingCopy.open(copy.path, wait=5.0) as other:
        other.rebase(Fresh(snapshot, snapshots.CATALOGUE, snapshots.NEXT))
    loaded.reload_all()
    wait_until(lambda: layer.featureCount() == 14)
    found = names(layer)
    assert (found[snapshots.key_of(1)], found[snapshots.key_of(2)]) == ("theirs", "mine")
    assert layer.getFeature(5)["key"] == shown
    layer.startEditing()
    layer.changeAttributeValue(
        loaded.fid_of(snapshots.LOTS.id, snapshots.key_of(12)), layer.fields().lookupField("tenDoiTuong"), "later"
    )
    assert layer.commitChanges()
    with WorkingCopy.open(copy.path, wait=5.0) as other:
        assert {item.change.key for item in other.status()} == {snapshots.key_of(2), snapshots.key_of(12)}
        assert other.damage() == []


def test_what_is_read_meanwhile_is_whole(loaded: PlanningLayers, copy: WorkingCopy, tmp_path: Path):  # noqa: F811
    import threading

    layer, stop = loaded.layer(snapshots.LOTS.id), threading.Event()
    fresh = [snapshots.make_snapshot(tmp_path / f"{n}", {snapshots.LOTS.id: snapshots.lots(n)}) for n in (10, 200)]
    path = copy.path
    failures: list[Exception] = []

    def work() -> None:
        try:
            with WorkingCopy.open(path, wait=5.0) as other:
                for turn in range(6):
                    other.rebase(Fresh(fresh[turn % 2], snapshots.CATALOGUE, Checkpoint(20 + turn, f"id-{turn}")))
        except Exception as error:  # noqa: BLE001
            failures.append(error)
        finally:
            stop.set()

    writer = threading.Thread(target=work)
    writer.start()
    counts = set()
    while not stop.is_set():
        counts.add(sum(1 for _ in layer.getFeatures()))
    writer.join()
    assert failures == []
    assert counts <= {10, 200}


def test_another_area_is_taken_over_with_edits_and_layers(desk: PlanningSession, conninfo: str):  # noqa: F811
    rename(desk, WEST, "Ở phía tây")
    rename(desk, LOT, "Ở giữa")
    opened = {layer_id: desk._context.layers.layer(layer_id) for layer_id in [LOTS]}
    move_area(conninfo)
    told = Told(desk)
    details: list[dict[str, object]] = []
    desk.noticed.connect(lambda code, more: details.append(more) if code == "pull.done" else None)
    desk.pull()
    wait_until(lambda: "pull.done" in told.news)
    settle(desk)
    assert details[0]["fresh"] == "area"
    layer = desk._context.layers.layer(LOTS)
    assert layer is opened[LOTS]
    found = names(layer)
    assert (found[WEST], found[LOT], EAST in found, lot_key("22504", 0, 9) in found) == ("Ở phía tây", "Ở giữa", True, False)
    assert {local.change.key: local.state for local in desk.local_changes} == {WEST: LocalState.LOCAL, LOT: LocalState.LOCAL}
    assert not layer.readOnly()
    rename(desk, EAST, "Ở phía đông")
    (reference,) = [
        each for each in QgsProject.instance().mapLayers().values() if each.customProperty("planning/layer") == COMMUNES
    ]
    assert reference.isValid()
    assert told.failures == []


def test_a_contact_says_once_that_the_area_is_another(desk: PlanningSession, conninfo: str):  # noqa: F811
    told = Told(desk)
    move_area(conninfo)
    for _ in range(2):
        desk.refresh()
        settle(desk)
    assert (told.news.count("area.changed"), told.failures) == (1, [])
    desk.pull()
    settle(desk)
    assert EAST in names(desk._context.layers.layer(LOTS))


def test_who_loses_a_clearance_loses_the_features_at_the_next_contact(desk: PlanningSession, conninfo: str):  # noqa: F811
    """Without being asked for, and not while a layer is in edit mode."""
    with psycopg.connect(conninfo) as province:
        province.execute("UPDATE hub.account SET cleared = true WHERE name = 'dailanh.kt'")
        province.execute('UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET visibility = 2 WHERE key = %s', (WEST,))
    told = Told(desk)
    desk.refresh()
    wait_until(lambda: told.news.count("pull.done") == 1)
    settle(desk)
    rename(desk, WEST, "Kho đạn")
    rename(desk, LOT, "Ở giữa")
    with psycopg.connect(conninfo) as province:
        province.execute("UPDATE hub.account SET cleared = false WHERE name = 'dailanh.kt'")
    desk.start_drawing(LOTS)
    desk.refresh()
    settle(desk)
    assert told.news.count("pull.done") == 1
    desk._context.layers.layer(LOTS).rollBack()
    desk._automatic._pull_if_free()
    wait_until(lambda: told.news.count("pull.done") == 2)
    settle(desk)
    assert WEST not in names(desk._context.layers.layer(LOTS))
    assert [local.change.key for local in desk.local_changes] == [LOT]
    assert (told.news.count("clearance.changed"), told.failures) == (2, [])


def test_it_waits_for_the_end_of_editing(desk: PlanningSession, conninfo: str):  # noqa: F811
    move_area(conninfo)
    told = Told(desk)
    desk.start_drawing(LOTS)
    desk.pull()
    assert told.news == ["pull.waiting"]
    assert lot_key("22504", 0, 9) in names(desk._context.layers.layer(LOTS))
    desk._context.layers.layer(LOTS).rollBack()
    desk._copy._pull_if_free()
    wait_until(lambda: "pull.done" in told.news)
    settle(desk)
    assert EAST in names(desk._context.layers.layer(LOTS))


@pytest.mark.parametrize("stopped_after_s", [0.0, 0.05, 0.1, 0.2, 0.4, 0.8])
def test_cancelled_everything_is_as_before(desk: PlanningSession, conninfo: str, stopped_after_s: float):  # noqa: F811
    rename(desk, WEST, "Ở phía tây")
    before, checkpoint = names(desk._context.layers.layer(LOTS)), desk.checkpoint
    move_area(conninfo)
    told = Told(desk)
    desk.pull()
    end = time.monotonic() + stopped_after_s
    wait_until(lambda: time.monotonic() > end)
    desk.cancel()
    wait_until(lambda: desk.job is None, 10)
    settle(desk)
    if "cancelled" in told.news:  # else it was quicker
        assert (names(desk._context.layers.layer(LOTS)), desk.checkpoint) == (before, checkpoint)
    desk.pull()
    settle(desk)
    assert EAST in names(desk._context.layers.layer(LOTS))
    assert [local.change.key for local in desk.local_changes] == [WEST]


def test_a_hub_that_was_restored_is_told_once_and_the_pull_puts_it_right(desk: PlanningSession, conninfo: str):  # noqa: F811
    rename(desk, LOT, "Của xã")
    with psycopg.connect(conninfo) as province:
        province.execute("ALTER TABLE hub.revision DISABLE TRIGGER USER")
        province.execute("UPDATE hub.revision SET id = gen_random_uuid()")
    told = Told(desk)
    for _ in range(2):
        desk.refresh()
        settle(desk)
    assert told.failures == [("checkpoint.unknown", "contact")]
    desk.pull()
    wait_until(lambda: "pull.done" in told.news)
    settle(desk)
    assert [(local.change.key, local.state) for local in desk.local_changes] == [(LOT, LocalState.LOCAL)]
    desk.refresh()
    settle(desk)
    assert told.failures == [("checkpoint.unknown", "contact")]
    assert desk.news == 0


@pytest.mark.parametrize("long_apply", [False, True])
def test_the_event_loop_has_no_long_gap(
    desk: PlanningSession,  # noqa: F811
    conninfo: str,
    monkeypatch: pytest.MonkeyPatch,
    long_apply: bool,
):
    rename(desk, WEST, "Ở phía tây")
    if long_apply:
        monkeypatch.setattr("commune_planning_plugin.store.working_copy.LONGEST_APPLY_S", 0.0)
        with psycopg.connect(conninfo) as province:
            province.execute('UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "ghiChu" = %s', ("x",))
    else:
        move_area(conninfo)
    told = Told(desk)
    gaps, last = [0.0], [time.thread_time()]

    def tick() -> None:
        now = time.thread_time()
        gaps.append(now - last[0])
        last[0] = now

    timer = QTimer()
    timer.timeout.connect(tick)
    timer.start(0)
    desk.pull()
    end = time.monotonic() + 30
    while "pull.done" not in told.news:
        assert time.monotonic() < end
        QCoreApplication.processEvents()
    timer.stop()
    settle(desk)
    assert max(gaps) < 0.05
