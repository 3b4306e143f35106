"""What each revision changed in a commune's area: for those who look for what is on no map any more."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from province_hub import revision_changes
from province_hub.app import API
from tests.hub import tiny
from tests.hub.api_fixtures import sign_in
from tests.hub.workflow import Desk, make_desk  # noqa: F401

LOT, OTHER, ELSEWHERE = tiny.lot_key("22504", 0, 0), tiny.lot_key("22504", 5, 5), tiny.lot_key("22516", 9, 9)


def asked(hub: TestClient, path: str = "", name: str = "dailanh.kt", **params: Any) -> Any:
    return hub.get(f"{API}/communes/22504/revisions{path}", params=params, headers=sign_in(hub, name))


def test_the_removed_are_found_among_what_a_revision_changed(desk: Desk, hub: TestClient):
    desk.direct([desk.edited(ELSEWHERE, ghiChu="x")])
    version = desk.send(desk.edited(OTHER, ghiChu="mới"))
    desk.approve(version)
    desk.direct([desk.deleted(LOT), desk.edited(OTHER, tenDoiTuong="Chợ")])
    told = asked(hub).json()
    assert [each["revision"] for each in told["revisions"]] == [4, 3, 1]
    assert (told["revisions"][1]["proposal"]["id"], told["revisions"][0]["proposal"]) == (version.proposal, None)
    found = asked(hub, "/4").json()
    assert [(each["key"], each["kind"]) for each in found["features"]] == sorted([(LOT, "delete"), (OTHER, "update")])
    assert all(each["bounds"] for each in found["features"])
    assert asked(hub, "/77").status_code == 404
    assert asked(hub, name="vanthang.kt").status_code == 403


def test_what_is_hidden_is_in_no_revision(desk: Desk, hub: TestClient):
    desk.direct([desk.edited(LOT, ghiChu="x")])
    desk.direct([desk.edited(LOT, visibility=2)])
    assert [each["revision"] for each in asked(hub).json()["revisions"]] == [1]
    assert LOT not in asked(hub, "/1").text
    assert asked(hub, "/2").json()["features"] == []
    assert [each["revision"] for each in asked(hub, name="soxd.tham").json()["revisions"]] == [3, 2, 1]


def test_both_lists_come_in_pages(desk: Desk, hub: TestClient, monkeypatch: pytest.MonkeyPatch):
    for number in range(4):
        desk.direct([desk.edited(LOT, ghiChu=str(number))])
    for limit, reach in ((2, 100), (100, 2)):
        monkeypatch.setattr(revision_changes, "LISTED", limit)
        monkeypatch.setattr(revision_changes, "LOOKED_THROUGH", reach)
        assert all_revisions(hub) == [5, 4, 3, 2, 1]
    whole = [each["key"] for each in asked(hub, "/1").json()["features"]]
    monkeypatch.setattr(revision_changes, "FEATURES_LISTED", 30)
    assert all_features(hub) == whole


def all_revisions(hub: TestClient) -> list[int]:
    found, before = [], {}
    while True:
        page = asked(hub, **before).json()
        found += [each["revision"] for each in page["revisions"]]
        if page["before"] is None:
            return found
        before = {"before": page["before"]}


def all_features(hub: TestClient) -> list[str]:
    found, after = [], {}
    while True:
        page = asked(hub, "/1", **after).json()
        found += [each["key"] for each in page["features"]]
        if page["next"] is None:
            return found
        after = dict(zip(("layer", "key"), page["next"], strict=True))
