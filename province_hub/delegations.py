"""The head's signature in other hands: from whom, to whom, for which acts, from when to when, under which document.

A delegation counts from its first day to its last, as long as its giver is the commune's head; it can be revoked, and each is a
chain of the audit by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Optional

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.text import LONGEST_TITLE
from commune_planning_plugin.core.workflow import Role, Step
from province_hub import audit
from province_hub.authority import today
from province_hub.database import HubConnection
from province_hub.errors import Problem
from province_hub.identity import Principal
from province_hub.version_checks import check_text

ACTS = frozenset({Step.SIGN_OFF, Step.RETURN, Step.CONSENT})
"""What a head may let somebody else do. An approval is nobody's but the approver's own."""

_TODAY = "(clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
_SHOWN = f"""
SELECT d.id::text, d.commune, d.acts, d.valid_from, d.valid_to, d.document, g.name AS giver, g.full_name AS giver_name,
       r.name AS receiver, r.full_name AS receiver_name,
       CASE WHEN d.revoked_at IS NOT NULL THEN 'revoked' WHEN d.valid_to < {_TODAY} THEN 'ended'
            WHEN d.valid_from > {_TODAY} THEN 'to come' ELSE 'in force' END AS state
FROM hub.delegation d JOIN hub.account g ON g.id = d.giver JOIN hub.account r ON r.id = d.receiver
"""
_LISTED = _SHOWN + "WHERE %(commune)s::text IS NULL OR d.commune = %(commune)s ORDER BY d.made_at DESC, d.id"
_ONE = _SHOWN + "WHERE d.id = %s"
_ADD = """
INSERT INTO hub.delegation (id, commune, giver, receiver, acts, valid_from, valid_to, document, made_by)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_REVOKE = "UPDATE hub.delegation SET revoked_at = clock_timestamp(), revoked_by = %s WHERE id = %s AND revoked_at IS NULL"
_HEAD = """
SELECT a.id FROM hub.account a JOIN hub.role r ON r.account = a.id AND r.role = 'head' AND r.commune = %s
WHERE a.name = %s AND a.disabled_at IS NULL
"""
_COLLEAGUES = """
SELECT DISTINCT a.id::text, a.name, a.full_name FROM hub.account a JOIN hub.role r ON r.account = a.id AND r.commune = %s
WHERE a.disabled_at IS NULL ORDER BY a.full_name, a.name
"""


@dataclass(frozen=True)
class Asked:
    """What a head gives to whom (by account name); both days included."""

    commune: str
    receiver: str
    acts: frozenset[Step]
    valid_from: date
    valid_to: date
    document: str


def require_head(principal: Principal, commune: str) -> None:
    """Raises `Problem` 403 ``rights.missing`` for who isn't the commune's head."""
    if not any(grant.role is Role.HEAD and grant.commune == commune for grant in principal.roles):
        raise Problem(403, "rights.missing", commune=commune)


def listed(conn: HubConnection, commune: Optional[str] = None) -> list[dict[str, Any]]:
    """The newest first; ``state`` is ``in force``, ``to come``, ``ended`` or ``revoked``."""
    return [_plain(row) for row in conn.execute(_LISTED, {"commune": commune})]


def colleagues(conn: HubConnection, commune: str, but: str) -> list[dict[str, str]]:
    """Accounts of the commune that its head (``but``, by name) can let sign."""
    found = conn.execute(_COLLEAGUES, (commune,)).fetchall()
    return [{"name": row["name"], "full_name": row["full_name"]} for row in found if row["name"] != but]


def make(conn: HubConnection, delegation: str, giver: str, actor: str, asked: Asked) -> dict[str, Any]:
    """The delegation; asking again with the same id gets the same.

    Raises `Problem` 409 ``request.reused``; ``InvalidData``: ``delegation.giver``, ``delegation.receiver``, ``delegation.acts``,
    ``delegation.period``, ``text.*``.
    """
    _check(asked)
    conn.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"delegation:{delegation}",))
    there = conn.execute(_ONE, (delegation,)).fetchone()
    if there is not None:
        if _told(_plain(there)) != _told({**_wanted(asked), "giver": giver}):
            raise Problem(409, "request.reused", request=delegation)
        return _plain(there)
    head = conn.execute(_HEAD, (asked.commune, giver)).fetchone()
    if head is None:
        raise InvalidData("delegation.giver", name=giver, commune=asked.commune)
    found = [row for row in conn.execute(_COLLEAGUES, (asked.commune,)) if row["name"] == asked.receiver != giver]
    if not found:
        raise InvalidData("delegation.receiver", name=asked.receiver, commune=asked.commune)
    if asked.valid_to < today(conn):
        raise InvalidData("delegation.period")
    days = (asked.valid_from, asked.valid_to)
    conn.execute(_ADD, (delegation, asked.commune, head["id"], found[0]["id"], _names(asked.acts), *days, asked.document, actor))
    made = _plain(conn.execute(_ONE, (delegation,)).fetchone() or {})
    audit.append(conn, delegation, actor, "delegation.make", {"commune": asked.commune, **_told(made)})
    return made


def revoke(conn: HubConnection, delegation: str, actor: str) -> Optional[dict[str, Any]]:
    """The delegation, ended now; None where there is none. A step that is being taken under it is waited for."""
    conn.execute("SELECT 1 FROM hub.delegation WHERE id = %s FOR UPDATE", (delegation,))
    if conn.execute(_REVOKE, (actor, delegation)).rowcount == 1:
        audit.append(conn, delegation, actor, "delegation.revoke", {})
    row = conn.execute(_ONE, (delegation,)).fetchone()
    return _plain(row) if row is not None else None


def commune_of(conn: HubConnection, delegation: str) -> Optional[str]:
    row = conn.execute("SELECT commune FROM hub.delegation WHERE id = %s", (delegation,)).fetchone()
    return str(row["commune"]) if row is not None else None


def _check(asked: Asked) -> None:
    check_text("document", asked.document, LONGEST_TITLE)
    if not asked.acts or asked.acts - ACTS:
        raise InvalidData("delegation.acts", acts=", ".join(_names(asked.acts)))
    if asked.valid_to < asked.valid_from:
        raise InvalidData("delegation.period")


def _names(acts: Iterable[Step]) -> list[str]:
    return sorted(step.value for step in acts)


def _wanted(asked: Asked) -> dict[str, Any]:
    days = {"valid_from": asked.valid_from.isoformat(), "valid_to": asked.valid_to.isoformat()}
    return {"receiver": asked.receiver, "acts": _names(asked.acts), "document": asked.document, **days}


def _told(plain: dict[str, Any]) -> dict[str, Any]:
    return {name: plain[name] for name in ("giver", "receiver", "acts", "valid_from", "valid_to", "document")}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    days = {name: row[name].isoformat() for name in ("valid_from", "valid_to")}
    return {**row, **days, "acts": sorted(row["acts"])}
