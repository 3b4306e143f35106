"""Discussion from desk to desk over a real hub: written offline, sent, answered, taken over as an edit; badges that come and go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsGeometry, QgsProject
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QListWidget

from commune_planning_plugin.adapters.signs import Sign
from commune_planning_plugin.core.discussion import ActKind, ThreadState
from commune_planning_plugin.core.suggestions import hash_of
from commune_planning_plugin.core.wire import encode_values
from commune_planning_plugin.core.workflow import State, Step
from commune_planning_plugin.gui.change_sheet import print_sheet
from commune_planning_plugin.gui.review_dock import ReviewDock
from commune_planning_plugin.gui.sync_button import SyncButton
from commune_planning_plugin.session import Connection, PlanningSession
from commune_planning_plugin.store import Ref
from tests.hub.tiny import LOTS, square
from tests.joint.conftest import signed_in, take
from tests.plugin.conftest import wait_until
from tests.plugin.hub_fixtures import *  # noqa: F403
from tests.plugin.hub_fixtures import HubServer
from tests.plugin.test_session import Told
from tests.plugin.test_session_with_hub import LOT, desk, make, rename, settle, sign_in, submit  # noqa: F401 (fixtures)

REF = Ref(LOTS, LOT)


def quiet(session: PlanningSession) -> None:
    settle(session)
    wait_until(lambda: not session.discussion._busy and session.discussion.waiting == 0, 20)
    settle(session)


def suggestion(session: PlanningSession, value: Any, over: Any, name: str = "tenDoiTuong") -> dict[str, Any]:
    layer = session.catalogue.layer(LOTS)
    anchor = {"kind": "change", "layer": LOTS, "key": LOT}
    if name != "geom":
        anchor = {**anchor, "kind": "attribute", "attribute": name}
    said = {"values": encode_values({name: value}), "over": hash_of(layer, name, over)}
    return {"text": "Đổi theo gợi ý", "anchor": anchor, "suggestion": said}


@pytest.fixture
def before_province(desk: PlanningSession, hub_server: HubServer) -> str:  # noqa: F811
    """A proposal that the province may look at; the technician's session goes on."""
    rename(desk, LOT, "Chợ")
    submit(desk)
    settle(desk)
    proposal = desk.proposals[0].id
    take(signed_in(hub_server.url, "dailanh.ct"), proposal, Step.SIGN_OFF, 1)
    return proposal


def test_a_suggestion_goes_from_the_reviewer_into_the_working_copy(make, hub_server: HubServer, before_province: str):  # noqa: F811
    reviewer = make()
    sign_in(reviewer, hub_server.url, "soxd.duyet")
    reviewer.open_review(before_province)
    wait_until(lambda: reviewer.review is not None and reviewer.discussion.talk(before_province).told is not None, 20)
    body = suggestion(reviewer, "Chợ Đầm Môn", "Chợ")
    assert reviewer.discussion.post(before_province, 1, ActKind.COMMENT, body)
    (begun,) = reviewer.discussion.talk(before_province).discussion.threads
    more = {"thread": begun.id, "text": "Và dân số", "suggestion": suggestion(reviewer, 120, None, "danSo")["suggestion"]}
    assert reviewer.discussion.post(before_province, 1, ActKind.COMMENT, more)
    verdict = {"layer": LOTS, "key": LOT, "verdict": "redo", "text": "Ghi đúng tên"}
    reviewer.discussion.post(before_province, 1, ActKind.VERDICT, verdict)
    reviewer.return_("")
    wait_until(lambda: reviewer.review is not None and reviewer.review.summary.state is State.RETURNED, 20)
    technician = make()
    sign_in(technician, hub_server.url, "dailanh.kt")
    technician.choose_commune("22504")
    wait_until(lambda: technician.has_working_copy and technician._context.layers.complete, 30)
    settle(technician)
    (summary,) = technician.proposals
    assert (summary.redo, technician.discussion.unread(summary) > 0) == (1, True)
    technician.discussion.watch(before_province)
    wait_until(lambda: technician.discussion.talk(before_province).told is not None, 20)
    quiet(technician)
    assert [technician.discussion.unread(each) for each in technician.proposals] == [0]
    assert [each.unread for each in technician.proposals] == [0], "the hub knows that it was read"
    (thread,) = technician.discussion.talk(before_province).discussion.threads
    told = Told(technician)
    act = thread.comments[0]
    assert technician.discussion.map.take_over(Ref(*thread.ref), act.body["suggestion"])
    layer = technician._context.layers.layer(LOTS)
    fid = technician._context.layers.fid_of(LOTS, LOT)
    assert layer.getFeature(fid)["tenDoiTuong"] == "Chợ Đầm Môn"
    assert told.news[-1] == "suggestion.taken"
    layer.undoStack().undo()
    assert layer.getFeature(fid)["tenDoiTuong"] == "Chợ", "one click, one step back"
    layer.changeAttributeValue(fid, layer.fields().lookupField("tenDoiTuong"), "Chợ xã")
    assert not technician.discussion.map.take_over(Ref(*thread.ref), act.body["suggestion"])
    assert told.failures[-1] == ("suggestion.moved_on", "discussion")
    assert technician.discussion.map.take_over(Ref(*thread.ref), thread.comments[1].body["suggestion"]), "an answer's, too"
    assert layer.getFeature(fid)["danSo"] == 120
    layer.rollBack()
    technician.discussion.post(before_province, 1, ActKind.COMMENT, {"thread": thread.id, "text": "Đã sửa"})
    quiet(technician)
    (thread,) = technician.discussion.talk(before_province).discussion.threads
    assert (thread.state, thread.comments[-1].at is not None) == (ThreadState.ANSWERED, True)


def test_a_shape_is_taken_over_as_one_edit(desk: PlanningSession):  # noqa: F811
    layers = desk._context.layers
    layer, fid = layers.layer(LOTS), layers.fid_of(LOTS, LOT)
    before = bytes(layer.getFeature(fid).geometry().asWkb())
    from commune_planning_plugin.core import geometry

    wanted = square(600_200, 1_400_200, 90)
    kind = desk.catalogue.layer(LOTS).geometry
    said = suggestion(desk, wanted, geometry.normalised(before, kind), "geom")["suggestion"]
    assert desk.discussion.map.take_over(REF, said)
    assert geometry.same(bytes(layer.getFeature(fid).geometry().asWkb()), wanted)
    assert layer.undoStack().undoText() == "Take over a suggestion"
    layer.undoStack().undo()
    assert geometry.same(bytes(layer.getFeature(fid).geometry().asWkb()), before)
    layer.rollBack()
    told = Told(desk)
    assert not desk.discussion.map.take_over(Ref(LOTS, "00000000-0000-0000-0000-000000000000"), said)
    assert told.failures[-1][0] == "suggestion.no_feature"


def test_a_review_opened_once_is_read_and_talked_about_offline_over_a_restart(make, hub_server: HubServer, before_province: str):  # noqa: F811
    reviewer = make()
    sign_in(reviewer, hub_server.url, "soxd.duyet")
    reviewer.open_review(before_province)
    wait_until(lambda: reviewer.review is not None and reviewer.discussion.talk(before_province).told is not None, 20)
    quiet(reviewer)
    port = hub_server.url.rpartition(":")[2]
    again = make()
    again._state.hub_url = f"http://127.0.0.1:{1 if port != '1' else 2}"
    again._state.connection = Connection.OFFLINE
    again._listener.stop()
    assert [each.id for each in again.inbox] == [before_province], "the inbox as it was seen last"
    told = Told(again)
    again.open_review(before_province)
    wait_until(lambda: again.review is not None, 30)
    assert "review.kept" in told.news
    assert again.review.summary.can == ()
    body = {"text": "Viết khi mất mạng", "anchor": {"kind": "whole"}}
    assert again.discussion.post(before_province, 1, ActKind.COMMENT, body)
    (thread,) = again.discussion.talk(before_province).discussion.threads
    assert (thread.comments[0].at, again.discussion.waiting) == (None, 1)
    third = make()
    third.refresh()
    wait_until(lambda: third.connection is Connection.ONLINE, 20)
    wait_until(lambda: third.discussion.waiting == 0, 20)
    client = signed_in(hub_server.url, "dailanh.kt")
    from commune_planning_plugin.sync.discussion_client import Told as Discussed
    from commune_planning_plugin.sync.discussion_client import read_discussion

    said = Discussed.from_json(read_discussion(client.transport, before_province))
    assert [act.text for act in said.acts] == ["Viết khi mất mạng"]


def test_a_sketch_is_drawn_with_qgis_and_leaves_nothing(desk: PlanningSession):  # noqa: F811
    shapes: list[bytes] = []
    desk.discussion.map.sketched.connect(shapes.append)
    before = set(QgsProject.instance().mapLayers())
    desk.discussion.map.draw("polygons")
    (scratch,) = (layer for key, layer in QgsProject.instance().mapLayers().items() if key not in before)
    from qgis.core import QgsFeature

    feature = QgsFeature(scratch.fields())
    feature.setGeometry(QgsGeometry.fromWkt("MultiPolygon (((600200 1400200, 600240 1400200, 600240 1400240, 600200 1400200)))"))
    scratch.addFeature(feature)
    wait_until(lambda: bool(shapes))
    assert set(QgsProject.instance().mapLayers()) == before
    start = square(600_200, 1_400_200, 100)
    desk.discussion.map.reshape(LOTS, start)
    (scratch,) = (layer for key, layer in QgsProject.instance().mapLayers().items() if key not in before)
    scratch.changeGeometry(next(f.id() for f in scratch.getFeatures()), QgsGeometry.fromWkt("MultiPolygon EMPTY"))
    told = Told(desk)
    desk.discussion.map.take()
    assert told.failures[-1][0] == "geometry.empty", "it can be drawn further"
    assert desk.discussion.map.drawing
    desk.discussion.map.cancel()
    QCoreApplication.processEvents()
    assert set(QgsProject.instance().mapLayers()) == before


def test_what_is_shown_on_the_map_goes_with_it(desk: PlanningSession):  # noqa: F811
    from commune_planning_plugin.adapters.discussion_view import Note

    canvas = desk._context.desktop.canvas
    items = len(canvas.scene().items())
    desk.discussion.map.show_notes([Note("a", 1, square(600_200, 1_400_200, 50)), Note("b", 2, square(0, 0, 5), settled=True)])
    desk.discussion.map.show(square(600_200, 1_400_200, 50), Sign.SUGGESTED, zoom=False)
    assert len(canvas.scene().items()) >= items + 3
    desk.discussion.map.clear()
    assert len(canvas.scene().items()) <= items


def test_what_makes_no_sense_is_refused_here(desk: PlanningSession):  # noqa: F811
    told = Told(desk)
    assert desk.discussion.post("p", 1, ActKind.COMMENT, {"text": "  ", "anchor": {"kind": "whole"}}) is None
    assert told.failures == [("text.blank", "discussion")]
    assert desk.discussion.waiting == 0


def test_a_pull_lets_go_of_what_was_opened_before(desk: PlanningSession):  # noqa: F811
    """Something in it may be hidden by now; who is cleared keeps it."""
    from commune_planning_plugin.store.mailbox import Mailbox

    path = desk.discussion.mailbox_path()
    for cleared, kept in ((True, True), (False, False)):
        with Mailbox.open(path) as box:
            box.keep_review("p", {"secret": True})
        desk._state.account = replace(desk.account, cleared=cleared)
        desk.discussion.pulled()
        with Mailbox.open(path) as box:
            assert (box.review("p") is not None) == kept


def test_signing_out_keeps_what_waits_and_nothing_else(desk: PlanningSession):  # noqa: F811
    from commune_planning_plugin.store.mailbox import Mailbox

    path = desk.discussion.mailbox_path()
    desk._state.connection = Connection.OFFLINE
    desk.discussion.post("p", 1, ActKind.COMMENT, {"text": "Giữ lại", "anchor": {"kind": "whole"}})
    with Mailbox.open(path) as box:
        box.keep_review("p", {"secret": True})
    desk.sign_out()
    with Mailbox.open(path) as box:
        assert (len(box.waiting()), box.review("p")) == (1, None)


def test_a_change_sheet_is_printed_in_the_background_with_and_without_a_line(
    make,  # noqa: F811
    hub_server: HubServer,
    before_province: str,
    tmp_path: Path,
):
    reviewer = make()
    sign_in(reviewer, hub_server.url, "soxd.duyet")
    told, ticks = Told(reviewer), []
    for name in ("online.pdf", "offline.pdf"):
        reviewer.sheet.make(before_province, tmp_path / name, print_sheet)
        assert reviewer.job is not None
        wait_until(lambda: ticks.append(1) or reviewer.job is None, 30)
        assert told.news.count("sheet.written") == 1 + (name == "offline.pdf"), told.failures
        assert (tmp_path / name).read_bytes().startswith(b"%PDF")
        reviewer._state.hub_url = "http://127.0.0.1:1"
    assert len(ticks) > 2, "the window goes on meanwhile"
    reviewer.sheet.make(before_province, tmp_path / "nowhere" / "sheet.pdf", print_sheet)
    wait_until(lambda: reviewer.job is None, 30)
    assert ("file.not_written", "change_sheet") in told.failures


def test_the_head_sees_what_becomes_of_what_was_signed(make, keep_dock, hub_server: HubServer, before_province: str):  # noqa: F811
    """Badged without being asked for, known over a restart without a line, and read once it was looked at."""
    take(signed_in(hub_server.url, "soxd.duyet"), before_province, Step.RETURN, 1, reason="Sửa ranh")
    head = make()
    sign_in(head, hub_server.url, "dailanh.ct")
    dock, button = keep_dock(ReviewDock(head), 330), SyncButton(head)
    wait_until(lambda: bool(head.followed), 20)
    (summary,) = head.followed
    assert (summary.id, summary.state, head.inbox) == (before_province, State.RETURNED, ())
    listed = dock.findChild(QListWidget, "followed_list")
    assert listed.item(0).text().startswith(f"● {summary.unread} new · ")
    assert "●1" in button.text()
    assert dock.windowTitle().endswith("● 1")
    listed.itemActivated.emit(listed.item(0))
    wait_until(lambda: head.review is not None, 20)
    quiet(head)
    assert "●" not in dock.windowTitle() + button.text()
    again = make()
    again._listener.stop()
    assert [each.id for each in again.followed] == [before_province], "as it was seen last"
