"""Proposals of two plans that share ground: agreed on one by one, applied in one revision or not at all."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.schema import Values
from commune_planning_plugin.core.workflow import DECIDED, TRANSITIONS, State, Step
from province_hub.area import area_of
from province_hub.errors import Problem
from province_hub.feed import Checkpoint, Question, page
from province_hub.revisions import latest
from province_hub.verify import verify
from tests.hub import tiny
from tests.hub.workflow import Desk, make_desk, refused, state_of  # noqa: F401

LOT = tiny.lot_key("22504", 2, 2)
CROSSING = tiny.plan_key("PLAN-CROSSING")
GROUND = tiny.square(600_000, 1_401_500)


def pair(desk: Desk, both: bool = True) -> tuple[Version, Version]:
    """A lot of one plan renamed, and one of another plan drawn, each naming the other."""
    ids = str(uuid.uuid4()), str(uuid.uuid4())
    one = desk.version(desk.edited(LOT, tenDoiTuong="một"), proposal=ids[0], linked=(ids[1],))
    other = desk.version(desk.inserted(GROUND, plan=CROSSING), proposal=ids[1], linked=(ids[0],), plan=CROSSING)
    for version in (one, other) if both else (one,):
        desk.submit(version)
        desk.step("dailanh.ct", version, Step.SIGN_OFF)
    return one, other


def of_features(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for each in findings if not each["rule"].startswith("bal.")]


def state(desk: Desk, version: Version) -> str:
    return str(desk.detail("dailanh.kt", version)["state"])


def revision(desk: Desk) -> int:
    with desk.database.reading() as conn:
        return latest(conn)[0]


def actions(desk: Desk, version: Version) -> list[str]:
    with desk.database.reading() as conn:
        rows = conn.execute("SELECT action FROM hub.audit WHERE proposal = %s ORDER BY position", (version.proposal,))
        return [row["action"] for row in rows]


def whole(desk: Desk) -> None:
    with desk.database.reading() as conn:
        assert verify(conn) == []


@pytest.mark.parametrize("first", [0, 1])
def test_the_last_approval_applies_both_in_one_revision(desk: Desk, first: int):
    versions = pair(desk)
    before, number = desk.rows(), revision(desk)
    answer = desk.approve(versions[first])
    assert (answer["state"], answer["revision"]) == ("agreed", None)
    assert (desk.rows(), revision(desk)) == (before, number)
    last = desk.approve(versions[1 - first])
    assert last["state"] == "approved"
    summaries = {item["id"]: item for item in desk.listed("dailanh.kt")}
    assert {(s["state"], s["revision"]) for s in summaries.values()} == {("approved", last["revision"]["number"])}
    assert revision(desk) == last["revision"]["number"]
    assert (desk.row(LOT) or {})["tenDoiTuong"] == "một"
    assert desk.row(versions[1].changes[0].key) is not None
    assert actions(desk, versions[first]) == ["submit", "sign_off", "agree", "apply"]
    assert actions(desk, versions[1 - first]) == ["submit", "sign_off", "approve"]
    whole(desk)


def test_the_feed_names_both_proposals_of_the_revision(desk: Desk):
    versions = pair(desk)
    with desk.database.reading() as conn:
        since = Checkpoint(*latest(conn))
    for version in versions:
        desk.approve(version)
    with desk.database.reading() as conn:
        question = Question(area_of(conn, "22504"), False, since, Checkpoint(*latest(conn)))
        first, *_ = page(conn, desk.layers, question, 1 << 20).lines
    named = [(r["number"], r["proposal"], r["version"]) for r in json.loads(first)["revisions"]]
    assert {number for number, _, _ in named} == {revision(desk)}
    assert {(proposal, version) for _, proposal, version in named} == {(version.proposal, 1) for version in versions}


def test_repeating_the_requests_answers_the_same(desk: Desk):
    versions = pair(desk)
    seen = [desk.detail("soxd.duyet", version)["result_hash"] for version in versions]
    asked = [str(uuid.uuid4()) for _ in versions]
    given = list(zip(versions, seen, asked))
    answers = [desk.approve(version, result_hash=hash_, request=request) for version, hash_, request in given]
    before = state_of(desk.database)
    assert [desk.approve(version, result_hash=hash_, request=request) for version, hash_, request in given] == answers
    assert state_of(desk.database) == before


def test_one_that_has_not_come_is_waited_for(desk: Desk):
    one, other = pair(desk, both=False)
    assert desk.approve(one)["state"] == "agreed"
    assert desk.detail("soxd.duyet", one)["linked"] == [{"id": other.proposal, "number": None, "title": None, "state": None}]
    desk.submit(other)
    assert state(desk, one) == "agreed"
    desk.step("dailanh.ct", other, Step.SIGN_OFF)
    assert desk.approve(other)["state"] == "approved"
    assert state(desk, one) == "approved"


def test_naming_on_one_side_is_enough(desk: Desk):
    one = desk.send(desk.edited(LOT, tenDoiTuong="một"))
    other = desk.send(desk.inserted(GROUND, plan=CROSSING), plan=CROSSING, linked=(one.proposal,))
    assert desk.approve(one)["state"] == "agreed"
    assert desk.approve(other)["state"] == "approved"
    assert state(desk, one) == "approved"


def test_three_in_a_row_are_one(desk: Desk):
    one, other = pair(desk)
    third = desk.send(desk.edited(tiny.lot_key("22504", 5, 5), ghiChu="ba"), linked=(other.proposal,))
    number = revision(desk)
    for version in (one, third):
        assert desk.approve(version)["state"] == "agreed"
    assert revision(desk) == number
    desk.approve(other)
    assert {state(desk, version) for version in (one, other, third)} == {"approved"}


@pytest.mark.parametrize(
    ("account", "step"), [("soxd.tham", Step.RETURN), ("soxd.duyet", Step.REJECT), ("dailanh.kt", Step.WITHDRAW)]
)
@pytest.mark.parametrize("itself", [False, True])
def test_what_turns_one_down_reopens_the_other(desk: Desk, account: str, step: Step, itself: bool):
    one, other = pair(desk)
    desk.approve(one)
    desk.step(account, one if itself else other, step, reason="sửa lại")
    if itself:
        assert state(desk, other) == "submitted"
        return
    assert state(desk, one) == "in_review"
    assert actions(desk, one)[-1] == "reopen"
    whole(desk)
    if step is Step.REJECT:
        with refused(409, "proposal.linked"):
            desk.approve(one)
    else:
        assert desk.approve(one)["state"] == "agreed"


@pytest.mark.parametrize(("account", "step"), [("soxd.duyet", Step.REJECT), ("dailanh.kt", Step.WITHDRAW)])
def test_what_will_not_come_any_more_holds_nobody_back(desk: Desk, account: str, step: Step):
    one, other = pair(desk)
    desk.step(account, other, step, reason="không")
    desk.step("soxd.tham", one, Step.RETURN, reason="bỏ phần chung")
    again = replace(one, number=2, linked=())
    desk.submit(again)
    desk.step("dailanh.ct", again, Step.SIGN_OFF)
    assert desk.approve(again)["state"] == "approved"


def test_the_receipt_knows_the_linked_one_already(desk: Desk):
    squares = (GROUND, tiny.square(600_050, 1_401_500))
    one = desk.version(*(desk.inserted(shape, plan=CROSSING) for shape in squares), plan=CROSSING)
    found = of_features(desk.submit(one)["findings"])
    other = desk.version(desk.edited(LOT, tenDoiTuong="một"), linked=(one.proposal,))
    assert desk.submit(other)["findings"] == found != []  # the balance of the other plan is not its own


def test_what_changed_since_it_was_agreed_on_is_looked_at_again(desk: Desk):
    one, other = pair(desk)
    desk.approve(one)
    desk.direct([desk.edited(LOT, ghiChu="của tỉnh")])
    seen = desk.detail("soxd.duyet", other)["result_hash"]
    number = revision(desk)
    with refused(409, "changed_since_seen") as details:
        desk.approve(other, result_hash=seen)
    assert details["proposal"] == one.proposal
    assert details["difference"]["rows"] == [{"layer": tiny.LOTS, "key": LOT}]
    assert (state(desk, one), state(desk, other), revision(desk)) == ("in_review", "submitted", number)
    assert desk.approve(one)["state"] == "agreed"
    assert desk.approve(other)["state"] == "approved"
    whole(desk)


def test_the_rules_see_both_and_name_their_findings_in_both(desk: Desk):
    one, other = pair(desk)
    desk.step("soxd.tham", other, Step.RETURN, reason="sửa")
    squares = (GROUND, tiny.square(600_050, 1_401_500))
    overlapping = [desk.inserted(shape, plan=CROSSING) for shape in squares]
    again = replace(other, number=2, changes=tuple(overlapping))
    desk.submit(again)
    desk.step("dailanh.ct", again, Step.SIGN_OFF)
    findings = [of_features(desk.detail("soxd.duyet", version)["findings"]) for version in (one, again)]
    assert findings[0] == findings[1] != []
    with refused(409, "rules.errors"):
        desk.approve(one)


def test_what_awaits_sign_off_is_not_before_the_province(desk: Desk):
    one, other = pair(desk, both=False)
    before = desk.detail("soxd.duyet", one)["result_hash"]
    desk.submit(other)
    assert desk.detail("soxd.duyet", one)["result_hash"] == before
    assert desk.detail("soxd.duyet", one)["linked"][0]["state"] is None
    assert desk.detail("dailanh.ct", one)["linked"][0]["state"] == "awaiting_sign_off"


# --- the state machine ------------------------------------------------------------------------------------------------

ACTORS = {
    Step.SIGN_OFF: "dailanh.ct",
    Step.OPEN: "soxd.tham",
    Step.RETURN: "soxd.tham",
    Step.REJECT: "soxd.duyet",
    Step.APPROVE: "soxd.duyet",
    Step.WITHDRAW: "dailanh.kt",
}
REACHED: dict[State, tuple[Step, ...]] = {
    State.AWAITING_SIGN_OFF: (),
    State.SUBMITTED: (Step.SIGN_OFF,),
    State.IN_REVIEW: (Step.SIGN_OFF, Step.OPEN),
    State.AGREED: (Step.SIGN_OFF, Step.APPROVE),
    State.RETURNED: (Step.SIGN_OFF, Step.RETURN),
    State.REJECTED: (Step.SIGN_OFF, Step.REJECT),
    State.WITHDRAWN: (Step.WITHDRAW,),
}


def take(desk: Desk, version: Version, step: Step) -> dict[str, Any]:
    before = state(desk, version)
    account = "dailanh.ct" if step is Step.RETURN and before == "awaiting_sign_off" else ACTORS[step]
    seen = desk.detail("dailanh.kt", version)["result_hash"] if step is Step.APPROVE else None
    return desk.step(account, version, step, reason="vì", result_hash=seen)


@pytest.mark.parametrize("step", ACTORS, ids=lambda step: step.value)
@pytest.mark.parametrize("before", REACHED, ids=lambda state: state.value)
def test_each_step_from_each_state(desk: Desk, before: State, step: Step):
    missing = str(uuid.uuid4())
    version = desk.version(desk.edited(LOT, tenDoiTuong="một"), linked=(missing,))
    desk.submit(version)
    for each in REACHED[before]:
        take(desk, version, each)
    assert state(desk, version) == before.value
    transition = TRANSITIONS[step]
    if before in transition.before:
        after = State.AGREED if step is Step.APPROVE else transition.leads(before)
        assert take(desk, version, step)["state"] == after.value
        return
    counts = state_of(desk.database)
    with pytest.raises(Problem) as caught:
        take(desk, version, step)
    assert caught.value.code in ("proposal.state", "not_found")
    assert state_of(desk.database) == counts
    assert state(desk, version) == before.value


@pytest.mark.parametrize("step", [Step.AGREE, Step.APPLY, Step.REOPEN], ids=lambda step: step.value)
def test_nobody_asks_for_the_hubs_own_steps(desk: Desk, step: Step):
    one, _ = pair(desk)
    for account in ("dailanh.kt", "dailanh.ct", "soxd.tham", "soxd.duyet", "quantri"):
        with pytest.raises(Problem):
            desk.step(account, one, step)
        assert step.value not in {can for item in desk.listed(account) for can in item["can"]}


LIKELY = [*ACTORS, *[Step.APPROVE] * 6]


def applied(rows: dict[str, Values], versions: tuple[Version, ...]) -> list[bool]:
    """Which of the two linked and the dependent one are in the province's rows."""
    name = rows[LOT]["tenDoiTuong"]
    return [name in ("một", "ba"), versions[1].changes[0].key in rows, name == "ba"]


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(LIKELY)), min_size=4, max_size=14))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_done_in_whatever_order_nothing_is_half_applied(desk: Desk, done: list[tuple[int, Step]]):
    for summary in desk.listed("dailanh.kt", "mine"):  # of the example before
        if "withdraw" in summary["can"]:
            desk.step("dailanh.kt", replace(desk.version(), proposal=summary["id"], number=summary["version"]), Step.WITHDRAW)
    drawn = [desk.deleted(key) for key, row in desk.rows().items() if row["plan"] == CROSSING]
    desk.direct([desk.edited(LOT, tenDoiTuong=f"Lô {uuid.uuid4().hex[:8]}"), *drawn])
    one, other = pair(desk)
    old = one.changes[0].new or {}
    dependent = desk.send(replace(one.changes[0], old=old, new={**old, "tenDoiTuong": "ba"}), depends_on=(one.proposal,))
    versions = [one, other, dependent]
    for which, step in done:
        number = revision(desk)
        try:
            take(desk, versions[which], step)
        except Problem as problem:
            assert problem.code in ("proposal.state", "proposal.depends", "proposal.linked", "proposal.conflict", "not_found")  # noqa: PT017
            assert revision(desk) == number
        states = [State(state(desk, version)) for version in versions]
        there = applied(desk.rows(), (one, other, dependent))
        assert there[0] == there[1] == (states[0] is State.APPROVED) == (states[1] is State.APPROVED)
        assert there[2] == (states[2] is State.APPROVED)
        assert State.AGREED not in states[2:]
        if State.AGREED in states[:2]:
            assert not set(states[:2]) & DECIDED
        if states[which] in (State.RETURNED, State.WITHDRAWN):
            versions[which] = replace(versions[which], number=versions[which].number + 1)
            try:
                desk.submit(versions[which])
                desk.step("dailanh.ct", versions[which], Step.SIGN_OFF)
            except Problem as problem:
                assert problem.code in ("version.depends_on", "version.linked")  # noqa: PT017
                versions[which] = replace(versions[which], number=versions[which].number - 1)
    whole(desk)


def test_what_became_of_a_hidden_feature_of_the_other_isnt_told(desk: Desk):
    """The last approver may not know of it: that the other has to be looked at again is all that is said."""
    desk.clear("dailanh.kt")
    desk.direct([desk.edited(LOT, visibility=2)])
    one, other = pair(desk)
    desk.approve(one)
    desk.direct([desk.edited(LOT, ghiChu="đổi")])
    desk.clear("soxd.duyet", False)
    with refused(409, "changed_since_seen") as details:
        desk.approve(other)
    assert LOT not in json.dumps(details)
    assert (details["proposal"], state(desk, one)) == (one.proposal, "in_review")
