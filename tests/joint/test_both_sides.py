"""Both sides changed the same feature: nobody is overwritten silently, in either direction."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest

from commune_planning_plugin.core.errors import Refused, WorkingCopyError
from commune_planning_plugin.core.merge import ConflictKind
from commune_planning_plugin.core.workflow import State, Step
from commune_planning_plugin.store import Draft, LocalState, Ref, Side
from tests.hub.tiny import LOTS, ROADS, plan_key
from tests.joint.conftest import INNER_LOT, TABLE, Desk, Province, take

REF = Ref(LOTS, INNER_LOT)
ROAD = Ref(ROADS, str(uuid.uuid5(uuid.NAMESPACE_URL, "road:crossing")))
ROAD_TABLE = "QuyHoach_MangLuoiGiaoThongDuongBo_L"


@pytest.fixture
def two_desks(desk_of: Callable[..., Desk]) -> tuple[Desk, Desk]:
    return desk_of(), desk_of()


def approved(desk: Desk, province: Province, key: str = INNER_LOT) -> None:
    frozen = desk.freeze(key)
    (sent,) = desk.send()
    assert sent.problem is None
    assert province.approve(frozen.proposal).state is State.APPROVED


def test_different_attributes_stand_together(two_desks: tuple[Desk, Desk], province: Province) -> None:
    first, second = two_desks
    first.rename(INNER_LOT, "Chợ")
    second.edit(f"UPDATE {TABLE} SET ghiChu = 'đo lại' WHERE key = ?", INNER_LOT)
    approved(first, province)
    assert second.pull().conflicts == 0
    row = second.copy.row(REF)
    assert (row["tenDoiTuong"], row["ghiChu"]) == ("Chợ", "đo lại")
    approved(second, province)
    first.pull()
    assert first.copy.row(REF)["ghiChu"] == "đo lại"


@pytest.mark.parametrize("side", [Side.MINE, Side.PROVINCE])
def test_the_same_attribute_waits_for_a_person(two_desks: tuple[Desk, Desk], province: Province, side: Side) -> None:
    first, second = two_desks
    first.rename(INNER_LOT, "Chợ")
    second.rename(INNER_LOT, "Trường học")
    approved(first, province)
    assert second.pull().conflicts == 1
    assert second.name_of(INNER_LOT) == "Trường học"
    (change,) = second.copy.status()
    assert change.state is LocalState.CONFLICT
    assert change.conflict is not None
    assert change.conflict.remote["tenDoiTuong"] == "Chợ"
    with pytest.raises(WorkingCopyError, match=r"proposal\.conflict"):
        second.freeze(INNER_LOT)
    second.copy.conflicts.resolve(REF, side)
    if side is Side.PROVINCE:
        assert (second.name_of(INNER_LOT), second.copy.status()) == ("Chợ", ())
        return
    approved(second, province)
    first.pull()
    assert first.name_of(INNER_LOT) == "Trường học"


@pytest.mark.parametrize("deleted_here", [True, False])
def test_deleting_against_changing_waits_in_both_directions(two_desks, province: Province, deleted_here: bool) -> None:
    first, second = two_desks
    deleting, renaming = (second, first) if deleted_here else (first, second)
    assert deleting.edit(f"DELETE FROM {ROAD_TABLE} WHERE key = ?", ROAD.key) == 1
    assert renaming.edit(f"UPDATE {ROAD_TABLE} SET tenDuong = 'Đường 2' WHERE key = ?", ROAD.key) == 1
    frozen = first.copy.outbox.freeze(Draft(str(uuid.uuid4()), 1, plan_key("PLAN-CROSSING"), "Đường", 2, "Vì", (ROAD,)))
    first.send()
    province.approve(frozen.proposal)
    assert second.pull().conflicts == 1
    (conflict,) = second.copy.conflicts.open()
    assert conflict.kind is (ConflictKind.DELETED_HERE if deleted_here else ConflictKind.DELETED_AT_PROVINCE)
    assert (second.copy.row(ROAD) is None) == deleted_here


def test_a_conflict_with_the_province_can_not_be_approved(two_desks: tuple[Desk, Desk], province: Province) -> None:
    first, second = two_desks
    first.rename(INNER_LOT, "Chợ")
    second.rename(INNER_LOT, "Trường học")
    waiting = second.freeze(INNER_LOT)
    second.send()
    approved(first, province)
    take(province.head, waiting.proposal, Step.SIGN_OFF, 1)
    take(province.approver, waiting.proposal, Step.OPEN, 1)
    seen = province.approver.proposal(waiting.proposal)
    assert seen.review[0].conflict is not None
    with pytest.raises(Refused, match=r"proposal\.conflict"):
        take(
            province.approver,
            waiting.proposal,
            Step.APPROVE,
            1,
            result_hash=seen.result_hash,
            without_consent=bool(seen.summary.missing),
        )


def test_a_direct_edit_of_the_database_arrives_too(desk: Desk, database) -> None:
    with database.writing("dba") as connection:
        connection.execute(
            'UPDATE "QuyHoach"."ChucNangSuDungDat_A" SET "tenDoiTuong" = %s WHERE key = %s', ("Sửa trực tiếp", INNER_LOT)
        )
    assert desk.pull().updated == 1
    assert desk.name_of(INNER_LOT) == "Sửa trực tiếp"
    assert desk.pull().updated == 0
