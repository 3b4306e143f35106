"""Many proposals at once, past the hub."""

from __future__ import annotations

import psycopg

_PROPOSALS = """
INSERT INTO hub.proposal (id, commune, plan, title, ground, author, state, version, updated_at, due_at)
SELECT gen_random_uuid(), c.code, p.key, 'Điều chỉnh lô số ' || n, 1, a.id,
       (ARRAY['awaiting_sign_off', 'submitted', 'in_review', 'appraised', 'approved'])[n %% 5 + 1], 1,
       now() - n * interval '1 minute', CASE WHEN n %% 5 IN (1, 2, 3) THEN now() + (n - 3000) * interval '1 hour' END
FROM generate_series(1, %(count)s) n
JOIN (SELECT code, row_number() OVER (ORDER BY code) - 1 AS i, count(*) OVER () AS all FROM hub.commune) c ON c.i = n %% c.all
JOIN LATERAL (SELECT key FROM hub.plan WHERE code LIKE 'PLAN%%' ORDER BY code OFFSET n %% 2 LIMIT 1) p ON true, hub.account a
WHERE a.name = 'dailanh.kt'
"""
_VERSIONS = """
INSERT INTO hub.proposal_version (proposal, number, hash, content, author, base_number, base_id)
SELECT id, 1, '', '{"changes": []}', author, 0, gen_random_uuid() FROM hub.proposal ON CONFLICT DO NOTHING
"""
_SIGNED = """
INSERT INTO hub.proposal_step (id, proposal, version, step, actor, at)
SELECT gen_random_uuid(), p.id, 1, 'sign_off', a.id, p.created_at FROM hub.proposal p, hub.account a
WHERE a.name = 'dailanh.ct' AND p.state <> 'awaiting_sign_off'
"""


def fill(conninfo: str, count: int) -> None:
    """``count`` proposals of all states, over all communes and two plans, every fifth not signed off."""
    with psycopg.connect(conninfo) as conn:
        conn.execute(_PROPOSALS, {"count": count})
        conn.execute(_VERSIONS)
        conn.execute(_SIGNED)
    with psycopg.connect(conninfo, autocommit=True) as conn:
        conn.execute("ANALYZE")
