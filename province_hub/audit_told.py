"""What desks are told of the audit, at each contact and when they ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from province_hub import heads, key_chain
from province_hub.database import HubConnection
from province_hub.signing import SigningKey


def told(conn: HubConnection, key: SigningKey | None, ids: Sequence[int]) -> dict[str, Any]:
    """What a desk that kept heads of ``ids`` compares them with, the newest one to keep, and how the keys follow one another."""
    head = heads.newest(conn, key)
    return {
        "head": head.to_json() if head else None,
        "running": heads.running_at(conn, ids),
        "restored_at": heads.restored_at(conn),
        "keys": key_chain.changes(conn),
    }
