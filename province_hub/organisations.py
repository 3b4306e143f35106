"""Organisations whose opinion is asked for: police, military command, other departments. Accounts speak for them."""

from __future__ import annotations

import re
from typing import Any

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.text import LONGEST_TITLE, readable
from province_hub.database import HubConnection

_CODE = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")
_ADD = """
INSERT INTO hub.organisation (code, name) VALUES (%s, %s)
ON CONFLICT (code) DO UPDATE SET name = excluded.name, closed_at = NULL RETURNING id::text
"""
_LISTED = """
SELECT o.id::text, o.code, o.name, o.closed_at IS NOT NULL AS closed,
       ARRAY(SELECT a.name FROM hub.account a WHERE a.organisation = o.id AND a.disabled_at IS NULL ORDER BY 1) AS accounts
FROM hub.organisation o ORDER BY o.name, o.code
"""


def add(conn: HubConnection, code: str, name: str) -> str:
    """The organisation's id; one that there is gets the name, and is open again. Raises ``InvalidData('organisation.code' or
    '.name')``."""
    clean = readable(name).strip()
    if not _CODE.fullmatch(code):
        raise InvalidData("organisation.code", organisation=code)
    if not 0 < len(clean) <= LONGEST_TITLE:
        raise InvalidData("organisation.name", organisation=code)
    row = conn.execute(_ADD, (code, clean)).fetchone() or {}
    return str(row["id"])


def close(conn: HubConnection, code: str) -> None:
    """It isn't asked any more; what it was asked before stays. Raises ``InvalidData('organisation.unknown')``."""
    done = conn.execute("UPDATE hub.organisation SET closed_at = coalesce(closed_at, now()) WHERE code = %s", (code,))
    if not done.rowcount:
        raise InvalidData("organisation.unknown", organisation=code)


def id_of(conn: HubConnection, code: str) -> str:
    """Raises ``InvalidData('organisation.unknown')``."""
    row = conn.execute("SELECT id::text FROM hub.organisation WHERE code = %s", (code,)).fetchone()
    if row is None:
        raise InvalidData("organisation.unknown", organisation=code)
    return str(row["id"])


def listed(conn: HubConnection) -> list[dict[str, Any]]:
    """All by name, with the accounts that speak for each."""
    return conn.execute(_LISTED).fetchall()


def askable(conn: HubConnection, organisation: str) -> bool:
    """Whether there is somebody to ask."""
    return any(each["id"] == organisation and not each["closed"] for each in listed(conn))
