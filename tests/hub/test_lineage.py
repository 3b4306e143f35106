"""What became of a plan between two days, from a real log."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from starlette.testclient import TestClient

from commune_planning_plugin.core.decision import Figures, Scope
from province_hub.app import API
from tests.hub import tiny
from tests.hub.api_fixtures import sign_in
from tests.hub.office import Office, make_office  # noqa: F401
from tests.hub.test_as_of import TODAY
from tests.hub.workflow import make_desk  # noqa: F401

LOTS = [tiny.lot_key("22504", column, 0) for column in range(3)]


def asked(hub: TestClient, before: str, after: str, legal: bool, name: str = "dailanh.kt") -> Any:
    params = {"layer": tiny.LOTS, "plan": tiny.plan_key("PLAN-22504"), "before": before, "after": after, "legal": str(legal)}
    return hub.get(f"{API}/communes/22504/lineage", params=params, headers=sign_in(hub, name))


def counts(answer: Any, side: str) -> dict[str, int]:
    return {fate: each["count"] for fate, each in answer.json()["sums"][side].items()}


def test_between_two_revisions(office: Office, hub: TestClient):
    gone, once = office.renewed(LOTS[0])
    office.approved(gone, once)
    again_gone, again = office.renewed(once.key)
    office.approved(again_gone, again)
    office.desk.direct([office.desk.edited(LOTS[1], tenDoiTuong="Chợ")])
    answer = asked(hub, "1", "9999-12-31", legal=False)
    assert answer.status_code == 200, answer.text
    assert counts(answer, "before") == {"kept": 98, "modified": 2}
    assert counts(answer, "after") == counts(answer, "before")
    (present,) = [each for each in answer.json()["present"] if each["key"] == again.key]
    assert (present["fate"], present["others"], present["area"]) == ("modified", [LOTS[0]], 10_000.0)
    assert sum(each["area"] for each in answer.json()["sums"]["after"].values()) == 1_000_000.0


def test_between_two_days_in_force(office: Office, hub: TestClient):
    version = office.approved(*office.renewed(LOTS[0]))
    tomorrow = TODAY + timedelta(days=1)
    assert counts(asked(hub, TODAY.isoformat(), tomorrow.isoformat(), legal=True), "after") == {"kept": 100}
    office.record(version, office.decision(Figures({}, 1, scope=Scope.CHANGED), date=TODAY, effective=tomorrow))
    office.effect(version)
    assert counts(asked(hub, TODAY.isoformat(), tomorrow.isoformat(), legal=True), "after") == {"kept": 99, "modified": 1}


def test_what_is_hidden_is_in_no_count(office: Office, hub: TestClient):
    office.desk.direct([office.desk.edited(LOTS[0], visibility=2)])
    told = asked(hub, "1", "2", legal=False)
    assert counts(told, "before") == counts(told, "after") == {"kept": 99}
    assert LOTS[0] not in told.text
    assert counts(asked(hub, "1", "2", legal=False, name="soxd.tham"), "before") == {"kept": 99, "modified": 1}


def test_what_is_asked_wrongly(hub: TestClient):
    assert asked(hub, "x", "2026-01-01", legal=True).status_code == 422
    assert asked(hub, "1", "77", legal=False).status_code == 409
    assert asked(hub, "1", "1", legal=False, name="vanthang.kt").status_code == 403
