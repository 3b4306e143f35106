"""Proposals that build on others, and proposals of two plans that share ground, from desk to desk over a real hub."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable

from commune_planning_plugin.core.workflow import State, Step
from commune_planning_plugin.store import Draft, LocalState, Ref
from commune_planning_plugin.sync import contact
from tests.hub.tiny import LOTS, plan_key
from tests.joint.conftest import INNER_LOT, TABLE, Desk, Province, take

CROSSING = plan_key("PLAN-CROSSING")


def test_the_second_goes_on_from_the_first_and_comes_back_in_their_order(desk: Desk, province: Province) -> None:
    desk.rename(INNER_LOT, "một")
    first = desk.freeze(INNER_LOT)
    desk.rename(INNER_LOT, "hai")
    second = desk.freeze(INNER_LOT, title="Tiếp theo")
    assert [result.problem for result in desk.send()] == [None, None]
    (base,) = desk.client.proposal(second.proposal).summary.depends_on
    assert (base.id, base.state) == (first.proposal, State.AWAITING_SIGN_OFF)
    province.approve(first.proposal)
    assert desk.pull().conflicts == 0
    (left,) = desk.copy.status()
    assert (left.state, left.proposals) == (LocalState.IN_PROPOSAL, (second.proposal,))
    province.approve(second.proposal)
    assert (desk.pull().conflicts, desk.copy.status(), desk.name_of(INNER_LOT)) == (0, (), "hai")


def test_a_base_that_is_refused_takes_the_second_with_it_and_all_is_local_again(desk: Desk) -> None:
    desk.rename(INNER_LOT, "một")
    first = desk.freeze(INNER_LOT)
    desk.rename(INNER_LOT, "hai")
    second = desk.freeze(INNER_LOT)
    desk.copy.outbox.refused(first.proposal, 1, {"code": "invalid"})
    (result,) = desk.send()
    assert result.problem is not None
    assert (result.item.proposal, result.problem.code) == (second.proposal, "version.depends_on")
    (left,) = desk.copy.status()
    assert (left.state, left.change.new) == (LocalState.LOCAL, {"tenDoiTuong": "hai"})


def linked_pair(desk: Desk) -> tuple[str, str]:
    """A lot of the commune's plan renamed, one of the plan over the border drawn, their drafts linked; both frozen."""
    desk.rename(INNER_LOT, "một")
    desk.edit(
        f"INSERT INTO {TABLE} (geom, plan, tenDoiTuong, maThongTinQH, maHoSoQH, phanLoai,"
        " chucNangSuDungDatMuc1, chucNangSuDungDatMuc2)"
        f" SELECT geom, ?, 'mới', maThongTinQH, maHoSoQH, phanLoai, 'DanDung', 'CayxanhCC' FROM {TABLE} WHERE key = ?",
        CROSSING,
        INNER_LOT,
    )
    (drawn,) = (item.change.key for item in desk.copy.status() if item.change.old is None)
    ids = str(uuid.uuid4()), str(uuid.uuid4())
    parts = ((ids[0], ids[1], plan_key("PLAN-22504"), INNER_LOT), (ids[1], ids[0], CROSSING, drawn))
    drafts = [Draft(own, 1, plan, "Liên kết", 2, "vì", (Ref(LOTS, key),), linked=(other,)) for own, other, plan, key in parts]
    for draft in drafts:
        desk.copy.drafts.save(draft)
    frozen = [desk.copy.outbox.freeze(draft) for draft in drafts]
    assert [json.loads(item.body)["linked"] for item in frozen] == [[ids[1]], [ids[0]]]
    return ids


def test_linked_ones_are_agreed_on_and_arrive_together(desk_of: Callable[..., Desk], province: Province) -> None:
    desk, neighbour = desk_of(), desk_of()
    one, other = linked_pair(desk)
    assert [result.problem for result in desk.send()] == [None, None]
    assert province.approve(one).state is State.AGREED
    contact.meet(desk.copy, desk.client, "PC")
    assert (desk.pull().conflicts, {item.state for item in desk.copy.status()}) == (0, {LocalState.IN_PROPOSAL})
    assert neighbour.pull().updated == 0
    assert province.approve(other).state is State.APPROVED
    result = desk.pull()
    assert (result.conflicts, desk.copy.status()) == (0, ())
    assert {item.pulled for item in desk.copy.outbox.items()} == {True}
    arrived = neighbour.pull()
    assert (arrived.updated, arrived.inserted) == (1, 1)


def test_returned_one_of_them_reopens_the_other(desk: Desk, province: Province) -> None:
    one, other = linked_pair(desk)
    desk.send()
    province.approve(one)
    take(province.head, other, Step.RETURN, 1, reason="sửa lại")
    assert desk.client.proposal(one).summary.state is State.IN_REVIEW
    contact.meet(desk.copy, desk.client, "PC")
    states = {item.change.old is None: item.state for item in desk.copy.status()}
    assert states == {False: LocalState.IN_PROPOSAL, True: LocalState.LOCAL}
    again = desk.copy.outbox.freeze(desk.copy.drafts.reopen(other))
    assert (again.number, json.loads(again.body)["linked"]) == (2, [one])
