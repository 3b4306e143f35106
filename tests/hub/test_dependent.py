"""A proposal that depends on an undecided one: taken in, shown and decided over what that one would leave."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest

from commune_planning_plugin.core.changes import Change, apply_to_row
from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.schema import Value
from commune_planning_plugin.core.wire import decode_values
from commune_planning_plugin.core.workflow import State, Step
from province_hub.verify import verify
from tests.hub import tiny
from tests.hub.workflow import Desk, make_desk, refused, state_of  # noqa: F401

LOT, NEIGHBOUR = tiny.lot_key("22504", 2, 2), tiny.lot_key("22504", 3, 2)
FREE = tiny.square(600_000, 1_401_500)


def on_top(first: Change, **values: Value) -> Change:
    """An update of what ``first`` leaves of its feature."""
    row = first.new or {}
    return Change(first.layer, first.key, {name: row[name] for name in values}, values)


def two(desk: Desk) -> tuple[Version, Version]:
    """A lot renamed, and its name and remark changed on top of that; both before the province."""
    renamed = desk.edited(LOT, tenDoiTuong="một")
    first = desk.send(renamed)
    row = apply_to_row(renamed, desk.row(LOT)) or {}
    change = Change(tiny.LOTS, LOT, {"tenDoiTuong": "một", "ghiChu": row["ghiChu"]}, {"tenDoiTuong": "hai", "ghiChu": "thêm"})
    return first, desk.send(change, depends_on=(first.proposal,))


def shown(desk: Desk, version: Version) -> tuple[Value, Value]:
    """The lot's name before and after, as a reviewer sees it; after None where it is a conflict."""
    (item,) = desk.detail("soxd.duyet", version)["review"]
    sides = (decode_values(desk.lots, item[side]) or {} for side in ("before", "after"))
    before, after = (row.get("tenDoiTuong") for row in sides)
    return before, None if item["conflict"] else after


def test_before_is_what_the_first_leaves(desk: Desk):
    _, second = two(desk)
    assert shown(desk, second) == ("một", "hai")


def test_it_waits_for_the_first_and_stands_as_it_was_seen_after_it(desk: Desk):
    first, second = two(desk)
    seen = desk.detail("soxd.duyet", second)["result_hash"]
    before = state_of(desk.database)
    with refused(409, "proposal.depends") as details:
        desk.approve(second)
    assert [(each["id"], each["state"]) for each in details["proposals"]] == [(first.proposal, "submitted")]
    assert state_of(desk.database) == before
    desk.approve(first)
    assert shown(desk, second) == ("một", "hai")
    assert desk.approve(second, result_hash=seen)["state"] == "approved"
    assert (desk.row(LOT) or {})["tenDoiTuong"] == "hai"


@pytest.mark.parametrize(
    ("account", "step"), [("soxd.tham", Step.RETURN), ("soxd.duyet", Step.REJECT), ("dailanh.kt", Step.WITHDRAW)]
)
def test_without_the_first_its_values_are_missing_and_conflict(desk: Desk, account: str, step: Step):
    first, second = two(desk)
    seen = desk.detail("soxd.duyet", second)["result_hash"]
    desk.step(account, first, step, reason="không phù hợp")
    assert shown(desk, second) == ("Lô đất", None)
    with refused(409, "proposal.conflict"):
        desk.approve(second, result_hash=seen)


def test_what_the_first_inserts_the_second_updates(desk: Desk):
    inserted = desk.inserted(FREE)
    first = desk.send(inserted)
    second = desk.send(on_top(inserted, tenDoiTuong="mới"), depends_on=(first.proposal,))
    assert shown(desk, second)[1] == "mới"
    desk.step("dailanh.kt", first, Step.WITHDRAW)
    (item,) = desk.detail("soxd.duyet", second)["review"]
    assert item["conflict"]["kind"] == "deleted_at_province"


def test_the_rules_see_the_ground_that_the_first_makes(desk: Desk):
    wider = tiny.row_of(desk.lots, "22504", NEIGHBOUR, tiny.square(600_300, 1_400_200, 50))
    first = desk.send(desk.edited(NEIGHBOUR, geom=wider["geom"]))
    shape = tiny.square(600_350, 1_400_200, 50)
    alone = desk.send(desk.inserted(shape))
    after = desk.send(desk.inserted(shape), depends_on=(first.proposal,))
    overlapping = [{f["rule"] for f in desk.detail("soxd.duyet", version)["findings"]} for version in (alone, after)]
    assert [any("overlap" in rule for rule in rules) for rules in overlapping] == [True, False]


def test_a_third_stands_on_both_in_their_order(desk: Desk):
    first, second = two(desk)
    change = Change(tiny.LOTS, LOT, {"tenDoiTuong": "hai"}, {"tenDoiTuong": "ba"})
    third = desk.send(change, depends_on=tuple(sorted((first.proposal, second.proposal))))
    assert shown(desk, third) == ("hai", "ba")
    only_last = desk.send(change, depends_on=(second.proposal,))
    assert shown(desk, only_last) == ("hai", "ba")


def test_new_keys_of_the_first_are_the_seconds_too(desk: Desk):
    taken = desk.inserted(FREE)
    desk.approve(desk.send(taken))
    mine = desk.inserted(tiny.square(600_200, 1_401_500), key=taken.key)
    first = desk.version(mine)
    new_key = desk.submit(first)["rekeyed"][taken.key]
    desk.step("dailanh.ct", first, Step.SIGN_OFF)
    part = desk.inserted(tiny.square(600_300, 1_401_500), predecessors=taken.key)
    second = desk.version(on_top(mine, tenDoiTuong="của tôi"), part, depends_on=(first.proposal,))
    assert desk.submit(second)["rekeyed"] == {taken.key: new_key}
    desk.step("dailanh.ct", second, Step.SIGN_OFF)
    of_the_taken = desk.version(
        Change(tiny.LOTS, taken.key, {"ghiChu": "không có"}, {"ghiChu": "khác"}), depends_on=(first.proposal,)
    )
    assert desk.submit(of_the_taken)["rekeyed"] == {}
    desk.approve(first)
    desk.approve(second)
    assert (desk.row(new_key) or {})["tenDoiTuong"] == "của tôi"
    assert (desk.row(taken.key) or {})["tenDoiTuong"] == "Lô đất"
    assert (desk.row(part.key) or {})["predecessors"] == new_key


def test_a_feature_of_the_first_keeps_its_plan(desk: Desk):
    inserted = desk.inserted(FREE)
    first = desk.send(inserted)
    other = tiny.plan_key("PLAN-CROSSING")
    with refused(422, "proposal.several_plans"):
        desk.send(on_top(inserted, tenDoiTuong="x"), depends_on=(first.proposal,), plan=other)


@pytest.mark.parametrize("kind", ["depends_on", "linked"])
def test_names_that_can_not_be(desk: Desk, kind: str):
    def refusal(version: Version, name: str = "dailanh.kt") -> str:
        with refused(409, f"version.{kind}") as details:
            desk.submit(version, name)
        return str(details["reason"])

    change = desk.edited(LOT, ghiChu="a")
    there = desk.edited(tiny.lot_key("22516", 1, 1), ghiChu="b")
    others = desk.version(there, commune="22516", plan=tiny.plan_key("PLAN-22516"))
    desk.submit(others, "vanthang.kt")
    desk.grant("dailanh.kt", "technician", "22516")
    assert refusal(desk.version(change, **{kind: (others.proposal,)})) == "other_commune"
    rejected = desk.send(desk.edited(NEIGHBOUR, ghiChu="c"))
    desk.step("soxd.duyet", rejected, Step.REJECT, reason="không")
    assert refusal(desk.version(change, **{kind: (rejected.proposal,)})) == "closed"
    own = desk.version(change)
    assert refusal(replace(own, **{kind: (own.proposal,)})) in ("unknown", "circle")
    if kind == "depends_on":
        assert refusal(desk.version(change, depends_on=(str(uuid.uuid4()),))) == "unknown"


def test_no_circle_comes_in_by_a_later_version(desk: Desk):
    first, second = two(desk)
    desk.step("soxd.tham", first, Step.RETURN, reason="sửa")
    again = replace(first, number=2, depends_on=(second.proposal,))
    with refused(409, "version.depends_on") as details:
        desk.submit(again)
    assert details["reason"] == "circle"


def test_linked_and_depending_would_wait_for_ever(desk: Desk):
    first, _ = two(desk)
    change = desk.edited(NEIGHBOUR, ghiChu="x")
    with refused(409, "version.linked"):
        desk.submit(desk.version(change, depends_on=(first.proposal,), linked=(first.proposal,)))
    partner = desk.version(change, linked=(first.proposal,))
    desk.submit(partner)
    with refused(409, "version.linked"):
        desk.submit(desk.version(desk.edited(LOT, ghiChu="y"), depends_on=(first.proposal,), linked=(partner.proposal,)))


def test_summary_and_audit_name_what_it_stands_on(desk: Desk):
    first, second = two(desk)
    (listed,) = [item for item in desk.listed("dailanh.kt") if item["id"] == second.proposal]
    assert [(each["id"], each["state"]) for each in listed["depends_on"]] == [(first.proposal, State.SUBMITTED.value)]
    assert listed["linked"] == []
    with desk.database.reading() as conn:
        row = conn.execute("SELECT details FROM hub.audit WHERE proposal = %s AND position = 1", (second.proposal,)).fetchone()
        assert verify(conn) == []
    assert row is not None
    assert row["details"]["depends_on"] == [first.proposal]


def test_what_awaits_sign_off_is_a_base_but_not_told_to_the_province(desk: Desk):
    renamed = desk.edited(LOT, tenDoiTuong="một")
    first = desk.version(renamed)
    desk.submit(first)
    second = desk.send(on_top(renamed, tenDoiTuong="hai"), depends_on=(first.proposal,))
    (base,) = desk.detail("soxd.duyet", second)["depends_on"]
    assert base == {"id": first.proposal, "number": None, "title": None, "state": None}
    assert shown(desk, second) == ("một", "hai")
