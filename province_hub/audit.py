"""The record of who did what to a proposal: one hash chain for each, only ever added to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from psycopg.types.json import Jsonb

from commune_planning_plugin.core.wire import canonical_json
from province_hub.database import HubConnection

FIRST = "0" * 64
"""What the first entry of a chain follows."""

_LAST = "SELECT position, hash FROM hub.audit WHERE proposal = %s ORDER BY position DESC LIMIT 1"
_IN_ORDER = "SELECT pg_advisory_xact_lock(hashtextextended('hub.audit', 0))"
"""Until the commit nobody else gets an id: whoever has seen one has seen all below it, and waits for no news that came late."""
_APPEND = """
INSERT INTO hub.audit (proposal, position, at, actor, action, details, previous, hash)
VALUES (%(proposal)s, %(position)s, %(at)s, %(actor)s, %(action)s, %(details)s, %(previous)s, %(hash)s)
"""
_ALL = """
SELECT proposal::text, position, at, actor, action, details, previous, hash FROM hub.audit ORDER BY proposal, position
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
        "at": datetime.now(timezone.utc),
        "actor": actor,
        "action": action,
        "details": json.loads(canonical_json(details)),
        "previous": last["hash"] if last else FIRST,
    }
    digest = entry_hash(entry)
    conn.execute(_APPEND, {**entry, "details": Jsonb(entry["details"]), "hash": digest})
    return digest


def entry_hash(entry: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON of the entry, which names the hash of the one before it."""
    moment: datetime = entry["at"]
    plain = {
        "proposal": entry["proposal"],
        "position": entry["position"],
        "at": moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "actor": entry["actor"],
        "action": entry["action"],
        "details": entry["details"],
        "previous": entry["previous"],
    }
    return hashlib.sha256(canonical_json(plain)).hexdigest()


def verify(conn: HubConnection) -> list[str]:
    """What is wrong with any chain, a line each: an altered entry, a missing one, a broken link. Empty where all is well."""
    wrong: list[str] = []
    proposal, position, previous = "", 0, FIRST
    with conn.cursor() as cursor:
        for entry in cursor.execute(_ALL):
            if entry["proposal"] != proposal:
                proposal, position, previous = entry["proposal"], 0, FIRST
            position += 1
            if entry["position"] != position:
                wrong.append(f"audit of proposal {proposal}: entry {position} is missing")
                position = entry["position"]
            if entry["previous"] != previous:
                wrong.append(f"audit of proposal {proposal}: entry {position} doesn't follow the one before it")
            if entry_hash(entry) != entry["hash"]:
                wrong.append(f"audit of proposal {proposal}: entry {position} was altered")
            previous = entry["hash"]
    return wrong


def heads(conn: HubConnection) -> dict[str, tuple[int, str]]:
    """Each chain's last position and hash: kept elsewhere, they witness that no tail was cut off."""
    rows = conn.execute(
        "SELECT DISTINCT ON (proposal) proposal::text, position, hash FROM hub.audit ORDER BY proposal, position DESC"
    )
    return {row["proposal"]: (row["position"], row["hash"]) for row in rows}
