"""The session without a hub: everything but signing in works."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QCoreApplication, QTimer

from commune_planning_plugin.adapters import settings
from commune_planning_plugin.adapters.desktop import Desktop
from commune_planning_plugin.core.workflow import State, Step
from commune_planning_plugin.session import Connection, NextStep, PlanningSession
from commune_planning_plugin.session.kept_reviews import taken_up
from commune_planning_plugin.store import Draft, LocalState, Ref, WorkingCopy, held
from commune_planning_plugin.sync.proposal_documents import ProposalSummary, StepTaken
from tests.plugin import sample
from tests.plugin.conftest import StrictIface, flush, wait_until
from tests.store import snapshots

LOTS = snapshots.LOTS


class Told:
    """What a session said."""

    def __init__(self, session: PlanningSession) -> None:
        self.failures: list[tuple[str, str]] = []
        self.news: list[str] = []
        session.failed.connect(lambda error, context: self.failures.append((error.code, context)))
        session.noticed.connect(lambda code, _details: self.news.append(code))


@pytest.fixture
def file(own_settings: Path) -> Path:
    rows = {LOTS.id: snapshots.lots(10), snapshots.LINES.id: {}, snapshots.MARKS.id: {}}
    snapshots.make_working_copy(own_settings, rows, "22504_aabbccdd.gpkg").close()
    settings.set_commune("22504")
    return own_settings / "22504_aabbccdd.gpkg"


@pytest.fixture
def session(iface: StrictIface, file: Path) -> Iterator[PlanningSession]:
    made = PlanningSession(QgsProject.instance(), Desktop(iface))
    made.start()
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


def lot_layer(session: PlanningSession):
    return session._context.layers.layer(LOTS.id)


def rename(session: PlanningSession, number: int, name: str) -> Ref:
    """As a person does, and saves."""
    layer, key = lot_layer(session), snapshots.key_of(number)
    layer.startEditing()
    layer.changeAttributeValue(session._context.layers.fid_of(LOTS.id, key), layer.fields().lookupField("tenDoiTuong"), name)
    assert layer.commitChanges()
    wait_until(lambda: key in {local.change.key for local in session.local_changes})
    return Ref(LOTS.id, key)


def test_a_restart_restores_commune_working_copy_and_layers(session: PlanningSession):
    assert session.commune.name == "Đại Lãnh"
    assert session.checkpoint == snapshots.START
    assert session.connection is Connection.SIGNED_OUT
    assert session.next_step is NextStep.SIGN_IN
    assert lot_layer(session).featureCount() == 10


def test_saved_edits_are_listed(session: PlanningSession):
    ref = rename(session, 3, "Lô mới")
    (local,) = session.local_changes
    assert (local.change.layer, local.change.key) == (ref.layer, ref.key)
    assert local.state is LocalState.LOCAL
    assert session.plan_of(ref) == snapshots.PLAN


def test_edits_of_another_program_are_noticed(session: PlanningSession, file: Path):
    time.sleep(0.02)
    other = sqlite3.connect(file)
    other.execute("BEGIN IMMEDIATE")
    other.execute(f"DELETE FROM {LOTS.table} WHERE key = ?", (snapshots.key_of(5),))
    other.commit()
    other.close()
    wait_until(lambda: len(session.local_changes) == 1)
    wait_until(lambda: lot_layer(session).featureCount() == 9)


def test_looking_at_the_file_does_not_make_it_look_changed(session: PlanningSession):
    reads = []
    session.local_changes_changed.connect(lambda: reads.append(1))
    session._copy.read()
    wait_until(lambda: reads)
    for _ in range(5):
        session._copy._look_at_file()
    end = time.monotonic() + 1.0
    wait_until(lambda: time.monotonic() > end)
    assert len(reads) == 1


def test_a_change_can_be_reverted(session: PlanningSession, told: Told):
    ref = rename(session, 3, "Lô mới")
    session.revert([ref])
    wait_until(lambda: not session.local_changes)
    assert "revert.done" in told.news
    assert next(f for f in lot_layer(session).getFeatures() if f["key"] == ref.key)["tenDoiTuong"] != "Lô mới"


def test_nothing_is_reverted_under_an_edit_session(session: PlanningSession, told: Told):
    ref = rename(session, 3, "Lô mới")
    lot_layer(session).startEditing()
    session.revert([ref])
    assert told.failures == [("working_copy.in_edit", "revert")]


def test_editing_takes_a_lease_and_is_shown(session: PlanningSession, file: Path):
    session.start_drawing()
    assert session.editing
    assert held(file)
    lot_layer(session).rollBack()
    assert not session.editing
    assert held(file) == []


def test_drawing_starts_in_the_land_use_layer_and_keeps_from_overlapping(session: PlanningSession, iface: StrictIface):
    session.start_drawing()
    assert iface.drawn == [lot_layer(session)]
    assert QgsProject.instance().avoidIntersectionsLayers() == [lot_layer(session)]
    session.start_drawing(snapshots.LINES.id)
    assert QgsProject.instance().avoidIntersectionsLayers() == []
    session._context.layers.layer(snapshots.LINES.id).rollBack()


def test_what_is_drawn_is_saved_by_the_next_step_and_then_drawing_ends(session: PlanningSession, file: Path):
    session.start_drawing()
    layer = lot_layer(session)
    assert (session.next_step, session.unsaved) == (NextStep.STOP_DRAWING, False)
    fid = session._context.layers.fid_of(LOTS.id, snapshots.key_of(3))
    layer.changeAttributeValue(fid, layer.fields().lookupField("tenDoiTuong"), "Lô mới")
    assert (session.next_step, session.unsaved) == (NextStep.SAVE, True)
    layer.undoStack().undo()
    assert (session.next_step, session.unsaved) == (NextStep.STOP_DRAWING, False)
    layer.undoStack().redo()
    assert session.next_step is NextStep.SAVE
    session.save_edits()
    assert (session.next_step, session.unsaved, layer.isEditable()) == (NextStep.STOP_DRAWING, False, True)
    wait_until(lambda: len(session.local_changes) == 1)
    session.stop_drawing()
    assert not layer.isEditable()
    assert held(file) == []
    assert session.next_step is NextStep.SIGN_IN


def test_leaving_edit_mode_loses_nothing_that_is_unsaved(session: PlanningSession):
    session.start_drawing()
    layer = lot_layer(session)
    fid = session._context.layers.fid_of(LOTS.id, snapshots.key_of(3))
    layer.changeAttributeValue(fid, layer.fields().lookupField("tenDoiTuong"), "Lô mới")
    session.stop_drawing()
    assert layer.isEditable()
    assert layer.getFeature(fid)["tenDoiTuong"] == "Lô mới"
    layer.rollBack()


def test_stopping_gives_leases_back(session: PlanningSession, file: Path):
    session.start_drawing()
    layer = lot_layer(session)
    session.stop()
    assert held(file) == []
    assert layer.id() in QgsProject.instance().mapLayers()
    layer.rollBack()


def test_map_and_list_select_each_other(session: PlanningSession):
    ref, seen = rename(session, 3, "Lô mới"), []
    session.selected.connect(seen.append)
    session.select(ref)
    assert lot_layer(session).selectedFeatureCount() == 1
    lot_layer(session).selectByIds([session._context.layers.fid_of(LOTS.id, snapshots.key_of(7))])
    assert seen == [ref, Ref(LOTS.id, snapshots.key_of(7))]


def test_zooming_shows_the_place(session: PlanningSession, iface: StrictIface):
    session.zoom_to(rename(session, 3, "Lô mới"))
    extent = iface.canvas.extent()
    assert extent.contains(600_350, 1_400_050)
    assert extent.width() < 2_000


def test_a_proposal_isnt_asked_for_anew_once_it_is_taken_into_review():
    """The hub judges all of its changes for each answer."""
    waiting = sample.detail("p-1", can=(Step.OPEN,))
    open_ = StepTaken(Step.OPEN, "Võ Quốc Hưng", sample.ago(minutes=0), None)
    taken = replace(sample.summary("p-1", State.IN_REVIEW, can=(Step.APPROVE, Step.RETURN)), last_step=open_)

    class Hub:
        asked: ClassVar[list[str]] = []

        def step(self, _proposal: str, step: Step, *_: object) -> ProposalSummary:
            self.asked.append(step.value)
            return taken

    detail = taken_up(Hub(), waiting)
    assert Hub.asked == ["open"]
    assert detail.summary.can == (Step.APPROVE, Step.RETURN)
    assert detail.steps == (*waiting.steps, open_)
    assert detail.review == waiting.review


class TestDrafts:
    def test_without_changes_there_is_none(self, session: PlanningSession, told: Told):
        assert session.new_draft() is None
        assert told.failures == [("proposal.no_changes", "draft")]

    def test_one_of_all_changes_of_a_plan_is_kept(self, session: PlanningSession, file: Path):
        ref = rename(session, 3, "Lô mới")
        draft = session.new_draft()
        assert (draft.plan, draft.refs) == (snapshots.PLAN, (ref,))
        session.save_draft(replace(draft, title="Điều chỉnh lô 3"))
        session.stop()
        with WorkingCopy.open(file) as copy:
            assert [(kept.proposal, kept.title) for kept in copy.drafts.all()] == [(draft.proposal, "Điều chỉnh lô 3")]

    def test_over_two_plans_the_split_is_offered(self, session: PlanningSession, told: Told):
        layer = lot_layer(session)
        first = rename(session, 3, "Lô mới")
        layer.startEditing()
        fid = session._context.layers.fid_of(LOTS.id, snapshots.key_of(4))
        layer.changeAttributeValue(fid, layer.fields().lookupField("plan"), snapshots.OTHER_PLAN)
        assert layer.commitChanges()
        wait_until(lambda: len(session.local_changes) == 2)
        assert session.new_draft() is None
        assert told.failures == [("proposal.several_plans", "draft")]
        assert session.split()[snapshots.PLAN] == (first,)
        assert session.new_draft(session.split()[snapshots.OTHER_PLAN]).plan == snapshots.OTHER_PLAN

    def test_the_rules_judge_it(self, session: PlanningSession):
        layer = lot_layer(session)
        layer.startEditing()
        fid = session._context.layers.fid_of(LOTS.id, snapshots.key_of(3))
        shape = layer.getFeature(fid).geometry()
        shape.translate(30, 0)
        layer.changeGeometry(fid, shape)
        assert layer.commitChanges()
        wait_until(lambda: session.local_changes)
        draft, seen = session.new_draft(), []
        session.findings_changed.connect(lambda: seen.append(1))
        session.check(draft)
        wait_until(lambda: seen)
        assert session.findings_of == draft.proposal
        assert "tile.overlap" in {finding.rule for finding in session.findings}

    def test_submitted_it_waits_in_the_outbox(self, session: PlanningSession, told: Told):
        rename(session, 3, "Lô mới")
        draft = replace(session.new_draft(), title="Lô 3", ground=2, reason="Theo thực tế")
        session.submit(draft)
        wait_until(lambda: session.unsent == 1 and session.local_changes[0].state is LocalState.IN_PROPOSAL)
        assert session.drafts == ()
        assert "proposal.queued" in told.news

    def test_a_discarded_one_is_gone(self, session: PlanningSession, file: Path):
        rename(session, 3, "Lô mới")
        draft = session.new_draft()
        session.discard_draft(draft.proposal)
        assert session.drafts == ()
        session.stop()
        with WorkingCopy.open(file) as copy:
            assert copy.drafts.all() == ()


class TestBadFiles:
    def test_a_vanished_file_is_said(self, session: PlanningSession, told: Told, file: Path):
        file.rename(file.with_name("elsewhere.gpkg"))
        wait_until(lambda: told.failures)
        assert told.failures[0] == ("working_copy.missing", "open")

    def test_lost_tracking_is_said(self, session: PlanningSession, told: Told, file: Path):
        other = sqlite3.connect(file)
        names = other.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? AND name LIKE 'planning%'", (LOTS.table,)
        )
        for (name,) in names.fetchall():
            other.execute(f'DROP TRIGGER "{name}"')
        other.commit()
        other.close()
        wait_until(lambda: session.damage)
        assert session.damage[0].layer == LOTS.id
        assert told.failures
        session.repair()
        wait_until(lambda: not session.damage)
        assert "repair.done" in told.news
        rename(session, 3, "Lô mới")


def test_no_gap_of_the_event_loop_while_working(session: PlanningSession):
    gaps, last = [], [time.monotonic()]

    def tick() -> None:
        gaps.append(time.monotonic() - last[0])
        last[0] = time.monotonic()

    timer = QTimer()
    timer.setInterval(0)
    timer.timeout.connect(tick)
    timer.start()
    session._copy.read()
    end = time.monotonic() + 0.5
    while time.monotonic() < end:
        QCoreApplication.processEvents()
    timer.stop()
    assert max(gaps) < 0.05


def test_saving_a_draft_at_each_keystroke_is_cheap(session: PlanningSession):
    rename(session, 3, "Lô mới")
    draft: Draft = session.new_draft()
    started = time.perf_counter()
    for length in range(200):
        session.save_draft(replace(draft, title="x" * length))
    assert (time.perf_counter() - started) / 200 < 0.002
