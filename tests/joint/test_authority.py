"""Who may do what, from the desk's side: over a real server, with the client that desks use."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from commune_planning_plugin.core.authority import COMMUNE, Authority, Row
from commune_planning_plugin.core.errors import Refused
from commune_planning_plugin.core.workflow import Role, State, Step
from commune_planning_plugin.sync.authority_calls import AuthorityCalls
from commune_planning_plugin.sync.authority_documents import Given
from province_hub.authority import replace_matrix
from tests.hub import tiny
from tests.hub.workflow import Desk, make_desk  # noqa: F401 (fixture)
from tests.joint.conftest import signed_in, take

DELEGATED = Authority(approves=COMMUNE, post_check=True, document="12/QĐ-UBND")
PLAN = tiny.plan_key("PLAN-22504")


@pytest.fixture(name="hub_desk")
def make_hub_desk(desk: Desk) -> Desk:
    with desk.administrating() as conn:
        replace_matrix(conn, [Row(DELEGATED)], "test")
    return desk


def test_a_delegated_communes_proposal_from_hand_to_hand(hub_desk: Desk, hub_server: Any):
    hub_desk.grant("quantri", "head", "22504")
    head, deputy, neighbour, province = (
        signed_in(hub_server.url, n) for n in ("dailanh.ct", "quantri", "vanthang.ct", "soxd.tham")
    )
    assert AuthorityCalls(head).of_plan(PLAN, "22504") == DELEGATED
    version = hub_desk.send(hub_desk.road(tiny.SOUTH + 155))
    asked = neighbour.proposal(version.proposal).summary
    assert (asked.authority, [each.name for each in asked.missing], asked.can) == (
        DELEGATED,
        ["Vạn Thắng"],
        (Step.CONSENT, Step.RETURN),
    )
    assert take(neighbour, version.proposal, Step.CONSENT, 1).missing == ()
    seen = deputy.proposal(version.proposal)
    done = take(deputy, version.proposal, Step.APPROVE, 1, result_hash=seen.result_hash)
    assert (done.state, done.post_check) == (State.APPROVED, "waiting")
    assert [each.id for each in province.proposals("inbox")] == [version.proposal]
    objected = take(province, version.proposal, Step.OBJECT, 1, reason="Mật độ vượt quy chuẩn.")
    assert (objected.state, objected.post_check) == (State.APPROVED, "objected")
    steps = head.proposal(version.proposal).steps
    assert [(each.step, each.communes) for each in steps if each.communes] == [(Step.CONSENT, ("22516",))]
    assert steps[-1].reason == "Mật độ vượt quy chuẩn."


def test_the_heads_signature_goes_into_other_hands_and_back(hub_desk: Desk, hub_server: Any):
    hub_desk.grant("giamsat", "technician", "22504")
    head, deputy = signed_in(hub_server.url, "dailanh.ct"), signed_in(hub_server.url, "giamsat")
    calls = AuthorityCalls(head)
    assert ("giamsat", "Mai Thị Ngọc") in calls.delegations("22504").colleagues
    given = Given(str(uuid.uuid4()), "22504", "giamsat", (Step.SIGN_OFF,), "2026-01-01", "2099-12-31", "05/GUQ-UBND")
    made = calls.give(given)
    assert calls.give(given) == made  # the answer was lost, say
    (mandate,) = deputy.me().mandates
    assert (mandate.giver, mandate.acts, mandate.document) == ("Trần Văn Bình", (Step.SIGN_OFF,), "05/GUQ-UBND")
    assert not deputy.me().has(Role.HEAD)
    version = hub_desk.version(hub_desk.edited(tiny.lot_key("22504", 2, 2), tenDoiTuong="A"))
    hub_desk.submit(version)
    take(deputy, version.proposal, Step.SIGN_OFF, 1)
    signed = head.proposal(version.proposal).steps[-1]
    assert (signed.actor, signed.on_behalf_of, signed.document) == ("Mai Thị Ngọc", "Trần Văn Bình", "05/GUQ-UBND")
    assert calls.revoke(made.id).state == "revoked"
    second = hub_desk.version(hub_desk.edited(tiny.lot_key("22504", 3, 3), tenDoiTuong="B"))
    hub_desk.submit(second)
    with pytest.raises(Refused, match=r"rights\.missing"):
        take(deputy, second.proposal, Step.SIGN_OFF, 1)


def test_without_a_consent_the_client_says_so(desk: Desk, hub_server: Any):
    approver = signed_in(hub_server.url, "soxd.duyet")
    version = desk.send(desk.road(tiny.SOUTH + 155))
    seen = approver.proposal(version.proposal)
    with pytest.raises(Refused, match=r"consent\.missing"):
        take(approver, version.proposal, Step.APPROVE, 1, result_hash=seen.result_hash)
    done = take(approver, version.proposal, Step.APPROVE, 1, result_hash=seen.result_hash, without_consent=True)
    assert done.state is State.APPROVED
    assert approver.proposal(version.proposal).steps[-1].communes == ("22516",)
