"""How hidden features are, and were while a proposal was worked on: what was said or asked for then stays as hidden as they were,
whether they are gone or open to everybody by now."""

from __future__ import annotations

from collections.abc import Collection

from psycopg import sql

from province_hub.database import HubConnection
from province_hub.layer_tables import layers, table_name
from province_hub.visibility import PUBLIC

Subject = tuple[str, str, str]
"""Proposal, layer id and key."""

_NOW = "SELECT l.key::text AS key, l.visibility AS level FROM {} l WHERE l.key = ANY(%s::uuid[]) AND l.visibility > %s"
_LOGGED = """
SELECT p.id::text AS proposal, c.layer, c.key::text,
       max(greatest((c.old ->> 'visibility')::int, (c.new ->> 'visibility')::int)) AS level
FROM unnest(%s::uuid[], %s::text[], %s::uuid[]) w (proposal, layer, key)
JOIN hub.proposal p ON p.id = w.proposal
CROSS JOIN LATERAL (SELECT min(v.base_number) AS number FROM hub.proposal_version v WHERE v.proposal = p.id) base
JOIN hub.change_log c ON c.key = w.key AND c.layer = w.layer
JOIN hub.revision r USING (transaction)
WHERE c.new IS NULL OR r.number > base.number AND r.number <= coalesce(p.revision, r.number)
GROUP BY 1, 2, 3
"""
"""From what its first version started from to what its approval left, and what features that are gone were last."""


def levels(conn: HubConnection, subjects: Collection[Subject]) -> dict[Subject, int]:
    """The highest level of each feature, for each proposal that names it; those that are and were public aren't there."""
    if not subjects:
        return {}
    rows = conn.execute(_LOGGED, [list(column) for column in zip(*subjects, strict=True)])
    found = {(row["proposal"], row["layer"], row["key"]): row["level"] for row in rows if (row["level"] or PUBLIC) > PUBLIC}
    now = _now(conn, {(layer, key) for _, layer, key in subjects})
    for subject in subjects:
        level = max(found.get(subject, PUBLIC), now.get(subject[1:], PUBLIC))
        if level > PUBLIC:
            found[subject] = level
    return found


def _now(conn: HubConnection, refs: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
    schema = layers(conn)
    return {
        (name, row["key"]): row["level"]
        for name in sorted({layer for layer, _ in refs} & schema.keys())
        for row in conn.execute(
            sql.SQL(_NOW).format(table_name(schema[name])), ([key for layer, key in refs if layer == name], PUBLIC)
        )
    }
