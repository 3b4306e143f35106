"""A list of ten thousand proposals comes in pages of bounded size, each proposal once."""

from __future__ import annotations

from starlette.testclient import TestClient

from province_hub.app import API
from province_hub.database import Database
from tests.hub.api_fixtures import sign_in
from tests.hub.tiny import plan_key

COUNT = 10_000
_PROPOSALS = """
INSERT INTO hub.proposal (id, commune, plan, title, ground, author, state, version, updated_at)
SELECT gen_random_uuid(), '22504', %(plan)s, 'Điều chỉnh số ' || n, 1, a.id, 'awaiting_sign_off', 1, now() - n * interval '1 minute'
FROM generate_series(1, %(count)s) n, hub.account a WHERE a.name = 'dailanh.kt'
"""
_VERSIONS = """
INSERT INTO hub.proposal_version (proposal, number, hash, content, author, base_number, base_id)
SELECT id, 1, '', '{"changes": []}', author, 0, gen_random_uuid() FROM hub.proposal
"""


def test_ten_thousand_proposals(hub: TestClient, database: Database):
    with database.writing("test") as conn:
        conn.execute(_PROPOSALS, {"plan": plan_key("PLAN-22504"), "count": COUNT})
        conn.execute(_VERSIONS)
    with database.writing("test") as conn:
        conn.execute("ANALYZE hub.proposal, hub.proposal_version")
    headers, seen, cursor, pages = sign_in(hub, "dailanh.kt"), [], None, 0
    while True:
        params = {"box": "mine", **({} if cursor is None else {"cursor": cursor})}
        answer = hub.get(f"{API}/proposals", params=params, headers=headers)
        assert len(answer.content) < (256 << 10) + 4096
        seen += [summary["number"] for summary in answer.json()["proposals"]]
        cursor, pages = answer.json()["cursor"], pages + 1
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == COUNT
    assert seen == sorted(seen, reverse=True)
    assert pages > 10
