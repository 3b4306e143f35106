"""Everybody at once: whatever the order, each proposal ends once, and the log leads to the tables."""

from __future__ import annotations

import random
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import psycopg
import pytest
from psycopg.rows import dict_row

from province_hub.app import API
from province_hub.verify import verify
from tests.hub.api_fixtures import HubServer, sign_in
from tests.hub.tiny import lot_key
from tests.hub.workflow import Desk, make_desk  # noqa: F401 (fixture)

PEOPLE = {
    "sign_off": "dailanh.ct",
    "open": "soxd.tham",
    "return": "soxd.tham",
    "reject": "soxd.duyet",
    "approve": "soxd.duyet",
    "withdraw": "dailanh.kt",
}
EXPECTED = {200, 403, 404, 409, 422}
ENDS = {"approved", "rejected"}


@pytest.mark.parametrize("seed", [1, 2])
def test_steps_in_any_order_by_many_at_once(hub_server: HubServer, desk: Desk, conninfo: str, seed: int):
    chance = random.Random(seed)
    keys = [lot_key("22504", column, 4) for column in range(3)]
    versions = [desk.version(desk.edited(chance.choice(keys), tenDoiTuong=f"Tên {n}")) for n in range(6)]
    with httpx.Client(base_url=hub_server.url + API, timeout=60, limits=httpx.Limits(max_connections=12)) as http:
        with httpx.Client(base_url=hub_server.url) as door:
            people = {name: sign_in(door, name) for name in set(PEOPLE.values())}

        def taken(step: str, proposal: str) -> httpx.Response:
            who, request = people[PEOPLE[step]], str(uuid.uuid4())
            seen = http.get(f"/proposals/{proposal}", headers=who) if step == "approve" else None
            body = {
                "request": request,
                "version": 1,
                "reason": "Vì",
                "result_hash": (seen.json() if seen else {}).get("result_hash"),
            }
            return http.post(f"/proposals/{proposal}/{step}", json=body, headers=who)

        def sent(document: dict[str, Any]) -> httpx.Response:
            return http.put(f"/proposals/{document['proposal']}/versions/1", json=document, headers=people["dailanh.kt"])

        work = [(taken, (step, version.proposal)) for version in versions for step in [*PEOPLE, "approve"]]
        chance.shuffle(work)
        with ThreadPoolExecutor(8) as many:
            receipts = [answer.json() for answer in many.map(sent, [v.to_json() for v in versions for _ in range(2)])]
            assert receipts[::2] == receipts[1::2]
            for version in versions[:4]:
                assert taken("sign_off", version.proposal).status_code == 200
            answers = list(many.map(lambda call: call[0](*call[1]), work))
        assert {answer.status_code for answer in answers} <= EXPECTED
        states = {p["id"]: p for p in http.get("/proposals", headers=people["dailanh.kt"]).json()["proposals"]}
    ended = [(a.json()["id"], a.json()["state"]) for a in answers if a.status_code == 200 and a.json()["state"] in ENDS]
    assert len({proposal for proposal, _ in ended}) == len(ended)
    assert dict(ended) == {p["id"]: p["state"] for p in states.values() if p["state"] in ENDS}
    with psycopg.connect(conninfo, row_factory=dict_row) as conn:
        assert verify(conn) == []
        revisions = conn.execute("SELECT proposal::text FROM hub.revision WHERE proposal IS NOT NULL").fetchall()
    assert sorted(row["proposal"] for row in revisions) == sorted(p for p, state in ended if state == "approved")
