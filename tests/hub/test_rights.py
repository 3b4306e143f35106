"""Who may see and do what, by role, territory, authorship and clearance."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest

from commune_planning_plugin.core.workflow import Step
from province_hub.errors import Problem
from tests.hub import tiny
from tests.hub.workflow import Desk, invalid, make_desk, refused  # noqa: F401

LOT = tiny.lot_key("22504", 2, 2)
EVERYONE = ("dailanh.kt", "dailanh.ct", "vanthang.kt", "vanthang.ct", "soxd.tham", "soxd.duyet", "quantri", "giamsat")


def _can(desk: Desk, proposal: str) -> dict[str, list[str]]:
    found = {}
    for name in EVERYONE:
        for summary in desk.listed(name):
            if summary["id"] == proposal:
                found[name] = summary["can"]
    return found


def test_only_the_communes_technician_submits(desk: Desk):
    version = desk.version(desk.edited(LOT, tenDoiTuong="A"))
    with refused(403, "rights.territory"):
        desk.submit(version, "vanthang.kt")
    for name in ("dailanh.ct", "soxd.duyet", "quantri", "giamsat"):
        with refused(403, "rights.missing"):
            desk.submit(version, name)
    with refused(404, "commune.unknown"):
        desk.submit(replace(version, commune="99999"))


def test_nobody_else_sees_it_before_the_head_signed_off(desk: Desk):
    version = desk.version(desk.edited(LOT, tenDoiTuong="A"))
    desk.submit(version)
    assert _can(desk, version.proposal) == {"dailanh.kt": ["withdraw"], "dailanh.ct": ["sign_off", "return"]}
    for name in ("vanthang.kt", "soxd.tham", "soxd.duyet", "giamsat", "quantri"):
        with refused(404, "not_found"):
            desk.detail(name, version)
        with refused(404, "not_found"):
            desk.step(name, version, Step.OPEN)


def test_what_each_may_do_once_the_province_has_it(desk: Desk):
    version = desk.send(desk.edited(LOT, tenDoiTuong="A"))
    sent = _can(desk, version.proposal)
    assert sent == {
        "dailanh.kt": ["withdraw"],
        "dailanh.ct": [],
        "soxd.tham": ["open", "appraise", "return"],
        "soxd.duyet": ["open", "appraise", "return", "reject", "approve"],
        "quantri": [],
        "giamsat": [],
    }
    desk.step("soxd.tham", version, Step.OPEN)
    assert _can(desk, version.proposal)["soxd.tham"] == ["appraise", "return"]


@pytest.mark.parametrize("step", list(Step)[1:])
def test_every_possible_step_is_possible_and_every_other_is_refused(desk: Desk, step: Step):
    version = desk.send(desk.edited(LOT, tenDoiTuong="A"))
    result_hash = desk.detail("soxd.tham", version)["result_hash"]
    for name, possible in _can(desk, version.proposal).items():
        if step.value in possible:
            continue
        with pytest.raises(Problem) as caught:
            desk.step(name, version, step, reason="vì", result_hash=result_hash)
        assert caught.value.code.startswith("rights.") or caught.value.code == "proposal.state"
    able = [name for name, possible in _can(desk, version.proposal).items() if step.value in possible]
    if able:
        desk.step(able[-1], version, step, reason="vì", result_hash=result_hash)


def test_nobody_decides_on_their_own(desk: Desk):
    desk.grant("dailanh.kt", "head", "22504")
    version = desk.version(desk.edited(LOT, tenDoiTuong="A"))
    desk.submit(version)
    with refused(403, "rights.own_proposal"):
        desk.step("dailanh.kt", version, Step.SIGN_OFF)
    desk.step("dailanh.ct", version, Step.SIGN_OFF)
    desk.grant("dailanh.kt", "approver", None)
    result_hash = desk.detail("dailanh.kt", version)["result_hash"]
    for step in (Step.OPEN, Step.RETURN, Step.REJECT, Step.APPROVE):
        with refused(403, "rights.own_proposal"):
            desk.step("dailanh.kt", version, step, reason="vì", result_hash=result_hash)


def test_the_author_of_any_version_is_an_author(desk: Desk):
    desk.grant("soxd.duyet", "technician", "22504")
    version = desk.version(desk.edited(LOT, tenDoiTuong="A"))
    desk.submit(version, "soxd.duyet")
    desk.step("dailanh.ct", version, Step.RETURN, reason="vì")
    second = replace(version, number=2)
    desk.submit(second, "dailanh.kt")
    desk.step("dailanh.ct", second, Step.SIGN_OFF)
    with refused(403, "rights.own_proposal"):
        desk.approve(second)


def test_inboxes(desk: Desk):
    waiting = desk.version(desk.edited(LOT, tenDoiTuong="A"))
    desk.submit(waiting)
    sent = desk.send(desk.edited(tiny.lot_key("22504", 3, 3), tenDoiTuong="B"))
    boxes = {name: {summary["id"] for summary in desk.listed(name, "inbox")} for name in EVERYONE}
    assert boxes == {
        "dailanh.ct": {waiting.proposal},
        "soxd.tham": {sent.proposal},
        "soxd.duyet": {sent.proposal},
        **{name: set() for name in ("dailanh.kt", "vanthang.kt", "vanthang.ct", "quantri", "giamsat")},
    }


def _restrict(desk: Desk, key: str, level: int) -> None:
    desk.direct([desk.edited(key, visibility=level)])


def test_a_hidden_feature_is_answered_like_one_that_is_not_there(desk: Desk):
    hidden, absent = tiny.lot_key("22504", 7, 7), str(uuid.uuid4())
    change = desk.edited(hidden, tenDoiTuong="X")
    _restrict(desk, hidden, 2)
    answers = []
    for key in (hidden, absent):
        version = desk.version(replace(change, key=key))
        receipt = desk.submit(version)
        detail = desk.detail("dailanh.kt", version)
        answers.append(
            (receipt["findings"], receipt["rekeyed"], [{**item, "key": ""} for item in detail["review"]], detail["changes"])
        )
    assert answers[0] == answers[1]


def test_an_insert_under_a_hidden_key_gets_another(desk: Desk):
    hidden = tiny.lot_key("22504", 7, 7)
    row = desk.row(hidden)
    assert row is not None
    _restrict(desk, hidden, 2)
    copy = desk.inserted(tiny.square(600_000, 1_401_500), key=hidden, birth=row["birth"])
    assert list(desk.submit(desk.version(copy))["rekeyed"]) == [hidden]


def test_restricted_features_are_in_reviews_of_cleared_accounts_only(desk: Desk):
    hidden = tiny.lot_key("22504", 7, 7)
    _restrict(desk, hidden, 2)
    desk.clear("dailanh.kt")
    version = desk.send(desk.edited(hidden, tenDoiTuong="Kho"), desk.edited(LOT, tenDoiTuong="Công viên"))
    assert {item["key"] for item in desk.detail("soxd.tham", version)["review"]} == {hidden, LOT}
    for name in ("dailanh.ct", "giamsat"):
        detail = desk.detail(name, version)
        assert hidden not in repr(detail)
        assert (detail["changes"], len(detail["review"]), len(detail["content"]["changes"])) == (1, 1, 1)
        assert [summary["changes"] for summary in desk.listed(name)] == [1]
    assert "approve" in desk.detail("soxd.duyet", version)["can"]
    desk.clear("soxd.duyet", cleared=False)
    assert not {"approve"} & {*desk.detail("soxd.duyet", version)["can"], *desk.listed("soxd.duyet")[0]["can"]}
    with refused(403, "rights.restricted"):
        desk.approve(version)


def test_who_is_not_cleared_leaves_restrictions_alone(desk: Desk):
    with invalid("visibility.not_allowed"):
        desk.submit(desk.version(desk.edited(LOT, visibility=2)))
    _restrict(desk, LOT, 1)
    with invalid("feature.read_only"):
        desk.submit(desk.version(desk.edited(LOT, tenDoiTuong="A")))


def test_hidden_attributes_stay_hidden_in_a_review(desk: Desk):
    _restrict(desk, LOT, 1)
    desk.clear("dailanh.kt")
    version = desk.send(desk.edited(LOT, tenDoiTuong="Kho quân sự", chucNangSuDungDatMuc2="Bimat"))
    assert "Kho quân sự" in repr(desk.detail("soxd.tham", version))
    shown = desk.detail("dailanh.ct", version)
    assert not {"Kho quân sự", "Bimat"} & set(repr(shown).split("'"))
    assert "approve" in desk.detail("soxd.duyet", version)["can"]
    desk.clear("soxd.duyet", cleared=False)  # nobody approves what is shown to them in part
    assert "approve" not in desk.detail("soxd.duyet", version)["can"]
    with refused(403, "rights.restricted"):
        desk.approve(version)
    (item,) = shown["review"]
    assert (item["after"]["tenDoiTuong"], item["after"]["geom"]) == (None, item["before"]["geom"])
    assert [finding["details"] for finding in shown["findings"]] == [{}]


def test_who_signed_off_for_the_commune_does_not_decide_for_the_province(desk: Desk):
    desk.grant("dailanh.ct", "approver", None)
    version = desk.send(desk.edited(LOT, tenDoiTuong="A"))
    with refused(403, "rights.own_proposal"):
        desk.step("dailanh.ct", version, Step.APPROVE, result_hash=desk.detail("dailanh.ct", version)["result_hash"])
