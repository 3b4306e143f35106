"""Role × state × step × place × matrix, against a table that was written by hand: the rules alone, and over HTTP."""

from __future__ import annotations

import uuid
from typing import Any, Optional

import pytest
from starlette.testclient import TestClient

from commune_planning_plugin.core.authority import Row
from commune_planning_plugin.core.workflow import TRANSITIONS, Role, State, Step
from province_hub.app import API
from province_hub.authority import replace_matrix
from province_hub.identity import Grant, Principal
from province_hub.rights import Standing, possible_steps
from tests.hub import tiny
from tests.hub.api_fixtures import sign_in
from tests.hub.rights_oracle import LETTERS, MATRIX, ORACLE, PEOPLE, STATES
from tests.hub.workflow import Desk, make_desk  # noqa: F401 (fixture)

GRANTS = {
    "author": (Role.TECHNICIAN, "22504"),
    "head": (Role.HEAD, "22504"),
    "head2": (Role.HEAD, "22504"),
    "other": (Role.TECHNICIAN, "22516"),
    "other2": (Role.HEAD, "22516"),
    "tham": (Role.REVIEWER, None),
    "duyet": (Role.APPROVER, None),
    "admin": (Role.ADMINISTRATOR, None),
    "observer": (Role.OBSERVER, None),
}
PRINCIPALS = {
    who: Principal(who, who, who, False, (Grant(role, commune), *((Grant(Role.REVIEWER, None),) if who == "duyet" else ())))
    for who, (role, commune) in GRANTS.items()
}
ACCOUNTS = {
    "author": "dailanh.kt",
    "head": "dailanh.ct",
    "head2": "dailanh.pct",
    "other": "vanthang.kt",
    "other2": "vanthang.ct",
    "tham": "soxd.tham",
    "duyet": "soxd.duyet",
    "admin": "quantri",
    "observer": "giamsat",
}
ASKED = {Step(name) for name in LETTERS.values()}


def test_the_table_knows_every_step_that_can_be_asked_for():
    assert {step for step, transition in TRANSITIONS.items() if transition.roles} - {Step.SUBMIT} == ASKED
    assert set(STATES) == {state.value for state in State} - {"draft", "agreed"}


@pytest.mark.parametrize("case", ORACLE, ids=" · ".join)
def test_the_rules_alone(case: tuple[str, str]):
    matrix, place = case
    for state in STATES:
        signed = state not in ("awaiting_sign_off", "withdrawn")
        standing = Standing(
            "22504",
            State(state),
            frozenset({"author"}),
            frozenset({"head"} if signed else ()),
            touched=frozenset({"22516"} if place in ("crossing", "consented") else ()),
            restricted=place == "restricted",
            consented=frozenset({"22516"} if place == "consented" else ()),
            appraisers=frozenset({"tham"} if state == "appraised" else ()),
            approvers=frozenset({"head2"} if state == "approved" else ()),
            authority=MATRIX[matrix],
            post_check="waiting"
            if state == "approved" and MATRIX[matrix].post_check and place in ("inside", "consented")
            else None,
        )
        for who in PEOPLE:
            found = {step.value for step in possible_steps(PRINCIPALS[who], standing)}
            assert found == ORACLE[case][state, who], (state, who)


# --- over HTTP --------------------------------------------------------------------------------------------------------


class Callers:
    """The people of the table, signed in at a hub."""

    def __init__(self, hub: TestClient, desk: Desk) -> None:
        self._hub, self._desk = hub, desk
        with desk.administrating() as conn:
            conn.execute(
                "INSERT INTO hub.account (name, full_name, password_hash) SELECT 'dailanh.pct', 'Phó Chủ tịch', password_hash"
                " FROM hub.account WHERE name = 'dailanh.ct'"
            )
        desk.grant("dailanh.pct", "head", "22504")
        self._headers = {who: sign_in(hub, name) for who, name in ACCOUNTS.items()}

    def detail(self, who: str, proposal: str) -> Optional[dict[str, Any]]:
        answer = self._hub.get(f"{API}/proposals/{proposal}", headers=self._headers[who])
        assert answer.status_code in (200, 404)
        return answer.json() if answer.status_code == 200 else None

    def can(self, who: str, proposal: str) -> set[str]:
        detail = self.detail(who, proposal)
        return set(detail["can"]) if detail is not None else set()

    def take(self, who: str, proposal: str, step: str, seen: str = "", sure: bool = True) -> Any:
        body = {
            "request": str(uuid.uuid4()),
            "version": 1,
            "reason": "vì",
            "result_hash": seen or "0" * 64,
            "without_consent": sure,
        }
        return self._hub.post(f"{API}/proposals/{proposal}/{step}", json=body, headers=self._headers[who])

    def done(self, who: str, proposal: str, step: str) -> None:
        seen = (self.detail("tham", proposal) or {}).get("result_hash", "")
        answer = self.take(who, proposal, step, seen)
        assert answer.status_code == 200, (who, step, answer.text)


@pytest.fixture
def callers(hub: TestClient, desk: Desk) -> Callers:
    return Callers(hub, desk)


def set_matrix(desk: Desk, *rows: Row) -> None:
    with desk.administrating() as conn:
        replace_matrix(conn, rows, "test")


def reach(desk: Desk, callers: Callers, place: str, state: str, lot: tuple[int, int], approver: str) -> str:
    """A proposal in ``state``, made by real steps."""
    edited = {"tenDoiTuong": f"{state} {uuid.uuid4().hex[:6]}"}
    inside, road = tiny.lot_key("22504", *lot), tiny.SOUTH + 55 + 100 * lot[0]
    change = desk.edited(inside, **edited) if place in ("inside", "restricted") else desk.road(road)
    version = desk.version(change)
    desk.submit(version)
    proposal = version.proposal
    if place == "restricted":
        desk.direct([desk.edited(inside, visibility=1)])
    before = {"withdrawn": [("author", "withdraw")], "returned": [("head", "return")], "awaiting_sign_off": []}.get(state)
    if before is None:
        before = [("head", "sign_off")]
        before += [("other2", "consent")] if place == "consented" else []
        before += {
            "in_review": [("duyet", "open")],
            "appraised": [("tham", "appraise")],
            "rejected": [(approver, "reject")],
            "approved": [(approver, "approve")],
        }.get(state, [])
    for who, step in before:
        callers.done(who, proposal, step)
    return proposal


REACHED_BY_HTTP = {
    ("province", "inside"): "duyet",
    ("province", "crossing"): "duyet",
    ("commune", "inside"): "head2",
    ("commune", "crossing"): "duyet",
    ("commune", "consented"): "head2",
    ("commune, the signer too", "inside"): "head2",
    ("province", "restricted"): "duyet",
    ("commune", "restricted"): "duyet",
    ("commune, the signer too", "restricted"): "duyet",
}
"""By case, who decides in it."""


@pytest.mark.parametrize("case", REACHED_BY_HTTP, ids=" · ".join)
def test_over_http(desk: Desk, callers: Callers, case: tuple[str, str]):
    matrix, place = case
    set_matrix(desk, Row(MATRIX[matrix]))
    for number, state in enumerate(STATES):
        proposal = reach(desk, callers, place, state, (number, number), REACHED_BY_HTTP[case])
        wanted = {who: set(ORACLE[case][state, who]) for who in PEOPLE}
        assert {who: callers.can(who, proposal) for who in PEOPLE} == wanted, state
        for who in PEOPLE:
            for step in sorted({each.value for each in ASKED} - wanted[who]):
                answer = callers.take(who, proposal, step)
                assert answer.status_code in (403, 404, 409), (state, who, step, answer.text)
        assert (callers.detail("author", proposal) or {})["state"] == state
