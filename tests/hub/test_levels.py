"""What was hidden while a proposal was worked on stays hidden in it, whatever becomes of the feature."""

from __future__ import annotations

import json
from typing import Any

import pytest

from commune_planning_plugin.core.workflow import Step
from province_hub import unread
from province_hub.earlier_versions import earlier_version
from province_hub.related import related
from tests.hub.talking import Talk, make_talk, on  # noqa: F401
from tests.hub.test_earlier_versions import again, returned
from tests.hub.tiny import lot_key
from tests.hub.workflow import Desk, make_desk  # noqa: F401

KEY, OTHER = lot_key("22504", 2, 2), lot_key("22504", 5, 5)
SECRET = "Kho mật"


def deleted(desk: Desk) -> None:
    desk.direct([desk.deleted(KEY)])


def opened(desk: Desk) -> None:
    desk.direct([desk.edited(KEY, tenDoiTuong="Công viên", visibility=0)])


def told(desk: Desk, talk: Talk, version: Any, name: str = "giamsat") -> str:
    """All that the account reads of the proposal."""
    principal = desk.principal(name)
    with desk.database.reading() as conn:
        papers = [
            desk.detail(name, version),
            talk.read(name, version),
            [item for item in desk.listed(name) if item["id"] == version.proposal],
            [earlier_version(conn, principal, version.proposal, number) for number in range(1, version.number + 1)],
            related(conn, principal, version.proposal),
            unread.told(conn, principal, [version.proposal]),
        ]
    return json.dumps(papers, ensure_ascii=False, default=str)


@pytest.mark.parametrize("becomes", [deleted, opened])
@pytest.mark.parametrize("decision", ["approved", "rejected", "returned", "open"])
def test_a_proposal_about_a_hidden_feature_outlives_it(desk: Desk, talk: Talk, decision: str, becomes: Any):
    desk.clear("dailanh.kt")
    desk.direct([desk.edited(KEY, visibility=2)])
    version = desk.send(desk.edited(KEY, tenDoiTuong=SECRET), desk.edited(OTHER, ghiChu="mở"))
    talk.comment("soxd.tham", version, SECRET, anchor=on(KEY))
    talk.verdict("soxd.tham", version, KEY, text=SECRET)
    if decision == "approved":
        desk.approve(version)
    elif decision != "open":
        desk.step("soxd.duyet", version, Step(decision.replace("ed", "")), reason="Thiếu")
    becomes(desk)
    text = told(desk, talk, version)
    assert SECRET not in text
    assert KEY not in text
    (listed,) = [item for item in desk.listed("giamsat") if item["id"] == version.proposal]
    assert (listed["changes"], listed["redo"]) == (1, 0)
    assert SECRET in told(desk, talk, version, "soxd.tham")


def test_a_proposal_that_opens_a_feature_doesnt_tell_what_it_was(desk: Desk, talk: Talk):
    desk.clear("dailanh.kt")
    desk.direct([desk.edited(KEY, visibility=2, tenDoiTuong=SECRET)])
    version = desk.send(desk.edited(KEY, tenDoiTuong="Công viên", visibility=0))
    desk.approve(version)
    assert SECRET not in told(desk, talk, version)


def test_what_was_said_after_it_was_opened_is_read(desk: Desk, talk: Talk):
    """A feature that was hidden once is no secret for ever."""
    desk.direct([desk.edited(KEY, visibility=2)])
    opened(desk)
    version = desk.send(desk.edited(KEY, tenDoiTuong="Vườn"))
    talk.comment("soxd.tham", version, "Được", anchor=on(KEY))
    text = told(desk, talk, version)
    assert "Vườn" in text
    assert "Được" in text


def test_earlier_versions_too(desk: Desk, talk: Talk):
    desk.clear("dailanh.kt")
    desk.direct([desk.edited(KEY, visibility=2)])
    first = returned(desk, desk.edited(KEY, tenDoiTuong=SECRET))
    second = again(desk, first, desk.edited(OTHER, ghiChu="mở"))
    deleted(desk)
    assert SECRET not in told(desk, talk, second)
