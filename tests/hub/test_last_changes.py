"""Who changed a feature last: told to who may read the feature, and to nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from province_hub.app import API
from tests.hub.api_fixtures import sign_in
from tests.hub.test_linked import pair
from tests.hub.tiny import LOTS, lot_key
from tests.hub.workflow import Desk, make_desk  # noqa: F401 (fixture)

LOT, BORDER, FAR = lot_key("22504", 2, 2), lot_key("22504", 9, 0), lot_key("22516", 5, 5)


def ask(hub: TestClient, *keys: str, name: str = "dailanh.kt", commune: str = "22504", to: int = 1000) -> dict[str, Any]:
    query: dict[str, Any] = {"layer": LOTS, "keys": ",".join(keys), "to": to}
    answer = hub.get(f"{API}/communes/{commune}/last-changes", params=query, headers=sign_in(hub, name))
    assert answer.status_code == 200, answer.text
    return {item.pop("key"): item for item in answer.json()["changes"]}


def test_the_last_one_up_to_a_revision(hub: TestClient, desk: Desk) -> None:
    version = desk.send(desk.edited(LOT, tenDoiTuong="hồ sơ"))
    number = desk.approve(version)["revision"]["number"]
    desk.direct([desk.edited(LOT, tenDoiTuong="SQL")])
    author = desk.principal("dailanh.kt").full_name
    assert ask(hub, LOT)[LOT] | {"at": ""} == {"revision": number + 1, "at": "", "by": "dba", "direct": True, "title": None}
    before = ask(hub, LOT, to=number)[LOT]
    assert before | {"at": ""} == {"revision": number, "at": "", "by": author, "direct": False, "title": "Điều chỉnh cục bộ"}
    assert ask(hub, LOT, to=0) == {}


def test_of_linked_proposals_it_is_the_one_of_the_features_plan(hub: TestClient, desk: Desk) -> None:
    one, other = pair(desk)
    with desk.database.writing("test") as conn:
        conn.execute("UPDATE hub.proposal SET title = 'của lô' WHERE id = %s", (one.proposal,))
        conn.execute("UPDATE hub.proposal SET title = 'của đường' WHERE id = %s", (other.proposal,))
    desk.approve(one)
    desk.approve(other)
    drawn = other.changes[0].key
    assert {key: last["title"] for key, last in ask(hub, LOT, drawn).items()} == {LOT: "của lô", drawn: "của đường"}


def test_a_neighbour_is_told_who_but_not_the_title(hub: TestClient, desk: Desk) -> None:
    desk.approve(desk.send(desk.edited(BORDER, tenDoiTuong="hồ sơ")))
    own, neighbours = ask(hub, BORDER)[BORDER], ask(hub, BORDER, name="vanthang.kt", commune="22516")[BORDER]
    assert (own["title"], neighbours["title"]) == ("Điều chỉnh cục bộ", None)
    assert own["by"] == neighbours["by"]


@pytest.mark.parametrize("level", [1, 2])
def test_what_is_restricted_is_told_to_the_cleared_alone(hub: TestClient, desk: Desk, level: int) -> None:
    desk.direct([desk.edited(LOT, visibility=level)])
    assert ask(hub, LOT) == {}
    assert list(ask(hub, LOT, name="quantri")) == ([LOT] if desk.principal("quantri").cleared else [])
    desk.clear("dailanh.kt")
    assert list(ask(hub, LOT)) == [LOT]


def test_of_what_never_lay_in_the_area_nothing_is_told(hub: TestClient, desk: Desk) -> None:
    assert ask(hub, FAR) == {}
    assert list(ask(hub, FAR, name="vanthang.kt", commune="22516")) == [FAR]
    gone = lot_key("22504", 4, 4)
    desk.direct([desk.deleted(gone)])
    assert ask(hub, gone)[gone]["by"] == "dba"
    assert ask(hub, LOT)[LOT]["revision"] == 1
