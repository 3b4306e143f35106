"""Accounts and their passwords, hashed with argon2id."""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Iterable

import psycopg
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from commune_planning_plugin.core.errors import InvalidData
from commune_planning_plugin.core.proposal import Role
from province_hub.database import HubConnection

OF_A_COMMUNE = frozenset({Role.TECHNICIAN, Role.HEAD})
"""Roles that are held in one commune; the others are held in the province."""

SHORTEST_PASSWORD = 10

_hasher = PasswordHasher()


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


def parse_role(text: str) -> tuple[Role, str | None]:
    """``technician:22504`` or ``reviewer``. Raises ``InvalidData('role.malformed')``."""
    name, _, commune = text.partition(":")
    try:
        role = Role(name)
    except ValueError as error:
        raise InvalidData("role.malformed", role=text) from error
    if (role in OF_A_COMMUNE) != bool(commune):
        raise InvalidData("role.malformed", role=text)
    return role, commune or None


def add(
    conn: HubConnection,
    name: str,
    full_name: str,
    password: str,
    roles: Iterable[tuple[Role, str | None]],
    cleared: bool = False,
) -> str:
    """The new account's id. Raises ``InvalidData``: ``account.exists``, ``commune.unknown``, ``password.short``."""
    identity = str(uuid.uuid4())
    made = conn.execute(
        "INSERT INTO hub.account (id, name, full_name, password_hash, cleared) VALUES (%s, %s, %s, %s, %s)"
        " ON CONFLICT (name) DO NOTHING",
        (identity, name, full_name, hash_password(password), cleared),
    )
    if made.rowcount == 0:
        raise InvalidData("account.exists", name=name)
    for role, commune in roles:
        try:
            conn.execute("INSERT INTO hub.role (account, role, commune) VALUES (%s, %s, %s)", (identity, role.value, commune))
        except psycopg.errors.ForeignKeyViolation as error:
            raise InvalidData("commune.unknown", commune=commune) from error
    return identity


def disable(conn: HubConnection, name: str) -> None:
    """Shuts the account and revokes its tokens. Raises ``InvalidData('account.unknown')``."""
    _change(conn, name, "UPDATE hub.account SET disabled_at = coalesce(disabled_at, clock_timestamp()) WHERE name = %s", (name,))


def reset(conn: HubConnection, name: str, password: str) -> None:
    """Gives a new password, opens the account again and revokes its tokens. Raises as `add` and `disable` do."""
    _change(
        conn,
        name,
        "UPDATE hub.account SET password_hash = %s, disabled_at = NULL WHERE name = %s",
        (hash_password(password), name),
    )


def _change(conn: HubConnection, name: str, statement: str, params: tuple[str, ...]) -> None:
    if conn.execute(statement.encode(), params).rowcount == 0:
        raise InvalidData("account.unknown", name=name)
    conn.execute(
        "UPDATE hub.token SET revoked_at = clock_timestamp() WHERE revoked_at IS NULL"
        " AND account = (SELECT id FROM hub.account WHERE name = %s)",
        (name,),
    )
