"""Accounts and their passwords, hashed with argon2id."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Iterable
from typing import Any, LiteralString

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.text import readable
from commune_planning_plugin.core.workflow import Role
from province_hub.database import HubConnection

OF_A_COMMUNE = frozenset({Role.TECHNICIAN, Role.HEAD})
"""Roles that are held in one commune; the others are held in the province, a reviewer in either: a commune may appraise itself."""

Held = tuple[Role, "str | None"]
"""A role, and the code of the commune it is held in."""

SHORTEST_PASSWORD = 10
_LONGEST_NAME = 200

_LISTED = """
SELECT a.name, a.full_name, a.cleared,
       ARRAY(SELECT concat_ws(':', r.role, r.commune) FROM hub.role r WHERE r.account = a.id ORDER BY 1) AS roles,
       CASE WHEN a.disabled_at IS NOT NULL THEN 'disabled'
            ELSE coalesce('last used ' || (SELECT max(t.last_used_at) FROM hub.token t WHERE t.account = a.id)::date, 'never used')
       END AS state
FROM hub.account a ORDER BY a.name
"""

_hasher = PasswordHasher()
_SESSIONS = """
SELECT t.id::text, t.device, to_char(t.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS created_at,
       to_char(coalesce(t.last_used_at, t.created_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS last_used_at
FROM hub.token t JOIN hub.account a ON a.id = t.account
WHERE a.name = %s AND t.revoked_at IS NULL AND t.expires_at > now()
ORDER BY coalesce(t.last_used_at, t.created_at) DESC
"""


def hash_password(password: str) -> str:
    """Raises ``InvalidData('password.short')``."""
    if len(password) < SHORTEST_PASSWORD:
        raise InvalidData("password.short", least=SHORTEST_PASSWORD)
    return _hasher.hash(unicodedata.normalize("NFC", password))


def password_matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, unicodedata.normalize("NFC", password))
    except (VerificationError, InvalidHashError):
        return False


def parse_role(text: str) -> Held:
    """``technician:22504`` or ``reviewer``. Raises ``InvalidData('role.malformed')``."""
    name, _, commune = text.partition(":")
    try:
        role = Role(name)
    except ValueError as error:
        raise InvalidData("role.malformed", role=text) from error
    if (role in OF_A_COMMUNE and not commune) or (commune and role not in OF_A_COMMUNE | {Role.REVIEWER}):
        raise InvalidData("role.malformed", role=text)
    return role, commune or None


def parse_roles(texts: Iterable[str]) -> list[Held]:
    """Raises ``InvalidData``: ``role.malformed``, or ``role.missing`` where there is none."""
    roles = [parse_role(text) for text in dict.fromkeys(texts)]
    if not roles:
        raise InvalidData("role.missing")
    return roles


def check_new(conn: HubConnection, name: str, roles: Iterable[str]) -> None:
    """Whether an account could be added, whatever its password. Raises as `add` and `parse_roles` do."""
    if _id(conn, _checked(name)) is not None:
        raise InvalidData("account.exists", name=name)
    for _, commune in parse_roles(roles):
        _check_commune(conn, commune)


def check_known(conn: HubConnection, name: str) -> None:
    """Raises ``InvalidData('account.unknown')``."""
    if _id(conn, name) is None:
        raise InvalidData("account.unknown", name=name)


def add(conn: HubConnection, name: str, full_name: str, password: str, roles: Iterable[Held], cleared: bool = False) -> str:
    """The new account's id.

    Raises ``InvalidData``: ``account.exists``, ``account.name``, ``commune.unknown``, ``password.short``.
    """
    identity = str(uuid.uuid4())
    made = conn.execute(
        "INSERT INTO hub.account (id, name, full_name, password_hash, cleared) VALUES (%s, %s, %s, %s, %s)"
        " ON CONFLICT (name) DO NOTHING",
        (identity, _checked(name), readable(full_name), hash_password(password), cleared),
    )
    if made.rowcount == 0:
        raise InvalidData("account.exists", name=name)
    _grant(conn, identity, roles)
    return identity


def join(conn: HubConnection, name: str, organisation: str | None) -> None:
    """Let the account speak for the organisation of this id, or for none. Raises ``InvalidData('account.unknown')``."""
    conn.execute("UPDATE hub.account SET organisation = %s WHERE id = %s", (organisation, _held(conn, name)))


def set_roles(conn: HubConnection, name: str, roles: Iterable[Held]) -> None:
    """Take away all roles and give these. Raises ``InvalidData``: ``account.unknown``, ``commune.unknown``."""
    identity = _held(conn, name)
    conn.execute("DELETE FROM hub.role WHERE account = %s", (identity,))
    _grant(conn, identity, roles)


def listed(conn: HubConnection) -> list[dict[str, Any]]:
    """All accounts by name; ``state`` says in words whether and when they are used."""
    return conn.execute(_LISTED).fetchall()


def disable(conn: HubConnection, name: str) -> None:
    """Shuts the account and revokes its tokens. Raises ``InvalidData('account.unknown')``."""
    _change(conn, name, "disabled_at = coalesce(disabled_at, clock_timestamp())")


def reset(conn: HubConnection, name: str, password: str) -> None:
    """Gives a new password, opens the account again and revokes its tokens. Raises as `add` and `disable` do."""
    _change(conn, name, "password_hash = %s, disabled_at = NULL", hash_password(password))


def sessions(conn: HubConnection, name: str) -> list[dict[str, Any]]:
    """The account's open sessions, the one used last first; times in UTC."""
    return conn.execute(_SESSIONS, (name,)).fetchall()


def revoke(conn: HubConnection, session: str, owner: str | None = None) -> bool:
    """End a session (of ``owner`` alone, where given); False where there is none to end. The device keeps its working copy."""
    done = conn.execute(
        "UPDATE hub.token SET revoked_at = clock_timestamp()"
        " WHERE id = %s AND revoked_at IS NULL AND (%s::uuid IS NULL OR account = %s)",
        (session, owner, owner),
    )
    return done.rowcount == 1


def _change(conn: HubConnection, name: str, assignments: LiteralString, *params: str) -> None:
    identity = _held(conn, name)
    conn.execute(f"UPDATE hub.account SET {assignments} WHERE id = %s", (*params, identity))
    conn.execute("UPDATE hub.token SET revoked_at = clock_timestamp() WHERE revoked_at IS NULL AND account = %s", (identity,))


def _grant(conn: HubConnection, identity: str, roles: Iterable[Held]) -> None:
    for role, commune in roles:
        _check_commune(conn, commune)
        conn.execute("INSERT INTO hub.role (account, role, commune) VALUES (%s, %s, %s)", (identity, role.value, commune))


def _check_commune(conn: HubConnection, commune: str | None) -> None:
    known = commune is None or conn.execute("SELECT FROM hub.commune WHERE code = %s", (commune,)).rowcount
    if not known:
        raise InvalidData("commune.unknown", commune=commune)


def _held(conn: HubConnection, name: str) -> str:
    """The account's id; a decision that it is taking comes first, or sees what is done to it. Raises as `set_roles`."""
    identity = _id(conn, name)
    if identity is None:
        raise InvalidData("account.unknown", name=name)
    conn.execute("SELECT 1 FROM hub.account WHERE id = %s FOR UPDATE", (identity,))
    return identity


def _id(conn: HubConnection, name: str) -> str | None:
    row = conn.execute("SELECT id::text FROM hub.account WHERE name = %s", (readable(name),)).fetchone()
    return str(row["id"]) if row else None


def _checked(name: str) -> str:
    """As signing in will look for it. Raises ``InvalidData('account.name')``."""
    clean = readable(name)
    if not 0 < len(clean) <= _LONGEST_NAME or any(character.isspace() for character in clean):
        raise InvalidData("account.name", name=name)
    return clean
