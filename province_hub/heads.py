"""Signed heads of the audit: given out with each contact and export, and kept there as witnesses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timezone

from psycopg.types.json import Jsonb

from commune_planning_plugin.core.signed_head import SignedHead
from province_hub.database import HubConnection
from province_hub.signing import SigningKey

RESTORED = "restore"
"""The action of the entry by which an administrator says that the database comes from a backup."""

_NEWEST = """
SELECT a.id, a.running, r.number AS revision, r.id::text AS revision_id, h.document,
       (SELECT value #>> '{}' FROM hub.setting WHERE name = 'hub_id') AS hub,
       (SELECT public_key FROM hub.audit_key ORDER BY since DESC LIMIT 1) AS newest_key
FROM (SELECT id, running FROM hub.audit ORDER BY id DESC LIMIT 1) a
CROSS JOIN (SELECT number, id FROM hub.revision ORDER BY number DESC LIMIT 1) r
LEFT JOIN hub.audit_head h ON h.id = a.id AND h.revision = r.number
"""
_KEEP = "INSERT INTO hub.audit_head (id, revision, document) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
_RUNNING = "SELECT id, running FROM hub.audit WHERE id = ANY(%s)"
_RESTORED_AT = "SELECT max(at) AS at FROM hub.audit WHERE action = %s AND proposal = %s::uuid"


def newest(conn: HubConnection, key: SigningKey | None) -> SignedHead | None:
    """The newest head, signed now where it is new; None where there is no entry yet, or ``key`` isn't the one to sign with now."""
    row = conn.execute(_NEWEST).fetchone()
    if row is not None and row["document"] is not None:
        return SignedHead.from_json(row["document"])
    if row is None or key is None or row["newest_key"] not in (None, key.public):
        return None
    at = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    head = SignedHead(row["hub"], row["id"], row["running"], row["revision"], row["revision_id"], at, key.public)
    head = replace(head, signature=key.sign(head.signed))
    conn.execute(_KEEP, (head.id, head.revision, Jsonb(head.to_json())))
    return head


def running_at(conn: HubConnection, ids: Sequence[int]) -> dict[str, str]:
    """By id (as text, for JSON), the hash over all entries up to it; an id that no entry has isn't there."""
    return {str(row["id"]): row["running"] for row in conn.execute(_RUNNING, (list(ids),))}


def restored_at(conn: HubConnection) -> str | None:
    """When it was last said that the database comes from a backup."""
    row = conn.execute(_RESTORED_AT, (RESTORED, hub_id(conn))).fetchone()
    at = row["at"] if row else None
    return at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def hub_id(conn: HubConnection) -> str:
    row = conn.execute("SELECT value #>> '{}' AS id FROM hub.setting WHERE name = 'hub_id'").fetchone() or {}
    return str(row["id"])


def kept(conn: HubConnection) -> list[SignedHead]:
    """All heads that the hub has signed, in the order of the entries."""
    return [
        SignedHead.from_json(row["document"]) for row in conn.execute("SELECT document FROM hub.audit_head ORDER BY id, revision")
    ]
