"""A clash from the approver's refusal to the approved next version: the technician finds it at the next pull and decides it."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest

from commune_planning_plugin.core.changes import ChangeKind
from commune_planning_plugin.core.errors import HubUnreachable, InvalidData, Refused
from commune_planning_plugin.core.merge import ConflictKind
from commune_planning_plugin.core.workflow import State, Step
from commune_planning_plugin.store import FEATURE, Draft, LocalState, Ref, Side
from commune_planning_plugin.sync import contact
from tests.hub.tiny import LOTS, ROADS, plan_key
from tests.joint.conftest import INNER_LOT, TABLE, Desk, Province, take

REF = Ref(LOTS, INNER_LOT)
ROAD = Ref(ROADS, str(uuid.uuid5(uuid.NAMESPACE_URL, "road:crossing")))
ROAD_TABLE = "QuyHoach_MangLuoiGiaoThongDuongBo_L"


def at_province(database, statement: str, *values: object) -> None:
    """As a person with the rights does it, by SQL."""
    with database.writing("dba") as connection:
        connection.execute(statement, values)


def sent(desk: Desk) -> str:
    """A proposal with a new name and a remark of the inner lot, on its way."""
    desk.edit(f"UPDATE {TABLE} SET tenDoiTuong = 'Của xã', ghiChu = 'đo lại' WHERE key = ?", INNER_LOT)
    frozen = desk.freeze(INNER_LOT)
    assert desk.send()[0].problem is None
    return frozen.proposal


def refused_and_returned(province: Province, proposal: str) -> None:
    take(province.head, proposal, Step.SIGN_OFF, 1)
    take(province.approver, proposal, Step.OPEN, 1)
    seen = province.approver.proposal(proposal)
    with pytest.raises(Refused, match=r"proposal\.conflict") as refusal:
        take(province.approver, proposal, Step.APPROVE, 1, result_hash=seen.result_hash, without_consent=bool(seen.summary.missing))
    assert refusal.value.details["conflicts"] == [
        {"layer": LOTS, "key": INNER_LOT, "kind": "attributes", "attributes": ["tenDoiTuong"]}
    ]
    assert take(province.approver, proposal, Step.RETURN, 1, reason="Có xung đột").state is State.RETURNED


@pytest.mark.parametrize("pulled_first", [True, False], ids=["pulled while it was in review", "pulled after it was returned"])
@pytest.mark.parametrize("side", Side)
def test_a_clash_at_approval_comes_back_as_a_conflict_is_decided_and_approved(
    desk: Desk, province: Province, database, side: Side, pulled_first: bool
) -> None:
    proposal = sent(desk)
    at_province(
        database,
        'UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "tenDoiTuong" = %s, "danSo" = 9 WHERE key = %s',
        "Của tỉnh",
        INNER_LOT,
    )
    if pulled_first:
        assert desk.pull().conflicts == 1
    refused_and_returned(province, proposal)
    contact.meet(desk.copy, desk.client, "PC")
    if not pulled_first:
        assert desk.pull().conflicts == 1
    (item,) = desk.copy.status()
    assert (item.state, item.proposal) == (LocalState.CONFLICT, None)
    assert item.conflict.attributes == ("tenDoiTuong",)
    values = (item.conflict.base["tenDoiTuong"] != "Của xã", item.row["tenDoiTuong"], item.conflict.remote["tenDoiTuong"])
    assert values == (True, "Của xã", "Của tỉnh")
    assert (item.row["ghiChu"], item.row["danSo"]) == ("đo lại", 9)  # what could be merged is
    desk.copy.conflicts.resolve(REF, {"tenDoiTuong": side})
    draft = desk.copy.drafts.reopen(proposal)
    assert draft.refs == (REF,)
    desk.copy.outbox.freeze(replace(draft, reason="Đã xử lý xung đột"))
    (again,) = desk.send()
    assert (again.problem, again.answer.version) == (None, 2)
    assert province.approve(proposal).state is State.APPROVED
    assert desk.pull().conflicts == 0
    row = desk.copy.row(REF)
    assert (row["tenDoiTuong"], row["ghiChu"], row["danSo"]) == (
        "Của xã" if side is Side.MINE else "Của tỉnh",
        "đo lại",
        9,
    )
    assert desk.copy.status() == ()


def proposed_road(desk: Desk) -> str:
    frozen = desk.copy.outbox.freeze(Draft(str(uuid.uuid4()), 1, plan_key("PLAN-CROSSING"), "Đường", 2, "Vì", (ROAD,)))
    (answer,) = desk.send()
    assert answer.problem is None
    return frozen.proposal


@pytest.mark.parametrize("undone_between", [True, False])
def test_a_feature_that_the_province_deleted_can_be_kept_under_its_key(
    desk: Desk, province: Province, database, undone_between: bool
) -> None:
    birth = desk.copy.row(ROAD)["birth"]
    desk.edit(f"UPDATE {ROAD_TABLE} SET tenDuong = 'Đường của xã' WHERE key = ?", ROAD.key)
    at_province(database, 'DELETE FROM "QuyHoach"."MangLuoiGiaoThongDuongBo_L" WHERE key = %s', ROAD.key)
    assert desk.pull().conflicts == 1
    desk.copy.conflicts.resolve(ROAD, {FEATURE: Side.MINE})
    if undone_between:
        desk.copy.conflicts.undo([ROAD])
        (conflict,) = desk.copy.conflicts.open()
        assert conflict.kind is ConflictKind.DELETED_AT_PROVINCE
        desk.copy.conflicts.resolve(ROAD, Side.MINE)
    (item,) = desk.copy.status()
    assert (item.state, item.change.kind) == (LocalState.LOCAL, ChangeKind.INSERT)
    assert province.approve(proposed_road(desk)).state is State.APPROVED
    assert desk.pull().conflicts == 0
    row = desk.copy.row(ROAD)
    assert (row["tenDuong"], row["birth"]) == ("Đường của xã", birth)
    assert desk.copy.status() == ()


@pytest.mark.parametrize("side", Side)
def test_a_feature_that_i_deleted_and_the_province_changed(desk: Desk, province: Province, database, side: Side) -> None:
    desk.edit(f"DELETE FROM {ROAD_TABLE} WHERE key = ?", ROAD.key)
    at_province(database, 'UPDATE "QuyHoach"."MangLuoiGiaoThongDuongBo_L" SET "tenDuong" = %s WHERE key = %s', "Đường 2", ROAD.key)
    assert desk.pull().conflicts == 1
    desk.copy.conflicts.resolve(ROAD, {FEATURE: side})
    if side is Side.PROVINCE:
        assert desk.copy.row(ROAD)["tenDuong"] == "Đường 2"
        assert desk.copy.status() == ()
        return
    assert province.approve(proposed_road(desk)).state is State.APPROVED
    assert desk.pull().conflicts == 0
    assert (desk.copy.row(ROAD), desk.copy.status()) == (None, ())


# --- whose change it is -----------------------------------------------------------------------------------------------


def test_a_conflict_says_who_changed_the_feature_by_which_proposal(desk_of, province: Province) -> None:
    desk, colleague = desk_of(), desk_of()
    colleague.rename(INNER_LOT, "Của đồng nghiệp")
    frozen = colleague.freeze(INNER_LOT, title="Đổi tên chợ")
    colleague.send()
    approved = province.approve(frozen.proposal)
    desk.rename(INNER_LOT, "Của tôi")
    assert desk.pull().conflicts == 1
    (conflict,) = desk.copy.conflicts.open()
    last = conflict.last_change
    assert last is not None
    assert (last.revision, last.by, last.title) == (approved.revision, desk.client.me().full_name, "Đổi tên chợ")
    assert last.at.endswith("Z")
    (listed,) = desk.copy.status()
    assert listed.conflict == conflict


def test_a_feature_that_was_deleted_by_sql_is_said_so_and_the_newest_pull_counts(desk: Desk, database) -> None:
    desk.rename(INNER_LOT, "Của tôi")
    at_province(database, 'UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "tenDoiTuong" = \'x\' WHERE key = %s', INNER_LOT)
    desk.pull()
    first = desk.copy.conflicts.open()[0].last_change
    at_province(database, 'DELETE FROM "QuyHoach"."ChucNangSuDungDat_A" WHERE key = %s', INNER_LOT)
    assert desk.copy.conflicts.open()[0].last_change == first  # as of what was pulled
    desk.pull()
    (conflict,) = desk.copy.conflicts.open()
    assert (conflict.kind, conflict.last_change.by, conflict.last_change.title) == (ConflictKind.DELETED_AT_PROVINCE, "", None)
    assert conflict.last_change.revision == first.revision + 1 == desk.copy.checkpoint.number


def test_who_goes_on_from_a_fresh_snapshot_hears_it_too(desk: Desk, database, conninfo: str) -> None:
    desk.rename(INNER_LOT, "Của tôi")
    at_province(database, 'UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "tenDoiTuong" = \'x\' WHERE key = %s', INNER_LOT)
    at_province(database, "UPDATE hub.commune SET area_epoch = area_epoch + 1 WHERE code = '22504'")
    assert desk.pull().fresh == "area"
    assert desk.copy.conflicts.open()[0].last_change.revision == desk.copy.checkpoint.number


@pytest.mark.parametrize("problem", [Refused("not_found", 404), HubUnreachable("hub.unreachable"), InvalidData("answer.malformed")])
def test_where_the_hub_does_not_tell_the_pull_is_done_all_the_same(desk: Desk, database, monkeypatch, problem) -> None:
    def refuse(*_given: object) -> None:
        raise problem

    desk.rename(INNER_LOT, "Của tôi")
    at_province(database, 'UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "tenDoiTuong" = \'x\' WHERE key = %s', INNER_LOT)
    monkeypatch.setattr(desk.client, "last_changes", refuse)
    assert desk.pull().conflicts == 1
    assert desk.copy.conflicts.open()[0].last_change is None
    monkeypatch.undo()
    desk.pull()
    assert desk.copy.conflicts.open()[0].last_change.revision == desk.copy.checkpoint.number
