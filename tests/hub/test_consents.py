"""A proposal that reaches into another commune: its head is asked, or the province decides without and says so."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

import pytest

from commune_planning_plugin.core.authority import COMMUNE, Authority, Row
from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.core.workflow import Step
from province_hub.authority import replace_matrix
from tests.hub import tiny
from tests.hub.workflow import Desk, make_desk, refused  # noqa: F401 (fixture)

DELEGATED = Authority(approves=COMMUNE, post_check=True, document="12/QĐ-UBND")
Y = tiny.SOUTH + 155


def set_matrix(desk: Desk, authority: Authority) -> None:
    with desk.administrating() as conn:
        replace_matrix(conn, [Row(authority)], "test")


def seen(desk: Desk, version: Any) -> str:
    found: str = desk.detail("soxd.duyet", version)["result_hash"]
    return found


def consents(desk: Desk, name: str, version: Any) -> list[tuple[str, bool, bool]]:
    return [(each["commune"], each["given"], each["asked"]) for each in desk.detail(name, version)["consents"]]


def test_the_other_head_hears_of_it_from_the_sign_off_on(desk: Desk):
    version = desk.version(desk.road(Y))
    desk.submit(version)
    with refused(404, "not_found"):
        desk.detail("vanthang.ct", version)
    assert desk.listed("vanthang.ct", "inbox") == []
    desk.step("dailanh.ct", version, Step.SIGN_OFF)
    assert [each["id"] for each in desk.listed("vanthang.ct", "inbox")] == [version.proposal]
    assert desk.detail("vanthang.ct", version)["can"] == ["consent", "return"]
    with refused(404, "not_found"):
        desk.detail("vanthang.kt", version)
    desk.step("vanthang.ct", version, Step.CONSENT)
    assert desk.listed("vanthang.ct", "inbox") == []
    assert desk.detail("vanthang.ct", version)["can"] == []
    assert consents(desk, "dailanh.kt", version) == [("22516", True, True)]
    with refused(403, "rights.territory"):
        desk.step("vanthang.ct", version, Step.CONSENT)


def test_refusing_is_returning_with_a_reason_and_the_next_version_asks_anew(desk: Desk):
    version = desk.send(desk.road(Y))
    desk.step("vanthang.ct", version, Step.RETURN, reason="Đường cắt qua nghĩa trang của xã.")
    assert desk.detail("dailanh.kt", version)["state"] == "returned"
    second = replace(version, number=2)
    desk.submit(second)
    desk.step("dailanh.ct", second, Step.SIGN_OFF)
    desk.step("vanthang.ct", second, Step.CONSENT)
    desk.step("soxd.tham", second, Step.RETURN, reason="vì")
    third = replace(version, number=3)
    desk.submit(third)
    desk.step("dailanh.ct", third, Step.SIGN_OFF)
    assert consents(desk, "dailanh.kt", third) == [("22516", False, True)]


def test_the_province_decides_without_only_where_it_says_so(desk: Desk):
    version = desk.send(desk.road(Y))
    with refused(409, "consent.missing") as details:
        desk.step("soxd.duyet", version, Step.APPROVE, result_hash=seen(desk, version))
    assert details["communes"] == ["22516"]
    desk.step("soxd.duyet", version, Step.APPROVE, result_hash=seen(desk, version), without_consent=True)
    steps = desk.detail("dailanh.kt", version)["steps"]
    assert (steps[-1]["step"], steps[-1]["communes"]) == ("approve", ["22516"])
    with desk.database.reading() as conn:
        entry = conn.execute("SELECT details FROM hub.audit WHERE action = 'approve'").fetchone()
    assert entry is not None
    assert entry["details"]["without_consent"] == ["22516"]


def test_with_all_consents_nothing_is_said_of_them(desk: Desk):
    version = desk.send(desk.road(Y))
    desk.step("vanthang.ct", version, Step.CONSENT)
    desk.step("soxd.duyet", version, Step.APPROVE, result_hash=seen(desk, version))
    assert desk.detail("dailanh.kt", version)["steps"][-1]["communes"] == []


def test_a_commune_approves_with_every_consent_else_the_province_alone(desk: Desk):
    set_matrix(desk, DELEGATED)
    desk.grant("quantri", "head", "22504")
    version = desk.send(desk.road(Y))
    with refused(403, "rights.authority"):
        desk.step("quantri", version, Step.APPROVE, result_hash=seen(desk, version), without_consent=True)
    assert "approve" in desk.detail("soxd.duyet", version)["can"]
    desk.step("vanthang.ct", version, Step.CONSENT)
    with refused(403, "rights.authority"):
        desk.step("soxd.duyet", version, Step.APPROVE, result_hash=seen(desk, version), without_consent=True)
    assert desk.step("quantri", version, Step.APPROVE, result_hash=seen(desk, version))["post_check"] == "waiting"


def test_a_repeated_consent_is_the_same_step(desk: Desk):
    version, request = desk.send(desk.road(Y)), str(uuid.uuid4())
    first = desk.step("vanthang.ct", version, Step.CONSENT, request=request)
    assert desk.step("vanthang.ct", version, Step.CONSENT, request=request) == first
    assert [each["step"] for each in desk.detail("dailanh.kt", version)["steps"]].count("consent") == 1


def test_nobody_consents_to_their_own(desk: Desk):
    desk.grant("dailanh.kt", "head", "22516")
    version = desk.send(desk.road(Y))
    with refused(403, "rights.own_proposal"):
        desk.step("dailanh.kt", version, Step.CONSENT)


def test_what_the_province_moved_over_the_border_meanwhile_is_asked_about_too(desk: Desk):
    inside = desk.road(Y, 600_700, 600_800)
    desk.approve(desk.send(inside))
    key = inside.key
    version = desk.send(_renamed(desk, key, "mới"))
    assert consents(desk, "soxd.duyet", version) == []
    moved = desk.road(Y, 600_700, 601_050).new or {}
    desk.direct([desk.edited(key, layer=tiny.ROADS, geom=moved["geom"])])
    with refused(409, "changed_since_seen"):
        desk.step("soxd.duyet", version, Step.APPROVE, result_hash=seen(desk, version))
    assert consents(desk, "soxd.duyet", version) == [("22516", False, True)]
    with refused(409, "consent.missing"):
        desk.step("soxd.duyet", version, Step.APPROVE, result_hash=seen(desk, version))
    assert desk.detail("vanthang.ct", version)["can"] == ["consent", "return"]


def _renamed(desk: Desk, key: str, name: str) -> Change:
    return desk.edited(key, layer=tiny.ROADS, tenDoiTuong=name)


@pytest.mark.parametrize("authority", [Authority(), DELEGATED], ids=["province", "commune"])
def test_a_hidden_feature_tells_nobody_which_communes_it_touches(desk: Desk, authority: Authority):
    set_matrix(desk, authority)
    desk.clear("dailanh.kt")
    desk.grant("quantri", "head", "22504")
    version = desk.send(desk.road(Y, visibility=2), desk.edited(tiny.lot_key("22504", 2, 2), tenDoiTuong="A"))
    for name in ("dailanh.ct", "giamsat", "quantri"):
        assert "22516" not in repr({**desk.detail(name, version), "context": [], "review": []}), name
        assert "22516" not in repr(desk.listed(name)), name
    with refused(404, "not_found"):
        desk.detail("vanthang.ct", version)
    assert desk.listed("vanthang.ct") == []
    assert consents(desk, "soxd.duyet", version) == [("22516", False, False)]
    assert "approve" not in desk.detail("quantri", version)["can"]
    with refused(409, "consent.missing"):
        desk.step("soxd.duyet", version, Step.APPROVE, result_hash=seen(desk, version))
    desk.step("soxd.duyet", version, Step.APPROVE, result_hash=seen(desk, version), without_consent=True)
    for name in ("dailanh.ct", "giamsat"):
        assert [each["communes"] for each in desk.detail(name, version)["steps"]][-1] == [], name
    with desk.database.reading() as conn:
        assert "22516" not in repr(conn.execute("SELECT details FROM hub.audit").fetchall())


def test_what_a_commune_may_not_know_of_the_province_may_decide(desk: Desk):
    set_matrix(desk, DELEGATED)
    desk.clear("dailanh.kt")
    desk.grant("quantri", "head", "22504")
    version = desk.send(desk.road(Y, 600_700, 600_800, visibility=2), desk.edited(tiny.lot_key("22504", 2, 2), tenDoiTuong="A"))
    assert "approve" not in desk.detail("quantri", version)["can"]
    assert desk.step("soxd.duyet", version, Step.APPROVE, result_hash=seen(desk, version))["post_check"] is None
