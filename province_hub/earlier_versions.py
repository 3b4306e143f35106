"""A version of a proposal as it was sent, to be compared with the one that followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from commune_planning_plugin.core.proposal import Version
from commune_planning_plugin.core.wire import encode_change
from province_hub.database import HubConnection
from province_hub.disclosure import Withheld, disclosed, withheld
from province_hub.errors import Problem
from province_hub.identity import Principal
from province_hub.layer_tables import layers
from province_hub.proposals import seen
from province_hub.rekey import rekeyed
from province_hub.rights import may_see

_VERSION = """
SELECT v.content, v.rekeyed, v.author::text, a.full_name, to_char(v.submitted_at AT TIME ZONE 'UTC', %(iso)s) AS submitted_at,
       ARRAY(SELECT s.actor::text FROM hub.proposal_step s
             WHERE s.proposal = v.proposal AND s.version = v.number AND s.step = 'sign_off') AS signers
FROM hub.proposal_version v JOIN hub.account a ON a.id = v.author WHERE v.proposal = %(proposal)s AND v.number = %(number)s
"""
_ISO = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'


def earlier_version(conn: HubConnection, principal: Principal, proposal: str, number: int) -> dict[str, Any]:
    """Its changes, by the keys that the hub gave. Raises `Problem` 404 where there is none for the caller to know of: the province
    knows of a version that its commune's head has signed off."""
    stored = seen(conn, principal, proposal)
    row = conn.execute(_VERSION, {"iso": _ISO, "proposal": proposal, "number": number}).fetchone()
    if row is None or not may_see(principal, replace(stored.standing, signers=frozenset(row["signers"]))):
        raise Problem(404, "not_found")
    version = Version.from_json(layers(conn), row["content"])
    changes = [encode_change(change) for change in rekeyed(version.changes, row["rekeyed"])]
    return {
        "number": number,
        "submitted_at": row["submitted_at"],
        "author": row["full_name"],
        "title": version.title,
        "ground": version.ground,
        "reason": version.reason,
        "changes": _open_to(conn, principal, proposal, number, row["author"], changes),
    }


def _open_to(
    conn: HubConnection, principal: Principal, proposal: str, number: int, author: str, changes: list[dict[str, Any]]
) -> list[Mapping[str, Any]]:
    if principal.cleared or author == principal.id:
        return list(changes)
    hidden = withheld(conn, [proposal], number).get(proposal, Withheld())
    shown = disclosed({"content": {"changes": changes}, "rekeyed": {}, "review": [], "findings": []}, hidden)
    found: list[Mapping[str, Any]] = shown["content"]["changes"]
    return found
