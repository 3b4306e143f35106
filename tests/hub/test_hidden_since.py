"""A feature that becomes hidden after it was sent: somebody can decide, and who can't is told where it went and not why."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from commune_planning_plugin.core.authority import COMMUNE, Authority, Row
from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.workflow import Step
from province_hub import list_counts, lists
from province_hub.app import API
from province_hub.authority import replace_matrix
from tests.hub import tiny
from tests.hub.api_fixtures import sign_in
from tests.hub.workflow import Desk, make_desk, refused  # noqa: F401 (fixture)

LOT, OTHER = tiny.lot_key("22504", 2, 2), tiny.lot_key("22504", 3, 3)
DELEGATED = Authority(approves=COMMUNE, signer_may_approve=True, post_check=True, document="12/QĐ-UBND")


@pytest.fixture
def version(desk: Desk) -> Version:
    """Before the commune's head, who decides by the matrix."""
    with desk.administrating() as conn:
        replace_matrix(conn, [Row(DELEGATED)], "test")
    version = desk.send(desk.edited(LOT, tenDoiTuong="Công viên"), desk.edited(OTHER, tenDoiTuong="Chợ"))
    assert steps(desk, "dailanh.ct", version) == {"open", "return", "reject", "approve"}
    assert "approve" not in steps(desk, "soxd.duyet", version)
    return version


def steps(desk: Desk, name: str, version: Version) -> set[str]:
    return set(desk.detail(name, version)["can"])


def hide(desk: Desk, level: int) -> None:
    desk.direct([desk.edited(LOT, visibility=level)])


def test_the_province_decides_what_the_head_may_not_see_whole(desk: Desk, version: Version):
    hide(desk, 1)
    assert steps(desk, "dailanh.ct", version) == {"open", "return"}
    assert steps(desk, "soxd.duyet", version) >= {"approve", "reject", "return"}
    for step in (Step.APPROVE, Step.REJECT):
        with refused(403, "rights.restricted"):
            desk.step("dailanh.ct", version, step, reason="x", result_hash="0" * 64)
    answer = desk.approve(version)
    assert (answer["state"], answer["post_check"]) == ("approved", None)
    assert (desk.row(LOT) or {})["tenDoiTuong"] == "Công viên"


def test_what_does_not_exist_any_more_for_its_author_is_the_provinces_to_return(desk: Desk, version: Version):
    hide(desk, 2)
    assert steps(desk, "dailanh.ct", version) == {"open", "return"}
    assert steps(desk, "soxd.duyet", version) >= {"approve", "reject", "return"}
    with refused(409, "proposal.conflict"):  # to its author, who isn't cleared, the feature is gone
        desk.approve(version)
    assert desk.step("soxd.duyet", version, Step.RETURN, reason="Sửa lại")["state"] == "returned"


@pytest.mark.parametrize("level", [1, 2])
def test_everybody_is_told_where_it_went_and_nobody_which_feature(desk: Desk, version: Version, level: int):
    assert {desk.detail(name, version)["referred"] for name in ("dailanh.ct", "soxd.duyet")} == {None}
    hide(desk, level)
    for name in ("dailanh.kt", "dailanh.ct", "soxd.duyet", "soxd.tham"):
        assert desk.detail(name, version)["referred"] == "restricted"
    told = json.dumps(desk.detail("dailanh.ct", version), ensure_ascii=False)
    assert "Công viên" not in told
    assert (LOT in told) == (level == 1)


def test_it_is_in_the_provinces_inbox_and_the_counts_agree(desk: Desk, version: Version):
    hide(desk, 1)
    for name, waits in (("soxd.duyet", True), ("dailanh.ct", True)):  # the head may still open and return it
        listed = [each["id"] for each in desk.listed(name, "inbox")]
        with desk.database.reading() as conn:
            counted = list_counts.counted(conn, desk.principal(name), lists.Wanted("inbox"))
        assert (listed == [version.proposal], sum(counted.by_state.values())) == (waits, len(listed))


def test_a_cleared_head_decides_as_before(desk: Desk, version: Version):
    hide(desk, 1)
    desk.clear("dailanh.ct")
    assert steps(desk, "dailanh.ct", version) == {"open", "return", "reject", "approve"}
    seen = desk.detail("dailanh.ct", version)["result_hash"]
    answer = desk.step("dailanh.ct", version, Step.APPROVE, result_hash=seen)
    assert (answer["state"], answer["post_check"]) == ("approved", "waiting")


def test_hidden_before_the_sign_off_counts_too(desk: Desk):
    with desk.administrating() as conn:
        replace_matrix(conn, [Row(DELEGATED)], "test")
    version = desk.version(desk.edited(LOT, tenDoiTuong="Công viên"))
    desk.submit(version)
    hide(desk, 1)
    desk.step("dailanh.ct", version, Step.SIGN_OFF)
    assert steps(desk, "dailanh.ct", version) == {"open", "return"}
    desk.approve(version)


def test_another_lot_and_a_decided_version_are_left_alone(desk: Desk, version: Version):
    desk.direct([desk.edited(tiny.lot_key("22504", 7, 7), visibility=1)])
    assert desk.detail("dailanh.ct", version)["referred"] is None
    seen = desk.detail("dailanh.ct", version)["result_hash"]
    desk.step("dailanh.ct", version, Step.APPROVE, result_hash=seen)
    hide(desk, 1)
    with desk.database.reading() as conn:
        assert conn.execute("SELECT bool_or(restricted) AS r FROM hub.proposal_version").fetchone() == {"r": False}


def test_a_new_version_without_it_is_the_communes_again(desk: Desk, version: Version):
    hide(desk, 1)
    desk.step("soxd.duyet", version, Step.RETURN, reason="Sửa lại")
    again = desk.version(desk.edited(OTHER, tenDoiTuong="Chợ"), proposal=version.proposal, number=2)
    desk.submit(again)
    desk.step("dailanh.ct", again, Step.SIGN_OFF)
    assert "approve" in steps(desk, "dailanh.ct", again)
    assert desk.detail("dailanh.ct", again)["referred"] is None


def test_where_the_province_decides_anyway_nothing_went_anywhere(desk: Desk):
    version = desk.send(desk.edited(LOT, tenDoiTuong="Công viên"))
    hide(desk, 1)
    assert desk.detail("dailanh.ct", version)["referred"] is None
    desk.approve(version)


def test_over_http_and_under_the_hubs_own_role(desk: Desk, version: Version, hub: TestClient):
    """The hub may not write what a version is like; the database notes it by itself."""
    hide(desk, 1)
    path = f"{API}/proposals/{version.proposal}"
    told: dict[str, Any] = hub.get(path, headers=sign_in(hub, "dailanh.ct")).json()
    assert (told["referred"], told["can"]) == ("restricted", ["open", "return"])
    assert "approve" in hub.get(path, headers=sign_in(hub, "soxd.duyet")).json()["can"]
