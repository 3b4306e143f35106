"""What anybody may ask, without signing in: which hub this is, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter

from commune_planning_plugin.core.wire import PROTOCOL
from province_hub import revisions
from province_hub.dependencies import DatabaseOf

router = APIRouter(tags=["status"])


@dataclass(frozen=True)
class RevisionName:
    """A checkpoint: the number orders, the id names."""

    number: int
    id: str


@dataclass(frozen=True)
class Status:
    """Which hub answers."""

    hub_id: str
    protocol: int
    province: str
    revision: RevisionName


@router.get("/status")
def status(database: DatabaseOf) -> Status:
    """Answers without a token; the first thing that a desk asks of an address."""
    with database.reading() as conn:
        rows = conn.execute("SELECT name, value FROM hub.setting WHERE name IN ('hub_id', 'province')").fetchall()
        latest = revisions.latest(conn)
    setting = {row["name"]: row["value"] for row in rows}
    return Status(setting["hub_id"], PROTOCOL, setting["province"], RevisionName(latest[0], str(latest[1])))
