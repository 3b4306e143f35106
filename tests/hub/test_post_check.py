"""What a commune approved goes before the province afterwards: checked, or objected to; the revision stays."""

from __future__ import annotations

from typing import Any

import pytest

from commune_planning_plugin.core.authority import COMMUNE, Authority, Row
from commune_planning_plugin.core.workflow import Step
from province_hub.authority import replace_matrix
from province_hub.verify import verify
from tests.hub import tiny
from tests.hub.workflow import Desk, make_desk, refused  # noqa: F401 (fixture)

LOT = tiny.lot_key("22504", 2, 2)
SIGNER = Authority(approves=COMMUNE, post_check=True, signer_may_approve=True, document="12/QĐ-UBND")
OTHER = Authority(approves=COMMUNE, post_check=True, document="12/QĐ-UBND")
TRUSTED = Authority(approves=COMMUNE, document="12/QĐ-UBND")


def approved(desk: Desk, authority: Authority, by: str) -> Any:
    with desk.administrating() as conn:
        replace_matrix(conn, [Row(authority)], "test")
    version = desk.send(desk.edited(LOT, tenDoiTuong="Công viên"))
    seen = desk.detail("soxd.tham", version)["result_hash"]
    desk.step(by, version, Step.APPROVE, result_hash=seen)
    return version


def test_who_signed_off_approves_where_just_that_is_delegated(desk: Desk):
    version = approved(desk, SIGNER, "dailanh.ct")
    assert desk.detail("dailanh.ct", version)["post_check"] == "waiting"
    assert [each["id"] for each in desk.listed("soxd.tham", "inbox")] == [version.proposal]
    assert desk.detail("soxd.tham", version)["can"] == ["post_check", "object"]


def test_else_the_signer_does_not(desk: Desk):
    with refused(403, "rights.own_proposal"):
        approved(desk, OTHER, "dailanh.ct")


@pytest.mark.parametrize(("authority", "waits"), [(OTHER, "waiting"), (TRUSTED, None)])
def test_the_matrix_says_what_is_looked_at(desk: Desk, authority: Authority, waits: str | None):
    desk.grant("quantri", "head", "22504")
    assert desk.detail("soxd.tham", approved(desk, authority, "quantri"))["post_check"] == waits


def test_the_province_marks_it_checked(desk: Desk):
    version = approved(desk, SIGNER, "dailanh.ct")
    revision = desk.detail("soxd.tham", version)["revision"]
    answer = desk.step("soxd.tham", version, Step.POST_CHECK)
    assert (answer["state"], answer["post_check"]) == ("approved", "checked")
    assert desk.detail("soxd.tham", version)["revision"] == revision
    assert desk.listed("soxd.tham", "inbox") == []
    for step in (Step.POST_CHECK, Step.OBJECT):
        with refused(409, "proposal.state"):
            desk.step("soxd.tham", version, step, reason="vì")


def test_an_objection_is_shown_to_the_commune_and_changes_nothing_else(desk: Desk):
    version = approved(desk, SIGNER, "dailanh.ct")
    revision = desk.detail("soxd.tham", version)["revision"]
    with pytest.raises(Exception, match=r"text\.blank"):
        desk.step("soxd.tham", version, Step.OBJECT)
    desk.step("soxd.tham", version, Step.OBJECT, reason="Mật độ vượt quy chuẩn.")
    shown = desk.detail("dailanh.kt", version)
    assert (shown["state"], shown["post_check"], shown["revision"]) == ("approved", "objected", revision)
    assert shown["last_step"]["reason"] == "Mật độ vượt quy chuẩn."
    assert [each["id"] for each in desk.listed("dailanh.ct", "inbox")] == [version.proposal]
    assert desk.listed("soxd.tham", "inbox") == []
    with refused(409, "proposal.state"):
        desk.step("soxd.duyet", version, Step.OBJECT, reason="vì")
    assert desk.step("soxd.duyet", version, Step.POST_CHECK)["post_check"] == "checked"
    assert desk.listed("dailanh.ct", "inbox") == []
    with desk.database.reading() as conn:
        actions = [row["action"] for row in conn.execute("SELECT action FROM hub.audit WHERE proposal = %s", (version.proposal,))]
        assert actions == ["submit", "sign_off", "approve", "object", "post_check"]
        assert verify(conn) == []


def test_what_the_province_approved_is_in_no_queue(desk: Desk):
    version = desk.send(desk.edited(LOT, tenDoiTuong="Công viên"))
    desk.approve(version)
    with refused(409, "proposal.state"):
        desk.step("soxd.tham", version, Step.POST_CHECK)


def test_who_approved_does_not_check(desk: Desk):
    version = approved(desk, SIGNER, "dailanh.ct")
    desk.grant("dailanh.ct", "reviewer", None)
    for step in (Step.POST_CHECK, Step.OBJECT):
        with refused(403, "rights.own_proposal"):
            desk.step("dailanh.ct", version, step, reason="vì")
