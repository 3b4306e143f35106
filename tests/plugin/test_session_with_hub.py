"""The session and a real hub: the main job, offline and back, and what the hub refuses."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import dict_row
from qgis.core import QgsGeometry, QgsProject, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication, QTimer

from commune_planning_plugin.adapters import credentials
from commune_planning_plugin.adapters.desktop import Desktop
from commune_planning_plugin.core.errors import HubUnreachable, PlanningError
from commune_planning_plugin.core.schema import Field, FieldType
from commune_planning_plugin.core.workflow import State
from commune_planning_plugin.gui.present_error import Action, present
from commune_planning_plugin.session import Connection, NextStep, PlanningSession
from commune_planning_plugin.session.contents import copy_path, fresh_path
from commune_planning_plugin.store import LocalState, OutboxState, Ref, Side, WorkingCopy
from commune_planning_plugin.sync.client import HubClient
from province_hub.layer_fields import add_field
from province_hub.layer_tables import create_layer
from province_hub.limits import Limits
from province_hub.standard import layer as standard_layer
from tests.hub.tiny import LOTS, PASSWORD, lot_key
from tests.plugin.conftest import StrictIface, flush, wait_until
from tests.plugin.hub_fixtures import *  # noqa: F403
from tests.plugin.hub_fixtures import HubServer
from tests.plugin.test_session import Told


@pytest.fixture
def make(iface: StrictIface, own_settings: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """A session as after QGIS's start; the former one ends first."""
    made: list[PlanningSession] = []
    monkeypatch.setattr(credentials, "_of_this_session", {})

    def start() -> PlanningSession:
        end()
        made.append(PlanningSession(QgsProject.instance(), Desktop(iface)))
        made[-1].start()
        return made[-1]

    def end() -> None:
        for session in made:
            QgsProject.instance().clear()
            session.stop()
            session.deleteLater()
        made.clear()
        flush()

    yield start
    end()


def idle(session: PlanningSession) -> bool:
    return session.job is None and not session._account._busy and not session._copy._reading


def settle(session: PlanningSession) -> None:
    wait_until(lambda: idle(session) and not session._copy._read_soon.isActive(), 20)


def sign_in(session: PlanningSession, url: str, name: str) -> None:
    session.sign_in(url, name, PASSWORD)
    wait_until(lambda: session.account is not None)
    settle(session)


def ready(session: PlanningSession) -> None:
    wait_until(lambda: session.has_working_copy and session._context.layers.complete and not session._context.layers.loading, 30)
    settle(session)


@pytest.fixture
def desk(make, hub_server: HubServer) -> PlanningSession:
    """The technician's session, signed in, with a working copy."""
    session = make()
    sign_in(session, hub_server.url, "dailanh.kt")
    session.pull()
    ready(session)
    return session


def rename(session: PlanningSession, key: str, name: str) -> Ref:
    layers = session._context.layers
    layer = layers.layer(LOTS)
    layer.startEditing()
    layer.changeAttributeValue(layers.fid_of(LOTS, key), layer.fields().lookupField("tenDoiTuong"), name)
    assert layer.commitChanges()
    wait_until(lambda: (key, LocalState.LOCAL) in {(local.change.key, local.state) for local in session.local_changes})
    settle(session)
    return Ref(LOTS, key)


def submit(session: PlanningSession, title: str = "Điều chỉnh") -> None:
    session.submit(replace(session.new_draft(), title=title, ground=2, reason="Theo thực tế"))
    settle(session)


LOT = lot_key("22504", 2, 2)


def test_the_whole_job_of_technician_head_and_approver(make, hub_server: HubServer):
    session = make()
    assert session.next_step is NextStep.SIGN_IN
    sign_in(session, hub_server.url, "dailanh.kt")
    assert session.connection is Connection.ONLINE
    assert [commune.code for commune in session.communes] == ["22504"]
    assert session.commune.code == "22504"
    assert session.next_step is NextStep.PULL
    session.pull()
    assert session.job.code == "pull"
    ready(session)
    assert session.next_step is NextStep.DRAW
    rename(session, LOT, "Lô mới")
    assert session.next_step is NextStep.COMPOSE
    submit(session)
    wait_until(lambda: session.unsent == 0 and len(session.proposals) == 1)
    settle(session)
    assert session.local_changes[0].state is LocalState.IN_PROPOSAL
    proposal = session.proposals[0].id
    session.sign_out()
    assert session.account is None
    for name, act in (("dailanh.ct", lambda s: s.sign_off()), ("soxd.duyet", lambda s: s.approve())):
        sign_in(session, hub_server.url, name)
        assert [summary.id for summary in session.inbox] == [proposal]
        session.open_review(proposal)
        settle(session)
        assert session.review.review[0].after["tenDoiTuong"] == "Lô mới"
        session.show_change(session.review.review[0])
        assert session._context.view._items  # the change that is looked at stands out from the others
        act(session)
        settle(session)
        session.close_review()
        session.sign_out()
    sign_in(session, hub_server.url, "dailanh.kt")
    assert session.proposals[0].state is State.APPROVED
    assert session.news
    session.pull()
    settle(session)
    assert session.local_changes == ()
    assert session.news == 0


def test_a_conflict_is_kept_until_a_person_resolves_it(desk: PlanningSession, conninfo: str):
    ref = rename(desk, LOT, "Của xã")
    with psycopg.connect(conninfo) as province:
        province.execute('UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "tenDoiTuong" = %s WHERE key = %s', ("Của tỉnh", LOT))
    desk.refresh()
    wait_until(lambda: desk.news)
    desk.pull()
    wait_until(lambda: desk.local_changes and desk.local_changes[0].state is LocalState.CONFLICT)
    assert desk.next_step is NextStep.RESOLVE
    settle(desk)
    desk.resolve({ref: Side.PROVINCE})
    wait_until(lambda: desk.local_changes == ())
    layers = desk._context.layers
    assert layers.layer(LOTS).getFeature(layers.fid_of(LOTS, LOT))["tenDoiTuong"] == "Của tỉnh"


def clashing(desk: PlanningSession, conninfo: str, mine: str, theirs: str, *values: object) -> Ref:
    """Edited here by ``mine``, and at the province by ``theirs``, both SQL after SET; pulled."""
    from commune_planning_plugin.store.sql import connected

    connection = connected(desk.working_copy_path, 5.0)
    connection.execute(f"UPDATE QuyHoach_ChucNangSuDungDat_A SET {mine} WHERE key = ?", (LOT,))
    connection.close()
    desk._copy.read()
    wait_until(lambda: desk.local_changes)
    with psycopg.connect(conninfo) as province:
        province.execute(f'UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET {theirs} WHERE key = %s', (*values, LOT))
    settle(desk)
    desk.pull()
    wait_until(lambda: desk.local_changes and desk.local_changes[0].state is LocalState.CONFLICT)
    settle(desk)
    return Ref(LOTS, LOT)


def shown_value(desk: PlanningSession, name: str) -> object:
    layers = desk._context.layers
    return layers.layer(LOTS).getFeature(layers.fid_of(LOTS, LOT))[name]


def test_half_made_choices_outlive_a_restart_are_applied_and_undone(desk: PlanningSession, make, conninfo: str):
    mine, theirs = "tenDoiTuong = 'Của xã', ghiChu = 'xã'", "\"tenDoiTuong\" = 'Của tỉnh', \"ghiChu\" = 'tỉnh'"
    ref = clashing(desk, conninfo, mine, theirs)
    desk.choose(ref, {"tenDoiTuong": Side.PROVINCE})
    session = make()  # at once: what was chosen is written at the end
    ready(session)
    assert session.local_changes[0].conflict.choices == {"tenDoiTuong": Side.PROVINCE}
    session.resolve({ref: {"tenDoiTuong": Side.PROVINCE, "ghiChu": Side.MINE}})
    wait_until(lambda: session.local_changes[0].state is LocalState.LOCAL)
    settle(session)
    assert (shown_value(session, "tenDoiTuong"), shown_value(session, "ghiChu")) == ("Của tỉnh", "xã")
    assert [each.ref for each in session.resolutions] == [ref]
    session.undo_resolve()
    wait_until(lambda: session.local_changes[0].state is LocalState.CONFLICT)
    settle(session)
    assert shown_value(session, "tenDoiTuong") == "Của xã"
    assert session.local_changes[0].conflict.choices == {"tenDoiTuong": Side.PROVINCE}
    assert session.resolutions == ()


def test_a_choice_is_kept_by_itself_and_leaves_the_map_alone(desk: PlanningSession, conninfo: str):
    ref = clashing(desk, conninfo, "tenDoiTuong = 'Của xã'", "\"tenDoiTuong\" = 'Của tỉnh'")
    desk.choose(ref, {"tenDoiTuong": Side.MINE})
    wait_until(lambda: desk.local_changes[0].conflict.choices == {"tenDoiTuong": Side.MINE})
    assert desk.pending_choices == {}


@pytest.mark.parametrize("other_edit", [False, True])
def test_a_shape_is_drawn_with_qgis_for_a_conflict(desk: PlanningSession, iface: StrictIface, conninfo: str, other_edit: bool):
    copy, ref = desk.working_copy_path, Ref(LOTS, LOT)
    before = shape_of(copy)
    mine, theirs, drawn = (QgsGeometry.fromRect(_shrunk(before, by)) for by in (10, 20, 30))
    for each in (mine, theirs, drawn):
        each.convertToMultiType()
    layers = desk._context.layers
    layer, fid = layers.layer(LOTS), layers.fid_of(LOTS, LOT)
    layer.startEditing()
    layer.changeGeometry(fid, mine)
    assert layer.commitChanges()
    wait_until(lambda: desk.local_changes)
    settle(desk)
    with psycopg.connect(conninfo) as province:
        text = 'UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET geom = ST_SetSRID(ST_GeomFromText(%s), ST_SRID(geom)) WHERE key = %s'
        province.execute(text, (theirs.asWkt(4), LOT))
    desk.pull()
    wait_until(lambda: desk.local_changes[0].state is LocalState.CONFLICT)
    settle(desk)
    kept = desk.local_changes[0].row["geom"]
    desk.redraw(ref)
    assert iface.active is layer
    assert layer.isEditable()
    assert layer.selectedFeatureIds() == [layers.fid_of(LOTS, LOT)]
    assert desk.next_step is NextStep.RESOLVE
    layer.changeGeometry(layers.fid_of(LOTS, LOT), drawn)
    if other_edit:
        layer.changeAttributeValue(layers.fid_of(LOTS, lot_key("22504", 3, 3)), layer.fields().lookupField("ghiChu"), "khác")
    assert desk.next_step is NextStep.RESOLVE  # not to save it: it is taken over
    told = Told(desk)
    desk.use_drawn(ref)
    assert layer.isEditable() is other_edit
    assert ("conflict.still_editing" in told.news) is other_edit
    wait_until(lambda: isinstance(desk.local_changes[0].conflict.choices.get("geom"), bytes))
    assert desk.local_changes[0].row["geom"] == kept  # mine is as it was
    if other_edit:
        assert desk.next_step is NextStep.SAVE
        desk.save_edits()
        desk.stop_drawing()
    settle(desk)
    choices = next(each.conflict.choices for each in desk.local_changes if each.conflict is not None)
    desk.resolve({ref: choices})
    wait_until(lambda: LocalState.CONFLICT not in {each.state for each in desk.local_changes})
    assert QgsGeometry(shape_of(copy)).isGeosEqual(drawn)


def shape_of(copy: Path) -> QgsGeometry:
    from commune_planning_plugin.store import WorkingCopy

    with WorkingCopy.open(copy) as opened:
        geometry = QgsGeometry()
        geometry.fromWkb(opened.row(Ref(LOTS, LOT))["geom"])
        return geometry


def _shrunk(shape: QgsGeometry, by: float) -> QgsRectangle:
    box = QgsRectangle(shape.boundingBox())
    box.setXMaximum(round(box.xMaximum()) - by)
    return box


def test_a_returned_proposal_is_edited_and_sent_again(desk: PlanningSession, hub_server: HubServer):
    rename(desk, LOT, "Lô mới")
    submit(desk)
    wait_until(lambda: desk.unsent == 0 and len(desk.proposals) == 1)
    desk.sign_out()
    sign_in(desk, hub_server.url, "dailanh.ct")
    desk.open_review(desk.inbox[0].id)
    settle(desk)
    desk.return_("Thiếu căn cứ")
    settle(desk)
    desk.close_review()
    desk.sign_out()
    sign_in(desk, hub_server.url, "dailanh.kt")
    assert desk.proposals[0].state is State.RETURNED
    wait_until(lambda: desk.local_changes[0].state is LocalState.LOCAL)
    draft = desk.revise(desk.proposals[0])
    assert (draft.number, draft.title, draft.reason) == (2, "Điều chỉnh", "Theo thực tế")
    desk.submit(replace(draft, reason="Đã bổ sung căn cứ"))
    wait_until(lambda: desk.proposals[0].version == 2 and desk.unsent == 0)


def test_a_file_goes_along(desk: PlanningSession, tmp_path: Path):
    rename(desk, LOT, "Lô mới")
    file = tmp_path / "căn cứ.pdf"
    file.write_bytes(b"%PDF-1.4 x")
    draft = replace(desk.new_draft(), title="Điều chỉnh", ground=2, reason="Theo thực tế")
    desk.attach(draft, file)
    wait_until(lambda: desk.drafts and desk.drafts[0].files)
    assert desk.drafts[0].title == "Điều chỉnh"
    settle(desk)
    desk.submit(desk.drafts[0])
    wait_until(lambda: desk.unsent == 0 and len(desk.proposals) == 1)


def test_a_wrong_password_changes_nothing(make, hub_server: HubServer):
    session = make()
    told = Told(session)
    session.sign_in(hub_server.url, "dailanh.kt", "falsch")
    wait_until(lambda: told.failures)
    assert told.failures == [("auth.wrong_password", "sign_in")]
    assert session.account is None


def test_without_a_working_copy_the_communes_name_is_known_after_a_restart_too(make, hub_server: HubServer):
    sign_in(make(), hub_server.url, "dailanh.ct")
    head = make()
    wait_until(lambda: head.catalogue)
    assert (head.commune.code, head.commune.name) == ("22504", "Đại Lãnh")


def test_a_restart_goes_on_signed_in(desk: PlanningSession, make):
    rename(desk, LOT, "Lô mới")
    session = make()
    assert session.account.full_name
    ready(session)
    wait_until(lambda: session.connection is Connection.ONLINE)
    assert [local.change.key for local in session.local_changes] == [LOT]


def test_offline_the_proposal_waits_and_is_sent_once_when_the_hub_is_back(desk: PlanningSession, make):
    address = desk._state.hub_url
    rename(desk, LOT, "Lô mới")
    desk._state.hub_url, desk._account._client = "http://127.0.0.1:9", None
    told = Told(desk)
    submit(desk)
    wait_until(lambda: desk.connection is Connection.OFFLINE, 30)
    assert desk.unsent == 1
    assert desk.offline_since is not None
    assert "offline" in told.news
    rename(desk, lot_key("22504", 5, 5), "Vẫn làm tiếp")
    session = make()
    ready(session)
    wait_until(lambda: session.connection is Connection.ONLINE and session.unsent == 0 and len(session.proposals) == 1, 30)
    session.refresh()
    settle(session)
    assert len(session.proposals) == 1
    assert session._state.hub_url == address


def test_started_offline_the_proposals_are_as_they_were_seen_last(desk: PlanningSession, make, monkeypatch: pytest.MonkeyPatch):
    rename(desk, LOT, "Lô mới")
    submit(desk, "Điều chỉnh lô")
    wait_until(lambda: desk.unsent == 0 and len(desk.proposals) == 1)
    settle(desk)
    (seen,), at = desk.proposals, desk.proposals_at
    monkeypatch.setattr(HubClient, "me", out_of_reach)
    session = make()
    ready(session)
    assert session.connection is Connection.OFFLINE
    assert session.proposals == (seen,)
    assert abs(session.proposals_at - at).total_seconds() < 5
    session.sign_out()
    assert (session.proposals, session.proposals_at) == ((), None)
    assert make().proposals == ()


def test_started_offline_the_inbox_is_as_it_was_seen_last(
    desk: PlanningSession, make, hub_server: HubServer, monkeypatch: pytest.MonkeyPatch
):
    rename(desk, LOT, "Lô mới")
    submit(desk, "Điều chỉnh lô")
    wait_until(lambda: desk.unsent == 0)
    desk.sign_out()
    head = make()
    sign_in(head, hub_server.url, "dailanh.ct")
    wait_until(lambda: len(head.inbox) == 1)
    settle(head)
    head.stop()
    monkeypatch.setattr(HubClient, "me", out_of_reach)
    assert make().inbox == head.inbox


def out_of_reach(_client: HubClient) -> None:
    raise HubUnreachable("hub.unreachable")


def test_what_waits_is_taken_back_into_a_draft(desk: PlanningSession, monkeypatch: pytest.MonkeyPatch):
    rename(desk, LOT, "Lô mới")
    with monkeypatch.context() as offline:
        offline.setattr(HubClient, "me", out_of_reach)
        submit(desk, "Điều chỉnh lô")
        (item,) = desk.outbox
        assert (item.title, item.changes) == ("Điều chỉnh lô", 1)
        assert desk.local_changes[0].state is LocalState.IN_PROPOSAL
        draft = desk.take_back(item)
        assert (draft.title, draft.number, desk.outbox) == ("Điều chỉnh lô", 1, ())
        assert desk.next_step is NextStep.FINISH
        settle(desk)
        assert desk.local_changes[0].state is LocalState.LOCAL
    desk.refresh()
    settle(desk)
    assert desk.proposals == ()
    desk.submit(desk.drafts[0])
    settle(desk)
    wait_until(lambda: len(desk.proposals) == 1 and not desk.outbox)


def test_a_revoked_token_asks_to_sign_in_again_and_loses_nothing(desk: PlanningSession):
    from commune_planning_plugin.session.context import hub

    rename(desk, LOT, "Lô mới")
    told = Told(desk)
    hub(desk._state.hub_url, desk._state.token).sign_out()
    desk.refresh()
    wait_until(lambda: told.failures)
    assert told.failures[0][0].startswith("auth.")
    assert desk.next_step is NextStep.SIGN_IN
    assert len(desk.local_changes) == 1


def test_a_pull_waits_for_the_end_of_editing(desk: PlanningSession):
    told = Told(desk)
    desk.start_drawing(LOTS)
    desk.pull()
    assert told.news == ["pull.waiting"]
    assert desk.job is None
    desk._copy._waiting.setInterval(3_600_000)  # it isn't the next look that finds the layer free
    desk._context.layers.layer(LOTS).rollBack()
    wait_until(lambda: "pull.done" in told.news)
    settle(desk)
    assert not desk._context.layers.layer(LOTS).readOnly()


def test_waiting_can_be_given_up(desk: PlanningSession):
    told = Told(desk)
    desk.start_drawing(LOTS)
    desk.pull()
    desk.cancel()
    assert told.news == ["pull.waiting", "pull.cancelled"]
    desk._context.layers.layer(LOTS).rollBack()


def test_a_cancelled_pull_leaves_everything_as_before(make, hub_server: HubServer):
    session = make()
    told = Told(session)
    sign_in(session, hub_server.url, "dailanh.kt")
    session.pull()
    session.cancel()
    wait_until(lambda: session.job is None)
    assert "cancelled" in told.news
    assert not session.has_working_copy
    session.pull()
    ready(session)


def test_the_event_loop_has_no_long_gap_during_a_pull(make, hub_server: HubServer):
    session = make()
    sign_in(session, hub_server.url, "dailanh.kt")
    clocks = (time.thread_time, time.monotonic)  # what the main thread itself works, and what a person waits
    gaps, last = [(0.0, 0.0)], [tuple(clock() for clock in clocks)]

    def tick() -> None:
        now = tuple(clock() for clock in clocks)
        gaps.append((now[0] - last[0][0], now[1] - last[0][1]))
        last[0] = now

    timer = QTimer()
    timer.timeout.connect(tick)
    timer.start(0)
    session.pull()
    end = time.monotonic() + 30
    while not (session.has_working_copy and session._context.layers.complete and not session._context.layers.loading):
        assert time.monotonic() < end
        QCoreApplication.processEvents()
    timer.stop()
    assert max(work for work, _ in gaps) < 0.1
    assert max(wait for _, wait in gaps) < 0.3  # a waiting thread works nothing; a busy machine makes it wait, too


TREES = "QuyHoach.CayXanh_P"
PRIORITY = Field("mucDoUuTien", FieldType.TEXT, "Mức độ ưu tiên", "Priority", length=20, default="vừa")


def test_what_the_hub_adds_appears_with_the_pull_and_edits_stay(desk: PlanningSession, conninfo: str):
    rename(desk, LOT, "Của xã")
    with psycopg.connect(conninfo, row_factory=dict_row) as province:
        create_layer(province, standard_layer(TREES))
        add_field(province, LOTS, PRIORITY)
    told: list[tuple[str, dict]] = []
    desk.noticed.connect(lambda code, details: told.append((code, details)))
    desk.pull()
    wait_until(lambda: "schema.evolved" in dict(told))
    ready(desk)
    assert dict(told)["schema.evolved"] == {"layers": [TREES], "fields": {LOTS: ["mucDoUuTien"]}}
    layers = desk._context.layers
    index = layers.layer(LOTS).fields().lookupField("mucDoUuTien")
    assert layers.layer(LOTS).attributeDisplayName(index) in ("Mức độ ưu tiên", "Priority")
    feature = layers.layer(LOTS).getFeature(layers.fid_of(LOTS, LOT))
    assert (feature["tenDoiTuong"], feature["mucDoUuTien"]) == ("Của xã", "vừa")
    assert layers.layer(TREES).renderer() is not None
    assert [(local.change.key, local.state) for local in desk.local_changes] == [(LOT, LocalState.LOCAL)]
    submit(desk)
    wait_until(lambda: desk.unsent == 0 and len(desk.proposals) == 1)


def test_where_the_hub_took_something_away_a_fresh_copy_is_got_beside(desk: PlanningSession, conninfo: str):
    rename(desk, LOT, "Của xã")
    before = desk.working_copy_path
    with psycopg.connect(conninfo) as province:
        province.execute("UPDATE hub.layer SET definition = definition #- '{legal_fields,8}' WHERE id = %s", (LOTS,))
    failures: list[PlanningError] = []
    desk.failed.connect(lambda error, _context: failures.append(error))
    desk.pull()
    wait_until(lambda: failures)
    settle(desk)
    said = present(failures[0])
    assert (failures[0].code, said.action) == ("schema.incompatible", Action.FRESH)
    saved = Path(failures[0].details["path"])
    assert saved.name in said.text
    layer = QgsVectorLayer(f"{saved}|layername=QuyHoach_ChucNangSuDungDat_A", "saved", "ogr")
    assert [(each["tenDoiTuong"], each["planning_change"]) for each in layer.getFeatures()] == [("Của xã", "update")]
    assert layer.getFeature(1).hasGeometry()
    assert len(desk.local_changes) == 1
    with WorkingCopy.open(before) as copy:
        copy.outbox.freeze(replace(copy.drafts.new([Ref(LOTS, LOT)]), title="Điều chỉnh", ground=2, reason="Vì"))
    desk.start_afresh()
    wait_until(lambda: desk.working_copy_path != before and desk.has_working_copy, 30)
    ready(desk)
    assert desk.working_copy_path.parent == before.parent
    assert [(local.change.key, local.state) for local in desk.local_changes] == [(LOT, LocalState.IN_PROPOSAL)]
    with WorkingCopy.open(before) as copy:
        assert ([item.state for item in copy.outbox.items()], len(copy.status())) == ([OutboxState.SENT], 1)
    desk.pull()
    settle(desk)
    assert [error.code for error in failures] == ["schema.incompatible"]


def test_unsent_work_that_the_hub_keeps_no_more_is_said_once_and_stops_nothing(desk: PlanningSession, hub_server: HubServer):
    hub_server.app.state.limits = Limits(drafts=0)
    told = Told(desk)
    rename(desk, LOT, "Của xã")
    for _ in range(2):
        desk.refresh()
        settle(desk)
    assert told.failures == [("drafts.full", "contact")]
    assert desk.connection is Connection.ONLINE
    submit(desk)
    assert "proposal.sent" in told.news
    hub_server.app.state.limits = Limits()
    desk.refresh()
    settle(desk)
    assert len(told.failures) == 1


def test_the_fresh_copy_is_the_communes_from_then_on(tmp_path: Path):
    first = copy_path(tmp_path, "22504", "abcdefgh-1")
    assert first.name == "22504_abcdefgh.gpkg"
    assert fresh_path(first).name == "22504_abcdefgh-2.gpkg"
    for name in ("22504_abcdefgh.gpkg", "22504_abcdefgh-2.gpkg", "22504_abcdefgh-10.gpkg", "22504_abcdefgh.edits-12345678.gpkg"):
        (tmp_path / name).touch()
    newest = copy_path(tmp_path, "22504", "abcdefgh-1")
    assert newest.name == "22504_abcdefgh-10.gpkg"
    assert fresh_path(newest) == fresh_path(first) == tmp_path / "22504_abcdefgh-11.gpkg"
    assert copy_path(tmp_path, "22504", "") in [newest, first, fresh_path(first).with_name("22504_abcdefgh-2.gpkg")]
    assert copy_path(tmp_path, "22516", "").name == "22516_.gpkg"
