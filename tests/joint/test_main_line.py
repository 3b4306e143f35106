"""The main job from end to end, without QGIS: draw here, approve there, and the neighbour has it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import psycopg
import pytest

from commune_planning_plugin.core.errors import NotSignedIn, Refused
from commune_planning_plugin.core.wire import canonical_json
from commune_planning_plugin.core.workflow import State, Step
from commune_planning_plugin.store import LocalState, OutboxState, Ref
from commune_planning_plugin.sync import contact, engine
from commune_planning_plugin.sync.feedback import Progress
from tests.hub.tiny import LOTS, lot_key
from tests.joint.conftest import BORDER_LOT, INNER_LOT, TABLE, Desk, Province, signed_in, take


def test_a_first_pull_brings_the_commune_and_its_margin(desk: Desk) -> None:
    connection_rows = desk.copy.rows_meeting("QuyHoach.ChucNangSuDungDat_A", (0, 0, 1e7, 1e7))
    assert lot_key("22504", 0, 0) in connection_rows
    assert lot_key("22516", 0, 0) in connection_rows
    assert lot_key("22516", 9, 0) not in connection_rows
    assert desk.copy.changes().changes == ()
    assert desk.copy.identity.commune == "22504"


def test_a_drawn_change_reaches_the_neighbour(desk_of: Callable[..., Desk], province: Province) -> None:
    mine, theirs = desk_of(), desk_of("vanthang.kt", "22516")
    mine.rename(BORDER_LOT, "Công viên ven biển")
    frozen = mine.freeze(BORDER_LOT)
    (sent,) = mine.send()
    assert (sent.problem, sent.answer.state) == (None, State.AWAITING_SIGN_OFF)
    assert province.approve(frozen.proposal).state is State.APPROVED
    assert theirs.pull().updated == 1
    assert theirs.name_of(BORDER_LOT) == "Công viên ven biển"
    assert theirs.copy.changes().changes == ()


def test_my_own_approved_proposal_comes_back_without_a_conflict(desk: Desk, province: Province) -> None:
    desk.rename(INNER_LOT, "Trường học")
    frozen = desk.freeze(INNER_LOT)
    desk.send()
    desk.rename(INNER_LOT, "Trường học số 2")  # editing goes on after the submit
    province.approve(frozen.proposal)
    contact.meet(desk.copy, desk.client, "PC")
    result = desk.pull()
    assert (result.conflicts, desk.name_of(INNER_LOT)) == (0, "Trường học số 2")
    (left,) = desk.copy.status()
    assert (left.state, left.change.old) == (LocalState.LOCAL, {"tenDoiTuong": "Trường học"})


def test_pulled_and_approved_nothing_is_left_to_do(desk: Desk, province: Province) -> None:
    desk.rename(INNER_LOT, "Trường học")
    frozen = desk.freeze(INNER_LOT)
    desk.send()
    province.approve(frozen.proposal)
    desk.pull()
    contact.meet(desk.copy, desk.client, "PC")
    assert desk.copy.status() == ()
    assert [item.state for item in desk.copy.outbox.items()] in ([], [OutboxState.DECIDED])


def test_a_drawn_feature_and_a_deleted_one(desk: Desk, province: Province, desk_of: Callable[..., Desk]) -> None:
    columns = "plan, visibility, maThongTinQH, maHoSoQH, maDoiTuong, tenDoiTuong, phanLoai, geom"
    desk.edit(
        f"INSERT INTO {TABLE} (birth, {columns}, chucNangSuDungDatMuc1, chucNangSuDungDatMuc2)"
        f" SELECT NULL, {columns}, chucNangSuDungDatMuc1, chucNangSuDungDatMuc2 FROM {TABLE} WHERE key = ?",
        INNER_LOT,
    )
    desk.edit(f"DELETE FROM {TABLE} WHERE key = ?", INNER_LOT)
    changes = desk.copy.changes().changes
    frozen = desk.freeze(*(change.key for change in changes))
    desk.send()
    province.approve(frozen.proposal)
    other = desk_of("dailanh.kt")
    keys = other.copy.rows_meeting("QuyHoach.ChucNangSuDungDat_A", (0, 0, 1e7, 1e7)).keys()
    assert INNER_LOT not in keys
    assert {change.key for change in changes if change.old is None} <= keys
    desk.pull()
    assert desk.copy.changes().changes == ()


def test_files_go_before_the_version(desk: Desk, province: Province, tmp_path) -> None:
    (tmp_path / "quyet-dinh.pdf").write_bytes(b"%PDF-1.7 quyet dinh")
    desk.rename(INNER_LOT, "Chợ")
    draft = desk.copy.drafts.new([Ref(LOTS, INNER_LOT)])
    file = desk.copy.drafts.attach(draft.proposal, tmp_path / "quyet-dinh.pdf")
    desk.copy.outbox.freeze(replace(draft, title="Chợ mới", ground=1, reason="Vì", files=(file,)))
    watched = Watched()
    (sent,) = engine.send_outbox(desk.copy, desk.client, watched)
    assert sent.problem is None
    assert watched.stages == ["send", "attachments"]
    assert province.head.attachment(file.sha256) == b"%PDF-1.7 quyet dinh"


class Watched:
    def __init__(self) -> None:
        self.stages: list[str] = []

    def progress(self, progress: Progress) -> None:
        self.stages.append(progress.stage)

    def cancelled(self) -> bool:
        return False


def test_a_returned_proposal_goes_again_as_the_next_version(desk: Desk, province: Province) -> None:
    desk.rename(INNER_LOT, "Chợ")
    frozen = desk.freeze(INNER_LOT)
    desk.send()
    take(province.head, frozen.proposal, Step.RETURN, 1, reason="Thiếu thuyết minh")
    contact.meet(desk.copy, desk.client, "PC")
    assert [change.state for change in desk.copy.status()] == [LocalState.LOCAL]
    draft = desk.copy.drafts.reopen(frozen.proposal)
    desk.copy.outbox.freeze(replace(draft, reason="Có thuyết minh"))
    (sent,) = desk.send()
    assert (sent.problem, sent.answer.version) == (None, 2)
    assert province.approve(frozen.proposal).state is State.APPROVED
    assert desk.pull().conflicts == 0
    assert desk.copy.status() == ()


def test_what_the_hub_refuses_is_recorded_and_stays_mine(desk: Desk, database) -> None:
    desk.rename(INNER_LOT, "Chợ")
    frozen = desk.freeze(INNER_LOT)
    with psycopg.connect(database.conninfo) as connection:
        connection.execute("UPDATE hub.role SET commune = '22516' WHERE role = 'technician' AND commune = '22504'")
    (sent,) = desk.send()
    assert isinstance(sent.problem, Refused)
    (item,) = desk.copy.outbox.items()
    assert (item.state, item.problem["code"]) == (OutboxState.REFUSED, "rights.territory")
    assert [change.state for change in desk.copy.status()] == [LocalState.LOCAL]
    assert desk.copy.outbox.take_back(frozen.proposal, 1).number == 1


def test_another_version_under_its_number_makes_it_the_draft_of_the_next(desk: Desk) -> None:
    desk.rename(INNER_LOT, "Chợ")
    frozen = desk.freeze(INNER_LOT)
    other = json.loads(frozen.body)
    desk.client.put_version(frozen.proposal, 1, canonical_json({**other, "title": "Khác"}))
    (sent,) = desk.send()
    assert isinstance(sent.problem, Refused)
    assert (sent.problem.code, sent.problem.details["next"]) == ("proposal.content_differs", 2)
    assert desk.copy.outbox.items() == ()
    assert [(draft.proposal, draft.number) for draft in desk.copy.drafts.all()] == [(frozen.proposal, 2)]
    assert [change.state for change in desk.copy.status()] == [LocalState.LOCAL]


def test_what_is_taken_back_meanwhile_is_not_sent(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.rename(INNER_LOT, "Chợ")
    frozen = desk.freeze(INNER_LOT)
    files_sent = engine._send_files

    def taken_back_while_files_go(*told: object) -> None:
        files_sent(*told)
        desk.copy.outbox.take_back(frozen.proposal, 1)

    monkeypatch.setattr(engine, "_send_files", taken_back_while_files_go)
    assert desk.send() == []
    assert desk.client.proposals("mine") == ()
    assert [draft.proposal for draft in desk.copy.drafts.all()] == [frozen.proposal]


def test_a_revoked_token_loses_nothing(desk: Desk, hub_server) -> None:
    desk.rename(INNER_LOT, "Chợ")
    desk.freeze(INNER_LOT)
    token = desk.client.token
    desk.client.sign_out()
    desk.client._transport.token = token
    with pytest.raises(NotSignedIn, match=r"auth\.revoked"):
        desk.send()
    with pytest.raises(NotSignedIn):
        desk.pull()
    assert [item.state for item in desk.copy.outbox.items()] == [OutboxState.QUEUED]
    again = signed_in(hub_server.url, desk.name)
    (sent,) = engine.send_outbox(desk.copy, again)
    assert sent.problem is None
