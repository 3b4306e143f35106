"""A feature that was removed comes back as itself: same key, same codes, and whoever does so at the same time clashes."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from commune_planning_plugin.core.changes import Change
from commune_planning_plugin.core.decision import Figures, Scope
from commune_planning_plugin.core.schema import Values
from province_hub import audit
from province_hub.app import API
from province_hub.as_of import Moment
from province_hub.verify import verify
from tests.hub import tiny
from tests.hub.api_fixtures import sign_in
from tests.hub.office import Office, make_office  # noqa: F401
from tests.hub.test_as_of import TODAY, read
from tests.hub.test_lineage import asked, counts
from tests.hub.workflow import Desk, invalid, make_desk, refused  # noqa: F401

LOT = tiny.lot_key("22504", 0, 0)


@pytest.fixture(name="last")
def removed_lot(desk: Desk) -> Values:
    """A lot as it was when the province removed it."""
    desk.direct([desk.edited(LOT, maDoiTuong="QH-A-7", tenDoiTuong="Chợ")])
    last = desk.row(LOT)
    assert last is not None
    desk.direct([desk.deleted(LOT)])
    assert desk.row(LOT) is None
    return last


def back(last: Values, **values: Any) -> Change:
    """As a desk sends it: the state that was chosen, with codes as they may have been then."""
    return Change(tiny.LOTS, LOT, None, {**last, "maDoiTuong": "tạm", "valid_from": None, **values})


def test_it_is_the_same_feature_with_its_own_code(desk: Desk, last: Values):
    version = desk.send(back(last, tenDoiTuong="Chợ mới"))
    detail = desk.detail("soxd.duyet", version)
    (item,) = detail["review"]
    assert (detail["rekeyed"], item["kind"], item["restores"], item["after"]["maDoiTuong"]) == ({}, "insert", True, "QH-A-7")
    desk.approve(version)
    row = desk.row(LOT) or {}
    assert {name: row[name] for name in ("birth", "maDoiTuong", "tenDoiTuong")} == {
        "birth": last["birth"],
        "maDoiTuong": "QH-A-7",
        "tenDoiTuong": "Chợ mới",
    }
    with desk.database.reading() as conn:
        assert verify(conn) == []
        submitted = audit.entries(conn, version.proposal)[0]
    assert submitted["details"]["restored"] == 1


def test_what_is_new_is_no_restoring(desk: Desk, last: Values):
    assert isinstance(last["geom"], bytes)
    version = desk.send(desk.inserted(last["geom"]))
    (item,) = desk.detail("soxd.duyet", version)["review"]
    assert "restores" not in item
    assert item["after"]["maDoiTuong"] == "tạm"


def test_another_feature_under_its_key_gets_one_of_its_own(desk: Desk, last: Values):
    answer = desk.submit(desk.version(back(last, birth=str(uuid.uuid4()))))
    assert list(answer["rekeyed"]) == [LOT]


def test_a_second_one_clashes_with_the_first(desk: Desk, last: Values):
    versions = [desk.send(back(last, tenDoiTuong=name)) for name in ("Chợ", "Trường học")]
    desk.approve(versions[0])
    with refused(409, "proposal.conflict") as details:
        desk.approve(versions[1])
    (clash,) = details["conflicts"]
    assert (clash["kind"], clash["attributes"]) == ("inserted_twice", ["tenDoiTuong"])
    assert (desk.row(LOT) or {})["tenDoiTuong"] == "Chợ"


def test_a_second_one_that_says_the_same_changes_nothing(desk: Desk, last: Values):
    versions = [desk.send(back(last)) for _ in range(2)]
    desk.approve(versions[0])
    desk.direct([desk.edited(LOT, ghiChu="của tỉnh")])
    assert desk.approve(versions[1])["revision"] is None
    assert (desk.row(LOT) or {})["ghiChu"] == "của tỉnh"


def test_it_comes_back_over_its_own_removal_that_still_waits(office: Office):
    desk = office.desk
    row = desk.row(LOT) or {}
    gone, instead = office.renewed(LOT)
    removal = desk.send(gone, instead)
    made = desk.detail("soxd.duyet", removal)["review"]
    (after,) = [item["after"] for item in made if item["key"] == instead.key]
    taken_back = Change(tiny.LOTS, instead.key, {**instead.new, **{n: v for n, v in after.items() if n != "geom"}}, None)
    again = desk.send(taken_back, back(row, tenDoiTuong="Chợ"), depends_on=(removal.proposal,))
    (item,) = [each for each in desk.detail("soxd.duyet", again)["review"] if each["key"] == LOT]
    assert (item["before"], item["restores"], item["conflict"]) == (None, True, None)
    desk.approve(removal)
    desk.approve(again)
    assert ((desk.row(LOT) or {})["birth"], (desk.row(LOT) or {})["tenDoiTuong"]) == (row["birth"], "Chợ")


@pytest.mark.parametrize("level", [1, 2])
def test_what_is_hidden_is_not_brought_back_by_others(desk: Desk, level: int):
    desk.direct([desk.edited(LOT, visibility=level)])
    last = desk.row(LOT) or {}
    desk.direct([desk.deleted(LOT)])
    version = desk.version(back(last, visibility=0))
    if level == 2:
        assert list(desk.submit(version)["rekeyed"]) == [LOT]
    else:
        with invalid("feature.read_only"):
            desk.submit(version)


def test_history_and_lineage_say_that_it_lives_on(desk: Desk, last: Values, hub: TestClient):
    number = newest(hub)
    desk.approve(desk.send(back(last)))
    headers = sign_in(hub, "dailanh.kt")
    answer = hub.get(f"{API}/layers/{tiny.LOTS}/features/{LOT}/history", params={"commune": "22504"}, headers=headers)
    kinds = [(entry["kind"], entry["again"]) for entry in answer.json()["revisions"]]
    assert kinds == [("insert", True), ("delete", False), ("update", False), ("insert", False)]
    over_all = asked(hub, "1", "9999-12-31", legal=False)
    assert (counts(over_all, "before"), counts(over_all, "after")) == ({"kept": 99, "modified": 1}, {"kept": 99, "modified": 1})
    since = asked(hub, str(number), "9999-12-31", legal=False).json()["present"]
    assert [(each["key"], each["fate"], each["again"]) for each in since] == [(LOT, "new", True)]


def newest(hub: TestClient) -> int:
    answer = hub.get(f"{API}/communes/22504/lineage", params=lineage_now(), headers=sign_in(hub, "dailanh.kt"))
    return int(answer.json()["after"]["as_of"]["number"])


def lineage_now() -> dict[str, str]:
    far = "9999-12-31"
    return {"layer": tiny.LOTS, "plan": tiny.plan_key("PLAN-22504"), "before": far, "after": far, "legal": "false"}


def test_it_is_in_force_from_its_own_decision_on(office: Office):
    desk = office.desk
    last = desk.row(LOT) or {}
    gone, instead = office.renewed(LOT)
    in_force_later(office, gone, instead, days=1)
    in_force_later(office, desk.deleted(instead.key), back(last), days=3)
    with desk.database.reading() as conn:
        latest = conn.execute("SELECT max(number) AS n FROM hub.revision").fetchone() or {}
    there = [LOT in read(desk.database, Moment(latest["n"], TODAY + timedelta(days=days))) for days in range(5)]
    assert there == [True, False, False, True, True]


def in_force_later(office: Office, *changes: Change, days: int) -> None:
    version = office.approved(*changes)
    office.record(version, office.decision(Figures({}, 1, scope=Scope.CHANGED), date=TODAY, effective=TODAY + timedelta(days=days)))
    office.effect(version)
