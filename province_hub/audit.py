"""The record of who did what: a hash chain for each proposal, and one order over all entries, only ever added to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from psycopg.types.json import Jsonb

from commune_planning_plugin.core.audit_chain import FIRST, entry_hash, following
from commune_planning_plugin.core.wire import canonical_json
from province_hub.database import HubConnection
from province_hub.moments import written

_LAST = "SELECT position, hash FROM hub.audit WHERE proposal = %s ORDER BY position DESC LIMIT 1"
_LAST_OF_ALL = "SELECT running FROM hub.audit ORDER BY id DESC LIMIT 1"
_OF_PROPOSAL = """
SELECT id, proposal::text, position, at, actor, action, details, previous, hash, running FROM hub.audit
WHERE proposal = %s ORDER BY position
"""
_NAMES = "SELECT name, full_name FROM hub.account WHERE name IN (SELECT actor FROM hub.audit WHERE proposal = %s)"
_IN_ORDER = "SELECT pg_advisory_xact_lock(hashtextextended('hub.audit', 0))"
"""Until the commit nobody else gets an id: whoever has seen one has seen all below it, and waits for no news that came late."""
_APPEND = """
INSERT INTO hub.audit (proposal, position, at, actor, action, details, previous, hash, running)
VALUES (%(proposal)s, %(position)s, %(at)s, %(actor)s, %(action)s, %(details)s, %(previous)s, %(hash)s, %(running)s)
"""


def append(conn: HubConnection, proposal: str, actor: str, action: str, details: Mapping[str, Any]) -> str:
    """Add an entry to the proposal's chain and return its hash. The caller holds the lock on the proposal's row.

    ``details`` are text, whole numbers, booleans and lists or mappings of these, which JSON gives back as they were.
    """
    conn.execute(_IN_ORDER)
    last = conn.execute(_LAST, (proposal,)).fetchone()
    entry = {
        "proposal": proposal,
        "position": last["position"] + 1 if last else 1,
        "at": written(datetime.now(timezone.utc)),
        "actor": actor,
        "action": action,
        "details": json.loads(canonical_json(details)),
        "previous": last["hash"] if last else FIRST,
    }
    digest = entry_hash(entry)
    before = conn.execute(_LAST_OF_ALL).fetchone()
    running = following(before["running"] if before else FIRST, digest)
    conn.execute(_APPEND, {**entry, "details": Jsonb(entry["details"]), "hash": digest, "running": running})
    return digest


def entries(conn: HubConnection, proposal: str) -> list[dict[str, Any]]:
    """The proposal's chain, with each entry's place in the order of all."""
    return [as_said(row) for row in conn.execute(_OF_PROPOSAL, (proposal,))]


def names(conn: HubConnection, proposal: str) -> dict[str, str]:
    """Of the accounts that acted on the proposal, by name, what the people are called."""
    return {row["name"]: row["full_name"] for row in conn.execute(_NAMES, (proposal,))}


def as_said(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the audit as its hash is over it and others are shown it."""
    return {**row, "at": written(row["at"])}
